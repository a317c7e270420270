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
// # Who asks, and how much
//
// Before any of it stands what an [Operation] says: a client that asks for too
// much is refused ([Limits]), what is done is counted (server/metric), and a
// line may be written for each request, without personal data. None of this is
// known to an answer that is kept: it is added on the way out.
//
// # What is not here
//
// No HTML: pages come from generator/page, protocol answers from oembed. No
// look at the Host or X-Forwarded-Host headers: every address comes from the
// configuration. No TLS: that is for the proxy in front.
package server

import (
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"loanleaf/generator/docs"
	"loanleaf/generator/page"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/server/metric"
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
	SetAside int       // records that could not be read, for measures

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

	Logger *slog.Logger // nil: nothing is logged; where [New] makes the server, it has this one
}

// Server answers requests. It is an [http.Handler].
type Server struct {
	*front
	data         atomic.Pointer[state] // nil: there is none yet
	awaited      atomic.Pointer[state] // a site without data, to speak for it until there is some; may be nil
	reloadFailed atomic.Bool           // the last time
	trials       chan struct{}         // holds one for each trial at work
	seenAnswer   func(hit bool)
	seenCard     func(hit bool)
}

// state is a Config at work.
type state struct {
	Config
	pages  *page.Renderer
	oembed *oembedHandler
	assets map[string]public.Asset
	shelf  *shelf
	// refused are the pages that refusals are, since those who are refused ask most.
	refused *cache[refusedPage, []byte]

	// use is held for reading by every request that works with this state, and
	// for writing by whoever closes it.
	use    sync.RWMutex
	closed bool
}

// New makes a server that answers from c, limits nobody, counts nothing and
// keeps no log of requests.
func New(c Config) (*Server, error) {
	if c.Site == nil || c.Source == nil {
		return nil, errors.New("a server needs a site and a source of loans")
	}
	s := Open(Operation{Logger: c.Logger})
	s.Reload(c)
	return s, nil
}

// Open makes a server that has no data yet. It answers with 503 until
// [Server.Reload] gives it some, but for /healthz, which says that it is alive.
func Open(o Operation) *Server {
	s := &Server{front: newFront(o), trials: make(chan struct{}, mostTrials)}
	s.seenAnswer, s.seenCard = s.metrics.Cache(answersCache), s.metrics.Cache(cardsCache)
	return s
}

// Await lets the server speak for a site whose data is still being taken in: people who
// ask for a page are told in their language, in the site's own dress. Of c the site,
// the files and the documents count; the source may be nil.
func (s *Server) Await(c Config) {
	c.Source = nil
	s.awaited.Store(s.newState(c))
}

// Names of what is kept in memory, for measures.
const (
	answersCache = "oembed"
	cardsCache   = "card"
)

// NewMetrics makes what a server counts in.
func NewMetrics(version string, now func() time.Time) *metric.Set {
	return metric.New(familyNames[:], []string{answersCache, cardsCache}, version, now)
}

func (s *Server) newState(c Config) *state {
	st := &state{Config: c, assets: map[string]public.Asset{}, shelf: newShelf(), refused: newCache[refusedPage, []byte](mostRefused)}
	st.shelf.seen, st.shelf.metrics = s.seenCard, s.metrics
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
	answers.badge, answers.lists, answers.seen = st.pages.Badge, st.pages.ListCard, s.seenAnswer
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
	old := s.data.Swap(s.newState(c))
	s.awaited.Store(nil)
	s.reloadFailed.Store(false)
	s.metrics.Answer(metric.Data{Loans: c.Loans, SetAside: c.SetAside, Date: c.DataDate, Taken: c.Modified})
	if old == nil {
		return
	}
	s.metrics.Reload(true)
	go func() {
		old.use.Lock()
		defer old.use.Unlock()
		old.close(s.log)
	}()
}

// ReloadFailed notes that new data could not be taken in: /healthz and the
// measures say so until it can.
func (s *Server) ReloadFailed() {
	s.reloadFailed.Store(true)
	s.metrics.Reload(false)
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

// current is the state to answer from, held until release is called; nil when
// there is none yet.
func (s *Server) current() (st *state, release func()) {
	for {
		st := s.data.Load()
		if st == nil {
			return nil, func() {}
		}
		st.use.RLock()
		if !st.closed {
			return st, st.use.RUnlock
		}
		st.use.RUnlock()
	}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.serve(w, r, s.route) }

// closeState closes the data when the last request that uses it has ended.
func (s *Server) closeState() {
	st := s.data.Load()
	if st == nil {
		return
	}
	st.use.Lock()
	defer st.use.Unlock()
	st.close(s.log)
}

// style is the path of the pages' stylesheet.
func (s *Server) style() string {
	st := s.data.Load()
	for _, asset := range st.pages.Files().Assets() {
		if asset.Name == public.SiteStyle {
			return st.Site.Asset(asset.File)
		}
	}
	return ""
}
