package oembed

// Kind tells why a request has no answer. The server gives each kind its
// status code (oEmbed 2.3.5 names 404, 501 and 401).
type Kind uint8

// The kinds of refusals.
const (
	Failed        Kind = iota // the look-up failed; the reason is not for the outside
	BadRequest                // a parameter is missing, repeated or cannot be read
	TooLong                   // the query or the url in it is longer than any of ours
	NotFound                  // no loan and no list of this site, or none that may be shown
	Private                   // a loan that its operator keeps to some readers
	UnknownFormat             // a format that oEmbed or this provider does not have
	NotAllowed                // a method that does not read
	Limited                   // a client that asked for too much
)

// kinds holds, for each Kind, the word for programs and the sentence for
// people that stand for it when an Error brings no Reason of its own.
var kinds = [...]struct{ code, reason string }{
	Failed:        {"failed", "something went wrong on this side; try again later"},
	BadRequest:    {"bad_request", "the request cannot be read"},
	TooLong:       {"too_long", "the address asked for is too long"},
	NotFound:      {"not_found", "there is no loan and no list to show at the address given by url"},
	Private:       {"private", "the loan at the address given by url is private"},
	UnknownFormat: {"unknown_format", "format is one of json, xml, jsonp and preview"},
	NotAllowed:    {"not_allowed", "oEmbed answers are read by GET"},
	Limited:       {"rate_limit_exceeded", "rate limit exceeded; Retry-After says when to ask again"},
}

// Error is a refusal. Its text never holds anything of the request, so it is
// safe to show anywhere.
type Error struct {
	Kind   Kind
	Reason string // lower case, no period; empty: the Kind's own sentence

	// Format and Callback say how the refusal is to be written: as was asked
	// for where that was understood, else in the default format. A request for
	// JSONP without a usable callback is refused in JSON.
	Format   Format
	Callback string
}

// Refuse is the refusal of a request that was read, in the format it asked for.
func (r Request) Refuse(kind Kind) *Error {
	return &Error{Kind: kind, Format: r.Format, Callback: r.Callback}
}

// Error is the sentence that the answer carries.
func (e *Error) Error() string { return "oembed: " + e.reason() }

// Code is a stable word for programs: not_found, bad_request and so on.
func (e *Error) Code() string { return kinds[e.kind()].code }

func (e *Error) reason() string {
	if e.Reason != "" {
		return e.Reason
	}
	return kinds[e.kind()].reason
}

func (e *Error) kind() Kind {
	if int(e.Kind) >= len(kinds) {
		return Failed
	}
	return e.Kind
}
