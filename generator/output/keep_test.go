package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// again makes the next generation: files of kept are asked for by name alone
// and must be there, the others are written.
func again(t *testing.T, dir string, kept []string, written site) Report {
	t.Helper()
	f := begin(t, dir)
	for _, name := range kept {
		if ok, err := f.Keep(name); !ok || err != nil {
			t.Fatalf("keep %s: %v, %v", name, ok, err)
		}
	}
	write(t, f, written)
	return commit(t, f)
}

func TestFilesAreKeptByNameAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	time.Sleep(20 * time.Millisecond)
	before := lstat(t, dir+"/same.html")
	next := small(2)
	r := again(t, dir, []string{"deep/er/same.html", "same.html"}, site{"changes.html": next["changes.html"], "only/2.html": next["only/2.html"]})
	if r.Made != 1 || r.Changed != 1 || r.Kept != 2 || r.Removed != 1 || r.Bytes != sizeOf(next) {
		t.Errorf("report %+v", r)
	}
	whole(t, dir, next)
	if after := lstat(t, dir+"/same.html"); after.Ino != before.Ino || after.Mtim != before.Mtim {
		t.Error("a file that was kept is another")
	}
}

func sizeOf(s site) (n int64) {
	for _, body := range s {
		n += int64(len(body))
	}
	return n
}

func TestAGenerationOfKeptFilesAloneTouchesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, generation(1))
	before := inodes(t, dir)
	r := again(t, dir, slices.Collect(maps.Keys(generation(1))), nil)
	if r.Swapped || r.Kept != len(generation(1)) || r.Made+r.Changed+r.Removed != 0 {
		t.Errorf("report %+v", r)
	}
	if !slices.Equal(inodes(t, dir), before) {
		t.Error("inodes or times of the folder changed")
	}
}

func TestWhatIsNotAsItWasLeftIsNotKept(t *testing.T) {
	for what, edit := range map[string]func(path string) error{
		"other bytes of the same size":      func(p string) error { return os.WriteFile(p, []byte("SAME"), 0o644) },
		"and the old time put back":         func(p string) error { return rewind(p, "SAME") },
		"replaced by rename, with old time": func(p string) error { return replace(p, "SAME") },
		"longer":                            func(p string) error { return os.WriteFile(p, []byte("same and more"), 0o644) },
		"removed":                           os.Remove,
		"other permissions":                 func(p string) error { return os.Chmod(p, 0o600) },
		"a symlink in its place":            func(p string) error { return swapFor(p, func() error { return os.Symlink("changes.html", p) }) },
	} {
		t.Run(what, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			build(t, dir, small(1))
			time.Sleep(20 * time.Millisecond)
			if err := edit(dir + "/same.html"); err != nil {
				t.Fatal(err)
			}
			f := begin(t, dir)
			if ok, err := f.Keep("same.html"); ok || err != nil {
				t.Errorf("kept: %v, %v", ok, err)
			}
			write(t, f, small(1)) // nothing of the refusal stands in the way
			commit(t, f)
			whole(t, dir, small(1))
		})
	}
}

