package site

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// newest is the name of the list of all loans where a list is named by a word: in
// the addresses of feeds, of list widgets and of their answers. No number is it.
const newest = "newest"

// ErrNotList is what [Site.ParseListURL] says of every address that is not a list
// of this site.
var ErrNotList = errors.New("is not the address of a list on this site")

// listAnswerEndings are the ends of the addresses of a list's static answers.
var listAnswerEndings = map[Kind]string{ListAnswerJSON: ".json", ListAnswerXML: ".xml"}

// Embeddable tells whether the kind is a list that has a widget: all loans, those
// of a country, a sector or a partner. A list by status has none: a widget shows
// loans that raise funds, whatever its list.
func (k Kind) Embeddable() bool { return k == Home || k == Country || k == Sector || k == Partner }

// ListWidget is the address of a list's widget document, or, for the kinds
// [ListAnswerJSON] and [ListAnswerXML], of its static answer, for [ListCard] and
// [ListBadge] of its drawings, in the language of the list's address; false for
// what is no list, or has no widget. A sector whose slug ends as the name of a
// smaller card does has no drawings: nobody could tell the two apart.
func (a Address) ListWidget(kind Kind) (Address, bool) {
	if !a.Kind.Embeddable() || kind.drawsList() && strings.HasSuffix(a.Slug, smallCard) {
		return Address{}, false
	}
	return Address{Kind: kind, Language: a.Language, Of: a.Kind, Slug: a.Slug, ID: a.ID}, true
}

// List is the address of the list, at its newest end, of which a is the feed, the
// widget, the static answer or a drawing.
func (a Address) List() Address {
	return Address{Kind: a.Of, Language: a.Language, Slug: a.Slug, ID: a.ID}
}

// ListName is how the web component and people's snippets name a list: "newest",
// "country/kh", "sector/food", "partners/67", percent-encoded. It stands behind
// "embed/" in the address of the list's widget.
func ListName(list Address) string {
	return string(appendListName(nil, list.Kind, list))
}

// appendListName appends the name of the list of a kind with the slug or the id of a.
func appendListName(b []byte, kind Kind, a Address) []byte {
	if kind == Home {
		return append(b, newest...)
	}
	b = append(b, folders[kind]...)
	b = append(b, '/')
	if kind == Partner {
		b = strconv.AppendInt(b, a.ID, 10)
	} else {
		b = append(b, url.PathEscape(a.Slug)...)
	}
	return b
}

// readListName reads the segments of a list's name into Of, Slug and ID.
func readListName(a Address, segments []string) (Address, bool) {
	switch {
	case len(segments) == 1:
		a.Of = Home
		return a, segments[0] == newest
	case len(segments) != 2:
		return a, false
	case segments[0] == folders[Partner]:
		var ok bool
		a.Of = Partner
		a.ID, ok = readID(segments[1])
		return a, ok
	}
	var ok bool
	a.Slug = segments[1]
	a.Of, ok = slugKind(segments[0], a.Slug)
	return a, ok && a.Of != Status
}

// ParseListURL reads the address of a list as other people wrote it down, as
// leniently as [Site.ParseLoanURL] does that of a loan: the newest end of a list
// that has a widget, or the widget itself. The answer is the list's address. Only
// the site's own host has lists: of an alias we know the loans alone. Every other
// address, numbered pages among them, whose loans are not the newest, fails with
// [ErrNotList].
func (s *Site) ParseListURL(raw string) (Address, error) {
	if a, ok := s.parseForeign(raw, true); ok {
		if a.Kind == ListWidget {
			a = a.List()
		}
		if a.Kind.Embeddable() && a.Page == 0 {
			return a, nil
		}
	}
	return Address{}, fmt.Errorf("%q %w", clip(raw), ErrNotList)
}

// listSchemes are the patterns of the paths of lists in a language, and of their
// widgets.
func (s *Site) listSchemes(language string) []string {
	var paths []string
	for _, kind := range []Kind{Home, Country, Sector, Partner} {
		list := Address{Kind: kind, Language: language, Slug: "x", ID: 1}
		widget, _ := list.ListWidget(ListWidget)
		if kind == Home {
			paths = append(paths, s.path(list), s.path(widget))
			continue
		}
		paths = append(paths, starred(s.path(list)), starred(s.path(widget)))
	}
	return paths
}

// starred is a path with a star in the place of its last segment.
func starred(path string) string {
	path = strings.TrimSuffix(path, "/")
	return path[:strings.LastIndexByte(path, '/')+1] + "*"
}
