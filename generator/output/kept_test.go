package output

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func lstat(t testing.TB, path string) (st unix.Stat_t) {
	t.Helper()
	if err := unix.Lstat(path, &st); err != nil {
		t.Fatalf("lstat %s: %v", path, err)
	}
	return st
}

// inodes is a line for everything in a folder: name, inode, mtime.
func inodes(t testing.TB, dir string) (lines []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		st := lstat(t, path)
		lines = append(lines, fmt.Sprintf("%s %d %v", path, st.Ino, st.Mtim))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestABuildThatChangesNothingTouchesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, generation(1))
	put(t, dir+"/mine", "mine")
	before := inodes(t, dir)
	r := build(t, dir, generation(1))
	if r.Swapped || r.Kept != len(generation(1)) || r.Made+r.Changed+r.Removed != 0 || r.ForeignCount != 1 {
		t.Errorf("report %+v", r)
	}
	if after := inodes(t, dir); strings.Join(after, "\n") != strings.Join(before, "\n") {
		t.Error("inodes or times of the folder changed")
	}
	alone(t, dir, "dist")
}

func TestAnotherVersionIsAnotherGenerationOfTheSameFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	before := lstat(t, dir+"/same.html")
	f, err := Open(dir, Options{Version: "2", SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	write(t, f, small(1))
	if r := commit(t, f); !r.Swapped || r.Kept != 4 || r.Made+r.Changed+r.Removed != 0 {
		t.Errorf("report %+v", r)
	}
	if m, err := ReadManifest(dir); err != nil || m.Version != "2" {
		t.Errorf("version %q, %v", m.Version, err)
	}
	if after := lstat(t, dir+"/same.html"); after.Ino != before.Ino || after.Nlink != 1 {
		t.Error("the file was not kept, or has a second name left")
	}
}

func TestUnchangedFilesKeepTheirInodeAndTimeAmongChangedOnes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	same, deep, changes := lstat(t, dir+"/same.html"), lstat(t, dir+"/deep/er/same.html"), lstat(t, dir+"/changes.html")
	for g := 2; g < 5; g++ {
		r := build(t, dir, small(g))
		if r.Made != 1 || r.Changed != 1 || r.Kept != 2 || r.Removed != 1 || !r.Swapped {
			t.Errorf("report %+v", r)
		}
		whole(t, dir, small(g))
	}
	for name, old := range map[string]unix.Stat_t{"same.html": same, "deep/er/same.html": deep} {
		if st := lstat(t, dir+"/"+name); st.Ino != old.Ino || st.Mtim != old.Mtim || st.Nlink != 1 {
			t.Errorf("%s was not kept", name)
		}
	}
	if st := lstat(t, dir+"/changes.html"); st.Ino == changes.Ino && st.Mtim == changes.Mtim {
		t.Error("changes.html was kept")
	}
	if _, err := os.Stat(dir + "/only/1.html"); err == nil {
		t.Error("a page that is gone is still there")
	}
}

func TestEditsByHandAreUndone(t *testing.T) {
	for what, edit := range map[string]func(path string) error{
		"other bytes of the same size":      func(p string) error { return os.WriteFile(p, []byte("SAME"), 0o644) },
		"and the old time put back":         func(p string) error { return rewind(p, "SAME") },
		"replaced by rename, with old time": func(p string) error { return replace(p, "SAME") },
		"longer":                            func(p string) error { return os.WriteFile(p, []byte("same and more"), 0o644) },
		"removed":                           os.Remove,
		"other permissions":                 func(p string) error { return os.Chmod(p, 0o600) },
		"a symlink in its place":            func(p string) error { return swapFor(p, func() error { return os.Symlink("changes.html", p) }) },
		"a FIFO in its place":               func(p string) error { return swapFor(p, func() error { return unix.Mkfifo(p, 0o644) }) },
	} {
		t.Run(what, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			build(t, dir, small(1))
			time.Sleep(20 * time.Millisecond) // longer than a tick of any kernel's file times
			if err := edit(dir + "/same.html"); err != nil {
				t.Fatal(err)
			}
			if r := build(t, dir, small(1)); r.Changed != 1 || r.Kept != 3 {
				t.Errorf("report %+v", r)
			}
			whole(t, dir, small(1))
		})
	}
}

func rewind(path, body string) error {
	st, err := os.Stat(path)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		return err
	}
	return os.Chtimes(path, st.ModTime(), st.ModTime())
}

func replace(path, body string) error {
	st, err := os.Stat(path)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+"~", []byte(body), 0o644); err != nil {
		return err
	}
	if err := os.Chtimes(path+"~", st.ModTime(), st.ModTime()); err != nil {
		return err
	}
	return os.Rename(path+"~", path)
}

func swapFor(path string, put func() error) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return put()
}

