package httpscript

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
)

// Script is a script that was read.
type Script struct {
	name  string
	lines []line
}

type line struct {
	number int
	text   string
}

// Parse reads a script. Errors carry name and the number of the line.
func Parse(name, text string) (*Script, error) {
	s := &Script{name: name}
	begun, claimed := false, true
	for i, raw := range strings.Split(text, "\n") {
		l := line{number: i + 1, text: strings.TrimSpace(raw)}
		if l.text == "" || l.text[0] == '#' {
			continue
		}
		var err error
		switch {
		case isRequest(l.text):
			if !claimed {
				err = fmt.Errorf("nothing is claimed about the request before this one")
			}
			begun, claimed = true, false
		case strings.HasPrefix(l.text, "repeat "):
			_, _, err = parseRepeat(l.text)
		case !begun:
			err = fmt.Errorf("%q stands before the first request", l.text)
		case strings.HasPrefix(l.text, "with "):
			if claimed {
				err = fmt.Errorf("a header stands after a claim")
			}
			if !strings.Contains(l.text, ": ") {
				err = fmt.Errorf("%q is not of the form with NAME: VALUE", l.text)
			}
		case strings.HasPrefix(l.text, "keep "):
			_, _, err = parseKeep(l.text)
			claimed = true
		default:
			_, err = parseClaim(l.text)
			claimed = true
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, l.number, err)
		}
		s.lines = append(s.lines, l)
	}
	if !claimed || !begun {
		return nil, fmt.Errorf("%s: ends without a claim", name)
	}
	return s, nil
}

var requestLine = regexp.MustCompile(`^[A-Z]+ /\S*$`)

func isRequest(text string) bool { return requestLine.MatchString(text) }

// Run sends the requests to h and returns what did not come true, each with
// file and line.
func (s *Script) Run(h http.Handler) []string {
	var failures []string
	kept := map[string]string{}
	var request *http.Request
	var got *response
	for _, l := range s.lines {
		text := fill(l.text, kept)
		if name, value, err := parseRepeat(text); err == nil {
			kept[name] = value
			continue
		}
		if isRequest(text) {
			method, target, _ := strings.Cut(text, " ")
			request, got = newRequest(method, target), nil
			continue
		}
		if header, ok := strings.CutPrefix(text, "with "); ok {
			name, value, _ := strings.Cut(header, ": ")
			request.Header.Add(name, value)
			continue
		}
		if got == nil {
			got = send(h, request)
		}
		if err := got.hold(text, kept); err != nil {
			failures = append(failures, fmt.Sprintf("%s:%d: %s %s\n\t%s\n\t%v", s.name, l.number, request.Method, describe(request.RequestURI, true), describe(text, true), err))
		}
	}
	return failures
}

// newRequest does not use httptest.NewRequest, which panics at targets that
// a real client may well send.
func newRequest(method, target string) *http.Request {
	path, query, _ := strings.Cut(target, "?")
	r := httptest.NewRequest(method, "/", nil)
	r.RequestURI = target
	r.URL.RawQuery = query
	r.URL.Path, r.URL.RawPath = path, path
	return r
}

func send(h http.Handler, r *http.Request) *response {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return &response{code: recorder.Code, header: recorder.Header(), body: recorder.Body.String()}
}

// fill puts kept values in; braces around anything else are text.
func fill(text string, kept map[string]string) string {
	var pairs []string
	for name, value := range kept {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
