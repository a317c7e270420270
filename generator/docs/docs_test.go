package docs

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"loanleaf/site"
)

// update writes the goldens of this package anew: go test ./generator/docs -update
var update = flag.Bool("update", false, "write the golden files of this package anew")

func newSite(t testing.TB, languages ...string) *site.Site {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example/ours", Name: "Loanleaf", Languages: languages, Images: site.NoImages, OEmbed: site.Static,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// folder is a content folder: path, text, path, text …
func folder(files ...string) fs.FS {
	made := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		made[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return made
}

func TestDocumentsAreAsTheyWere(t *testing.T) {
	for _, name := range []string{"plain", "docusaurus", "markdown"} {
		t.Run(name, func(t *testing.T) { checkGolden(t, name) })
	}
}

func checkGolden(t *testing.T, name string) {
	archive, err := txtar.ParseFile("testdata/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	files, err := txtar.FS(archive)
	if err != nil {
		t.Fatal(err)
	}
	tree, findings := Read(files, newSite(t, "en", "es", "ar"), site.Doc)
	got := told(tree, findings)
	golden := "testdata/" + name + ".golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range max(len(gotLines), len(wantLines)) {
		if i >= len(gotLines) || i >= len(wantLines) || gotLines[i] != wantLines[i] {
			t.Fatalf("line %d:\ngot  %q\nwant %q", i+1, gotLines[min(i, len(gotLines)-1)], wantLines[min(i, len(wantLines)-1)])
		}
	}
}

// told is everything that a tree has to say.
func told(tree *Tree, findings []Finding) string {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s: %s\n", f.Severity, f)
	}
	for _, language := range tree.readers() {
		fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(language.Tag))
		writeMenu(&b, tree.site, tree.Menu(language.Tag), "  ")
		for a := range tree.Addresses(language.Tag) {
			p, ok := tree.Page(a)
			if !ok {
				fmt.Fprintf(&b, "%s has no page\n", tree.site.Path(a))
				continue
			}
			fmt.Fprintf(&b, "\n%s  (%s, translated %t, unlisted %t)\n", tree.site.Path(a), p.Language.Tag, p.Translated, p.Unlisted)
			fmt.Fprintf(&b, "title: %s\ndescription: %s\nheading: %s #%s\n", p.Title, p.Description, p.Heading, p.HeadingID)
			for _, e := range p.Trail {
				fmt.Fprintf(&b, "under: %s\n", e.Label)
			}
			if p.Prev != nil {
				fmt.Fprintf(&b, "prev: %s\n", tree.site.Path(p.Prev.Address))
			}
			if p.Next != nil {
				fmt.Fprintf(&b, "next: %s\n", tree.site.Path(p.Next.Address))
			}
			fmt.Fprintf(&b, "home: %s\nversions:", tree.site.Path(p.Home))
			for _, v := range p.Versions {
				fmt.Fprintf(&b, " %s %s %t;", v.Language.Tag, tree.site.Path(v.Address), v.Translated)
			}
			fmt.Fprintf(&b, "\nheadings: %v\n%s", p.Headings, p.Body)
		}
	}
	return b.String()
}

func writeMenu(b *strings.Builder, s *site.Site, menu []Entry, indent string) {
	for _, e := range menu {
		at := ""
		if e.HasPage {
			at = s.Path(e.Address)
		}
		fmt.Fprintf(b, "%s%s [%s] %s\n", indent, e.Label, e.Language.Tag, at)
		writeMenu(b, s, e.Entries, indent+"  ")
	}
}
