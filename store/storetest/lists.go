package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"loanleaf/kiva"
	"loanleaf/store"
)

func lists(t *testing.T, p Place) {
	a, b, c, d := plain(1, day(1)), plain(2, day(2)), plain(3, day(3)), plain(4, day(4))
	b.Status, b.Sector, b.PartnerID = kiva.Expired, "Personal Use", 145
	c.Status, c.Location, c.PartnerID = kiva.Funded, kiva.Location{CountryCode: "AL", Country: "Albania"}, 20
	d.Sector, d.Location, d.PartnerID = "", kiva.Location{}, 0 // a direct loan that says little
	im := create(t, p)
	for _, l := range []kiva.Loan{d, c, b, a} {
		if _, err := im.AddLoan(t.Context(), &l); err != nil {
			t.Fatal(err)
		}
	}
	for _, partner := range []kiva.Partner{{ID: 7, Name: "Seven Sisters"}, {ID: 20, Name: "Twenty"}, {ID: 8, Name: "No loans"}} {
		if _, err := im.AddPartner(t.Context(), &partner); err != nil {
			t.Fatal(err)
		}
	}
	s := commit(t, p, im)
	got, err := s.Lists(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	info := func(kind kiva.ListKind, key, name string, count, fundraising int) kiva.ListInfo {
		return kiva.ListInfo{List: kiva.List{Kind: kind, Key: key}, Name: name, Count: count, Fundraising: fundraising}
	}
	want := []kiva.ListInfo{
		info(kiva.AllLoans, "", "", 4, 2),
		info(kiva.ByStatus, "fundraising", "", 2, 2),
		info(kiva.ByStatus, "funded", "", 1, 0),
		info(kiva.ByStatus, "expired", "", 1, 0),
		info(kiva.ByCountry, "AL", "Albania", 1, 0),
		info(kiva.ByCountry, "KE", "Kenya", 2, 1),
		info(kiva.BySector, "agriculture", "Agriculture", 2, 1),
		info(kiva.BySector, "personal-use", "Personal Use", 1, 0),
		info(kiva.ByPartner, "7", "Seven Sisters", 1, 1),
		info(kiva.ByPartner, "20", "Twenty", 1, 0),
		info(kiva.ByPartner, "145", "", 1, 0),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("-want +got:\n%s", diff)
	}
	for _, w := range want {
		if one, err := s.ListInfo(t.Context(), w.List); one != w || err != nil {
			t.Errorf("%s: %+v, %v", w.List, one, err)
		}
	}
}

func names(t *testing.T, p Place) {
	old, mid, young := plain(3, day(1)), plain(2, day(2)), plain(1, day(3))
	old.Location.Country, old.Sector = "Vietnam", "Personal use"
	mid.Location.Country, mid.Sector = "Viet Nam", "personal-use"
	young.Location.Country, young.Sector = "", "Personal Use"
	old.Location.CountryCode, mid.Location.CountryCode, young.Location.CountryCode = "VN", "vn", "VN"
	s := fill(t, p, young, old, mid)
	for list, want := range map[kiva.List]string{
		{Kind: kiva.ByCountry, Key: "VN"}:          "Viet Nam", // the newest one says no name
		{Kind: kiva.BySector, Key: "personal-use"}: "Personal Use",
	} {
		if info, err := s.ListInfo(t.Context(), list); info.Name != want || info.Count != 3 || err != nil {
			t.Errorf("%s: %+v, %v, want name %q", list, info, err, want)
		}
	}
}

func pages(t *testing.T, p Place) {
	var loans []kiva.Loan
	for i := range 250 {
		// Three loans a day, ids against the days and, within a day, as they fall.
		l := plain(int64(1000-i), day(i/3))
		if i%5 == 0 {
			l.Status = kiva.Paid
		}
		loans = append(loans, l)
	}
	undated := plain(5000, time.Time{})
	s := fill(t, p, append(slices.Clone(loans), undated)...)
	inOrder := func(loans []kiva.Loan) []kiva.Loan {
		var listings []kiva.Loan
		for _, l := range loans {
			listings = append(listings, l.Listing())
		}
		slices.SortFunc(listings, byAge)
		return listings
	}
	all := inOrder(append(slices.Clone(loans), undated))
	paid := slices.DeleteFunc(slices.Clone(all), func(l kiva.Loan) bool { return l.Status != kiva.Paid })
	if all[0].ID != 5000 {
		t.Fatal("a loan without date comes first")
	}
	for _, c := range []struct {
		list kiva.List
		page int
		want []kiva.Loan
	}{
		{kiva.List{}, 1, all[:100]}, {kiva.List{}, 2, all[100:200]}, {kiva.List{}, 3, all[200:]},
		{kiva.List{Kind: kiva.ByStatus, Key: "paid"}, 1, paid},
	} {
		got, err := listPage(t.Context(), s, c.list, c.page)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s, page %d, error %v, -want +got:\n%.2000s", c.list, c.page, err, diff)
		}
	}
	later := s
	for i := range 60 { // newer loans come; the full pages stay
		loans = append(loans, plain(int64(2000+i), day(400)))
	}
	s = fill(t, p, append(loans, undated)...)
	for page := 1; page <= 2; page++ {
		before, err := listPage(t.Context(), later, kiva.List{}, page)
		if err != nil {
			t.Fatal(err)
		}
		if after, err := listPage(t.Context(), s, kiva.List{}, page); !cmp.Equal(before, after) || err != nil {
			t.Errorf("page %d changed, %v", page, err)
		}
	}
	if last, err := listPage(t.Context(), s, kiva.List{}, 4); len(last) != 11 || err != nil {
		t.Errorf("the last page has %d loans, %v", len(last), err)
	}
}

