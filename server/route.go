package server

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"

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

// route leads a request to what answers it, from the state of this moment.
func (s *Server) route(v *visit, r *http.Request) {
	st, release := s.current()
	defer release()
	s.routeOn(v, r, st)
}

// routeOn does so from a state, which may be nil.
func (s *Server) routeOn(v *visit, r *http.Request, st *state) {
	path := r.URL.EscapedPath()
	if st != nil {
		if _, ok := st.Site.EndpointFormat(path); ok {
			v.family, v.path = oembedFamily, path
			st.oembed.answerTo(v, r)
			return
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		if v.may(r, anything) {
			onlyReads(v, r)
		} else {
			v.refuse(r)
		}
		return
	}
	switch {
	case v.isHealth(path) && path == healthPath:
		s.health(v, r, st)
	case v.isHealth(path):
		s.tellReady(v, r, st != nil)
	case st == nil:
		s.wait(v, r, path)
	default:
		s.read(v, r, st, path)
	}
}

// read leads a request that only reads, and that is no request of oEmbed, to
// what answers it.
func (s *Server) read(v *visit, r *http.Request, st *state, path string) {
	if st.asset(v, r, path) {
		return
	}
	a, resolved := st.Site.Resolve(path)
	language, trial := st.Site.ParseTrialPath(path)
	size, id, picture := st.Site.ParsePicturePath(path)
	picture = picture && st.Picture != nil
	switch {
	case trial:
		v.family, v.path = tryFamily, path
	case picture:
		v.family, v.path = pictureFamily, path
	case resolved:
		v.family, v.path = familyOf(a), st.Site.Path(a)
	}
	switch {
	case !v.may(r, anything), picture && !usualSizes[size] && !v.may(r, pictures):
		a, known := st.standIn(path)
		st.refuse(v, r, a, known, s.log)
	case trial:
		s.trial(v, r, st, language)
	case picture:
		st.picture(v, r, size, id, s.log)
	case resolved:
		st.page(v, r, a, path, s.log)
	default:
		st.gone(v, r, site.Address{Kind: site.NotFound, Language: a.Language}, s.log)
	}
}

// asset answers with a file beside the pages, if the path is that of one.
func (st *state) asset(v *visit, r *http.Request, path string) bool {
	file, ok := st.Site.ParseAssetPath(path)
	if !ok {
		return false
	}
	asset, ok := st.assets[file]
	if ok {
		v.family, v.path = assetFamily, path
		send(v, r, answer{kind: page.AssetFile, contentType: asset.ContentType, body: asset.Body})
	}
	return ok
}

// onlyReads refuses a method that does not read.
func onlyReads(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET, HEAD")
	plain(w, r, http.StatusMethodNotAllowed, "Only GET and HEAD are answered here.")
}

// page answers with what is at an address, a redirect to it from a path that says
// it otherwise, or what stands where there is nothing.
func (st *state) page(w *visit, r *http.Request, a site.Address, path string, log *slog.Logger) {
	if document := a.Document(); (document.Kind == site.Doc || document.Kind == site.Prose) && !st.pages.Has(a) {
		// Almost any path could be one: what is not there is not sent somewhere first.
		w.family, w.path = otherFamily, ""
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
		w.path = "" // nothing was looked up, so nothing may be there
		redirect(w, own)
		return
	}
	if a.Kind == site.NotFound {
		st.gone(w, r, a, log)
		return
	}
	if a.Kind == site.Search {
		// The one page whose address does not bound what it costs.
		a = site.Asked(a, r.URL.RawQuery)
		if a.Query != "" && !w.may(r, searches) {
			st.refuse(w, r, a, true, log)
			return
		}
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

// redirect sends a client to another address of ours, with no body: all that
// could stand in one is what was asked for.
func redirect(w http.ResponseWriter, to string) {
	h := w.Header()
	setHeaders(h, page.Moved, page.Policies{})
	h.Set("Location", to)
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusMovedPermanently)
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

// picture answers with a picture. One in an odd size may have to be made, and
// waits for its turn as cards do.
func (st *state) picture(w *visit, r *http.Request, size string, id int64, log *slog.Logger) {
	if !usualSizes[size] {
		leave, err := st.shelf.queue()
		if err != nil {
			st.busy(w, r, site.Address{Kind: site.CardJPEG, ID: id}, log)
			return
		}
		defer leave()
	}
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

// leaveGone ends a request whose client has gone, and the connection with it. To
// return would answer 200 with nothing, which a client that has only closed its own
// side of the connection would take for the page.
func leaveGone(r *http.Request) {
	if r.Context().Err() != nil {
		panic(http.ErrAbortHandler)
	}
}

// internal answers for a fault of ours. What it was is for the log alone.
func internal(w http.ResponseWriter, r *http.Request, err error, log *slog.Logger) {
	leaveGone(r)
	log.Error("request failed", "path", r.URL.Path, "error", err)
	plain(w, r, http.StatusInternalServerError, "Something went wrong on our side.")
}

// plain answers with a sentence. It never repeats what was asked.
func plain(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	send(w, r, answer{kind: page.Message, status: status, contentType: "text/plain; charset=utf-8", body: []byte(sentence + "\n")})
}

// guard keeps a fault in one request from ending the others.
func (f *front) guard(v *visit, r *http.Request, next func(*visit, *http.Request)) {
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		if fault == http.ErrAbortHandler {
			panic(fault)
		}
		f.log.Error("request panicked", "path", r.URL.Path, "fault", fault, "stack", string(debug.Stack()))
		plain(v, r, http.StatusInternalServerError, "Something went wrong on our side.")
	}()
	next(v, r)
}
