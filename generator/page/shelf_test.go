package page_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/kiva/snapshot"
	"loanleaf/sample"
	"loanleaf/site"
	"loanleaf/store"
)

// sampleStore has so many sample loans in it.
func sampleStore(t testing.TB, loans int) *store.Store {
	t.Helper()
	dir := t.TempDir()
	data, path := filepath.Join(dir, "loans.jsonl"), filepath.Join(dir, "store")
	var lines bytes.Buffer
	err := sample.Write(&lines, loans, 1)
	if err = errors.Join(err, os.WriteFile(data, lines.Bytes(), 0o644)); err != nil {
		t.Fatal(err)
	}
	snap, err := snapshot.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close()
	into, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for record, err := range snap.Records() {
		if err == nil && record.Loan != nil {
			_, err = into.AddLoan(t.Context(), record.Loan)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := into.Commit(t.Context(), store.Meta{Key: "sample"}); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func sampleSite(t testing.TB, languages ...string) *site.Site {
	t.Helper()
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Example Loans", OEmbed: site.Static, Images: site.NoImages, Languages: languages})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var sampleDate = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// noListings is a source that refuses to give loans to lists.
type noListings struct{ *store.Store }

var errListing = errors.New("asked for a listing")

func (noListings) Listings(context.Context, []int64) ([]kiva.Loan, error) { return nil, errListing }

// A list says the same of its loans whether their cards were put on the shelf with their
// pages, put there alone, or made when it asked for them.
func TestCardsOnTheShelfAreThoseThatListsMake(t *testing.T) {
	s, where := sampleStore(t, 600), sampleSite(t, "en", "ar")
	made := page.New(where, s, sampleDate, nil)
	taken := page.New(where, noListings{s}, sampleDate, nil)
	file, err := os.Create(filepath.Join(t.TempDir(), "shelf"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	taken.Shelve(file, 0)
	trays := []*page.Tray{taken.Tray(), taken.Tray()} // as of two workers
	var w bytes.Buffer
	n := 0
	for loan, err := range s.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		tray := trays[n%2]
		for _, language := range []string{"en", "ar"} {
			if n++; n%3 == 0 {
				err = tray.Card(t.Context(), language, &loan)
			} else {
				w.Reset()
				err = taken.RenderLoanAndCard(t.Context(), &w, tray, site.Address{Kind: site.Loan, ID: loan.ID, Language: language}, &loan, nil)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := tray.Done(loan.ID); err != nil {
			t.Fatal(err)
		}
	}
	a := site.Address{Kind: site.Home, Page: 2}
	if err := taken.Render(t.Context(), &w, a); !errors.Is(err, errListing) {
		t.Errorf("got %v: cards are taken from a shelf that is being filled", err)
	}
	for _, tray := range trays {
		if err := tray.Empty(); err != nil {
			t.Fatal(err)
		}
	}
	if there := taken.Shelved(); there != 600 {
		t.Errorf("%d loans have cards on the shelf, want all 600", there)
	}
	for _, a.Language = range []string{"", "ar"} {
		for a.Page = range slices.Values([]int{1, 3, 6}) {
			var want, got bytes.Buffer
			if err := errors.Join(made.Render(t.Context(), &want, a), taken.Render(t.Context(), &got, a)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(want.Bytes(), got.Bytes()) {
				t.Errorf("list %d in %q is another with cards from the shelf", a.Page, a.Language)
			}
		}
	}
}

// A loan that was told in one language of two has no cards to take.
func TestHalfACardIsNone(t *testing.T) {
	s, where := sampleStore(t, 120), sampleSite(t, "en", "es")
	r := page.New(where, s, sampleDate, nil)
	file, err := os.Create(filepath.Join(t.TempDir(), "shelf"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r.Shelve(file, 120)
	tray := r.Tray()
	var whole int64
	for loan, err := range s.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		err = tray.Card(t.Context(), "en", &loan)
		if whole == 0 {
			whole = loan.ID
			err = errors.Join(err, tray.Card(t.Context(), "es", &loan))
		}
		if err := errors.Join(err, tray.Done(loan.ID)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tray.Empty(); err != nil {
		t.Fatal(err)
	}
	if there := r.Shelved(); there != 1 || !r.OnShelf(whole) || r.OnShelf(whole+1) {
		t.Errorf("%d loans have cards on the shelf, want the one that was told in both languages", there)
	}
}