func newest(t *testing.T, p Place) {
	var loans []kiva.Loan
	for i := range 250 {
		l := plain(int64(1+i), day(i))
		if i >= 240 {
			l.Status = kiva.Funded
		}
		loans = append(loans, l)
	}
	s := fill(t, p, loans...)
	run := func(from, n int64) []int64 {
		var want []int64
		for id := from; id > from-n; id-- {
			want = append(want, id)
		}
		return want
	}
	for _, c := range []struct {
		list kiva.List
		n    int
		want []int64
	}{
		{kiva.List{}, 1, run(250, 1)}, {kiva.List{}, 50, run(250, 50)}, {kiva.List{}, 51, run(250, 51)},
		{kiva.List{}, 200, run(250, 200)}, {kiva.List{}, 0, nil},
		{kiva.List{Kind: kiva.ByStatus, Key: "funded"}, 50, run(250, 10)},
		{kiva.List{Kind: kiva.ByCountry, Key: "ZZ"}, 50, nil},
	} {
		if got, err := newestOf(t.Context(), s, c.list, c.n); !slices.Equal(ids(got), c.want) || err != nil {
			t.Errorf("%d of %s: %d, %v", c.n, c.list, ids(got), err)
		}
	}
	got, err := newestOf(t.Context(), s, kiva.List{Kind: kiva.ByStatus, Key: "fundraising"}, 3)
	if !slices.Equal(ids(got), run(240, 3)) || err != nil {
		t.Errorf("fundraising: %d, %v", ids(got), err)
	}
	if want := loans[239].Listing(); len(got) == 3 && !cmp.Equal(got[0], want) {
		t.Errorf("not a listing: %+v", got[0])
	}
	if _, err := newestOf(t.Context(), s, kiva.List{}, store.MaxNewest+1); err == nil {
		t.Error("more than the most were given")
	}
}

