package site

import (
	"errors"
	"strings"
	"testing"
)

func TestListsHaveWidgetsAndAnswers(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Languages = []string{"en", "es"} })
	for _, c := range []struct {
		list                       Address
		widget, file, answer, name string
	}{
		{Address{}, "/embed/newest", "embed/newest.html", "/services/oembed/newest.json", "newest"},
		{Address{Kind: Country, Slug: "kh"}, "/embed/country/kh", "embed/country/kh.html", "/services/oembed/country/kh.json", "country/kh"},
		{Address{Kind: Country, Slug: "kh", Language: "es"}, "/es/embed/country/kh", "es/embed/country/kh.html", "/es/services/oembed/country/kh.json", "country/kh"},
		{Address{Kind: Sector, Slug: "añil"}, "/embed/sector/a%C3%B1il", "embed/sector/añil.html", "/services/oembed/sector/a%C3%B1il.json", "sector/a%C3%B1il"},
		{Address{Kind: Partner, ID: 67}, "/embed/partners/67", "embed/partners/67.html", "/services/oembed/partners/67.json", "partners/67"},
	} {
		widget, ok := c.list.ListWidget(ListWidget)
		if got := s.Path(widget); !ok || got != "/of/ours"+c.widget {
			t.Errorf("%+v: the widget is at %q, want %q", c.list, got, c.widget)
		}
		if got := s.File(widget); got != c.file {
			t.Errorf("%+v: the file is %q, want %q", c.list, got, c.file)
		}
		if got := widget.List(); got != c.list {
			t.Errorf("the widget of %+v leads back to %+v", c.list, got)
		}
		if got := ListName(c.list); got != c.name {
			t.Errorf("%+v is called %q, want %q", c.list, got, c.name)
		}
		for kind, ending := range listAnswerEndings {
			answer, _ := c.list.ListWidget(kind)
			want := strings.TrimSuffix(c.answer, ".json") + ending
			if got := s.Path(answer); got != "/of/ours"+want {
				t.Errorf("%+v: answered at %q, want %q", c.list, got, want)
			}
			if got, ok := s.Resolve(s.Path(answer)); !ok || got != answer {
				t.Errorf("%q is read as %+v, %v", s.Path(answer), got, ok)
			}
		}
		for _, path := range []string{s.Path(widget), s.Path(widget) + "/", s.Path(widget) + ".html"} {
			if got, ok := s.Resolve(path); !ok || got != widget {
				t.Errorf("%q is read as %+v, %v, want %+v", path, got, ok, widget)
			}
		}
	}
	for _, a := range []Address{{Kind: Status, Slug: "funded"}, {Kind: Loan, ID: 5}, {Kind: Doc}} {
		if got, ok := a.ListWidget(ListWidget); ok {
			t.Errorf("%+v has the list widget %+v", a, got)
		}
	}
}

func TestNoOtherListHasAWidget(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{
		"embed/oldest", "embed/country", "embed/country/KH", "embed/country/khm", "embed/sector/Food", "embed/sector/", "embed/status/funded", "embed/partners/0",
		"embed/partners/067", "embed/partners/67/page/1", "embed/country/kh/5", "embed/newest/kh", "embed/newest.json", "embed/lend/5",
		"services/oembed/newest", "services/oembed/country.json", "services/oembed/status/funded.json", "services/oembed/country/KH.xml", "services/oembed/partners/x.json",
		"services/oembed/country/kh.txt", "services/oembed/country/kh/1.json", "services/oembed/embed/newest.json", "services/oembed/.json",
	} {
		if got, ok := s.Resolve("/of/ours/" + path); ok {
			t.Errorf("%q is read as %+v, want a refusal", path, got)
		}
	}
}

func TestListAddressesOfOtherPeopleAreRead(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Languages = []string{"en", "es"} })
	for raw, want := range map[string]Address{
		"https://loans.example/of/ours":                            {},
		"https://loans.example/of/ours/":                           {},
		"http://LOANS.example:80/of/ours/?utm=x#map":               {},
		"https://loans.example/of/ours/es/":                        {Language: "es"},
		"https://loans.example/of/ours/country/kh/":                {Kind: Country, Slug: "kh"},
		"https://loans.example/of/ours/country/kh":                 {Kind: Country, Slug: "kh"},
		"https://loans.example/of/ours/es/country/kh/index.html":   {Kind: Country, Slug: "kh", Language: "es"},
		"https://loans.example/of/ours/sector/a%C3%B1il/":          {Kind: Sector, Slug: "añil"},
		"https://loans.example/of/ours/partners/67/":               {Kind: Partner, ID: 67},
		"https://loans.example/of/ours/embed/newest":               {},
		"https://loans.example/of/ours/embed/country/kh#dark":      {Kind: Country, Slug: "kh"},
		"https://loans.example/of/ours/es/embed/partners/67.html/": {Kind: Partner, ID: 67, Language: "es"},
	} {
		if got, err := s.ParseListURL(raw); err != nil || got != want {
			t.Errorf("ParseListURL(%q) = %+v, %v, want %+v", raw, got, err, want)
		}
	}
}

