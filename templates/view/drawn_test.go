package view

import (
	"strings"
	"testing"

	"loanleaf/kiva"
	"loanleaf/site"
)

// latin covers what is below U+0250.
func latin(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0x250 }) < 0
}

func TestWhatCannotBeDrawnIsLeftOut(t *testing.T) {
	teller := newTeller(t)
	for _, c := range []struct {
		name             string
		loan             *kiva.Loan
		told, use, place string
	}{
		{"everything can be drawn", mai(kiva.Fundraising, used("to buy ducks"), in("KH", "Cambodia", "Kampot")), "Mai", "A loan of $550 helps Mai to buy ducks.", "Kampot, Cambodia"},
		{"the name cannot", mai(kiva.Fundraising, named("មៃ"), used("to buy ducks"), in("KH", "Cambodia", "Kampot")), "A loan from Cambodia", "A loan of $550: to buy ducks.", "Kampot, Cambodia"},
		{"neither name nor use", mai(kiva.Fundraising, named("មៃ"), used("ទិញទា"), in("KH", "Cambodia", "Kampot")), "A loan from Cambodia", "", "Kampot, Cambodia"},
		{"nor is the country known", mai(kiva.Fundraising, named("មៃ")), "A loan", "", ""},
		{"the use cannot", mai(kiva.Fundraising, used("ទិញទា"), in("KH", "Cambodia", "Kampot")), "Mai", "A loan of $550 helps Mai in Cambodia.", "Kampot, Cambodia"},
		{"the town cannot", mai(kiva.Funded, used("to buy ducks"), in("KH", "Cambodia", "កំពត")), "Mai", "A loan of $550 helped Mai to buy ducks.", "Cambodia"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.loan.ImageID = 7
			before := *c.loan
			v := teller.Drawn(c.loan, latin)
			if v.Name != c.told || v.Use.String() != c.use || v.Place != c.place {
				t.Errorf("%q, %q, %q", v.Name, v.Use, v.Place)
			}
			if v.Anonymous || v.Picture == nil {
				t.Error("a loan whose name cannot be drawn is told as anonymous, or without its picture")
			}
			if c.loan.Name != before.Name || c.loan.Use != before.Use || c.loan.Location != before.Location {
				t.Error("the loan itself was changed")
			}
		})
	}
}

func in(code, country, town string) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Location = kiva.Location{CountryCode: code, Country: country, Town: town} }
}

func TestTheAddressOfACardChangesWithWhatItShows(t *testing.T) {
	live := newTeller(t, func(c *site.Config) { c.OEmbed = "https://loans.example/services/oembed" })
	card := func(changes ...func(*kiva.Loan)) string {
		v := live.Loan(mai(kiva.Fundraising, append([]func(*kiva.Loan){raisedSum(125), used("to buy ducks")}, changes...)...), nil)
		return v.Card.URL
	}
	first := card()
	if !strings.HasPrefix(first, "https://loans.example/card/100000.png?v=") {
		t.Errorf("%q", first)
	}
	if again := card(); again != first {
		t.Errorf("%q, then %q", first, again)
	}
	for what, change := range map[string]func(*kiva.Loan){
		"money came": raisedSum(150), "another use": used("to buy hens"), "a name": named("Lan"),
		"tags, which it does not show": func(l *kiva.Loan) { l.Tags = []string{"#Parent"} },
	} {
		if same := card(change) == first; same != strings.HasPrefix(what, "tags") {
			t.Errorf("%s: the same address: %v", what, same)
		}
	}
	if photo := card(func(l *kiva.Loan) { l.ImageID = 7 }); !strings.HasPrefix(photo, "https://loans.example/card/100000.jpg?v=") {
		t.Errorf("with a photo of our own: %q", photo)
	}
	if v := newTeller(t).Loan(mai(kiva.Fundraising), nil); v.Card != nil {
		t.Errorf("%q, and nobody serves it", v.Card.URL)
	}
	pattern := newTeller(t, func(c *site.Config) {
		c.Images, c.Gallery, c.OEmbed = "https://pictures.example/<size>/<id>.jpg", nil, "https://loans.example/services/oembed"
	})
	v := pattern.Loan(mai(kiva.Fundraising, func(l *kiva.Loan) { l.ImageID = 7 }), nil)
	if !strings.Contains(v.Card.URL, "/card/100000.png?") {
		t.Errorf("somebody else's photo is drawn: %q", v.Card.URL)
	}
}
