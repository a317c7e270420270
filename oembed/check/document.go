package check

import (
	"bytes"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// Link is an oEmbed link of a page: an element or, where Offset is -1, an HTTP
// Link header.
type Link struct {
	Href   string `json:"href"` // as written, entities decoded, not resolved
	Type   string `json:"type"` // as written, entities decoded
	Rel    string `json:"rel"`
	Title  string `json:"title,omitempty"`
	Offset int    `json:"offset"` // bytes before it in the page
	InHead bool   `json:"in_head"`

	raw string // the tag
}

// document is what consumers read in a page. It is read as a stream of tags,
// since several of them do so; where a tree would have put a misplaced element
// does not matter to anybody.
type document struct {
	links  []Link            // oEmbed links in the order of the page
	metas  map[string]string // first content by property or name, in lower case
	others map[string]string // first href of further links by rel: "canonical"
	title  string
}

// oembedType is iframely's reading of a discovery type, the widest there is.
var oembedType = regexp.MustCompile(`(?i)^(application|text)/(xml|json)\+oembed$`)

// readDocument reads a page. Any bytes are a page.
func readDocument(body []byte) *document {
	d := &document{metas: map[string]string{}, others: map[string]string{}}
	z := html.NewTokenizer(bytes.NewReader(body))
	offset, head, title := 0, true, false
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return d
		}
		raw := string(z.Raw())
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			head = head && token.Data != "body"
			title = token.Data == "title" && head && d.title == ""
			d.read(token, raw, offset, head)
		case html.TextToken:
			if title {
				d.title = strings.TrimSpace(html.UnescapeString(raw))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			head = head && string(name) != "head"
			title = false
		}
		offset += len(raw)
	}
}

func (d *document) read(token html.Token, raw string, offset int, head bool) {
	attrs := attributes(token)
	switch token.Data {
	case "meta":
		for _, name := range []string{attrs["property"], attrs["name"]} {
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" && d.metas[name] == "" {
				d.metas[name] = strings.TrimSpace(attrs["content"])
			}
		}
	case "link":
		if oembedType.MatchString(strings.TrimSpace(attrs["type"])) {
			d.links = append(d.links, Link{
				Href: attrs["href"], Type: attrs["type"], Rel: attrs["rel"], Title: attrs["title"],
				Offset: offset, InHead: head, raw: raw,
			})
			return
		}
		for rel := range strings.FieldsSeq(strings.ToLower(attrs["rel"])) {
			if d.others[rel] == "" {
				d.others[rel] = strings.TrimSpace(attrs["href"])
			}
		}
	}
}

// attributes gives the attributes of a tag by name; the first of a name counts.
func attributes(token html.Token) map[string]string {
	attrs := make(map[string]string, len(token.Attr))
	for _, a := range token.Attr {
		if _, ok := attrs[a.Key]; !ok {
			attrs[a.Key] = a.Val
		}
	}
	return attrs
}

// meta gives the content of the first of the metas that is there.
func (d *document) meta(names ...string) string {
	for _, name := range names {
		if d.metas[name] != "" {
			return d.metas[name]
		}
	}
	return ""
}

// The types of the specification (oEmbed 4).
const (
	typeJSON = "application/json+oembed"
	typeXML  = "text/xml+oembed"
)

// first gives the first link of one of the types, whatever their case, with an
// address in it.
func first(links []Link, types ...string) *Link {
	for _, wanted := range types {
		for i := range links {
			if strings.EqualFold(strings.TrimSpace(links[i].Type), wanted) && strings.TrimSpace(links[i].Href) != "" {
				return &links[i]
			}
		}
	}
	return nil
}
