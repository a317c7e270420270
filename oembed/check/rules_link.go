package check

import (
	"html"
	"strings"
)

func linkRules() []rule {
	return []rule{
		{
			id: "link", consumers: append([]Consumer{Specification}, discoverers...), needs: []string{"page-answers"},
			rule:   "the page has a link element for oEmbed",
			mend:   `put <link rel="alternate" type="application/json+oembed" href="…"> into its head; a Link header alone is read by nobody here`,
			source: "oEmbed 1.0, section 4; WordPress wp-includes/class-wp-oembed.php (discover)",
			check: ofLinks(func(e *evidence) outcome {
				if len(e.links()) > 0 {
					return held("%d links", len(e.links()))
				}
				if len(e.headers) > 0 {
					return broken("none; Link headers name %s", e.headers[0].Href)
				}
				return broken("none")
			}),
		},
		{
			id: "link-json", consumers: jsonReaders, needs: []string{"link"},
			rule:   "one of the links is for JSON",
			mend:   "add a link of type application/json+oembed: these consumers read no XML",
			source: "misskey-dev/summaly src/general.ts; extractus/oembed-extractor src/utils/autoDiscovery.js; discourse/discourse lib/onebox/engine/standard_embed.rb",
			check: ofLinks(func(e *evidence) outcome {
				return holds(first(e.links(), typeJSON) != nil, "types %s", kinds(e.links()))
			}),
		},
		{
			id: "link-both", consumers: []Consumer{Specification}, advice: true, needs: []string{"link"},
			rule:   "JSON and XML are both linked",
			mend:   "offer the other format too: providers are encouraged to support both",
			source: "oEmbed 1.0, section 2.3.5 (501)",
			check: ofLinks(func(e *evidence) outcome {
				links := e.links()
				return holds(first(links, typeJSON) != nil && first(links, typeXML, "application/xml+oembed") != nil, "types %s", kinds(links))
			}),
		},
		{
			id: "link-xml-type", consumers: []Consumer{Specification, Mastodon, Unfurl}, needs: []string{"link"},
			rule:   "a link for XML has the type text/xml+oembed",
			mend:   "write text/xml+oembed; application/xml+oembed is known to some alone",
			source: "oEmbed 1.0, section 4; mastodon/mastodon app/services/fetch_oembed_service.rb; jacktuck/unfurl src/index.ts",
			check: ofLinks(func(e *evidence) outcome {
				if first(e.links(), typeXML, "application/xml+oembed") == nil {
					return moot("XML is not linked")
				}
				return holds(first(e.links(), typeXML) != nil, "types %s", kinds(e.links()))
			}),
		},
		{
			id: "link-json-first", consumers: []Consumer{Iframely}, advice: true, needs: []string{"link-json"},
			rule:   "the link for JSON comes first",
			mend:   "put it before the one for XML: iframely takes whichever is first",
			source: "itteco/iframely lib/plugins/system/oembed/oembed.js (oembedLinks[0])",
			check: ofLinks(func(e *evidence) outcome {
				return holds(strings.Contains(strings.ToLower(e.links()[0].Type), "json"), "the first is %s", e.links()[0].Type)
			}),
		},
		{
			id: "link-rel", consumers: []Consumer{Specification, Iframely}, needs: []string{"link"},
			rule:   `the links have rel="alternate"`,
			mend:   `write rel="alternate"`,
			source: "oEmbed 1.0, section 4; itteco/iframely lib/plugins/system/oembed/oembedUtils.js (findOembedLinks)",
			check: eachLink(func(l Link) outcome {
				for word := range strings.FieldsSeq(strings.ToLower(l.Rel)) {
					if word == "alternate" {
						return held("rel=%q", l.Rel)
					}
				}
				return broken("rel=%q", l.Rel)
			}),
		},
		{
			id: "link-type-case", consumers: []Consumer{WordPress, Drupal, Mastodon, Discourse}, needs: []string{"link"},
			rule:   "the type is written in lower case, without spaces",
			mend:   "write application/json+oembed as it stands here",
			source: "WordPress wp-includes/class-wp-oembed.php (discover); mastodon/mastodon app/services/fetch_oembed_service.rb (XPath)",
			check: eachLink(func(l Link) outcome {
				return holds(l.Type == strings.ToLower(strings.TrimSpace(l.Type)), "%q", l.Type)
			}),
		},
		{
			id: "link-type-literal", consumers: []Consumer{WordPress}, needs: []string{"link"},
			rule:   "the type is written without entities",
			mend:   "write a plus sign, not &#43;: template engines that escape attributes do this",
			source: "WordPress wp-includes/class-wp-oembed.php (discover reads the text of the tag)",
			check: eachLink(func(l Link) outcome {
				return holds(strings.Contains(l.raw, l.Type), "%s", l.raw)
			}),
		},
		{
			id: "link-angles", consumers: []Consumer{WordPress}, needs: []string{"link"},
			rule:   "no attribute of a link holds a bare < or >",
			mend:   "write &lt; and &gt;, in titles too",
			source: "WordPress wp-includes/class-wp-oembed.php (discover: <link([^<>]+)/?>)",
			check: eachLink(func(l Link) outcome {
				return holds(!strings.ContainsAny(strings.Trim(l.raw, "<>"), "<>"), "%s", l.raw)
			}),
		},
		{
			id: "link-in-head", consumers: []Consumer{Specification, WordPress, Unfurl}, needs: []string{"link"},
			rule:   "the links stand in the head",
			mend:   "move them before </head>; the body is not read",
			source: "oEmbed 1.0, section 4; WordPress wp-includes/class-wp-oembed.php (Strip <body>); jacktuck/unfurl src/index.ts (onclosetag)",
			check: ofLinks(func(e *evidence) outcome {
				return holds(e.linked().InHead, "%d bytes into the page, in its head: %t", e.linked().Offset, e.linked().InHead)
			}),
		},
		{
			id: "link-early", consumers: []Consumer{WordPress}, needs: []string{"link"},
			rule:   "the links stand in the first 150 KiB of the page",
			mend:   "move them up, before inline styles and scripts",
			source: "WordPress wp-includes/class-wp-oembed.php (limit_response_size)",
			check: ofLinks(func(e *evidence) outcome {
				l := e.linked()
				return holds(l.Offset+len(l.raw) <= wordpressReads, "%d bytes into the page", l.Offset)
			}),
		},
		{
			id: "link-same", consumers: []Consumer{WordPress}, needs: []string{"link", "link-type-case", "link-type-literal", "link-angles", "link-in-head", "link-early"},
			rule:   "WordPress finds the same link as a parser of HTML",
			mend:   "take links out of comments, scripts and templates, and put quotation marks around attributes: WordPress reads the page as text",
			source: "WordPress wp-includes/class-wp-oembed.php (discover), wp-includes/shortcodes.php (shortcode_parse_atts)",
			check: ofLinks(func(e *evidence) outcome {
				found := html.UnescapeString(e.wpFound)
				return holds(strings.TrimSpace(found) == strings.TrimSpace(e.linked().Href), "WordPress finds %s", or(e.wpFound, "none"))
			}),
		},
		{
			id: "link-header-agrees", consumers: []Consumer{Specification},
			rule:   "Link headers name what the links of the page name",
			mend:   "mint both from one place",
			source: "oEmbed 1.0, section 4 (Header example)",
			check: ofLinks(func(e *evidence) outcome {
				if len(e.headers) == 0 || len(e.links()) == 0 {
					return moot("there are not both")
				}
				for _, h := range e.headers {
					l := first(e.links(), h.Type)
					if l == nil || e.resolved(l.Href) != e.resolved(h.Href) {
						return broken("the header has %s", h.Href)
					}
				}
				return held("%d headers", len(e.headers))
			}),
		},
	}
}

// ofLinks is a rule that is moot where the endpoint was named.
func ofLinks(check func(*evidence) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.named {
			return moot("the endpoint was named")
		}
		if e.doc == nil {
			return moot("there is no page")
		}
		return check(e)
	}
}

// eachLink is a rule that every link has to hold.
func eachLink(check func(Link) outcome) func(*evidence) outcome {
	return ofLinks(func(e *evidence) outcome {
		var o outcome
		for _, l := range e.links() {
			if o = check(l); o.state == Broken {
				return o
			}
		}
		return o
	})
}

func kinds(links []Link) string {
	var list []string
	for _, l := range links {
		list = append(list, l.Type)
	}
	return strings.Join(list, ", ")
}
