package feed

import (
	"bytes"
	"html"
	"time"

	"github.com/gorilla/feeds"
)

// atom is the library's feed with a language, both links and a place's name
// space; its links and entries stand in for the library's.
type atom struct {
	Lang string `xml:"xml:lang,attr"`
	Geo  string `xml:"xmlns:georss,attr"`
	*feeds.AtomFeed
	Links   []feeds.AtomLink `xml:"link"`
	Entries []atomEntry      `xml:"entry"`
}

// FeedXml makes it a document to the library.
func (a *atom) FeedXml() any { return a }

// atomEntry adds categories as RFC 4287 writes them (section 4.2.2), and the
// place.
type atomEntry struct {
	*feeds.AtomEntry
	Categories []atomCategory `xml:"category"`
	Point      string         `xml:"georss:point,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

func (f *Feed) writeAtom(w *bytes.Buffer, self string) error {
	made := (&feeds.Atom{Feed: f.common()}).AtomFeed()
	made.Id = f.ID // the library writes the address of the page
	made.Author = &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: f.Author}}
	doc := &atom{Lang: f.Language, Geo: geoSpace, AtomFeed: made, Links: []feeds.AtomLink{
		{Href: f.Page, Rel: "alternate", Type: "text/html"},
		{Href: self, Rel: "self", Type: "application/atom+xml"},
	}}
	for i, entry := range made.Entries {
		item := &f.Items[i]
		if item.Published.IsZero() {
			// Atom needs a date. One that changed with the feed would make the
			// entry come up as unread each time.
			entry.Updated = dawn.Format(time.RFC3339)
		} else {
			entry.Published = entry.Updated
		}
		for j := range entry.Links {
			entry.Links[j].Type = "text/html"
		}
		if entry.Summary != nil {
			entry.Summary.Content = html.EscapeString(entry.Summary.Content) // its type is html
		}
		own := atomEntry{AtomEntry: entry, Point: item.Point.String()}
		for _, tag := range item.Tags {
			own.Categories = append(own.Categories, atomCategory{tag})
		}
		doc.Entries = append(doc.Entries, own)
	}
	made.Link, made.Entries = nil, nil
	return feeds.WriteXML(doc, w)
}
