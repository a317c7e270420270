package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/store"
)

// TestWhatHasEndedHoldsNoFile counts open descriptors of the store's folder: a
// server that takes its data in again for months would run out of them, and of
// disk, since what is deleted takes its place while it is open.
func TestWhatHasEndedHoldsNoFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, fileName)
	free := func(when string) {
		t.Helper()
		for _, name := range opened(t) {
			if strings.HasPrefix(name, dir) {
				t.Errorf("after %s %s is open", when, name)
			}
		}
	}
	write(t, path, "old", 3)
	free("an import")
	write(t, path, "new", 3)
	free("an import over another")
	im, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	add(t, im, "newer", 3)
	if err := im.Abort(); err != nil {
		t.Fatal(err)
	}
	free("an import that was given up")
	holds(t, path, "new", 3)
	free("reading")
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.MakeSearchable(t.Context(), filepath.Join(dir, indexName)); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	free("making an index")
}

// opened are the files that this process has open.
func opened(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skipf("only Linux tells which files are open: %v", err)
	}
	var names []string
	for _, entry := range entries {
		if name, err := os.Readlink("/proc/self/fd/" + entry.Name()); err == nil { // ReadDir's own is closed by now
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Fatal("nothing is open, not even standard output")
	}
	return names
}
