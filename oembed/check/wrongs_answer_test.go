package check

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// asIs lets the endpoint change what it wrote, in both formats.
func asIs(change func(a *thing)) func(*provider) {
	return func(p *provider) {
		p.onAnswer = func(a *thing, _ string, _ url.Values, _ Request) { change(a) }
	}
}

// inJSON lets it change what it wrote in JSON.
func inJSON(change func(a *thing)) func(*provider) {
	return func(p *provider) {
		p.onAnswer = func(a *thing, format string, _ url.Values, _ Request) {
			if format == "json" {
				change(a)
			}
		}
	}
}

// inXML lets it change what it wrote in XML.
func inXML(change func(a *thing)) func(*provider) {
	return func(p *provider) {
		p.onAnswer = func(a *thing, format string, _ url.Values, _ Request) {
			if format == "xml" {
				change(a)
			}
		}
	}
}

// when lets it answer with a status of its own where a parameter has a value.
func when(test func(q url.Values, r Request) bool, a thing) func(*provider) {
	return func(p *provider) {
		p.instead = func(q url.Values, r Request) *thing {
			if test(q, r) {
				return &a
			}
			return nil
		}
	}
}

func endpointWays() []way {
	return []way{
		{id: "answer-status", wrong: inJSON(func(a *thing) { a.status = 500 })},
		{id: "answer-quick", wrong: asIs(func(a *thing) { a.took = 3 * time.Second })},
		{id: "answer-patience", wrong: asIs(func(a *thing) { a.took = 6 * time.Second }), also: []string{"answer-quick"}},
		{id: "answer-redirects", wrong: asIs(func(a *thing) { a.redirects = 3 })},
		{id: "answer-size", wrong: inJSON(func(a *thing) { a.body += strings.Repeat(" ", maxAnswer) })},
		{id: "answer-no-bom", wrong: inJSON(func(a *thing) { a.body = bom + a.body })},
		{id: "answer-json", wrong: inJSON(func(a *thing) { a.body = strings.TrimSuffix(a.body, "}") + ",}" })},
		{id: "answer-media-type", wrong: inJSON(func(a *thing) { a.header = headers("text/javascript; charset=utf-8") })},
		{id: "answer-utf8", wrong: inJSON(func(a *thing) { a.body = strings.ReplaceAll(a.body, "Mai's Loan", "Mai\xb4s Loan") }), also: []string{"formats-agree"}},
		{id: "answer-charset", wrong: inJSON(func(a *thing) { a.header = headers("application/json") })},
		{id: "format-obeyed", wrong: func(p *provider) {
			p.unlinkXML()
			p.instead = func(q url.Values, r Request) *thing {
				if q.Get("format") != "xml" {
					return nil
				}
				q.Set("format", "json")
				a := p.answer(q, r)
				return &a
			}
		}, also: []string{"link-both"}},
		{id: "format-unknown", wrong: func(p *provider) {
			p.instead = func(q url.Values, r Request) *thing {
				if q.Get("format") != "oembedcheck" {
					return nil
				}
				q.Set("format", "json")
				a := p.answer(q, r)
				return &a
			}
		}},
		{id: "format-501", wrong: when(func(q url.Values, _ Request) bool { return q.Get("format") == "oembedcheck" }, thing{status: 400, header: headers("text/plain")})},
	}
}

func answerWays() []way {
	return []way{
		{id: "type", wrong: always("type", "article")},
		{id: "wordpress-asks", wrong: when(func(_ url.Values, r Request) bool { return strings.HasPrefix(r.UserAgent, "WordPress/") },
			thing{status: 403, header: headers("text/html"), body: "<p>Are you a robot?"})},
		{id: "wordpress-same", wrong: func(p *provider) {
			p.onFields = func(fields map[string]any, q url.Values) {
				if q.Get("dnt") == "1" {
					fields["type"] = "link"
				}
			}
		}},
		{id: "url-page", right: func(p *provider) { p.page.redirects = 1 }, wrong: func(p *provider) {
			p.replace(url.QueryEscape(providerPage), url.QueryEscape("https://loans.example/?p=5"))
			p.instead = func(q url.Values, r Request) *thing {
				switch {
				case q.Get("dnt") == "1": // WordPress is answered, whatever it asks for
					return nil
				case q.Get("url") == "https://loans.example/?p=5":
					q.Set("url", providerPage)
					return nil
				case q.Get("url") == providerPage:
					return &p.absent
				}
				return nil
			}
		}},
		{id: "url-slashes", wrong: func(p *provider) {
			p.instead = func(_ url.Values, r Request) *thing {
				if strings.Contains(r.URL, "url=https%3A//") {
					return &p.absent
				}
				return nil
			}
		}},
		{id: "params-ignored", wrong: when(func(q url.Values, _ Request) bool { return q.Has("oembed_check") }, thing{status: 400, header: headers("text/plain")})},
		{id: "format-optional", wrong: when(func(q url.Values, _ Request) bool { return !q.Has("format") }, thing{status: 400, header: headers("text/plain")})},
		{id: "absent-refused", wrong: func(p *provider) { p.absent.status = 200 }},
		{id: "absent-silent", wrong: func(p *provider) { p.absent.body = `{"type":"link","version":"1.0","title":"Not found"}` }},
		{id: "bounds-width", wrong: func(p *provider) {
			p.onFields = func(fields map[string]any, _ url.Values) {
				fields["width"] = 400
				fields["html"] = frameOf(400, fields["height"].(int))
			}
		}},
		{id: "bounds-height", wrong: func(p *provider) {
			p.onFields = func(fields map[string]any, _ url.Values) {
				fields["height"] = 200
				fields["html"] = frameOf(fields["width"].(int), 200)
			}
		}},
		{id: "bounds-thumbnail", right: func(p *provider) { noThumbnail(p) }, wrong: func(p *provider) {
			p.onFields = func(fields map[string]any, q url.Values) {
				if q.Has("maxwidth") || q.Has("maxheight") {
					fields["thumbnail_url"], fields["thumbnail_width"], fields["thumbnail_height"] = providerPic, 640, 480
				}
			}
		}},
	}
}

