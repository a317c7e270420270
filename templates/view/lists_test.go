package view

import (
	"testing"

	"loanleaf/kiva"
)

func info(kind kiva.ListKind, key, name string, count, fundraising int) kiva.ListInfo {
	return kiva.ListInfo{List: kiva.List{Kind: kind, Key: key}, Name: name, Count: count, Fundraising: fundraising}
}

func TestTheHeadingsOfLists(t *testing.T) {
	tests := []struct {
		info           kiva.ListInfo
		heading, intro string
	}{
		{info(kiva.AllLoans, "", "", 1234, 56), "All loans", "1,234 loans · 56 raising funds now"},
		{info(kiva.ByCountry, "KE", "Kenya", 1, 0), "Loans in Kenya", "1 loan"},
		{info(kiva.BySector, "personal-use", "Personal Use", 2, 1), "Personal Use loans", "2 loans · 1 raising funds now"},
		{info(kiva.ByPartner, "67", "Hoa Sen Fund", 2, 0), "Loans through Hoa Sen Fund", "2 loans"},
		{info(kiva.ByStatus, "fundraising", "", 56, 56), "Loans raising funds", "56 loans"},
		{info(kiva.ByStatus, "funded", "", 2, 0), "Loans that are funded", "2 loans"},
		{info(kiva.ByStatus, "in_repayment", "", 2, 0), "Loans being repaid", "2 loans"},
		{info(kiva.ByStatus, "paid", "", 2, 0), "Loans that were repaid", "2 loans"},
		{info(kiva.ByStatus, "defaulted", "", 2, 0), "Loans that defaulted", "2 loans"},
		{info(kiva.ByStatus, "refunded", "", 2, 0), "Loans that were refunded", "2 loans"},
		{info(kiva.ByStatus, "expired", "", 2, 0), "Loans that expired", "2 loans"},
	}
	teller := newTeller(t)
	for _, test := range tests {
		l := teller.List(ListData{Info: test.info})
		if l.Heading.String() != test.heading || l.Intro.String() != test.intro || l.Title != "Loanleaf - "+test.heading {
			t.Errorf("%+v: got %q, %q, %q", test.info, l.Heading, l.Intro, l.Title)
		}
		if l.Dated.Time.IsZero() {
			t.Errorf("%+v: the newest end has no date", test.info)
		}
	}
}

func TestAPageLinksToItsNeighbours(t *testing.T) {
	teller := newTeller(t)
	tests := []struct {
		when         string
		count, page  int
		older, newer string
	}{
		{"a list of one page", 100, 0, "", ""},
		{"the newest end stands for the last page", 250, 0, "/country/ke/page/2", ""},
		{"the last page, by its number", 250, 3, "/country/ke/page/2", "/country/ke/"},
		{"the last page but one", 250, 2, "/country/ke/page/1", "/country/ke/page/3"},
		{"the oldest page", 250, 1, "", "/country/ke/page/2"},
	}
	url := func(a *Action) string {
		if a == nil {
			return ""
		}
		return a.URL
	}
	for _, test := range tests {
		l := teller.List(ListData{Info: info(kiva.ByCountry, "KE", "Kenya", test.count, 0), Page: test.page})
		full := func(path string) string {
			if path == "" {
				return ""
			}
			return "https://loans.example" + path
		}
		if url(l.Older) != full(test.older) || url(l.Newer) != full(test.newer) {
			t.Errorf("%s: older %q, newer %q", test.when, url(l.Older), url(l.Newer))
		}
		if numbered := test.page > 0; numbered != (len(l.Intro) == 0) || numbered != l.Dated.Time.IsZero() {
			t.Errorf("%s: only the newest end may tell how long the list is today: %q %v", test.when, l.Intro, l.Dated)
		}
	}
	if l := teller.List(ListData{Info: info(kiva.ByCountry, "KE", "Kenya", 250, 0), Page: 2}); l.Heading.String() != "Loans in Kenya, page 2" {
		t.Errorf("heading %q", l.Heading)
	}
}

func TestAPartnersListTellsOfThePartner(t *testing.T) {
	partner := &kiva.Partner{ID: 67, Name: "Hoa Sen Fund"}
	teller := newTeller(t)
	if l := teller.List(ListData{Info: info(kiva.ByPartner, "67", "Hoa Sen Fund", 1, 0), Partner: partner}); l.About == nil || l.About.Name != "Hoa Sen Fund" {
		t.Errorf("%+v", l.About)
	}
	if l := teller.List(ListData{Info: info(kiva.ByCountry, "VN", "", 1, 0), Partner: partner}); l.About != nil {
		t.Error("a country's list tells of a partner")
	}
}

