package site

import (
	"strings"
	"testing"
)

func TestSlugsThatCannotBeAddressesAreRefusedWithAReason(t *testing.T) {
	for _, c := range []struct {
		kind       Kind
		slug, want string // want is a word of the reason; empty for none
	}{
		{Doc, "", ""},
		{Doc, "lend/5", ""},
		{Doc, "es", ""},
		{Doc, "ភាសា/preguntas-frecuentes", ""},
		{Doc, "v1.2", ""},
		{Doc, "/guides", "slashes"},
		{Doc, "guides/", "slashes"},
		{Doc, "../x", "begins with"},
		{Doc, "a/_b", "begins with"},
		{Doc, "a.html", ".html"},
		{Doc, "a/index", "index.html"},
		{Doc, "a\x00b", "characters"},
		{Doc, "a\xffb", "characters"},
		{Doc, `a\b`, "characters"},
		{Doc, strings.Repeat("a", 121), "121 bytes"},
		{Doc, strings.Repeat("aa/", 200) + "a", "601 bytes"},
		{Prose, "about", ""},
		{Prose, "espresso", ""},
		{Prose, "", "front page"},
		{Prose, "lend", "/lend means"},
		{Prose, "docs/x", "/docs means"},
		{Prose, "search", "/search means"},
		{Prose, "card/site.png", "/card means"},
		{Prose, "es/about", "language"},
		{Prose, "de", "language"},
		{Prose, "pt-br", "language"},
	} {
		err := CheckSlug(Address{Kind: c.kind, Slug: c.slug})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%q: %v", c.slug, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%q: %v, want a word of %q", c.slug, err, c.want)
		}
	}
}

// What the site has itself must not be hidden by a page of the operator's own.
func TestEveryFirstSegmentOfTheSiteIsReserved(t *testing.T) {
	s := newSite(t, func(c *Config) { c.BaseURL = "https://loans.example" })
	for kind := Home; kind < Prose; kind++ {
		a := Address{Kind: kind, ID: 1, Slug: "x", Page: 1}
		if kind == Sitemap || kind == Status {
			a.Slug = map[Kind]string{Sitemap: "", Status: "paid"}[kind]
		}
		first, _, _ := strings.Cut(strings.TrimPrefix(s.Path(a), "/"), "/")
		if err := CheckSlug(Address{Kind: Prose, Slug: first + "/x"}); err == nil {
			t.Errorf("%s is where the site has addresses, and a page may stand there", first)
		}
	}
	for _, path := range []string{s.Asset("x.css"), s.OwnEndpoint(), s.PictureFile("s300", 1)} {
		first, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(path, "https://loans.example"), "/"), "/")
		if err := CheckSlug(Address{Kind: Prose, Slug: first}); err == nil {
			t.Errorf("%s is where the site has addresses, and a page may stand there", first)
		}
	}
}
