package store_test

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"loanleaf/store"
)

// tree writes files into a new folder called "data".
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "data")
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func key(t *testing.T, paths ...string) string {
	t.Helper()
	k, err := store.Key(t.Context(), paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestKey(t *testing.T) {
	long := string(bytes.Repeat([]byte("0123456789abcdef"), 20_000)) // 320,000 bytes
	changed := func(at int) string {
		b := []byte(long)
		b[at] = '!'
		return string(b)
	}
	base := map[string]string{"loans/1.json": "one", "loans/2.json": long, "partners.json": ""}
	want := key(t, tree(t, base))
	if was := "d18eb60457e451b9951d4fe8c4f8f314"; want != was {
		t.Errorf("the key of the same files was %s and is %s: everybody imports anew", was, want)
	}
	for _, c := range []struct {
		name  string
		files map[string]string
		same  bool
	}{
		{"a copy elsewhere", base, true},
		{"a change in the middle of a long file", map[string]string{"loans/1.json": "one", "loans/2.json": changed(160_000), "partners.json": ""}, false},
		{"a change in its head", map[string]string{"loans/1.json": "one", "loans/2.json": changed(65_535), "partners.json": ""}, false},
		{"a change in its tail", map[string]string{"loans/1.json": "one", "loans/2.json": changed(320_000 - 65_536), "partners.json": ""}, false},
		{"a longer middle", map[string]string{"loans/1.json": "one", "loans/2.json": long + long, "partners.json": ""}, false},
		{"another name", map[string]string{"loans/3.json": "one", "loans/2.json": long, "partners.json": ""}, false},
		{"contents exchanged", map[string]string{"loans/1.json": long, "loans/2.json": "one", "partners.json": ""}, false},
		{"an empty file less", map[string]string{"loans/1.json": "one", "loans/2.json": long}, false},
	} {
		if got := key(t, tree(t, c.files)); (got == want) != c.same {
			t.Errorf("%s: the same key %v, want %v", c.name, got == want, c.same)
		}
	}
}

func TestKeyOfPaths(t *testing.T) {
	folder := tree(t, map[string]string{"a.json": "a", "b.json": "b"})
	a, b := filepath.Join(folder, "a.json"), filepath.Join(folder, "b.json")
	whole := key(t, folder)
	if key(t, a, b) == key(t, b, a) {
		t.Error("the order of the paths decides which record wins, and so counts")
	}
	if key(t, folder+"/") != whole {
		t.Error("a slash at the end counts")
	}
	t.Chdir(folder)
	if key(t, ".") != whole {
		t.Error("the folder has another key from within")
	}
	old := time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(a, old, old); err != nil {
		t.Fatal(err)
	}
	if key(t, folder) != whole {
		t.Error("the time of modification counts")
	}
	if _, err := store.Key(t.Context(), []string{a, filepath.Join(folder, "none")}, nil); !os.IsNotExist(unwrapAll(err)) {
		t.Errorf("a path that is not there: %v", err)
	}
	if err := os.Symlink(b, filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	linked := key(t, folder)
	if err := os.WriteFile(b, []byte("c"), 0o600); err != nil {
		t.Fatal(err)
	}
	if linked == whole || key(t, folder) == linked {
		t.Error("a link does not count as what it leads to")
	}
	// None of these may keep Key waiting, or fail it.
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(folder, "dangling")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(".", filepath.Join(folder, "loop")); err != nil {
		t.Fatal(err)
	}
	key(t, folder)
}

// unwrapAll is the innermost error.
func unwrapAll(err error) error {
	for {
		u, ok := err.(interface{ Unwrap() error })
		if !ok || u.Unwrap() == nil {
			return err
		}
		err = u.Unwrap()
	}
}

func TestDir(t *testing.T) {
	if got, want := store.Dir("/home/ana/.cache", "0a1b"), "/home/ana/.cache/loanleaf/0a1b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
