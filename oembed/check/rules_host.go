package check

import (
	"errors"
	"net/http"
	"strings"
)

// hostRules are about the rest of the html, and about the document in the
// frame: what a page around it meets.
func hostRules() []rule {
	return []rule{
		{
			id: "html-not-wordpress", consumers: []Consumer{Discourse, Iframely}, needs: []string{"html"},
			rule:   "the html has no class wp-embedded-content",
			mend:   "drop it: these consumers throw away what looks like WordPress' own embeds",
			source: "discourse/discourse lib/onebox/oembed.rb; itteco/iframely plugins/links/oembed-rich.js",
			check: ofMarkup(func(m *markup) outcome {
				return holds(!strings.Contains(m.source, "wp-embedded-content"), "%s", m.source)
			}),
		},
		{
			id: "html-script", consumers: []Consumer{WordPress, Misskey}, advice: true, needs: []string{"html"},
			rule:   "the html needs no script of its own",
			mend:   "put scripts into the framed document; here they are taken out",
			source: "WordPress wp-includes/embed.php (wp_filter_oembed_result, allowed elements)",
			check: ofMarkup(func(m *markup) outcome {
				return holds(m.scripts == 0, "%d scripts", m.scripts)
			}),
		},
		{
			id: "html-xml", consumers: []Consumer{Specification}, advice: true, needs: []string{"html"},
			rule:   "the html is well-formed as XML",
			mend:   `close every element and give every attribute a value in quotes: allowfullscreen="allowfullscreen"`,
			source: "oEmbed 1.0, section 2.3.4.4 (should be valid XHTML 1.0 Basic)",
			check: ofMarkup(func(m *markup) outcome {
				if err := wellFormed(m.source); err != nil {
					return broken("%s", err)
				}
				return held("it is")
			}),
		},
		{
			id: "html-margin", consumers: []Consumer{Specification}, advice: true, needs: []string{"html"},
			rule:   "the html has no margin and no padding around it",
			mend:   "take them out of the style of its first element; they make it larger than it says",
			source: "oEmbed 1.0, sections 2.3.4.2 and 2.3.4.4",
			check: ofMarkup(func(m *markup) outcome {
				style := strings.ToLower(m.outer["style"])
				for part := range strings.SplitSeq(style, ";") {
					name, value, _ := strings.Cut(part, ":")
					name, value = strings.TrimSpace(name), strings.TrimSpace(value)
					if (strings.HasPrefix(name, "margin") || strings.HasPrefix(name, "padding")) && strings.Trim(value, "0px em%") != "" {
						return broken("%s: %s", name, value)
					}
				}
				return held("none")
			}),
		},
		{
			id: "html-bmp", consumers: []Consumer{WordPress}, advice: true, needs: []string{"html"},
			rule:   "the html has no characters of four bytes",
			mend:   "write emoji as numeric entities (&#x1F984;): tables of old WordPress sites hold three bytes a character, and the embed is fetched again at every visit",
			source: "WordPress wp-includes/class-wpdb.php (strip_invalid_text)",
			check: ofMarkup(func(m *markup) outcome {
				for _, r := range m.source {
					if r > 0xffff {
						return broken("%c", r)
					}
				}
				return held("none")
			}),
		},
		{
			id: "framed-answers", consumers: append([]Consumer{Drupal, Ghost, Remark, Iframely}, framers...), needs: []string{"frame-src"},
			rule:   "the frame's address answers with status 200",
			mend:   "serve it to everybody, without a login",
			source: "HTML, the iframe element; oEmbed 1.0, section 3 (shown from another domain)",
			check: ofFrame(func(_ *evidence, a *answer) outcome {
				return holds(a.status() == 200, "%s: status %d", a.asked, a.status())
			}),
		},
		{
			id: "framed-allowed", consumers: append([]Consumer{Drupal, Ghost, Remark, Iframely}, framers...), needs: []string{"framed-answers"},
			rule:   "the framed document may be framed by anybody",
			mend:   "send neither X-Frame-Options nor frame-ancestors for it; even * leaves sandboxed pages out",
			source: "RFC 7034 (X-Frame-Options); Content Security Policy Level 3 (frame-ancestors)",
			check: ofFrame(func(_ *evidence, a *answer) outcome {
				if header := a.header("X-Frame-Options"); header != "" {
					return broken("X-Frame-Options: %s", header)
				}
				if only := ancestors(a.got.Header); only != "" {
					return broken("%s", only)
				}
				return held("by anybody")
			}),
		},
		{
			id: "framed-html", consumers: []Consumer{WordPress, Discourse, Misskey, Iframely}, needs: []string{"framed-answers"},
			rule:   "the framed document is a page",
			mend:   "send Content-Type: text/html; charset=utf-8, without Content-Disposition",
			source: "HTML, the iframe element (navigables show documents, and save the rest)",
			check: ofFrame(func(_ *evidence, a *answer) outcome {
				page := strings.HasPrefix(a.media(), "text/html") || a.media() == "application/xhtml+xml"
				saved := strings.HasPrefix(strings.ToLower(a.header("Content-Disposition")), "attachment")
				return holds(page && !saved, "Content-Type: %s", or(a.header("Content-Type"), "none"))
			}),
		},
		{
			id: "framed-speaks", consumers: []Consumer{WordPress}, needs: []string{"framed-answers", "frame-kept"},
			rule:   "a frame that stands beside a blockquote speaks WordPress' protocol",
			mend:   "post {message: 'height', value, secret} to the parent, the secret from location.hash: until then the frame is hidden",
			source: "WordPress wp-includes/js/wp-embed.js; wp-includes/embed.php (Hide the iframe by default)",
			check: ofFrame(func(e *evidence, a *answer) outcome {
				if !e.wpHTML.quote {
					return moot("there is no blockquote")
				}
				body := string(a.got.Body)
				if strings.Contains(body, "postMessage") && strings.Contains(body, "secret") {
					return held("it posts a secret")
				}
				if strings.Contains(body, "<script") && strings.Contains(body, "src=") {
					return moot("its scripts lie elsewhere and were not read")
				}
				return broken("no script in it posts a secret")
			}),
		},
	}
}

// ofFrame is a rule about the framed document, moot where there is none.
func ofFrame(check func(*evidence, *answer) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.frame == nil {
			return moot("there is no frame")
		}
		if e.frame.got == nil {
			return unasked(e.frame)
		}
		return check(e, e.frame)
	}
}

// unasked is what becomes of a rule about a thing that did not come.
func unasked(a *answer) outcome {
	if refused, ok := errors.AsType[*RefusedError](a.err); ok && refused.Elsewhere {
		return outcome{Moot, refused.Error() + ": it was not asked for"}
	}
	return broken("%s", a.err)
}

// ancestors gives the policy of a document that does not let every page frame
// it; empty: there is none.
func ancestors(header http.Header) string {
	for _, policy := range header.Values("Content-Security-Policy") {
		for part := range strings.FieldsFuncSeq(policy, func(r rune) bool { return r == ';' || r == ',' }) {
			words := strings.Fields(strings.ToLower(part))
			if len(words) == 0 || words[0] != "frame-ancestors" {
				continue
			}
			open := false
			for _, word := range words[1:] {
				open = open || word == "*" || word == "https:"
			}
			if !open {
				return strings.TrimSpace(part)
			}
		}
	}
	return ""
}
