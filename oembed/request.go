package oembed

import (
	"regexp"
	"strconv"
	"strings"

	"loanleaf/locale"
	"loanleaf/site"
)

// Format is how an answer is written.
type Format string

// The formats, by the words of the parameter format. XML is the default.
const (
	JSON    Format = "json"
	XML     Format = "xml"
	JSONP   Format = "jsonp"
	Preview Format = "preview" // the html alone, as an aid during development
)

// ContentType is the media type of answers and refusals in the format. JSONP
// is text/javascript, the one type RFC 9239 leaves to scripts. An unknown format
// has that of XML.
func (f Format) ContentType() string {
	switch f {
	case JSON:
		return "application/json; charset=utf-8"
	case JSONP:
		return "text/javascript; charset=utf-8"
	case Preview:
		return "text/html; charset=utf-8"
	}
	return "text/xml; charset=utf-8"
}

// Shape is the form of an answer's html.
type Shape uint8

// The shapes. Auto is the frame in JSON and XML, the fragment in JSONP and
// Preview.
const (
	Auto Shape = iota
	Frame
	Inline
)

// Request is a request that can be answered if its loan can.
type Request struct {
	URL       string // as sent, decoded once
	Format    Format
	MaxWidth  int    // pixels; 0: not bounded
	MaxHeight int    // pixels; 0: not bounded
	Callback  string // set with JSONP only
	HTML      Shape
	Language  string // wish of the parameter lang, in lower case; may be nonsense
	DNT       bool   // dnt=1 was sent

	// WordPress asks for the shape that WordPress upgrades: a blockquote beside
	// the frame. Parse cannot see who asks; the caller sets it, for requests
	// with DNT from WordPress' own client.
	WordPress bool
}

// NeedsStory tells whether the answer is the inline fragment, which quotes the
// story: for every other answer a loan in listing shape is enough.
func (r Request) NeedsStory() bool {
	return r.HTML == Inline || r.HTML == Auto && (r.Format == JSONP || r.Format == Preview)
}

// Limits of a request. 2,048 bytes are what site takes for an address; the
// query holds it with every byte escaped, and as much again of parameters that
// are not ours.
const (
	maxURL      = 2048
	maxQuery    = 8 * maxURL
	maxCallback = 128
)

// callbackGrammar is a path of identifiers, "app.loans.show". Anything else
// could be made into a program of the caller's choice on this site's origin.
var callbackGrammar = regexp.MustCompile(`^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$`)

// Parse reads the raw query of a request: what follows the question mark, not
// decoded. implied is the format that the path names, or empty; the parameter
// format is then ignored (oEmbed 2.2). Every error is an *[Error] of kind
// BadRequest, TooLong or UnknownFormat.
//
// A known parameter may be given once. Numbers are 1 to 999999999 in decimal;
// an empty value counts as absent. Whether url is one of ours is not seen here
// but by [Request.Loan].
func Parse(rawQuery string, implied Format) (Request, error) {
	r := Request{Format: implied}
	if r.Format == "" {
		r.Format = XML
	}
	q := readQuery(rawQuery)
	if len(rawQuery) > maxQuery {
		return Request{}, r.tooLong(&q, implied)
	}
	if implied == "" {
		if err := r.readFormat(&q); err != nil {
			return Request{}, err
		}
	}
	if err := r.readCallback(&q); err != nil {
		return Request{}, err
	}
	for i, name := range paramNames {
		// format is ignored where the path implied it, the names of a
		// callback where nothing is called; those that matter were read above.
		if i == paramFormat || i == paramJSONP || i == paramCallback {
			continue
		}
		if reason := q.faults[i].reason(name); reason != "" {
			return Request{}, r.bad(reason)
		}
	}
	if err := r.readRest(&q); err != nil {
		return Request{}, err
	}
	return r, nil
}

// tooLong refuses in the format that was asked for, as far as that can be told.
func (r *Request) tooLong(q *query, implied Format) *Error {
	if implied == "" && r.readFormat(q) == nil && r.readCallback(q) != nil {
		r.Format = JSON
	}
	return r.Refuse(TooLong)
}

