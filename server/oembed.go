package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/oembed"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// loanSource looks up what an oEmbed answer is made from. Its methods say
// [kiva.ErrNotFound] when there is nothing.
type loanSource interface {
	Loan(ctx context.Context, id int64) (kiva.Loan, error)
	Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error)
	Partner(ctx context.Context, id int64) (kiva.Partner, error)
}

// listSource gives what an answer says of a list, by the address of its page;
// [kiva.ErrNotFound] when there is no such list.
type listSource func(ctx context.Context, list site.Address) (view.ListCard, error)

// oembedHandler is the oEmbed endpoint: HTTP around package oembed.
type oembedHandler struct {
	site     *site.Site
	teller   func(*locale.Language) *view.Teller
	loans    loanSource
	private  func(id int64) bool
	badge    func(view.Loan) site.Picture // nil: there are none
	lists    listSource                   // nil: there are none
	modified string                       // for Last-Modified; empty: not known
	answers  []page.Header                // of what programs read
	previews []page.Header
	log      *slog.Logger
	memory   *cache[site.Address, *remembered]
	seen     func(hit bool) // counts what is remembered of what is asked for
}

// newOEmbedHandler answers on every path that site.EndpointFormat reads.
// private tells which ids are answered with 401; modified is when the data was
// taken in, the zero time where that is not known. Faults go to the handler's
// log, which drops them until it is set.
func newOEmbedHandler(s *site.Site, teller func(*locale.Language) *view.Teller, loans loanSource, private func(id int64) bool, modified time.Time) *oembedHandler {
	o := &oembedHandler{
		site: s, teller: teller, loans: loans, private: private,
		answers: page.Headers(page.LiveAnswer, page.Policies{}), previews: page.Headers(page.LivePreview, page.Policies{Preview: previewPolicy(s)}), log: slog.New(slog.DiscardHandler), seen: func(bool) {},
		memory: newCache[site.Address, *remembered](mostRemembered),
	}
	if !modified.IsZero() {
		o.modified = modified.UTC().Format(http.TimeFormat)
	}
	return o
}

// previewPolicy lets a preview show its pictures, its own styles and a widget
// of this site, and do nothing else: it holds other people's words on our
// origin. The sandbox keeps the origin, which nothing there can use without
// scripts: a frame in a document without one fits no frame-ancestors.
func previewPolicy(s *site.Site) string {
	images := "'none'"
	if sources := s.ImageSources(); len(sources) > 0 {
		images = strings.Join(sources, " ")
	}
	return "default-src 'none'; style-src 'unsafe-inline'; img-src " + images + "; frame-src " + s.Origin() +
		"; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
}

const (
	readMethods = "GET, HEAD, OPTIONS"
	// challenge is what HTTP wants beside a 401 (RFC 9110, section 15.5.2), which oEmbed
	// forgot. Nobody can meet it: no browser knows the scheme, so none asks its reader
	// for a password in the page of somebody else.
	challenge = `OEmbed realm="private loans"`
	// wordPress begins the User-Agent of WordPress' HTTP client.
	wordPress = "WordPress/"
)

// refusals gives every kind of refusal its status (oEmbed 2.3.5 for 404, 501
// and 401) and how long it may be kept: what depends on the address alone a
// minute, a loan that is not there longer, since it is asked for often and
// rarely appears, what depends on the operator or on luck not at all.
var refusals = [...]struct {
	status  int
	caching string
}{
	oembed.Failed:        {http.StatusInternalServerError, page.Never},
	oembed.BadRequest:    {http.StatusBadRequest, page.Briefly},
	oembed.TooLong:       {http.StatusRequestURITooLong, page.Briefly},
	oembed.NotFound:      {http.StatusNotFound, "public, max-age=300"},
	oembed.Private:       {http.StatusUnauthorized, page.Never},
	oembed.UnknownFormat: {http.StatusNotImplemented, page.Briefly},
	oembed.NotAllowed:    {http.StatusMethodNotAllowed, page.Never},
	oembed.Limited:       {http.StatusTooManyRequests, page.Never}, // or as Limits say
}

// ServeHTTP answers one request of nobody in particular.
func (o *oembedHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.answerTo(&visit{ResponseWriter: w}, r)
}

// answerTo answers one request. Every answer may be read by every page: there
// is nothing in its body that depends on who asks, and no cookie.
func (o *oembedHandler) answerTo(w *visit, r *http.Request) {
	h := w.Header()
	if r.Method == http.MethodOptions {
		o.tell(h, o.answers, page.Never)
		h.Set("Allow", readMethods)
		h.Set("Access-Control-Allow-Methods", readMethods)
		h.Set("Access-Control-Allow-Headers", "*")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	implied, _ := o.site.EndpointFormat(r.URL.EscapedPath())
	request, err := oembed.Parse(r.URL.RawQuery, oembed.Format(implied))
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", readMethods)
		err = refuseAnyway(request, err, oembed.NotAllowed)
	}
	if request.Format == oembed.Preview {
		w.family = previewFamily
	}
	if !w.may(r, anything) || err == nil && request.Format == oembed.Preview && !w.may(r, trials) {
		h.Set("Retry-After", w.retryAfter())
		err = refuseAnyway(request, err, oembed.Limited)
	}
	var answer *encoded
	if err == nil {
		request.WordPress = request.DNT && strings.HasPrefix(r.UserAgent(), wordPress)
		answer, err = o.answer(r.Context(), &request)
	}
	if err != nil {
		o.refuse(w, r, request, err)
		return
	}
	o.send(w, r, request, answer)
}

