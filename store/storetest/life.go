package storetest

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"loanleaf/kiva"
	"loanleaf/store"
)

func empty(t *testing.T, p Place) {
	s := fill(t, p)
	if got, err := s.Lists(t.Context()); len(got) != 0 || err != nil {
		t.Errorf("lists %v, %v", got, err)
	}
	if got, err := newestOf(t.Context(), s, kiva.List{}, 10); len(got) != 0 || err != nil {
		t.Errorf("newest %v, %v", got, err)
	}
	if got := collect(t, s.Loans(t.Context(), 0, 0)); len(got) != 0 {
		t.Errorf("loans %v", got)
	}
	if got, err := s.IDBuckets(t.Context(), 100); len(got) != 0 || err != nil {
		t.Errorf("buckets %v, %v", got, err)
	}
	if s.Counts() != (store.Counts{}) || !s.Meta().DataDate.IsZero() {
		t.Errorf("counts %+v, meta %+v", s.Counts(), s.Meta())
	}
}

func abort(t *testing.T, p Place) {
	fill(t, p, plain(1, day(1)))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, end := range map[string]func(Importer){
		"abort": func(im Importer) {
			if err := im.Abort(); err != nil {
				t.Error(err)
			}
		},
		"cancelled commit": func(im Importer) {
			if _, err := im.Commit(ended, store.Meta{}); !errors.Is(err, context.Canceled) {
				t.Errorf("commit: %v", err)
			}
		},
	} {
		im := create(t, p)
		l := plain(2, day(1))
		if _, err := im.AddLoan(t.Context(), &l); err != nil {
			t.Fatal(err)
		}
		end(im)
		if _, err := im.AddLoan(t.Context(), &l); err == nil {
			t.Errorf("%s: a loan was added to an ended import", name)
		}
		if _, err := im.Commit(t.Context(), store.Meta{}); err == nil {
			t.Errorf("%s: an ended import was committed", name)
		}
		if err := im.Abort(); err != nil {
			t.Errorf("%s: another abort: %v", name, err)
		}
		if got := ids(collect(t, open(t, p).Loans(t.Context(), 0, 0))); !slices.Equal(got, []int64{1}) {
			t.Errorf("%s: the store has %d", name, got)
		}
	}
}

func swap(t *testing.T, p Place) {
	const loans = 600
	generation := func(name string) (all []kiva.Loan) {
		for id := range int64(loans) {
			l := plain(id+1, day(int(id)))
			l.Name = name
			all = append(all, l)
		}
		return all
	}
	s := fill(t, p, generation("old")...)
	done, told := make(chan struct{}), make(chan error, 4)
	for range cap(told) {
		go func() {
			for {
				select {
				case <-done:
					told <- nil
					return
				default:
				}
				if err := allNamed(t.Context(), s, "old"); err != nil {
					told <- err
					return
				}
			}
		}()
	}
	for range 3 {
		im := create(t, p)
		for _, l := range generation("new") {
			if _, err := im.AddLoan(t.Context(), &l); err != nil {
				t.Fatal(err)
			}
		}
		if err := allNamed(t.Context(), commit(t, p, im), "new"); err != nil {
			t.Error(err)
		}
	}
	close(done)
	for range cap(told) {
		if err := <-told; err != nil {
			t.Error("the store that was open:", err)
		}
	}
}

func allNamed(ctx context.Context, s Reader, name string) error {
	for l, err := range s.Loans(ctx, 0, 0) {
		if err != nil {
			return err
		}
		one, err := s.Loan(ctx, l.ID)
		if err != nil {
			return err
		}
		if l.Name != name || one.Name != name {
			return errors.New(l.Name + " and " + one.Name + " where " + name + " was")
		}
	}
	page, err := listPage(ctx, s, kiva.List{}, 2)
	if err == nil && page[0].Name != name {
		err = errors.New("a page with " + page[0].Name)
	}
	return err
}

