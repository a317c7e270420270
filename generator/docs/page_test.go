package docs

import (
	"fmt"
	"strings"
	"testing"

	"loanleaf/site"
)

func TestFrontMatterChoosesWhatAPageShows(t *testing.T) {
	const text = "## Two\n### Three\n#### Four\n##### Five\n"
	for _, c := range []struct {
		name, front, body string
		contents          string
		hidden            bool
	}{
		{"nothing is said", "", text, "Two Three", false},
		{"deeper", "toc_max_heading_level: 5\n", text, "Two Three Four Five", false},
		{"from lower", "toc_min_heading_level: 3\ntoc_max_heading_level: 4\n", text, "Three Four", false},
		{"none", "hide_table_of_contents: true\n", text, "", false},
		{"no title", "title: A\nhide_title: true\n", text, "Two Three", true},
		{"a heading of the text's own stays", "title: A\nhide_title: true\n", "# B\n" + text, "Two Three", false},
		{"keys that are passed over", "displayed_sidebar: x\nsidebar_class_name: y\nkeywords: [a]\nimage: /a.png\ntags: [b]\nsidebar_custom_props: {a: b}\n", text, "Two Three", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, findings := Read(folder("docs/en/a.md", "---\n"+c.front+"---\n"+c.body), newSite(t, "en"), site.Doc)
			if len(findings) > 0 {
				t.Error(findings)
			}
			p, _ := tree.Page(site.Address{Kind: site.Doc, Slug: "a"})
			var got []string
			for _, h := range p.Contents {
				got = append(got, h.Text)
			}
			if strings.Join(got, " ") != c.contents || p.Hidden != c.hidden {
				t.Errorf("contents %q, hidden %t; want %q, %t", got, p.Hidden, c.contents, c.hidden)
			}
		})
	}
}

func TestAnAnchorOfTheSourceWorksOnItsTranslation(t *testing.T) {
	source := "# Title\n\n## Loans\n\n### By hand {#hand}\n\n## Same\n"
	for _, c := range []struct{ name, translation, link, want string }{
		{"each heading answers to the source's id", "# Título\n\n## Préstamos\n\n### A mano {#hand}\n\n## Same\n", "#loans", `<h2 id="préstamos"><span id="loans"></span>Préstamos</h2>`},
		{"another level, and none of them does", "# Título\n\n### Préstamos\n\n### A mano\n\n## Same\n", "#loans", ""},
		{"one heading less, and none of them does", "# Título\n\n## Préstamos\n\n## Same\n", "#loans", ""},
		{"an id that another heading has already stays there", "# Título\n\n## Same\n\n### A mano {#hand}\n\n## Loans\n", "#loans", `<h2 id="loans">Loans</h2>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree, findings := Read(folder("docs/en/a.md", source, "docs/es/a.md", c.translation, "docs/es/b.md", "[x](a.md"+c.link+")"), newSite(t, "en", "es"), site.Doc)
			p, _ := tree.Page(site.Address{Kind: site.Doc, Language: "es", Slug: "a"})
			if c.want != "" && (!strings.Contains(p.Body, c.want) || len(findings) > 0) {
				t.Errorf("%v\n%s", findings, p.Body)
			}
			if c.want == "" && (strings.Contains(p.Body, "<span") || len(findings) != 1) {
				t.Errorf("%v\n%s", findings, p.Body)
			}
			if strings.Count(p.Heading+p.Body, `id="loans"`) > 1 || strings.Count(p.Heading+p.Body, `id="hand"`) > 1 {
				t.Error("an id is there twice")
			}
		})
	}
}

func TestLinksStayInTheReadersLanguage(t *testing.T) {
	tree, findings := Read(folder(
		"docs/en/a.md", "[b](b.md#b) [b](/docs/b) [c](c.md)", "docs/en/b.md", "# B", "docs/en/c.md", "# C",
		"docs/es/a.md", "[b](b.md#b) [b](/docs/b) [b](/docs/be) [c](c.md)", "docs/es/b.md", "---\nslug: be\n---\n# Bé",
	), newSite(t, "en", "es"), site.Doc)
	if len(findings) > 0 {
		t.Error(findings)
	}
	p, _ := tree.Page(site.Address{Kind: site.Doc, Language: "es", Slug: "a"})
	if got, want := fmt.Sprint(strings.Count(p.Body, `"/ours/es/docs/be`), strings.Count(p.Body, `"/ours/es/docs/c"`)), "3 1"; got != want {
		t.Errorf("got %s, want %s: %s", got, want, p.Body)
	}
}
