package server_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"loanleaf/generator/docs"
	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/site"
)

// documentsOf are invented documents: with folders, translations and without,
// and signs in their names that addresses and settings of hosts write otherwise.
func documentsOf(t testing.TB, s *site.Site) []*docs.Tree {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"docs/en/index.md":             "# Handbook\n\n[First](guides/first.md)\n",
		"docs/en/guides/index.md":      "# Guides\n",
		"docs/en/guides/first.md":      "---\nlast_update: {date: 2026-11-20, author: Ana Ruiz}\nredirect_from: [/docs/old, \"/docs/old \\\"$1\\\"\", /before/first]\n---\n# First\n\n[A loan](/lend/100001) and [us](/about)\n",
		"docs/en/v1.2.md":              "# What is new\n",
		"docs/en/préstamos \"1.2\".md": "# Odd name\n",
		"docs/en/hidden.md":            "---\nunlisted: true\n---\n# Hidden\n",
		"docs/es/index.md":             "# Manual\n",
		"docs/es/guides/first.md":      "---\nslug: primero\n---\n# Primero\n",
		"pages/en/about.md":            "---\nredirect_from: /who\n---\n# About us\n",
		"pages/es/about.md":            "# Quiénes somos\n",
		"pages/en/legal/año {x}.md":    "# Terms\n",
		"docs/km/index.md":             "# ការណែនាំ\n\n![រូប](/map.svg) [PDF](rules.pdf) [First](guides/first.md)\n",
		"docs/km/rules.pdf":            "%PDF-1.4\n",
		"static/map.svg":               `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>`,
		"pages/km/about.md":            "# អំពីយើង\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var trees []*docs.Tree
	for _, kind := range []site.Kind{site.Doc, site.Prose} {
		tree, findings := docs.Read(files, s, kind)
		for _, f := range findings {
			if !strings.Contains(f.Reason, "is in ខ្មែរ, which the program does not speak") {
				t.Error(f)
			}
		}
		trees = append(trees, tree)
	}
	return trees
}

