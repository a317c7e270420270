package check

import (
	"strings"
)

// cardRules are about what consumers show that take no html: a card made of
// the page's own metadata.
func cardRules() []rule {
	return []rule{
		{
			id: "card-title", consumers: []Consumer{Mastodon}, needs: []string{"page-html", "html"},
			rule:   "the page has a title of its own: og:title, or the element title",
			mend:   `write <meta property="og:title" content="…">: whoever takes no html shows a card made of it`,
			source: "mastodon/mastodon app/services/fetch_link_card_service.rb (attempt_opengraph)",
			check: ofPage(func(e *evidence) outcome {
				if e.main().kind() != "rich" {
					return moot("it takes answers that are not rich")
				}
				title := or(e.doc.meta("og:title"), e.doc.title)
				return holds(title != "", "%s", or(title, "none"))
			}),
		},
		{
			id: "card-description", consumers: []Consumer{Mastodon, Discourse}, advice: true, needs: []string{"page-html"},
			rule:   "the page has og:description",
			mend:   `write <meta property="og:description" content="…">, a sentence or two`,
			source: "mastodon/mastodon app/services/fetch_link_card_service.rb (attempt_opengraph); discourse/discourse lib/onebox/engine/allowlisted_generic_onebox.rb (has_text?)",
			check: ofCard(func(d *document) outcome {
				text := d.meta("og:description", "description")
				return holds(text != "", "%s", or(text, "none"))
			}),
		},
		{
			id: "card-image", consumers: []Consumer{Mastodon, Discourse}, advice: true, needs: []string{"page-html"},
			rule:   "an og:image of the page is an address under http or https",
			mend:   "write it with scheme and host",
			source: "The Open Graph protocol (og:image); mastodon/mastodon app/services/fetch_link_card_service.rb",
			check: ofCard(func(d *document) outcome {
				image := d.meta("og:image", "og:image:url")
				if image == "" {
					return moot("there is none")
				}
				return holds(web(image), "%s", image)
			}),
		},
		{
			id: "card-kind", consumers: []Consumer{Discourse}, advice: true, needs: []string{"page-html", "html"},
			rule:   "og:type is not article, photo or image",
			mend:   "write website where the html should be shown: Discourse makes a card of the others before it looks at html",
			source: "discourse/discourse lib/onebox/engine/allowlisted_generic_onebox.rb (generic_html)",
			check: ofCard(func(d *document) outcome {
				kind := strings.ToLower(d.meta("og:type"))
				for _, card := range []string{"article", "photo", "image"} {
					if strings.Contains(kind, card) {
						return broken("%s", kind)
					}
				}
				return held("%s", or(kind, "none"))
			}),
		},
		{
			id: "card-video", consumers: []Consumer{Mastodon}, needs: []string{"html"},
			rule:   "of a video's html an iframe, video or audio under http or https is left",
			mend:   "frame the player; Mastodon takes everything else out",
			source: "mastodon/mastodon lib/sanitize_ext/sanitize_config.rb (MASTODON_OEMBED)",
			check: func(e *evidence) outcome {
				if e.main().kind() != "video" || e.main().text("html") == "" {
					return moot("it is no video")
				}
				return holds(mastodonKeeps(e.markup), "%s", e.markup.source)
			},
		},
	}
}

func mastodonKeeps(m *markup) bool {
	if web(m.src()) {
		return true
	}
	return strings.Contains(m.source, "<video") || strings.Contains(m.source, "<audio")
}

// ofCard is a rule about the metadata of the page.
func ofCard(check func(*document) outcome) func(*evidence) outcome {
	return ofPage(func(e *evidence) outcome { return check(e.doc) })
}
