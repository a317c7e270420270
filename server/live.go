package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"loanleaf/generator/page"
	"loanleaf/public"
)

// Live is a server for people who work on a site: its pages have a script that
// fetches them again when there is a new state, and that shows over them what is
// wrong. Before the first state it answers with a page that waits for one. It is
// an [http.Handler].
//
// Beside the pages there are two addresses, whatever the site's base address:
// /dev/reload.js is the script, and /dev/events tells it of changes as
// server-sent events, each a [News] in JSON. Nothing may be kept by a browser
// without asking again.
type Live struct {
	stamp   string
	log     *slog.Logger
	handler http.Handler
	stopped chan struct{}

	mu      sync.Mutex
	web     *Server // nil: there was no state yet
	news    News
	before  string        // the version that News.Style leads on from
	changed chan struct{} // closed when there are other news
	states  int
}

// News is what a page is told.
type News struct {
	Version  string    `json:"version"`            // of the pages there are now
	Style    string    `json:"style,omitempty"`    // path of the stylesheet, when nothing else is new
	Problems []Problem `json:"problems,omitempty"` // what is wrong now
}

// Problem is something to be mended, in words for people: where it is and what,
// and what to do about it, which may be empty.
type Problem struct {
	Text string `json:"text"`
	Hint string `json:"hint,omitempty"`
}

// NewLive makes a server that waits. stamp is part of the pages' versions: one
// that no earlier server at this address had, so that pages which outlive a
// server are fetched again from the next.
func NewLive(stamp string, log *slog.Logger, requests bool) *Live {
	l := &Live{stamp: stamp, log: log, stopped: make(chan struct{}), changed: make(chan struct{})}
	l.news.Version = l.version()
	l.handler = http.HandlerFunc(l.route)
	if requests {
		l.handler = logRequests(log, l.handler)
	}
	return l
}

func (l *Live) version() string { return fmt.Sprintf("%s-%d", l.stamp, l.states) }

// Show answers from c from now on, as [Server.Reload] does, and has open pages
// fetched again. With style they only exchange their stylesheet: the caller
// knows that nothing else is new. problems are shown over the pages.
func (l *Live) Show(c Config, style bool, problems []Problem) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.states++
	c.Script = scriptPath(l.version())
	if l.web == nil {
		web, err := New(c)
		if err != nil {
			return err
		}
		l.web = web
	} else {
		l.web.Reload(c)
	}
	news := News{Version: l.version(), Problems: problems}
	if style {
		l.before, news.Style = l.news.Version, l.web.style()
	}
	l.tell(news)
	return nil
}

// Fail leaves the pages as they are and shows over them what is wrong.
func (l *Live) Fail(problems []Problem) {
	l.mu.Lock()
	defer l.mu.Unlock()
	news := l.news
	news.Problems = problems
	l.tell(news)
}

func (l *Live) tell(news News) {
	l.news = news
	close(l.changed)
	l.changed = make(chan struct{})
}

// newsFor is what a page of a version is told, and what is closed when there is
// more.
func (l *Live) newsFor(version string) (News, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	news := l.news
	if version != l.before {
		news.Style = ""
	}
	return news, l.changed
}

// Addresses of a live server.
const (
	scriptAddress = "/dev/reload.js"
	eventsAddress = "/dev/events"
)

func scriptPath(version string) string { return scriptAddress + "?v=" + url.QueryEscape(version) }

// ServeHTTP answers one request.
func (l *Live) ServeHTTP(w http.ResponseWriter, r *http.Request) { l.handler.ServeHTTP(w, r) }

func (l *Live) route(w http.ResponseWriter, r *http.Request) {
	w = &unkept{ResponseWriter: w}
	read := r.Method == http.MethodGet || r.Method == http.MethodHead
	switch {
	case r.URL.Path == scriptAddress && read:
		send(w, r, answer{kind: page.Message, contentType: "text/javascript; charset=utf-8", body: []byte(public.ReloadScript())})
		return
	case r.URL.Path == eventsAddress && r.Method == http.MethodGet:
		l.events(w, r)
		return
	}
	l.mu.Lock()
	web, news := l.web, l.news
	l.mu.Unlock()
	if web == nil {
		l.wait(w, r, news)
		return
	}
	web.ServeHTTP(w, r)
}

// wait answers for a site that is not there yet.
func (l *Live) wait(w http.ResponseWriter, r *http.Request, news News) {
	var texts []string
	for _, problem := range news.Problems {
		texts = append(texts, problem.Text)
	}
	var body bytes.Buffer
	headers, err := page.RenderWaiting(r.Context(), &body, scriptPath(news.Version), texts)
	if err != nil {
		internal(w, r, err, l.log)
		return
	}
	for _, header := range headers {
		w.Header().Set(header.Name, header.Value)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(http.StatusServiceUnavailable)
	if r.Method != http.MethodHead {
		w.Write(body.Bytes()) // an error means that the client has gone
	}
}

// retry is after how many milliseconds a browser asks again when a server is gone.
const retry = 300

// events tells a page of the news, at once and whenever there are others, until
// it leaves or the server stops.
func (l *Live) events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	// The limits of a connection are for answers that end.
	if err := errors.Join(control.SetReadDeadline(time.Time{}), control.SetWriteDeadline(time.Time{})); err != nil {
		internal(w, r, err, l.log)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	fmt.Fprintf(w, "retry: %d\n", retry)
	for version := r.URL.Query().Get("v"); ; {
		news, changed := l.newsFor(version)
		body, err := json.Marshal(news)
		if err != nil {
			l.log.Error("telling a page of news", "error", err)
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", body); err != nil {
			return
		}
		if err := control.Flush(); err != nil {
			return
		}
		version = news.Version
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		case <-l.stopped:
			return
		}
	}
}

// unkept sends what may be kept, but never without asking whether it is still
// true.
type unkept struct{ http.ResponseWriter }

func (u *unkept) WriteHeader(status int) {
	u.Header().Set("Cache-Control", "no-cache")
	u.ResponseWriter.WriteHeader(status)
}

func (u *unkept) Write(p []byte) (int, error) {
	u.Header().Set("Cache-Control", "no-cache") // of no effect after the first write
	return u.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the writer underneath.
func (u *unkept) Unwrap() http.ResponseWriter { return u.ResponseWriter }

// Run serves connections as [Server.Run] does, but leaves the data to [Live.Close].
// Pages that listen for events are let go at once when ctx ends.
func (l *Live) Run(ctx context.Context, listener net.Listener) error {
	f := newFront(Operation{Logger: l.log})
	f.stopping = func() { close(l.stopped) }
	return run(ctx, listener, l, f, func() {})
}

// Close closes the data of the last state, after Run and the last Show.
func (l *Live) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.web != nil {
		l.web.closeState()
	}
}
