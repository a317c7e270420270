package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"loanleaf/generator/page"
	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/site"
	"loanleaf/store"
)

// studio is a live server of the sample.
type studio struct {
	t *testing.T
	*server.Live
	loans *store.Store
	web   *httptest.Server
}

func newStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{t: t, Live: server.NewLive("day", slog.New(slog.DiscardHandler), false), loans: sampleStore(t)}
	s.web = httptest.NewServer(s)
	t.Cleanup(s.web.Close)
	return s
}

// show is a new state, told apart by the site's name.
func (s *studio) show(name string, style bool, problems ...server.Problem) {
	s.t.Helper()
	made, err := site.New(site.Config{
		BaseURL: "http://127.0.0.1/of/ours", Name: name, Languages: locale.Shipped(), Images: site.ServedImages, Gallery: drawings{},
		OEmbed: "http://127.0.0.1/of/ours/services/oembed",
	})
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.Show(server.Config{Site: made, Source: s.loans, DataDate: dataDate}, style, problems); err != nil {
		s.t.Fatal(err)
	}
}

func (s *studio) get(path string) (*http.Response, string) {
	s.t.Helper()
	response, err := http.Get(s.web.URL + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, string(body)
}

// listen is what a page of a version hears.
func (s *studio) listen(version string) func() server.News {
	s.t.Helper()
	ctx, leave := context.WithTimeout(s.t.Context(), 20*time.Second)
	s.t.Cleanup(leave)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.web.URL+"/dev/events?v="+version, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { response.Body.Close() })
	if got := response.Header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
		s.t.Errorf("events are of type %q", got)
	}
	lines := bufio.NewScanner(response.Body)
	return func() server.News {
		s.t.Helper()
		for lines.Scan() {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			if !ok {
				continue
			}
			var news server.News
			if err := json.Unmarshal([]byte(data), &news); err != nil {
				s.t.Fatal(err)
			}
			return news
		}
		s.t.Fatalf("no more news: %v", lines.Err())
		return server.News{}
	}
}

func TestAPageHearsOfEveryStateAndEveryProblem(t *testing.T) {
	s := newStudio(t)
	hear := s.listen("day-0")
	expect := func(what string, want server.News) {
		t.Helper()
		if got := hear(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: heard %+v, want %+v", what, got, want)
		}
	}
	wrong := server.Problem{Text: "site.yaml:2:1: there is no setting \"<nmae>\"", Hint: "did you mean name?"}
	expect("at once, before there is anything", server.News{Version: "day-0"})
	s.Fail([]server.Problem{wrong})
	expect("what is wrong", server.News{Version: "day-0", Problems: []server.Problem{wrong}})
	s.show("One", false)
	expect("the first state", server.News{Version: "day-1"})
	s.show("Two", false)
	expect("the next", server.News{Version: "day-2"})
	s.Fail([]server.Problem{wrong})
	expect("wrong again, and the pages stay", server.News{Version: "day-2", Problems: []server.Problem{wrong}})
	s.show("Three", false, server.Problem{Text: "1 record was set aside"})
	expect("a state that is not whole", server.News{Version: "day-3", Problems: []server.Problem{{Text: "1 record was set aside"}}})
	if got := s.listen("day-3")(); len(got.Problems) != 1 {
		t.Errorf("a page that comes later hears %+v", got)
	}
}

func TestOnlyAPageThatLacksTheStyleAloneExchangesIt(t *testing.T) {
	s := newStudio(t)
	s.show("One", false)
	hear := s.listen("day-1")
	hear()
	s.show("One", true)
	news := hear()
	if news.Version != "day-2" || !strings.HasPrefix(news.Style, "/of/ours/assets/site.") {
		t.Errorf("heard %+v", news)
	}
	if response, body := s.get(news.Style); response.StatusCode != http.StatusOK || !strings.Contains(body, ":root{") {
		t.Errorf("the style is not there: %s", response.Status)
	}
	for version, want := range map[string]string{"day-1": news.Style, "day-2": "", "day-0": "", "yesterday-1": ""} {
		if got := s.listen(version)(); got.Style != want || got.Version != "day-2" {
			t.Errorf("a page of version %s hears %+v", version, got)
		}
	}
	s.Fail([]server.Problem{{Text: "wrong"}})
	if got := s.listen("day-1")(); got.Style != news.Style || len(got.Problems) != 1 {
		t.Errorf("a page that lacks the style hears %+v of a problem", got)
	}
	s.show("Two", false)
	if got := s.listen("day-1")(); got.Style != "" {
		t.Errorf("a page that lacks more than the style hears %+v", got)
	}
}

