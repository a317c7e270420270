package sample

import (
	"regexp"
	"testing"
)

func TestCountriesAreComplete(t *testing.T) {
	code, center := regexp.MustCompile(`^[A-Z]{2}$`), regexp.MustCompile(`^-?\d+(\.\d+)? -?\d+(\.\d+)?$`)
	seen := map[string]bool{}
	for _, c := range world().countries {
		if seen[c.code] || !code.MatchString(c.code) || len(c.currency) != 3 || !center.MatchString(c.center) {
			t.Errorf("country %q (%s, %s) is doubled or malformed", c.code, c.currency, c.center)
		}
		seen[c.code] = true
		if c.rate <= 0 || c.step < 1 || c.weight < 1 || c.scale <= 0 || len(c.towns) == 0 || len(c.partners) == 0 {
			t.Errorf("country %s: rate %v, step %v, weight %v, scale %v, %d towns, %d partners", c.code, c.rate, c.step, c.weight, c.scale, len(c.towns), len(c.partners))
		}
		if partnerGivens[c.region] == nil {
			t.Errorf("country %s lies in %q, which is no region of Kiva's", c.code, c.region)
		}
		who := c.people
		if min(len(who.women), len(who.men), len(who.families)) < 5 {
			t.Errorf("country %s has too few names", c.code)
		}
		if len(who.nativeWomen) > 0 && min(len(who.nativeMen), len(who.nativeFamilies)) == 0 {
			t.Errorf("country %s has women's names in its own script, but not the others", c.code)
		}
	}
	if len(seen) < 80 || !seen["NA"] {
		t.Errorf("%d countries, want more than 80 with Namibia among them", len(seen))
	}
}

func TestEveryActivityHasAShareAndSentences(t *testing.T) {
	a := world()
	last := 0
	slashes, ampersands := 0, 0
	for i, act := range a.activities {
		if a.activityShare[i] <= last {
			t.Errorf("activity %s of %s is never drawn", act.name, act.sector)
		}
		last = a.activityShare[i]
		for _, c := range act.name {
			switch c {
			case '/':
				slashes++
			case '&':
				ampersands++
			}
		}
	}
	if slashes == 0 || ampersands == 0 {
		t.Errorf("%d names with a slash, %d with an ampersand; want some of both", slashes, ampersands)
	}
}

func TestPartnersHaveNamesOfTheirOwn(t *testing.T) {
	names, ids := map[string]bool{}, map[int]bool{}
	for _, p := range world().partners {
		if names[p.name] || ids[p.id] {
			t.Errorf("partner %d %q is there twice", p.id, p.name)
		}
		names[p.name], ids[p.id] = true, true
	}
}
