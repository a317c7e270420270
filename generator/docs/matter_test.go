package docs

import (
	"fmt"
	"strings"
	"testing"

	"loanleaf/site"
)

func TestFrontMatterThatIsWrongSaysWhere(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"there is none", "Text\n---\n", ""},
		{"it is empty", "---\n---\nText", ""},
		{"it is a comment", "---\n# title: x\n---\nText", ""},
		{"its end is the end of the file", "---\ntitle: x\n---", ""},
		{"lines end as on Windows", "\ufeff---\r\ntitle: x\r\n---\r\nText", ""},
		{"a number is a title too", "---\ntitle: 2024\n---\n", ""},
		{"other keys are ignored", "---\nkeywords: [a, b]\nlast_update: {date: 2026-01-01}\n---\n", ""},
		{"it has no end", "---\ntitle: x\n", "docs/en/a.md:1: the front matter has no end"},
		{"it is a list", "---\n\n- a\n---\n", "docs/en/a.md:3: the front matter is not a list of keys"},
		{"it is a sentence", "---\njust words\n---\n", "docs/en/a.md:2: the front matter is not a list of keys"},
		{"a bracket is open", "---\ntitle: x\ndescription: [\n---\n", "docs/en/a.md:3: the front matter is wrong"},
		{"a key comes twice", "---\ntitle: x\ntitle: y\n---\n", "docs/en/a.md:3: the front matter is wrong"},
		{"a word where a number is", "---\ntitle: x\nsidebar_position: first\n---\n", `docs/en/a.md:3: the front matter is wrong: "first" is not a number`},
		{"a word where yes or no is", "---\ndraft: soon\n---\n", `docs/en/a.md:2: the front matter is wrong: "soon" is not true or false`},
		{"a slug that leads out", "---\ntitle: x\nslug: /../x\n---\n", `docs/en/a.md:3: cannot stand at "../x"`},
		{"bytes that are no text", "\xff\xfe", "docs/en/a.md: is not UTF-8"},
		{"a book in one file", strings.Repeat("word ", 500_000), "docs/en/a.md: has more than 1 MB"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, findings := Read(folder("docs/en/a.md", c.text, "docs/en/b.md", "Text"), newSite(t, "en"), site.Doc)
			got := ""
			if len(findings) > 0 {
				got = findings[0].String()
			}
			if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) || len(findings) > 1 {
				t.Errorf("got %q, want %q", findings, c.want)
			}
		})
	}
}

func TestSlugsFollowFoldersAndFrontMatter(t *testing.T) {
	said := func(s string) *string { return &s }
	for _, c := range []struct {
		key  string
		said *string
		want string
	}{
		{"intro", nil, "intro"},
		{"index", nil, ""},
		{"guides/README", nil, "guides"},
		{"guides/bug", nil, "guides/bug"},
		{"guides/Guides", nil, "guides"},
		{"02-guides/02-guides", nil, "guides"},
		{"02-guides/10 - bug", nil, "guides/bug"},
		{"02-guides/bug", said("defect"), "guides/defect"},
		{"2024-12-16", nil, "2024-12-16"},
		{"7.0-changes", nil, "7.0-changes"},
		{"guides/bug", said("defect"), "guides/defect"},
		{"guides/bug", said("./defect"), "guides/defect"},
		{"guides/bug", said("/defect"), "defect"},
		{"guides/bug", said("/"), ""},
		{"intro", said("a/b/"), "a/b"},
	} {
		if got := slugOf(c.key, matter{Slug: c.said}, true); got != c.want {
			t.Errorf("%s with %v stands at %q, want %q", c.key, c.said, got, c.want)
		}
	}
}

// FuzzRead holds that no text makes a panic, a tag of its author's, or a link
// that runs something, and that the same text is read as the same.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: x\nslug: a/b\n---\n# A *b*\n\n[c](d.md#e) <f@g.example> ![h](i.png)\n", "# \n## a {#b}\n\n|a|b|\n|-|-:|\n|<c>|`d`|\n",
		"[a](javascript:b) <script>c</script> <javascript:d> [e]: vbscript:f\n", "---\n- a\n---\n", "\x00[\x00](\x00)",
		"<Tabs>\n<TabItem label=\"a\">\n\nb\n</TabItem></Tabs>\n:::note[*t*]\n> [!TIP]\n> c\n:::\n", "- <details>\n  <summary>a</summary>\n\n  `<b>` <i>c\n{/* d */} <!-- e --> [^f]\n\n[^f]: :tada:\n",
		"```go title=\"a\" {1-2} showLineNumbers\n// highlight-next-line\nvar x = \"<b>\"\n```\n", "# a {/* #b */}\n<a href=\"c\">d</a><img src=e alt=f>\n<table><tr><td>\n",
	} {
		f.Add(seed)
	}
	s := newSite(f, "en", "es")
	f.Fuzz(func(t *testing.T, text string) {
		tree, findings := Read(folder("docs/en/index.md", text, "docs/es/b.md", "# B\n"), s, site.Doc)
		again, _ := Read(folder("docs/en/index.md", text, "docs/es/b.md", "# B\n"), s, site.Doc)
		if told(tree, findings) != told(again, findings) {
			t.Fatal("read twice, it is told in two ways")
		}
		for a := range tree.Addresses("") {
			p, ok := tree.Page(a)
			if !ok {
				t.Fatalf("%v has no page", a)
			}
			whole := fmt.Sprintf("%s%s", p.Heading, p.Body)
			if strings.Contains(whole, mark) {
				t.Errorf("a mark is left in %q", whole)
			}
			checkMarkup(t, whole)
		}
	})
}
