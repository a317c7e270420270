package server

import (
	"bytes"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"loanleaf/generator/page"
	"loanleaf/site"
)

// refuse answers a request for what would be at an address with a page that says
// when to ask again where a person reads it, and with a sentence where a program does.
// known tells whether the path names something of ours, in a language that counts.
func (st *state) refuse(v *visit, r *http.Request, a site.Address, known bool, log *slog.Logger) {
	if !readByPeople(r, a, known) {
		v.refuse(r)
		return
	}
	v.Header().Set("Retry-After", v.retryAfter())
	st.sorry(v, r, st.inTheirLanguage(r, a, known), v.limiter.refusal, page.Refusal{Wait: v.wait().Reset}, log)
}

// standIn is the address of which a refusal at a path speaks, and whether it names
// something of ours. A page and a picture stand for what has a path and no address.
func (st *state) standIn(path string) (a site.Address, known bool) {
	if language, ok := st.Site.ParseTrialPath(path); ok {
		return site.Address{Kind: site.Search, Language: language}, true
	}
	if _, id, ok := st.Site.ParsePicturePath(path); ok {
		return site.Address{Kind: site.CardJPEG, ID: id}, true
	}
	a, known = st.Site.Resolve(path)
	if document := a.Document(); document.Kind == site.Doc || document.Kind == site.Prose {
		known = known && st.pages.Has(a) // almost any path could be one
	}
	return a, known
}

// busy answers for what would have to wait too long.
func (st *state) busy(v *visit, r *http.Request, a site.Address, log *slog.Logger) {
	v.Header().Set("Retry-After", retryAfter)
	if !readByPeople(r, a, true) {
		plain(v, r, http.StatusServiceUnavailable, "Too many pictures are being drawn. Ask again in a moment.")
		return
	}
	st.sorry(v, r, st.inTheirLanguage(r, a, true), http.StatusServiceUnavailable, page.Refusal{}, log)
}

// mostRefused is how many bytes of pages are kept that refusals are: all that one
// minute can ask for in four languages.
const mostRefused = 4 << 20

// refusedPage tells such pages apart.
type refusedPage struct {
	language string
	widget   bool
	why      page.Refusal
}

func (st *state) sorry(v *visit, r *http.Request, a site.Address, status int, why page.Refusal, log *slog.Logger) {
	why.Wait = (why.Wait + time.Second - 1).Truncate(time.Second)
	key := refusedPage{st.Site.Around(a.Language).Tag, a.Kind == site.Widget || a.Kind == site.ListWidget, why}
	body, ok := st.refused.get(key)
	if !ok {
		var made bytes.Buffer
		if err := st.pages.RenderRefusal(r.Context(), &made, a, why); err != nil {
			internal(v, r, err, log)
			return
		}
		body = made.Bytes()
		st.refused.put(key, body, len(body))
	}
	kind := page.Missing
	if key.widget {
		kind = page.MissingWidget
	}
	send(v, r, answer{kind: kind, status: status, contentType: htmlType, language: key.language, body: body, policies: st.pages.Policies()})
}

const htmlType = "text/html; charset=utf-8"

// readByPeople tells whether a page is asked for: by a path at which there is one, or
// by Accept, as browsers do when somebody follows a link to a picture. Accept may also
// say that a page is the last thing that is wanted.
func readByPeople(r *http.Request, a site.Address, known bool) bool {
	named, any, says := accepts(r.Header.Values("Accept"))
	if named || !says {
		return named || !known || page.ContentType(a.Kind) == htmlType
	}
	return any && (!known || page.ContentType(a.Kind) == htmlType)
}

// accepts reads Accept (RFC 9110, section 12.5.1): whether it names HTML, whether it
// takes anything, or any text, and whether it says something at all. A weight of 0
// names what is not taken.
func accepts(lines []string) (html, anything, says bool) {
	for _, line := range lines {
		for field := range strings.SplitSeq(line, ",") {
			kind, parameters, _ := strings.Cut(strings.ToLower(strings.TrimSpace(field)), ";")
			says = says || kind != ""
			if weightOf(parameters) == 0 {
				continue
			}
			switch strings.TrimSpace(kind) {
			case "text/html", "application/xhtml+xml":
				html = true
			case "*/*", "text/*":
				anything = true
			}
		}
	}
	return html, anything, says
}

// weightOf is the weight among the parameters of a field: 1 where there is none, 0
// where it cannot be read.
func weightOf(parameters string) float64 {
	weight := 1.0
	for parameter := range strings.SplitSeq(parameters, ";") {
		key, value, ok := strings.Cut(strings.TrimSpace(parameter), "=")
		if ok && strings.EqualFold(strings.TrimSpace(key), "q") {
			parsed, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil || !(parsed >= 0 && parsed <= 1) {
				parsed = 0
			}
			weight = parsed
		}
	}
	return weight
}

// inTheirLanguage is an address in the language that it names or, where a path names
// nothing or a picture, in that of the site's languages which Accept-Language likes
// most.
func (st *state) inTheirLanguage(r *http.Request, a site.Address, known bool) site.Address {
	if known && page.ContentType(a.Kind) == htmlType || a.Language != "" {
		return a
	}
	best := 0.0
	for _, line := range r.Header.Values("Accept-Language") {
		for field := range strings.SplitSeq(line, ",") {
			tag, parameters, _ := strings.Cut(strings.ToLower(strings.TrimSpace(field)), ";")
			primary, _, _ := strings.Cut(strings.TrimSpace(tag), "-")
			if weight := weightOf(parameters); primary != "" && weight > best {
				if l := st.Site.Language(primary); l != nil {
					a.Language, best = l.Tag, weight
				}
			}
		}
	}
	return a
}
