package server

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Trials cost many answers each, so those beyond a few are asked to come again.
func TestTrialsAreBounded(t *testing.T) {
	s, err := New(Config{Site: oembedSite(t), Source: oembedSource{oembedLoans: newOEmbedLoans()}})
	if err != nil {
		t.Fatal(err)
	}
	for range mostTrials {
		s.trials <- struct{}{}
	}
	const path = "/services/oembed/try?url=https://loans.example/lend/100000"
	busy := httptest.NewRecorder()
	s.ServeHTTP(busy, httptest.NewRequest(http.MethodGet, path, nil))
	if busy.Code != http.StatusServiceUnavailable || busy.Header().Get("Retry-After") == "" || strings.Contains(busy.Body.String(), "<iframe") {
		t.Errorf("%d, Retry-After %q", busy.Code, busy.Header().Get("Retry-After"))
	}
	<-s.trials
	free := httptest.NewRecorder()
	s.ServeHTTP(free, httptest.NewRequest(http.MethodGet, path, nil))
	if free.Code != http.StatusOK || !strings.Contains(free.Body.String(), "<iframe") {
		t.Errorf("%d: %s", free.Code, free.Body.String())
	}
	if len(s.trials) != mostTrials-1 {
		t.Errorf("%d trials are still counted", len(s.trials))
	}
}
