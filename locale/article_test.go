package locale

import (
	"slices"
	"testing"
)

func TestCountriesInsideASentence(t *testing.T) {
	tests := []struct{ tag, code, want string }{
		{"en", "PH", "the Philippines"},
		{"en", "US", "the United States"},
		{"en", "KE", "Kenya"},
		{"en", "NA", "Namibia"},
		{"es", "PH", "Filipinas"},
		{"fr", "US", "États-Unis"},
	}
	for _, test := range tests {
		l, _ := Get(test.tag)
		if got, ok := l.CountryInside(test.code); !ok || got != test.want {
			t.Errorf("%s in %s: got %q, want %q", test.code, test.tag, got, test.want)
		}
	}
	l, _ := Get("en")
	if got, ok := l.CountryInside("XX"); ok {
		t.Errorf("XX is %q", got)
	}
	if !slices.IsSorted(articled) {
		t.Error("the search among them needs them sorted")
	}
	for _, code := range articled {
		if _, ok := l.Country(code); !ok {
			t.Errorf("%s is not a country", code)
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