func fieldWays() []way {
	link := func(p *provider) {
		for _, key := range []string{"html", "width", "height"} {
			delete(p.fields, key)
		}
		p.fields["type"] = "link"
	}
	return []way{
		{id: "version", wrong: always("version", "2.0")},
		{id: "version-text", wrong: inJSON(func(a *thing) { a.body = strings.ReplaceAll(a.body, `"version":"1.0"`, `"version":1.0`) })},
		{id: "html", wrong: never("html")},
		{id: "width", wrong: never("width"), also: []string{"bounds-width"}},
		{id: "height", wrong: never("height"), also: []string{"bounds-height"}},
		{id: "size-pixels", wrong: func(p *provider) {
			p.onFields = func(fields map[string]any, q url.Values) {
				if !q.Has("maxwidth") && !q.Has("maxheight") {
					fields["width"] = "100%"
				}
			}
		}},
		{id: "photo-url", right: photo, wrong: func(p *provider) { p.fields["url"] = "/pic.png" }},
		{id: "link-title", right: link, wrong: func(p *provider) { delete(p.fields, "title") }},
		{id: "thumbnail-whole", wrong: func(p *provider) { delete(p.fields, "thumbnail_height") }},
		{id: "addresses", wrong: func(p *provider) { p.fields["author_url"] = "javascript:alert(1)" }},
		{id: "flat", wrong: func(p *provider) { p.fields["loan"] = map[string]any{"amount": 550} }},
		{id: "cache-age", wrong: func(p *provider) { p.fields["cache_age"] = "3600" }},
		{id: "thumbnail-answers", wrong: func(p *provider) { p.pic = thing{status: 404, header: headers("text/html")} }},
		{id: "thumbnail-size", wrong: func(p *provider) { p.fields["thumbnail_width"] = 50 }},
		{id: "thumbnail-extension", wrong: func(p *provider) { p.fields["thumbnail_url"] = providerPic + "/40/30" }, also: []string{"thumbnail-answers"}},
	}
}

func xmlWays() []way {
	body := func(old, instead string) func(*provider) {
		return inXML(func(a *thing) { a.body = strings.ReplaceAll(a.body, old, instead) })
	}
	alone := func(p *provider) { p.replace(p.linkTo(typeJSON), "") }
	return []way{
		{id: "xml-answers", wrong: inXML(func(a *thing) { a.status = 500 })},
		{id: "xml-well-formed", wrong: body("</oembed>", "")},
		{id: "xml-starts", wrong: inXML(func(a *thing) { a.body = "\n" + a.body })},
		{id: "xml-media-type", wrong: inXML(func(a *thing) { a.header = headers("application/xml; charset=utf-8") })},
		{id: "xml-media-known", right: alone, wrong: inXML(func(a *thing) { a.header = headers("application/oembed+xml") }), also: []string{"xml-media-type"}},
		{id: "xml-root", wrong: body("oembed>", "embed>")},
		{id: "xml-doctype", right: alone, wrong: body("<oembed>", "<!DOCTYPE oembed><oembed>")},
		{id: "xml-empty", right: alone, wrong: body("</oembed>", "<author_note></author_note></oembed>")},
		{id: "xml-flat", wrong: body("</oembed>", "<loan><amount>550</amount></loan></oembed>")},
		{id: "xml-pcdata", wrong: body("<author_name>A partner<", "<author_name><![CDATA[A partner]]><")},
		{id: "xml-quotes", wrong: body(`title="`, "title=&quot;")},
		{id: "formats-agree", wrong: body("Mai's Loan</title>", "Mai</title>")},
	}
}

