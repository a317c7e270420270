package view

import (
	"slices"
	"strings"
	"testing"

	"loanleaf/kiva"
)

func under(url, base string) bool { return strings.HasPrefix(url, base) }

func TestWhatALoanIsFor(t *testing.T) {
	inKenya := func(l *kiva.Loan) { l.Location = kiva.Location{CountryCode: "KE", Country: "Kenya"} }
	tests := []struct {
		when string
		loan *kiva.Loan
		want string
	}{
		{"to …", mai(kiva.Fundraising, used("to buy ducks")), "A loan of $550 helps Mai to buy ducks."},
		{"once it no longer raises funds", mai(kiva.Paid, used("to buy ducks")), "A loan of $550 helped Mai to buy ducks."},
		{"To …", mai(kiva.Fundraising, used("To buy ducks")), "A loan of $550 helps Mai to buy ducks."},
		{"To Buy …", mai(kiva.Fundraising, used("To Buy ducks")), "A loan of $550 helps Mai to buy ducks."},
		{"in order to …", mai(kiva.Fundraising, used("In order to buy ducks")), "A loan of $550 helps Mai to buy ducks."},
		{"a verb without to", mai(kiva.Fundraising, used("Buy more ducks and chickens ")), "A loan of $550 helps Mai buy more ducks and chickens."},
		{"a noun", mai(kiva.Fundraising, used("Working capital")), "A loan of $550 helps Mai: working capital."},
		{"for …", mai(kiva.Fundraising, used("For working capital")), "A loan of $550 helps Mai: working capital."},
		{"a gerund with its full stop", mai(kiva.Fundraising, used("buying stucco.")), "A loan of $550 helps Mai: buying stucco."},
		{"a gerund, afterwards", mai(kiva.InRepayment, used("Buying a new engine")), "A loan of $550 helped Mai: buying a new engine."},
		{"one full stop after several", mai(kiva.Fundraising, used("to buy ducks, etc... ")), "A loan of $550 helps Mai to buy ducks, etc."},
		{"stray spaces and lines", mai(kiva.Fundraising, used("  to buy  two\tdairy cows\n\n")), "A loan of $550 helps Mai to buy two dairy cows."},
		{"all in capitals", mai(kiva.Fundraising, used("TO BUY PIGS AND FEED.")), "A loan of $550 helps Mai to buy pigs and feed."},
		{"an abbreviation keeps its capitals", mai(kiva.Fundraising, used("TVs and DVDs for the shop")), "A loan of $550 helps Mai: TVs and DVDs for the shop."},
		{"a lone abbreviation too", mai(kiva.Fundraising, used("ATM")), "A loan of $550 helps Mai: ATM."},
		{"her own name keeps its capital", mai(kiva.Fundraising, used("Mai wants to buy ducks")), "A loan of $550 helps Mai: Mai wants to buy ducks."},
		{"a word that begins like her name does not", mai(kiva.Fundraising, used("Maize seeds")), "A loan of $550 helps Mai: maize seeds."},
		{"the pronoun I keeps its capital", mai(kiva.Fundraising, used("I want to buy ducks")), "A loan of $550 helps Mai: I want to buy ducks."},
		{"a list mark is taken off", mai(kiva.Fundraising, used("- to buy ducks")), "A loan of $550 helps Mai to buy ducks."},
		{"no use, a country", mai(kiva.Fundraising, inKenya), "A loan of $550 helps Mai in Kenya."},
		{"no use, a country, afterwards", mai(kiva.Paid, inKenya), "A loan of $550 helped Mai in Kenya."},
		{"no use, no country", mai(kiva.Fundraising, used(" . ")), "A loan of $550 helps Mai."},
		{"no use, no country, afterwards", mai(kiva.Expired), "A loan of $550 helped Mai."},
		{"a group", mai(kiva.Fundraising, group, used("to buy rice")), "A loan of $550 helps Thanh Hoa Group to buy rice."},
		{"anonymous", mai(kiva.Fundraising, anonymous, used("to buy ducks for Mai")),
			"A loan of $550. To protect the borrower's privacy, no name is shown."},
		{"without a name", mai(kiva.Paid, named(" "), used("to buy ducks for Mai")),
			"A loan of $550. To protect the borrower's privacy, no name is shown."},
		{"in another script", mai(kiva.Fundraising, named("ម៉ៃ"), used("ដើម្បីទិញទា។")), "A loan of $550 helps ម៉ៃ: ដើម្បីទិញទា."},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			if got := teller.Card(test.loan).Use.String(); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestTheUseMarksItsValues(t *testing.T) {
	got := newTeller(t).Card(mai(kiva.Fundraising, used("to buy ducks"))).Use
	want := Sentence{
		{Text: "A loan of "}, {Text: "$550", Kind: Amount}, {Text: " helps "}, {Text: "Mai", Kind: Name},
		{Text: " "}, {Text: "to buy ducks", Kind: Words}, {Text: "."},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAUseThatNobodyTranslatedIsMarked(t *testing.T) {
	teller := newTeller(t)
	for _, test := range []struct{ language, use, want string }{
		{"es", "Para comprar maíz", "es"}, {"pt", "para comprar arroz", "pt"}, {"fr", "Pour acheter du riz", "fr"},
		{"es", "to buy maize", ""}, {"en", "para comprar", ""}, {"es", "parachutes", ""},
	} {
		use := teller.Card(mai(kiva.Paid, used(test.use), func(l *kiva.Loan) { l.Languages = []string{test.language, "en"} })).Use
		if got := use[5].Lang; got != test.want {
			t.Errorf("%s: got %q, want %q", test.use, got, test.want)
		}
	}
}

func TestTheVerbsAreInOrder(t *testing.T) {
	if !slices.IsSorted(verbs) {
		t.Error("the search among them needs them sorted")
	}
}

func TestAnEndlessUseIsCut(t *testing.T) {
	use := newTeller(t).Card(mai(kiva.Fundraising, used("to buy "+strings.Repeat("ducks and ", 10_000)))).Use.String()
	if n := len([]rune(use)); n > mostUse+60 {
		t.Errorf("%d characters", n)
	}
	if !strings.HasSuffix(use, "….") && !strings.HasSuffix(use, "…") {
		t.Errorf("ends %q", use[len(use)-20:])
	}
}
