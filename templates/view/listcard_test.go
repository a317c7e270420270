package view

import (
	"strings"
	"testing"

	"loanleaf/kiva"
	"loanleaf/locale"
)

func TestAListCardIsCalledAfterItsList(t *testing.T) {
	teller := newTeller(t)
	for _, test := range []struct {
		info                       kiva.ListInfo
		name, all, raising, widget string
	}{
		{info(kiva.AllLoans, "", "", 1234, 56), "Newest loans", "All loans", "56 raising funds now", "https://loans.example/embed/newest"},
		{info(kiva.ByCountry, "KH", "Cambodia", 9, 2), "Loans in Cambodia", "All loans in Cambodia", "2 raising funds now", "https://loans.example/embed/country/kh"},
		{info(kiva.BySector, "personal-use", "Personal Use", 2, 1), "Personal Use loans", "All Personal Use loans", "1 raising funds now", "https://loans.example/embed/sector/personal-use"},
		{info(kiva.ByPartner, "67", "Hoa Sen Fund", 2, 2), "Loans through Hoa Sen Fund", "All loans through Hoa Sen Fund", "2 raising funds now", "https://loans.example/embed/partners/67"},
		{info(kiva.ByPartner, "68", "", 2, 2), "Loans raising funds", "All loans", "2 raising funds now", "https://loans.example/embed/partners/68"},
	} {
		c := teller.ListCard(test.info, []kiva.Loan{*mai(kiva.Fundraising)})
		if c.Name != test.name || c.All.String() != test.all || c.Raising.String() != test.raising || c.Widget != test.widget {
			t.Errorf("%s: %q, %q, %q, %q", test.info.List, c.Name, c.All, c.Raising, c.Widget)
		}
		if c.Title != "Loanleaf - "+test.name || c.DiscoveryXML != test.name+" (XML oEmbed view)" || c.None != "" || len(c.Loans) != 1 {
			t.Errorf("%s: %+v", test.info.List, c)
		}
	}
}

func TestAListOfWhichNoneRaisesFundsSaysSo(t *testing.T) {
	teller := newTeller(t)
	for _, test := range []struct {
		when              string
		info              kiva.ListInfo
		none, description string
	}{
		{"none does", info(kiva.ByCountry, "KE", "Kenya", 3, 0), teller.words.ListCard.None, "3 loans"},
		{"there are no loans at all", info(kiva.AllLoans, "", "", 0, 0), "There are no loans here yet.", "There are no loans here yet."},
	} {
		c := teller.ListCard(test.info, nil)
		if c.None != test.none || c.Description != test.description || len(c.Raising) != 0 || len(c.Loans) != 0 {
			t.Errorf("%s: %+v", test.when, c)
		}
	}
}

func TestAListCardHoldsItsMostRows(t *testing.T) {
	loans := make([]kiva.Loan, 3*MostRows)
	for i := range loans {
		loans[i] = *mai(kiva.Fundraising)
	}
	if got := len(newTeller(t).ListCard(info(kiva.AllLoans, "", "", 100, 50), loans).Loans); got != MostRows {
		t.Errorf("%d rows, want %d", got, MostRows)
	}
}

func TestAnAnonymousLoanIsListedWithoutItsBorrower(t *testing.T) {
	loan := *mai(kiva.Fundraising, func(l *kiva.Loan) {
		l.Name, l.Location = "", kiva.Location{CountryCode: "KE", Country: "Kenya", Town: "Nakuru"}
	})
	for _, teller := range newTellers(t) {
		row := teller.ListCard(info(kiva.ByCountry, "KE", "Kenya", 1, 1), []kiva.Loan{loan}).Loans[0]
		if !row.Anonymous || strings.Contains(row.Place, "Nakuru") || strings.Contains(row.Name, "Mai") {
			t.Errorf("%s: %q in %q", row.Language.Tag, row.Name, row.Place)
		}
	}
}

// A sector that no language has a word for is quoted, and marked in others.
func TestTheLinkToAListMarksWordsOfTheData(t *testing.T) {
	for _, teller := range newTellers(t)[1:] {
		c := teller.ListCard(info(kiva.BySector, "sea-food", "Sea Food", 3, 0), nil)
		marked := 0
		for _, span := range c.All {
			if span.Text == "Sea Food" && span.Kind == Words && span.Lang == "en" {
				marked++
			}
		}
		if marked != 1 {
			t.Errorf("%s: %+v", teller.language.Tag, c.All)
		}
	}
	for _, tag := range locale.Shipped() {
		if l, ok := locale.Get(tag); !ok || l.Words.ListCard.None == "" {
			t.Errorf("%s has no words for it", tag)
		}
	}
}
