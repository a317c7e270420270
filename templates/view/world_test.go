package view

import (
	"slices"
	"testing"

	"loanleaf/kiva"
)

func TestTheMapHasACircleACountry(t *testing.T) {
	in := func(code string, count int) kiva.ListInfo {
		return kiva.ListInfo{List: kiva.List{Kind: kiva.ByCountry, Key: code}, Count: count}
	}
	sector := in("KE", 900)
	sector.Kind = kiva.BySector
	for name, c := range map[string]struct {
		lists []kiva.ListInfo
		want  []Spot
	}{
		"the most first, a quarter of the loans has half of what is added": {
			[]kiva.ListInfo{in("PE", 25), in("KH", 100)}, []Spot{
				{168, -25, 16, "Cambodia · 100 loans", "https://loans.example/country/kh/"}, {-119, 18, 10, "Peru · 25 loans", "https://loans.example/country/pe/"},
			},
		},
		"one loan among many is still seen": {[]kiva.ListInfo{in("KH", 1_000_000), in("PE", 1)}, []Spot{
			{168, -25, 16, "Cambodia · 1,000,000 loans", "https://loans.example/country/kh/"}, {-119, 18, 4, "Peru · 1 loan", "https://loans.example/country/pe/"},
		}},
		"countries that the map does not know, or empty": {[]kiva.ListInfo{in("ZZ", 3), in("", 3), in("PE", 0)}, nil},
		"other lists": {[]kiva.ListInfo{sector}, nil},
	} {
		if got := newTeller(t).begin().spots(c.lists); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

func TestEveryCountryIsOnTheMap(t *testing.T) {
	if len(countryPoints) < 230 {
		t.Errorf("only %d countries", len(countryPoints))
	}
	teller := newTeller(t)
	for code := range countryPoints {
		if name := teller.begin().country(&kiva.Location{CountryCode: code}); name == "" {
			t.Errorf("%s is no country that has a name", code)
		}
		for _, s := range teller.begin().spots([]kiva.ListInfo{{List: kiva.List{Kind: kiva.ByCountry, Key: code}, Count: 1}}) {
			if code != "AQ" && (s.X < WorldLeft || s.X > WorldLeft+WorldWidth || s.Y < WorldTop || s.Y > WorldTop+WorldHeight) {
				t.Errorf("%s is beside the map: %v", code, s)
			}
		}
	}
	// The middle of a country, not of somebody else's.
	for code, want := range map[string]point{"KH": {12.7, 104.9}, "BO": {-16.7, -64.7}, "FJ": {-17.8, 178}, "WS": {-13.6, -172.4}} {
		if got := countryPoints[code]; got.north-want.north > 1 || want.north-got.north > 1 || got.east-want.east > 1 || want.east-got.east > 1 {
			t.Errorf("%s is at %v, want about %v", code, got, want)
		}
	}
}