// refuseAnyway refuses a request in the format that it named, as far as it could
// be read.
func refuseAnyway(request oembed.Request, err error, kind oembed.Kind) error {
	if refusal, ok := errors.AsType[*oembed.Error](err); ok {
		return &oembed.Error{Kind: kind, Format: refusal.Format, Callback: refusal.Callback}
	}
	return request.Refuse(kind)
}

// loan reads no more of a loan than the answer says.
func (o *oembedHandler) loan(ctx context.Context, id int64, whole bool) (kiva.Loan, error) {
	if whole {
		return o.loans.Loan(ctx, id)
	}
	loans, err := o.loans.Listings(ctx, []int64{id})
	if err != nil {
		return kiva.Loan{}, err
	}
	return loans[0], nil
}

// partner is nil for a direct loan, and for a partner that the data lacks.
func (o *oembedHandler) partner(ctx context.Context, id int64) (*kiva.Partner, error) {
	if id == 0 {
		return nil, nil
	}
	partner, err := o.loans.Partner(ctx, id)
	if errors.Is(err, kiva.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("partner %d: %w", id, err)
	}
	return &partner, nil
}

// send writes an answer, or 304 when the client has it already.
func (o *oembedHandler) send(w http.ResponseWriter, r *http.Request, request oembed.Request, answer *encoded) {
	h := w.Header()
	o.tell(h, o.headersOf(request.Format), "")
	h.Set("Content-Language", answer.language)
	if request.DNT {
		// The only answers that depend on more than the address.
		h.Add("Vary", "User-Agent")
	}
	compress := false
	if len(answer.body) >= leastCompressed {
		h.Add("Vary", "Accept-Encoding")
		compress = acceptsGzip(r.Header.Values("Accept-Encoding"))
	}
	h.Set("ETag", quoteTag(answer.tag, compress))
	if o.modified != "" {
		h.Set("Last-Modified", o.modified)
	}
	if unmet(r, answer.tag) {
		plain(w, r, http.StatusPreconditionFailed, changed)
		return
	}
	if o.unchanged(r, answer.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := answer.body
	if compress {
		body = answer.compressed()
		h.Set("Content-Encoding", "gzip")
	}
	o.write(w, r, http.StatusOK, request.Format, body)
}

// headersOf are those of answers in a format.
func (o *oembedHandler) headersOf(f oembed.Format) []page.Header {
	if f == oembed.Preview {
		return o.previews
	}
	return o.answers
}

// tell writes headers, with another Cache-Control where there is one.
func (o *oembedHandler) tell(h http.Header, headers []page.Header, caching string) {
	for _, header := range headers {
		h.Set(header.Name, header.Value)
	}
	if caching != "" {
		h.Set("Cache-Control", caching)
	}
}

// unchanged tells whether the client has the answer. A date counts only where
// no tag was sent, and only if it is the very one we gave out: a date alone
// cannot tell which data, or which build of the program, it stood for.
func (o *oembedHandler) unchanged(r *http.Request, tag string) bool {
	if tags := r.Header.Values("If-None-Match"); len(tags) > 0 {
		return matchesTag(tags, tag)
	}
	return o.modified != "" && r.Header.Get("If-Modified-Since") == o.modified
}

// refuse writes an error in the format that was asked for. What went wrong on
// our side is for the log alone.
func (o *oembedHandler) refuse(w *visit, r *http.Request, request oembed.Request, err error) {
	refusal, ok := errors.AsType[*oembed.Error](err)
	if !ok {
		leaveGone(r)
		o.log.Error("oembed request failed", "error", err)
		refusal = request.Refuse(oembed.Failed)
	}
	row := refusals[refusal.Kind]
	if refusal.Kind == oembed.Limited {
		row.status = w.limiter.refusal
	}
	o.tell(w.Header(), o.headersOf(refusal.Format), row.caching)
	if refusal.Kind == oembed.Private {
		w.Header().Set("WWW-Authenticate", challenge)
	}
	o.write(w, r, row.status, refusal.Format, oembed.AppendError(nil, refusal.Format, refusal.Callback, refusal))
}

func (o *oembedHandler) write(w http.ResponseWriter, r *http.Request, status int, f oembed.Format, body []byte) {
	h := w.Header()
	h.Set("Content-Type", f.ContentType())
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(body) // an error means that the client has gone
	}
}
