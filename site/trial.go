package site

import "strings"

// trialPath is where oEmbed answers can be tried by hand, below the endpoint. It
// is no [Kind]: what is there depends on a query, and a build has no such page.
const trialPath = "/" + endpointPath + "/try"

// Fields of the form on that page; they are those of an oEmbed request.
const (
	TrialURL    = "url"
	TrialWidth  = "maxwidth"
	TrialHeight = "maxheight"
)

// TrialPath is the page in a language of the site, by its tag.
func (s *Site) TrialPath(language string) string {
	if language == "" || language == s.languages[0].Tag {
		return s.root + trialPath
	}
	return s.root + "/" + language + trialPath
}

// ParseTrialPath reads what TrialPath minted.
func (s *Site) ParseTrialPath(escaped string) (language string, ok bool) {
	if !strings.HasSuffix(escaped, trialPath) {
		return "", false
	}
	for _, l := range s.languages {
		if escaped == s.TrialPath(l.Tag) {
			return l.Tag, true
		}
	}
	return "", false
}

// Origin is the scheme and host of the base address: what a content security
// policy names the site by.
func (s *Site) Origin() string { return s.origin }
