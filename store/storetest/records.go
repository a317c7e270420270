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

func everyField(t *testing.T, p Place) {
	loan, partner := Filled[kiva.Loan](), Filled[kiva.Partner]()
	im := create(t, p)
	if _, err := im.AddLoan(t.Context(), &loan); err != nil {
		t.Fatal(err)
	}
	if _, err := im.AddPartner(t.Context(), &partner); err != nil {
		t.Fatal(err)
	}
	meta := store.Meta{Key: "k-1", DataDate: day(900)}
	counts, err := im.Commit(t.Context(), meta)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, p)
	got, err := s.Loan(t.Context(), loan.ID)
	if diff := cmp.Diff(loan, got); diff != "" || err != nil {
		t.Errorf("loan by id, error %v, -in +out:\n%s", err, diff)
	}
	if diff := cmp.Diff([]kiva.Loan{loan}, collect(t, s.Loans(t.Context(), 0, 0))); diff != "" {
		t.Errorf("scan of loans, -in +out:\n%s", diff)
	}
	gotPartner, err := s.Partner(t.Context(), partner.ID)
	if diff := cmp.Diff(partner, gotPartner); diff != "" || err != nil {
		t.Errorf("partner by id, error %v, -in +out:\n%s", err, diff)
	}
	if diff := cmp.Diff([]kiva.Partner{partner}, collect(t, s.Partners(t.Context()))); diff != "" {
		t.Errorf("scan of partners, -in +out:\n%s", diff)
	}
	if want := (store.Counts{Loans: 1, Partners: 1}); counts != want || s.Counts() != want {
		t.Errorf("counts: Commit %+v, store %+v, want %+v", counts, s.Counts(), want)
	}
	if s.Meta() != meta {
		t.Errorf("meta %+v, want %+v", s.Meta(), meta)
	}
	// Times are told in UTC whatever the machine's zone: cmp.Diff compares
	// instants, so the zone is looked at by itself.
	for _, at := range []time.Time{got.Posted, got.Expires, got.FundedDate, got.PaidDate, got.Terms.Disbursed,
		got.Terms.LocalPayments[1].Due, got.Terms.ScheduledPayments[1].Due, got.Payments[1].Processed,
		got.Payments[1].Settled, gotPartner.Started, s.Meta().DataDate} {
		if at.Location() != time.UTC {
			t.Errorf("time %v is not in UTC", at)
		}
	}
}

