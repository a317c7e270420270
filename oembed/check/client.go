package check

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Limits of a [Client].
const (
	MaxRedirects   = 5
	DefaultTimeout = 15 * time.Second // of a request, redirects among it
	maxHeaderBytes = 64 << 10
)

// Client fetches over the network. It asks public addresses alone, looks at
// what it connects to after names were resolved and at every redirect, keeps no
// cookies, sends no Referer, uses no proxy, and reads no more of a body than it
// was asked to, after decompression.
type Client struct {
	agent   string
	timeout time.Duration
	client  http.Client
}

// NewClient makes a client that calls itself agent. timeout bounds a request;
// 0 stands for [DefaultTimeout]. allowPrivate lets it ask loopback, private,
// link-local and all other addresses too: for a developer's own machine.
func NewClient(agent string, timeout time.Duration, allowPrivate bool) *Client {
	if timeout <= 0 {
		timeout = DefaultTimeout
	}
	if allowPrivate {
		return newClient(agent, timeout, func(string) error { return nil })
	}
	return newClient(agent, timeout, dialable)
}

// newClient makes a client that connects where dialable gives no error. It is
// asked with the address that the system is about to connect to.
func newClient(agent string, timeout time.Duration, dialable func(address string) error) *Client {
	dialer := &net.Dialer{
		Timeout: timeout,
		Control: func(_, address string, _ syscall.RawConn) error { return dialable(address) },
	}
	return &Client{agent: agent, timeout: timeout, client: http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, IdleConnTimeout: 2 * time.Second, MaxResponseHeaderBytes: maxHeaderBytes,
			TLSHandshakeTimeout: timeout, ResponseHeaderTimeout: timeout, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Fetch implements [Fetcher].
func (c *Client) Fetch(ctx context.Context, r Request) (*Response, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	began := time.Now()
	address := r.URL
	for redirects := 0; ; redirects++ {
		response, err := c.hop(ctx, address, r.UserAgent)
		if err != nil {
			return nil, err
		}
		if next := redirected(response); next != "" {
			response.Body.Close()
			if redirects == MaxRedirects {
				return nil, fmt.Errorf("%s: redirects more than %d times", r.URL, MaxRedirects)
			}
			address = next
			continue
		}
		body, err := io.ReadAll(io.LimitReader(response.Body, int64(r.Limit)+1))
		response.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: its body cannot be read: %w", address, plain(err))
		}
		return &Response{
			URL: address, Redirects: redirects, Status: response.StatusCode, Header: response.Header,
			Body: body[:min(len(body), r.Limit)], Truncated: len(body) > r.Limit, Took: time.Since(began),
		}, nil
	}
}

func (c *Client) hop(ctx context.Context, address, agent string) (*http.Response, error) {
	u, err := askable(address)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &RefusedError{Address: address, Reason: "is not an address"}
	}
	if agent == "" {
		agent = c.agent
	}
	request.Header.Set("User-Agent", agent)
	request.Header.Set("Accept", "*/*")
	response, err := c.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", address, plain(err))
	}
	return response, nil
}

// redirected gives where a response leads on to; empty: nowhere.
func redirected(response *http.Response) string {
	switch response.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if next, err := response.Location(); err == nil {
			return next.String()
		}
	}
	return ""
}

// plain takes the words of net/http off that repeat the address.
func plain(err error) error {
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		return refused
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return errors.New("no answer in time")
	}
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	if missing, ok := errors.AsType[*net.DNSError](err); ok {
		return fmt.Errorf("no host of the name %s is known", missing.Name)
	}
	if refused, ok := errors.AsType[*net.OpError](err); ok {
		return refused.Err
	}
	return err
}