func TestTheFrontPageLeadsEverywhere(t *testing.T) {
	many := make([]kiva.Loan, 20)
	for i := range many {
		many[i] = *mai(kiva.Fundraising, raisedSum(125))
		many[i].ID = int64(100 - i)
	}
	h := newTeller(t).Home(HomeData{
		All: info(kiva.AllLoans, "", "", 1234, 56), Fundraising: many, Newest: many[9:15],
		Lists: []kiva.ListInfo{
			info(kiva.ByCountry, "VN", "Viet Nam", 3, 0), info(kiva.ByStatus, "paid", "", 9, 0), info(kiva.ByCountry, "KE", "Kenya", 1000, 0),
			info(kiva.BySector, "food", "Food", 5, 0), info(kiva.ByStatus, "fundraising", "", 56, 56), info(kiva.ByPartner, "67", "Hoa Sen Fund", 7, 0),
			info(kiva.ByCountry, "TZ", "Tanzania", 0, 0), info(kiva.ByPartner, "x", "Nowhere", 7, 0),
		},
	})
	// Loans 12 to 14 of the newest are new to the reader, 9 to 11 stand above.
	if len(h.Fundraising) != 12 || len(h.Newest) != 3 || h.Newest[0].ID != 88 {
		t.Errorf("%d and %d loans", len(h.Fundraising), len(h.Newest))
	}
	if h.All.URL != "https://loans.example/page/13" || h.Intro.String() != "1,234 loans · 56 raising funds now" {
		t.Errorf("%s %s", h.All.URL, h.Intro)
	}
	check := func(what string, got []Entry, want ...Entry) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("%s: %+v", what, got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: got %+v, want %+v", what, got[i], want[i])
			}
		}
	}
	const base = "https://loans.example"
	check("countries, by name", h.Countries, Entry{"Kenya", "", base + "/country/ke/", "1,000"}, Entry{"Vietnam", "", base + "/country/vn/", "3"})
	check("statuses, in the order of a loan's life", h.Statuses,
		Entry{"Loans raising funds", "", base + "/status/fundraising/", "56"}, Entry{"Loans that were repaid", "", base + "/status/paid/", "9"})
	check("sectors", h.Sectors, Entry{"Food", "", base + "/sector/food/", "5"})
	check("partners, without one that has no address", h.Partners, Entry{"Hoa Sen Fund", "", base + "/partners/67/", "7"})
}

// The first page and a numbered one of a sector that has no name in the
// language, and a country in each.
func TestTheHeadingsOfListsInOtherLanguages(t *testing.T) {
	for i, want := range []struct{ country, sector string }{
		{"Loans in the Philippines", "Beekeeping loans, page 2"},
		{"Préstamos en Filipinas", "Préstamos del sector «Beekeeping», página 2"},
		{"Prêts aux Philippines", "Prêts du secteur «Beekeeping», page 2"},
		{"قروض في الفلبين", "قروض قطاع «Beekeeping»، صفحة 2"},
	} {
		teller := newTellers(t)[i]
		if got := teller.List(ListData{Info: info(kiva.ByCountry, "PH", "Philippines", 3, 0)}).Heading.String(); got != want.country {
			t.Errorf("got %q, want %q", got, want.country)
		}
		got := marked(teller.List(ListData{Info: info(kiva.BySector, "beekeeping", "Beekeeping", 150, 0), Page: 2}).Heading)
		if got != want.sector {
			t.Errorf("got %q, want %q", got, want.sector)
		}
	}
}

func TestCountsInOtherLanguages(t *testing.T) {
	tellers := newTellers(t)
	for _, test := range []struct {
		teller *Teller
		loans  int
		want   string
	}{
		{tellers[1], 1, "[1] préstamo · [1] recauda fondos ahora"},
		{tellers[1], 5000, "[5000] préstamos · [1] recauda fondos ahora"},
		{tellers[2], 1, "[1] prêt · [1] en cours de collecte"},
		{tellers[2], 1_000_000, "[1\u202f000\u202f000] de prêts · [1] en cours de collecte"},
		{tellers[3], 1, "قرض واحد · قرض واحد قيد جمع التمويل الآن"},
		{tellers[3], 2, "قرضان · قرض واحد قيد جمع التمويل الآن"},
		{tellers[3], 3, "[3] قروض · قرض واحد قيد جمع التمويل الآن"},
		{tellers[3], 11, "[11] قرضًا · قرض واحد قيد جمع التمويل الآن"},
		{tellers[3], 100, "[100] قرض · قرض واحد قيد جمع التمويل الآن"},
	} {
		if got := marked(test.teller.List(ListData{Info: info(kiva.AllLoans, "", "", test.loans, 1)}).Intro); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestAnEmptySiteSaysNothingOfCounts(t *testing.T) {
	h := newTeller(t).Home(HomeData{})
	if len(h.Intro) != 0 || h.All.URL != "" || h.Fundraising != nil || h.Countries != nil {
		t.Errorf("%+v", h)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	teller := newTeller(t)
	g := teller.Gone()
	if g.State.Chip != "Not available" || g.Heading != "This loan is not available" || g.Action.Label != "Find another loan" ||
		g.Action.URL != "https://loans.example/" || g.Source.Label != "loans.example" {
		t.Errorf("%+v", g)
	}
	if l := teller.Lost(); l.Heading == g.Heading || l.Text == g.Text || l.Action != g.Action {
		t.Errorf("%+v", l)
	}
}
