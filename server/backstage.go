package server

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"

	"loanleaf/generator/page"
	"loanleaf/server/metric"
)

// Measures answers /metrics with what was counted, and nothing else.
func Measures(counted *metric.Set) http.Handler {
	tell := counted.Handler()
	return only("/metrics", "The measures are at /metrics.", func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w.Header(), page.Message, page.Policies{})
		tell.ServeHTTP(w, r)
	})
}

// only answers one path.
func only(path, elsewhere string, answer http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			onlyReads(w, r)
		case r.URL.Path != path:
			plain(w, r, http.StatusNotFound, elsewhere)
		default:
			answer(w, r)
		}
	})
}

// Profiles answers below /debug/pprof/ with profiles of the program. They tell of
// its inside, and making one costs: they are for an address that nobody else can
// reach.
func Profiles() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// RunBackstage serves h to the operator until ctx ends. Requests under way are
// broken off then.
func RunBackstage(ctx context.Context, l net.Listener, h http.Handler) error {
	// A profile takes as long as it is asked to, so writing has no limit.
	web := &http.Server{Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout}
	stop := context.AfterFunc(ctx, func() { web.Close() })
	defer stop()
	if err := web.Serve(l); ctx.Err() == nil {
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	return nil
}
