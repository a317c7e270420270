// Package server answers for a site over HTTP: the same pages that a build
// writes, by the same function, and the oEmbed endpoint.
//
// # A request
//
// [Server.ServeHTTP] takes the state of the data as it is at that moment and
// answers from it alone, so an answer is never made from two states. The path
// is read by package site and leads to one of: an oEmbed request, a page, a
// picture, an asset, the health of the program. What names nothing gets the
// page (or, in a frame, the card) for what is not there, with status 404. Paths
// that are only written differently are redirected to the one address.
//
// Headers come from one table by the kind of answer (page.Headers). Bodies carry
// a strong ETag made from their bytes and are compressed for who accepts it.
//
// # New data
//
// [Server.Reload] puts new data in place between two requests. The old state is
// closed when the last request that uses it has ended.
//
// # What is not here
//
// No HTML: pages come from generator/page, protocol answers from oembed. No
// look at the Host or X-Forwarded headers: every address comes from the
// configuration. No TLS: that is for the proxy in front.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"loanleaf/generator/docs"
	"loanleaf/generator/page"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// Source is everything a server looks up.
type Source interface{ page.Source }

// Config is one state of a site and its data.
type Config struct {
	Site     *site.Site
	Source   Source
	DataDate time.Time // what counts as now
	Modified time.Time // when this data was taken in, for Last-Modified
	Loans    int       // how many there are, for /healthz

	// Public are the files beside the pages; nil: those of the program.
	Public *public.Set
	// Script is the path of a script for every page and widget document; empty,
	// as [Live] alone gives one.
	Script string

	// Picture gives a picture that the site serves itself, as JPEG, or an error
	// wrapping kiva.ErrNotFound; nil when it serves none.
	Picture func(size string, id int64) ([]byte, error)
	// Private tells which loans are answered with 401; nil: none.
	Private func(id int64) bool
	// Documents are the site's, at most one tree of each kind.
	Documents []*docs.Tree
	// Close is called once, when this state is no longer used; may be nil.
	Close func() error

	Logger      *slog.Logger // nil: nothing is logged
	LogRequests bool
}

// Server answers requests. It is an [http.Handler].
type Server struct {
	state    atomic.Pointer[state]
	log      *slog.Logger
	draining atomic.Bool
	trials   chan struct{} // holds one for each trial at work
	handler  http.Handler
}

// state is a Config at work.
type state struct {
	Config
	pages  *page.Renderer
	oembed http.Handler
	assets map[string]public.Asset
	shelf  *shelf

	// use is held for reading by every request that works with this state, and
	// for writing by whoever closes it.
	use    sync.RWMutex
	closed bool
}

// New makes a server that answers from c.
func New(c Config) (*Server, error) {
	if c.Site == nil || c.Source == nil {
		return nil, errors.New("a server needs a site and a source of loans")
	}
	s := &Server{log: c.Logger, trials: make(chan struct{}, mostTrials)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.state.Store(newState(c))
	s.handler = s.guard(http.HandlerFunc(s.route))
	if c.LogRequests {
		s.handler = logRequests(s.log, s.handler)
	}
	return s, nil
}

func newState(c Config) *state {
	st := &state{Config: c, assets: map[string]public.Asset{}, shelf: newShelf()}
	st.pages = page.New(c.Site, c.Source, c.DataDate, c.Public, c.Documents...)
	st.pages.Photos(c.Picture)
	if c.Script != "" {
		st.pages.AddScript(c.Script)
	}
	private := c.Private
	if private == nil {
		private = func(int64) bool { return false }
	}
	teller := func(l *locale.Language) *view.Teller { return st.pages.Teller(l.Tag) }
	answers := newOEmbedHandler(c.Site, teller, c.Source, private, c.Modified)
	answers.badge, answers.lists = st.pages.Badge, st.pages.ListCard
	if c.Logger != nil {
		answers.log = c.Logger
	}
	st.oembed = answers
	for _, asset := range st.pages.Assets() {
		st.assets[asset.File] = asset
	}
	return st
}

// Reload answers from c from now on. Requests under way end on the old state,
// which is closed after the last of them.
func (s *Server) Reload(c Config) {
	old := s.state.Swap(newState(c))
	go func() {
		old.use.Lock()
		defer old.use.Unlock()
		old.close(s.log)
	}()
}

func (st *state) close(log *slog.Logger) {
	if st.closed {
		return
	}
	st.closed = true
	if st.Close == nil {
		return
	}
	if err := st.Close(); err != nil {
		log.Error("closing the old data", "error", err)
	}
}

// current is the state to answer from, held until release is called.
func (s *Server) current() (st *state, release func()) {
	for {
		st := s.state.Load()
		st.use.RLock()
		if !st.closed {
			return st, st.use.RUnlock
		}
		st.use.RUnlock()
	}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

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
)

// Run serves connections of l until ctx ends, then lets the requests under way
// end and closes the data. It returns nil after a clean stop.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	return run(ctx, l, s, s.log, func() {
		s.draining.Store(true)
	}, s.closeState)
}

// closeState closes the data when the last request that uses it has ended.
func (s *Server) closeState() {
	st := s.state.Load()
	st.use.Lock()
	defer st.use.Unlock()
	st.close(s.log)
}

// style is the path of the pages' stylesheet.
func (s *Server) style() string {
	st := s.state.Load()
	for _, asset := range st.pages.Files().Assets() {
		if asset.Name == public.SiteStyle {
			return st.Site.Asset(asset.File)
		}
	}
	return ""
}

// RunHandler serves a handler that keeps no data, such as [Folder], under the
// same limits and with the same stop.
func RunHandler(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	return run(ctx, l, h, log, func() {}, func() {})
}

func run(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger, draining, closed func()) error {
	web := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	stopped := make(chan error, 1)
	go func() { stopped <- web.Serve(l) }()
	select {
	case err := <-stopped:
		closed()
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	draining()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), Grace)
	defer cancel()
	if err := web.Shutdown(grace); err != nil {
		web.Close()
		return fmt.Errorf("stop: requests were still under way after %s: %w", Grace, err)
	}
	closed()
	return nil
}
