package check

import (
	"slices"
	"strconv"
	"strings"
)

// framers are those who show the frame and nothing else of the html.
var framers = []Consumer{WordPress, Discourse, Misskey}

// misskeyAllows are the permissions that Misskey lets a frame have, and those
// that it passes over.
var misskeyAllows = []string{
	"autoplay", "clipboard-write", "fullscreen", "encrypted-media", "picture-in-picture", "web-share", "gyroscope", "accelerometer",
}

func frameRules() []rule {
	return []rule{
		{
			id: "frame", consumers: framers, needs: []string{"html"},
			rule:   "the html has an iframe",
			mend:   "put the content at an address of its own and frame it; scripts and styles are taken out, but for the few providers on WordPress' own list",
			source: "WordPress wp-includes/embed.php (wp_filter_oembed_result); discourse/discourse lib/onebox/engine/allowlisted_generic_onebox.rb (is_embedded?)",
			check: ofMarkup(func(m *markup) outcome {
				return holds(m.frame() != nil, "%s", m.source)
			}),
		},
		{
			id: "frame-one", consumers: []Consumer{Misskey}, needs: []string{"frame"},
			rule:   "there is one iframe, no more",
			mend:   "frame one document",
			source: "misskey-dev/summaly src/general.ts (iframe.length !== 1)",
			check: ofMarkup(func(m *markup) outcome {
				return holds(len(m.frames) == 1, "%d of them", len(m.frames))
			}),
		},
		{
			id: "frame-bare", consumers: []Consumer{Misskey}, needs: []string{"frame-one"},
			rule:   "the html begins with <iframe and ends with </iframe>",
			mend:   "leave out whatever is around it: wrappers, scripts, spaces, line ends; write the tag in lower case",
			source: "misskey-dev/summaly src/general.ts (startsWith, endsWith)",
			check: ofMarkup(func(m *markup) outcome {
				bare := strings.HasPrefix(m.source, "<iframe ") && strings.HasSuffix(m.source, "</iframe>")
				return holds(bare && m.frame().depth == 0, "%s", m.source)
			}),
		},
		{
			id: "frame-src", consumers: framers, needs: []string{"frame"},
			rule:   "the iframe has an absolute src under http or https",
			mend:   "give the content an address; srcdoc is dropped",
			source: "WordPress wp-includes/embed.php (wp_filter_oembed_result); misskey-dev/summaly src/general.ts (new URL(url))",
			check: ofMarkup(func(m *markup) outcome {
				return holds(web(m.src()), "src %q", m.src())
			}),
		},
		{
			id: "frame-https", consumers: []Consumer{Misskey}, needs: []string{"frame-src"},
			rule:   "the frame is under https",
			mend:   "serve it under https; pages under https show no other frames",
			source: "misskey-dev/summaly src/general.ts (protocol !== 'https:')",
			check: func(e *evidence) outcome {
				if e.markup.src() == "" || e.local {
					return moot("https says nothing about a private address")
				}
				return holds(schemeOf(e.markup.src()) == "https", "%s", e.markup.src())
			},
		},
		{
			id: "frame-fragment", consumers: []Consumer{WordPress}, advice: true, needs: []string{"frame-src"},
			rule:   "the frame's address has no fragment",
			mend:   "say it in the path or the query: WordPress appends #?secret=… to it",
			source: "WordPress wp-includes/embed.php (wp_filter_oembed_result)",
			check: ofMarkup(func(m *markup) outcome {
				_, fragment, _ := strings.Cut(m.src(), "#")
				return holds(fragment == "" || strings.HasPrefix(fragment, "?secret="), "%s", m.src())
			}),
		},
		{
			id: "frame-closed", consumers: []Consumer{WordPress, Misskey}, needs: []string{"frame"},
			rule:   "the iframe has an end tag of its own",
			mend:   "write <iframe …></iframe>; the short form <iframe … /> opens one that is never closed",
			source: "WordPress wp-includes/embed.php (<iframe.*?></iframe>); HTML, the iframe element",
			check: ofMarkup(func(m *markup) outcome {
				f := m.frame()
				return holds(f.closed && !f.slashed, "%s", m.source)
			}),
		},
		{
			id: "frame-last", consumers: []Consumer{WordPress}, needs: []string{"frame-closed"},
			rule:   "what stands inside the iframe ends with a tag",
			mend:   "put the words for old browsers into a link, or leave them out: WordPress takes a frame that ends in text for none",
			source: "WordPress wp-includes/embed.php (<iframe.*?></iframe>)",
			check: ofMarkup(func(m *markup) outcome {
				content := m.frame().content
				return holds(content == "" || strings.HasSuffix(content, ">"), "%s", content)
			}),
		},
		{
			id: "frame-kept", consumers: []Consumer{WordPress}, needs: []string{"wordpress-asks", "frame", "frame-src", "frame-closed", "frame-last"},
			rule:   "WordPress' filter leaves the frame in the answer that it gets",
			mend:   "write attributes with quotation marks, and &gt; for > in them: WordPress cuts tags at the first >",
			source: "WordPress wp-includes/embed.php (wp_filter_oembed_result), wp-includes/kses.php (wp_kses)",
			check: func(e *evidence) outcome {
				if !e.wordpress.framed() {
					return moot("WordPress gets no frame")
				}
				src := readMarkup(e.wpHTML.frame).src()
				return holds(web(src), "left of it: %s", or(e.wpHTML.frame, "nothing"))
			},
		},
		{
			id: "frame-sized", consumers: []Consumer{WordPress}, needs: []string{"frame"},
			rule:   "the iframe has attributes width and height, in pixels",
			mend:   "write them; WordPress drops style, and a frame without them is 300 × 150",
			source: "WordPress wp-includes/embed.php (wp_filter_oembed_result, allowed attributes)",
			check: ofMarkup(func(m *markup) outcome {
				f := m.frame()
				_, noWidth := strconv.Atoi(f.attrs["width"])
				_, noHeight := strconv.Atoi(f.attrs["height"])
				wide := noWidth == nil || strings.HasSuffix(f.attrs["width"], "%")
				return holds(wide && noHeight == nil, "width %q, height %q", f.attrs["width"], f.attrs["height"])
			}),
		},
		{
			id: "frame-agrees", consumers: []Consumer{Specification}, needs: []string{"frame-sized", "size-pixels"},
			rule:   "the iframe is as large as the answer says",
			mend:   "write the same numbers in html as in width and height",
			source: "oEmbed 1.0, section 2.3.4.4 (the width required to display the HTML)",
			check: func(e *evidence) outcome {
				f := e.markup.frame()
				if f == nil || strings.HasSuffix(f.attrs["width"], "%") {
					return moot("it has no width in pixels")
				}
				a := e.main()
				width, _ := a.number("width")
				height, _ := a.number("height")
				return holds(f.attrs["width"] == strconv.Itoa(width) && f.attrs["height"] == strconv.Itoa(height),
					"the frame is %s × %s, the answer %d × %d", f.attrs["width"], f.attrs["height"], width, height)
			},
		},
		{
			id: "frame-height", consumers: []Consumer{Misskey}, needs: []string{"frame"},
			rule:   "the iframe's height is a number",
			mend:   `write height="300"; percents and units are no heights to Misskey`,
			source: "misskey-dev/summaly src/general.ts (No proper height info)",
			check: func(e *evidence) outcome {
				f := e.markup.frame()
				if f == nil {
					return moot("there is no frame")
				}
				height, ok := f.attrs["height"]
				if !ok {
					height = plainText(e.main().fields["height"])
				}
				_, err := strconv.ParseFloat(strings.TrimSpace(height), 64)
				return holds(err == nil, "%q", height)
			},
		},
		{
			id: "frame-allow", consumers: []Consumer{Misskey}, needs: []string{"frame"},
			rule:   "the iframe asks for harmless permissions alone",
			mend:   "take the others out of its attribute allow",
			source: "misskey-dev/summaly src/general.ts (safeList)",
			check: ofMarkup(func(m *markup) outcome {
				for one := range strings.SplitSeq(m.frame().attrs["allow"], ";") {
					if one = strings.TrimSpace(one); one != "" && !slices.Contains(misskeyAllows, one) {
						return broken("%s", one)
					}
				}
				return held("allow %q", m.frame().attrs["allow"])
			}),
		},
		{
			id: "frame-title", consumers: []Consumer{WordPress}, advice: true, needs: []string{"frame"},
			rule:   "the iframe has a title",
			mend:   "say what is in it: screen readers read it out. WordPress can only put the answer's own in its place",
			source: "WordPress wp-includes/embed.php (wp_filter_oembed_iframe_title_attribute); WCAG 2.2, 4.1.2",
			check: ofMarkup(func(m *markup) outcome {
				return holds(strings.TrimSpace(m.frame().attrs["title"]) != "", "title %q", m.frame().attrs["title"])
			}),
		},
	}
}

// ofMarkup is a rule about the html of an answer, moot where it has none.
func ofMarkup(check func(*markup) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if !e.main().framed() || e.main().text("html") == "" {
			return moot("the answer brings no html")
		}
		return check(e.markup)
	}
}
