// Package metric counts what a server does, and tells it in the text form of
// Prometheus.
//
// # What is counted
//
// Every series begins with loanleaf_. They tell of requests by family (page,
// oembed, card and so on, a fixed list) and status, how long answers took, what
// caches had, the data and its age, reloads, and who was refused. Beside them
// stand those of Go and of the process, under the names that every dashboard
// knows.
//
// # What is never told
//
// No address, no client, no id: the names of series are made here and nowhere
// else, so neither a reader nor a borrower can come into one, and their number
// does not grow with what is asked.
//
// # Cost
//
// What is counted for each request is found by number, not by name: two atomic
// additions and one search among the bounds of the histogram.
//
// # What is not here
//
// No address to listen on: that is for package server. No clock: times come
// with what is counted.
package metric

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Set is all that one server counts. A nil Set counts nothing. It may be used
// by several goroutines at a time.
type Set struct {
	registry *prometheus.Registry
	families []family
	caches   map[string][2]prometheus.Counter // miss, hit

	requests *prometheus.CounterVec
	limited  *prometheus.CounterVec
	reloads  [2]prometheus.Counter // failed, ok
	busy     prometheus.Counter
	waiting  prometheus.Gauge
	inFlight prometheus.Gauge
	reloaded prometheus.Gauge
	data     atomic.Pointer[Data]
}

// family is what is counted of one family of addresses.
type family struct {
	name    string
	took    prometheus.Observer
	limited prometheus.Counter
	byCode  [codes]atomic.Pointer[counter]
}

type counter struct{ prometheus.Counter }

// Statuses that are counted apart; every other one is counted as 0, which no
// server sends.
const (
	firstCode = 100
	codes     = 500
)

// Data is what is known of the data that a server answers from.
type Data struct {
	Loans, SetAside int
	Date            time.Time // what counts as now in it; the zero time when it has none
	Taken           time.Time // when the server took it in
}

// bounds are those of the histogram, in seconds: an answer that is kept takes
// tens of microseconds, a card some tens of milliseconds, and none may take more
// than half a minute.
var bounds = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 30}

// New makes a set for these families and caches, by which they are named from
// then on. now is asked when somebody reads the ages.
func New(families, caches []string, version string, now func() time.Time) *Set {
	s := &Set{registry: prometheus.NewRegistry(), families: make([]family, len(families)), caches: map[string][2]prometheus.Counter{}}
	counters := func(name, help string, labels ...string) *prometheus.CounterVec {
		c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
		s.registry.MustRegister(c)
		return c
	}
	gauge := func(name, help string) prometheus.Gauge {
		g := prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
		s.registry.MustRegister(g)
		return g
	}
	s.requests = counters("loanleaf_http_requests_total", "Requests answered, by family of address and status.", "family", "code")
	s.limited = counters("loanleaf_limited_requests_total", "Requests refused because their client asked for too many, by family of address.", "family")
	took := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "loanleaf_http_request_duration_seconds", Help: "How long answers took, by family of address.", Buckets: bounds,
	}, []string{"family"})
	s.registry.MustRegister(took)
	for i, name := range families {
		f := &s.families[i]
		f.name, f.took, f.limited = name, took.WithLabelValues(name), s.limited.WithLabelValues(name)
	}
	lookups := counters("loanleaf_cache_lookups_total", "What was looked for among the things kept in memory, and whether it was there.", "cache", "result")
	for _, name := range caches {
		s.caches[name] = [2]prometheus.Counter{lookups.WithLabelValues(name, "miss"), lookups.WithLabelValues(name, "hit")}
	}
	reloads := counters("loanleaf_reloads_total", "How often the data was to be taken in again, and whether it could be.", "result")
	s.reloads = [2]prometheus.Counter{reloads.WithLabelValues("failed"), reloads.WithLabelValues("ok")}
	s.reloaded = gauge("loanleaf_last_reload_ok", "1 when the data was taken in the last time this was tried, 0 when the data before it is still served.")
	s.reloaded.Set(1)
	s.busy = prometheus.NewCounter(prometheus.CounterOpts{Name: "loanleaf_busy_total", Help: "Requests refused because too many cards waited to be drawn."})
	s.registry.MustRegister(s.busy)
	s.waiting = gauge("loanleaf_cards_waiting", "Cards that wait to be drawn.")
	s.inFlight = gauge("loanleaf_http_requests_in_flight", "Requests that are being answered.")
	s.tellData(now)
	build := prometheus.NewGauge(prometheus.GaugeOpts{Name: "loanleaf_build_info", Help: "Always 1; the label says which version runs.", ConstLabels: prometheus.Labels{"version": version}})
	build.Set(1)
	s.registry.MustRegister(build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return s
}

