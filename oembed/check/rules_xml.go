package check

import (
	"bytes"
	"strings"
)

func xmlRules() []rule {
	return []rule{
		{
			id: "xml-answers", consumers: []Consumer{Specification},
			rule:   "the link for XML answers with status 200",
			mend:   "answer it, or take the link out",
			source: "oEmbed 1.0, section 4",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(a.status() == 200, "%s", a.told())
			}),
		},
		{
			id: "xml-well-formed", consumers: []Consumer{Specification, Mastodon, Iframely, Unfurl, Oembetter, Drupal}, minds: readsXML, needs: []string{"xml-answers"},
			rule:   "XML is well-formed",
			mend:   "escape & and < in texts, close every element, and use no entities of HTML",
			source: "oEmbed 1.0, section 2.3.2",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(a.xml && a.fault == nil, "%s", a.said())
			}),
		},
		{
			id: "xml-starts", consumers: []Consumer{Specification, Oembetter, WordPress, Drupal}, minds: readsXML, needs: []string{"xml-well-formed"},
			rule:   "XML begins with its first byte",
			mend:   "write nothing before <?xml …?>, no empty line either: parsers stop there",
			source: "apostrophecms/oembetter oembed.js (body[0] === '<'); XML 1.0, section 2.8",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(bytes.HasPrefix(a.got.Body, []byte("<")), "begins with %q", start(a.got.Body))
			}),
		},
		{
			id: "xml-media-type", consumers: []Consumer{Specification}, minds: readsXML, needs: []string{"xml-well-formed"},
			rule:   "XML is sent as text/xml",
			mend:   "send Content-Type: text/xml; charset=utf-8",
			source: "oEmbed 1.0, section 2.3.2",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(a.media() == "text/xml", "Content-Type: %s", or(a.header("Content-Type"), "none"))
			}),
		},
		{
			id: "xml-media-known", consumers: []Consumer{Drupal, Unfurl}, minds: readsXML, needs: []string{"xml-well-formed"},
			rule:   "XML is sent as text/xml or application/xml",
			mend:   "send Content-Type: text/xml; charset=utf-8; anything else is read as JSON",
			source: "drupal/core modules/media/src/OEmbed/ResourceFetcher.php (fetchResource); jacktuck/unfurl src/index.ts",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(a.media() == "text/xml" || a.media() == "application/xml", "Content-Type: %s", or(a.header("Content-Type"), "none"))
			}),
		},
		{
			id: "xml-root", consumers: []Consumer{Specification, Mastodon, Oembetter}, minds: readsXML, needs: []string{"xml-well-formed"},
			rule:   "its root is the element oembed",
			mend:   "name it oembed, without a namespace's prefix",
			source: "oEmbed 1.0, section 2.3.2; apostrophecms/oembetter oembed.js (parseXmlString)",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(a.elements.root == "oembed", "%s", a.elements.root)
			}),
		},
		{
			id: "xml-doctype", consumers: []Consumer{WordPress}, minds: readsXML, needs: []string{"xml-well-formed"},
			rule:   "XML has no document type",
			mend:   "leave <!DOCTYPE …> out",
			source: "WordPress wp-includes/class-wp-oembed.php (_parse_xml_body)",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(!a.elements.doctype, "doctype: %t", a.elements.doctype)
			}),
		},
		{
			id: "xml-empty", consumers: []Consumer{Drupal}, minds: readsXML, needs: []string{"xml-well-formed"},
			rule:   "no element is empty",
			mend:   "leave out what has no value: Drupal reads an empty element as a list",
			source: "drupal/core modules/media/src/OEmbed/ResourceFetcher.php (parseResourceXml)",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(len(a.elements.empty) == 0, "%s", or(strings.Join(a.elements.empty, ", "), "none"))
			}),
		},
		{
			id: "xml-flat", consumers: []Consumer{Specification, Unfurl}, minds: readsXML, needs: []string{"xml-well-formed"},
			rule:   "elements hold text alone",
			mend:   "escape html as text: &lt;iframe …&gt;",
			source: "oEmbed 1.0, section 2.3.2 (escaped PCDATA)",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(len(a.elements.nested) == 0, "%s", or(strings.Join(a.elements.nested, ", "), "all do"))
			}),
		},
		{
			id: "xml-pcdata", consumers: []Consumer{Specification}, minds: readsXML, advice: true, needs: []string{"xml-well-formed"},
			rule:   "values are escaped, not in CDATA",
			mend:   "write &lt; for < and &amp; for &",
			source: "oEmbed 1.0, section 2.3.2 (should be escaped PCDATA)",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(!a.elements.cdata, "CDATA: %t", a.elements.cdata)
			}),
		},
		{
			id: "xml-quotes", consumers: []Consumer{Unfurl}, minds: readsXML, advice: true, needs: []string{"xml-well-formed"},
			rule:   "quotation marks in values stand as they are",
			mend:   "escape & < > alone: unfurl reads XML after it has taken &lt; back, and src=&quot;…&quot; is then lost",
			source: "jacktuck/unfurl src/index.ts (replace(/&lt;/g, \"<\"))",
			check: ofXML(func(_ *evidence, a *answer) outcome {
				return holds(!a.elements.quotes, "escaped: %t", a.elements.quotes)
			}),
		},
		{
			id: "formats-agree", consumers: []Consumer{Specification}, advice: true, needs: []string{"xml-flat", "answer-json"},
			rule:   "XML says what JSON says",
			mend:   "make both from one answer",
			source: "oEmbed 1.0, section 2.3 (each format encodes the same pairs)",
			check: ofXML(func(e *evidence, a *answer) outcome {
				if !e.json.good() {
					return moot("there is no JSON")
				}
				for _, key := range []string{"type", "version", "title", "html", "width", "height", "url"} {
					if other, text := e.json.fields[key], a.text(key); strings.TrimSpace(plainText(other)) != strings.TrimSpace(text) {
						return broken("%s: %s in JSON, %s in XML", key, shown(other), shown(a.fields[key]))
					}
				}
				return held("in type, title, html and size")
			}),
		},
	}
}

// ofXML is a rule about XML, moot where it was not asked for.
func ofXML(check func(*evidence, *answer) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.xml == nil {
			return moot("XML is not linked")
		}
		if e.named && e.xml.status() != 200 {
			return moot("it is refused")
		}
		return check(e, e.xml)
	}
}

// readsXML tells whether a consumer reads the XML of this provider. Most read
// JSON where they can; Drupal takes what url alone brings, iframely the first
// link.
func readsXML(e *evidence, c Consumer) bool {
	switch {
	case c == Specification || e.json == nil:
		return true
	case c == Drupal:
		return e.bare != nil && e.bare.xml
	case c == Iframely:
		return len(e.links()) > 0 && strings.Contains(strings.ToLower(e.links()[0].Type), "xml")
	}
	return false
}

// plainText is a value of JSON as XML writes it.
func plainText(value any) string {
	if value == nil {
		return ""
	}
	if s, ok := value.(string); ok {
		return s
	}
	return shown(value)
}
