package server_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"loanleaf/server"
	"loanleaf/server/limit"
)

// clock is a clock that a test sets.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// operated is a server of the sample under a path, run as an operation says.
func operated(t *testing.T, o server.Operation) *server.Server {
	t.Helper()
	web := server.Open(o)
	config := pathConfig(t, searchableStore(t))
	config.Site = config.Site.WithSearch()
	web.Reload(config)
	return web
}

// asks is a request of one client.
func asks(web http.Handler, client, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = client
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	web.ServeHTTP(w, r)
	return w.Result()
}

const (
	oneClient   = "203.0.113.7:4711"
	otherClient = "[2001:db8:1:2::7]:4711"
	oembedQuery = "/of/ours/services/oembed?url=https://loans.example/of/ours/lend/100001&format="
)

// field is a header by the name that is on the wire, which Go would spell
// otherwise.
func field(r *http.Response, name string) string { return strings.Join(r.Header[name], ", ") }

func TestWhatIsCostlyIsLimitedByDefault(t *testing.T) {
	limits := server.CostlyLimits()
	limits.Cards, limits.Pictures, limits.Searches, limits.Trials = 3, 3, 3, 3
	for _, family := range []struct {
		name, policy string
		path         func(n int) string
	}{
		{"cards that have to be drawn", "cards", func(n int) string { return "/of/ours/card/" + strconv.Itoa(100001+n) + "-600.png" }},
		{"pictures in odd sizes", "pictures", func(n int) string { return "/of/ours/img/w" + strconv.Itoa(30+n) + "/100001.jpg" }},
		{"searches", "search", func(n int) string { return "/of/ours/search?q=a" + strconv.Itoa(n) }},
		{"trials", "try", func(n int) string { return "/of/ours/services/oembed/try?url=x" + strconv.Itoa(n) }},
		{"previews", "try", func(n int) string { return oembedQuery + "preview&maxwidth=" + strconv.Itoa(300+n) }},
	} {
		t.Run(family.name, func(t *testing.T) {
			at := newClock()
			web := operated(t, server.Operation{Now: at.Now, Limits: &limits})
			for n := range 3 {
				got := asks(web, oneClient, family.path(n))
				if got.StatusCode >= 400 && got.StatusCode != http.StatusNotFound {
					t.Fatalf("request %d is answered with %d", n, got.StatusCode)
				}
				if field(got, "X-RateLimit-Specific-Limit") != "3" || field(got, "X-RateLimit-Specific-Remaining") != strconv.Itoa(2-n) || field(got, "X-RateLimit-Overall-Limit") != "" {
					t.Errorf("request %d: %q", n, got.Header)
				}
				if want := `"` + family.policy + `";q=3;w=60`; field(got, "RateLimit-Policy") != want {
					t.Errorf("the policy is %q, want %q", field(got, "RateLimit-Policy"), want)
				}
				if want := `"` + family.policy + `";r=` + strconv.Itoa(2-n) + `;t=65`; field(got, "RateLimit") != want {
					t.Errorf("what is left is %q, want %q", field(got, "RateLimit"), want)
				}
				if caching := got.Header.Get("Cache-Control"); strings.Contains(caching, "public") || strings.Contains(caching, "s-maxage") {
					t.Errorf("an answer with one client's figures says %q", caching)
				}
			}
			got := asks(web, oneClient, family.path(3))
			if got.StatusCode != http.StatusTooManyRequests || got.Header.Get("Retry-After") != "65" || got.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("one too many: %d %q", got.StatusCode, got.Header)
			}
			if got := asks(web, otherClient, family.path(3)); got.StatusCode == http.StatusTooManyRequests {
				t.Error("another client is refused as well")
			}
			if got := asks(web, oneClient, "/of/ours/lend/100001"); got.StatusCode != http.StatusOK || named(got.Header, "RateLimit") != nil || !strings.HasPrefix(got.Header.Get("Cache-Control"), "public") {
				t.Errorf("what is not costly: %d %q", got.StatusCode, got.Header)
			}
			at.forward(65 * time.Second)
			if got := asks(web, oneClient, family.path(4)); got.StatusCode == http.StatusTooManyRequests {
				t.Error("refused after the time that Retry-After said")
			}
		})
	}
}

