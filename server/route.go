package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/site"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// biggestKept is the most a buffer may have grown to and be used again.
const biggestKept = 1 << 20

func keep(b *bytes.Buffer) {
	if b.Cap() <= biggestKept {
		buffers.Put(b)
	}
}

// route leads a request to what answers it.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	st, release := s.current()
	defer release()
	path := r.URL.EscapedPath()
	if _, ok := st.Site.EndpointFormat(path); ok {
		st.oembed.ServeHTTP(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		plain(w, r, http.StatusMethodNotAllowed, "Only GET and HEAD are answered here.")
		return
	}
	if path == "/healthz" {
		s.health(w, r, st)
		return
	}
	if language, ok := st.Site.ParseTrialPath(path); ok {
		s.trial(w, r, st, language)
		return
	}
	if file, ok := st.Site.ParseAssetPath(path); ok {
		if asset, ok := st.assets[file]; ok {
			send(w, r, answer{kind: page.AssetFile, contentType: asset.ContentType, body: asset.Body})
			return
		}
	}
	if size, id, ok := st.Site.ParsePicturePath(path); ok && st.Picture != nil {
		st.picture(w, r, size, id, s.log)
		return
	}
	st.page(w, r, path, s.log)
}

// page answers with a page, a redirect to its address, or what stands where
// there is none.
func (st *state) page(w http.ResponseWriter, r *http.Request, path string, log *slog.Logger) {
	a, ok := st.Site.Resolve(path)
	if !ok {
		st.gone(w, r, site.Address{Kind: site.NotFound, Language: a.Language}, log)
		return
	}
	if document := a.Document(); (document.Kind == site.Doc || document.Kind == site.Prose) && !st.pages.Has(a) {
		// Almost any path could be one: what is not there is not sent somewhere first.
		missing := site.Address{Kind: site.NotFound, Language: st.Site.Around(a.Language).Tag}
		if document.Kind == site.Doc {
			missing.Of = site.Doc
		}
		st.gone(w, r, missing, log)
		return
	}
	if own := st.Site.Path(a); own != path {
		if r.URL.RawQuery != "" {
			own += "?" + r.URL.RawQuery
		}
		w.Header().Set("Cache-Control", "public, max-age=3600")
		http.Redirect(w, r, own, http.StatusMovedPermanently)
		return
	}
	if a.Kind == site.NotFound {
		st.gone(w, r, a, log)
		return
	}
	if a.Kind == site.Search {
		// The one page whose address does not bound what it costs: whoever limits
		// requests does it here.
		a = site.Asked(a, r.URL.RawQuery)
	}
	if a.Kind.IsDrawn() {
		st.drawing(w, r, a, log)
		return
	}
	buffer := buffers.Get().(*bytes.Buffer)
	defer keep(buffer)
	buffer.Reset()
	render := st.pages.Render
	if a.Kind == site.Embed && r.URL.RawQuery != "" {
		render = func(ctx context.Context, w *bytes.Buffer, a site.Address) error {
			return st.pages.RenderEmbed(ctx, w, a, r.URL.Query())
		}
	}
	switch err := render(r.Context(), buffer, a); {
	case errors.Is(err, kiva.ErrNotFound):
		st.gone(w, r, a, log)
	case errors.Is(err, kiva.ErrNotYet):
		st.later(w, r, a, buffer.Bytes())
	case err != nil:
		internal(w, r, err, log)
	default:
		to, moved := st.pages.Moved(a)
		if moved {
			w.Header().Set("Location", to)
		}
		answer := answer{kind: page.AnswerTo(a), contentType: page.ContentType(a.Kind), body: buffer.Bytes(), policies: st.pages.Policies()}
		if answer.kind.InLanguage() {
			answer.language = st.pages.LanguageOf(a)
		}
		if moved {
			answer.status = http.StatusMovedPermanently
		}
		if a.Kind == site.Loan || a.Kind.Embeddable() && a.Page == 0 {
			answer.jsonLink, answer.xmlLink = st.Site.Discovery(a)
		}
		send(w, r, answer)
	}
}