func TestListAddressesThatAreNotOursAreRefused(t *testing.T) {
	s := newSite(t)
	for name, raw := range map[string]string{
		"nothing": "", "a path": "/of/ours/country/kh/", "another host": "https://evil.example/of/ours/country/kh/", "a user": "https://me@loans.example/of/ours/",
		"an alias, whose lists are not ours": "https://www.kiva.org/", "an alias' country": "https://www.kiva.org/country/kh/",
		"a numbered page": "https://loans.example/of/ours/country/kh/page/2", "a numbered page of all": "https://loans.example/of/ours/page/1",
		"a status": "https://loans.example/of/ours/status/fundraising/", "a loan": "https://loans.example/of/ours/lend/5", "a loan's widget": "https://loans.example/of/ours/embed/5",
		"a feed": "https://loans.example/of/ours/feeds/country/kh.rss", "a document": "https://loans.example/of/ours/docs/", "the page of codes": "https://loans.example/of/ours/embed/",
		"beside the base": "https://loans.example/", "a language that is not there": "https://loans.example/of/ours/es/country/kh/",
		"too long": "https://loans.example/of/ours/" + strings.Repeat("?", 3000), "a new line": "https://loans.example/of/ours/\n",
	} {
		if a, err := s.ParseListURL(raw); !errors.Is(err, ErrNotList) {
			t.Errorf("%s: ParseListURL(%q) = %+v, %v, want ErrNotList", name, raw, a, err)
		}
	}
}

func TestDiscoveryOfLists(t *testing.T) {
	live := newSite(t, func(c *Config) { c.OEmbed = "https://loans.example/of/ours/services/oembed" })
	json, xml := live.Discovery(Address{Kind: Country, Slug: "kh"})
	want := "https://loans.example/of/ours/services/oembed?url=https%3A%2F%2Floans.example%2Fof%2Fours%2Fcountry%2Fkh%2F&format="
	if json != want+"json" || xml != want+"xml" {
		t.Errorf("with an endpoint: %q, %q", json, xml)
	}
	json, xml = newSite(t).Discovery(Address{})
	if want := "https://loans.example/of/ours/services/oembed/newest."; json != want+"json" || xml != want+"xml" {
		t.Errorf("with static answers: %q, %q", json, xml)
	}
	if got, want := live.EmbedForList(Address{Kind: Country, Slug: "kh"}), "/of/ours/embed/?loan=https%3A%2F%2Floans.example%2Fof%2Fours%2Fcountry%2Fkh%2F"; got != want {
		t.Errorf("its code is at %q, want %q", got, want)
	}
}

// FuzzParseListURL holds that only addresses of our own host are taken, and that
// the address of the list, and that of its widget, are read as the same list.
func FuzzParseListURL(f *testing.F) {
	for _, seed := range []string{
		"https://loans.example/of/ours/", "http://LOANS.example:80/of/ours/country/kh?a#b", "https://loans.example/of/ours/embed/newest.html",
		"https://loans.example/of/ours/embed/sector/%C3%A9tal", "https://www.kiva.org/", "https://loans.example@evil.example/",
	} {
		f.Add(seed)
	}
	s := newSite(f)
	f.Fuzz(func(t *testing.T, raw string) {
		a, err := s.ParseListURL(raw)
		if err != nil {
			return
		}
		lower := strings.ToLower(raw)
		if rest := lower[strings.Index(lower, "://")+3:]; !strings.HasPrefix(rest, "loans.example") {
			t.Fatalf("%q was taken", raw)
		}
		widget, ok := a.ListWidget(ListWidget)
		if !ok {
			t.Fatalf("%q is read as %+v, which has no widget", raw, a)
		}
		for _, address := range []Address{a, widget} {
			if again, err := s.ParseListURL(s.URL(address)); err != nil || again != a {
				t.Fatalf("%q: %q is read back as %+v, %v", raw, s.URL(address), again, err)
			}
		}
	})
}
