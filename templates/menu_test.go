package templates

import (
	"strings"
	"testing"
)

func TestAMenuMarksTheLineOfThePageAndNoOther(t *testing.T) {
	m, err := NewMenu(frameIn(languageOf("en"), ""), []MenuEntry{
		{Way: Way{Label: `A "first" aria-current="page"`, Lang: "es", URL: "/docs/a", Here: true}},
		{Way: Way{Label: "Folder", URL: "/docs/b/c"}, Below: []MenuEntry{
			{Way: Way{Label: "Long & last", URL: "/docs/b/c", Here: true}},
			{Way: Way{Label: "First, once more", URL: "/docs/a", Here: true}},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]string{
		"/docs/a":   {`<a href="/docs/a" lang="es" aria-current="page"><bdi>A`, `<a href="/docs/a" aria-current="page"><bdi>First, once`},
		"/docs/b/c": {`<a href="/docs/b/c" aria-current="page"><bdi>Long`},
		"/docs/":    {},
		"":          {},
	} {
		text := render(t, m.at(path))
		if got := strings.Count(text, `aria-current="page"`); got != len(want) {
			t.Errorf("%q has %d marks, want %d:\n%s", path, got, len(want), text)
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q lacks %s:\n%s", path, w, text)
			}
		}
	}
	if none, err := NewMenu(frameIn(languageOf("en"), ""), nil); err != nil || !none.empty() || !(*Menu)(nil).empty() {
		t.Errorf("a menu without lines: %v", err)
	}
}
