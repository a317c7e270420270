package locale

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestGet(t *testing.T) {
	for _, tag := range Known() {
		if l, ok := Get(strings.ToUpper(tag)); !ok || l.Tag != tag {
			t.Errorf("Get does not find %s in upper case", tag)
		}
	}
	for _, tag := range []string{"", "e", "es-MX", "xx", "english"} {
		if l, ok := Get(tag); ok || l != nil {
			t.Errorf("Get(%q) is found", tag)
		}
	}
}

func TestLanguages(t *testing.T) {
	for _, c := range []struct{ tag, name, direction, openGraph string }{
		{"en", "English", "ltr", "en_US"},
		{"es", "Español", "ltr", "es_ES"},
		{"fr", "Français", "ltr", "fr_FR"},
		{"ar", "العربية", "rtl", "ar_AR"},
	} {
		l := in(t, c.tag)
		if l.Name != c.name || l.Direction != c.direction || l.OpenGraph != c.openGraph {
			t.Errorf("%s is %s, %s, %s", c.tag, l.Name, l.Direction, l.OpenGraph)
		}
	}
	if got := Known(); !slices.Equal(got, []string{"en", "es", "fr", "ar"}) {
		t.Errorf("Known = %q", got)
	}
}

func TestShippedAreTheLanguagesWithWords(t *testing.T) {
	shipped := Shipped()
	if len(shipped) == 0 || shipped[0] != "en" {
		t.Fatalf("Shipped = %q", shipped)
	}
	for _, l := range all {
		if slices.Contains(shipped, l.Tag) != (l.Words != nil) {
			t.Errorf("%s: shipped %t, words %t", l.Tag, slices.Contains(shipped, l.Tag), l.Words != nil)
		}
	}
	shipped[0] = "xx"
	if Shipped()[0] != "en" {
		t.Error("a caller can change what is shipped")
	}
}

func TestMatch(t *testing.T) {
	everything := newMatcher(all)
	for _, c := range []struct {
		name string
		tags []string
		want string // "" for none
	}{
		{"the language itself", []string{"fr"}, "fr"},
		{"a country's form of it", []string{"es-MX"}, "es"},
		{"in any case", []string{"ES-mx"}, "es"},
		{"British English", []string{"en-GB"}, "en"},
		{"with an underscore", []string{"fr_CA"}, "fr"},
		{"Arabic of Egypt", []string{"ar-EG"}, "ar"},
		{"the first that is there", []string{"vi", "fr", "en"}, "fr"},
		{"none that is there", []string{"vi", "km"}, ""},
		{"a neighbouring language is another language", []string{"ca", "gl", "eu", "qu", "cy", "ht"}, ""},
		{"the older code of standard Arabic", []string{"arb"}, "ar"},
		{"a language in a script it is not served in", []string{"en-Arab"}, ""},
		{"a country is not a language", []string{"und-MX"}, ""},
		{"the wish before the neighbour's", []string{"eu", "fr"}, "fr"},
		{"not a tag", []string{"???", ""}, ""},
		{"not a tag, then one", []string{"???", "es"}, "es"},
		{"far too long", []string{"es" + strings.Repeat("-a1234567", 200)}, ""},
		{"nothing asked", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, ok := match(everything, all, c.tags)
			if ok != (c.want != "") || ok && l.Tag != c.want {
				t.Errorf("match(%q) = %v, %t, want %q", c.tags, l, ok, c.want)
			}
		})
	}
}

func TestMatchIsAmongTheShipped(t *testing.T) {
	for _, tag := range Known() {
		l, ok := Match(tag + "-001")
		if ok != slices.Contains(Shipped(), tag) || ok && l.Tag != tag {
			t.Errorf("Match(%s-001) = %v, %t", tag, l, ok)
		}
	}
}

func TestNamesAreSortedForLookUp(t *testing.T) {
	for _, l := range all {
		for _, list := range [][]named{l.territories, l.languages} {
			for i := range list[1:] {
				if list[i].code >= list[i+1].code {
					t.Errorf("%s: %s stands before %s", l.Tag, list[i].code, list[i+1].code)
				}
			}
		}
	}
}

func TestCountry(t *testing.T) {
	for _, c := range []struct{ tag, code, want string }{
		{"en", "NA", "Namibia"},
		{"en", "PS", "Palestine"},
		{"en", "CD", "Congo (DRC)"},
		{"fr", "CD", "Congo (RDC)"},
		{"en", "CG", "Congo (Republic)"},
		{"en", "MM", "Myanmar"},
		{"en", "US", "United States"},
		{"en", "BA", "Bosnia & Herzegovina"},
		{"en", "XK", "Kosovo"},
		{"fr", "VN", "Viêt Nam"},
		{"es", "PS", "Palestina"},
		{"ar", "KE", "كينيا"},
	} {
		if got, ok := in(t, c.tag).Country(c.code); got != c.want || !ok {
			t.Errorf("%s: Country(%s) = %q, %t, want %q", c.tag, c.code, got, ok, c.want)
		}
	}
	for _, code := range []string{"", "ke", "QQ", "EU", "ZZ", "KEN"} {
		if got, ok := in(t, "en").Country(code); got != "" || ok {
			t.Errorf("Country(%q) = %q", code, got)
		}
	}
}

func TestDatesAreDaysInUTC(t *testing.T) {
	evening := time.Date(2009, 1, 8, 22, 30, 0, 0, time.FixedZone("", -8*3600))
	for _, c := range []struct{ tag, date, short, month string }{
		{"en", "January 9, 2009", "Jan 9, 2009", "January 2009"},
		{"es", "9 de enero de 2009", "9 ene 2009", "enero de 2009"},
		{"fr", "9 janvier 2009", "9 janv. 2009", "janvier 2009"},
		{"ar", "9 يناير 2009", "09\u200f/01\u200f/2009", "يناير 2009"},
	} {
		l := in(t, c.tag)
		if date, short, month := l.Date(evening), l.ShortDate(evening), l.MonthYear(evening); date != c.date || short != c.short || month != c.month {
			t.Errorf("%s: %q, %q, %q", c.tag, date, short, month)
		}
	}
}

func TestList(t *testing.T) {
	es := in(t, "es")
	for _, c := range []struct {
		items []string
		want  string
	}{
		{nil, ""},
		{[]string{"Ana"}, "Ana"},
		{[]string{"Ana", "Luz"}, "Ana y Luz"},
		{[]string{"Ana", "Íngrid"}, "Ana e Íngrid"},
		{[]string{"Ana", "H"}, "Ana y H"},
		{[]string{"Ana", ""}, "Ana y "},
		{[]string{"Ana", "Luz", "Hilda"}, "Ana, Luz e Hilda"},
	} {
		if got := es.List(c.items...); got != c.want {
			t.Errorf("List(%q) = %q, want %q", c.items, got, c.want)
		}
	}
}

func BenchmarkDate(b *testing.B) {
	day := time.Date(2026, 12, 12, 0, 0, 0, 0, time.UTC)
	for _, l := range all {
		b.Run(l.Tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink = l.Date(day)
			}
		})
	}
}

func BenchmarkCountry(b *testing.B) {
	l := in(b, "en")
	b.ReportAllocs()
	for b.Loop() {
		l.Country("KE")
	}
}
