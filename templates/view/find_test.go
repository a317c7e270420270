package view

import (
	"fmt"
	"strings"
	"testing"

	"loanleaf/kiva"
)

var someLists = []kiva.ListInfo{
	info(kiva.ByCountry, "PE", "Peru", 3, 1), info(kiva.ByCountry, "KE", "Kenya", 2, 0), info(kiva.BySector, "food", "Food", 5, 1),
	info(kiva.ByStatus, "paid", "", 4, 0), info(kiva.ByStatus, "fundraising", "", 1, 1), info(kiva.ByPartner, "7", "Hoa Sen Fund", 5, 1),
}

func labels(entries []Entry) string {
	var list []string
	for _, e := range entries {
		list = append(list, strings.TrimSpace(e.Label+" "+e.Count))
	}
	return strings.Join(list, ", ")
}

func TestASearchSaysWhatItFound(t *testing.T) {
	teller := newTeller(t)
	for _, c := range []struct {
		name                          string
		d                             SearchData
		heading, count, nothing, ways string
		previous, next                string
	}{
		{"nothing was asked", SearchData{Lists: someLists}, "Find a loan", "", "", "Food 5; Kenya 2, Peru 3", "", ""},
		{"nothing was found", SearchData{Query: "xyz", Lists: someLists}, "Find a loan", "", "No loan was found for xyz.", "Food 5; Kenya 2, Peru 3", "", ""},
		{"one loan", SearchData{Query: "ana", Total: 1, PerPage: 30, Lists: someLists}, "Loans found for ana", "1 loan", "", "; ", "", ""},
		{"a full page", SearchData{Query: "ana", Total: 30, PerPage: 30}, "Loans found for ana", "30 loans", "", "; ", "", ""},
		{"the first of more", SearchData{Query: "a & b", Total: 31, PerPage: 30}, "Loans found for a & b", "31 loans", "", "; ", "", "/search?q=a+%26+b&page=2"},
		{"between", SearchData{Query: "ana", Total: 61, Page: 2, PerPage: 30}, "Loans found for ana, page 2", "61 loans", "", "; ", "/search?q=ana", "/search?q=ana&page=3"},
		{"the last", SearchData{Query: "ana", Total: 61, Page: 3, PerPage: 30}, "Loans found for ana, page 3", "61 loans", "", "; ", "/search?q=ana&page=2", ""},
	} {
		s := teller.Search(c.d)
		if s.Heading.String() != c.heading || s.Count.String() != c.count || s.Nothing.String() != c.nothing || s.Title != "Loanleaf - "+c.heading {
			t.Errorf("%s: %q, %q, %q, %q", c.name, s.Heading, s.Count, s.Nothing, s.Title)
		}
		if got := labels(s.Sectors) + "; " + labels(s.Countries); got != c.ways {
			t.Errorf("%s: ways on are %q, want %q", c.name, got, c.ways)
		}
		for _, link := range []struct {
			action *Action
			path   string
		}{{s.Previous, c.previous}, {s.Next, c.next}} {
			if (link.action != nil) != (link.path != "") || link.action != nil && !strings.HasSuffix(link.action.URL, link.path) {
				t.Errorf("%s: %+v, want %q", c.name, link.action, link.path)
			}
		}
	}
}

func TestAListLeadsToTheOthersWithoutCounts(t *testing.T) {
	teller := newTeller(t)
	for _, c := range []struct {
		name         string
		d            ListData
		ways, others string
	}{
		{"a country", ListData{Info: someLists[0], Lists: someLists}, "By status, By sector, By field partner", "Kenya"},
		{"a status", ListData{Info: someLists[3], Lists: someLists}, "By sector, By country, By field partner", "Loans raising funds"},
		{"the only sector", ListData{Info: someLists[2], Lists: someLists}, "By status, By sector, By country, By field partner", ""},
		{"a partner, of whom there are hundreds", ListData{Info: someLists[5], Lists: someLists}, "By status, By sector, By country, By field partner", ""},
		{"a numbered page, which stays as it is", ListData{Info: info(kiva.ByCountry, "PE", "Peru", 300, 1), Page: 2, Lists: someLists}, "By status, By sector, By country, By field partner", ""},
		{"a site without partners", ListData{Info: someLists[0], Page: 0, Lists: someLists[:3]}, "By sector", "Kenya"},
	} {
		l := teller.List(c.d)
		var ways []string
		for _, w := range l.Ways {
			ways = append(ways, w.Label)
		}
		if got := strings.Join(ways, ", "); got != c.ways || labels(l.Others) != c.others {
			t.Errorf("%s: %q and %q, want %q and %q", c.name, got, labels(l.Others), c.ways, c.others)
		}
	}
}

// TestManyListsAreLedToFromTheFrontPageAlone: pages that all lead to each other would grow
// with the square of their number.
func TestManyListsAreLedToFromTheFrontPageAlone(t *testing.T) {
	teller := newTeller(t)
	var lists []kiva.ListInfo
	for i := range mostOthers {
		lists = append(lists, info(kiva.BySector, fmt.Sprint("sector-", i), fmt.Sprint("Sector ", i), 1, 0))
	}
	if l := teller.List(ListData{Info: lists[0], Lists: lists}); len(l.Others) != mostOthers-1 || len(l.Ways) != 0 {
		t.Errorf("one of %d leads to %d others, and %d ways on", mostOthers, len(l.Others), len(l.Ways))
	}
	lists = append(lists, info(kiva.BySector, "one-more", "One more", 1, 0))
	if l := teller.List(ListData{Info: lists[0], Lists: lists}); len(l.Others) != 0 || len(l.Ways) != 1 || !strings.HasSuffix(l.Ways[0].URL, "#"+SectorPart) {
		t.Errorf("one of %d leads to %d others, and to %v", len(lists), len(l.Others), l.Ways)
	}
	if h := teller.Home(HomeData{Lists: lists}); len(h.Sectors) != len(lists) {
		t.Errorf("the front page leads to %d of %d", len(h.Sectors), len(lists))
	}
}

func TestALoansNumberIsToldWhereThereIsNoSearch(t *testing.T) {
	teller := newTeller(t)
	data := HomeData{Newest: []kiva.Loan{{ID: 77, Name: "Ana", Status: kiva.Paid, Amount: kiva.USD(100)}}}
	if got := teller.Home(data).Number.String(); !strings.HasPrefix(got, "The address of a loan ends in its number: https://") || !strings.HasSuffix(got, "/lend/77") {
		t.Errorf("got %q", got)
	}
	if got := teller.Home(HomeData{}).Number; got != nil {
		t.Errorf("without a loan: %q", got)
	}
	searched := In(teller.site.WithSearch(), teller.language, teller.data.Time)
	if got := searched.Home(data).Number; got != nil {
		t.Errorf("beside a search box: %q", got)
	}
}
