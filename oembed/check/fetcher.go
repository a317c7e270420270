package check

import (
	"context"
	"net/http"
	"time"
)

// Fetcher asks for addresses. [Client] does it over the network, [Handler]
// within the program.
type Fetcher interface {
	// Fetch follows redirects and gives the last answer, whatever its status. An
	// error means that there was none: a [*RefusedError] where asking was not
	// allowed, else what the network said.
	Fetch(ctx context.Context, r Request) (*Response, error)
}

// Request is what is asked for, with GET.
type Request struct {
	URL       string
	UserAgent string // empty: the fetcher's own
	Limit     int    // bytes of the body that are read, after decompression
}

// Response is an answer.
type Response struct {
	URL       string // after redirects
	Redirects int    // that were followed
	Status    int
	Header    http.Header
	Body      []byte
	Truncated bool // the body goes on after Limit
	Took      time.Duration
}

// RefusedError is why an address is not asked.
type RefusedError struct {
	Address string
	Reason  string
	Private bool // it would be asked if private addresses were allowed

	// Elsewhere tells that it may well answer others: a [Handler] asks no hosts
	// but its own. Rules about such an address are moot.
	Elsewhere bool
}

// Error says which address was refused, and why.
func (e *RefusedError) Error() string { return tame(e.Address) + " " + e.Reason }
