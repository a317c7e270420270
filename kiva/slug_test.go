package kiva

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSlug(t *testing.T) {
	tests := map[string]struct{ name, want string }{
		"words are joined by hyphens":       {"Personal Use", "personal-use"},
		"signs between words are one":       {"Food Production/Sales & more", "food-production-sales-more"},
		"signs at the ends are nothing":     {"  (Retail)  ", "retail"},
		"letters keep their accents":        {"Côte D'Ivoire", "côte-d-ivoire"},
		"other scripts stay, with marks":    {"កម្ពុជា", "កម្ពុជា"},
		"nothing of letters is nothing":     {"!?", ""},
		"case makes no other list":          {"AGRICULTURE", "agriculture"},
		"long names end at sixty":           {strings.Repeat("a", 100), strings.Repeat("a", 60)},
		"no hyphen stands at a cut-off end": {strings.Repeat("a", 59) + " bc", strings.Repeat("a", 59)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := Slug(test.name); got != test.want {
				t.Errorf("Slug(%q) = %q, want %q", test.name, got, test.want)
			}
		})
	}
}

// FuzzSlug: a slug is short, made of nothing that an address must escape
// beyond letters, and its own slug.
func FuzzSlug(f *testing.F) {
	for _, s := range []string{"Personal Use", strings.Repeat("a ", 40), "\xff a", "İstanbul", "កម្ពុជា", "--a--"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		slug := Slug(name)
		if n := utf8.RuneCountInString(slug); n > 60 {
			t.Fatalf("%d characters", n)
		}
		if strings.ContainsAny(slug, "/?#%&\"'<> .\\") || strings.Contains(slug, "--") ||
			strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-") || !utf8.ValidString(slug) {
			t.Fatalf("Slug(%q) = %q", name, slug)
		}
		if again := Slug(slug); again != slug {
			t.Fatalf("Slug(%q) = %q, its slug is %q", name, slug, again)
		}
	})
}

func TestPagesOfAList(t *testing.T) {
	for count, want := range map[int]int{0: 0, 1: 0, 100: 0, 101: 2, 200: 2, 201: 3} {
		if got := (ListInfo{Count: count}).Pages(); got != want {
			t.Errorf("a list of %d loans has %d numbered pages, want %d", count, got, want)
		}
	}
}
