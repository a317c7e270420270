package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"loanleaf/kiva"
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

// reloads takes new data in when it is first asked for a listing.
type reloads struct {
	oembedSource
	reload func()
}

func (s reloads) Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error) {
	s.reload()
	return s.oembedSource.Listings(ctx, ids)
}

// TestATrialIsOfOneState takes data in, without the loan, in the middle of a trial: all
// answers that it shows are from the data before, and the trial does not wait for the
// one that waits to close it.
func TestATrialIsOfOneState(t *testing.T) {
	var s *Server
	closed := make(chan struct{})
	reload := sync.OnceFunc(func() {
		old := s.data.Load()
		s.Reload(Config{Site: oembedSite(t), Source: oembedSource{oembedLoans: oembedLoans{}}})
		for old.use.TryRLock() { // until somebody waits to close it
			old.use.RUnlock()
			time.Sleep(time.Millisecond)
		}
	})
	s, err := New(Config{
		Site: oembedSite(t), Source: reloads{oembedSource{oembedLoans: newOEmbedLoans()}, reload},
		Close: func() error { close(closed); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/services/oembed/try?url=https://loans.example/lend/100000", nil))
	if body := w.Body.String(); w.Code != http.StatusOK || strings.Count(body, "200 OK") < 4 || strings.Contains(body, "404 Not Found") {
		t.Errorf("%d: %s", w.Code, body)
	}
	select {
	case <-closed:
	case <-time.After(20 * time.Second):
		t.Error("the old data is not closed after the trial")
	}
}