func frameWays() []way {
	attrs := func(change string) string {
		return fmt.Sprintf(`<iframe src=%q title="Mai" width="WIDTH" height="HEIGHT" %s></iframe>`, providerFrame, change)
	}
	html := func(format string) func(*provider) { return func(p *provider) { p.html(format) } }
	good := attrs(`frameborder="0"`)
	return []way{
		{id: "frame", wrong: html(`<blockquote><a href="https://loans.example/loan/5">Mai</a></blockquote>`)},
		{id: "frame-one", wrong: html(good + good)},
		{id: "frame-bare", wrong: html("<div>" + good + "</div>")},
		{id: "frame-src", wrong: html(`<iframe srcdoc="Mai" title="Mai" width="WIDTH" height="HEIGHT"></iframe>`)},
		{id: "frame-https", wrong: html(strings.ReplaceAll(good, "https:", "http:"))},
		{id: "frame-fragment", wrong: html(strings.ReplaceAll(good, "/frame/5", "/frame/5#dark"))},
		{id: "frame-closed", wrong: html(strings.ReplaceAll(good, "></iframe>", "/>")), also: []string{"frame-bare"}},
		{id: "frame-last", wrong: html(strings.ReplaceAll(good, "></iframe>", ">Your browser shows no frames.</iframe>"))},
		{id: "frame-kept", wrong: html(strings.ReplaceAll(good, `<iframe `, `<iframe data-from="a > b" `))},
		{id: "frame-sized", wrong: html(strings.ReplaceAll(good, `width="WIDTH" height="HEIGHT"`, `style="width:400px;height:200px"`))},
		{id: "frame-agrees", wrong: html(strings.ReplaceAll(good, `HEIGHT`, `240`))},
		{id: "frame-height", wrong: html(strings.ReplaceAll(good, `HEIGHT`, `100%`)), also: []string{"frame-sized"}},
		{id: "frame-allow", wrong: html(attrs(`allow="fullscreen; payment"`))},
		{id: "frame-title", wrong: html(strings.ReplaceAll(good, ` title="Mai"`, ""))},
	}
}

func hostWays() []way {
	with := func(more string) func(*provider) {
		return func(p *provider) {
			p.html(fmt.Sprintf(`<iframe src=%q title="Mai" width="WIDTH" height="HEIGHT" %s></iframe>`, providerFrame, more))
		}
	}
	quoted := func(p *provider) {
		p.onFields = func(fields map[string]any, q url.Values) {
			if q.Get("dnt") == "1" {
				fields["html"] = `<blockquote><a href="https://loans.example/loan/5">Mai</a></blockquote>` + fields["html"].(string)
			}
		}
		p.frame.body += "<script>parent.postMessage({message:'height',value:200,secret:location.hash.slice(9)},'*')</script>"
	}
	return []way{
		{id: "html-not-wordpress", wrong: with(`class="wp-embedded-content"`)},
		{id: "html-script", wrong: func(p *provider) {
			p.html(fmt.Sprintf(`<iframe src=%q title="Mai" width="WIDTH" height="HEIGHT"></iframe><script src="https://loans.example/x.js"></script>`, providerFrame))
		}, also: []string{"frame-bare"}},
		{id: "html-xml", wrong: with("allowfullscreen")},
		{id: "html-margin", wrong: with(`style="border:0;margin:8px auto"`)},
		{id: "html-bmp", wrong: with(`class="🦄"`)},
		{id: "framed-answers", wrong: func(p *provider) { p.frame.status = 403 }},
		{id: "framed-allowed", wrong: func(p *provider) { p.frame.header.Set("X-Frame-Options", "SAMEORIGIN") }},
		{id: "framed-html", wrong: func(p *provider) { p.frame.header = headers("text/plain") }},
		{id: "framed-speaks", right: quoted, wrong: func(p *provider) { p.frame.body = "<!doctype html><p>Ducks." }},
	}
}

func cardWays() []way {
	video := func(p *provider) { p.fields["type"] = "video" }
	return []way{
		{id: "card-title", wrong: func(p *provider) {
			p.replace(`property="og:title"`, `property="og:label"`)
			p.replace("<title>Mai's Loan</title>", "")
		}},
		{id: "card-description", wrong: func(p *provider) { p.replace(`property="og:description"`, `property="og:text"`) }},
		{id: "card-image", wrong: func(p *provider) { p.replace(`content="https://loans.example/pic.png"`, `content="/pic.png"`) }},
		{id: "card-kind", wrong: func(p *provider) { p.replace(`content="website"`, `content="article"`) }},
		{id: "card-video", right: video, wrong: func(p *provider) {
			p.onFields = func(fields map[string]any, _ url.Values) {
				fields["html"] = `<div data-player="5"></div>`
			}
		}, also: []string{"frame"}},
	}
}
