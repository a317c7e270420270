package site

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// gallery holds every picture at 300 by 200.
type gallery struct{}

func (gallery) PictureSize(size string, id int64) (int, int, bool) { return 300, 200, id != 404 }

func newSite(t testing.TB, change ...func(*Config)) *Site {
	t.Helper()
	config := Config{
		BaseURL: "https://loans.example/of/ours/", Name: "Loans", Languages: []string{"en"},
		Images: NoImages, OEmbed: Static, Aliases: []string{"www.kiva.org", "kiva.org:8080"},
	}
	for _, c := range change {
		c(&config)
	}
	s, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAddressesAreMintedAndReadBack(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Languages = []string{"en", "es"} })
	for _, c := range []struct {
		address    Address
		path, file string
	}{
		{Address{}, "/", "index.html"},
		{Address{Page: 3}, "/page/3", "page/3.html"},
		{Address{Kind: Loan, ID: 100000}, "/lend/100000", "lend/100000.html"},
		{Address{Kind: Widget, ID: 100000}, "/embed/100000", "embed/100000.html"},
		{Address{Kind: Widget, Slug: "in_repayment"}, "/embed/state/in_repayment", "embed/state/in_repayment.html"},
		{Address{Kind: Country, Slug: "kh"}, "/country/kh/", "country/kh/index.html"},
		{Address{Kind: Country, Slug: "kh", Page: 2}, "/country/kh/page/2", "country/kh/page/2.html"},
		{Address{Kind: Sector, Slug: "personal-use"}, "/sector/personal-use/", "sector/personal-use/index.html"},
		{Address{Kind: Sector, Slug: "añil-ខ្មែរ"}, "/sector/a%C3%B1il-%E1%9E%81%E1%9F%92%E1%9E%98%E1%9F%82%E1%9E%9A/", "sector/añil-ខ្មែរ/index.html"},
		{Address{Kind: Status, Slug: "in_repayment", Page: 12}, "/status/in_repayment/page/12", "status/in_repayment/page/12.html"},
		{Address{Kind: Partner, ID: 67}, "/partners/67/", "partners/67/index.html"},
		{Address{Kind: Partner, ID: 67, Page: 1}, "/partners/67/page/1", "partners/67/page/1.html"},
		{Address{Kind: AnswerJSON, ID: 7}, "/services/oembed/lend/7.json", "services/oembed/lend/7.json"},
		{Address{Kind: AnswerXML, ID: 7}, "/services/oembed/lend/7.xml", "services/oembed/lend/7.xml"},
		{Address{Kind: AnswerXML, Language: "es", ID: 7}, "/es/services/oembed/lend/7.xml", "es/services/oembed/lend/7.xml"},
		{Address{Kind: ProvidersYAML}, "/services/oembed/providers.yml", "services/oembed/providers.yml"},
		{Address{Kind: ProvidersJSON}, "/services/oembed/providers.json", "services/oembed/providers.json"},
		{Address{Kind: Sitemap}, "/sitemap.xml", "sitemap.xml"},
		{Address{Kind: Sitemap, Page: 4}, "/sitemap/4.xml", "sitemap/4.xml"},
		{Address{Kind: Sitemap, Slug: ProseSitemap}, "/sitemap/pages.xml", "sitemap/pages.xml"},
		{Address{Kind: Doc}, "/docs/", "docs/index.html"},
		{Address{Kind: Doc, Slug: "embed"}, "/docs/embed", "docs/embed.html"},
		{Address{Kind: Doc, Slug: "guías/préstamos 1.2"}, "/docs/gu%C3%ADas/pr%C3%A9stamos%201.2", "docs/guías/préstamos 1.2.html"},
		{Address{Kind: Prose, Slug: "about"}, "/about", "about.html"},
		{Address{Kind: Prose, Slug: "legal/terms"}, "/legal/terms", "legal/terms.html"},
		{Address{Kind: Twin, Of: Doc}, "/docs/index.md", "docs/index.md"},
		{Address{Kind: Twin, Of: Doc, Slug: "guías/1.2"}, "/docs/gu%C3%ADas/1.2.md", "docs/guías/1.2.md"},
		{Address{Kind: Twin, Of: Prose, Language: "es", Slug: "legal/terms"}, "/es/legal/terms.md", "es/legal/terms.md"},
		{Address{Kind: LLMs}, "/llms.txt", "llms.txt"},
		{Address{Kind: LLMs, Language: "es"}, "/es/llms.txt", "es/llms.txt"},
		{Address{Kind: LLMsFull}, "/llms-full.txt", "llms-full.txt"},
		{Address{Kind: NotFound, Of: Doc, Language: "es"}, "/es/docs/404", "es/docs/404.html"},
		{Address{Kind: FeedAtom, Of: Doc}, "/feeds/docs.atom", "feeds/docs.atom"},
		{Address{Kind: Robots}, "/robots.txt", "robots.txt"},
		{Address{Kind: Favicon}, "/favicon.ico", "favicon.ico"},
		{Address{Kind: CardJPEG, ID: 7}, "/card/7.jpg", "card/7.jpg"},
		{Address{Kind: CardJPEG, ID: 7, Small: true}, "/card/7-600.jpg", "card/7-600.jpg"},
		{Address{Kind: CardPNG, ID: 7, Small: true}, "/card/7-600.png", "card/7-600.png"},
		{Address{Kind: Badge, ID: 7}, "/badge/7.svg", "badge/7.svg"},
		{Address{Kind: ListCard}, "/card/newest.png", "card/newest.png"},
		{Address{Kind: ListCard, Small: true, Language: "es"}, "/es/card/newest-600.png", "es/card/newest-600.png"},
		{Address{Kind: ListCard, Of: Country, Slug: "kh"}, "/card/country/kh.png", "card/country/kh.png"},
		{Address{Kind: ListCard, Of: Country, Slug: "kh", Small: true}, "/card/country/kh-600.png", "card/country/kh-600.png"},
		{Address{Kind: ListCard, Of: Sector, Slug: "añil", Small: true}, "/card/sector/a%C3%B1il-600.png", "card/sector/añil-600.png"},
		{Address{Kind: ListCard, Of: Partner, ID: 600, Small: true}, "/card/partners/600-600.png", "card/partners/600-600.png"},
		{Address{Kind: ListBadge}, "/badge/newest.svg", "badge/newest.svg"},
		{Address{Kind: ListBadge, Of: Partner, ID: 67, Language: "es"}, "/es/badge/partners/67.svg", "es/badge/partners/67.svg"},
		{Address{Kind: ListBadge, Of: Sector, Slug: "personal-use"}, "/badge/sector/personal-use.svg", "badge/sector/personal-use.svg"},
		{Address{Kind: SiteCard}, "/card/site.png", "card/site.png"},
		{Address{Kind: NotFound}, "/404", "404.html"},
		{Address{Kind: Embed}, "/embed/", "embed/index.html"},
		{Address{Kind: EmbedScript}, "/loan-card.js", "loan-card.js"},
		{Address{Kind: DocIndex}, "/search/docs.json", "search/docs.json"},
		{Address{Kind: DocIndex, Language: "es"}, "/es/search/docs.json", "es/search/docs.json"},
		{Address{Kind: FeedRSS}, "/feeds/newest.rss", "feeds/newest.rss"},
		{Address{Kind: FeedJSON}, "/feeds/newest.json", "feeds/newest.json"},
		{Address{Kind: FeedAtom, Of: Country, Slug: "kh"}, "/feeds/country/kh.atom", "feeds/country/kh.atom"},
		{Address{Kind: FeedRSS, Of: Sector, Slug: "añil"}, "/feeds/sector/a%C3%B1il.rss", "feeds/sector/añil.rss"},
	} {
		if got, want := s.Path(c.address), "/of/ours"+c.path; got != want {
			t.Errorf("Path(%+v) = %q, want %q", c.address, got, want)
		}
		if got, want := s.URL(c.address), "https://loans.example/of/ours"+c.path; got != want {
			t.Errorf("URL(%+v) = %q, want %q", c.address, got, want)
		}
		if got := s.File(c.address); got != c.file {
			t.Errorf("File(%+v) = %q, want %q", c.address, got, c.file)
		}
		if got, ok := s.Resolve(s.Path(c.address)); !ok || got != c.address {
			t.Errorf("Resolve(%q) = %+v, %v, want %+v", s.Path(c.address), got, ok, c.address)
		}
	}
}

