package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"loanleaf/generator/docs"
	"loanleaf/kiva"
	"loanleaf/site"
)

// documented is a site in English and Spanish with documents: path, text, path …
func documented(t *testing.T, files ...string) *Renderer {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Our [loans]", Languages: []string{"en", "es"}, Images: site.NoImages, OEmbed: site.Static,
		EditURL: "https://wiki.example/<path>",
	})
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		folder[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	var trees []*docs.Tree
	for _, kind := range documentKinds {
		tree, findings := docs.Read(folder, s, kind)
		for _, f := range findings {
			t.Error(f)
		}
		trees = append(trees, tree)
	}
	return New(s, nil, time.Time{}, nil, trees...)
}

func rendered(t *testing.T, r *Renderer, path string) string {
	t.Helper()
	a, ok := r.site.Resolve(path)
	if !ok {
		t.Fatalf("%s is no address", path)
	}
	var w bytes.Buffer
	if err := r.Render(t.Context(), &w, a); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return w.String()
}

func TestLanguageModelsHaveAListOfDocuments(t *testing.T) {
	r := documented(t,
		"docs/en/index.md", "# Handbook\n\nWhat we do.\n",
		"docs/en/guides/_category_.json", `{"label":"Guides_1","link":{"type":"generated-index","description":"All of them."}}`,
		"docs/en/guides/a.md", "---\ntitle: A [1]\ndescription: 'How to `begin`.'\n---\nText.\n",
		"docs/en/secret.md", "---\nunlisted: true\n---\n# Secret\n",
		"docs/es/guides/a.md", "# Uno\n",
		"pages/en/about.md", "# About us\n",
	)
	want := "# Our \\[loans\\]\n\n> Documentation and pages of Our \\[loans\\].\n\n## Documentation\n\n- [Handbook](https://loans.example/docs/index.md): What we do.\n" +
		"\n## Guides\\_1\n\n- [Guides\\_1](https://loans.example/docs/category/guides_1.md): All of them.\n- [A \\[1\\]](https://loans.example/docs/guides/a.md): How to \\`begin\\`.\n" +
		"\n## More pages\n\n- [About us](https://loans.example/about.md)\n" +
		"\n## Optional\n\n- [All pages in one file](https://loans.example/llms-full.txt)\n- [Español](https://loans.example/es/llms.txt)\n"
	if got := rendered(t, r, "/llms.txt"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, want := range []string{
		"- [Handbook](https://loans.example/es/docs/index.md): (en inglés) What we do.\n", "- [Uno](https://loans.example/es/docs/guides/a.md)\n",
		"- [English](https://loans.example/llms.txt)\n",
	} {
		if got := rendered(t, r, "/es/llms.txt"); !strings.Contains(got, want) {
			t.Errorf("the Spanish list lacks %s\n%s", want, got)
		}
	}
	full := rendered(t, r, "/llms-full.txt")
	for _, want := range []string{"<https://loans.example/docs/>\n\n# Handbook\n\nWhat we do.\n", "<https://loans.example/docs/guides/a>\n\n# A [1]\n\nText.\n", "<https://loans.example/about>\n\n# About us\n"} {
		if !strings.Contains(full, want) {
			t.Errorf("the texts lack %s\n%s", want, full)
		}
	}
	if strings.Contains(full, "Secret") {
		t.Error("the texts have what is not listed")
	}
}

func TestALargeMenuShowsOtherFoldersAsOneLine(t *testing.T) {
	handbook := func(folders int) *Renderer {
		var files []string
		for f := range folders {
			files = append(files, fmt.Sprintf("docs/en/f%02d/index.md", f), fmt.Sprintf("# Folder %d\n", f))
			for p := range 9 {
				files = append(files, fmt.Sprintf("docs/en/f%02d/g/p%d.md", f, p), fmt.Sprintf("# Page %d of %d\n", p, f))
			}
		}
		return documented(t, files...)
	}
	small, large := rendered(t, handbook(5), "/docs/f02/g/p3"), rendered(t, handbook(largeMenu/10), "/docs/f02/g/p3")
	lines := func(text string) int { return strings.Count(text, "<li>") }
	if lines(small) < 5*10 {
		t.Errorf("a small menu has %d lines", lines(small))
	}
	if lines(large) > 15+10+10 {
		t.Errorf("a large menu has %d lines", lines(large))
	}
	for _, want := range []string{`<a href="/docs/f02/g/p8">`, `<a href="/docs/f09"><bdi>Folder 9</bdi></a></li>`, `aria-current="page"><bdi>Page 3 of 2</bdi>`} {
		if !strings.Contains(large, want) {
			t.Errorf("a large menu lacks %s", want)
		}
	}
}

func TestChangesOfDocumentsAreAFeed(t *testing.T) {
	files := []string{
		"docs/en/a.md", "---\ndate: 2026-11-01\n---\n# A\n\nWords & <b>more</b>.\n",
		"docs/en/b.md", "---\ndate: 2026-11-03\n---\n# B\n",
		"docs/en/c.md", "# Undated\n",
		"docs/en/d.md", "---\nunlisted: true\ndate: 2026-11-04\n---\n# D\n",
		"docs/es/c.md", "# Sin fecha\n",
	}
	type feed struct {
		Items []struct {
			ID      string `json:"id"`
			URL     string `json:"url"`
			Title   string `json:"title"`
			HTML    string `json:"content_html"`
			Changed string `json:"date_published"`
		} `json:"items"`
	}
	read := func(r *Renderer) (f feed) {
		if err := json.Unmarshal([]byte(rendered(t, r, "/feeds/docs.json")), &f); err != nil {
			t.Fatal(err)
		}
		return f
	}
	r := documented(t, files...)
	first := read(r)
	if len(first.Items) != 2 || first.Items[0].Title != "B" || first.Items[1].URL != "https://loans.example/docs/a" || first.Items[1].Changed != "2026-11-01T00:00:00Z" || first.Items[1].HTML != "<p>Words &amp; more.</p>" {
		t.Errorf("%+v", first)
	}
	// A change is an entry of its own; what did not change stays the entry it was.
	files[1] = strings.Replace(files[1], "11-01", "11-05", 1)
	second := read(documented(t, files...))
	if second.Items[0].Title != "A" || second.Items[0].ID == first.Items[1].ID || second.Items[1].ID != first.Items[0].ID {
		t.Errorf("%+v", second)
	}
	var w bytes.Buffer
	if err := r.Render(t.Context(), &w, site.Address{Kind: site.FeedRSS, Of: site.Doc, Language: "es"}); !errors.Is(err, kiva.ErrNotFound) {
		t.Errorf("nothing of the Spanish documentation is dated: %v", err)
	}
	if text := rendered(t, r, "/es/docs/a"); strings.Contains(text, "/feeds/docs") {
		t.Error("a page leads to a feed that is not there")
	}
}

func TestADocumentIsEditedWhereItsAuthorSays(t *testing.T) {
	r := documented(t,
		"docs/en/a.md", "# A\n", "docs/en/b.md", "---\ncustom_edit_url: https://elsewhere.example/b\n---\n# B\n",
		"docs/en/c.md", "---\ncustom_edit_url: null\n---\n# C\n", "docs/en/d.md", "---\ncustom_edit_url: javascript:alert(1)\n---\n# D\n",
	)
	for path, want := range map[string]string{"/docs/a": `href="https://wiki.example/docs/en/a.md">`, "/docs/b": `href="https://elsewhere.example/b">`, "/docs/c": "", "/docs/d": "", "/es/docs/a": `href="https://wiki.example/docs/es/a.md">Traducir`} {
		text := rendered(t, r, path)
		if want == "" && strings.Contains(text, "Edit this page") || !strings.Contains(text, want) || strings.Contains(text, "javascript:") {
			t.Errorf("%s lacks %q, or is edited though it should not\n%s", path, want, text)
		}
	}
}
