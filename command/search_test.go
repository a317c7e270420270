package command

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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
	return stored(t, folder)
}

// manyLoans is a store of more loans than are indexed at once.
func manyLoans(t *testing.T) *data {
	t.Helper()
	folder := t.TempDir()
	im, err := store.Create(filepath.Join(folder, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	defer im.Abort()
	for id := range int64(indexedAtOnce + 1) {
		if _, err := im.AddLoan(t.Context(), &kiva.Loan{ID: id + 1, Name: "Ana", Status: kiva.Paid, Amount: kiva.USD(100)}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Commit(t.Context(), store.Meta{}); err != nil {
		t.Fatal(err)
	}
	return stored(t, folder)
}

// stored opens the store in a folder as a run has it.
func stored(t *testing.T, folder string) *data {
	t.Helper()
	s, err := store.Open(filepath.Join(folder, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	report, err := os.Create(filepath.Join(folder, reportFile))
	if err != nil {
		t.Fatal(err)
	}
	return &data{Store: s, folder: folder, report: report}
}

// TestManyLoansAreIndexedWhileTheyAreServed sees searches answered some time after a
// server began, and at once the next time.
func TestManyLoansAreIndexedWhileTheyAreServed(t *testing.T) {
	ana := kiva.Query{Terms: []kiva.Term{{Words: []string{"ana"}}}, Limit: 1}
	p := &Program{Err: io.Discard, Now: time.Now, LookupEnv: func(string) (string, bool) { return "", false }}
	log := slog.New(slog.DiscardHandler)
	d := manyLoans(t)
	ctx, cancel := context.WithCancel(t.Context())
	if ok, err := p.searchable(ctx, d, log); !ok || err != nil || d.stopIndexing == nil {
		t.Fatalf("%v, %v", ok, err)
	}
	cancel() // ends what made the state, and not the index
	found, err := d.Search(t.Context(), ana)
	for tries := 0; errors.Is(err, kiva.ErrNotYet) && tries < 400; tries++ {
		time.Sleep(50 * time.Millisecond)
		found, err = d.Search(t.Context(), ana)
	}
	if err != nil || found.Total != indexedAtOnce+1 {
		t.Errorf("%d found, %v", found.Total, err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	again := stored(t, d.folder)
	if ok, err := p.searchable(t.Context(), again, log); !ok || err != nil || again.stopIndexing != nil {
		t.Errorf("the next time: %v, %v", ok, err)
	}
	if found, err := again.Search(t.Context(), ana); err != nil || found.Total != indexedAtOnce+1 {
		t.Errorf("the next time: %d found, %v", found.Total, err)
	}
}

// TestAServerThatStopsEndsItsIndex closes the data while its index is made.
func TestAServerThatStopsEndsItsIndex(t *testing.T) {
	p := &Program{Err: io.Discard, Now: time.Now, LookupEnv: func(string) (string, bool) { return "", false }}
	d := manyLoans(t)
	if ok, err := p.searchable(t.Context(), d, slog.New(slog.DiscardHandler)); !ok || err != nil {
		t.Fatalf("%v, %v", ok, err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	left, err := filepath.Glob(filepath.Join(d.folder, ".*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
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
	if ok, err := p.makeSearchable(t.Context(), d); ok || err != nil || !strings.Contains(said.String(), "loans cannot be searched") {
		t.Errorf("%v, %v, said %q", ok, err, said.String())
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if ok, err := p.makeSearchable(ended, storedLoan(t)); ok || !errors.Is(err, context.Canceled) {
		t.Errorf("a run that is stopped: %v, %v", ok, err)
	}
}
