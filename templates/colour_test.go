package templates

import (
	"testing"

	"loanleaf/public"
	"loanleaf/site"
)

// Package site names the colour of links by itself, since it may not import the
// stylesheet.
func TestTheColourOfASiteIsThatOfItsStylesheet(t *testing.T) {
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	if want := public.Embedded().LinkColour(); s.Colour() != want {
		t.Errorf("%s, and %s in the stylesheet", s.Colour(), want)
	}
}
