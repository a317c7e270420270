package locale

import (
	"slices"
	"strings"
	"testing"
)

func TestCountriesInsideASentence(t *testing.T) {
	tests := []struct{ tag, code, otherwise, want string }{
		{"en", "PH", "", "the Philippines"},
		{"en", "US", "", "the United States"},
		{"en", "KE", "", "Kenya"},
		{"en", "NA", "", "Namibia"},
		{"en", "XX", "Zanzibar", "Zanzibar"},
		{"en", "XX", "", ""},
		{"es", "PH", "", "Filipinas"},
		{"es", "US", "", "Estados Unidos"},
		{"es", "DO", "", "la República Dominicana"},
		{"es", "NL", "", "los Países Bajos"},
		{"es", "SB", "", "las Islas Salomón"},
		{"fr", "KE", "", "au Kenya"},
		{"fr", "US", "", "aux États-Unis"},
		{"fr", "VN", "", "au Viêt Nam"},
		{"fr", "PS", "", "en Palestine"},
		{"fr", "KR", "", "en Corée du Sud"},
		{"fr", "UG", "", "en Ouganda"},
		{"fr", "HT", "", "en Haïti"},
		{"fr", "MG", "", "à Madagascar"},
		{"fr", "PH", "", "aux Philippines"},
		{"fr", "XX", "Zanzibar", "(Zanzibar)"},
		{"fr", "XX", "", ""},
		{"ar", "PH", "", "الفلبين"},
		{"ar", "US", "", "الولايات المتحدة"},
	}
	for _, test := range tests {
		if got := in(t, test.tag).CountryInside(test.code, test.otherwise); got != test.want {
			t.Errorf("%s in %s: got %q, want %q", test.code, test.tag, got, test.want)
		}
	}
}

func TestRulesForCountriesNameEachCountryOnce(t *testing.T) {
	for tag, rule := range insides {
		l, seen := in(t, tag), map[string]string{}
		for _, list := range rule.lists {
			if !slices.IsSorted(list.codes) {
				t.Errorf("%s: %q: the search among them needs them sorted", tag, list.before)
			}
			for _, code := range list.codes {
				if _, ok := l.Country(code); !ok {
					t.Errorf("%s: %s is not a country", tag, code)
				}
				if other, twice := seen[code]; twice {
					t.Errorf("%s: %s has %q and %q", tag, code, other, list.before)
				}
				seen[code] = list.before
			}
		}
	}
}

// The names tell most of it: islands are plural, "au" never stands before a
// vowel, and what takes "en" is feminine and so has an e, or begins with a vowel.
func TestFrenchPrepositionsFitTheNames(t *testing.T) {
	fr := in(t, "fr")
	for _, country := range fr.territories {
		said := fr.CountryInside(country.code, "")
		before, name, _ := strings.Cut(said, country.name)
		if name != "" || before == "" {
			t.Errorf("%s is %q", country.code, said)
			continue
		}
		first := []rune(country.name)[0]
		vowel := strings.ContainsRune("AEIOUYÉÎ", first)
		if strings.HasPrefix(country.name, "Îles ") && before != "aux " {
			t.Errorf("islands: %s", said)
		}
		if before == "au " && vowel && country.code != "YE" {
			t.Errorf("au before a vowel: %s", said)
		}
		if before == "en " && !vowel && !strings.Contains(country.name, "e") && country.code != "HT" {
			t.Errorf("en before a name that is not feminine: %s", said)
		}
	}
}

func TestTenths(t *testing.T) {
	tests := []struct {
		tag  string
		n    int64
		want string
	}{
		{"en", 45, "4.5"}, {"en", 40, "4"}, {"en", 5, "0.5"}, {"en", 0, "0"}, {"en", -5, "-0.5"}, {"en", 12345, "1,234.5"},
		{"es", 45, "4,5"}, {"fr", 45, "4,5"}, {"es", 12345, "1234,5"},
	}
	for _, test := range tests {
		l, _ := Get(test.tag)
		if got := l.Tenths(test.n); got != test.want {
			t.Errorf("%d in %s: got %q, want %q", test.n, test.tag, got, test.want)
		}
	}
}
