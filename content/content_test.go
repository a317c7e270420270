package content_test

import (
	"io/fs"
	"strings"
	"testing"

	"loanleaf/content"
	"loanleaf/generator/docs"
	"loanleaf/locale"
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

// What the documentation says of a page's headings is what they say.
func TestTheDocumentationNamesHeadingsAsPagesDo(t *testing.T) {
	for _, tag := range languages {
		text, err := fs.ReadFile(content.Files(), "docs/"+tag+"/embed/index.md")
		if err != nil {
			t.Fatal(err)
		}
		language, _ := locale.Get(tag)
		if heading := language.Words.SectionEmbed; !strings.Contains(string(text), "*"+heading+"*") {
			t.Errorf("%s: no word of the section %q", tag, heading)
		}
		lists, err := fs.ReadFile(content.Files(), "docs/"+tag+"/lists.md")
		if err != nil {
			t.Fatal(err)
		}
		if heading := language.Words.ListCard.Section; !strings.Contains(string(lists), "*"+heading+"*") {
			t.Errorf("%s: no word of the section %q", tag, heading)
		}
	}
}
