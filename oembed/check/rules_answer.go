package check

import "strings"

// answerRules are about how an endpoint answers to different questions.
func answerRules() []rule {
	return []rule{
		{
			id: "type", consumers: []Consumer{Specification, WordPress, Drupal, Mastodon, Misskey, Ghost}, needs: []string{"answer-status", "answer-json"},
			rule:   "type is photo, video, link or rich",
			mend:   `write one of the four, "rich" where in doubt`,
			source: "oEmbed 1.0, section 2.3.4; TryGhost/Ghost OEmbedService.js (hasValidType)",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				switch a.kind() {
				case "photo", "video", "link", "rich":
					return held("%s", a.kind())
				}
				return broken("%s", shown(a.fields["type"]))
			}),
		},
		{
			id: "wordpress-asks", consumers: []Consumer{WordPress}, needs: []string{"type", "href-absolute", "href-scheme"},
			rule:   "WordPress' own question is answered: maxwidth=500, maxheight=750, url, dnt=1, format",
			mend:   "take all of these at once, in any order, from any User-Agent",
			source: "WordPress wp-includes/class-wp-oembed.php (fetch)",
			check: ofAnswer(func(e *evidence) *answer { return e.wordpress }, func(_ *evidence, a *answer) outcome {
				return holds(a.good() && a.kind() != "", "%s", a.said())
			}),
		},
		{
			id: "wordpress-same", consumers: []Consumer{WordPress}, advice: true, needs: []string{"wordpress-asks"},
			rule:   "WordPress gets an answer of the same type as everybody",
			mend:   "let neither dnt nor bounds this wide change the type",
			source: "oEmbed 1.0, section 2.2 (other arguments are ignored); WordPress wp-includes/class-wp-oembed.php (fetch)",
			check: ofAnswer(func(e *evidence) *answer { return e.wordpress }, func(e *evidence, a *answer) outcome {
				return holds(a.kind() == e.main().kind(), "%s, and %s without its parameters", a.kind(), e.main().kind())
			}),
		},
		{
			id: "url-page", consumers: []Consumer{WordPress, Mastodon, Remark}, needs: []string{"type", "href-url"},
			rule:   "url may be the address that was pasted",
			mend:   "answer for every address under which the page is reached: both consumers put the pasted one in place of yours",
			source: "mastodon/mastodon app/services/fetch_oembed_service.rb (parse_cached_endpoint!); WordPress wp-includes/class-wp-oembed.php (fetch)",
			check: ofAnswer(func(e *evidence) *answer { return e.page2 }, func(e *evidence, a *answer) outcome {
				return holds(a.good() && a.kind() == e.main().kind() && a.text("title") == e.main().text("title"), "%s: %s, title %s", e.address, a.said(), shown(a.fields["title"]))
			}),
		},
		{
			id: "url-slashes", consumers: []Consumer{Specification}, needs: []string{"type", "href-url"},
			rule:   "slashes in url need not be encoded",
			mend:   "take url=http%3A//… as the examples of the specification write it",
			source: "oEmbed 1.0, section 2.2 (RFC 1738, examples)",
			check: ofAnswer(func(e *evidence) *answer { return e.lazy }, func(e *evidence, a *answer) outcome {
				return holds(a.good() && a.kind() == e.main().kind(), "%s", a.told())
			}),
		},
		{
			id: "params-ignored", consumers: []Consumer{Specification}, needs: []string{"type"},
			rule:   "parameters that it does not know change nothing",
			mend:   "ignore them",
			source: "oEmbed 1.0, section 2.2",
			check: ofAnswer(func(e *evidence) *answer { return e.extra }, func(e *evidence, a *answer) outcome {
				return holds(a.good() && a.kind() == e.main().kind() && a.text("html") == e.main().text("html"), "oembed_check=1: %s", a.said())
			}),
		},
		{
			id: "format-optional", consumers: []Consumer{Specification, Drupal}, needs: []string{"type", "href-url"},
			rule:   "url alone is answered, and the Content-Type says in which format",
			mend:   "choose a format where none is asked for",
			source: "oEmbed 1.0, section 2.2 (format is optional); drupal/core modules/media/src/OEmbed/ResourceFetcher.php",
			check: ofAnswer(func(e *evidence) *answer { return e.bare }, func(_ *evidence, a *answer) outcome {
				media := a.media()
				fits := media != "" && a.xml == (media == "text/xml" || media == "application/xml")
				return holds(a.good() && fits, "%s, Content-Type: %s", a.said(), or(a.header("Content-Type"), "none"))
			}),
		},
		{
			id: "absent-refused", consumers: []Consumer{Specification}, needs: []string{"answer-status", "href-url"},
			rule:   "a page that does not exist is refused, with status 404",
			mend:   "answer with 404, not with 200 and an empty answer",
			source: "oEmbed 1.0, section 2.3.5",
			check: ofAnswer(func(e *evidence) *answer { return e.absent }, func(_ *evidence, a *answer) outcome {
				return holds(a.status() >= 400 && a.status() < 500, "%s", a.told())
			}),
		},
		{
			id: "absent-silent", consumers: []Consumer{WordPress, Unfurl}, needs: []string{"absent-refused"},
			rule:   "a refusal does not look like an answer",
			mend:   "leave type and html out of the body of errors: these consumers do not look at the status",
			source: "WordPress wp-includes/class-wp-oembed.php (_fetch_with_format looks for 501 alone); jacktuck/unfurl src/index.ts (getRemoteMetadata)",
			check: ofAnswer(func(e *evidence) *answer { return e.absent }, func(_ *evidence, a *answer) outcome {
				kind := a.kind()
				looks := kind == "photo" || kind == "video" || kind == "link" || kind == "rich" || a.has("html")
				return holds(!looks, "%s: type %s", a.said(), shown(a.fields["type"]))
			}),
		},
		{
			id: "bounds-width", consumers: []Consumer{Specification}, needs: []string{"type"},
			rule:   "no answer is wider than maxwidth",
			mend:   "choose a smaller form; where there is none, answer with type link",
			source: "oEmbed 1.0, section 2.2 (must be respected)",
			check:  bounded("width", func(b box) int { return b.width }),
		},
		{
			id: "bounds-height", consumers: []Consumer{Specification}, needs: []string{"type"},
			rule:   "no answer is higher than maxheight",
			mend:   "choose a smaller form; where there is none, answer with type link",
			source: "oEmbed 1.0, section 2.2 (must be respected)",
			check:  bounded("height", func(b box) int { return b.height }),
		},
		{
			id: "bounds-thumbnail", consumers: []Consumer{Specification}, needs: []string{"type"},
			rule:   "no thumbnail is larger than maxwidth and maxheight",
			mend:   "choose a smaller picture, or leave all three fields out",
			source: "oEmbed 1.0, section 2.3.4 (thumbnail_url)",
			check: func(e *evidence) outcome {
				for _, b := range asked(e) {
					width, hasWidth := b.answer.number("thumbnail_width")
					height, hasHeight := b.answer.number("thumbnail_height")
					if hasWidth && b.width > 0 && width > b.width || hasHeight && b.height > 0 && height > b.height {
						return broken("asked for at most %s, got %d × %d", b, width, height)
					}
				}
				return held("in %d sizes", len(asked(e)))
			},
		},
	}
}

// ofContent is a rule about the content of an answer, moot where there is none.
func ofContent(check func(*evidence, *answer) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		a := e.main()
		if !a.good() {
			return moot("no answer can be read")
		}
		return check(e, a)
	}
}

// asked are the boxes that came back with an answer, and WordPress'.
func asked(e *evidence) []box {
	var list []box
	for _, b := range append([]box{{width: wordpressWidth, height: wordpressHeight, answer: e.wordpress}}, e.boxes...) {
		if b.answer.good() {
			list = append(list, b)
		}
	}
	return list
}

// bounded is a rule about one side of every box. A refusal keeps it.
func bounded(key string, bound func(box) int) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.main().kind() == "link" {
			return moot("a link has no size")
		}
		var seen []string
		for _, b := range asked(e) {
			most := bound(b)
			if most == 0 || !b.answer.sized() {
				continue
			}
			if n, ok := b.answer.number(key); !ok || n > most {
				return broken("asked for at most %s, got %s %s", b, key, shown(b.answer.fields[key]))
			}
			seen = append(seen, b.String())
		}
		return held("asked for at most %s", or(strings.Join(seen, ", "), "sizes in which it is a link"))
	}
}
