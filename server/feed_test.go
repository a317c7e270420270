package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

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