// raising has a list in which the loans that raise funds are old, and one in
// which there are more of them than are kept.
func raising(t *testing.T, p Place) {
	var loans []kiva.Loan
	for i := range 1000 {
		l := plain(int64(1+i), day(i))
		if i >= 500 {
			l.Status, l.Sector = kiva.Paid, "Food"
		}
		if i < 5 {
			l.Location.CountryCode = "AL"
		}
		loans = append(loans, l)
	}
	s := fill(t, p, loans...)
	var all []int64
	for i := range int64(store.MaxRaising) {
		all = append(all, 500-i)
	}
	for _, c := range []struct {
		list kiva.List
		n    int
		want []int64
	}{
		{kiva.List{}, store.MaxRaising, all}, {kiva.List{}, 3, all[:3]}, {kiva.List{}, 0, nil},
		{kiva.List{Kind: kiva.ByCountry, Key: "AL"}, store.MaxRaising, []int64{5, 4, 3, 2, 1}},
		{kiva.List{Kind: kiva.BySector, Key: "agriculture"}, 6, all[:6]}, {kiva.List{Kind: kiva.ByPartner, Key: "7"}, 6, all[:6]},
		{kiva.List{Kind: kiva.ByStatus, Key: "fundraising"}, 2, all[:2]},
		{kiva.List{Kind: kiva.BySector, Key: "food"}, 6, nil}, {kiva.List{Kind: kiva.ByCountry, Key: "ZZ"}, 6, nil},
	} {
		if got, err := s.RaisingIDs(t.Context(), c.list, c.n); !slices.Equal(got, c.want) || err != nil {
			t.Errorf("%d of %s: %d, %v, want %d", c.n, c.list, got, err, c.want)
		}
	}
	if _, err := s.RaisingIDs(t.Context(), kiva.List{}, store.MaxRaising+1); err == nil {
		t.Error("more than the most were given")
	}
}

func buckets(t *testing.T, p Place) {
	var loans []kiva.Loan
	for _, id := range []int64{1, 99, 100, 350, 399, 1 << 40, 1<<63 - 2} {
		loans = append(loans, plain(id, day(0)))
	}
	s := fill(t, p, loans...)
	for width, want := range map[int64][]int64{
		100:       {0, 1, 3, 1 << 40 / 100, (1<<63 - 2) / 100},
		1 << 40:   {0, 1, 1<<23 - 1},
		1<<63 - 2: {0, 1},
		1<<63 - 1: {0},
	} {
		if got, err := s.IDBuckets(t.Context(), width); !slices.Equal(got, want) || err != nil {
			t.Errorf("width %d: %d, %v, want %d", width, got, err, want)
		}
	}
	if _, err := s.IDBuckets(t.Context(), 0); err == nil {
		t.Error("buckets of no width were given")
	}
}

func missing(t *testing.T, p Place) {
	s := fill(t, p, plain(5, day(1)))
	for name, ask := range map[string]func() error{
		"loan":    func() error { _, err := s.Loan(t.Context(), 6); return err },
		"partner": func() error { _, err := s.Partner(t.Context(), 7); return err },
		"list": func() error {
			_, err := s.ListInfo(t.Context(), kiva.List{Kind: kiva.ByPartner, Key: "07"})
			return err
		},
		"page 0":          func() error { _, err := listPage(t.Context(), s, kiva.List{}, 0); return err },
		"page 2":          func() error { _, err := listPage(t.Context(), s, kiva.List{}, 2); return err },
		"page of no list": func() error { _, err := listPage(t.Context(), s, kiva.List{Kind: 9}, 1); return err },
		"lower-case code": func() error {
			_, err := s.ListInfo(t.Context(), kiva.List{Kind: kiva.ByCountry, Key: "ke"})
			return err
		},
		"status by number": func() error {
			_, err := s.ListInfo(t.Context(), kiva.List{Kind: kiva.ByStatus, Key: "1"})
			return err
		},
	} {
		if err := ask(); !errors.Is(err, kiva.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// pagesOf is how many pages a list is cut into. [kiva.ListInfo.Pages] speaks of
// the site, which shows a list of one page without a number.
func pagesOf(info kiva.ListInfo) int { return (info.Count + kiva.PageSize - 1) / kiva.PageSize }

// listPage is a page of a list as readers see it.
func listPage(ctx context.Context, s Reader, list kiva.List, page int) ([]kiva.Loan, error) {
	found, err := s.PageIDs(ctx, list, page)
	if err != nil {
		return nil, err
	}
	return s.Listings(ctx, found)
}

// newestOf is the newest end of a list as readers see it.
func newestOf(ctx context.Context, s Reader, list kiva.List, n int) ([]kiva.Loan, error) {
	found, err := s.NewestIDs(ctx, list, n)
	if err != nil {
		return nil, err
	}
	return s.Listings(ctx, found)
}
