package page_test

import (
	"context"
	"strconv"
	"testing"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/store"
)

// asked notes what a source is asked for beyond what [page.Inputs.Answers] digests.
type asked struct {
	*store.Store
	beyond  []string
	lists   []kiva.ListInfo
	partner func(*kiva.Partner)
}

func (s *asked) Loan(ctx context.Context, id int64) (kiva.Loan, error) {
	s.beyond = append(s.beyond, "Loan")
	return s.Store.Loan(ctx, id)
}

func (s *asked) NewestIDs(ctx context.Context, list kiva.List, n int) ([]int64, error) {
	s.beyond = append(s.beyond, "NewestIDs")
	return s.Store.NewestIDs(ctx, list, n)
}

func (s *asked) RaisingIDs(ctx context.Context, list kiva.List, n int) ([]int64, error) {
	s.beyond = append(s.beyond, "RaisingIDs")
	return s.Store.RaisingIDs(ctx, list, n)
}

func (s *asked) Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error) {
	s.beyond = append(s.beyond, "Listings")
	return s.Store.Listings(ctx, ids)
}

func (s *asked) IDBuckets(ctx context.Context, width int64) ([]int64, error) {
	s.beyond = append(s.beyond, "IDBuckets")
	return s.Store.IDBuckets(ctx, width)
}

func (s *asked) LoanIDs(ctx context.Context, from, to int64) ([]int64, error) {
	s.beyond = append(s.beyond, "LoanIDs")
	return s.Store.LoanIDs(ctx, from, to)
}

func (s *asked) Lists(ctx context.Context) ([]kiva.ListInfo, error) {
	if s.lists != nil {
		return s.lists, nil
	}
	return s.Store.Lists(ctx)
}

func (s *asked) Partner(_ context.Context, id int64) (kiva.Partner, error) {
	partner := kiva.Partner{ID: id, Name: "Green Valley Fund", DefaultRate: new(int64)} // each time another pointer
	if s.partner != nil {
		s.partner(&partner)
	}
	return partner, nil
}

// TestANumberedPageOfAListIsMadeFromAnswersThatAreDigested begins all of them.
func TestANumberedPageOfAListIsMadeFromAnswersThatAreDigested(t *testing.T) {
	source := &asked{Store: sampleStore(t, 4000)}
	r := page.New(sampleSite(t, "en", "ar"), source, sampleDate, nil)
	inputs, err := r.Inputs(t.Context(), "1")
	if err != nil {
		t.Fatal(err)
	}
	numbered, partners := 0, 0
	for a, err := range r.Walk(t.Context(), []string{"en", "ar"}) {
		if err != nil {
			t.Fatal(err)
		}
		source.beyond = nil
		_, loans, ok, err := inputs.Answers(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			continue
		}
		_, same, _, ok, err := inputs.Page(t.Context(), a)
		if err != nil || !ok || len(loans) == 0 || len(loans) != len(same) {
			t.Fatalf("%+v: %d loans, and %d; %v, error %v", a, len(loans), len(same), ok, err)
		}
		if len(source.beyond) > 0 {
			t.Errorf("%+v: its source is asked for %q", a, source.beyond)
		}
		numbered++
		if a.Kind == site.Partner {
			partners++
		}
	}
	if numbered < 40 || partners == 0 {
		t.Errorf("%d numbered pages of lists, %d of partners", numbered, partners)
	}
}

// TestAnswersAreOthersWhenWhatTheySayIs changes one thing after the other.
func TestAnswersAreOthersWhenWhatTheySayIs(t *testing.T) {
	loans := sampleStore(t, 600)
	lists, err := loans.Lists(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	all, partners := site.Address{Kind: site.Home, Page: 2}, site.Address{Kind: site.Partner, Page: 1}
	for _, list := range lists {
		if list.Kind == kiva.ByPartner {
			partners.ID, _ = strconv.ParseInt(list.Key, 10, 64)
		}
	}
	answers := func(source *asked, date int, a site.Address) page.Digest {
		t.Helper()
		source.Store = loans
		in, err := page.New(sampleSite(t, "en", "ar"), source, sampleDate.AddDate(0, 0, date), nil).Inputs(t.Context(), "1")
		if err != nil {
			t.Fatal(err)
		}
		d, _, ok, err := in.Answers(t.Context(), a)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		return d
	}
	changed := func(change func(*kiva.ListInfo)) *asked {
		more := append([]kiva.ListInfo(nil), lists...)
		change(&more[len(more)-1])
		return &asked{lists: more}
	}
	for _, a := range []site.Address{all, partners} {
		if once, again := answers(&asked{}, 0, a), answers(&asked{}, 0, a); once != again {
			t.Errorf("the same answers for %+v have two digests", a)
		}
	}
	for _, c := range []struct {
		name   string
		source *asked
		date   int
		all    bool // whether it is in what the page of all loans is made from, beside that of a partner's
	}{
		{"a list has one loan more", changed(func(l *kiva.ListInfo) { l.Count++ }), 0, true},
		{"a list has another name", changed(func(l *kiva.ListInfo) { l.Name += "s" }), 0, true},
		{"one loan more raises funds", changed(func(l *kiva.ListInfo) { l.Fundraising++ }), 0, true},
		{"another day", &asked{}, 1, true},
		{"the partner has another name", &asked{partner: func(p *kiva.Partner) { p.Name += "s" }}, 0, false},
		{"the partner lost more", &asked{partner: func(p *kiva.Partner) { *p.DefaultRate++ }}, 0, false},
		{"the partner posted a loan", &asked{partner: func(p *kiva.Partner) { p.LoansPosted++ }}, 0, false},
	} {
		for _, a := range []site.Address{all, partners} {
			same := answers(c.source, c.date, a) == answers(&asked{}, 0, a)
			if want := a == all && !c.all; same != want {
				t.Errorf("%s: the answers for %+v are the same: %v", c.name, a, same)
			}
		}
	}
}
