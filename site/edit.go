package site

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// pathSign stands in [Config.EditURL] where the path of a file goes.
const pathSign = "<path>"

// checkEdit checks the pattern of addresses where documents are edited.
func checkEdit(pattern string) error {
	if pattern == "" {
		return nil
	}
	if !strings.Contains(pattern, pathSign) {
		return fmt.Errorf("edit_url: %q has no %s", pattern, pathSign)
	}
	if _, err := parseAbsolute(strings.ReplaceAll(pattern, pathSign, "a.md")); err != nil {
		return fmt.Errorf("edit_url: %q %w", pattern, err)
	}
	return nil
}

// EditURL is where a file of the content folder is edited, named by its path in
// it; false when the operator named no such place.
func (s *Site) EditURL(file string) (string, bool) {
	if s.config.EditURL == "" {
		return "", false
	}
	return strings.ReplaceAll(s.config.EditURL, pathSign, escapePath(file)), true
}

// Where two hosts of repositories edit files. A file that is not there yet is
// begun elsewhere: their pages for editing it would say "not found".
var (
	githubEdit = regexp.MustCompile(`^(https://github\.com/[^/]+/[^/]+)/edit/([^/]+)/(.*)$`)
	gitlabEdit = regexp.MustCompile(`^(https?://[^/]+/.+/-)/edit/([^/]+)/(.*)$`)
)

// BeginURL is where a file that is not there yet is begun; false when the
// operator named no place to edit files.
func (s *Site) BeginURL(file string) (string, bool) {
	address, ok := s.EditURL(file)
	if !ok {
		return "", false
	}
	for pattern, field := range map[*regexp.Regexp]string{githubEdit: "filename", gitlabEdit: "file_name"} {
		if found := pattern.FindStringSubmatch(address); found != nil {
			if name, err := url.PathUnescape(found[3]); err == nil {
				return found[1] + "/new/" + found[2] + "?" + field + "=" + url.QueryEscape(name), true
			}
		}
	}
	return address, true
}

func escapePath(file string) string {
	segments := strings.Split(file, "/")
	for i, segment := range segments {
		segments[i] = url.PathEscape(segment)
	}
	return strings.Join(segments, "/")
}

// SafeURL is an address of another site, such as one that an author wrote; false
// for every other scheme than http and https.
func (s *Site) SafeURL(raw string) (string, bool) {
	u, err := parseAbsolute(raw)
	if err != nil {
		return "", false
	}
	return u.String(), true
}
