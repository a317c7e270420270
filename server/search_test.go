package server_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/server/httpscript"
	"loanleaf/site"
	"loanleaf/store"
)

// searchableStore is the embedded sample with a search index.
func searchableStore(t *testing.T) *store.Store {
	t.Helper()
	loans := sampleStore(t)
	if err := loans.MakeSearchable(t.Context(), filepath.Join(t.TempDir(), "search.sqlite")); err != nil {
		t.Fatal(err)
	}
	return loans
}

func TestSearch(t *testing.T) {
	loans := searchableStore(t)
	httpscript.Test(t, "testdata/search/*.txt", func(t *testing.T) http.Handler {
		config := pathConfig(t, loans)
		config.Site = config.Site.WithSearch()
		web, err := server.New(config)
		if err != nil {
			t.Fatal(err)
		}
		return web
	})
}

// searchableInEveryLanguage is the sample in all languages, with search.
func searchableInEveryLanguage(t *testing.T) (*site.Site, http.Handler) {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages,
	})
	if err != nil {
		t.Fatal(err)
	}
	s = s.WithSearch()
	web, err := server.New(server.Config{Site: s, Source: searchableStore(t), DataDate: dataDate})
	if err != nil {
		t.Fatal(err)
	}
	return s, web
}

func TestEveryLanguageFindsACountryByItsOwnNameAndInEnglish(t *testing.T) {
	s, web := searchableInEveryLanguage(t)
	for tag, c := range map[string]struct{ typed, count string }{
		"en": {"Kenya", "4 loans"}, "es": {"kenia", "4 préstamos"}, "fr": {"KENYA", "4 prêts"}, "ar": {"كينيا", "4 قروض"},
	} {
		for _, typed := range []string{c.typed, "kenya"} {
			document, header := askPage(t, web, s.Path(site.Address{Kind: site.Search, Language: tag, Query: typed}))
			if header.Get("Content-Language") != tag {
				t.Errorf("%s: Content-Language %q", tag, header.Get("Content-Language"))
			}
			count, switches := "", map[string]string{}
			for n := range document.Descendants() {
				switch {
				case n.Data == "p" && attribute(n, "class") == "intro":
					count = plainText(n)
				case n.Data == "a" && attribute(n, "hreflang") != "":
					switches[attribute(n, "hreflang")] = attribute(n, "href")
				}
			}
			if count != c.count {
				t.Errorf("%s, %s: %q, want %q", tag, typed, count, c.count)
			}
			for other, address := range switches {
				if want := s.URL(site.Address{Kind: site.Search, Language: other, Query: typed}); address != want {
					t.Errorf("%s: the switch to %s leads to %s, want %s", tag, other, address, want)
				}
			}
			if len(switches) != len(locale.Shipped())-1 {
				t.Errorf("%s: %d languages to switch to", tag, len(switches))
			}
		}
	}
}

func plainText(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// TestASearchWaitsForItsIndex asks before there is an index, and when it has come.
func TestASearchWaitsForItsIndex(t *testing.T) {
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages,
	})
	if err != nil {
		t.Fatal(err)
	}
	loans := sampleStore(t)
	web, err := server.New(server.Config{Site: s.WithSearch(), Source: loans, DataDate: dataDate})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(target string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		web.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, target, nil))
		return w
	}
	targets := []string{"/search", "/search?q=kenya", "/search?q=kenya&page=3", "/es/search?q=kenya", "/fr/search?q=kenya", "/ar/search?q=kenya"}
	for i, target := range targets {
		w := ask(target)
		language, _ := locale.Get([]string{"en", "en", "en", "es", "fr", "ar"}[i])
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "10" || w.Header().Get("Cache-Control") != "no-store" ||
			w.Header().Get("ETag") != "" || w.Header().Get("Content-Language") != language.Tag {
			t.Errorf("%s: status %d, %v", target, w.Code, w.Header())
		}
		if body := w.Body.String(); !strings.Contains(body, html.EscapeString(language.Words.FindWaiting)) || !strings.Contains(body, `type="search"`) {
			t.Errorf("%s says neither that it waits, nor has it a box: %s", target, body)
		}
	}
	if w := ask("/lend/100001"); w.Code != http.StatusOK {
		t.Errorf("a page that is no search: status %d", w.Code)
	}
	if err := loans.MakeSearchable(t.Context(), filepath.Join(t.TempDir(), "search.sqlite")); err != nil {
		t.Fatal(err)
	}
	for _, target := range targets[:2] {
		if w := ask(target); w.Code != http.StatusOK || w.Header().Get("Retry-After") != "" {
			t.Errorf("%s, with an index: status %d", target, w.Code)
		}
	}
}

