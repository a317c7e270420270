package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"loanleaf/generator/feed"
)

// TestReadersSeeTheSameInEveryFormat reads the feed back by a reader that
// others wrote.
func TestReadersSeeTheSameInEveryFormat(t *testing.T) {
	want := vietnam()
	for _, f := range formats {
		t.Run(f.name, func(t *testing.T) {
			got, err := gofeed.NewParser().Parse(bytes.NewReader(write(t, want, f.format, f.self)))
			if err != nil {
				t.Fatal(err)
			}
			if got.Title != want.Title || got.Description != want.Description || got.Link != page || got.FeedLink != f.self || got.Language != "en" {
				t.Errorf("the feed: %q, %q, %q, %q, %q", got.Title, got.Description, got.Link, got.FeedLink, got.Language)
			}
			if len(got.Items) != len(want.Items) {
				t.Fatalf("%d items, want %d", len(got.Items), len(want.Items))
			}
			for i, item := range got.Items {
				sent := want.Items[i]
				if item.GUID != sent.ID || item.Link != sent.URL || item.Title != sent.Title {
					t.Errorf("item %d: %q, %q, %q", i, item.GUID, item.Link, item.Title)
				}
				if f.format == feed.Atom && sent.Published.IsZero() {
					sent.Published = time.Unix(0, 0) // what this reader shows is updated, which Atom needs
				}
				if published := item.PublishedParsed; (published == nil) != sent.Published.IsZero() || published != nil && !published.Equal(sent.Published) {
					t.Errorf("item %d is of %v, want %v", i, published, sent.Published)
				}
				if sent.HTML != "" && item.Content != sent.HTML {
					t.Errorf("item %d holds %q", i, item.Content)
				}
			}
			if tags := got.Items[0].Categories; !slices.Equal(tags, []string{"Agriculture", "Poultry", "Viet Nam"}) {
				t.Errorf("categories: %q", tags)
			}
			if f.format == feed.JSON {
				return
			}
			point := got.Items[0].Extensions["georss"]["point"]
			if len(point) != 1 || point[0].Value != "19.81 105.79" {
				t.Errorf("the place: %+v", point)
			}
			if place := got.Items[1].Extensions["georss"]; place != nil {
				t.Errorf("a place where none is known: %+v", place)
			}
		})
	}
}