// TestACardThatIsKeptIsNobodysOwn lets caches in front of the server keep cards
// all the same.
func TestACardThatIsKeptIsNobodysOwn(t *testing.T) {
	web := operated(t, server.Operation{Limits: &server.Limits{Cards: 1}})
	const card = "/of/ours/card/100001-600.png"
	if got := asks(web, oneClient, card); !strings.HasPrefix(got.Header.Get("Cache-Control"), "private") {
		t.Errorf("the first: %q", got.Header)
	}
	for range 5 {
		got := asks(web, oneClient, card)
		if got.StatusCode != http.StatusOK || named(got.Header, "RateLimit") != nil || !strings.HasPrefix(got.Header.Get("Cache-Control"), "public") {
			t.Errorf("the same again: %d %q", got.StatusCode, got.Header)
		}
	}
}

func TestEverythingIsLimitedWhereThatIsAskedFor(t *testing.T) {
	web := operated(t, server.Operation{Now: newClock().Now, Limits: &server.Limits{Overall: 4, Searches: 9}})
	got := asks(web, oneClient, "/of/ours/search?q=a")
	if field(got, "X-RateLimit-Overall-Limit") != "4" || field(got, "X-RateLimit-Overall-Remaining") != "3" || field(got, "X-RateLimit-Specific-Remaining") != "8" ||
		field(got, "RateLimit") != `"overall";r=3;t=65, "search";r=8;t=65` || field(got, "RateLimit-Policy") != `"overall";q=4;w=60, "search";q=9;w=60` {
		t.Errorf("both limits: %q", got.Header)
	}
	if got := asks(web, oneClient, "/of/ours/lend/100001"); got.Header.Get("Cache-Control") != "private, max-age=300" || field(got, "X-RateLimit-Overall-Remaining") != "2" {
		t.Errorf("a page: %q", got.Header)
	}
	page := asks(web, oneClient, "/of/ours/lend/100001", "If-None-Match: *")
	if page.StatusCode != http.StatusNotModified || field(page, "X-RateLimit-Overall-Remaining") != "1" {
		t.Errorf("a page that is there already: %d %q", page.StatusCode, page.Header)
	}
	asks(web, oneClient, oembedQuery+"json")
	for _, format := range []struct{ name, contentType string }{
		{"json", "application/json; charset=utf-8"}, {"xml", "text/xml; charset=utf-8"}, {"jsonp&jsonp=show", "text/javascript; charset=utf-8"}, {"preview", "text/html; charset=utf-8"},
	} {
		got := asks(web, oneClient, oembedQuery+format.name)
		if got.StatusCode != http.StatusTooManyRequests || !strings.HasPrefix(got.Header.Get("Content-Type"), strings.Split(format.contentType, ";")[0]) || got.Header.Get("Retry-After") == "" || got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %q", format.name, got.StatusCode, got.Header)
		}
	}
	if got := asks(web, oneClient, "/of/ours/lend/100001"); got.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a page is answered with %d", got.StatusCode)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if got := asks(web, oneClient, path); got.StatusCode != http.StatusOK {
			t.Errorf("%s is answered with %d", path, got.StatusCode)
		}
	}
	body := httptest.NewRecorder()
	web.ServeHTTP(body, httptest.NewRequest(http.MethodGet, "/of/ours/", nil)) // of a third client
	style := regexp.MustCompile(`/of/ours/assets/[\w.-]+\.css`).FindString(body.Body.String())
	if got := asks(web, oneClient, style); style == "" || got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Cache-Control"), "public") {
		t.Errorf("the style %q is answered with %d", style, got.StatusCode)
	}
}

// TestFiguresOfOneClientAreInNoKeptAnswer asks again for an oEmbed answer that
// is remembered.
func TestFiguresOfOneClientAreInNoKeptAnswer(t *testing.T) {
	web := operated(t, server.Operation{Now: newClock().Now, Limits: &server.Limits{Overall: 9}})
	for n := range 3 {
		if got := asks(web, oneClient, oembedQuery+"json"); field(got, "X-RateLimit-Overall-Remaining") != strconv.Itoa(8-n) {
			t.Errorf("request %d: %q", n, got.Header)
		}
	}
	if got := asks(web, otherClient, oembedQuery+"json"); field(got, "X-RateLimit-Overall-Remaining") != "8" {
		t.Errorf("another client: %q", got.Header)
	}
}