// later answers with the page of a search that cannot be answered yet.
func (st *state) later(w http.ResponseWriter, r *http.Request, a site.Address, body []byte) {
	w.Header().Set("Retry-After", "10")
	send(w, r, answer{
		kind: page.SearchPage, status: http.StatusServiceUnavailable, contentType: page.ContentType(a.Kind),
		language: st.pages.LanguageOf(a), body: body, policies: st.pages.Policies(),
	})
}

// gone answers with the page or the card for what is not there.
func (st *state) gone(w http.ResponseWriter, r *http.Request, a site.Address, log *slog.Logger) {
	buffer := buffers.Get().(*bytes.Buffer)
	defer keep(buffer)
	buffer.Reset()
	if err := st.pages.RenderGone(r.Context(), buffer, a); err != nil {
		internal(w, r, err, log)
		return
	}
	kind := page.Missing
	if a.Kind == site.Widget || a.Kind == site.ListWidget {
		kind = page.MissingWidget
	}
	send(w, r, answer{
		kind: kind, status: http.StatusNotFound, contentType: "text/html; charset=utf-8",
		language: st.Site.Around(a.Language).Tag, body: buffer.Bytes(), policies: st.pages.Policies(),
	})
}

func (st *state) picture(w http.ResponseWriter, r *http.Request, size string, id int64, log *slog.Logger) {
	body, err := st.Picture(size, id)
	switch {
	case errors.Is(err, kiva.ErrNotFound):
		plain(w, r, http.StatusNotFound, "There is no such picture.")
	case err != nil:
		internal(w, r, err, log)
	default:
		send(w, r, answer{kind: page.Picture, contentType: "image/jpeg", body: body})
	}
}

// health says whether new requests are welcome: 503 once the program stops.
func (s *Server) health(w http.ResponseWriter, r *http.Request, st *state) {
	status, word := http.StatusOK, "ok"
	if s.draining.Load() {
		status, word = http.StatusServiceUnavailable, "stopping"
	}
	date := "" // not known
	if !st.DataDate.IsZero() {
		date = st.DataDate.Format(time.DateOnly)
	}
	body := fmt.Appendf(nil, "{\"status\":%q,\"loans\":%d,\"data\":%q}\n", word, st.Loans, date)
	send(w, r, answer{kind: page.Message, status: status, contentType: "application/json; charset=utf-8", body: body})
}

// internal answers for a fault of ours. What it was is for the log alone.
func internal(w http.ResponseWriter, r *http.Request, err error, log *slog.Logger) {
	if r.Context().Err() != nil {
		return // the client has gone
	}
	log.Error("request failed", "path", r.URL.Path, "error", err)
	plain(w, r, http.StatusInternalServerError, "Something went wrong on our side.")
}

// plain answers with a sentence. It never repeats what was asked.
func plain(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	send(w, r, answer{kind: page.Message, status: status, contentType: "text/plain; charset=utf-8", body: []byte(sentence + "\n")})
}

// guard keeps a fault in one request from ending the others.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault == http.ErrAbortHandler {
				panic(fault)
			}
			s.log.Error("request panicked", "path", r.URL.Path, "fault", fault, "stack", string(debug.Stack()))
			plain(w, r, http.StatusInternalServerError, "Something went wrong on our side.")
		}()
		next.ServeHTTP(w, r)
	})
}

// logRequests writes a line for every request, without its query, which may
// hold what other people wrote.
func logRequests(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		counted := &counter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(counted, r)
		log.Info("request", "method", r.Method, "path", r.URL.Path, "status", counted.status, "bytes", counted.bytes, "took", time.Since(began))
	})
}

// counter sees what is answered.
type counter struct {
	http.ResponseWriter
	status, bytes int
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer underneath.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