func listingShape(t *testing.T, p Place) {
	bare := kiva.Loan{ID: 1, Status: kiva.Funded, Amount: kiva.USD(0)}
	full := Filled[kiva.Loan]()
	uncounted := plain(2, day(1))
	uncounted.Borrowers = []kiva.Borrower{{FirstName: "Ana"}, {FirstName: "Bo"}}
	s := fill(t, p, bare, full, uncounted)
	for _, want := range []kiva.Loan{bare, full, uncounted} {
		got, err := s.Loan(t.Context(), want.ID)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("loan %d, error %v, -in +out:\n%s", want.ID, err, diff)
		}
	}
	page, err := listPage(t.Context(), s, kiva.List{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := []kiva.Loan{bare.Listing(), uncounted.Listing(), full.Listing()}
	slices.SortFunc(want, func(a, b kiva.Loan) int { return a.Posted.Compare(b.Posted) })
	if diff := cmp.Diff(want, page); diff != "" {
		t.Errorf("list page, -want +got:\n%s", diff)
	}
}

func lastWins(t *testing.T, p Place) {
	im := create(t, p)
	first, second := plain(5, day(1)), plain(5, day(2))
	second.Sector, second.Story = "Food", nil
	for _, c := range []struct {
		loan     kiva.Loan
		replaced bool
	}{{first, false}, {plain(6, day(1)), false}, {second, true}} {
		if replaced, err := im.AddLoan(t.Context(), &c.loan); replaced != c.replaced || err != nil {
			t.Errorf("AddLoan: replaced %v, %v", replaced, err)
		}
	}
	for i, name := range []string{"Old", "New"} {
		if replaced, err := im.AddPartner(t.Context(), &kiva.Partner{ID: 7, Name: name}); replaced != (i == 1) || err != nil {
			t.Errorf("AddPartner %s: replaced %v, %v", name, replaced, err)
		}
	}
	s := commit(t, p, im)
	if got, err := s.Loan(t.Context(), 5); !cmp.Equal(got, second) || err != nil {
		t.Errorf("got %+v, %v", got, err)
	}
	if info, err := s.ListInfo(t.Context(), kiva.List{Kind: kiva.BySector, Key: "agriculture"}); info.Count != 1 || err != nil {
		t.Errorf("the sector of the replaced record has %d loans, %v", info.Count, err)
	}
	if partner, err := s.Partner(t.Context(), 7); partner.Name != "New" || err != nil {
		t.Errorf("partner %q, %v", partner.Name, err)
	}
	if want := (store.Counts{Loans: 2, Partners: 1, Replaced: 2}); s.Counts() != want {
		t.Errorf("counts %+v, want %+v", s.Counts(), want)
	}
}

func hidden(t *testing.T, p Place) {
	im := create(t, p)
	shown, gone := plain(5, day(1)), kiva.Loan{ID: 5, Status: kiva.Hidden}
	other, again := kiva.Loan{ID: 6, Status: kiva.Hidden}, plain(6, day(1))
	for _, c := range []struct {
		loan     kiva.Loan
		replaced bool
	}{{shown, false}, {gone, true}, {gone, false}, {other, false}, {again, false}} {
		if replaced, err := im.AddLoan(t.Context(), &c.loan); replaced != c.replaced || err != nil {
			t.Errorf("AddLoan %d, %v: replaced %v, %v", c.loan.ID, c.loan.Status, replaced, err)
		}
	}
	s := commit(t, p, im)
	if _, err := s.Loan(t.Context(), 5); !errors.Is(err, kiva.ErrNotFound) {
		t.Errorf("hidden loan: %v", err)
	}
	if got := ids(collect(t, s.Loans(t.Context(), 0, 0))); !slices.Equal(got, []int64{6}) {
		t.Errorf("loans %d; a public record after a hidden one wins", got)
	}
	if want := (store.Counts{Loans: 1, Replaced: 1, Withheld: 3}); s.Counts() != want {
		t.Errorf("counts %+v, want %+v", s.Counts(), want)
	}
}

func refused(t *testing.T, p Place) {
	im := create(t, p)
	none, below, last := plain(0, day(1)), plain(-1, day(1)), plain(1<<63-1, day(1))
	unknown, beyond := plain(2, day(1)), plain(3, day(1))
	unknown.Status, beyond.Status = kiva.StatusUnknown, kiva.Hidden+1
	for _, l := range []kiva.Loan{none, below, last, unknown, beyond} {
		if _, err := im.AddLoan(t.Context(), &l); err == nil {
			t.Errorf("loan %d of status %d was taken", l.ID, l.Status)
		}
	}
	if _, err := im.AddPartner(t.Context(), &kiva.Partner{Name: "No id"}); err == nil {
		t.Error("a partner without id was taken")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	good := plain(4, day(1))
	if _, err := im.AddLoan(ended, &good); !errors.Is(err, context.Canceled) {
		t.Errorf("with an ended context: %v", err)
	}
	if _, err := im.AddLoan(t.Context(), &good); err != nil {
		t.Fatal(err)
	}
	if got := ids(collect(t, commit(t, p, im).Loans(t.Context(), 0, 0))); !slices.Equal(got, []int64{4}) {
		t.Errorf("loans %d", got)
	}
}

func scans(t *testing.T, p Place) {
	var loans []kiva.Loan
	for id := int64(1000); id > 0; id-- { // backwards, and more than a chunk of any size
		loans = append(loans, plain(id*3, day(int(id))))
	}
	loans = append(loans, plain(1<<63-2, day(0)))
	s := fill(t, p, loans...)
	slices.Reverse(loans[:1000])
	for _, c := range []struct {
		name     string
		from, to int64
		want     []kiva.Loan
	}{
		{"all", 0, 0, loans},
		{"from is in, to is out", 6, 12, loans[1:3]},
		{"bounds between ids", 7, 13, loans[2:4]},
		{"many", 3, 2998, loans[:999]},
		{"the largest ids", 3001, 1<<63 - 1, loans[1000:]},
		{"nothing", 4, 6, nil},
		{"upside down", 12, 6, nil},
	} {
		if diff := cmp.Diff(c.want, collect(t, s.Loans(t.Context(), c.from, c.to))); diff != "" {
			t.Errorf("%s, -want +got:\n%.2000s", c.name, diff)
		}
		if got, err := s.LoanIDs(t.Context(), c.from, c.to); !slices.Equal(got, ids(c.want)) || err != nil {
			t.Errorf("%s: ids %d, %v", c.name, got, err)
		}
		if c.from == 0 && c.to == 0 {
			continue // of records these bounds mean none
		}
		var got []int64
		for _, r := range collect(t, s.RecordsBetween(t.Context(), c.from, c.to)) {
			got = append(got, r.ID)
		}
		if !slices.Equal(got, ids(c.want)) {
			t.Errorf("%s: records %d", c.name, got)
		}
	}
}

func scanBody(t *testing.T, p Place) {
	var loans []kiva.Loan
	for id := range int64(50) {
		loans = append(loans, plain(id+1, day(int(id))))
	}
	s := fill(t, p, loans...)
	// More scans within each other than a store will have connections.
	var nest func(depth int)
	nest = func(depth int) {
		for l, err := range s.Loans(t.Context(), 0, 0) {
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Loan(t.Context(), l.ID); err != nil {
				t.Fatal(err)
			}
			if depth > 0 {
				nest(depth - 1)
			}
			return
		}
	}
	nest(40)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range s.Loans(ended, 0, 0) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("with an ended context: %v", err)
		}
	}
}

