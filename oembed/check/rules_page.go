package check

import (
	"strings"
	"time"
)

// Limits of consumers.
const (
	ghostWaits      = 2 * time.Second
	wordpressWaits  = 5 * time.Second
	mastodonReads   = 1 << 20 // bytes
	mastodonFollows = 2       // redirects
)

func pageRules() []rule {
	return []rule{
		{
			id: "page-answers", consumers: append([]Consumer{Specification}, discoverers...),
			rule:   "the page answers with status 200",
			mend:   "answer GET on the page's address with 200, to programs as to browsers; firewalls that tell them apart keep embeds away",
			source: "mastodon/mastodon app/services/fetch_link_card_service.rb; jacktuck/unfurl src/index.ts (BAD_HTTP_STATUS)",
			check: func(e *evidence) outcome {
				if e.page == nil {
					return moot("the endpoint was named and the page does not answer")
				}
				return holds(e.page.Status == 200, "status %d", e.page.Status)
			},
		},
		{
			id: "page-html", consumers: []Consumer{Drupal, Mastodon, Misskey, Unfurl}, needs: []string{"page-answers"},
			rule:   "the page says that it is text/html",
			mend:   "send Content-Type: text/html; charset=utf-8",
			source: "drupal/core modules/media/src/OEmbed/UrlResolver.php; misskey-dev/summaly src/utils/got.ts (typeFilter)",
			check: ofPage(func(e *evidence) outcome {
				kind := e.page.Header.Get("Content-Type")
				return holds(strings.HasPrefix(strings.ToLower(strings.TrimSpace(kind)), "text/html"), "Content-Type: %s", or(kind, "none"))
			}),
		},
		{
			id: "page-charset", consumers: []Consumer{Mastodon}, advice: true, needs: []string{"page-html"},
			rule:   "the page names its charset in its Content-Type",
			mend:   "send Content-Type: text/html; charset=utf-8, else names and accents are guessed",
			source: "mastodon/mastodon app/lib/request.rb (body_with_limit)",
			check: ofPage(func(e *evidence) outcome {
				kind := e.page.Header.Get("Content-Type")
				return holds(charsetOf(kind) != "", "Content-Type: %s", kind)
			}),
		},
		{
			id: "page-redirects", consumers: []Consumer{Mastodon}, needs: []string{"page-answers"},
			rule:   "the page is at most two redirects away",
			mend:   "let the address that people copy be the one that answers",
			source: "mastodon/mastodon app/lib/request.rb (max_hops: 2)",
			check: ofPage(func(e *evidence) outcome {
				return holds(e.page.Redirects <= mastodonFollows, "%d redirects", e.page.Redirects)
			}),
		},
		{
			id: "page-size", consumers: []Consumer{Mastodon}, needs: []string{"page-answers"},
			rule:   "the page is no larger than 1 MiB",
			mend:   "make the page's HTML smaller: move data and styles out of it",
			source: "mastodon/mastodon app/lib/request.rb (body_with_limit)",
			check: ofPage(func(e *evidence) outcome {
				return holds(len(e.page.Body) <= mastodonReads, "%d bytes", len(e.page.Body))
			}),
		},
		{
			id: "page-quick", consumers: []Consumer{Ghost}, needs: []string{"page-answers"},
			rule:   "the page answers within two seconds",
			mend:   "answer from a cache; Ghost gives up after two seconds",
			source: "TryGhost/Ghost ghost/core/core/server/services/oembed/OEmbedService.js (fetchPage, timeout: 2000)",
			check:  ofPage(func(e *evidence) outcome { return within(e.page.Took, ghostWaits) }),
		},
		{
			id: "page-patience", consumers: []Consumer{WordPress}, needs: []string{"page-answers"},
			rule:   "the page answers within five seconds",
			mend:   "answer from a cache; WordPress keeps a failure for a day",
			source: "WordPress wp-includes/class-wp-http.php (timeout, 5 seconds by default)",
			check:  ofPage(func(e *evidence) outcome { return within(e.page.Took, wordpressWaits) }),
		},
	}
}

// ofPage is a rule that is moot where no page came.
func ofPage(check func(*evidence) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.page == nil {
			return moot("there is no page")
		}
		return check(e)
	}
}

func within(took, most time.Duration) outcome {
	return holds(took <= most, "%.1f seconds", took.Seconds())
}

func or(s, instead string) string {
	if s == "" {
		return instead
	}
	return s
}
