package docs

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"loanleaf/locale"
	"loanleaf/site"
)

// standingsOf are those of a language, a line each without the reason.
func standingsOf(t *testing.T, tree *Tree, language string, changed Changed) (standings, findings []string) {
	t.Helper()
	l, _ := locale.Get(language)
	found, unknown := tree.Status(l, changed)
	for _, s := range found {
		standings = append(standings, fmt.Sprintf("%s %s:%d", s.State, s.Document, s.Line))
	}
	for _, f := range unknown {
		findings = append(findings, f.String())
	}
	return standings, findings
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const sourceText = "# The big guide\n\n## One\n\nSee [there](https://one.example).\n\n* **Bold** one\n* two\n\n> said\n\n```\ncode\n```\n\n:::note\nwell\n:::\n"

func TestATranslationIsComparedPartByPart(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"the same in other words":    {strings.NewReplacer("The big guide", "La guía", "One", "Uno", "See", "Vea", "said", "dicho").Replace(sourceText), []string{"translated a:1"}},
		"a heading too few":          {strings.NewReplacer("The big guide", "La guía", "## One\n\n", "").Replace(sourceText), []string{"structure a:1"}},
		"a heading of another level": {strings.NewReplacer("The big guide", "La guía", "## One", "### One").Replace(sourceText), []string{"structure a:3"}},
		"a link lost":                {strings.NewReplacer("The big guide", "La guía", "[there](https://one.example)", "there").Replace(sourceText), []string{"structure a:1"}},
		"a link elsewhere":           {strings.NewReplacer("The big guide", "La guía", "one.example", "uno.example").Replace(sourceText), []string{"translated a:1"}},
		"an item too many":           {strings.NewReplacer("The big guide", "La guía", "* two", "* two\n* three").Replace(sourceText), []string{"structure a:9"}},
		"bold lost":                  {strings.NewReplacer("The big guide", "La guía", "**", "").Replace(sourceText), []string{"structure a:1"}},
		"a quotation lost":           {strings.NewReplacer("The big guide", "La guía", "> ", "").Replace(sourceText), []string{"structure a:1"}},
		"code lost":                  {strings.NewReplacer("The big guide", "La guía", "```\n", "").Replace(sourceText), []string{"structure a:1"}},
		"an admonition lost":         {strings.NewReplacer("The big guide", "La guía", ":::note\n", "", ":::", "").Replace(sourceText), []string{"structure a:1"}},
		"a title left as it was":     {sourceText, []string{"title a:1"}},
		"a title of one word":        {strings.Replace(sourceText, "The big guide", "API", 1), []string{"translated a:1"}},
	} {
		t.Run(name, func(t *testing.T) {
			source := sourceText
			if name == "a title of one word" {
				source = c.text
			}
			tree, _ := Read(folder("docs/en/a.md", source, "docs/es/a.md", c.text), newSite(t, "en", "es"), site.Doc)
			got, _ := standingsOf(t, tree, "es", nil)
			wantLines(t, got, c.want...)
		})
	}
}

func TestWhatOneLanguageAloneHasIsMissingOrAnOrphan(t *testing.T) {
	tree, _ := Read(folder("docs/en/a.md", "# A", "docs/en/b.md", "---\ndraft: true\n---\n", "docs/en/c.md", "# C", "docs/en/bad.md", "---\n- x\n---\n",
		"docs/es/b.md", "# B", "docs/es/bad.md", "# B", "docs/es/c.md", "---\n- x\n---\n", "docs/es/d.md", "# D"), newSite(t, "en", "es"), site.Doc)
	got, _ := standingsOf(t, tree, "es", nil)
	wantLines(t, got, "missing a:1", "orphan d:1")
	if got, _ := standingsOf(t, tree, "en", nil); got != nil {
		t.Errorf("the source has a status: %v", got)
	}
}

func TestATranslationIsStaleWhenNeitherOfItsMarksFits(t *testing.T) {
	tree, _ := Read(folder("docs/en/a.md", "# A", "docs/es/a.md", "# Á"), newSite(t, "en", "es"), site.Doc)
	current, ok := tree.SourceHash("docs/es/a.md")
	if !ok {
		t.Fatal("the translation has no source")
	}
	if _, ok := tree.SourceHash("docs/en/a.md"); ok {
		t.Error("the source is a translation of itself")
	}
	changed := func(commit, file string) (bool, error) {
		if file != "docs/en/a.md" {
			t.Errorf("asked for %s", file)
		}
		if commit == "9999999" {
			return false, errors.New("nobody knows it")
		}
		return commit == "12e4567", nil
	}
	for name, c := range map[string]struct {
		front   string
		changed Changed
		want    string
		finding bool
	}{
		"without marks":                     {"", changed, "translated a:1", false},
		"hash of the source":                {"source_hash: " + current + "\n", nil, "translated a:1", false},
		"hash of another":                   {"source_hash: \"0000000000000000\"\n", nil, "stale a:2", false},
		"a commit like a number, changed":   {"title: x\ndefault_lang_commit: 12e4567\n", changed, "stale a:3", false},
		"a commit, not changed":             {"default_lang_commit: \"1234567\"\n", changed, "translated a:1", false},
		"a commit without git":              {"default_lang_commit: 12e4567\n", nil, "translated a:1", false},
		"an unknown commit":                 {"default_lang_commit: 9999999\n", changed, "translated a:1", true},
		"an old commit, and the hash fits":  {"default_lang_commit: 12e4567\nsource_hash: " + current + "\n", changed, "translated a:1", false},
		"an old hash, and the commit fits":  {"source_hash: abc\ndefault_lang_commit: 1234567\n", changed, "translated a:1", false},
		"an old hash, and a commit unknown": {"source_hash: abc\ndefault_lang_commit: 9999999\n", changed, "stale a:2", false},
	} {
		t.Run(name, func(t *testing.T) {
			tree, _ := Read(folder("docs/en/a.md", "# A\n \n", "docs/es/a.md", "---\n"+c.front+"---\n# Á"), newSite(t, "en", "es"), site.Doc)
			got, findings := standingsOf(t, tree, "es", c.changed)
			wantLines(t, got, c.want)
			if (len(findings) > 0) != c.finding {
				t.Errorf("findings: %v", findings)
			}
		})
	}
}

