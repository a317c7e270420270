package command

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/kiva"
	"loanleaf/store"
)

// storedLoan is a store of one loan, in a folder of its own.
func storedLoan(t *testing.T) *data {
	t.Helper()
	folder := t.TempDir()
	im, err := store.Create(filepath.Join(folder, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	defer im.Abort()
	if _, err := im.AddLoan(t.Context(), &kiva.Loan{ID: 5, Name: "Ana", Status: kiva.Paid, Amount: kiva.USD(100)}); err != nil {
		t.Fatal(err)
	}
	if _, err := im.Commit(t.Context(), store.Meta{}); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(filepath.Join(folder, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &data{Store: s, folder: folder}
}

func TestAnIndexThatCannotBeKeptLastsForTheRun(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var said bytes.Buffer
	p := &Program{Err: &said, LookupEnv: func(string) (string, bool) { return "", false }}
	kept, lasting := storedLoan(t), storedLoan(t)
	if ok, err := p.makeSearchable(t.Context(), kept); !ok || err != nil || said.Len() > 0 {
		t.Errorf("%v, %v, said %q", ok, err, said.String())
	}
	if _, err := os.Stat(filepath.Join(kept.folder, searchFile)); err != nil {
		t.Error(err)
	}
	lasting.folder = filepath.Join(lasting.folder, "gone")
	if ok, err := p.makeSearchable(t.Context(), lasting); !ok || err != nil || !strings.Contains(said.String(), "cannot be kept for the next run") {
		t.Errorf("%v, %v, said %q", ok, err, said.String())
	}
	if found, err := lasting.Search(t.Context(), kiva.Query{Terms: []kiva.Term{{Words: []string{"ana"}}}, Limit: 1}); found.Total != 1 || err != nil {
		t.Errorf("found %+v, %v", found, err)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestWithoutAnyPlaceForAnIndexPagesHaveNoBox(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "gone"))
	var said bytes.Buffer
	p := &Program{Err: &said, LookupEnv: func(string) (string, bool) { return "", false }}
	d := storedLoan(t)
	d.folder = filepath.Join(d.folder, "gone")
	if ok, err := p.makeSearchable(t.Context(), d); ok || err != nil || !strings.Contains(said.String(), "pages have no search box") {
		t.Errorf("%v, %v, said %q", ok, err, said.String())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if ok, err := p.makeSearchable(ended, storedLoan(t)); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("a run that is stopped: %v, %v", ok, err)
	}
}