func (f fault) reason(name string) string {
	switch f {
	case repeated:
		return name + " is given more than once"
	case malformed:
		return name + " is not well-formed: a percent sign is followed by two hexadecimal digits"
	}
	return ""
}

func (r *Request) bad(reason string) *Error {
	return &Error{Kind: BadRequest, Reason: reason, Format: r.Format, Callback: r.Callback}
}

// readFormat leaves the default in place for refusals: who asks for a format
// that is not understood gets the one of who asks for none.
func (r *Request) readFormat(q *query) error {
	if reason := q.faults[paramFormat].reason("format"); reason != "" {
		return r.bad(reason)
	}
	switch f := Format(q.values[paramFormat]); f {
	case "":
	case JSON, XML, JSONP, Preview:
		r.Format = f
	default:
		return &Error{Kind: UnknownFormat, Format: r.Format}
	}
	return nil
}

func (r *Request) readCallback(q *query) error {
	if r.Format != JSONP {
		return nil
	}
	i := paramJSONP
	if q.values[i] == "" && q.faults[i] == sound {
		i = paramCallback
	}
	name, reason := q.values[i], q.faults[i].reason(paramNames[i])
	switch {
	case reason != "":
	case name == "":
		reason = "format=jsonp needs the name of a callback in the parameter jsonp"
	case len(name) > maxCallback:
		reason = "the callback's name is longer than 128 characters"
	case !callbackGrammar.MatchString(name):
		reason = "the callback's name is not made of JavaScript identifiers joined by dots"
	default:
		r.Callback = name
		return nil
	}
	return &Error{Kind: BadRequest, Reason: reason, Format: JSON}
}

func (r *Request) readRest(q *query) error {
	r.URL = q.values[paramURL]
	if r.URL == "" {
		return r.bad("url is missing: give the address of a loan or a list, percent-encoded")
	}
	if len(r.URL) > maxURL {
		return &Error{Kind: TooLong, Format: r.Format, Callback: r.Callback}
	}
	var ok bool
	if r.MaxWidth, ok = readPixels(q.values[paramMaxWidth]); !ok {
		return r.bad("maxwidth is not a whole number of pixels above 0")
	}
	if r.MaxHeight, ok = readPixels(q.values[paramMaxHeight]); !ok {
		return r.bad("maxheight is not a whole number of pixels above 0")
	}
	switch q.values[paramHTML] {
	case "":
	case "frame":
		r.HTML = Frame
	case "inline":
		r.HTML = Inline
	default:
		return r.bad("html is one of frame and inline")
	}
	r.Language = strings.ToLower(q.values[paramLang])
	r.DNT = q.values[paramDNT] == "1"
	return nil
}

// readPixels reads digits alone: no sign, space, exponent or leading zero.
func readPixels(s string) (int, bool) {
	const mostDigits = 9
	if s == "" {
		return 0, true
	}
	if len(s) > mostDigits || s[0] < '1' || s[0] > '9' {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// Loan is the loan that the request asks for: the address of its page, with
// the language that the answer is to be in. The language is that of url, else
// of the parameter lang (es-MX is served by es), else the site's default, and never what a browser
// wishes for, so that an answer can be cached by its address alone. The error
// is an *[Error] of kind NotFound.
func (r Request) Loan(s *site.Site) (site.Address, error) {
	a, err := s.ParseLoanURL(r.URL)
	if err != nil {
		return site.Address{}, r.Refuse(NotFound)
	}
	a.Language = r.languageOf(s, a)
	return a, nil
}

// languageOf is the tag of the language that the answer for an address is to be in.
func (r Request) languageOf(s *site.Site, a site.Address) string {
	if a.Language != "" || r.Language == "" {
		return a.Language
	}
	wanted, ok := locale.Match(r.Language)
	if ok && s.Language(wanted.Tag) != nil && wanted != s.Languages()[0] {
		return wanted.Tag
	}
	return a.Language
}
