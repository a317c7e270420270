// Package feed writes lists of loans for feed readers: RSS 2.0, Atom (RFC 4287)
// and JSON Feed 1.1. Values in, bytes out:
//
//	f := feed.Feed{ID: feed.ID("Our loans", "en", "country/kh"), Title: "Loans in Cambodia", …}
//	err := f.Write(&buffer, feed.Atom, "https://loans.example/feeds/country/kh.atom")
//
// gorilla/feeds writes the formats; what it lacks is added around it, a file for
// each format: the address of the feed itself, the language, categories, places
// (GeoRSS Simple), identifiers of our own, and an empty list of items kept.
//
// # Identifiers
//
// [ID] mints "tag:" URIs (RFC 4151) that hold no address, so that a site may
// move to another host without every loan coming up as unread.
//
// # Text
//
// Every text may be hostile: characters that XML does not have are dropped,
// invalid UTF-8 too, in all formats alike, and the encoders escape the rest.
// Only [Item.HTML] is markup; it is taken as it is and must be safe already.
//
// # What is not here
//
// Which loans are in a feed and what is said of them (package page and view).
// No e-mail addresses: RSS wants them for authors, and there are none. No
// enclosures: RSS asks for their length in bytes, which nobody knows of a
// picture elsewhere.
package feed

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gorilla/feeds"
)

// Format is a format of feeds.
type Format uint8

// The formats.
const (
	RSS  Format = iota // RSS 2.0
	Atom               // RFC 4287
	JSON               // JSON Feed 1.1
)

// Feed is a list of loans, newest first.
type Feed struct {
	ID          string // as [ID] makes it; the same in every format
	Title       string // plain text
	Description string // plain text; RSS needs one
	Language    string // BCP 47: "en"
	Page        string // absolute address of the page that shows the same list
	Author      string // the site's name
	// Updated is when the newest item came, or the date of the data where there
	// are no items. Zero is written as 1970, since Atom needs a date.
	Updated time.Time
	Items   []Item
}

// Item is a loan in a feed.
type Item struct {
	ID        string    // as [ID] makes it; the same in every feed of a language
	URL       string    // absolute address of the loan's page
	Title     string    // plain text
	Text      string    // plain text, a sentence or two
	HTML      string    // markup, already safe; addresses in it absolute
	Published time.Time // zero: not known; Atom, which needs a date, says 1970
	Tags      []string  // plain text
	Image     string    // absolute address; empty: none
	Point     *Point    // where the borrower lives; nil: not known
}

// Point is a place in degrees (WGS 84). It is written to two decimals, about a
// kilometre: readers draw it on a map, and it shall mark a town, not a house.
type Point struct{ Latitude, Longitude float64 }

// dawn is written where a date is needed and none is known.
var dawn = time.Unix(0, 0).UTC()

// ID is the identifier of what has this name on a site, in a language: "loan/5".
// The authority and date of a tag: URI only have to be nobody else's; the site's
// name behind them tells two sites apart that both have a loan 5. The base
// address is not in it (RFC 4287, section 4.2.6: an id never changes when the
// content moves). A site that takes another name is a new one to readers.
func ID(siteName, language, name string) string {
	return "tag:loanleaf,2026:" + url.PathEscape(clean(siteName)) + "/" + language + "/" + name
}

// Write writes the feed into w. self is the absolute address of this feed in
// this format.
func (f *Feed) Write(w *bytes.Buffer, format Format, self string) error {
	f = f.cleaned()
	var err error
	switch format {
	case RSS:
		err = f.writeRSS(w, self)
	case Atom:
		err = f.writeAtom(w, self)
	case JSON:
		err = f.writeJSON(w, self)
	default:
		err = fmt.Errorf("format %d is unknown", format)
	}
	if err != nil {
		return fmt.Errorf("feed %s: %w", self, err)
	}
	if format != JSON {
		w.WriteByte('\n')
	}
	return nil
}

// common is what the library's three forms are made from. Authors are left
// out: the library would write them as e-mail addresses.
func (f *Feed) common() *feeds.Feed {
	c := &feeds.Feed{
		Title: f.Title, Description: f.Description, Link: &feeds.Link{Href: f.Page, Rel: "alternate"}, Updated: f.Updated.UTC(),
	}
	for i := range f.Items {
		item := &f.Items[i]
		// Without an id the library would draw one at random.
		made := &feeds.Item{
			Id: item.ID, IsPermaLink: "false", Title: item.Title, Link: &feeds.Link{Href: item.URL},
			Description: item.Text, Content: item.HTML,
		}
		if !item.Published.IsZero() {
			made.Created = item.Published.UTC()
		}
		c.Items = append(c.Items, made)
	}
	return c
}

// cleaned is a copy with every text cleaned, and no date missing that must not.
func (f *Feed) cleaned() *Feed {
	c := *f
	for _, text := range []*string{&c.ID, &c.Title, &c.Description, &c.Language, &c.Page, &c.Author} {
		*text = clean(*text)
	}
	if c.Updated.IsZero() {
		c.Updated = dawn
	}
	c.Items = slices.Clone(f.Items)
	for i := range c.Items {
		item := &c.Items[i]
		for _, text := range []*string{&item.ID, &item.URL, &item.Title, &item.Text, &item.HTML, &item.Image} {
			*text = clean(*text)
		}
		var tags []string
		for _, tag := range item.Tags {
			if tag = clean(tag); tag != "" && !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
		item.Tags = tags
	}
	return &c
}

// plain tells printable ASCII, which most texts are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// clean drops what XML 1.0 cannot hold (section 2.2), and what should not be in
// text: controls other than tab and line end, and bytes that are no UTF-8. The
// library filters none of it inside CDATA, and keeps it in JSON.
func clean(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n':
			return r
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}
