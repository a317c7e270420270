package view

import (
	"strings"
	"sync/atomic"

	"loanleaf/site"
)

// countries remembers what is said of the countries that CLDR knows. It is filled as
// loans name them, by whoever comes first, and says what package locale says.
type countries []atomic.Pointer[country]

// country is what is said of one.
type country struct {
	name, inside string // by itself, and inside a sentence
	crumb        Action // to its list
}

const alphabet = 'Z' - 'A' + 1

func newCountries() countries { return make(countries, alphabet*alphabet) }

// of is the country of a code in upper case; nil where CLDR does not know it.
func (c countries) of(t *Teller, code string) *country {
	if len(code) != 2 || code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' {
		return nil
	}
	kept := &c[int(code[0]-'A')*alphabet+int(code[1]-'A')]
	if known := kept.Load(); known != nil {
		return known
	}
	name, ok := t.language.Country(code)
	if !ok {
		return nil
	}
	known := &country{name: name, inside: t.language.CountryInside(code, "")}
	known.crumb.Label = t.words.HeadingCountry.Fill("country", known.inside)
	known.crumb.URL = t.site.URL(site.Address{Kind: site.Country, Slug: strings.ToLower(code), Language: t.tag})
	kept.Store(known)
	return known
}
