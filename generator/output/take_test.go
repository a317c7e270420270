package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// generations builds each site in a folder of its own and opens it.
func generations(t *testing.T, sites ...site) []*Generation {
	t.Helper()
	var all []*Generation
	for _, s := range sites {
		dir := filepath.Join(t.TempDir(), "part")
		build(t, dir, s)
		all = append(all, opened(t, dir))
	}
	return all
}

func opened(t *testing.T, dir string) *Generation {
	t.Helper()
	g, err := OpenGeneration(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

func TestFilesOfOtherFoldersBecomeOurs(t *testing.T) {
	whole := site{}
	parts := []site{{}, {}, {}}
	for n := range 400 {
		name, body := fmt.Sprintf("lend/%d.html", n), strings.Repeat(fmt.Sprint(n), 50)
		whole[name], parts[n%3][name] = body, body
	}
	parts[0]["img/1.jpg"], parts[2]["img/1.jpg"], whole["img/1.jpg"] = "same", "same", "same"
	whole["index.html"] = "of our own"
	took, wrote := filepath.Join(t.TempDir(), "dist"), filepath.Join(t.TempDir(), "dist")
	build(t, wrote, whole)
	for round := range 2 {
		f := begin(t, took)
		if err := f.TakeAll(t.Context(), generations(t, parts...), 4); err != nil {
			t.Fatal(err)
		}
		if err := f.Write("index.html", []byte("of our own")); err != nil {
			t.Fatal(err)
		}
		r := commit(t, f)
		if want := [2][2]int{{len(whole), 0}, {0, len(whole)}}[round]; r.Made != want[0] || r.Kept != want[1] || r.Swapped != (round == 0) {
			t.Errorf("round %d: %+v", round, r)
		}
		a, err := os.ReadFile(filepath.Join(took, manifestName))
		b, err2 := os.ReadFile(filepath.Join(wrote, manifestName))
		if err := errors.Join(err, err2); err != nil || string(a) != string(b) {
			t.Errorf("round %d: the manifest is another than that of what was written (%v)", round, err)
		}
	}
}

// TestAFolderAndItsPartsChangeOnTheirOwn builds parts and the folder that took their
// files in turn: links between them are no reason for either to change.
func TestAFolderAndItsPartsChangeOnTheirOwn(t *testing.T) {
	part, dist := filepath.Join(t.TempDir(), "part"), filepath.Join(t.TempDir(), "dist")
	s := site{"a": "one", "b": "two"}
	for round := range 4 {
		s["b"] = fmt.Sprint("two, round ", round)
		build(t, part, s)
		f, g := begin(t, dist), opened(t, part)
		if err := f.TakeAll(t.Context(), []*Generation{g}, 1); err != nil {
			t.Fatal(err)
		}
		if r := commit(t, f); round > 0 && (r.Kept != 1 || r.Changed != 1) {
			t.Errorf("round %d: %+v", round, r)
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
		for name, want := range s {
			for _, dir := range []string{part, dist} {
				if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
					t.Errorf("round %d: %s in %s holds %q (%v), want %q", round, name, dir, got, err, want)
				}
			}
		}
	}
}

func TestWhatCannotBeTakenIsAnError(t *testing.T) {
	for _, c := range []struct {
		name   string
		parts  []site
		damage func(dir string) error // of the first part
		want   string
	}{
		{"two parts have different files", []site{{"a": "one"}, {"a": "two"}}, nil, "have different files a"},
		{"a file was edited", []site{{"a": "one"}}, func(dir string) error { return os.WriteFile(dir+"/a", []byte("two"), 0o644) }, "a in .* was altered or gone"},
		{"a file has gone", []site{{"a": "one"}}, func(dir string) error { return os.Remove(dir + "/a") }, "was altered or gone"},
		{"a link stands for a file", []site{{"a": "one"}}, func(dir string) error {
			return errors.Join(os.Rename(dir+"/a", dir+"/b"), os.Symlink("b", dir+"/a"))
		}, "was altered or gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := generations(t, c.parts...)
			if c.damage != nil {
				if err := c.damage(parts[0].path); err != nil {
					t.Fatal(err)
				}
			}
			dist := filepath.Join(t.TempDir(), "dist")
			f := begin(t, dist)
			err := f.TakeAll(t.Context(), parts, 2)
			if err == nil || !strings.Contains(err.Error(), strings.TrimPrefix(c.want, "a in .* ")) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
			if err := f.Abort(); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(dist); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("there is a folder (%v)", err)
			}
		})
	}
}

func TestAGenerationIsHeldWhileFilesAreTaken(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "part")
	if _, err := OpenGeneration(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
	f := begin(t, dir)
	write(t, f, site{"a": "one"})
	commit(t, f)
	g := opened(t, dir)
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("a build into it: %v", err)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	again := begin(t, dir)
	if _, err := OpenGeneration(dir); !errors.Is(err, ErrLocked) {
		t.Errorf("while it is built: %v", err)
	}
	again.Abort()
	if err := os.Truncate(filepath.Join(dir, manifestName), 40); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenGeneration(dir); err == nil {
		t.Error("a damaged manifest was believed")
	}
}
