package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestWriteRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, site{"index.html": "home", "lend/1.html": "one", "old": "a file"})
	put(t, dir+"/robots.txt", "mine")
	put(t, dir+"/media", "mine")
	if err := os.Symlink(t.TempDir(), dir+"/elsewhere"); err != nil {
		t.Fatal(err)
	}
	f := begin(t, dir)
	write(t, f, site{"index.html": "home", "lend/1.html": "one", "new/a.html": "a"})
	for name, want := range map[string]string{
		"../x":              `has the segment ".."`,
		"index.html":        "written twice",
		"new/a.html":        "written twice",
		"lend":              "a folder of this name holds other files",
		"new":               "a folder of this name holds other files",
		"index.html/x":      "index.html is a file",
		"new/a.html/deep/x": "new/a.html is a file",
		"robots.txt":        ErrNotOurs.Error(),
		"media/x":           "media in the folder is " + ErrNotOurs.Error(),
		"elsewhere/x":       "elsewhere in the folder is " + ErrNotOurs.Error(),
		"elsewhere":         ErrNotOurs.Error(),
	} {
		if err := f.Write(name, []byte("x")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Write(%q): %v, want …%s…", name, err, want)
		}
	}
	if err := f.Write("old/may/become/a/folder", []byte("x")); err != nil {
		t.Errorf("a file of ours that becomes a folder: %v", err)
	}
	r := commit(t, f)
	if r.Made != 2 || r.Kept != 2 || r.Removed != 1 || r.ForeignCount != 3 {
		t.Errorf("after refusals the rest is committed, report %+v", r)
	}
	if err := f.Write("late", nil); !errors.Is(err, ErrClosed) {
		t.Errorf("Write after Commit: %v", err)
	}
	if _, err := f.Commit(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Commit after Commit: %v", err)
	}
}

func TestManyWorkersMakeTheSameFolderAsOne(t *testing.T) {
	const files = 500
	var sites [2]site
	var manifests [2][]byte
	for i, workers := range []int{1, 8} {
		dir := filepath.Join(scratch(t), "dist")
		for edition := range 2 { // new files, then a mixture
			f := begin(t, dir)
			var wg sync.WaitGroup
			for w := range workers {
				wg.Go(func() {
					for n := w; n < files; n += workers {
						name := fmt.Sprintf("lend/%d/%d/%d.html", n%10, n%7, n)
						if err := f.Write(name, fmt.Appendf(nil, "%d in %d", n, edition*(n%3))); err != nil {
							t.Error(err)
						}
					}
				})
			}
			wg.Wait()
			commit(t, f)
		}
		sites[i] = read(t, dir)
		manifests[i], _ = os.ReadFile(dir + "/.loanleaf/manifest")
		whole(t, dir, sites[i])
	}
	if describe(sites[0]) != describe(sites[1]) || len(manifests[0]) == 0 || string(manifests[0]) != string(manifests[1]) {
		t.Error("1 worker and 8 made different folders")
	}
}

func TestOneOfTwoWorkersWithOneNameIsRefused(t *testing.T) {
	f := begin(t, filepath.Join(t.TempDir(), "dist"))
	for n := range 200 {
		var wg sync.WaitGroup
		var refused [2]error
		for w := range refused {
			wg.Go(func() { refused[w] = f.Write(fmt.Sprintf("%d.html", n), []byte{byte(w)}) })
		}
		wg.Wait()
		if (refused[0] == nil) == (refused[1] == nil) {
			t.Fatalf("name %d: %v and %v, want one refusal", n, refused[0], refused[1])
		}
	}
	if r := commit(t, f); r.Made != 200 {
		t.Errorf("report %+v", r)
	}
}

func TestCommitAndAbortWaitForRunningWrites(t *testing.T) {
	for _, end := range []func(*Folder) error{
		func(f *Folder) error { _, err := f.Commit(context.Background()); return err },
		(*Folder).Abort,
	} {
		dir := filepath.Join(t.TempDir(), "dist")
		f := begin(t, dir)
		var wg sync.WaitGroup
		var accepted [4]int
		for w := range accepted {
			wg.Go(func() {
				for n := 0; ; n++ {
					err := f.Write(fmt.Sprintf("%d/%d", w, n), []byte("x"))
					if errors.Is(err, ErrClosed) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					accepted[w]++
				}
			})
		}
		for len(read(t, f.stage.Name())) < 20 {
		}
		if err := end(f); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		if _, err := os.Stat(dir); err == nil {
			sum := accepted[0] + accepted[1] + accepted[2] + accepted[3]
			if got := len(read(t, dir)); got != sum {
				t.Errorf("%d writes were accepted, %d files committed", sum, got)
			}
			alone(t, dir, "dist")
		} else {
			alone(t, dir)
		}
	}
}