func TestResolveIsLenientAboutTheEnd(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]Address{
		"/of/ours":                       {},
		"/of/ours/index.html":            {},
		"/of/ours/lend/5/":               {Kind: Loan, ID: 5},
		"/of/ours/lend/5.html":           {Kind: Loan, ID: 5},
		"/of/ours/country/kh":            {Kind: Country, Slug: "kh"},
		"/of/ours/country/kh/page/1/":    {Kind: Country, Slug: "kh", Page: 1},
		"/of/ours/partners/3/index.html": {Kind: Partner, ID: 3},
		"/of/ours/embed":                 {Kind: Embed},
		"/of/ours/docs":                  {Kind: Doc},
		"/of/ours/docs/index.html":       {Kind: Doc},
		"/of/ours/docs/embed/":           {Kind: Doc, Slug: "embed"},
		"/of/ours/docs/embed.html":       {Kind: Doc, Slug: "embed"},
		"/of/ours/about.html":            {Kind: Prose, Slug: "about"},
	} {
		if got, ok := s.Resolve(path); !ok || got != want {
			t.Errorf("Resolve(%q) = %+v, %v, want %+v", path, got, ok, want)
		}
	}
}

func TestResolveRefuses(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{
		"", "/", "/lend/5", "/of/oursx/lend/5", "/of/ours//lend/5", "/of/ours/lend/", "/of/ours/lend/0", "/of/ours/lend/05", "/of/ours/lend/-5",
		"/of/ours/lend/+5", "/of/ours/lend/5e3", "/of/ours/lend/9007199254740993", "/of/ours/lend/99999999999999999999", "/of/ours/lend/5/6",
		"/of/ours/lend/..%2F5", "/of/ours/lend%2F5", "/of/ours/../lend/5", "/of/ours/lend/./5", "/of/ours/lend/%00", "/of/ours/lend/%zz", "/of/ours/lend/٥",
		"/of/ours/country/KH/", "/of/ours/country/khm/", "/of/ours/status/hidden/", "/of/ours/status/lost/", "/of/ours/sector/Food/", "/of/ours/sector/",
		"/of/ours/country/kh/page/0", "/of/ours/country/kh/page/99999999999", "/of/ours/country/kh/pages/1", "/of/ours/en/lend/5", "/of/ours/xx/lend/5",
		"/of/ours/feeds", "/of/ours/feeds/newest", "/of/ours/feeds/newest.xml", "/of/ours/feeds/oldest.rss", "/of/ours/feeds/country/KH.rss", "/of/ours/feeds/country/.rss",
		"/of/ours/feeds/sector/.json", "/of/ours/feeds/status/funded.rss", "/of/ours/feeds/partners/67.rss", "/of/ours/feeds/sector/food/page.rss", "/of/ours/feeds/sector/Food.rss",
		"/of/ours/embed/0", "/of/ours/embed/x", "/of/ours/loan-card.js/5",
		"/of/ours/services/oembed/lend/5.txt", "/of/ours/services/oembed/lend/x.json", "/of/ours/services/oembed/providers.xml", "/of/ours/services/oembed/lend", "/of/ours/services/oembed/providers.json/1", "/of/ours/sitemap/0.xml", "/of/ours/robots.txt/1", "/of/ours/.html",
		"/of/ours/docs//x", "/of/ours/docs/.md", "/of/ours/docs/guides/index.md", "/of/ours/index.md", "/of/ours/lend/5.md", "/of/ours/docs/x.md.md", "/of/ours/llms.txt/1", "/of/ours/404.md", "/of/ours/feeds/docs.xml", "/of/ours/docs/.git", "/of/ours/docs/x/_partial", "/of/ours/docs/a%0Ab", "/of/ours/docs/x.html.html", "/of/ours/_headers", "/of/ours/.well-known/x",
		"/of/ours/docs/index", "/of/ours/docs/" + strings.Repeat("a", 121), "/of/ours/de/lend/5", "/of/ours/de", "/of/ours/en-" + strings.Repeat("a", 33) + "/about", "/of/ours/assets/site.css", "/of/ours/img/x", "/of/ours/search/x",
		"/of/ours/card", "/of/ours/card/5", "/of/ours/card/5.svg", "/of/ours/card/5.gif", "/of/ours/card/05.png", "/of/ours/card/5-601.png", "/of/ours/card/-600.png",
		"/of/ours/card/site.jpg", "/of/ours/card/5.png/x", "/of/ours/badge/5.png", "/of/ours/badge/5-600.svg", "/of/ours/badge/newest.png", "/of/ours/badge/newest-600.svg", "/of/ours/card/newest.jpg", "/of/ours/card/newest.svg",
		"/of/ours/card/oldest.png", "/of/ours/card/country/khm.png", "/of/ours/card/country/KH.png", "/of/ours/card/country/kh", "/of/ours/card/country/kh/page.png", "/of/ours/card/country.png",
		"/of/ours/card/status/paid.png", "/of/ours/card/partners/067.png", "/of/ours/card/sector/food-600-600.png", "/of/ours/badge/sector/food-600.svg", "/of/ours/badge/country/kh-600.svg", "/of/ours/badge/site.png",
		"/of/ours/sector/" + strings.Repeat("a", 2000) + "/",
	} {
		if got, ok := s.Resolve(path); ok {
			t.Errorf("Resolve(%q) = %+v, want a refusal", path, got)
		}
	}
}