func TestPagesOfALiveServer(t *testing.T) {
	s := newStudio(t)
	s.show("One", false)
	for path, want := range map[string]struct {
		code   int
		script bool
	}{
		"/of/ours/": {200, true}, "/of/ours/lend/100001": {200, true}, "/of/ours/ar/lend/100001": {200, true}, "/of/ours/embed/100001": {200, true},
		"/of/ours/lend/1": {404, true}, "/of/ours/embed/1": {404, true}, "/nowhere": {404, true}, "/of/ours/country/kh/": {200, true},
		"/of/ours/robots.txt": {200, false}, "/of/ours/sitemap.xml": {200, false}, "/healthz": {200, false},
		"/of/ours/services/oembed?url=http://127.0.0.1/of/ours/lend/100001": {200, false},
		"/of/ours/feeds/newest.atom":                                        {200, false}, "/dev/reload.js": {200, false},
	} {
		response, body := s.get(path)
		if response.StatusCode != want.code {
			t.Errorf("%s: answered %s, want %d", path, response.Status, want.code)
		}
		if got := response.Header.Get("Cache-Control"); got != "no-cache" {
			t.Errorf("%s: may be kept: %q", path, got)
		}
		if got := strings.Contains(body, `<script src="/dev/reload.js?v=day-1" defer></script>`); got != want.script {
			t.Errorf("%s: it has the script: %t", path, got)
		}
		if !want.script {
			continue
		}
		policy := response.Header.Get("Content-Security-Policy")
		for _, allowed := range []string{"; script-src 'self'", "; connect-src 'self'"} {
			if !strings.Contains(policy, allowed) || !strings.Contains(html.UnescapeString(body), allowed) {
				t.Errorf("%s: its policies do not have %s: %s", path, allowed, policy)
			}
		}
		if strings.Count(policy, "script-src") != 1 {
			t.Errorf("%s: of two lists a browser takes the first alone: %s", path, policy)
		}
	}
}

func TestAServerWithoutAStateWaits(t *testing.T) {
	s := newStudio(t)
	s.Fail([]server.Problem{{Text: `site.yaml:2:1: there is no setting "<nmae>"`}})
	response, body := s.get("/of/ours/lend/1")
	if response.StatusCode != http.StatusServiceUnavailable || response.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("answered %s, %q", response.Status, response.Header.Get("Cache-Control"))
	}
	for _, part := range []string{`site.yaml:2:1: there is no setting &#34;&lt;nmae&gt;&#34;`, `<script src="/dev/reload.js?v=day-0" defer>`, "script-src &#39;self&#39;"} {
		if !strings.Contains(body, part) {
			t.Errorf("the page has no %s: %s", part, body)
		}
	}
	if policy := response.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") {
		t.Errorf("its policy is %s", policy)
	}
	s.show("One", false)
	if response, _ := s.get("/of/ours/lend/100001"); response.StatusCode != http.StatusOK {
		t.Errorf("with a state it answers %s", response.Status)
	}
}

// TestNoOtherPageHasTheScript asks for every page of a site, as a build walks it
// and as a server answers it.
func TestNoOtherPageHasTheScript(t *testing.T) {
	loans := sampleStore(t)
	config := pathConfig(t, loans)
	web, err := server.New(config)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for file, want := range expected(t, config.Site, loans, nil) {
		got := ask(t, web, want.path)
		asked++
		for _, trace := range []string{"/dev/", "reload.js"} {
			if strings.Contains(got.body, trace) && !strings.HasSuffix(file, ".css") {
				t.Errorf("%s: %s stands in it", want.path, trace)
			}
		}
	}
	if asked < 200 {
		t.Errorf("%d pages were asked for: too few to be the site", asked)
	}
	policies := page.New(config.Site, loans, dataDate, nil).Policies()
	if !strings.Contains(policies.Page, "; script-src 'self'; ") || strings.Contains(policies.Page+policies.Widget, "'self' 'sha256-") || strings.Contains(policies.Widget, "connect-src") {
		t.Errorf("policies allow more than pages need: %+v", policies)
	}
	for _, path := range []string{"/dev/reload.js", "/dev/events", "/of/ours/dev/reload.js"} {
		if got := ask(t, web, path); got.code != http.StatusNotFound {
			t.Errorf("%s: answered %d", path, got.code)
		}
	}
}

// TestALiveServerStopsAtOnce stops it while a page listens, which no page ever
// ceases to do.
func TestALiveServerStopsAtOnce(t *testing.T) {
	s := newStudio(t)
	s.show("One", false)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, listener) }()
	response, err := http.Get("http://" + listener.Addr().String() + "/dev/events")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	began := time.Now()
	stop()
	if _, err := io.ReadAll(response.Body); err != nil {
		t.Errorf("the page is not let go properly: %v", err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > server.Grace/2 {
		t.Errorf("it took %s", took)
	}
	closed := 0
	made, err := site.New(site.Config{BaseURL: "http://127.0.0.1", Name: "One", Languages: []string{"en"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Show(server.Config{Site: made, Source: s.loans, Close: func() error { closed++; return nil }}, false, nil); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s.Close()
	if closed != 1 {
		t.Errorf("data that came last of all is closed %d times", closed)
	}
}
