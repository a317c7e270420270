package site

import "testing"

func TestAFileIsEditedOrBegunWhereTheOperatorSays(t *testing.T) {
	for name, c := range map[string]struct{ pattern, edit, begin string }{
		"GitHub begins a file on a page of its own": {
			"https://github.com/us/site/edit/main/website/<path>", "https://github.com/us/site/edit/main/website/docs/es/gu%C3%ADa%201.md",
			"https://github.com/us/site/new/main?filename=website%2Fdocs%2Fes%2Fgu%C3%ADa+1.md",
		},
		"GitLab too, on any host": {
			"https://git.example/a/b/site/-/edit/main/<path>", "https://git.example/a/b/site/-/edit/main/docs/es/gu%C3%ADa%201.md",
			"https://git.example/a/b/site/-/new/main?file_name=docs%2Fes%2Fgu%C3%ADa+1.md",
		},
		"others have one page for both": {
			"https://wiki.example/?edit=<path>", "https://wiki.example/?edit=docs/es/gu%C3%ADa%201.md", "https://wiki.example/?edit=docs/es/gu%C3%ADa%201.md",
		},
	} {
		s := newSite(t, func(c2 *Config) { c2.EditURL = c.pattern })
		if got, ok := s.EditURL("docs/es/guía 1.md"); !ok || got != c.edit {
			t.Errorf("%s: edited at %s", name, got)
		}
		if got, ok := s.BeginURL("docs/es/guía 1.md"); !ok || got != c.begin {
			t.Errorf("%s: begun at %s", name, got)
		}
	}
	if _, ok := newSite(t).EditURL("a.md"); ok {
		t.Error("a place to edit without one being named")
	}
}

func TestRedirectsAreReadAsPeopleWriteThem(t *testing.T) {
	s := newSite(t, func(c *Config) {
		c.Languages = []string{"en", "es"}
		c.Redirects = map[string]string{
			"/docs/viejo préstamo": "/es/docs/nuevo#tres", "/docs/old.html": "/docs/new/", "/es/docs/a%20b/": "https://elsewhere.example/?a=b", "/old.php": "/",
		}
	})
	want := []Redirect{
		{Address{Kind: Doc, Slug: "old"}, "/of/ours/docs/new"},
		{Address{Kind: Doc, Slug: "viejo préstamo"}, "/of/ours/es/docs/nuevo#tres"},
		{Address{Kind: Doc, Language: "es", Slug: "a b"}, "https://elsewhere.example/?a=b"},
		{Address{Kind: Prose, Slug: "old.php"}, "/of/ours/"},
	}
	got := s.Redirects()
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}
