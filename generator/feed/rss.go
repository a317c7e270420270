package feed

import (
	"bytes"
	"encoding/xml"
	"html"

	"github.com/gorilla/feeds"
)

// Namespaces of what RSS and Atom do not have themselves.
const (
	atomSpace    = "http://www.w3.org/2005/Atom"
	contentSpace = "http://purl.org/rss/1.0/modules/content/"
	geoSpace     = "http://www.georss.org/georss"
)

// rss is the library's document with the two name spaces that it lacks.
type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Content string   `xml:"xmlns:content,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Geo     string   `xml:"xmlns:georss,attr"`
	Channel rssChannel
}

// FeedXml makes it a document to the library.
func (r *rss) FeedXml() any { return r }

// rssChannel adds the address of the feed itself (RSS Advisory Board, Best
// Practices Profile, "atom:link"); its items stand in for the library's.
type rssChannel struct {
	*feeds.RssFeed
	Self  rssSelf   `xml:"atom:link"`
	Items []rssItem `xml:"item"`
}

type rssSelf struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

// rssItem adds more than one category, and the place.
type rssItem struct {
	*feeds.RssItem
	Categories []string `xml:"category"`
	Point      string   `xml:"georss:point,omitempty"`
}

func (f *Feed) writeRSS(w *bytes.Buffer, self string) error {
	channel := (&feeds.Rss{Feed: f.common()}).RssFeed()
	channel.Language = f.Language
	channel.PubDate = "" // the library repeats lastBuildDate there
	doc := &rss{Version: "2.0", Content: contentSpace, Atom: atomSpace, Geo: geoSpace, Channel: rssChannel{
		RssFeed: channel, Self: rssSelf{Href: self, Rel: "self", Type: "application/rss+xml"},
	}}
	for i, item := range channel.Items {
		// A description is markup to those who read RSS.
		item.Description = html.EscapeString(item.Description)
		doc.Channel.Items = append(doc.Channel.Items, rssItem{item, f.Items[i].Tags, f.Items[i].Point.String()})
	}
	channel.Items = nil
	return feeds.WriteXML(doc, w)
}
