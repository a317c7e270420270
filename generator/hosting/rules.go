package hosting

import (
	"bytes"
	"errors"
	"fmt"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"loanleaf/generator/page"
)

// HeadersFile is the name of the file that [ParseHeaders] reads, in the folder of a
// site.
const HeadersFile = "_headers"

// MostHeaderBytes is how long such a file may be. That of a site of ours has a
// kilobyte for each rule; Netlify and Cloudflare Pages publish no limit of the whole.
const MostHeaderBytes = 4 << 20

// Rules are the headers of a built site by path, as Netlify and Cloudflare Pages
// read them from _headers. The zero value has none.
type Rules struct {
	exact    map[string][]page.Header
	patterns []pattern
}

// pattern is a rule for more than one path: for those that begin with stem, or for
// those with as many parts, of which the empty ones here may be any but empty.
type pattern struct {
	stem    string
	parts   []string // nil: stem counts
	headers []page.Header
}

func (p *pattern) matches(path string) bool {
	if p.parts == nil {
		return strings.HasPrefix(path, p.stem)
	}
	for i, want := range p.parts {
		part, rest, more := strings.Cut(path, "/")
		if more != (i < len(p.parts)-1) || part != want && (want != anyPart || part == "") {
			return false
		}
		path = rest
	}
	return true
}

// anyPart stands for a placeholder: no part of a path holds a slash.
const anyPart = "/"

// ParseHeaders reads _headers: a path at the beginning of a line, and below it,
// indented, a header on each line; lines that are empty or begin with # say nothing.
// In a path a star at its end is anything, and a part that begins with a colon is any
// one part. Paths are compared with their escapes undone. An error names the line.
//
// Headers that frame an answer or tell of a connection are left out, as both hosts
// leave them out: what they say is not for a file to know. Basic-Auth is an error: it is
// Netlify's word for names and passwords that let somebody in, and none is asked for here.
func ParseHeaders(text []byte) (Rules, error) {
	rules := Rules{exact: map[string][]page.Header{}}
	if len(text) > MostHeaderBytes {
		return Rules{}, fmt.Errorf("%s has %d bytes, and at most %d are read", HeadersFile, len(text), MostHeaderBytes)
	}
	var path string
	var headers []page.Header
	end := func() error {
		if path == "" {
			return nil
		}
		err := rules.add(path, headers)
		path, headers = "", nil
		return err
	}
	number := 0
	for line := range bytes.Lines(text) {
		number++
		said := strings.TrimSpace(string(line))
		var err error
		switch {
		case said == "" || said[0] == '#':
		case line[0] == '/':
			begun := end()
			path, err = said, begun
		case line[0] != ' ' && line[0] != '\t':
			err = fmt.Errorf("%q is neither a path, which begins with a slash, nor a header, which is indented", said)
		case path == "":
			err = errors.New("a header stands before the first path")
		default:
			var header page.Header
			if header, err = parseHeader(said); err == nil && !slices.Contains(framing, header.Name) {
				headers = append(headers, header)
			}
		}
		if err != nil {
			return Rules{}, fmt.Errorf("%s:%d: %w", HeadersFile, number, err)
		}
	}
	if err := end(); err != nil {
		return Rules{}, fmt.Errorf("%s:%d: %w", HeadersFile, number, err)
	}
	return rules, nil
}

// framing are headers that only a server can know, by their canonical names.
var framing = []string{
	"Accept-Ranges", "Age", "Allow", "Connection", "Content-Encoding", "Content-Length", "Content-Range", "Date", "Etag", "Keep-Alive",
	"Location", "Proxy-Connection", "Server", "Set-Cookie", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

func parseHeader(said string) (page.Header, error) {
	name, value, ok := strings.Cut(said, ":")
	value = strings.TrimSpace(value)
	switch {
	case !ok || !httpguts.ValidHeaderFieldName(name):
		return page.Header{}, fmt.Errorf("%q is no header, which is a name, a colon and a value", said)
	case !httpguts.ValidHeaderFieldValue(value):
		return page.Header{}, fmt.Errorf("the value of %s has characters that no header can have", name)
	case strings.EqualFold(name, "Basic-Auth"):
		return page.Header{}, errors.New("Basic-Auth keeps a page from those without a password, which this server does not ask for; take such pages out")
	}
	return page.Header{Name: textproto.CanonicalMIMEHeaderKey(name), Value: value}, nil
}

func (r *Rules) add(rule string, headers []page.Header) error {
	headers = joined(headers)
	stem, starred := strings.CutSuffix(rule, "*")
	parts := strings.Split(stem, "/")
	placeholders := false
	for i, part := range parts {
		if strings.HasPrefix(part, ":") && len(part) > 1 {
			parts[i], placeholders = anyPart, true
			continue
		}
		plain, err := url.PathUnescape(part)
		if err != nil {
			return fmt.Errorf("the path %q: %w", rule, err)
		}
		if strings.Contains(part, "*") {
			return fmt.Errorf("the path %q has a star before its end, which hosts read in different ways", rule)
		}
		parts[i] = plain
	}
	switch plain := strings.Join(parts, "/"); {
	case placeholders && starred:
		return fmt.Errorf("the path %q has a placeholder and a star, which hosts read in different ways", rule)
	case starred:
		r.patterns = append(r.patterns, pattern{stem: plain, headers: headers})
	case placeholders:
		r.patterns = append(r.patterns, pattern{parts: parts, headers: headers})
	default:
		r.exact[plain] = joined(append(r.exact[plain], headers...))
	}
	return nil
}

// For are the headers of the file of a name, such as "lend/100001.html", in a site
// whose base address has the path root, without a final slash: those of every rule
// for its address. Where several rules give one name, its values are one, with commas
// between them, as both hosts send it.
func (r *Rules) For(root, file string) []page.Header {
	if len(r.exact)+len(r.patterns) == 0 {
		return nil
	}
	path := root + "/" + file
	if address, ok := strings.CutSuffix(path, ".html"); ok {
		if folder, ok := strings.CutSuffix(address, "/index"); ok {
			address = folder + "/"
		}
		path = address
	}
	found := r.exact[path]
	for i := range r.patterns {
		switch p := &r.patterns[i]; {
		case !p.matches(path):
		case len(found) == 0:
			found = p.headers // as a rule the only ones
		default:
			found = joined(slices.Concat(found, p.headers))
		}
	}
	return found
}

// joined has one header of each name, in the order in which they came, and may be
// headers itself.
func joined(headers []page.Header) []page.Header {
	places := make(map[string]int, len(headers))
	for i, header := range headers {
		places[header.Name] = i
	}
	if len(places) == len(headers) {
		return headers
	}
	clear(places)
	own := make([]page.Header, 0, len(places))
	for _, header := range headers {
		if at, ok := places[header.Name]; ok {
			own[at].Value += ", " + header.Value
			continue
		}
		places[header.Name] = len(own)
		own = append(own, header)
	}
	return own
}