func TestWhenTimesProveNothingAFileIsKeptByItsHash(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	time.Sleep(20 * time.Millisecond)
	for name := range small(1) {
		if err := os.Chtimes(dir+"/"+name, time.Now(), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	for _, doubted := range []int{4, 0} {
		f := begin(t, dir)
		for name := range small(1) {
			if ok, err := f.Keep(name); !ok || err != nil {
				t.Errorf("keep %s: %v, %v", name, ok, err)
			}
		}
		if f.doubted != doubted {
			t.Errorf("%d files were read, want %d", f.doubted, doubted)
		}
		if r := commit(t, f); r.Swapped {
			t.Errorf("report %+v", r)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestKeepRefusesWhatWriteRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	f := begin(t, dir)
	for _, name := range []string{"", "/same.html", "../same.html", ".loanleaf/manifest"} {
		if ok, err := f.Keep(name); ok || err == nil {
			t.Errorf("keep %q: %v, %v", name, ok, err)
		}
	}
	for _, name := range []string{"not there.html", "deep", "deep/er"} {
		if ok, err := f.Keep(name); ok || err != nil {
			t.Errorf("keep %q: %v, %v", name, ok, err)
		}
	}
	for _, first := range []func() error{
		func() error { _, err := f.Keep("same.html"); return err },
		func() error { return f.Write("changes.html", nil) },
	} {
		if err := first(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"same.html", "changes.html"} {
		if _, err := f.Keep(name); err == nil {
			t.Errorf("%s was kept a second time", name)
		}
		if err := f.Write(name, []byte("x")); err == nil {
			t.Errorf("%s was written a second time", name)
		}
	}
	f.Abort()
	if _, err := f.Keep("same.html"); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
}

// TestKeptAndWrittenFilesMakeTheManifestOfAFreshBuild keeps what can be kept of
// random generations, some of it by name.
func TestKeptAndWrittenFilesMakeTheManifestOfAFreshBuild(t *testing.T) {
	for seed := range uint64(4 + 96*btoi(*long)) {
		random := rand.New(rand.NewPCG(seed, 11))
		top := scratch(t)
		dir := filepath.Join(top, "dist")
		now := site{}
		for step := range 10 {
			was := maps.Clone(now)
			for range random.IntN(30) {
				mutate(random, now)
			}
			f := begin(t, dir)
			rest := site{}
			for name, body := range now {
				if old, ok := was[name]; ok && old == body && random.IntN(3) > 0 {
					if ok, err := f.Keep(name); !ok || err != nil {
						t.Fatalf("seed %d step %d: keep %s: %v, %v", seed, step, name, ok, err)
					}
					continue
				}
				rest[name] = body
			}
			write(t, f, rest)
			commit(t, f)
			fresh := filepath.Join(top, "fresh")
			build(t, fresh, now)
			a, _ := os.ReadFile(dir + "/.loanleaf/manifest")
			b, _ := os.ReadFile(fresh + "/.loanleaf/manifest")
			if got := read(t, dir); string(a) != string(b) || !maps.Equal(got, now) {
				t.Fatalf("seed %d step %d: %s, want %s; manifests\n%s\n%s", seed, step, describe(got), describe(now), a, b)
			}
			os.RemoveAll(fresh)
		}
		alone(t, dir, "dist")
	}
}

// left makes a generation with a memo, and gives what the one before left.
func left(t *testing.T, dir string, s site, memo string) (before string, r Report) {
	t.Helper()
	f := begin(t, dir)
	before = "none"
	in, err := f.Memo()
	if err == nil {
		body, err := io.ReadAll(in)
		if err != nil || in.Close() != nil {
			t.Fatal(err)
		}
		before = string(body)
	} else if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	write(t, f, s)
	if memo != "none" {
		out, err := f.NewMemo()
		if err != nil {
			t.Fatal(err)
		}
		for part := range strings.SplitAfterSeq(memo, " ") {
			if _, err := io.WriteString(out, part); err != nil {
				t.Fatal(err)
			}
		}
	}
	return before, commit(t, f)
}

func TestAMemoIsReadByTheNextGeneration(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	for i, step := range []struct {
		generation int
		leave      string
		found      string
		swapped    bool
	}{
		{1, "one two", "none", true},
		{2, "three", "one two", true},
		{2, "four", "three", false}, // the files are the same, the memo is another
		{2, "four", "four", false},
		{3, "none", "four", true},
		{3, "", "none", false},
		{4, "five", "", true},
	} {
		found, r := left(t, dir, small(step.generation), step.leave)
		if found != step.found || r.Swapped != step.swapped {
			t.Errorf("step %d: found %q, want %q; report %+v", i, found, step.found, r)
		}
		whole(t, dir, small(step.generation))
		alone(t, dir, "dist")
	}
}

func TestAMemoThatSaysTheSameIsNotTouched(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	left(t, dir, small(1), "one")
	before := inodes(t, dir)
	left(t, dir, small(1), "one")
	if !slices.Equal(inodes(t, dir), before) {
		t.Error("inodes or times of the folder changed")
	}
}

func TestADamagedMemoIsNoneAndIsReplaced(t *testing.T) {
	for name, damage := range map[string]func(memo string) error{
		"cut":       func(p string) error { return os.Truncate(p, 70) },
		"empty":     func(p string) error { return os.Truncate(p, 0) },
		"longer":    func(p string) error { return appendTo(p, "x") },
		"another's": func(p string) error { return os.WriteFile(p, []byte(strings.Repeat("x", 90)), 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			left(t, dir, small(1), "a memo of some length")
			if err := damage(dir + "/.loanleaf/inputs"); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"none", "a memo"} {
				if found, _ := left(t, dir, small(2), "a memo"); found != want {
					t.Errorf("found %q, want %q", found, want)
				}
			}
		})
	}
}

func TestAMemoOfAnotherGenerationIsNone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	left(t, dir, small(1), "one")
	memo, err := os.ReadFile(dir + "/.loanleaf/inputs")
	if err != nil {
		t.Fatal(err)
	}
	left(t, dir, small(2), "two")
	if err := os.WriteFile(dir+"/.loanleaf/inputs", memo, 0o644); err != nil {
		t.Fatal(err)
	}
	if found, _ := left(t, dir, small(2), "three"); found != "none" {
		t.Errorf("found %q", found)
	}
}

func appendTo(path, text string) error {
	body, err := os.ReadFile(path)
	return errors.Join(err, os.WriteFile(path, []byte(string(body)+text), 0o644))
}

func TestAGenerationHasOneMemo(t *testing.T) {
	f := begin(t, filepath.Join(t.TempDir(), "dist"))
	for i, want := range []bool{true, false} {
		if _, err := f.NewMemo(); (err == nil) != want {
			t.Errorf("the %s: %v", fmt.Sprint(i+1, ". time"), err)
		}
	}
}