func TestResolveKnowsTheLanguageOfWhatIsNotThere(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Languages = []string{"en", "es"} })
	for path, want := range map[string]string{
		"/of/ours/es/country/nowhere": "es", "/of/ours/es/lend/": "es", "/of/ours/es/robots.txt": "es", "/of/ours/es/services/oembed/providers.json": "es",
		"/of/ours/fr/country/nowhere": "", "/of/ours/country/nowhere": "", "/es/country/nowhere": "",
	} {
		if got, ok := s.Resolve(path); ok || got != (Address{Language: want}) {
			t.Errorf("Resolve(%q) = %+v, %v, want the language %q alone", path, got, ok, want)
		}
	}
}

func TestLoanAddressesOfOtherPeopleAreRead(t *testing.T) {
	s := newSite(t)
	for _, raw := range []string{
		"https://loans.example/of/ours/lend/100000", "http://loans.example/of/ours/lend/100000", "HTTPS://LOANS.Example/of/ours/lend/100000",
		"https://loans.example:443/of/ours/lend/100000", "http://loans.example:80/of/ours/lend/100000", "https://loans.example/of/ours/lend/100000/",
		"https://loans.example/of/ours/lend/100000.html", "https://loans.example/of/ours/lend/100000?app_id=org.x.y#top",
		"http://www.kiva.org/lend/100000", "https://www.kiva.org/lend/100000/", "http://kiva.org:8080/lend/100000",
	} {
		a, err := s.ParseLoanURL(raw)
		if err != nil || a != (Address{Kind: Loan, ID: 100000}) {
			t.Errorf("ParseLoanURL(%q) = %+v, %v", raw, a, err)
		}
	}
}