// tellData registers what is read from the newest data whenever somebody asks.
func (s *Set) tellData(now func() time.Time) {
	of := func(name, help string, value func(d *Data) float64) {
		s.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			if d := s.data.Load(); d != nil {
				return value(d)
			}
			return 0
		}))
	}
	since := func(t time.Time) float64 {
		if t.IsZero() {
			return 0
		}
		return now().Sub(t).Seconds()
	}
	of("loanleaf_loans", "Loans that are shown.", func(d *Data) float64 { return float64(d.Loans) })
	of("loanleaf_records_set_aside", "Records of the data that could not be read and are left out.", func(d *Data) float64 { return float64(d.SetAside) })
	of("loanleaf_data_age_seconds", "Time since the date of the data; 0 when it has none.", func(d *Data) float64 { return since(d.Date) })
	of("loanleaf_data_taken_in_seconds", "Time since the data was taken in.", func(d *Data) float64 { return since(d.Taken) })
}

// Handler answers with all that was counted.
func (s *Set) Handler() http.Handler {
	return promhttp.HandlerFor(s.registry, promhttp.HandlerOpts{})
}

// Begin counts a request that is being answered.
func (s *Set) Begin() {
	if s != nil {
		s.inFlight.Inc()
	}
}

// End counts a request that was answered: its family by number, its status, and
// how long it took.
func (s *Set) End(of, status int, took time.Duration) {
	if s == nil {
		return
	}
	s.inFlight.Dec()
	f := &s.families[of]
	f.took.Observe(took.Seconds())
	if status < firstCode || status >= firstCode+codes {
		s.requests.WithLabelValues(f.name, "0").Inc()
		return
	}
	cell := &f.byCode[status-firstCode]
	c := cell.Load()
	if c == nil {
		c = &counter{s.requests.WithLabelValues(f.name, strconv.Itoa(status))}
		cell.Store(c) // another may have done so: it is the same series
	}
	c.Inc()
}

// Limited counts a request that was refused to a client that asked for too many.
func (s *Set) Limited(of int) {
	if s != nil {
		s.families[of].limited.Inc()
	}
}

// Cache gives what counts the look-ups in one cache.
func (s *Set) Cache(name string) func(hit bool) {
	if s == nil {
		return func(bool) {}
	}
	both := s.caches[name]
	return func(hit bool) {
		if hit {
			both[1].Inc()
		} else {
			both[0].Inc()
		}
	}
}

// Busy counts a card that was refused because too many waited.
func (s *Set) Busy() {
	if s != nil {
		s.busy.Inc()
	}
}

// Waiting notes that one card more waits to be drawn, or with -1 one fewer.
func (s *Set) Waiting(more int) {
	if s != nil {
		s.waiting.Add(float64(more))
	}
}

// Answer notes the data that is answered from.
func (s *Set) Answer(d Data) {
	if s != nil {
		s.data.Store(&d)
	}
}

// Reload counts that the data was to be taken in again, and whether it could be.
func (s *Set) Reload(ok bool) {
	if s == nil {
		return
	}
	if ok {
		s.reloads[1].Inc()
		s.reloaded.Set(1)
	} else {
		s.reloads[0].Inc()
		s.reloaded.Set(0)
	}
}
