package metric_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"loanleaf/server/metric"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func newSet() *metric.Set {
	return metric.New([]string{"page", "oembed"}, []string{"card"}, "1.2.3", func() time.Time { return now })
}

// told are the series of the program's own, as a scraper reads them.
func told(t *testing.T, s *metric.Set) map[string]string {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain; version=0.0.4") {
		t.Fatalf("%d %q", w.Code, w.Header())
	}
	series := map[string]string{}
	lines := bufio.NewScanner(w.Body)
	for lines.Scan() {
		if name, value, ok := strings.Cut(lines.Text(), " "); ok && name != "#" {
			series[name] = value
		}
	}
	return series
}

func TestWhatIsCountedIsTold(t *testing.T) {
	s := newSet()
	s.Begin()
	s.Begin()
	s.Begin()
	s.End(0, 200, 3*time.Millisecond)
	s.End(1, 404, 30*time.Microsecond)
	for range 3 {
		s.Begin()
		s.End(1, 200, time.Second)
	}
	s.Begin()
	s.End(1, 777, time.Second)
	s.Limited(1)
	s.Busy()
	s.Waiting(1)
	s.Waiting(1)
	s.Waiting(-1)
	seen := s.Cache("card")
	seen(true)
	seen(true)
	seen(false)
	s.Answer(metric.Data{Loans: 58, SetAside: 3, Date: now.Add(-time.Hour), Taken: now.Add(-time.Minute)})
	s.Reload(true)
	s.Reload(false)
	got := told(t, s)
	for name, want := range map[string]string{
		`loanleaf_http_requests_total{code="200",family="page"}`:                  "1",
		`loanleaf_http_requests_total{code="200",family="oembed"}`:                "3",
		`loanleaf_http_requests_total{code="404",family="oembed"}`:                "1",
		`loanleaf_http_requests_total{code="0",family="oembed"}`:                  "1",
		`loanleaf_http_requests_in_flight`:                                        "1",
		`loanleaf_http_request_duration_seconds_count{family="oembed"}`:           "5",
		`loanleaf_http_request_duration_seconds_bucket{family="oembed",le="0.5"}`: "1",
		`loanleaf_http_request_duration_seconds_bucket{family="page",le="0.005"}`: "1",
		`loanleaf_limited_requests_total{family="oembed"}`:                        "1",
		`loanleaf_limited_requests_total{family="page"}`:                          "0",
		`loanleaf_busy_total`:    "1",
		`loanleaf_cards_waiting`: "1",
		`loanleaf_cache_lookups_total{cache="card",result="hit"}`:  "2",
		`loanleaf_cache_lookups_total{cache="card",result="miss"}`: "1",
		`loanleaf_loans`:                          "58",
		`loanleaf_records_set_aside`:              "3",
		`loanleaf_data_age_seconds`:               "3600",
		`loanleaf_data_taken_in_seconds`:          "60",
		`loanleaf_reloads_total{result="ok"}`:     "1",
		`loanleaf_reloads_total{result="failed"}`: "1",
		`loanleaf_last_reload_ok`:                 "0",
		`loanleaf_build_info{version="1.2.3"}`:    "1",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %s", name, got[name], want)
		}
	}
	if got["go_goroutines"] == "" {
		t.Error("there is nothing of Go itself")
	}
}

func TestADataWithoutADateHasNoAge(t *testing.T) {
	s := newSet()
	s.Answer(metric.Data{Loans: 1})
	if got := told(t, s); got["loanleaf_data_age_seconds"] != "0" || got["loanleaf_loans"] != "1" {
		t.Errorf("%q", got)
	}
}

func TestNoSetCountsNothing(t *testing.T) {
	var s *metric.Set
	s.Begin()
	s.End(5, 200, 0)
	s.Limited(5)
	s.Busy()
	s.Waiting(1)
	s.Cache("none")(true)
	s.Answer(metric.Data{})
	s.Reload(false)
}

func TestManyCountAtOnce(t *testing.T) {
	s := newSet()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 500 {
				s.Begin()
				s.End(0, 200, time.Millisecond)
			}
		})
	}
	all.Wait()
	if got := told(t, s)[`loanleaf_http_requests_total{code="200",family="page"}`]; got != "4000" {
		t.Errorf("%s of 4000 are counted", got)
	}
}

func BenchmarkEnd(b *testing.B) {
	s := newSet()
	b.ReportAllocs()
	for b.Loop() {
		s.Begin()
		s.End(1, 200, 25*time.Microsecond)
	}
}