func TestLoanAddressesThatAreNotOursAreRefused(t *testing.T) {
	s := newSite(t)
	for _, raw := range []string{
		"", "lend/100000", "/of/ours/lend/100000", "//loans.example/of/ours/lend/100000", "ftp://loans.example/of/ours/lend/100000", "javascript:alert(1)",
		"https://evilloans.example/of/ours/lend/100000", "https://loans.example.evil.example/of/ours/lend/100000", "https://loans.example./of/ours/lend/100000",
		"https://user@loans.example/of/ours/lend/100000", "https://loans.example@evil.example/of/ours/lend/100000", "https://loans.example:8443/of/ours/lend/100000",
		"http://loans.example:443/of/ours/lend/100000", "https://loans.example/lend/100000", "https://www.kiva.org/of/ours/lend/100000", "http://kiva.org/lend/100000",
		"https://loans.example/of/ours/lend/1/../100000", "https://loans.example/of/ours/lend%2F100000", "https://loans.example/of/ours/lend/%2E%2E",
		`https://loans.example\of/ours/lend/100000`, "https://loans.example/of/ours/embed/100000", "https://loans.example/of/ours/lend/" + strings.Repeat("1", 30),
		"https://loans.example/of/ours/lend/100000\n", "https://loans.example/of/ours/lend/1" + strings.Repeat("?", 3000),
	} {
		if a, err := s.ParseLoanURL(raw); !errors.Is(err, ErrNotLoan) {
			t.Errorf("ParseLoanURL(%q) = %+v, %v, want ErrNotLoan", raw, a, err)
		}
	}
}

