package site

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loanleaf/locale"
)

// docsFolder is the segment below which documentation stands.
const docsFolder = "docs"

// ProseSitemap is the Slug of the sitemap of documentation and of the
// operator's own pages.
const ProseSitemap = "pages"

// reserved are the first segments that mean something else than a page of the
// operator's own: the site's addresses, and files that hosts and browsers ask
// for by name.
var reserved = []string{
	notFound, "assets", "badge", "card", "country", "dev", docsFolder, "embed", embedScript, favicon, "feeds", "healthz", "img", "lend", llms, llmsFull, "page", "partners",
	"readyz", "robots.txt", "search", "sector", "services", "sitemap", "sitemap.xml", "status",
}

// Limits of a slug, so that its file has a name on every file system.
const (
	maxSegment = 120 // bytes
	maxSlug    = 500
)

// CheckSlug says why the Slug of an address of kind [Doc] or [Prose] cannot be
// one; nil when it can. Segments are parted by single slashes; any letters will
// do. Refused are names that begin with a dot or a low line, since file hosts do
// not show those, endings that addresses never have (".html") and that of a document's
// twin (".md").
func CheckSlug(a Address) error {
	if a.Slug == "" {
		if a.Kind == Doc {
			return nil
		}
		return errors.New("it would be the front page, which shows loans")
	}
	if len(a.Slug) > maxSlug {
		return fmt.Errorf("it has %d bytes, and %d is the most", len(a.Slug), maxSlug)
	}
	segments := strings.Split(a.Slug, "/")
	for _, segment := range segments {
		if err := checkSegment(segment); err != nil {
			return err
		}
	}
	if a.Kind == Doc && a.Slug == notFound {
		return errors.New("the page for what is not there stands there")
	}
	if a.Kind == Prose {
		first := segments[0]
		if slices.Contains(reserved, first) {
			return fmt.Errorf("/%s means something else on this site", first)
		}
		if MeansLanguage(first) {
			return fmt.Errorf("/%s is where pages of a language stand", first)
		}
	}
	return nil
}

func checkSegment(segment string) error {
	switch {
	case segment == "":
		return errors.New("two slashes stand together, or one at an end")
	case len(segment) > maxSegment:
		return fmt.Errorf("%q has %d bytes, and %d is the most", segment, len(segment), maxSegment)
	case segment == "index":
		return errors.New("the file index.html is that of the address above")
	case strings.HasPrefix(segment, "."), strings.HasPrefix(segment, "_"):
		return fmt.Errorf("%q begins with a sign that file hosts hide", segment)
	case strings.HasSuffix(segment, ".html"):
		return fmt.Errorf("%q ends in .html, which addresses never do", segment)
	case strings.HasSuffix(segment, twinEnding):
		return fmt.Errorf("%q ends in %s, as the text of a document does", segment, twinEnding)
	case !utf8.ValidString(segment), strings.ContainsFunc(segment, func(r rune) bool { return r == '\\' || unicode.IsControl(r) }):
		return fmt.Errorf("%q has characters that no address has", segment)
	}
	return nil
}

// MeansLanguage tells whether a segment is a language's, also of one that the
// site may come to speak: two letters, and maybe a hyphen and more.
func MeansLanguage(segment string) bool {
	if _, ok := locale.Get(segment); ok {
		return true
	}
	letters, _, _ := strings.Cut(strings.ToLower(segment), "-")
	return len(letters) == 2 && letters[0] >= 'a' && letters[0] <= 'z' && letters[1] >= 'a' && letters[1] <= 'z'
}

// guestTag tells whether a segment is a language's that a site may have documents
// in and not speak: letters, digits and hyphens, as BCP 47 has them.
func guestTag(segment string) bool {
	const longest = 35 // RFC 5646, section 4.4.1
	return len(segment) <= longest && MeansLanguage(segment) && !strings.ContainsFunc(segment, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	})
}

// readGuest reads a path below such a language: nothing but documents, their
// texts, lists and feeds of them, and what searches them may stand there.
func readGuest(segments []string) (Address, bool) {
	a, ok := readSegments(Address{Language: segments[0]}, segments[1:])
	switch kind := a.Document().Kind; {
	case !ok:
		return Address{}, false
	case kind == Doc, kind == Prose, kind == DocIndex, kind == LLMs, kind == LLMsFull, kind.IsFeed() && a.Of == Doc:
		return a, true
	}
	return Address{}, false
}

func appendSlug(b []byte, slug string) []byte {
	for i, segment := range strings.Split(slug, "/") {
		if i > 0 {
			b = append(b, '/')
		}
		b = append(b, url.PathEscape(segment)...)
	}
	return b
}
