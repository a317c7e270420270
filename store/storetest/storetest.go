// Package storetest says what a store of loans does, as tests that every
// implementation passes: package store, and whatever comes to stand behind the
// same methods. The records are invented.
//
// Not here: what only a file can do, such as being damaged or left behind by
// a killed import; those tests are beside the implementation.
package storetest

import (
	"context"
	"iter"
	"testing"

	"loanleaf/kiva"
	"loanleaf/store"
)

// Importer is the writing half of a store; *store.Import is one.
type Importer interface {
	AddLoan(context.Context, *kiva.Loan) (replaced bool, err error)
	AddPartner(context.Context, *kiva.Partner) (replaced bool, err error)
	Commit(context.Context, store.Meta) (store.Counts, error)
	Abort() error
}

// Reader is the reading half of a store; *store.Store is one.
type Reader interface {
	Meta() store.Meta
	Counts() store.Counts
	Loan(ctx context.Context, id int64) (kiva.Loan, error)
	Partner(ctx context.Context, id int64) (kiva.Partner, error)
	Loans(ctx context.Context, from, to int64) iter.Seq2[kiva.Loan, error]
	Records(ctx context.Context) iter.Seq2[kiva.Record, error]
	RecordsBetween(ctx context.Context, from, to int64) iter.Seq2[kiva.Record, error]
	LoanIDs(ctx context.Context, from, to int64) ([]int64, error)
	Partners(ctx context.Context) iter.Seq2[kiva.Partner, error]
	Lists(ctx context.Context) ([]kiva.ListInfo, error)
	ListInfo(ctx context.Context, list kiva.List) (kiva.ListInfo, error)
	PageIDs(ctx context.Context, list kiva.List, page int) ([]int64, error)
	NewestIDs(ctx context.Context, list kiva.List, n int) ([]int64, error)
	RaisingIDs(ctx context.Context, list kiva.List, n int) ([]int64, error)
	Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error)
	IDBuckets(ctx context.Context, width int64) ([]int64, error)
	Search(ctx context.Context, q kiva.Query) (kiva.Found, error)
	Close() error
}

// Place is where one store lives.
type Place interface {
	Create() (Importer, error)
	Open() (Reader, error)
	// MakeSearchable makes the reader's Search answer.
	MakeSearchable(context.Context, Reader) error
}

// Run runs the contract. newPlace gives an empty place that is cleared away
// with its test.
func Run(t *testing.T, newPlace func(*testing.T) Place) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Place)
	}{
		{"every field of a loan and of a partner comes back", everyField},
		{"records are all loans in order, and equal as long as their loans are", unread},
		{"a listing comes back as a listing", listingShape},
		{"of two records of an id the last wins", lastWins},
		{"a hidden record takes the earlier one away", hidden},
		{"a record without id or status is refused and costs no other", refused},
		{"scans go by id and keep to their bounds", scans},
		{"a scan may be left, and asked within", scanBody},
		{"lists say what they hold", lists},
		{"a list is called as its newest loan spells it", names},
		{"pages go from the oldest and full ones never change", pages},
		{"the newest come first", newest},
		{"the newest that raise funds come first", raising},
		{"buckets name the ids there are", buckets},
		{"what is not there is not found", missing},
		{"loans are found by the beginnings of their names' words", foundByName},
		{"loans are found by country and sector, and by name or those", foundByList},
		{"a loan is found by its id, and only then are its digits words", foundByID},
		{"who is not named is not found by name", notFoundByName},
		{"what raises funds is found first, then the newest", foundInOrder},
		{"a search that is not understood is refused", refusedSearch},
		{"hostile words find nothing and harm nothing", hostileSearch},
		{"random searches equal a model", randomSearch},
		{"an empty import is an empty store", empty},
		{"an abort, and a commit that is cancelled, leave the old store", abort},
		{"an open store stays as it is when another is swapped in", swap},
		{"a closed store says so", closed},
		{"random imports equal a model", random},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, newPlace(t)) })
	}
}

// fill imports the loans and opens the store.
func fill(t *testing.T, p Place, loans ...kiva.Loan) Reader {
	t.Helper()
	im := create(t, p)
	for i := range loans {
		if _, err := im.AddLoan(t.Context(), &loans[i]); err != nil {
			t.Fatal(err)
		}
	}
	return commit(t, p, im)
}

func create(t *testing.T, p Place) Importer {
	t.Helper()
	im, err := p.Create()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { im.Abort() })
	return im
}

func commit(t *testing.T, p Place, im Importer) Reader {
	t.Helper()
	if _, err := im.Commit(t.Context(), store.Meta{Key: "sources"}); err != nil {
		t.Fatal(err)
	}
	return open(t, p)
}

func open(t *testing.T, p Place) Reader {
	t.Helper()
	s, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
