package view

import (
	"strings"
	"testing"

	"loanleaf/kiva"
	"loanleaf/site"
)

func TestWhatOfAListCannotBeDrawnIsLeftOut(t *testing.T) {
	teller := newTeller(t)
	loans := []kiva.Loan{*mai(kiva.Fundraising, in("KH", "Cambodia", "Kampot")), *mai(kiva.Fundraising, named("មៃ"), in("KH", "Cambodia", "កំពត"))}
	for _, c := range []struct {
		when string
		info kiva.ListInfo
		name string
	}{
		{"everything can be drawn", info(kiva.ByPartner, "67", "Hoa Sen Fund", 2, 2), "Loans through Hoa Sen Fund"},
		{"a partner's name cannot", info(kiva.ByPartner, "67", "ហ្វាន់", 2, 2), "Loans raising funds"},
		{"a sector's cannot", info(kiva.BySector, "ស្រូវ", "ស្រូវ", 2, 2), "Loans raising funds"},
		{"a country's can, whatever the data calls it", info(kiva.ByCountry, "KH", "កម្ពុជា", 2, 2), "Loans in Cambodia"},
		{"a country that nobody knows", info(kiva.ByCountry, "ZZ", "ស្រុក", 2, 2), "Loans raising funds"},
	} {
		t.Run(c.when, func(t *testing.T) {
			drawn := teller.DrawnList(c.info, loans, latin)
			if drawn.Name != c.name || drawn.Raising.String() != "2 raising funds now" {
				t.Errorf("%q, %q", drawn.Name, drawn.Raising)
			}
			if len(drawn.Loans) != 2 || drawn.Loans[0].Name != "Mai" || drawn.Loans[1].Name != "A loan from Cambodia" || drawn.Loans[1].Place != "Cambodia" {
				t.Errorf("%+v", drawn.Loans)
			}
		})
	}
}

func TestTheAddressOfAListsCardChangesWithWhatItShows(t *testing.T) {
	live := newTeller(t, func(c *site.Config) { c.OEmbed = "https://loans.example/services/oembed" })
	kenya := info(kiva.ByCountry, "KE", "Kenya", 9, 2)
	loans := func(changes ...func(*kiva.Loan)) []kiva.Loan {
		all := []kiva.Loan{*mai(kiva.Fundraising, raisedSum(125)), *mai(kiva.Fundraising, named("Lan"), raisedSum(50))}
		for _, change := range changes {
			change(&all[1])
		}
		return all
	}
	first := live.ListCard(kenya, loans())
	if first.Card == nil || !strings.HasPrefix(first.Card.URL, "https://loans.example/card/country/ke.png?v=") || first.Card.Width != 1200 || first.Card.Height != 630 {
		t.Fatalf("%+v", first.Card)
	}
	version := first.Card.URL[strings.LastIndex(first.Card.URL, "?"):]
	if want := "https://loans.example/card/country/ke-600.png" + version; first.Thumbnail.URL != want || first.Thumbnail.Width != 600 || first.Thumbnail.Height != 315 {
		t.Errorf("%+v, want %s", first.Thumbnail, want)
	}
	if first.Card.Alt != "Loans in Kenya · 9 loans · 2 raising funds now" {
		t.Errorf("%q", first.Card.Alt)
	}
	for what, told := range map[string]ListCard{
		"money came":          live.ListCard(kenya, loans(raisedSum(150))),
		"another name":        live.ListCard(kenya, loans(named("Hoa"))),
		"one more raises":     live.ListCard(info(kiva.ByCountry, "KE", "Kenya", 9, 3), loans()),
		"none raises":         live.ListCard(kenya, nil),
		"the same":            live.ListCard(kenya, loans()),
		"the same, repaid on": live.ListCard(info(kiva.ByCountry, "KE", "Kenya", 12, 2), loans(used("to buy seeds"))),
	} {
		if same := told.Card.URL == first.Card.URL; same != strings.HasPrefix(what, "the same") {
			t.Errorf("%s: the same address: %v", what, same)
		}
	}
	if none := newTeller(t).ListCard(kenya, loans()); none.Card != nil || none.Thumbnail != nil {
		t.Errorf("%+v, and nobody serves it", none.Card)
	}
	if built := newTeller(t, func(c *site.Config) { c.ListCards = true }).ListCard(kenya, loans()); built.Card == nil {
		t.Error("it is built, and not linked")
	}
}
