package docs

import (
	"regexp"
	"strings"
	"testing"

	"loanleaf/site"
)

func TestTheTextOfADocumentStandsAlone(t *testing.T) {
	files := []string{
		"docs/en/index.md", "# Home\n",
		"docs/en/g/other.md", "# Other\n",
		"docs/en/map.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`, "static/t.csv", "a\n",
		"docs/en/g/_deep.md", "import Note from './_note.md';\n\nDeep\n\n<Note />\n",
		"docs/en/g/_note.md", "---\ntitle: x\n---\nSee [it](../index.md).\n",
		"docs/es/g/other.md", "---\nslug: otro\n---\n# Otro\n",
		"docs/en/g/_category_.json", `{"label":"Guides [1]","link":{"type":"generated-index","description":"All of them."}}`,
	}
	for name, c := range map[string]struct{ language, text, want string }{
		"it begins with the title, and front matter is left out": {"", "---\ntitle: Title\n---\nText.\n", "# Title\n\nText.\n"},
		"its own first heading is the title":                     {"", "\n# Own\n\nText.", "# Own\n\nText.\n"},
		"links are whole addresses": {
			"", "# A\n[a](other.md#other) ![b](https://x.example/b.png) [c](/lend/5 \"t\") <a href=\"../index.md\">d</a> [e]\n\n[e]: ./other.md\n",
			"# A\n[a](https://loans.example/ours/docs/g/other#other) ![b](https://x.example/b.png) [c](https://loans.example/ours/lend/5 \"t\") <a href=\"https://loans.example/ours/docs/\">d</a> [e]\n\n[e]: https://loans.example/ours/docs/g/other\n",
		},
		"links of the text in another language lead to the reader's": {"es", "# A\n[a](other.md) [`b`](../index.md)\n", "# A\n[a](https://loans.example/ours/es/docs/g/otro) [`b`](https://loans.example/ours/es/docs/)\n"},
		"of a link that leads nowhere the words are left":            {"", "# A\n[a](nowhere.md) [b](javascript:x) [*c* [d]](nowhere.md)\n", "# A\na b [*c* [d]](#)\n"},
		"pictures and files are led to where they are": {
			"", "# A\n![map](../map.svg) <img src=\"../map.svg\" alt=\"m\"/> [table](/t.csv)\n",
			"# A\n![map](https://loans.example/ours/assets/map.HASH.svg) <img src=\"https://loans.example/ours/assets/map.HASH.svg\" alt=\"m\"/> [table](https://loans.example/ours/assets/t.HASH.csv)\n",
		},
		"code is left alone": {
			"", "# A\n`[a](other.md)` and\n\n```md\n[a](other.md)\nimport X from './x'\n<!-- x -->\n```\n\n- ~~~\n  [a](other.md)\n  ~~~\n",
			"# A\n`[a](other.md)` and\n\n```md\n[a](other.md)\nimport X from './x'\n<!-- x -->\n```\n\n- ~~~\n  [a](other.md)\n  ~~~\n",
		},
		"imports, comments and ids that comments give are left out": {"", "import Tabs from '@theme/Tabs';\nexport const x = {\n  a: 1,\n}\n\n# A {/* #a */}\n\n{/* not\nthis */}\nText <!-- nor this -->\n", "# A\n\nText\n"},
		"what is taken in stands in its place":                      {"", "import Note from './_note.md';\n\n# A\n\n<Note />\n\nEnd.\n", "# A\n\nSee [it](https://loans.example/ours/docs/).\n\nEnd.\n"},
		"a name means another file in another file": {
			"", "import Note from './_deep.md';\n\n# A\n\n<Note />\n", "# A\n\nDeep\n\nSee [it](https://loans.example/ours/docs/).\n",
		},
		"a list of documents is one of links": {"", "# A\n\n<DocCardList />\n", "# A\n\n- [Other](https://loans.example/ours/docs/g/other)\n"},
	} {
		tree, _ := Read(folder(append(files, "docs/en/g/a.md", c.text)...), newSite(t, "en", "es"), site.Doc)
		got, ok := tree.Markdown(site.Address{Kind: site.Doc, Language: c.language, Slug: "g/a"})
		got = regexp.MustCompile(`\.[0-9a-f]{16}\.`).ReplaceAllString(got, ".HASH.")
		if !ok || trimmed(got) != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
	tree, _ := Read(folder(files...), newSite(t, "en"), site.Doc)
	if got, _ := tree.Markdown(site.Address{Kind: site.Doc, Slug: "category/guides-1"}); got != "# Guides [1]\n\nAll of them.\n\n- [Other](https://loans.example/ours/docs/g/other)\n" {
		t.Errorf("an index made for a folder:\n%s", got)
	}
	if _, ok := tree.Markdown(site.Address{Kind: site.Doc, Slug: "nothing"}); ok {
		t.Error("a text of what is not there")
	}
}

// trimmed is a text without white space at the ends of lines.
func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	return strings.Join(lines, "\n")
}