func TestDocumentsAreServedAndWhatIsNotThereIsNot(t *testing.T) {
	loans := sampleStore(t)
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Documents: documentsOf(t, s)})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		code  int
		words string
	}{
		"/docs/":                  {http.StatusOK, "<h1 id=\"handbook\">"},
		"/docs/guides/first":      {http.StatusOK, `<a href="/lend/100001">A loan</a> and <a href="/about">us</a>`},
		"/es/docs/":               {http.StatusOK, `<link rel="alternate" hreflang="x-default" href="https://loans.example/docs/">`},
		"/es/docs/guides/primero": {http.StatusOK, `<link rel="alternate" hreflang="en" href="https://loans.example/docs/guides/first">`},
		"/es/docs/guides/first":   {http.StatusNotFound, ""},
		"/ar/docs/guides/first":   {http.StatusOK, `<meta name="robots" content="noindex">`},
		"/fr/docs/guides/first":   {http.StatusOK, `<link rel="canonical" href="https://loans.example/docs/guides/first">`},
		"/docs/hidden":            {http.StatusOK, `<meta name="robots" content="noindex">`},
		"/docs/nothing":           {http.StatusNotFound, ""},
		"/docs/nothing/":          {http.StatusNotFound, ""},
		"/es/docs/nothing":        {http.StatusNotFound, `<a href="/es/docs/guides/primero"><bdi>Primero</bdi></a>`},
		"/docs/404":               {http.StatusNotFound, "The documentation has no such page."},
		"/docs/404.html":          {http.StatusMovedPermanently, ""},
		"/docs/guides/first.md":   {http.StatusOK, "# First\n\n[A loan](https://loans.example/lend/100001) and [us](https://loans.example/about)\n"},
		"/docs/guides/first.md/":  {http.StatusMovedPermanently, ""},
		"/docs/nothing.md":        {http.StatusNotFound, "The documentation has no such page."},
		"/about.md":               {http.StatusOK, "# About us"},
		"/nothing.md":             {http.StatusNotFound, ""},
		"/docs/old":               {http.StatusMovedPermanently, `<link rel="canonical" href="https://loans.example/docs/guides/first"><meta http-equiv="refresh" content="0; url=/docs/guides/first">`},
		"/docs/old/":              {http.StatusMovedPermanently, ""},
		"/es/docs/old":            {http.StatusMovedPermanently, `<a href="/es/docs/guides/primero"><bdi>Primero</bdi></a>`},
		"/who":                    {http.StatusMovedPermanently, `<a href="/about"><bdi>About us</bdi></a>`},
		"/llms.txt":               {http.StatusOK, "- [First](https://loans.example/docs/guides/first.md): A loan and us\n"},
		"/es/llms.txt":            {http.StatusOK, "- [Guides](https://loans.example/es/docs/guides.md): (en inglés)\n"},
		"/llms-full.txt":          {http.StatusOK, "<https://loans.example/docs/guides/first>\n\n# First\n"},
		"/feeds/docs.rss":         {http.StatusOK, "<title>First</title>"},
		"/es/feeds/docs.atom":     {http.StatusNotFound, ""},
		"/about":                  {http.StatusOK, "About us"},
		"/es/about":               {http.StatusOK, "Quiénes somos"},
		"/about/":                 {http.StatusMovedPermanently, ""},
		"/nothing/":               {http.StatusNotFound, ""},
		"/es/nothing/":            {http.StatusNotFound, `<html lang="es"`},
		"/lend/100001":            {http.StatusOK, `<ul class="sections"><li><a href="/docs/"><bdi>Documentation</bdi></a></li></ul>`},
		"/es/lend/100001":         {http.StatusOK, `<li><a href="/es/about"><bdi>Quiénes somos</bdi></a></li>`},
		"/km/docs/":               {http.StatusOK, `<article dir="ltr" lang="km">`},
		"/km/docs/guides/first":   {http.StatusOK, `<link rel="canonical" href="https://loans.example/docs/guides/first">`},
		"/km/about":               {http.StatusOK, `<html lang="en"`},
		"/km/llms.txt":            {http.StatusOK, "(https://loans.example/km/docs/index.md)"},
		"/km/feeds/docs.rss":      {http.StatusNotFound, ""},
		"/km/feeds/newest.rss":    {http.StatusNotFound, ""},
		"/sw/llms.txt":            {http.StatusNotFound, ""},
		"/km/docs/nothing":        {http.StatusNotFound, `<html lang="en"`},
		"/km/lend/100001":         {http.StatusNotFound, `<html lang="en"`},
		"/km/":                    {http.StatusNotFound, ""},
		"/de/docs/":               {http.StatusNotFound, ""},
		"/sitemap.xml":            {http.StatusOK, "https://loans.example/sitemap/pages.xml"},
	} {
		got := ask(t, web, path)
		if got.code != want.code || !strings.Contains(got.body, want.words) {
			t.Errorf("%s: %d, want %d with %s\n%s", path, got.code, want.code, want.words, got.body)
		}
	}
	sitemap := ask(t, web, "/sitemap/pages.xml").body
	for _, want := range []string{
		`<loc>https://loans.example/docs/guides/first</loc><lastmod>2026-11-20</lastmod><xhtml:link rel="alternate" hreflang="en" href="https://loans.example/docs/guides/first"/><xhtml:link rel="alternate" hreflang="es" href="https://loans.example/es/docs/guides/primero"/><xhtml:link rel="alternate" hreflang="x-default" href="https://loans.example/docs/guides/first"/></url>`,
		`<loc>https://loans.example/es/embed/</loc><xhtml:link rel="alternate" hreflang="en" href="https://loans.example/embed/"/>`,
		`<loc>https://loans.example/km/docs/</loc>`, `hreflang="km" href="https://loans.example/km/about"`, `<loc>https://loans.example/es/docs/guides/primero</loc>`, `<loc>https://loans.example/docs/guides</loc></url>`, `<loc>https://loans.example/es/about</loc>`,
	} {
		if !strings.Contains(sitemap, want) {
			t.Errorf("the sitemap lacks %s\n%s", want, sitemap)
		}
	}
	for _, not := range []string{"hidden", "/ar/docs", "/fr/docs", "/es/docs/guides</loc>"} {
		if strings.Contains(sitemap, not) {
			t.Errorf("the sitemap has %s", not)
		}
	}
}

func TestASiteWithoutDocumentsHasNone(t *testing.T) {
	s, loans, web := sampleInEveryLanguage(t)
	_ = loans
	for _, path := range []string{"/docs/", "/docs", "/about", "/es/docs/", "/llms.txt", "/docs/404", "/feeds/docs.rss", "/docs/index.md"} {
		if got := ask(t, web, path); got.code != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.code)
		}
	}
	// What is left for this sitemap is the page that hands out code.
	if got := ask(t, web, "/sitemap/pages.xml").body; strings.Count(got, "<loc>") != len(s.Languages()) {
		t.Errorf("the sitemap has other pages: %s", got)
	}
}
