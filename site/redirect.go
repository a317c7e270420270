package site

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Redirect leads from an address of a document that is no more to where it is
// now: an address of a document, or one of another site.
type Redirect struct {
	From Address // of kind [Doc] or [Prose]
	To   string  // a path of the site with what may follow it ("/docs/new#part"), or a whole address of another
}

// setRedirects reads the operator's redirects, paths of the site without the
// base address' own.
func (s *Site) setRedirects(said map[string]string) error {
	for _, from := range slices.Sorted(maps.Keys(said)) {
		a, err := s.RedirectFrom(from)
		if err != nil {
			return fmt.Errorf("redirects: %w", err)
		}
		to, err := s.redirectTo(said[from])
		if err != nil {
			return fmt.Errorf("redirects: %s: %w", from, err)
		}
		s.redirects = append(s.redirects, Redirect{a, to})
	}
	return nil
}

// Redirects are those of the operator's settings, by their addresses.
func (s *Site) Redirects() []Redirect { return s.redirects }

// RedirectFrom reads a path that documents had, as people write it: of this site
// without the base address' own path, percent-encoded or not.
func (s *Site) RedirectFrom(path string) (Address, error) {
	if !strings.HasPrefix(path, "/") || strings.ContainsAny(path, "?#") {
		return Address{}, fmt.Errorf("%q is not a path such as /docs/old", path)
	}
	a, ok := s.resolve(s.escaped(path))
	if !ok || a.Kind != Doc && a.Kind != Prose {
		return Address{}, fmt.Errorf("%q cannot lead elsewhere: only paths of documents can, /docs/… and those that mean nothing else on the site", path)
	}
	return a, nil
}

// escaped is a path percent-encoded, however much of it was.
func (s *Site) escaped(path string) string {
	if plain, err := url.PathUnescape(path); err == nil {
		path = plain
	}
	return escapePath(path)
}

// redirectTo checks a target, and gives it as a link is written.
func (s *Site) redirectTo(target string) (string, error) {
	if !strings.HasPrefix(target, "/") {
		if _, err := parseAbsolute(target); err != nil {
			return "", fmt.Errorf("%q is neither a path such as /docs/new nor an absolute address", target)
		}
		return target, nil
	}
	path, behind := target, ""
	if end := strings.IndexAny(target, "?#"); end >= 0 {
		path, behind = target[:end], target[end:]
	}
	a, ok := s.resolve(s.escaped(path))
	if !ok {
		return "", fmt.Errorf("%q is no address of the site", target)
	}
	u, err := url.Parse(behind)
	if err != nil {
		return "", fmt.Errorf("%q is no address of the site", target)
	}
	return s.Path(a) + u.String(), nil
}
