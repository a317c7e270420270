package site

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestASearchStandsInItsAddress(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Languages = []string{"en", "es"} })
	for _, c := range []struct {
		address Address
		path    string
	}{
		{Address{Kind: Search}, "/of/ours/search"},
		{Address{Kind: Search, Language: "es"}, "/of/ours/es/search"},
		{Address{Kind: Search, Query: "josé & co", Page: 2}, "/of/ours/search?q=jos%C3%A9+%26+co&page=2"},
		{Address{Kind: Search, Query: "ana", Language: "es"}, "/of/ours/es/search?q=ana"},
	} {
		if got := s.Path(c.address); got != c.path {
			t.Errorf("Path(%+v) = %q, want %q", c.address, got, c.path)
		}
		path, query, _ := strings.Cut(c.path, "?")
		got, ok := s.Resolve(path)
		if got = Asked(got, query); !ok || got != c.address {
			t.Errorf("%q gives %+v, %v, want %+v", c.path, got, ok, c.address)
		}
	}
	if got, ok := s.Resolve("/of/ours/search/ana"); ok {
		t.Errorf("a folder below the search gives %+v", got)
	}
}

func TestWhatIsTypedIsCleaned(t *testing.T) {
	for _, c := range []struct{ name, raw, query string }{
		{"spaces", "q=+ana++maria%09", "ana maria"},
		{"control characters", "q=a%00b%0Ac", "a b c"},
		{"marks of direction", "q=%E2%80%AEana%E2%80%8F", "ana"},
		{"bytes that are no text", "q=a%FFb", "a b"},
		{"markup stays text", "q=%3Cb%3E", "<b>"},
		{"what cannot be read", "q=%zz&x;y", ""},
		{"a semicolon by hand", "q=a;b", ""},
		{"too much", "q=" + strings.Repeat("x", 10_000), strings.Repeat("x", MaxQuery)},
		{"too much, between bytes of a letter", "q=x" + url.QueryEscape(strings.Repeat("é", 200)), "x" + strings.Repeat("é", 99)},
		{"nothing", "", ""},
	} {
		if got := Asked(Address{Kind: Search}, c.raw); got.Query != c.query {
			t.Errorf("%s: %q, want %q", c.name, got.Query, c.query)
		}
	}
	for raw, page := range map[string]int{"q=a&page=3": 3, "q=a&page=1": 0, "q=a&page=0": 0, "q=a&page=-1": 0, "q=a&page=x": 0, "q=a&page=99999999999": 0, "page=3": 0} {
		if got := Asked(Address{Kind: Search}, raw); got.Page != page {
			t.Errorf("%s: page %d, want %d", raw, got.Page, page)
		}
	}
}

// FuzzAsked: what is kept is short, text, and the same when read again.
func FuzzAsked(f *testing.F) {
	for _, raw := range []string{"q=ana", "q=%FF%00&page=2", "q=" + strings.Repeat("%E2%80%AE", 80), "q=%C2%85+%E2%80%A8"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		a := Asked(Address{Kind: Search}, raw)
		if len(a.Query) > MaxQuery || !utf8.ValidString(a.Query) {
			t.Errorf("%q gives %q", raw, a.Query)
		}
		_, query, _ := strings.Cut(string(appendSearch(nil, a)), "?")
		if again := Asked(Address{Kind: Search}, query); again != a {
			t.Errorf("%q gives %+v, and that %+v", raw, a, again)
		}
	})
}