func closed(t *testing.T, p Place) {
	s := fill(t, p, plain(1, day(1)))
	for _, err := range s.Loans(t.Context(), 0, 0) { // closed within a scan
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		break
	}
	if _, err := s.Loan(t.Context(), 1); err == nil || errors.Is(err, kiva.ErrNotFound) {
		t.Errorf("a closed store answers %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("a second close: %v", err)
	}
}

// byAge is the order of lists: date of posting, then id.
func byAge(a, b kiva.Loan) int {
	return cmp.Or(a.Posted.Compare(b.Posted), cmp.Compare(a.ID, b.ID))
}

// random holds the store against maps, over imports of few ids and many.
func random(t *testing.T, p Place) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 2))
		loans, want := map[int64]kiva.Loan{}, store.Counts{}
		im := create(t, p)
		for range r.IntN(1500) {
			l := randomLoan(r)
			_, known := loans[l.ID]
			if known {
				want.Replaced++
			}
			if delete(loans, l.ID); l.Status == kiva.Hidden {
				want.Withheld++
			} else {
				loans[l.ID] = l
			}
			if replaced, err := im.AddLoan(t.Context(), &l); replaced != known || err != nil {
				t.Fatalf("seed %d, loan %d: replaced %v, %v", seed, l.ID, replaced, err)
			}
		}
		want.Loans = len(loans)
		s := commit(t, p, im)
		if s.Counts() != want {
			t.Errorf("seed %d: counts %+v, want %+v", seed, s.Counts(), want)
		}
		sorted := slices.SortedFunc(maps.Values(loans), func(a, b kiva.Loan) int { return cmp.Compare(a.ID, b.ID) })
		if diff := gocmp.Diff(sorted, collect(t, s.Loans(t.Context(), 0, 0))); diff != "" {
			t.Fatalf("seed %d: -model +store:\n%.2000s", seed, diff)
		}
		for _, l := range sorted {
			if got, err := s.Loan(t.Context(), l.ID); !gocmp.Equal(got, l) || err != nil {
				t.Fatalf("seed %d, loan %d: %v", seed, l.ID, err)
			}
		}
		compareListsTo(t, s, sorted)
	}
}

// compareListsTo checks every list of the store, from both ends, against loans.
func compareListsTo(t *testing.T, s Reader, loans []kiva.Loan) {
	t.Helper()
	model, funds := map[kiva.List][]int64{}, map[kiva.List][]int64{}
	for _, l := range slices.SortedFunc(slices.Values(loans), byAge) {
		for _, list := range []kiva.List{{}, {Kind: kiva.ByStatus, Key: l.Status.String()},
			{Kind: kiva.ByCountry, Key: strings.ToUpper(l.Location.CountryCode)}, {Kind: kiva.BySector, Key: kiva.Slug(l.Sector)},
			{Kind: kiva.ByPartner, Key: strconv.FormatInt(l.PartnerID, 10)}} {
			if list.Kind == kiva.AllLoans || (list.Key != "" && list.Key != "0") {
				model[list] = append(model[list], l.ID)
				if l.Status == kiva.Fundraising {
					funds[list] = append(funds[list], l.ID)
				}
			}
		}
	}
	infos, err := s.Lists(t.Context())
	if len(infos) != len(model) || err != nil {
		t.Fatalf("%d lists, want %d, %v", len(infos), len(model), err)
	}
	for _, info := range infos {
		var got []int64
		for page := range pagesOf(info) {
			loans, err := listPage(t.Context(), s, info.List, page+1)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, ids(loans)...)
		}
		if want := model[info.List]; !slices.Equal(got, want) || info.Count != len(want) {
			t.Errorf("%s, said to be %d:\n got %d\nwant %d", info.List, info.Count, got, want)
		}
		last, err := newestOf(t.Context(), s, info.List, store.MaxNewest)
		slices.Reverse(got)
		if !slices.Equal(ids(last), got[:min(len(got), store.MaxNewest)]) || err != nil {
			t.Errorf("%s, newest: %d, %v", info.List, ids(last), err)
		}
		slices.Reverse(funds[info.List])
		want := funds[info.List][:min(len(funds[info.List]), store.MaxRaising)]
		if got, err := s.RaisingIDs(t.Context(), info.List, store.MaxRaising); !slices.Equal(got, want) || err != nil {
			t.Errorf("%s, raising funds: %d, %v, want %d", info.List, got, err, want)
		}
	}
}