func TestDiscovery(t *testing.T) {
	s := newSite(t, func(c *Config) { c.OEmbed = "https://loans.example/of/ours/services/oembed" })
	json, xml := s.Discovery(Address{Kind: Widget, ID: 5})
	want := "https://loans.example/of/ours/services/oembed?url=https%3A%2F%2Floans.example%2Fof%2Fours%2Flend%2F5&format="
	if json != want+"json" || xml != want+"xml" {
		t.Errorf("with an endpoint: %q, %q", json, xml)
	}
	json, xml = newSite(t).Discovery(Address{Kind: Loan, ID: 5})
	if json != "https://loans.example/of/ours/services/oembed/lend/5.json" || xml != "https://loans.example/of/ours/services/oembed/lend/5.xml" {
		t.Errorf("with static answers: %q, %q", json, xml)
	}
	s = newSite(t, func(c *Config) { c.Languages = []string{"en", "es"} })
	json, xml = s.Discovery(Address{Kind: Loan, Language: "es", ID: 5})
	if json != "https://loans.example/of/ours/es/services/oembed/lend/5.json" || xml != "https://loans.example/of/ours/es/services/oembed/lend/5.xml" {
		t.Errorf("with static answers in Spanish: %q, %q", json, xml)
	}
}

// TestSchemes holds that the patterns are those of addresses that are read, in
// every language, and that only our own host's are called our own.
func TestSchemes(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Languages = []string{"en", "es"} })
	own, aliases := s.Schemes()
	if len(own) != 36 || len(aliases) != 8 {
		t.Fatalf("%d of our own and %d of aliases, want 36 and 8: %q, %q", len(own), len(aliases), own, aliases)
	}
	own, lists := own[:4], own[4:]
	for _, pattern := range lists {
		for _, name := range []string{"x", "kh", "7"} { // a sector, a country, a partner
			if a, err := s.ParseListURL(strings.Replace(pattern, "*", name, 1)); err == nil {
				pattern = ""
				if !a.Kind.Embeddable() {
					t.Errorf("%s: %+v", pattern, a)
				}
			}
		}
		if pattern != "" {
			t.Errorf("%s is the pattern of no list", pattern)
		}
	}
	for i, pattern := range slices.Concat(own, aliases) {
		address, ok := strings.CutSuffix(pattern, "/lend/*")
		if !ok || strings.Contains(address, "*") {
			t.Errorf("%s has a wildcard elsewhere than at its end", pattern)
		}
		if a, err := s.ParseLoanURL(address + "/lend/7"); err != nil || a.ID != 7 || a.Language != "" && !strings.HasSuffix(address, "/"+a.Language) {
			t.Errorf("%s: %+v, %v", pattern, a, err)
		}
		if ours := strings.Contains(pattern, "://loans.example/of/ours/"); ours != (i < len(own)) {
			t.Errorf("%s: ours is %v", pattern, ours)
		}
	}
}

func TestEndpointFormat(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{"/of/ours/services/oembed": "", "/of/ours/services/oembed/": "", "/of/ours/services/oembed.json": "json", "/of/ours/services/oembed.xml": "xml"} {
		if got, ok := s.EndpointFormat(path); !ok || got != want {
			t.Errorf("EndpointFormat(%q) = %q, %v", path, got, ok)
		}
	}
	for _, path := range []string{"/services/oembed", "/of/ours/services/oembed.txt", "/of/ours/services/oembed/lend/5.json", "/of/ours/services"} {
		if got, ok := s.EndpointFormat(path); ok {
			t.Errorf("EndpointFormat(%q) = %q, want a refusal", path, got)
		}
	}
}

