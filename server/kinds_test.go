package server_test

import (
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/server"
	"loanleaf/site"
)

var update = flag.Bool("update", false, "write testdata/headers.txt anew")

// kind is an example of each kind of answer, of which page.Headers and what is
// around it have something to say.
type kind struct{ name, method, path string }

// kinds are all of them, by name. Paths are below /of/ours, but for those that
// begin with //.
var kinds = []kind{
	{"asset", "GET", "STYLE"},
	{"badge", "GET", "/badge/100001.svg"},
	{"badge, of a list", "GET", "/badge/country/kh.svg"},
	{"card, drawn", "GET", "/card/100001.png"},
	{"card, kept", "GET", "/card/100001.png"},
	{"card, of a list", "GET", "/card/country/kh.png"},
	{"card, of a list that is not there", "GET", "/card/country/zz.png"},
	{"card, of a loan that is not there", "GET", "/card/1.png"},
	{"card, of the site", "GET", "/card/site.png"},
	{"document", "GET", "/docs/guides/first"},
	{"document, missing", "GET", "/docs/none"},
	{"document, moved", "GET", "/docs/old"},
	{"document, text", "GET", "/docs/guides/first.md"},
	{"embed page", "GET", "/embed/"},
	{"favicon", "GET", "/favicon.ico"},
	{"feed, Atom", "GET", "/feeds/newest.atom"},
	{"feed, JSON", "GET", "/feeds/newest.json"},
	{"feed, RSS", "GET", "/feeds/newest.rss"},
	{"health", "GET", "//healthz"},
	{"index of documents", "GET", "/search/docs.json"},
	{"list", "GET", "/country/kh/"},
	{"list, moved", "GET", "/country/kh"},
	{"list widget", "GET", "/embed/country/kh"},
	{"llms.txt", "GET", "/llms.txt"},
	{"loan", "GET", "/lend/100001"},
	{"loan, missing", "GET", "/lend/1"},
	{"measures", "GET", "//metrics"},
	{"method that does not read", "DELETE", "/lend/100001"},
	{"nothing", "GET", "/nothing/at/all"},
	{"oEmbed, JSON", "GET", oembedPath("json")},
	{"oEmbed, JSONP", "GET", oembedPath("jsonp&jsonp=show")},
	{"oEmbed, XML", "GET", oembedPath("xml")},
	{"oEmbed, bad request", "GET", "/services/oembed?format=json"},
	{"oEmbed, format that there is not", "GET", oembedPath("yaml")},
	{"oEmbed, method that does not read", "POST", oembedPath("json")},
	{"oEmbed, missing", "GET", "/services/oembed?url=https://loans.example/of/ours/lend/1&format=json"},
	{"oEmbed, options", "OPTIONS", oembedPath("json")},
	{"oEmbed, preview", "GET", oembedPath("preview")},
	{"oEmbed, private", "GET", "/services/oembed?url=https://loans.example/of/ours/lend/100002&format=json"},
	{"oEmbed, static", "GET", "/services/oembed/lend/100001.json"},
	{"picture", "GET", "/img/w450h360/100001.jpg"},
	{"picture, in an odd size", "GET", "/img/w77/100001.jpg"},
	{"picture, missing", "GET", "/img/w450h360/1.jpg"},
	{"providers", "GET", "/services/oembed/providers.json"},
	{"ready", "GET", "//readyz"},
	{"robots.txt", "GET", "/robots.txt"},
	{"search", "GET", "/search?q=vietnam"},
	{"search, one too many", "GET", "/search?q=kenya"},
	{"sitemap", "GET", "/sitemap.xml"},
	{"script for other pages", "GET", "/loan-card.js"},
	{"try page", "GET", "/services/oembed/try?url=https://loans.example/of/ours/lend/100001"},
	{"widget", "GET", "/embed/100001"},
	{"widget, missing", "GET", "/embed/1"},
}

func oembedPath(format string) string {
	return "/services/oembed?url=https://loans.example/of/ours/lend/100001&format=" + format
}

