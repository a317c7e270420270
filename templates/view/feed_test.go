package view

import (
	"testing"

	"loanleaf/kiva"
)

func TestAFeedIsCalledAfterItsList(t *testing.T) {
	teller := newTeller(t)
	for _, test := range []struct {
		info                     kiva.ListInfo
		title, description, page string
	}{
		{info(kiva.AllLoans, "", "", 1234, 56), "Loanleaf - Newest loans", "1,234 loans · 56 raising funds now", "https://loans.example/"},
		{info(kiva.AllLoans, "", "", 0, 0), "Loanleaf - Newest loans", "There are no loans here yet.", "https://loans.example/"},
		{info(kiva.ByCountry, "KE", "Kenya", 1, 0), "Loanleaf - Loans in Kenya", "1 loan", "https://loans.example/country/ke/"},
		{info(kiva.BySector, "personal-use", "Personal Use", 2, 0), "Loanleaf - Personal Use loans", "2 loans", "https://loans.example/sector/personal-use/"},
	} {
		f := teller.Feed(test.info)
		if f.Title != test.title || f.Description != test.description || f.Page != test.page {
			t.Errorf("%+v: got %q, %q, %q", test.info, f.Title, f.Description, f.Page)
		}
	}
}

func TestOnlyWhoIsNamedHasAPlaceOnTheMap(t *testing.T) {
	teller := newTeller(t)
	loan := kiva.Loan{ID: 1, Name: "Mai", Location: kiva.Location{CountryCode: "VN", Geo: &kiva.Geo{Latitude: 19.8, Longitude: 105.8}}}
	if teller.Card(&loan).Data.Geo == nil {
		t.Error("the place is lost")
	}
	loan.Name = ""
	if teller.Card(&loan).Data.Geo != nil {
		t.Error("a loan that names nobody says where they live")
	}
}