func TestTheSeedsStatusMayBeChosen(t *testing.T) {
	web := operated(t, server.Operation{Now: newClock().Now, Limits: &server.Limits{Overall: 1, Forbidden: true}})
	asks(web, oneClient, "/of/ours/")
	r := httptest.NewRequest(http.MethodGet, "/of/ours/", nil)
	r.RemoteAddr = oneClient
	r.Header.Set("Accept", "application/json")
	w := httptest.NewRecorder()
	web.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden || !strings.HasPrefix(w.Body.String(), "Rate Limit Exceeded") {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if got := asks(web, oneClient, oembedQuery+"json"); got.StatusCode != http.StatusForbidden {
		t.Errorf("oEmbed: %d", got.StatusCode)
	}
}

func TestClientsBehindProxies(t *testing.T) {
	trusted, err := limit.ParseProxies([]string{"10.0.0.0/8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name         string
		limits       server.Limits
		first, again string // X-Forwarded-For
		from         string
		refused      bool
	}{
		{"a proxy that is believed asks for two", server.Limits{Overall: 1, Proxies: trusted}, "198.51.100.1", "198.51.100.2", "10.0.0.1:1", false},
		{"and for one twice", server.Limits{Overall: 1, Proxies: trusted}, "198.51.100.1", "9.9.9.9, 198.51.100.1", "10.0.0.1:1", true},
		{"one that is not believed", server.Limits{Overall: 1, Proxies: trusted}, "198.51.100.1", "198.51.100.2", "203.0.113.1:1", true},
		{"nobody is believed by default", server.Limits{Overall: 1}, "198.51.100.1", "198.51.100.2", "127.0.0.1:1", true},
		{"one network of IPv6 is one client", server.Limits{Overall: 1, Proxies: trusted}, "2001:db8:0:1::1", "2001:db8:0:1::2", "10.0.0.1:1", true},
	} {
		var log strings.Builder
		web := operated(t, server.Operation{Now: newClock().Now, Limits: &c.limits, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		asks(web, c.from, "/of/ours/", "X-Forwarded-For: "+c.first)
		got := asks(web, c.from, "/of/ours/", "X-Forwarded-For: "+c.again)
		if refused := got.StatusCode == http.StatusTooManyRequests; refused != c.refused {
			t.Errorf("%s: answered with %d", c.name, got.StatusCode)
		}
		if remarks := strings.Count(log.String(), "--trusted-proxies"); (remarks == 1) != (len(c.limits.Proxies) == 0) {
			t.Errorf("%s: the log says %q", c.name, log.String())
		}
	}
}

// named is what stands under a name as it was written; the names of the draft
// have a capital within, which http.Header's own methods do not know.
func named(h http.Header, name string) []string { return h[name] }

// TestPicturesOfPagesAreInUsualSizes: what a reader's browser asks for is not
// limited.
func TestPicturesOfPagesAreInUsualSizes(t *testing.T) {
	web := operated(t, server.Operation{Limits: &server.Limits{Pictures: 1}})
	found := 0
	for _, path := range []string{"/of/ours/", "/of/ours/lend/100001", "/of/ours/embed/100001", "/of/ours/country/kh/", oembedQuery + "json&maxwidth=340", oembedQuery + "json&maxwidth=210", oembedQuery + "json&maxwidth=90"} {
		w := httptest.NewRecorder()
		web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		for _, picture := range regexp.MustCompile(`/of/ours/img/\w+/\d+\.jpg`).FindAllString(strings.ReplaceAll(w.Body.String(), `\/`, "/"), -1) {
			found++
			if got := asks(web, oneClient, picture); named(got.Header, "RateLimit") != nil {
				t.Errorf("%s names %s, which is limited", path, picture)
			}
		}
	}
	if found < 5 {
		t.Errorf("%d pictures are found: too few to prove anything", found)
	}
}

// BenchmarkOperation is an oEmbed answer that is kept, without and with all that
// an operator may ask for.
func BenchmarkOperation(b *testing.B) {
	at := newClock()
	limits := server.CostlyLimits()
	limits.Overall = limit.Most
	for _, bench := range []struct {
		name string
		o    server.Operation
	}{
		{"bare", server.Operation{}},
		{"counted", server.Operation{Metrics: server.NewMetrics("test", at.Now)}},
		{"limited and counted", server.Operation{Metrics: server.NewMetrics("test", at.Now), Limits: &limits}},
		{"limited, counted and logged", server.Operation{Metrics: server.NewMetrics("test", at.Now), Limits: &limits, Access: io.Discard}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			web := server.Open(bench.o)
			web.Reload(pathConfig(b, sampleStore(b)))
			r := httptest.NewRequest(http.MethodGet, oembedQuery+"json", nil)
			b.ReportAllocs()
			for b.Loop() {
				web.ServeHTTP(nowhere{http.Header{}}, r)
			}
		})
	}
}

// nowhere takes an answer and drops it.
type nowhere struct{ header http.Header }

func (n nowhere) Header() http.Header         { return n.header }
func (n nowhere) WriteHeader(int)             {}
func (n nowhere) Write(p []byte) (int, error) { return len(p), nil }
