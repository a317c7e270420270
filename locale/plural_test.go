package locale

import (
	"math"
	"slices"
	"testing"
)

func TestPlural(t *testing.T) {
	for _, c := range []struct {
		tag  string
		n    int64
		want Category
	}{
		{"en", 1, One}, {"en", 0, Other}, {"en", -1, One}, {"en", 1_000_000, Other},
		{"es", 0, Other}, {"es", 1_000_000, Many}, {"es", 1_000_001, Other},
		{"fr", 0, One}, {"fr", 1, One}, {"fr", 2, Other}, {"fr", 1_000_000, Many},
		{"ar", 0, Zero}, {"ar", 2, Two}, {"ar", 3, Few}, {"ar", 11, Many}, {"ar", 100, Other}, {"ar", 1_000_099, Many},
		{"fr", math.MinInt64, Other},
	} {
		if got := in(t, c.tag).Plural(c.n); got != c.want {
			t.Errorf("%s: Plural(%d) = %s, want %s", c.tag, c.n, got, c.want)
		}
	}
}

func TestCategoriesAreThoseTheRuleCanAnswer(t *testing.T) {
	for _, l := range all {
		var met []Category
		for n := range int64(1_000_001) {
			if category := l.Plural(n); !slices.Contains(met, category) {
				met = append(met, category)
			}
		}
		slices.Sort(met)
		want := l.Categories()
		if want[len(want)-1] != Other {
			t.Errorf("%s: Other is not last of %v", l.Tag, want)
		}
		slices.Sort(want)
		if !slices.Equal(met, want) {
			t.Errorf("%s: categories %v, numbers met %v", l.Tag, want, met)
		}
	}
}

func TestCounted(t *testing.T) {
	lenders := Counted{One: P("{n} lender"), Other: P("{n} lenders")}
	en, ar := in(t, "en"), in(t, "ar")
	if got := lenders.For(en, 1).Fill("n", "1"); got != "1 lender" {
		t.Errorf("one is %q", got)
	}
	if got := lenders.For(en, 2).Fill("n", "2"); got != "2 lenders" {
		t.Errorf("two are %q", got)
	}
	if got := lenders.For(ar, 2).String(); got != "{n} lenders" {
		t.Errorf("a form that is not given is %q, not Other", got)
	}
	if got := lenders.Missing(en); got != nil {
		t.Errorf("English lacks %v", got)
	}
	if got, want := lenders.Missing(ar), []Category{Zero, Two, Few, Many}; !slices.Equal(got, want) {
		t.Errorf("Arabic lacks %v, want %v", got, want)
	}
}
