package page

import (
	"bytes"
	"encoding/json"
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

func TestTheIndexHasWhatReadersOfALanguageCanFind(t *testing.T) {
	s, err := site.New(site.Config{BaseURL: "https://loans.example/ours", Name: "Loans", Languages: []string{"en", "es"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	tree, _ := docs.Read(fstest.MapFS{
		"docs/en/one.md":                  {Data: []byte("# One\n\nfirst")},
		"docs/en/two.md":                  {Data: []byte("# Two\n\nsecond")},
		"docs/en/hidden.md":               {Data: []byte("---\nunlisted: true\n---\n# Hidden\n\nunlisted")},
		"docs/en/draft.md":                {Data: []byte("---\ndraft: true\n---\n# Draft\n\nunready")},
		"docs/en/folder/_category_.json":  {Data: []byte(`{"label":"Folder","link":{"type":"generated-index","description":"several"}}`)},
		"docs/en/folder/three.md":         {Data: []byte("---\ndescription: described\n---\n# Three\n\nthird")},
		"docs/es/two.md":                  {Data: []byte("# Dos\n\nsegundo")},
		"docs/es/only.md":                 {Data: []byte("# Solo\n\ncuarto")},
		"pages/en/about.md":               {Data: []byte("# About\n\nourselves")},
		"docs/fr/not-a-language-of-it.md": {Data: []byte("# Un\n\npremier")},
	}, s, site.Doc)
	r := New(s, nil, time.Time{}, nil, tree)
	for language, want := range map[string]struct{ pages, words string }{
		"":   {"/ours/docs/category/folder Folder, /ours/docs/folder/three Three, /ours/docs/one One, /ours/docs/two Two", "first folder one second third three two"},
		"es": {"/ours/es/docs/category/folder Folder en, /ours/es/docs/folder/three Three en, /ours/es/docs/one One en, /ours/es/docs/only Solo, /ours/es/docs/two Dos", "cuarto dos first folder one segundo solo third three"},
	} {
		var w bytes.Buffer
		if err := r.Render(t.Context(), &w, site.Address{Kind: site.DocIndex, Language: language}); err != nil {
			t.Fatal(err)
		}
		var index struct {
			Pages [][]any
			Words map[string]string
		}
		if err := json.Unmarshal(w.Bytes(), &index); err != nil {
			t.Fatal(err)
		}
		var pages, words []string
		for _, p := range index.Pages {
			pages = append(pages, strings.TrimSpace(p[0].(string)+" "+p[1].(string)+" "+p[2].(string)))
		}
		slices.Sort(pages)
		for word := range index.Words {
			words = append(words, word)
		}
		slices.Sort(words)
		if got := strings.Join(pages, ", "); got != want.pages {
			t.Errorf("%q: pages %s, want %s", language, got, want.pages)
		}
		if got := strings.Join(words, " "); got != want.words {
			t.Errorf("%q: words %s, want %s", language, got, want.words)
		}
	}
}

func TestWithoutDocumentationThereIsNoIndex(t *testing.T) {
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	prose, _ := docs.Read(fstest.MapFS{"pages/en/about.md": {Data: []byte("# About")}}, s, site.Prose)
	var w bytes.Buffer
	if err := New(s, nil, time.Time{}, nil, prose).Render(t.Context(), &w, site.Address{Kind: site.DocIndex}); !errors.Is(err, kiva.ErrNotFound) || w.Len() > 0 {
		t.Errorf("%v, and %d bytes", err, w.Len())
	}
}
