package page

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// onlyLists is a source that has lists and nothing else.
type onlyLists struct {
	Source
	lists []kiva.ListInfo
}

func (o onlyLists) Lists(context.Context) ([]kiva.ListInfo, error) { return o.lists, nil }

func TestEveryStateThatNoLoanIsInIsShownByAnInventedLoan(t *testing.T) {
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loans", Languages: locale.Shipped(), Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	source := onlyLists{lists: []kiva.ListInfo{
		{List: kiva.List{Kind: kiva.AllLoans}, Count: 2}, {List: kiva.List{Kind: kiva.ByStatus, Key: "fundraising"}, Count: 1},
		{List: kiva.List{Kind: kiva.ByStatus, Key: "paid"}, Count: 1}, {List: kiva.List{Kind: kiva.ByCountry, Key: "KE"}, Count: 2},
	}}
	for _, date := range []time.Time{{}, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)} {
		r := New(s, source, date, nil)
		for word, says := range map[string]string{
			"funded": "Fully funded", "in_repayment": "$220", "defaulted": "$240", "refunded": "$125", "expired": "$352", "fundraising": "", "paid": "", "unknown": "",
		} {
			var w bytes.Buffer
			err := r.Render(t.Context(), &w, site.Address{Kind: site.Widget, Slug: word})
			switch {
			case says == "" && !errors.Is(err, kiva.ErrNotFound):
				t.Errorf("%s, which some loan is in or nobody knows: %v", word, err)
			case says == "":
			case err != nil:
				t.Errorf("%s: %v", word, err)
			case !strings.Contains(w.String(), says) || !strings.Contains(w.String(), "Mai"):
				t.Errorf("%s does not say %q: %s", word, says, w.String())
			case strings.Contains(w.String(), "/lend/") || strings.Contains(w.String(), "canonical"):
				t.Errorf("%s leads to a page that is not there: %s", word, w.String())
			}
		}
	}
	if got := specimens(nil); len(got) > 0 {
		t.Errorf("a site without loans shows %v", got)
	}
}