// rssForm is what the rules of RSS 2.0 speak of.
type rssForm struct {
	Version string `xml:"version,attr"`
	Channel struct {
		Link []struct {
			Rel  string `xml:"rel,attr"`
			Href string `xml:"href,attr"`
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"link"`
		LastBuildDate  string   `xml:"lastBuildDate"`
		ManagingEditor []string `xml:"managingEditor"`
		Item           []struct {
			PubDate   []string `xml:"pubDate"`
			Author    []string `xml:"author"`
			Enclosure []struct {
				Length string `xml:"length,attr"`
			} `xml:"enclosure"`
			GUID struct {
				Text        string `xml:",chardata"`
				IsPermaLink string `xml:"isPermaLink,attr"`
			} `xml:"guid"`
		} `xml:"item"`
	} `xml:"channel"`
}

func TestRulesOfRSS(t *testing.T) {
	var got rssForm
	if err := xml.Unmarshal(write(t, vietnam(), feed.RSS, formats[0].self), &got); err != nil {
		t.Fatal(err)
	}
	c := got.Channel
	if got.Version != "2.0" || c.LastBuildDate == "" || len(c.ManagingEditor) > 0 {
		t.Errorf("version %q, lastBuildDate %q, managingEditor %q", got.Version, c.LastBuildDate, c.ManagingEditor)
	}
	if len(c.Link) != 2 || strings.TrimSpace(c.Link[0].Text) != page || c.Link[1].Rel != "self" || c.Link[1].Href != formats[0].self || c.Link[1].Type != "application/rss+xml" {
		t.Errorf("links: %+v", c.Link)
	}
	for i, item := range c.Item {
		if item.GUID.IsPermaLink != "false" || !strings.HasPrefix(item.GUID.Text, "tag:") {
			t.Errorf("item %d: a guid that is no address must say so: %+v", i, item.GUID)
		}
		if len(item.Author)+len(item.Enclosure) > 0 {
			t.Errorf("item %d has an author without e-mail, or an enclosure of unknown length", i)
		}
		for _, date := range append(item.PubDate, c.LastBuildDate) {
			if _, err := time.Parse("Mon, 02 Jan 2006 15:04:05 -0700", date); err != nil {
				t.Errorf("item %d: %v is no date of RFC 822: %v", i, date, err)
			}
		}
	}
}

func TestRulesOfAtom(t *testing.T) {
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var got struct {
		XMLName xml.Name
		Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID      []string `xml:"id"`
		Updated []string `xml:"updated"`
		Author  []struct {
			Name  string   `xml:"name"`
			Email []string `xml:"email"`
		} `xml:"author"`
		Links   []link `xml:"link"`
		Entries []struct {
			ID        []string `xml:"id"`
			Title     []string `xml:"title"`
			Updated   []string `xml:"updated"`
			Published []string `xml:"published"`
			Links     []link   `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(write(t, vietnam(), feed.Atom, formats[1].self), &got); err != nil {
		t.Fatal(err)
	}
	if got.XMLName.Space != "http://www.w3.org/2005/Atom" || got.Lang != "en" {
		t.Errorf("root %v in %q", got.XMLName, got.Lang)
	}
	if len(got.Author) != 1 || got.Author[0].Name == "" || len(got.Author[0].Email) > 0 {
		t.Errorf("a feed whose entries have no author must have one (4.1.1): %+v", got.Author)
	}
	if !slices.Equal(got.Links, []link{{"alternate", page}, {"self", formats[1].self}}) {
		t.Errorf("links: %+v", got.Links)
	}
	ids := slices.Clone(got.ID)
	dates := slices.Clone(got.Updated)
	for i, e := range got.Entries {
		if len(e.ID) != 1 || len(e.Title) != 1 || len(e.Updated) != 1 || len(e.Published) > 1 || len(e.Links) != 1 || e.Links[0].Rel != "alternate" {
			t.Errorf("entry %d: %+v", i, e)
		}
		ids, dates = append(ids, e.ID...), slices.Concat(dates, e.Updated, e.Published)
	}
	for _, id := range ids {
		if u, err := url.Parse(id); err != nil || u.Scheme != "tag" {
			t.Errorf("id %q: %v", id, err)
		}
	}
	for _, date := range dates {
		if _, err := time.Parse(time.RFC3339, date); err != nil {
			t.Error(err)
		}
	}
	if slices.Sort(ids); len(slices.Compact(ids)) != len(got.Entries)+1 {
		t.Errorf("ids must differ: %q", ids)
	}
}

func TestRulesOfJSONFeed(t *testing.T) {
	empty := vietnam()
	empty.Items = nil
	for _, c := range []feed.Feed{vietnam(), empty} {
		var got map[string]any
		if err := json.Unmarshal(write(t, c, feed.JSON, formats[2].self), &got); err != nil {
			t.Fatal(err)
		}
		for key, want := range map[string]string{
			"version": "https://jsonfeed.org/version/1.1", "title": c.Title, "home_page_url": page, "feed_url": formats[2].self, "language": "en",
		} {
			if got[key] != want {
				t.Errorf("%s: %v, want %q", key, got[key], want)
			}
		}
		if _, old := got["author"]; old {
			t.Error("author is of version 1.0")
		}
		items, ok := got["items"].([]any)
		if !ok || len(items) != len(c.Items) {
			t.Fatalf("items: %v", got["items"])
		}
		known := []string{"id", "url", "title", "content_html", "content_text", "summary", "image", "date_published", "tags"}
		for i := range items {
			item := items[i].(map[string]any)
			if id, _ := item["id"].(string); id == "" {
				t.Errorf("item %d has no id", i)
			}
			if item["content_html"] == nil && item["content_text"] == nil {
				t.Errorf("item %d has no content", i)
			}
			for key := range item {
				if !slices.Contains(known, key) {
					t.Errorf("item %d: %s is no key of JSON Feed that is meant to be there", i, key)
				}
			}
		}
	}
}

// tagURI is the form of RFC 4151, section 2.1, for our authority.
var tagURI = regexp.MustCompile(`^tag:loanleaf,2026:(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})+$`)

func TestIdentifiersHoldNoAddress(t *testing.T) {
	for name, want := range map[string]string{
		"Our loans": "tag:loanleaf,2026:Our%20loans/en/loan/5", "Prêts\x00": "tag:loanleaf,2026:Pr%C3%AAts/en/loan/5", "a/b": "tag:loanleaf,2026:a%2Fb/en/loan/5",
	} {
		if got := feed.ID(name, "en", "loan/5"); got != want || !tagURI.MatchString(got) {
			t.Errorf("ID(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for want, p := range map[string]*feed.Point{
		"": nil, "0 0": {Latitude: -0.001}, "-33.45 -70.67": {Latitude: -33.4489, Longitude: -70.6693}, "90 180": {Latitude: 90, Longitude: 180},
	} {
		if got := p.String(); got != want {
			t.Errorf("%v is written %q, want %q", p, got, want)
		}
	}
	if nowhere := (&feed.Point{Latitude: 91}).String(); nowhere != "" {
		t.Errorf("a place that is nowhere is written %q", nowhere)
	}
}

// FuzzFeed holds that every format is well-formed whatever the texts are, and
// that no text adds or hides an item.
func FuzzFeed(f *testing.F) {
	f.Add("Mai's Loan", "A loan of $5 & more", "<p>x</p>")
	f.Add("]]>", "\x00\x02\x0b\ufffe", "<![CDATA[ ]]> \x02 </content:encoded>")
	f.Add("\xff\xfe\u202e", "</title><script>", "&#2; \ud7ff \U0010ffff")
	f.Fuzz(func(t *testing.T, title, text, html string) {
		made := vietnam()
		made.Title, made.Description, made.Author = title, text, title
		made.Items[1].Title, made.Items[1].Text, made.Items[1].HTML, made.Items[1].Tags = title, text, html, []string{text, title}
		for _, c := range formats {
			body := write(t, made, c.format, c.self)
			if bytes.ContainsAny(body, "\x00\x01\x02\x0b\x0c\x1f\x7f") {
				t.Fatalf("%s holds a control character: %q", c.name, body)
			}
			if c.format == feed.JSON {
				var got struct {
					Items []struct{ Title, Summary string }
				}
				if err := json.Unmarshal(body, &got); err != nil || len(got.Items) != 3 {
					t.Fatalf("%v: %s", err, body)
				}
				continue
			}
			items := 0
			for d := xml.NewDecoder(bytes.NewReader(body)); ; {
				token, err := d.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatalf("%s: %v: %s", c.name, err, body)
				}
				if start, ok := token.(xml.StartElement); ok && (start.Name.Local == "item" || start.Name.Local == "entry") {
					items++
				}
			}
			if items != 3 {
				t.Fatalf("%s has %d items: %s", c.name, items, body)
			}
		}
	})
}
