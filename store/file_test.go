package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"loanleaf/kiva"
	"loanleaf/store"
)

// fileName is what the tests call a store.
const fileName = "loans.sqlite"

// write imports so many loans, all of the name, into path.
func write(t *testing.T, path, name string, loans int) {
	t.Helper()
	im, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer im.Abort()
	add(t, im, name, loans)
	if _, err := im.Commit(t.Context(), store.Meta{Key: name}); err != nil {
		t.Fatal(err)
	}
}

func add(t *testing.T, im *store.Import, name string, loans int) {
	t.Helper()
	for i := range loans {
		if _, err := im.AddLoan(t.Context(), testLoan(i+1, name)); err != nil {
			t.Fatal(err)
		}
	}
}

func testLoan(id int, name string) *kiva.Loan {
	l := benchLoan(id)
	l.ID, l.Name = int64(id), name
	return l
}

// holds checks that the store at path is whole and has so many loans of the name.
func holds(t *testing.T, path, name string, loans int) {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n := 0
	for l, err := range s.Loans(t.Context(), 0, 0) {
		if err != nil || l.Name != name {
			t.Fatalf("loan %d of %q, %v", l.ID, l.Name, err)
		}
		n++
	}
	if n != loans || s.Meta().Key != name {
		t.Errorf("%d loans under %q, want %d under %q", n, s.Meta().Key, loans, name)
	}
}

// files are the names in the folder of path.
func files(t *testing.T, path string) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return fmt.Sprint(names)
}

func TestOpenRefusesWhatIsNoWholeStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	write(t, path, "whole", 300)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	patched := func(offset int, value uint32) []byte {
		b := bytes.Clone(whole)
		binary.BigEndian.PutUint32(b[offset:], value)
		return b
	}
	for _, c := range []struct {
		name    string
		content []byte
		want    error
	}{
		{"an empty file", nil, store.ErrDamaged},
		{"a text", []byte("Agriculture, Kenya\n"), store.ErrDamaged},
		{"a long text", bytes.Repeat([]byte("Agriculture, Kenya\n"), 5000), store.ErrDamaged},
		{"a database of another program", patched(68, 0), store.ErrDamaged},
		{"a store of an earlier version", patched(60, 0), store.ErrStale},
		{"a store of a later version", patched(60, 1<<20), store.ErrStale},
		{"half a header", whole[:50], store.ErrDamaged},
		{"a header alone", whole[:100], store.ErrDamaged},
		{"a store without its last byte", whole[:len(whole)-1], store.ErrDamaged},
		{"half a store", whole[:len(whole)/2], store.ErrDamaged},
		{"a store with a tail", append(bytes.Clone(whole), 0), store.ErrDamaged},
		{"a page size of nothing", patched(16, 0), store.ErrDamaged},
		{"a header over zeros", append(bytes.Clone(whole[:100]), make([]byte, len(whole)-100)...), store.ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := store.Open(path)
			if !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if s != nil {
				s.Close()
			}
		})
	}
	if _, err := store.Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := store.Open(t.TempDir()); err == nil {
		t.Error("a folder was opened")
	}
}

func TestDamageInsideIsAnErrorNeverAWrongRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	const loans = 300
	write(t, path, "whole", loans)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 16384
	noticed := 0
	for at := page; at < len(whole); at += page {
		torn := bytes.Clone(whole)
		clear(torn[at : at+page])
		if err := os.WriteFile(path, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(path)
		if err != nil {
			noticed++
			continue
		}
		for l, err := range s.Loans(t.Context(), 0, 0) {
			if err != nil {
				noticed++
				break
			}
			if want := testLoan(int(l.ID), "whole"); l.Name != want.Name || len(l.Payments) != len(want.Payments) {
				t.Fatalf("page at %d gone: loan %d is %+v", at, l.ID, l)
			}
		}
		if _, err := s.PageIDs(t.Context(), kiva.List{}, 1); err != nil && errors.Is(err, kiva.ErrNotFound) && noticed == 0 {
			t.Errorf("page at %d gone: the list is said not to be there", at)
		}
		s.Close()
	}
	if noticed < loans*2000/page/2 {
		t.Errorf("of the pages with loans only %d were missed", noticed)
	}
}

func TestAnImportLeavesNothingBesideTheStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folders", fileName)
	im, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	add(t, im, "first", 10)
	if got, want := files(t, path), "[.loans.sqlite.importing]"; got != want {
		t.Errorf("while importing: %s, want %s", got, want)
	}
	if err := im.Abort(); err != nil {
		t.Fatal(err)
	}
	if got := files(t, path); got != "[]" {
		t.Errorf("after an abort: %s", got)
	}
	write(t, path, "second", 10)
	write(t, path, "third", 20)
	if got := files(t, path); got != "[loans.sqlite]" {
		t.Errorf("after two imports: %s", got)
	}
	holds(t, path, "third", 20)
}

func TestOneImportAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	im, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer im.Abort()
	add(t, im, "first", 10)
	if _, err := store.Create(path); !errors.Is(err, store.ErrBusy) {
		t.Errorf("a second import: %v", err)
	}
	write(t, filepath.Join(filepath.Dir(path), "other"), "other", 10) // sweeps, and leaves ours
	if _, err := im.Commit(t.Context(), store.Meta{Key: "first"}); err != nil {
		t.Fatal(err)
	}
	holds(t, path, "first", 10)
	write(t, path, "second", 10)
	holds(t, path, "second", 10)
}

func TestManyImportersNeverTearTheStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	write(t, path, "0", 50)
	var all sync.WaitGroup
	for g := range 3 {
		all.Go(func() {
			for n := range 8 {
				im, err := store.Create(path)
				if errors.Is(err, store.ErrBusy) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				name := fmt.Sprint(g, n)
				for i := range 50 {
					if _, err := im.AddLoan(t.Context(), testLoan(i+1, name)); err != nil {
						t.Error(err)
					}
				}
				if _, err := im.Commit(t.Context(), store.Meta{Key: name}); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range 10 { // each opened store is of one import
				s, err := store.Open(path)
				if err != nil {
					t.Error(err)
					return
				}
				for l, err := range s.Loans(t.Context(), 0, 0) {
					if err != nil || l.Name != s.Meta().Key {
						t.Errorf("loan %d of %q in the store of %q, %v", l.ID, l.Name, s.Meta().Key, err)
					}
				}
				s.Close()
			}
		})
	}
	all.Wait()
	if got := files(t, path); got != "[loans.sqlite]" {
		t.Errorf("left behind: %s", got)
	}
}

func TestCreateRefusesWhatIsNotOurs(t *testing.T) {
	folder := t.TempDir()
	text := filepath.Join(folder, "notes.txt")
	if err := os.WriteFile(text, []byte("not a store, and dear to somebody"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{
		"a text": text, "a folder": folder, "a path that ends in a slash": folder + "/", "under a file": filepath.Join(text, "x"),
	} {
		if im, err := store.Create(path); err == nil {
			t.Errorf("%s was taken for a place", name)
			im.Abort()
		}
	}
	if got := files(t, text); got != "[notes.txt]" {
		t.Errorf("left behind: %s", got)
	}
	// A store that another version wrote, or that is torn, is ours.
	path := filepath.Join(t.TempDir(), fileName)
	write(t, path, "first", 10)
	if err := os.Truncate(path, 5000); err != nil {
		t.Fatal(err)
	}
	write(t, path, "second", 10)
	holds(t, path, "second", 10)
}