// everyKind answers for all kinds, the first search being the last that is
// allowed.
func everyKind(t *testing.T) http.Handler {
	t.Helper()
	at := newClock()
	limits := server.CostlyLimits()
	limits.Searches = 1
	o := server.Operation{Now: at.Now, Limits: &limits, Metrics: server.NewMetrics("test", at.Now)}
	web := server.Open(o)
	config := pathConfig(t, searchableStore(t))
	made, err := site.New(site.Config{
		BaseURL: "https://loans.example/of/ours", Name: "Loans", Languages: []string{"en", "es"},
		Images: site.ServedImages, Gallery: drawings{}, OEmbed: "https://loans.example/of/ours/services/oembed",
	})
	if err != nil {
		t.Fatal(err)
	}
	config.Site, config.Documents = made.WithSearch(), documentsOf(t, made)
	config.Modified = at.Now()
	picture := config.Picture
	config.Picture = func(size string, id int64) ([]byte, error) {
		if id == 1 {
			return nil, kiva.ErrNotFound
		}
		return picture(size, id)
	}
	config.Private = func(id int64) bool { return id == 100002 }
	web.Reload(config)
	measures := server.Measures(o.Metrics)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/metrics" {
			measures.ServeHTTP(w, r)
			return
		}
		web.ServeHTTP(w, r)
	})
}

// ask gives the answer to a kind, asked for with more headers.
func (k kind) ask(web http.Handler, style string, headers http.Header) *httptest.ResponseRecorder {
	path := "/of/ours" + k.path
	if k.path == "STYLE" {
		path = style
	} else if below, ok := strings.CutPrefix(k.path, "//"); ok {
		path = "/" + below
	}
	r := httptest.NewRequest(k.method, path, nil)
	for name, values := range headers {
		r.Header[name] = values
	}
	if host := headers.Get("Host"); host != "" {
		r.Host = host
	}
	w := httptest.NewRecorder()
	web.ServeHTTP(w, r)
	return w
}

// styleOf is the address of the stylesheet, whose name has a hash in it.
func styleOf(t *testing.T, web http.Handler) string {
	t.Helper()
	w := httptest.NewRecorder()
	web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/of/ours/embed/", nil))
	style := regexp.MustCompile(`/of/ours/assets/site\.\w+\.css`).FindString(w.Body.String())
	if style == "" {
		t.Fatal("no stylesheet is found")
	}
	return style
}

// vary are the parts of headers that change with what pages say.
var vary = regexp.MustCompile(`(?m)^(Content-Length|Etag): .+$|'sha256-[\w+/=]+'`)

// TestHeadersOfEveryKind holds what a client is told of each kind of answer to
// testdata/headers.txt, which reads like what curl -sI prints.
func TestHeadersOfEveryKind(t *testing.T) {
	const golden = "testdata/headers.txt"
	web := everyKind(t)
	style := styleOf(t, web)
	var said strings.Builder
	for _, k := range kinds {
		w := k.ask(web, style, nil)
		fmt.Fprintf(&said, "# %s\n%s %s\n%d %s\n", k.name, k.method, k.path, w.Code, http.StatusText(w.Code))
		for _, name := range slices.Sorted(maps.Keys(w.Header())) {
			for _, value := range w.Header()[name] {
				fmt.Fprintf(&said, "%s: %s\n", name, value)
			}
		}
		said.WriteByte('\n')
		h := w.Header()
		policy := h.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("%s: the policy is %q", k.name, policy)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") == "" {
			t.Errorf("%s: %q", k.name, h)
		}
		widget := strings.Contains(k.name, "widget")
		if framed := !strings.Contains(policy, "frame-ancestors 'none'") && !strings.Contains(policy, "frame-ancestors 'self'"); framed != widget {
			t.Errorf("%s: that others may frame it is %v", k.name, framed)
		}
		if widget && h.Get("X-Frame-Options") != "" {
			t.Errorf("%s may not be framed: %q", k.name, h)
		}
		for _, name := range []string{"Set-Cookie", "Server", "X-Powered-By"} {
			if h.Get(name) != "" {
				t.Errorf("%s says %s", k.name, name)
			}
		}
	}
	got := vary.ReplaceAllStringFunc(said.String(), func(found string) string {
		if name, _, ok := strings.Cut(found, ": "); ok {
			return name + ": …"
		}
		return "'sha256-…'"
	})
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s says otherwise (-update writes it):\n%s", golden, diff)
	}
}