func TestPictures(t *testing.T) {
	pattern := newSite(t, func(c *Config) { c.Images = "http://www.kiva.org/img/<size>/<id>.jpg" })
	if p, ok := pattern.Picture(7, "s300"); !ok || p != (Picture{"http://www.kiva.org/img/s300/7.jpg", 300, 300}) {
		t.Errorf("a square of a pattern: %+v, %v", p, ok)
	}
	if p, ok := pattern.Picture(7, "w450h360"); !ok || p.Width != 0 {
		t.Errorf("a picture that fits inside has no known size: %+v, %v", p, ok)
	}
	served := newSite(t, func(c *Config) { c.Images, c.Gallery = ServedImages, gallery{} })
	if p, ok := served.Picture(7, "w450h360"); !ok || p != (Picture{"https://loans.example/of/ours/img/w450h360/7.jpg", 300, 200}) {
		t.Errorf("a served picture: %+v, %v", p, ok)
	}
	if _, ok := served.Picture(404, "s300"); ok {
		t.Error("a served picture that is not there was minted")
	}
	if size, id, ok := served.ParsePicturePath("/of/ours/img/w450h360/7.jpg"); !ok || size != "w450h360" || id != 7 {
		t.Errorf("ParsePicturePath = %q, %d, %v", size, id, ok)
	}
	for _, path := range []string{"/img/s300/7.jpg", "/of/ours/img/s0/7.jpg", "/of/ours/img/s99999/7.jpg", "/of/ours/img/s300/0.jpg", "/of/ours/img/s300/7.png", "/of/ours/img/../7.jpg"} {
		if _, _, ok := served.ParsePicturePath(path); ok {
			t.Errorf("ParsePicturePath(%q) was read", path)
		}
	}
}

func TestLendURL(t *testing.T) {
	s := newSite(t, func(c *Config) { c.LendURL, c.AppID = "https://www.kiva.org/lend/<id>", "org.loans.example" })
	if got, _ := s.LendURL(5); got != "https://www.kiva.org/lend/5?app_id=org.loans.example" {
		t.Error(got)
	}
	if _, ok := newSite(t).LendURL(5); ok {
		t.Error("a target without one being configured")
	}
}

func TestConfigIsChecked(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"no base":             {func(c *Config) { c.BaseURL = "" }, "base_url"},
		"base without scheme": {func(c *Config) { c.BaseURL = "loans.example" }, "https://loans.example"},
		"base with query":     {func(c *Config) { c.BaseURL = "https://loans.example/?x" }, "query"},
		"base with user":      {func(c *Config) { c.BaseURL = "https://me@loans.example/" }, "user"},
		"no name":             {func(c *Config) { c.Name = " " }, "name"},
		"a colour by name":    {func(c *Config) { c.Colour = "teal;x:y" }, "colours"},
		"unknown language":    {func(c *Config) { c.Languages = []string{"tlh"} }, "tlh"},
		"language twice":      {func(c *Config) { c.Languages = []string{"en", "en"} }, "twice"},
		"pattern without id":  {func(c *Config) { c.Images = "https://x.example/<size>.jpg" }, "<id>"},
		"served, no gallery":  {func(c *Config) { c.Images = ServedImages }, "pictures"},
		"base of no host":     {func(c *Config) { c.BaseURL = "https://a\u0378.example" }, "base_url"},
		"alias of no host":    {func(c *Config) { c.Aliases = []string{"a\u0378.example"} }, "aliases"},
		"alias with path":     {func(c *Config) { c.Aliases = []string{"kiva.org/lend"} }, "aliases"},
		"endpoint":            {func(c *Config) { c.OEmbed = "dynamic" }, "oembed.endpoint"},
		"footer script":       {func(c *Config) { c.Links = []Link{{"x", "javascript:alert(1)"}} }, "javascript"},
		"edit without path":   {func(c *Config) { c.EditURL = "https://x.example/edit" }, "<path>"},
		"edit by a script":    {func(c *Config) { c.EditURL = "javascript:<path>" }, "edit_url"},
		"redirect of a loan":  {func(c *Config) { c.Redirects = map[string]string{"/lend/5": "/docs/"} }, "/lend/5"},
		"redirect of a query": {func(c *Config) { c.Redirects = map[string]string{"/docs/a?b": "/docs/"} }, "is not a path"},
		"redirect to nowhere": {func(c *Config) { c.Redirects = map[string]string{"/old": "/lend/x"} }, "no address of the site"},
		"redirect to script":  {func(c *Config) { c.Redirects = map[string]string{"/old": "javascript:alert(1)"} }, "javascript"},
		"redirect to a host":  {func(c *Config) { c.Redirects = map[string]string{"/old": "//evil.example"} }, "evil"},
		"footer other host":   {func(c *Config) { c.Links = []Link{{"x", "//evil.example"}} }, "evil"},
	} {
		config := Config{BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en"}, Images: NoImages, OEmbed: Static}
		c.change(&config)
		if _, err := New(config); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want a word of %q", name, err, c.want)
		}
	}
}

