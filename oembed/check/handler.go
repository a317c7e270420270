package check

import (
	"bytes"
	"cmp"
	"context"
	"net/http"
	"net/url"
)

// Handler fetches from a handler of this program, without the network: a
// server can check its own pages. It follows redirects as [Client] does.
type Handler struct {
	Handler http.Handler
	Host    string // the one host it answers for, with its port where there is one
	// Agent is the User-Agent of requests that name none; may be empty.
	Agent string
}

// Fetch implements [Fetcher]. Other hosts are refused.
func (h Handler) Fetch(ctx context.Context, r Request) (*Response, error) {
	address := r.URL
	for redirects := 0; ; redirects++ {
		u, err := askable(address)
		if err != nil {
			return nil, err
		}
		if u.Host != h.Host {
			return nil, &RefusedError{Address: address, Reason: "is not on " + h.Host, Elsewhere: true}
		}
		answer, err := h.hop(ctx, u, r)
		if err != nil {
			return nil, err
		}
		next := redirected(&http.Response{StatusCode: answer.status, Header: answer.header, Request: &http.Request{URL: u}})
		if next == "" || redirects == MaxRedirects {
			body := answer.body.Bytes()
			return &Response{
				URL: address, Redirects: redirects, Status: answer.status, Header: answer.header,
				Body: body, Truncated: answer.full,
			}, nil
		}
		address = next
	}
}

func (h Handler) hop(ctx context.Context, u *url.URL, r Request) (*recorder, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &RefusedError{Address: u.String(), Reason: "is not an address"}
	}
	request.RequestURI = u.RequestURI()
	request.RemoteAddr = "127.0.0.1:0"
	request.Header.Set("Accept", "*/*")
	if agent := cmp.Or(r.UserAgent, h.Agent); agent != "" {
		request.Header.Set("User-Agent", agent)
	}
	answer := &recorder{header: http.Header{}, limit: r.Limit}
	h.Handler.ServeHTTP(answer, request)
	if answer.status == 0 {
		answer.status = http.StatusOK
	}
	return answer, ctx.Err()
}

// recorder keeps what a handler writes.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
	limit  int
	full   bool
}

func (w *recorder) Header() http.Header { return w.header }

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 && status >= http.StatusOK {
		w.status = status
	}
}

func (w *recorder) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	room := w.limit - w.body.Len()
	if len(p) > room {
		w.full = true
	}
	w.body.Write(p[:min(len(p), room)])
	return len(p), nil
}