// TestNoAnswerDependsOnWhatARequestSaysOfTheHost asks for every kind as a cache
// is poisoned: with a host, and with headers of proxies, that nobody trusts.
func TestNoAnswerDependsOnWhatARequestSaysOfTheHost(t *testing.T) {
	const evil = "evil.example"
	hostile := http.Header{
		"Host": {evil}, "X-Forwarded-Host": {evil}, "X-Forwarded-Proto": {"gopher"}, "X-Forwarded-Port": {"6666"}, "X-Forwarded-Prefix": {"/" + evil},
		"X-Forwarded-Server": {evil}, "X-Host": {evil}, "X-Original-Url": {"/" + evil}, "X-Rewrite-Url": {"/" + evil}, "Forwarded": {"host=" + evil + ";proto=gopher"},
		"Referer": {"https://" + evil + "/"}, "Origin": {"https://" + evil}, "X-Http-Method-Override": {"DELETE"},
	}
	plain, asked := everyKind(t), everyKind(t)
	style := styleOf(t, plain)
	for _, k := range kinds {
		want, got := k.ask(plain, style, nil), k.ask(asked, style, hostile)
		if got.Code != want.Code {
			t.Errorf("%s: answered with %d, and without those headers with %d", k.name, got.Code, want.Code)
		}
		if diff := cmp.Diff(want.Header(), got.Header()); diff != "" && k.name != "measures" {
			t.Errorf("%s: headers differ:\n%s", k.name, diff)
		}
		if k.name != "measures" && got.Body.String() != want.Body.String() {
			t.Errorf("%s: bodies differ", k.name)
		}
		if said := fmt.Sprint(got.Header()) + got.Body.String(); strings.Contains(said, "evil") || strings.Contains(said, "gopher") || strings.Contains(said, "6666") {
			t.Errorf("%s repeats what a request said of the host", k.name)
		}
	}
}

// TestNothingThatWasAskedIsSaidAgainUnescaped puts markup into every path and
// every query.
func TestNothingThatWasAskedIsSaidAgainUnescaped(t *testing.T) {
	const markup, escaped = `"><svg onload=quill>`, `%22%3E%3Csvg%20onload=quill%3E`
	web := everyKind(t)
	style := styleOf(t, web)
	check := func(k kind) {
		w := k.ask(web, style, nil)
		if strings.Contains(fmt.Sprint(w.Header())+w.Body.String(), "<svg onload=quill") {
			t.Errorf("%s is said again as markup", k.path)
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain") && strings.Contains(w.Body.String(), "quill") {
			t.Errorf("%s is said again in a sentence: %s", k.path, w.Body)
		}
	}
	for _, k := range kinds {
		if k.path == "STYLE" {
			continue
		}
		path, query, _ := strings.Cut(k.path, "?")
		check(kind{k.name, k.method, path + escaped + "?" + query})
		check(kind{k.name, k.method, path + "/" + escaped + "?" + query})
		for _, name := range []string{"q", "url", "format", "jsonp", "loan", "maxwidth", "page"} {
			check(kind{k.name, k.method, path + "?" + name + "=" + escaped})
		}
	}
	w := kind{"", "GET", "/search?q=" + escaped}.ask(everyKind(t), style, nil)
	if !strings.Contains(w.Body.String(), "&lt;svg onload=quill") {
		t.Errorf("what was searched is not even said escaped, so this test looks for the wrong thing: %q", markup)
	}
}

// TestTheEndpointSendsNoRequest names an address of a server that listens.
func TestTheEndpointSendsNoRequest(t *testing.T) {
	listening := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a request goes out")
	}))
	defer listening.Close()
	web := everyKind(t)
	for _, path := range []string{
		"/services/oembed?format=json&url=" + listening.URL + "/lend/100001", "/services/oembed?format=preview&url=" + listening.URL,
		"/services/oembed/try?url=" + listening.URL + "/lend/100001", "/embed/?loan=" + listening.URL + "/lend/100001",
	} {
		kind{"", "GET", path}.ask(web, "", nil)
	}
}

// TestEveryKindOfAnswerHasHeaders: the table of package page has a row for each
// kind that an address leads to.
func TestEveryKindOfAnswerHasHeaders(t *testing.T) {
	for k := page.AssetFile; k <= page.WidgetDocument; k++ {
		names := map[string]bool{}
		for _, header := range page.Headers(k, page.Policies{Page: "p", Widget: "w", Embed: "e", Preview: "v"}) {
			if header.Value == "" || names[header.Name] {
				t.Errorf("kind %d: %s is %q", k, header.Name, header.Value)
			}
			names[header.Name] = true
		}
		if !names["Cache-Control"] || !names["Content-Security-Policy"] {
			t.Errorf("kind %d has %v", k, names)
		}
	}
	for k := site.Home; k <= site.Favicon; k++ {
		if answer := page.AnswerTo(site.Address{Kind: k}); answer > page.WidgetDocument {
			t.Errorf("an address of kind %d is answered by kind %d", k, answer)
		}
	}
}
