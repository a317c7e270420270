package view

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loanleaf/kiva"
)

// FuzzUse holds the sentence of a use whatever field partners write.
func FuzzUse(f *testing.F) {
	f.Add("Mai", "to buy ducks")
	f.Add("Mai", "BUY DUCKS AND HENS!!")
	f.Add("A", "for ...")
	teller := newTeller(f)
	f.Fuzz(func(t *testing.T, name, use string) {
		if !utf8.ValidString(name) || !utf8.ValidString(use) || strings.ContainsAny(name+use, "{}\u00a0") {
			return
		}
		v := teller.Card(mai(kiva.Fundraising, named(name), used(use)))
		said := v.Use.String()
		if !strings.HasPrefix(said, "A loan of $550") || !strings.HasSuffix(said, ".") {
			t.Errorf("%q", said)
		}
		if strings.Contains(said, "  ") || strings.Contains(said, " .") && !strings.Contains(name+use, ".") {
			t.Errorf("%q has a gap", said)
		}
		if !utf8.ValidString(said) || !utf8.ValidString(v.Description) || !utf8.ValidString(v.ShareTitle) {
			t.Errorf("%q is not valid UTF-8", said)
		}
	})
}
