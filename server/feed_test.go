package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"loanleaf/generator/page"
	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/site"
)

// TestFeedsAreReadByAnyPage looks at what a feed's headers say.
func TestFeedsAreReadByAnyPage(t *testing.T) {
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages,
	})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: sampleStore(t), DataDate: dataDate})
	if err != nil {
		t.Fatal(err)
	}
	for path, contentType := range map[string]string{
		"/feeds/newest.rss":        "application/rss+xml; charset=utf-8",
		"/feeds/country/vn.atom":   "application/atom+xml; charset=utf-8",
		"/feeds/sector/food.json":  "application/feed+json; charset=utf-8",
		"/feeds/country/zz.rss":    "",
		"/feeds/status/funded.rss": "",
	} {
		w := httptest.NewRecorder()
		web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if contentType == "" {
			if w.Code != http.StatusNotFound {
				t.Errorf("%s: %d, want 404", path, w.Code)
			}
			continue
		}
		want := map[string]string{
			"Content-Type": contentType, "Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin",
			"X-Content-Type-Options": "nosniff",
			"Cache-Control":          "public, max-age=300, s-maxage=3600, stale-while-revalidate=3000",
		}
		for name, value := range want {
			if got := w.Header().Get(name); got != value {
				t.Errorf("%s: %s: %q, want %q", path, name, got, value)
			}
		}
		tag := w.Header().Get("ETag")
		if w.Code != http.StatusOK || tag == "" || !strings.Contains(w.Body.String(), "tag:loanleaf,2026:Loanleaf/en/loan/") {
			t.Errorf("%s: %d, ETag %s, %s", path, w.Code, tag, w.Body.String())
		}
		again := httptest.NewRequest(http.MethodGet, path, nil)
		again.Header.Set("If-None-Match", tag)
		w = httptest.NewRecorder()
		if web.ServeHTTP(w, again); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("%s asked for again: %d", path, w.Code)
		}
	}
}

// TestFeedsSpeakTheLanguageOfTheirAddress reads the feeds of the sample in every
// other language, without what is marked as another language or as data.
func TestFeedsSpeakTheLanguageOfTheirAddress(t *testing.T) {
	s, loans, web := sampleInEveryLanguage(t)
	for _, language := range s.Languages()[1:] {
		feeds := 0
		for a, err := range page.New(s, loans, dataDate, nil).Walk(t.Context(), []string{language.Tag}) {
			if err != nil {
				t.Fatal(err)
			}
			if !a.Kind.IsFeed() {
				continue
			}
			feeds++
			w := httptest.NewRecorder()
			web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, s.Path(a), nil))
			read, err := gofeed.NewParser().Parse(w.Body)
			if err != nil || read.Language != language.Tag || w.Header().Get("Content-Language") != language.Tag {
				t.Fatalf("%s: %v, in %q, sent as %q", s.Path(a), err, read.Language, w.Header().Get("Content-Language"))
			}
			if !strings.HasPrefix(read.Link, s.URL(site.Address{Language: language.Tag})) {
				t.Errorf("%s is of %s", s.Path(a), read.Link)
			}
			said := []string{read.Title, read.Description}
			for _, item := range read.Items {
				entry, err := html.Parse(strings.NewReader(item.Content))
				if err != nil {
					t.Fatal(err)
				}
				said = append(append(said, item.Title), saidIn(entry, language.Tag)...)
				if !strings.HasPrefix(item.GUID, "tag:loanleaf,2026:"+s.Name()+"/"+language.Tag+"/loan/") {
					t.Errorf("%s: %s", s.Path(a), item.GUID)
				}
			}
			for _, english := range []string{"Loan from", "A loan", "Loans in", "raising", "loans", "to buy", "Newest"} {
				if all := strings.Join(said, "\n"); strings.Contains(all, english) {
					t.Errorf("%s says %q", s.Path(a), english)
				}
			}
		}
		if feeds < 50 {
			t.Errorf("only %d feeds in %s", feeds, language.Tag)
		}
	}
}
