package check

import (
	"bytes"
	"image"
	_ "image/gif"  // thumbnails are of these formats
	_ "image/jpeg" // …
	_ "image/png"  // …
	"net/url"
	"strings"
)

// evidence is all that was seen. The rules look at it and at nothing else.
type evidence struct {
	address string // that was asked for
	local   bool   // on this machine or in a private network
	named   bool   // the endpoint was named by the caller

	page    *Response // nil where nothing came
	pageErr error
	doc     *document
	headers []Link // of HTTP Link headers

	endpoint string // what is asked for JSON, or for XML where there is none of JSON; empty: none
	xmlLink  string // what is asked for XML; empty: none is linked

	json      *answer // the JSON link as it stands
	xml       *answer // the XML link as it stands
	wordpress *answer // as WordPress asks
	bare      *answer // with url alone
	page2     *answer // with the address that was asked for as url
	lazy      *answer // with slashes of url not encoded
	extra     *answer // with a parameter that nobody knows
	strange   *answer // in a format that does not exist
	other     *answer // in XML, from an endpoint that links JSON alone
	absent    *answer // for a page that does not exist
	boxes     []box
	frame     *answer // the document of the frame; fields mean nothing
	thumbnail *answer // the picture; fields mean nothing

	markup  *markup // of the answer
	wpHTML  kept    // what WordPress makes of the html that it gets
	wpFound string  // what WordPress discovers
}

// box is an answer to a question with bounds; 0: that side is not bounded.
type box struct {
	width, height int
	answer        *answer
}

// main is the answer that rules about content look at: JSON where it is
// linked, else XML.
func (e *evidence) main() *answer {
	if e.json != nil {
		return e.json
	}
	return e.xml
}

// base is what links of the page are resolved against.
func (e *evidence) base() *url.URL {
	address := e.address
	if e.page != nil {
		address = e.page.URL
	}
	u, err := url.Parse(address)
	if err != nil {
		return &url.URL{}
	}
	return u
}

// resolved makes an address of a page absolute; empty where it is none.
func (e *evidence) resolved(href string) string {
	u, err := e.base().Parse(strings.TrimSpace(href))
	if err != nil {
		return ""
	}
	return u.String()
}

// links are the oEmbed links of the elements of the page.
func (e *evidence) links() []Link {
	if e.doc == nil {
		return nil
	}
	return e.doc.links
}

// jsonLink is what consumers of JSON take; nil where there is none.
func (e *evidence) jsonLink() *Link { return first(e.links(), typeJSON, "text/json+oembed") }

// linked is the link whose answer is asked for.
func (e *evidence) linked() *Link {
	if link := e.jsonLink(); link != nil {
		return link
	}
	return first(e.links(), typeXML, "application/xml+oembed")
}

// href is the link as it stands in the page, or the endpoint that was named.
func (e *evidence) href() string {
	if link := e.linked(); link != nil && !e.named {
		return strings.TrimSpace(link.Href)
	}
	return e.endpoint
}

// scheme and port of an absolute address.
func schemeOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Scheme)
}

// measured gives the size of the thumbnail in pixels, where its format is one
// that is understood here.
func (e *evidence) measured() (width, height int, ok bool) {
	if e.thumbnail.status() != 200 {
		return 0, 0, false
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(e.thumbnail.got.Body))
	return config.Width, config.Height, err == nil
}
