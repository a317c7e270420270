package server

import (
	"fmt"
	"net/http"
	"time"

	"loanleaf/generator/page"
)

// Addresses of the state of the program, whatever the site's base address.
const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

// starting is how many seconds to wait for data that is being taken in.
const starting = "5"

// isHealth tells whether a request asks for the state of the program, and
// notes so.
func (v *visit) isHealth(path string) bool {
	if path != healthPath && path != readyPath {
		return false
	}
	v.family, v.path = healthFamily, path
	return true
}

// word says what a program does.
func (f *front) word(ready bool) string {
	switch {
	case f.draining.Load():
		return "stopping"
	case !ready:
		return "starting"
	}
	return "ok"
}

// tellReady answers whether new requests are welcome: 503 before there is
// anything to answer from, and from the moment on at which the program is told to
// stop.
func (f *front) tellReady(w http.ResponseWriter, r *http.Request, ready bool) {
	word, status := f.word(ready), http.StatusOK
	if word != "ok" {
		w.Header().Set("Retry-After", starting)
		status = http.StatusServiceUnavailable
	}
	tellJSON(w, r, status, fmt.Appendf(nil, "{\"status\":%q}\n", word))
}

// health answers whether the program is alive, which it is, and what data it
// has; st may be nil. That the data could not be taken in the last time is told
// without a reason: reasons name files, and are for the log.
func (s *Server) health(w http.ResponseWriter, r *http.Request, st *state) {
	body := fmt.Appendf(nil, "{\"status\":%q", s.word(st != nil))
	if st != nil {
		date := "" // not known
		if !st.DataDate.IsZero() {
			date = st.DataDate.Format(time.DateOnly)
		}
		body = fmt.Appendf(body, ",\"loans\":%d,\"data\":%q", st.Loans, date)
	}
	if s.reloadFailed.Load() {
		body = append(body, `,"reload":"failed"`...)
	}
	tellJSON(w, r, http.StatusOK, append(body, "}\n"...))
}

func tellJSON(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	send(w, r, answer{kind: page.Message, status: status, contentType: "application/json; charset=utf-8", body: body})
}

// wait answers in place of everything else before there is data: people with a page
// where the site is known already, others with a sentence.
func (s *Server) wait(v *visit, r *http.Request, path string) {
	const sentence = "The data is being taken in. Ask again in a moment."
	st := s.awaited.Load()
	if st != nil && st.asset(v, r, path) {
		return
	}
	v.Header().Set("Retry-After", starting)
	if st == nil {
		plain(v, r, http.StatusServiceUnavailable, sentence)
		return
	}
	a, known := st.standIn(path)
	if _, endpoint := st.Site.EndpointFormat(path); endpoint || !readByPeople(r, a, known) {
		plain(v, r, http.StatusServiceUnavailable, sentence)
		return
	}
	st.sorry(v, r, st.inTheirLanguage(r, a, known), http.StatusServiceUnavailable, page.Refusal{Starting: true}, s.log)
}
