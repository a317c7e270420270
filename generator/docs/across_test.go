package docs

import (
	"strings"
	"testing"

	"loanleaf/site"
)

func TestLinksBetweenDocumentationAndPagesAreChecked(t *testing.T) {
	s := newSite(t, "en", "es")
	files := folder("docs/en/a.md", "[us](/about)\n[gone](/nothing)\n[old](/who)\n[loan](/lend/5)", "docs/es/a.md", "[nosotros](/about)", "pages/en/about.md", "---\nredirect_from: /who\n---\n[a](/docs/a)\n[gone](/docs/b)")
	tree, findings := Read(files, s, site.Doc)
	pages, more := Read(files, s, site.Prose)
	if len(findings)+len(more) > 0 {
		t.Fatal(findings, more)
	}
	moves, _ := NewMoves(s, tree, pages)
	var got []string
	for _, f := range CheckAcross(moves, tree, pages) {
		got = append(got, f.Severity.String()+": "+f.String())
	}
	want := `warning: docs/en/a.md:2: the link to "/nothing" leads nowhere on this site; its words stand without it
warning: pages/en/about.md:5: the link to "/docs/b" leads nowhere on this site; its words stand without it`
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	p, _ := tree.Page(site.Address{Kind: site.Doc, Slug: "a"})
	if strings.Count(p.Body, "<a ") != 3 || !strings.Contains(p.Body, "\ngone\n") {
		t.Errorf("the page says %s", p.Body)
	}
}
