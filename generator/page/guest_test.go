package page

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"loanleaf/generator/docs"
	"loanleaf/kiva"
	"loanleaf/site"
)

// TestGuestsHaveListsFeedsAndSearchOfTheirOwn is about readers of a language that
// the site does not speak: what documents have beside them is there for them too,
// with English words around it.
func TestGuestsHaveListsFeedsAndSearchOfTheirOwn(t *testing.T) {
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en", "es"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	tree, _ := docs.Read(fstest.MapFS{
		"docs/en/a.md": {Data: []byte("---\ndate: 2026-11-01\n---\n# First\n\nWords.\n")}, "docs/en/b.md": {Data: []byte("# Second\n\nMore words.\n")},
		"docs/vi/a.md": {Data: []byte("---\ndate: 2026-11-02\n---\n# Đầu tiên\n\nKhoản vay.\n")},
		"docs/sw/b.md": {Data: []byte("# Pili\n\nMkopo.\n")},
	}, s, site.Doc)
	r := New(s, nil, time.Time{}, nil, tree)
	for path, want := range map[string][]string{
		"/vi/docs/a":           {`<link rel="alternate" type="application/rss+xml" href="https://loans.example/vi/feeds/docs.rss"`, `<a href="/vi/feeds/docs.rss">`},
		"/vi/llms.txt":         {"## Documentation", "- [Đầu tiên](https://loans.example/vi/docs/a.md)", "- [Second](https://loans.example/vi/docs/b.md): (in English)", "https://loans.example/vi/llms-full.txt", "- [English](https://loans.example/llms.txt)", "https://loans.example/sw/llms.txt"},
		"/vi/llms-full.txt":    {"<https://loans.example/vi/docs/a>", "Khoản vay.", "More words."},
		"/vi/feeds/docs.json":  {`"language":"vi"`, "https://loans.example/vi/docs/a", "Đầu tiên"},
		"/vi/feeds/docs.rss":   {"<language>vi</language>", "Đầu tiên"},
		"/vi/feeds/docs.atom":  {`xml:lang="vi"`, "Đầu tiên"},
		"/vi/search/docs.json": {"/vi/docs/a", `"vay"`},
		"/llms.txt":            {"https://loans.example/vi/llms.txt"},
	} {
		text := strings.ReplaceAll(rendered(t, r, path), `": `, `":`)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s lacks %s:\n%s", path, w, text)
			}
		}
	}
	var walked []string
	r.walkDocuments("vi", func(a site.Address, err error) bool { walked = append(walked, s.Path(a)); return err == nil })
	for _, path := range []string{"/vi/llms.txt", "/vi/llms-full.txt", "/vi/search/docs.json", "/vi/feeds/docs.rss", "/vi/feeds/docs.atom", "/vi/feeds/docs.json", "/vi/docs/a.md"} {
		if !slices.Contains(walked, path) {
			t.Errorf("a build leaves %s out", path)
		}
	}
	var w bytes.Buffer
	for _, a := range []site.Address{
		{Kind: site.FeedRSS, Of: site.Doc, Language: "sw"}, // nothing of it is dated
		{Kind: site.FeedRSS, Of: site.Doc, Language: "km"}, {Kind: site.LLMs, Language: "km"}, {Kind: site.DocIndex, Language: "km"},
	} {
		if err := r.Render(t.Context(), &w, a); !errors.Is(err, kiva.ErrNotFound) {
			t.Errorf("%s is there: %v", s.Path(a), err)
		}
	}
}