func TestAMarkIsWrittenAndNothingElseChanges(t *testing.T) {
	for _, c := range [][2]string{
		{"# A\n", "---\nsource_hash: \"12\"\n---\n# A\n"},
		{"---\ntitle: a\n---\n# A", "---\ntitle: a\nsource_hash: \"12\"\n---\n# A"},
		{"---\nsource_hash: old\ntitle: a\n---\n", "---\nsource_hash: \"12\"\ntitle: a\n---\n"},
		{"\ufeff---\r\ntitle: a\r\n---\r\n# A\r\n", "\ufeff---\r\ntitle: a\r\nsource_hash: \"12\"\r\n---\r\n# A\r\n"},
	} {
		got, err := MarkSource(c[0], "12")
		if err != nil || got != c[1] {
			t.Errorf("%q became %q, %v", c[0], got, err)
		}
		if again, _ := MarkSource(got, "12"); again != got {
			t.Errorf("%q became %q when marked again", got, again)
		}
	}
	if _, err := MarkSource("---\ntitle: a\n", "12"); err == nil {
		t.Error("front matter without an end was marked")
	}
}

// The faults of three pages about an API in English, Spanish and French, as they
// were once and as they are.
func TestTheFaultsOfRealTranslationsAreFound(t *testing.T) {
	const seeds, real = "../../../shared/seeds/", "../../../shared/data/docs-kiva-partner"
	read := func(name string) string {
		text, err := os.ReadFile(seeds + name)
		if err != nil {
			t.Skip("the folder of pages, ../shared/seeds, is not beside the repository")
		}
		return string(text)
	}
	tree, _ := Read(folder("docs/en/a.md", read("001_7f70e3f6333a7d0f.txt"), "docs/es/a.md", read("003_c31a70f999c06787.txt"),
		"docs/fr/a.md", read("004_60471db024dee7e6.txt")), newSite(t, "en", "es", "fr"), site.Doc)
	got, _ := standingsOf(t, tree, "es", nil)
	wantLines(t, got, "structure a:1", "title a:5") // bold of five items; the title
	got, _ = standingsOf(t, tree, "fr", nil)
	wantLines(t, got, "structure a:1", "structure a:1", "structure a:19") // the link, the quotation, a heading

	wantStrays(t, tree, `docs/en/a.md:13: "Benefits of Using Kiva’s API" seems`, `docs/es/a.md:12: "Ventajas del uso de la API de Kiva" seems`)

	if _, err := os.Stat(real); err != nil {
		t.Skip("the folder of a real tree, ../shared/data, is not beside the repository")
	}
	tree, _ = Read(os.DirFS(real), newSite(t, "en", "es", "fr"), site.Doc)
	wantStrays(t, tree, `docs/overview/overview.md:13: "Benefits of Using Kiva’s API" seems`,
		`i18n/es/docusaurus-plugin-content-docs/current/overview/overview.md:12: "Ventajas del uso de la API de Kiva" seems`)
	counts := map[string]int{}
	for _, language := range []string{"es", "fr"} {
		got, _ := standingsOf(t, tree, language, nil)
		seen := map[string]bool{}
		for _, line := range got {
			line, _, _ = strings.Cut(line, ":")
			state, _, _ := strings.Cut(line, " ")
			if !seen[line] {
				counts[language+" "+state]++
			}
			seen[line] = true
		}
		if language == "es" && !seen["translated overview/overview"] || language == "fr" && !seen["structure overview/overview"] {
			t.Errorf("%s: %v", language, got)
		}
	}
	if got, want := fmt.Sprint(counts), "map[es structure:8 es translated:3 fr structure:10 fr translated:1]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestEveryFaultHasItsSeverity(t *testing.T) {
	for what := range faults {
		if want := what <= cycle; (severities[what] == Error) != want {
			t.Errorf("fault %d: %s", what, severities[what])
		}
	}
}

func wantStrays(t *testing.T, tree *Tree, want ...string) {
	t.Helper()
	var got []string
	for _, f := range tree.Strays() {
		got = append(got, f.String())
	}
	if len(got) != len(want) {
		t.Errorf("got %q", got)
		return
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
}

func TestAHeadingThatLostItsLineIsFoundAndNothingElse(t *testing.T) {
	for text, want := range map[string]string{
		"* One thing is done.\nWhat this is for\n\n## What this is for\n":           "docs/en/a.md:4",
		"Words end here. Why we do all this\n\n## Why we do this\n":                 "docs/en/a.md:3",
		"Words end here. Why we do all this.\n\n## Why we do this\n":                "",
		"What this is for\n\n## What this is for\n":                                 "",
		"* One\n* What this is for\n\n## What this is for\n":                        "",
		"Some words that wrap and\ngo on to say other things\n\n## What is other\n": "",
		"```\nA. What this is for\n## What this is for\n```\n":                      "",
		"| A. What this is for |\n## What this is for\n":                            "",
	} {
		tree, _ := Read(folder("docs/en/a.md", "---\n---\n"+text), newSite(t, "en"), site.Doc)
		if want == "" {
			wantStrays(t, tree)
		} else {
			wantStrays(t, tree, want+":")
		}
	}
}
