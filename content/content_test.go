package content_test

import (
	"testing"

	"loanleaf/content"
	"loanleaf/generator/docs"
	"loanleaf/site"
)

// languages are those that the documentation is written in.
var languages = []string{"en", "es", "fr"}

func TestTheDocumentationIsWholeInEachOfItsLanguages(t *testing.T) {
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: languages, Images: site.NoImages, OEmbed: site.Static,
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, findings := docs.Read(content.Files(), s, site.Doc)
	for _, f := range findings {
		t.Error(f)
	}
	if tree.Len("") < 3 {
		t.Fatalf("%d documents", tree.Len(""))
	}
	for _, language := range s.Languages() {
		if tree.Translated(language) != tree.Len(language.Tag) || tree.Len(language.Tag) != tree.Len("") {
			t.Errorf("%s has %d of %d documents", language.Tag, tree.Translated(language), tree.Len(language.Tag))
		}
		for a := range tree.Addresses(language.Tag) {
			p, _ := tree.Page(a)
			first, _ := tree.Page(p.Versions[0].Address)
			if p.Description == "" || p.Unlisted || len(p.Headings) != len(first.Headings) {
				t.Errorf("%s: description %q, %d headings where English has %d", s.Path(a), p.Description, len(p.Headings), len(first.Headings))
			}
		}
	}
}
