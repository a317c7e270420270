package check

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// provider is a provider of one page, right in everything. Tests break it, one
// thing at a time. It is a [Fetcher]: nothing goes over a network.
type provider struct {
	t      *testing.T
	page   thing
	frame  thing
	pic    thing
	fields map[string]any // of the natural answer

	onFields func(fields map[string]any, q url.Values)              // changes an answer before it is written
	onAnswer func(a *thing, format string, q url.Values, r Request) // changes an answer that was written
	instead  func(q url.Values, r Request) *thing                   // answers in its place; nil: it does not
	absent   thing                                                  // for a page that is not there
}

// thing is something that is there to be fetched.
type thing struct {
	status    int
	header    http.Header
	body      string
	took      time.Duration
	redirects int
}

const (
	providerPage     = "https://loans.example/loan/5"
	providerEndpoint = "https://loans.example/oembed"
	providerFrame    = "https://loans.example/frame/5"
	providerPic      = "https://loans.example/pic.png"
)

func newProvider(t *testing.T) *provider {
	var pic bytes.Buffer
	if err := png.Encode(&pic, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	link := func(kind, format string) string {
		return fmt.Sprintf(`<link rel="alternate" type=%q href="%s?url=%s&amp;format=%s" title="Mai&#39;s Loan">`,
			kind, providerEndpoint, url.QueryEscape(providerPage), format)
	}
	return &provider{
		t: t,
		page: thing{status: 200, header: headers("text/html; charset=utf-8"), body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Mai's Loan</title>
<meta property="og:title" content="Mai's Loan"><meta property="og:description" content="Ducks.">
<meta property="og:type" content="website"><meta property="og:image" content="https://loans.example/pic.png">
` + link(typeJSON, "json") + "\n" + link(typeXML, "xml") + "\n</head><body><p>Ducks.</p></body></html>"},
		frame: thing{status: 200, header: headers("text/html; charset=utf-8"), body: "<!doctype html><title>Mai</title><p>Ducks."},
		pic:   thing{status: 200, header: headers("image/png"), body: pic.String()},
		fields: map[string]any{
			"type": "rich", "version": "1.0", "title": "Mai's Loan", "provider_name": "Loans", "provider_url": "https://loans.example/",
			"author_name": "A partner", "author_url": "https://loans.example/partners/1", "cache_age": 3600,
			"thumbnail_url": providerPic, "thumbnail_width": 40, "thumbnail_height": 30, "width": 400, "height": 200,
			"html": frameOf(400, 200),
		},
		absent: thing{status: 404, header: headers("application/json; charset=utf-8"), body: `{"error":"no such page"}`},
	}
}

func headers(kind string) http.Header { return http.Header{"Content-Type": {kind}} }

func frameOf(width, height int) string {
	return fmt.Sprintf(`<iframe src=%q title="Mai's Loan" width="%d" height="%d"><a href=%q>Mai</a></iframe>`, providerFrame, width, height, providerPage)
}

// replace changes the page, which has to hold the old text.
func (p *provider) replace(old, instead string) {
	p.t.Helper()
	if !strings.Contains(p.page.body, old) {
		p.t.Fatalf("the page has no %q", old)
	}
	p.page.body = strings.ReplaceAll(p.page.body, old, instead)
}

// html sets the html of every answer; %d stand for width and height.
func (p *provider) html(format string) {
	p.onFields = func(fields map[string]any, _ url.Values) {
		if fields["html"] != nil {
			fields["html"] = strings.NewReplacer("WIDTH", plainText(fields["width"]), "HEIGHT", plainText(fields["height"])).Replace(format)
		}
	}
}

// Fetch implements Fetcher.
func (p *provider) Fetch(ctx context.Context, r Request) (*Response, error) {
	u, err := askable(r.URL)
	if err != nil {
		return nil, err
	}
	found := thing{status: 404, header: headers("text/plain"), body: "not here"}
	switch u.Scheme + "://" + u.Host + u.Path {
	case providerPage:
		found = p.page
	case providerFrame:
		found = p.frame
	case providerPic:
		found = p.pic
	case providerEndpoint, strings.Replace(providerEndpoint, "https", "http", 1), "https://loans.example:8443/oembed", "https://loans.example/wp-json/oembed":
		found = p.answer(u.Query(), r)
	case "http://loans.example/loan/5":
		found = p.page
	case "http://loans.example/frame/5":
		found = p.frame
	}
	body := []byte(found.body)
	return &Response{
		URL: r.URL, Status: found.status, Header: found.header, Took: found.took, Redirects: found.redirects,
		Body: body[:min(len(body), r.Limit)], Truncated: len(body) > r.Limit,
	}, ctx.Err()
}

// answer is the endpoint.
func (p *provider) answer(q url.Values, r Request) thing {
	if p.instead != nil {
		if a := p.instead(q, r); a != nil {
			return *a
		}
	}
	format := q.Get("format")
	if format == "" {
		format = "json"
	}
	if format != "json" && format != "xml" {
		return thing{status: 501, header: headers("text/plain"), body: "no"}
	}
	if q.Get("url") != providerPage {
		return p.absent
	}
	fields := p.fit(q)
	if p.onFields != nil {
		p.onFields(fields, q)
	}
	a := thing{status: 200, header: headers("application/json; charset=utf-8")}
	if format == "xml" {
		a.header, a.body = headers("text/xml; charset=utf-8"), asXML(fields)
	} else {
		body, err := json.Marshal(fields)
		if err != nil {
			p.t.Error(err)
		}
		a.body = string(body)
	}
	if p.onAnswer != nil {
		p.onAnswer(&a, format, q, r)
	}
	return a
}

// fit makes the answer for bounds.
func (p *provider) fit(q url.Values) map[string]any {
	fields := maps.Clone(p.fields)
	bound := func(key string, natural any) (int, bool) {
		n, isNumber := natural.(int)
		most, err := strconv.Atoi(q.Get(key))
		if err != nil || !isNumber {
			return n, false
		}
		return min(n, most), most < n
	}
	for key, most := range map[string]string{"thumbnail_width": "maxwidth", "thumbnail_height": "maxheight"} {
		if _, cut := bound(most, fields[key]); cut {
			for _, gone := range []string{"thumbnail_url", "thumbnail_width", "thumbnail_height"} {
				delete(fields, gone)
			}
		}
	}
	width, cutWidth := bound("maxwidth", fields["width"])
	height, cutHeight := bound("maxheight", fields["height"])
	if !cutWidth && !cutHeight {
		return fields
	}
	fields["width"], fields["height"] = width, height
	if fields["html"] != nil {
		fields["html"] = frameOf(width, height)
	}
	return fields
}

var xmlEscape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func asXML(fields map[string]any) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8" standalone="yes"?><oembed>`)
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		value := fields[key]
		if n, ok := value.(int); ok {
			value = strconv.Itoa(n)
		}
		fmt.Fprintf(&b, "<%s>%s</%s>", key, xmlEscape.Replace(plainText(value)), key)
	}
	b.WriteString("</oembed>")
	return b.String()
}

// run checks a provider.
func run(t *testing.T, p Fetcher, with ...Option) *Report {
	t.Helper()
	report, err := Run(t.Context(), p, providerPage, with...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// found gives the state of each rule.
func found(report *Report) map[string]Result {
	states := map[string]Result{}
	for _, r := range report.Rules {
		states[r.ID] = r
	}
	return states
}
