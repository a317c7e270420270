package check

import (
	"net/url"
	"strings"
	"time"
)

// linkTo gives the link element of a type.
func (p *provider) linkTo(kind string) string {
	p.t.Helper()
	for line := range strings.Lines(p.page.body) {
		if strings.Contains(line, `type="`+kind+`"`) {
			return strings.TrimSuffix(line, "\n")
		}
	}
	p.t.Fatalf("the page has no link of type %s", kind)
	return ""
}

func pageWays() []way {
	return []way{
		{id: "page-answers", wrong: func(p *provider) { p.page.status = 403 }},
		{id: "page-html", wrong: func(p *provider) { p.page.header = headers("application/xhtml+xml; charset=utf-8") }},
		{id: "page-charset", wrong: func(p *provider) { p.page.header = headers("text/html") }},
		{id: "page-redirects", wrong: func(p *provider) { p.page.redirects = 3 }},
		{id: "page-size", wrong: func(p *provider) { p.replace("</body>", strings.Repeat("<p>Ducks.", 120_000)+"</body>") }},
		{id: "page-quick", wrong: func(p *provider) { p.page.took = 3 * time.Second }},
		{id: "page-patience", wrong: func(p *provider) { p.page.took = 6 * time.Second }, also: []string{"page-quick"}},
	}
}

func linkWays() []way {
	return []way{
		{id: "link", wrong: func(p *provider) { p.replace("<link", "<meta") }},
		{id: "link-json", wrong: func(p *provider) { p.replace(p.linkTo(typeJSON), "") }, also: []string{"link-both"}},
		{id: "link-both", wrong: (*provider).unlinkXML},
		{id: "link-xml-type", wrong: func(p *provider) { p.replace("text/xml+oembed", "application/xml+oembed") }},
		{id: "link-json-first", wrong: func(p *provider) {
			json, xml := p.linkTo(typeJSON), p.linkTo(typeXML)
			p.page.body = strings.NewReplacer(json, xml, xml, json).Replace(p.page.body)
		}},
		{id: "link-rel", wrong: func(p *provider) { p.replace(`rel="alternate"`, `rel="embed"`) }},
		{id: "link-type-case", wrong: func(p *provider) { p.replace("application/json+oembed", "application/JSON+oEmbed") }},
		{id: "link-type-literal", wrong: func(p *provider) { p.replace("application/json+oembed", "application/json&#43;oembed") }},
		{id: "link-angles", wrong: func(p *provider) { p.replace(`title="Mai&#39;s Loan"`, `title="Mai > Ducks"`) }},
		{id: "link-in-head", wrong: func(p *provider) {
			json, xml := p.linkTo(typeJSON), p.linkTo(typeXML)
			p.replace(json, "")
			p.replace(xml, "")
			p.replace("<p>Ducks.</p>", "<p>Ducks.</p>"+json+xml)
		}},
		{id: "link-early", wrong: func(p *provider) {
			p.replace("<title>", "<style>"+strings.Repeat("p{color:red}", 14_000)+"</style><title>")
		}},
		{id: "link-same", wrong: func(p *provider) {
			p.replace("<title>", "<!-- "+strings.ReplaceAll(p.linkTo(typeJSON), "/oembed?", "/old?")+" --><title>")
		}},
		{id: "link-header-agrees", right: func(p *provider) {
			p.page.header.Set("Link", `<`+linked(p)+`>; rel="alternate"; type="application/json+oembed"; title="Mai, or \"Mai\""`)
		}, wrong: func(p *provider) {
			p.page.header.Set("Link", `</style.css>; rel=preload, <`+linked(p)+`&lang=en>; rel="alternate"; type="application/json+oembed"`)
		}},
	}
}

// linked is the address in the link for JSON.
func linked(p *provider) string {
	return first(readDocument([]byte(p.page.body)).links, typeJSON).Href
}

func hrefWays() []way {
	return []way{
		{id: "href-absolute", wrong: func(p *provider) { p.replace(`href="https://loans.example/`, `href="/`) }},
		{id: "href-scheme", wrong: func(p *provider) { p.replace(`href="https://loans.example/`, `href="ftp://loans.example/`) },
			also: []string{"answer-status", "xml-answers"}},
		{id: "href-https", wrong: func(p *provider) { p.replace(`href="https://loans.example/`, `href="http://loans.example/`) }},
		{id: "href-port", wrong: func(p *provider) { p.replace(`href="https://loans.example/`, `href="https://loans.example:8443/`) }},
		{id: "href-user", wrong: func(p *provider) { p.replace(`href="https://loans.example/`, `href="https://mai:ducks@loans.example/`) },
			also: []string{"answer-status", "xml-answers"}},
		{id: "href-url", wrong: func(p *provider) {
			p.replace("?url=", "?page=")
			p.instead = func(q url.Values, r Request) *thing {
				if page := q["page"]; page != nil {
					a := p.answer(url.Values{"url": page, "format": q["format"], "maxwidth": q["maxwidth"], "maxheight": q["maxheight"]}, r)
					return &a
				}
				return nil
			}
		}},
		{id: "href-only", wrong: func(p *provider) { p.replace("&amp;format", "&amp;lang=en&amp;format") }},
		{id: "href-one-url", wrong: func(p *provider) { p.replace("&amp;format", "&amp;from=https%3A%2F%2Floans.example%2F&amp;format") },
			also: []string{"href-only"}},
		{id: "href-entities", wrong: func(p *provider) { p.replace("&amp;format", "&amp;currency=usd&amp;format") }, also: []string{"href-only"}},
		{id: "href-not-wordpress", wrong: func(p *provider) { p.replace("/oembed?", "/wp-json/oembed?") }},
	}
}
