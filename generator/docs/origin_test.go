package docs

import (
	"strings"
	"testing"
	"time"

	"loanleaf/site"
)

func pageAt(t *testing.T, tree *Tree, language, slug string) Page {
	t.Helper()
	p, ok := tree.Page(site.Address{Kind: tree.Kind(), Language: language, Slug: slug})
	if !ok {
		t.Fatalf("%s %s is not there", language, slug)
	}
	return p
}

func TestADocumentSaysWhenItChangedLast(t *testing.T) {
	tree, findings := Read(folder(
		"docs/en/a.md", "---\nlast_update:\n  date: 2026-11-20\n  author: Ana Ruiz\n---\n# A\n",
		"docs/en/b.md", "---\ndate: 2026-10-02T12:30:00+02:00\nlast_update:\n  author: Nobody\n---\n# B\n",
		"docs/en/c.md", "# C\n",
		"docs/en/d.md", "---\nlast_update: {date: 5/22/2013}\n---\n# D\n",
		"docs/en/e.md", "---\ntitle: E\ndate: soon\n---\n",
		"docs/en/f.md", "---\nlast_update:\n  author: Nobody\n---\n# F\n",
		"docs/en/g/_category_.json", `{"label":"G","link":{"type":"generated-index"}}`,
		"docs/en/g/x.md", "# X\n",
		DatesFile, "docs/en/c.md: 2026-01-02\ndocs/en/a.md: 2020-01-01\ndocs/en/g/x.md: 31.12.2025\ndocs/en/gone.md: 2020-01-01\n",
	), newSite(t, "en"), site.Doc)
	for slug, want := range map[string]string{
		"a": "2026-11-20 Ana Ruiz", "b": "2026-10-02 Nobody", "c": "2026-01-02 ", "d": "2013-05-22 ", "e": "0001-01-01 ", "f": "0001-01-01 ", "category/g": "0001-01-01 ", "g/x": "0001-01-01 ",
	} {
		p := pageAt(t, tree, "", slug)
		if got := p.Updated.Format(time.DateOnly) + " " + p.Author; got != want {
			t.Errorf("%s: %q, want %q", slug, got, want)
		}
	}
	var told []string
	for _, f := range findings {
		told = append(told, f.String())
	}
	want := []string{
		`docs/en/e.md:3: "soon" is not a day such as 2026-11-22; the document stands without one`,
		`last_updated.yml:3: "31.12.2025" is not a day such as 2026-11-22; the document stands without one`,
	}
	if strings.Join(told, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s", strings.Join(told, "\n"))
	}
	if _, findings = Read(folder("docs/en/a.md", "# A\n", DatesFile, "- a\n"), newSite(t, "en"), site.Doc); len(findings) != 1 || findings[0].File != DatesFile || findings[0].Severity != Warning {
		t.Errorf("a file of dates that is no map: %v", findings)
	}
}

func TestAFileOfDatesIsReadAsItWasWritten(t *testing.T) {
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	tree, findings := Read(folder("docs/en/a: \"b\" #c.md", "# A\n", DatesFile, string(Dates(map[string]time.Time{"docs/en/a: \"b\" #c.md": day}))), newSite(t, "en"), site.Doc)
	if p := pageAt(t, tree, "", "a: \"b\" #c"); !p.Updated.Equal(day) || len(findings) > 0 {
		t.Errorf("%v %v", p.Updated, findings)
	}
}

func TestADocumentKnowsItsFileAndThatOfItsTranslation(t *testing.T) {
	for name, c := range map[string]struct {
		files        []string
		file, wanted string
	}{
		"a plain tree":                       {[]string{"docs/en/g/02-a.mdx", "# A\n"}, "docs/en/g/02-a.mdx", "docs/es/g/02-a.mdx"},
		"a root":                             {[]string{"en/g/02-a.mdx", "# A\n"}, "en/g/02-a.mdx", "es/g/02-a.mdx"},
		"Docusaurus":                         {[]string{"docusaurus.config.js", "x", "docs/g/02-a.mdx", "# A\n"}, "docs/g/02-a.mdx", "i18n/es/docusaurus-plugin-content-docs/current/g/02-a.mdx"},
		"a folder of a language in capitals": {[]string{"docs/en/g/02-a.mdx", "# A\n", "docs/ES/x.md", "# X\n"}, "docs/en/g/02-a.mdx", "docs/ES/g/02-a.mdx"},
	} {
		tree, _ := Read(folder(c.files...), newSite(t, "en", "es"), site.Doc)
		own, other := pageAt(t, tree, "", "g/a"), pageAt(t, tree, "es", "g/a")
		if own.File != c.file || own.Wanted != "" || other.File != c.file || other.Wanted != c.wanted {
			t.Errorf("%s: %q %q, in Spanish %q %q", name, own.File, own.Wanted, other.File, other.Wanted)
		}
	}
	tree, _ := Read(folder("docs/en/a.md", "---\ncustom_edit_url: https://wiki.example/a\n---\n# A\n", "docs/en/b.md", "---\ncustom_edit_url: null\n---\n# B\n", "docs/en/c.md", "# C\n"), newSite(t, "en"), site.Doc)
	if a, b, c := pageAt(t, tree, "", "a").EditURL, pageAt(t, tree, "", "b").EditURL, pageAt(t, tree, "", "c").EditURL; a == nil || *a != "https://wiki.example/a" || b == nil || *b != "" || c != nil {
		t.Errorf("%v %v %v", a, b, c)
	}
}

func TestWhereALanguageHasNoDocumentItHasTheNearest(t *testing.T) {
	tree, _ := Read(folder(
		"docs/en/index.md", "# Home\n", "docs/en/g/readme.md", "# G\n",
		"docs/es/g/deep/solo.md", "# Solo\n", "docs/es/otro/solo.md", "# Otro\n",
	), newSite(t, "en", "es", "fr"), site.Doc)
	for slug, want := range map[string]string{"g/deep/solo": "en g false true, es g/deep/solo true false, fr g false true", "otro/solo": "en  false true, es otro/solo true false, fr  false true"} {
		var got []string
		for _, v := range pageAt(t, tree, "es", slug).Versions {
			got = append(got, v.Language.Tag+" "+v.Address.Slug+map[bool]string{true: " true", false: " false"}[v.Translated]+map[bool]string{true: " true", false: " false"}[v.Nearest])
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s", slug, strings.Join(got, ", "))
		}
	}
}