// FuzzResolve holds that whatever is read is minted into an address that is
// read as the same, and that its file stays inside the folder of a build.
func FuzzResolve(f *testing.F) {
	for _, seed := range []string{"/of/ours/lend/100000", "/of/ours/sector/a%C3%B1il/page/2", "/of/ours/lend/5.html/", "/of/ours/%2e%2e/lend/5", "/of/ours/services/oembed/lend/5.xml", "/of/ours/404", "/of/ours/feeds/newest.rss", "/of/ours/feeds/country/kh.atom", "/of/ours/feeds/sector/a%C3%B1il.json", "/of/ours/docs/gu%C3%ADas/1.2", "/of/ours/docs/", "/of/ours/legal/terms", "/of/ours/sitemap/pages.xml", "/of/ours/docs/gu%C3%ADas/1.2.md", "/of/ours/docs/index.md", "/of/ours/docs/404", "/of/ours/llms-full.txt", "/of/ours/feeds/docs.rss", "/of/ours/km/docs/a", "/of/ours/pt-BR/about", "/of/ours/embed/newest", "/of/ours/embed/country/kh", "/of/ours/embed/sector/a%C3%B1il.html", "/of/ours/embed/partners/67", "/of/ours/services/oembed/newest.json", "/of/ours/services/oembed/sector/a%C3%B1il.xml"} {
		f.Add(seed)
	}
	s := newSite(f)
	f.Fuzz(func(t *testing.T, path string) {
		a, ok := s.Resolve(path)
		if !ok {
			return
		}
		again, ok := s.Resolve(s.Path(a))
		if !ok || again != a {
			t.Fatalf("%q is read as %+v, minted as %q, read back as %+v, %v", path, a, s.Path(a), again, ok)
		}
		for _, segment := range strings.Split(s.File(a), "/") {
			if segment == "" || segment == "." || segment == ".." || len(segment) > 255 || strings.ContainsAny(segment, "\x00\\") {
				t.Fatalf("%q is written to %q", path, s.File(a))
			}
		}
	})
}

// FuzzParseLoanURL holds that only addresses of our hosts are taken, and that
// the loan's own address is read as the same loan.
func FuzzParseLoanURL(f *testing.F) {
	for _, seed := range []string{"https://loans.example/of/ours/lend/100000", "http://WWW.kiva.org:80/lend/5/?a#b", "https://loans.example@evil.example/lend/1", "http://[::1]/lend/1", "https:loans.example"} {
		f.Add(seed)
	}
	s := newSite(f)
	f.Fuzz(func(t *testing.T, raw string) {
		a, err := s.ParseLoanURL(raw)
		if err != nil {
			return
		}
		lower := strings.ToLower(raw)
		if rest := lower[strings.Index(lower, "://")+3:]; !strings.HasPrefix(rest, "loans.example") && !strings.HasPrefix(rest, "www.kiva.org") && !strings.HasPrefix(rest, "kiva.org:8080") {
			t.Fatalf("%q was taken", raw)
		}
		if again, err := s.ParseLoanURL(s.URL(a)); err != nil || again != a {
			t.Fatalf("%q: %q is read back as %+v, %v", raw, s.URL(a), again, err)
		}
	})
}