// TestHostileQueriesGetAPage: whatever is asked, the answer is a page, made of
// the same elements as that of a calm query that finds nothing.
func TestHostileQueriesGetAPage(t *testing.T) {
	_, web := searchableInEveryLanguage(t)
	shape := func(raw string) string {
		w := httptest.NewRecorder()
		web.ServeHTTP(w, &http.Request{Method: http.MethodGet, URL: &url.URL{Path: "/search", RawQuery: raw}, Header: http.Header{}})
		if w.Code != http.StatusOK {
			t.Errorf("%.60q: %d", raw, w.Code)
		}
		document, err := html.Parse(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		var elements []string
		for n := range document.Descendants() {
			if n.Type == html.ElementNode {
				elements = append(elements, n.Data)
			}
		}
		return strings.Join(elements, " ")
	}
	nothing, box := shape("q=xyzzy"), shape("")
	if nothing == box {
		t.Fatal("nothing found looks like nothing asked")
	}
	for _, typed := range []string{
		strings.Repeat("x", 10<<10), strings.Repeat("x y ", 10<<8), `"`, `*`, `x*`, `-xyzzy`, `xyzzy OR zzz`, `NEAR(xyzzy zzz, 2)`, `xyzzy"*`, `'; DROP TABLE term; --`, `%`, `\`,
		"\u202exyzzy\u202c", "😀", "👩‍👩‍👧", "<b>zzz", `"><script>alert(1)</script>`, "&lt;", "{{.}}", "x\x00zzz", "zzz\xff", "999999999999999999999999", "0", "-1", "https://evil.example/lend/1",
	} {
		if got := shape("q=" + url.QueryEscape(typed)); got != nothing {
			t.Errorf("%.60q changes what the page is made of:\n%s\n%s", typed, got, nothing)
		}
	}
	for _, raw := range []string{"q=%zz", "q", "q=", "q=%00", "q=%FF%FE", "q=%E2%80%AE", ";", "page=2", "Q=mai", "q=a;b"} {
		if got := shape(raw); got != box {
			t.Errorf("%q: not the box alone", raw)
		}
	}
}

// unsearchable is a source that cannot be searched, though its site says so.
type unsearchable struct{ server.Source }

// brokenSearch is a source whose index cannot be read.
type brokenSearch struct{ server.Source }

func (brokenSearch) Search(context.Context, kiva.Query) (kiva.Found, error) {
	return kiva.Found{}, store.ErrDamaged
}

func TestASearchThatFailsIsAFaultOfOurs(t *testing.T) {
	for name, source := range map[string]server.Source{
		"no finder": unsearchable{sampleStore(t)}, "damaged": brokenSearch{sampleStore(t)},
	} {
		config := pathConfig(t, sampleStore(t))
		config.Site, config.Source = config.Site.WithSearch(), source
		web, err := server.New(config)
		if err != nil {
			t.Fatal(err)
		}
		if got := ask(t, web, "/of/ours/search?q=mai"); got.code != http.StatusInternalServerError || strings.Contains(got.body, "index") {
			t.Errorf("%s: %d %q", name, got.code, got.body)
		}
	}
}