func TestWhenTimesProveNothingBytesDo(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "dist")
	build(t, dir, small(1))
	for what, disturb := range map[string]func(t *testing.T) string{
		"a copy of the folder": func(t *testing.T) string {
			if out, err := exec.Command("cp", "-r", dir, top+"/copy").CombinedOutput(); err != nil {
				t.Fatalf("%v %s", err, out)
			}
			// A copy that happens to take the manifest last, and slowly, has
			// times that prove something: one file comes behind it for sure.
			time.Sleep(20 * time.Millisecond)
			for name := range small(1) {
				if err := os.Chmod(top+"/copy/"+name, 0o644); err != nil {
					t.Fatal(err)
				}
				break
			}
			return top + "/copy"
		},
		"files touched": func(t *testing.T) string {
			for name := range small(1) {
				if err := os.Chtimes(dir+"/"+name, time.Now(), time.Now()); err != nil {
					t.Fatal(err)
				}
			}
			return dir
		},
	} {
		t.Run(what, func(t *testing.T) {
			dir := disturb(t)
			before := inodes(t, dir)
			for _, doubted := range []bool{true, false} {
				f := begin(t, dir)
				write(t, f, small(1))
				if (f.doubted > 0) != doubted {
					t.Errorf("%d files were read to compare them, want any: %v", f.doubted, doubted)
				}
				if r := commit(t, f); r.Swapped || r.Kept != 4 {
					t.Errorf("report %+v", r)
				}
				time.Sleep(20 * time.Millisecond)
			}
			if strings.Join(before, "\n") != strings.Join(inodes(t, dir), "\n") {
				t.Error("something was rewritten")
			}
		})
	}
}

func TestAClockSetBackProvesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	f := begin(t, dir)
	if err := f.dropStage(); err != nil {
		t.Fatal(err)
	}
	f.stamp.Sec += 3600 // as if the last build had run an hour from now
	if err := errors.Join(f.stage.Close(), f.makeStage()); err != nil {
		t.Fatal(err)
	}
	write(t, f, small(1))
	if f.doubted != 4 {
		t.Errorf("%d files were compared, want all 4", f.doubted)
	}
	if r := commit(t, f); r.Swapped {
		t.Errorf("report %+v", r)
	}
}

func TestAfterASwapKeptFilesAreTrustedByTheirTimes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	time.Sleep(20 * time.Millisecond)
	build(t, dir, small(2))
	f := begin(t, dir)
	if err := f.Write("same.html", []byte("same")); err != nil || f.doubted > 1 {
		t.Errorf("doubted %d (%v)", f.doubted, err)
	}
	if f.lastKept != 1 || f.report.Kept != 1 {
		t.Errorf("report %+v", f.report)
	}
}

// TestAfterASwapOfAMomentNothingIsReadAgain is of generations that come and go within one
// tick of the clock that stamps files.
func TestAfterASwapOfAMomentNothingIsReadAgain(t *testing.T) {
	dir := filepath.Join(scratch(t), "dist")
	s := site{"changed.html": "0"}
	for i := range 50 {
		s[fmt.Sprintf("folder/%d.html", i)] = "the same"
	}
	for n := range 4 {
		s["changed.html"] = strconv.Itoa(n)
		f, err := Open(dir, Options{Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		write(t, f, s)
		if n > 1 && f.doubted > 0 { // of the first generation no file was ever unlinked
			t.Errorf("generation %d read %d files of the one before", n, f.doubted)
		}
		commit(t, f)
	}
}

// TestAnySequenceOfGenerationsEqualsAFreshBuild edits a site at random, with
// hand edits and foreign files in between, and compares the folder, manifest
// bytes included, with one built from nothing.
func TestAnySequenceOfGenerationsEqualsAFreshBuild(t *testing.T) {
	for seed := range uint64(4 + 96*btoi(*long)) {
		random := rand.New(rand.NewPCG(seed, 9))
		top := scratch(t)
		dir := filepath.Join(top, "dist")
		now, mine := site{}, site{}
		for step := range 12 {
			for range random.IntN(30) {
				mutate(random, now)
			}
			r := build(t, dir, now)
			fresh := filepath.Join(top, "fresh")
			build(t, fresh, now)
			want := read(t, fresh)
			for name, body := range mine {
				want[name] = body
			}
			if got := read(t, dir); describe(got) != describe(want) || len(got) != r.Made+r.Changed+r.Kept+len(mine) {
				t.Fatalf("seed %d step %d: %s, want %s; report %+v", seed, step, describe(got), describe(want), r)
			}
			a, _ := os.ReadFile(dir + "/.loanleaf/manifest")
			b, _ := os.ReadFile(fresh + "/.loanleaf/manifest")
			if string(a) != string(b) {
				t.Fatalf("seed %d step %d: manifests differ:\n%s\n%s", seed, step, a, b)
			}
			os.RemoveAll(fresh)
			for name := range now { // hand edits of any one file: the next build undoes them
				if random.IntN(4) == 0 {
					put(t, dir+"/"+name, "edited")
				}
				break
			}
			if random.IntN(3) == 0 {
				name := fmt.Sprintf("mine/%d/%d", random.IntN(3), step)
				mine[name] = "mine"
				put(t, dir+"/"+name, "mine")
			}
		}
		alone(t, dir, "dist")
	}
}

// mutate writes, changes or removes one page. Names collide often, as files and
// as folders.
func mutate(random *rand.Rand, s site) {
	name := fmt.Sprint(random.IntN(6))
	for range random.IntN(3) {
		name += fmt.Sprint("/", random.IntN(4))
	}
	for other := range s {
		if strings.HasPrefix(other, name+"/") || strings.HasPrefix(name, other+"/") {
			delete(s, other)
		}
	}
	if random.IntN(4) == 0 {
		delete(s, name)
		return
	}
	s[name] = strings.Repeat("x", random.IntN(5))
}
