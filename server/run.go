package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Limits of a connection. Without them a client that sends a byte a minute
// keeps a connection for ever.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 15 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 60 * time.Second
	// maxHeader has room for addresses that are far too long, so that they are
	// refused by whoever reads them, in the format that was asked for.
	maxHeader = 128 << 10
	// Grace is how long requests under way may take to end after a stop.
	Grace = 10 * time.Second
	// farewell is how long connections that are open stay so after a stop: a
	// client that is about to send its next request on one still gets its answer,
	// and with it the word that the connection ends.
	farewell = 250 * time.Millisecond
)

// Run serves connections of l until ctx ends, then stops without breaking off
// anything, and closes the data. /readyz says 503 at once; connections are taken
// for [Operation.ShutdownDelay] longer; every answer says that its connection
// ends; then no more are taken, and the requests under way have [Grace]. Run
// returns nil after a clean stop.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	return run(ctx, l, s, s.front, s.closeState)
}

// run serves h so. closed is called when nothing is answered any more.
func run(ctx context.Context, l net.Listener, h http.Handler, f *front, closed func()) error {
	var open atomic.Int64
	web := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(f.log.Handler(), slog.LevelDebug),
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				open.Add(1)
			case http.StateClosed, http.StateHijacked:
				open.Add(-1)
			}
		},
	}
	stopped := make(chan error, 1)
	go func() { stopped <- web.Serve(l) }()
	select {
	case err := <-stopped:
		web.Close()
		closed()
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	f.draining.Store(true)
	if f.stopping != nil {
		f.stopping()
	}
	pause(f.delay, func() bool { return false })
	fault := l.Close()
	<-stopped
	pause(farewell, func() bool { return open.Load() == 0 })
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), Grace)
	defer cancel()
	if err := web.Shutdown(grace); err != nil {
		web.Close()
		return fmt.Errorf("stop: requests were still under way after %s: %w", Grace, err)
	}
	closed()
	if fault != nil && !errors.Is(fault, net.ErrClosed) {
		return fmt.Errorf("stop listening on %s: %w", l.Addr(), fault)
	}
	return nil
}

// pause waits for a time, or until it is over before.
func pause(most time.Duration, over func() bool) {
	const step = 5 * time.Millisecond
	for end := time.Now().Add(most); time.Now().Before(end) && !over(); {
		time.Sleep(min(step, time.Until(end)))
	}
}
