package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// file is what a test can tell of a file without knowing what wrote it.
type file struct {
	body     string
	inode    uint64
	modified time.Time
}

func filesIn(t *testing.T, dir string) map[string]file {
	t.Helper()
	files := map[string]file{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		files[name] = file{string(body), info.Sys().(*syscall.Stat_t).Ino, info.ModTime()}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 300 {
		t.Fatalf("%s holds %d files: too few to prove anything", dir, len(files))
	}
	return files
}

func TestAnyNumberOfWorkersBuildsTheSameSite(t *testing.T) {
	w := newWorld(t)
	for workers, dir := range map[string]string{"1": "one", "8": "eight"} {
		code := w.run("build", "--data", "sample", "--base-url", "https://loans.example", "--workers", workers, "--out", w.path(dir))
		if code != 0 {
			t.Fatalf("build ended with %d: %s", code, w.err.String())
		}
	}
	one, eight := filesIn(t, w.path("one")), filesIn(t, w.path("eight"))
	for name, built := range one {
		if other, ok := eight[name]; !ok || other.body != built.body {
			t.Errorf("%s differs between 1 worker and 8", name)
		}
	}
	if len(one) != len(eight) {
		t.Errorf("1 worker wrote %d files, 8 wrote %d", len(one), len(eight))
	}
}

func TestBuildingAgainRewritesNothing(t *testing.T) {
	w := newWorld(t)
	args := []string{"build", "--data", "sample", "--base-url", "https://loans.example", "--out", w.path("dist")}
	if code := w.run(args...); code != 0 {
		t.Fatalf("build ended with %d: %s", code, w.err.String())
	}
	before := filesIn(t, w.path("dist"))
	w.out.take()
	if code := w.run(append(args, "--workers", "3")...); code != 0 {
		t.Fatalf("build ended with %d: %s", code, w.err.String())
	}
	if said := w.out.String(); !strings.Contains(said, " 0 made, 0 changed,") || !strings.Contains(said, " 0 removed;") {
		t.Errorf("it said %s", said)
	}
	marker := filepath.Join(".loanleaf", "manifest")
	for name, after := range filesIn(t, w.path("dist")) {
		if after.body != before[name].body {
			t.Errorf("%s changed", name)
		}
		// The manifest's own times are renewed by every build; package output
		// says why.
		if name != marker && (after.inode != before[name].inode || !after.modified.Equal(before[name].modified)) {
			t.Errorf("%s was written again: inode %d, then %d; modified %s, then %s",
				name, before[name].inode, after.inode, before[name].modified, after.modified)
		}
	}
}

// TestAChangedLoanRewritesItsOwnPages adds one loan to a built site.
func TestAChangedLoanRewritesItsOwnPages(t *testing.T) {
	w := newWorld(t)
	args := []string{"build", "--data", "sample", "--base-url", "https://loans.example", "--out", w.path("dist")}
	if code := w.run(args...); code != 0 {
		t.Fatalf("build ended with %d: %s", code, w.err.String())
	}
	before := filesIn(t, w.path("dist"))
	more := w.write("more.jsonl", `{"id":5000001,"name":"Thida","status":"expired","loan_amount":300,"funded_amount":75,"sector":"Food",`+
		`"location":{"country":"Cambodia","country_code":"KH"},"posted_date":"2026-10-01T00:00:00Z"}`+"\n")
	if code := w.run(append(args, "--data", more)...); code != 0 {
		t.Fatalf("build ended with %d: %s", code, w.err.String())
	}
	after := filesIn(t, w.path("dist"))
	for name := range before {
		if strings.HasPrefix(name, "lend/") && after[name].inode != before[name].inode {
			t.Errorf("%s was written again, though its loan is the same", name)
		}
	}
	for _, name := range []string{"lend/5000001.html", "embed/5000001.html"} {
		if after[name].body == "" {
			t.Errorf("%s is not there", name)
		}
	}
	if after["country/kh/index.html"].body == before["country/kh/index.html"].body {
		t.Error("the list of its country does not know of it")
	}
}
