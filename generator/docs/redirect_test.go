package docs

import (
	"slices"
	"strings"
	"testing"

	"loanleaf/site"
)

func movesOf(t *testing.T, said map[string]string, files ...string) (moves, findings []string) {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example/ours", Name: "Loanleaf", Languages: []string{"en", "es"}, Images: site.NoImages, OEmbed: site.Static, Redirects: said,
	})
	if err != nil {
		t.Fatal(err)
	}
	var trees []*Tree
	for _, kind := range []site.Kind{site.Doc, site.Prose} {
		tree, _ := Read(folder(files...), s, kind)
		trees = append(trees, tree)
	}
	m, told := NewMoves(s, trees...)
	for from, to := range m.All() {
		moves = append(moves, s.Path(from)+" "+to)
		if again, ok := m.To(from); !ok || again != to {
			t.Errorf("%s leads to %s, and to %s", s.Path(from), to, again)
		}
	}
	for _, f := range told {
		findings = append(findings, f.String())
	}
	slices.Sort(moves)
	return moves, findings
}

func TestOldAddressesLeadToDocuments(t *testing.T) {
	for name, c := range map[string]struct {
		said     map[string]string
		files    []string
		moves    []string
		findings []string // beginnings
	}{
		"a document's old path leads to it in every language": {
			files: []string{"docs/en/new.md", "---\nredirect_from: /docs/old\n---\n# A\n", "docs/es/new.md", "---\nslug: nuevo\n---\n# A\n"},
			moves: []string{"/ours/docs/old /ours/docs/new", "/ours/es/docs/old /ours/es/docs/nuevo"},
		},
		"a translation has old paths of its own": {
			files: []string{"docs/en/new.md", "# A\n", "docs/es/new.md", "---\nredirect_from: [/docs/viejo, /es/docs/antiguo/]\n---\n# A\n"},
			moves: []string{"/ours/es/docs/antiguo /ours/es/docs/new", "/ours/es/docs/viejo /ours/es/docs/new"},
		},
		"pages of the operator's own have them too, and the settings any": {
			said:  map[string]string{"/old.php": "/docs/", "/es/a": "https://elsewhere.example/", "/lists": "/country/kh/"},
			files: []string{"docs/en/index.md", "# A\n", "pages/en/about.md", "---\nredirect_from: /ourselves.html\n---\n# Us\n"},
			moves: []string{"/ours/es/a https://elsewhere.example/", "/ours/es/ourselves /ours/es/about", "/ours/lists /ours/country/kh/", "/ours/old.php /ours/docs/", "/ours/ourselves /ours/about"},
		},
		"one that leads to another leads to the end at once, to the last part that is named": {
			said:  map[string]string{"/docs/a": "/docs/b#x", "/docs/b": "/docs/c", "/docs/d": "/docs/a", "/docs/e": "/docs/f#y", "/docs/f": "/docs/c#z"},
			files: []string{"docs/en/c.md", "# C\n"},
			moves: []string{"/ours/docs/a /ours/docs/c#x", "/ours/docs/b /ours/docs/c", "/ours/docs/d /ours/docs/c#x", "/ours/docs/e /ours/docs/c#z", "/ours/docs/f /ours/docs/c#z"},
		},
		"circles are told, and lead nowhere": {
			said:     map[string]string{"/docs/a": "/docs/b", "/docs/b": "/docs/a", "/docs/c": "/docs/c"},
			files:    []string{"docs/en/x.md", "# X\n"},
			findings: []string{"redirects: /ours/docs/a leads in a circle", "redirects: /ours/docs/b leads in a circle", "redirects: /ours/docs/c leads in a circle"},
		},
		"nothing leads away from a document": {
			said:     map[string]string{"/docs/a": "/docs/b"},
			files:    []string{"docs/en/a.md", "# A\n", "docs/en/b.md", "---\ntitle: B\nredirect_from:\n  - /docs/a\n  - /lend/5\n  - b-old\n---\n"},
			findings: []string{"docs/en/b.md:3: /ours/docs/a leads nowhere else", `docs/en/b.md:3: redirect_from: "/lend/5" cannot lead elsewhere`, `docs/en/b.md:3: redirect_from: "b-old" is not a path`, "redirects: /ours/docs/a leads nowhere else: a document is there"},
		},
		"what is said twice counts once": {
			said:     map[string]string{"/docs/old": "/docs/b"},
			files:    []string{"docs/en/a.md", "---\nredirect_from: /docs/old\n---\n# A\n", "docs/en/b.md", "---\nredirect_from: /docs/old\n---\n# B\n"},
			moves:    []string{"/ours/docs/old /ours/docs/b", "/ours/es/docs/old /ours/es/docs/a"},
			findings: []string{"docs/en/a.md:2: /ours/docs/old leads to /ours/docs/b already, as redirects says"},
		},
		"what leads to nothing is told": {
			said:     map[string]string{"/docs/old": "/docs/nowhere", "/older": "/docs/old"},
			files:    []string{"docs/en/a.md", "# A\n"},
			findings: []string{"redirects: /ours/docs/old leads to /ours/docs/nowhere, where nothing is", "redirects: /ours/older leads to /ours/docs/nowhere, where nothing is"},
		},
	} {
		moves, findings := movesOf(t, c.said, c.files...)
		if !slices.Equal(moves, c.moves) {
			t.Errorf("%s: %q", name, moves)
		}
		if len(findings) != len(c.findings) {
			t.Errorf("%s: %q", name, findings)
			continue
		}
		for i := range findings {
			if !strings.HasPrefix(findings[i], c.findings[i]) {
				t.Errorf("%s: %q, want %q", name, findings[i], c.findings[i])
			}
		}
	}
}