func unread(t *testing.T, p Place) {
	const loans = 1600 // more than are read at a time
	fillWith := func(change func(*kiva.Loan)) []kiva.Record {
		im := create(t, p)
		for i := range loans {
			l := Filled[kiva.Loan]()
			l.ID = int64(loans-i) * 7
			change(&l)
			if _, err := im.AddLoan(t.Context(), &l); err != nil {
				t.Fatal(err)
			}
		}
		s := commit(t, p, im)
		records := collect(t, s.Records(t.Context()))
		want := collect(t, s.Loans(t.Context(), 0, 0))
		if len(records) != loans || len(want) != loans {
			t.Fatalf("%d records of %d loans", len(records), len(want))
		}
		for i, r := range records {
			told := kiva.Record{ID: want[i].ID, PartnerID: want[i].PartnerID, ImageID: want[i].ImageID, Status: want[i].Status, Listing: r.Listing, Rest: r.Rest}
			if r != told || r.Listing == r.Rest {
				t.Fatalf("record %d is %+v, of loan %+v", i, r, told)
			}
		}
		return records
	}
	before := fillWith(func(*kiva.Loan) {})
	after := fillWith(func(l *kiva.Loan) {
		switch l.ID {
		case 70:
			l.Name = "Another"
		case 77:
			l.Story = append(l.Story, kiva.Text{Language: "en", Body: "More."})
		}
	})
	for i, r := range after {
		listing, rest := r.Listing == before[i].Listing, r.Rest == before[i].Rest
		if listing != (r.ID != 70) || rest != (r.ID != 77) {
			t.Errorf("loan %d: listing the same %v, rest the same %v", r.ID, listing, rest)
		}
	}
}
