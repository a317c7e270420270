package server

import (
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"loanleaf/server/metric"
)

// Operation is how a server is run, whatever data it has. The zero value limits
// nobody, counts nothing and keeps no log.
type Operation struct {
	Logger *slog.Logger     // nil: nothing is logged
	Now    func() time.Time // nil: the system's clock
	Limits *Limits          // nil: nobody is limited
	// Metrics counts what is done ([NewMetrics]); nil: nothing is counted.
	Metrics *metric.Set
	// Access takes a line of JSON for each request; nil: none is written.
	Access io.Writer
	// ShutdownDelay is how long connections are still taken after a stop, while
	// /readyz says 503: as long as whoever spreads requests needs to notice it.
	ShutdownDelay time.Duration
}

// front is what stands before every answer, whatever it is made from.
type front struct {
	log      *slog.Logger
	now      func() time.Time
	limiter  *limiter
	metrics  *metric.Set
	access   *accessLog
	draining atomic.Bool
	delay    time.Duration
	stopping func() // called once when a stop begins; may be nil
}

func newFront(o Operation) *front {
	f := &front{log: o.Logger, now: o.Now, metrics: o.Metrics, delay: o.ShutdownDelay}
	if f.log == nil {
		f.log = slog.New(slog.DiscardHandler)
	}
	if f.now == nil {
		f.now = time.Now
	}
	if o.Limits != nil {
		f.limiter = newLimiter(*o.Limits, f.now)
	}
	if o.Access != nil {
		f.access = newAccessLog(o.Access)
	}
	return f
}

var visits = sync.Pool{New: func() any { return new(visit) }}

// serve lets next answer a request, and counts and logs it.
func (f *front) serve(w http.ResponseWriter, r *http.Request, next func(*visit, *http.Request)) {
	v := visits.Get().(*visit)
	*v = visit{ResponseWriter: w, front: f, limiter: f.limiter}
	began := f.now()
	f.metrics.Begin()
	defer func() {
		took := f.now().Sub(began)
		f.metrics.End(int(v.family), v.status, took)
		if f.access != nil {
			f.access.write(v, r, began, took)
		}
		*v = visit{}
		visits.Put(v)
	}()
	f.guard(v, r, next)
}

// refused counts a request that its client was not allowed.
func (f *front) refused(v *visit) { f.metrics.Limited(int(v.family)) }
