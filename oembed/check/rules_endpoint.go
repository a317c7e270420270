package check

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

func endpointRules() []rule {
	return []rule{
		{
			id: "answer-status", consumers: []Consumer{Specification, Drupal, Mastodon, Discourse, Iframely, Misskey, Ghost, Unfurl, Extractus, Oembetter, WordPress, Remark},
			rule:   "the endpoint answers with status 200",
			mend:   "answer what the page links to; look at the address below as it is sent, decoded once",
			source: "oEmbed 1.0, section 2.3.5; mastodon/mastodon app/services/fetch_oembed_service.rb (fetch!)",
			check: ofEndpoint(func(e *evidence) outcome {
				a := e.json
				if a == nil {
					a = e.xml
				}
				return holds(a.status() == 200, "%s", a.told())
			}),
		},
		{
			id: "answer-quick", consumers: []Consumer{Ghost}, needs: []string{"answer-status"},
			rule:   "the endpoint answers within two seconds",
			mend:   "answer from a cache",
			source: "TryGhost/Ghost ghost/core/core/server/services/oembed/OEmbedService.js (fetchPage, timeout: 2000)",
			check:  ofEndpoint(func(e *evidence) outcome { return within(e.main().got.Took, ghostWaits) }),
		},
		{
			id: "answer-patience", consumers: []Consumer{WordPress, Drupal}, needs: []string{"answer-status"},
			rule:   "the endpoint answers within five seconds",
			mend:   "answer from a cache; WordPress keeps a failure for a day",
			source: "drupal/core modules/media/src/OEmbed/ResourceFetcher.php ($timeout = 5); WordPress wp-includes/class-wp-http.php",
			check:  ofEndpoint(func(e *evidence) outcome { return within(e.main().got.Took, wordpressWaits) }),
		},
		{
			id: "answer-redirects", consumers: []Consumer{Mastodon}, needs: []string{"answer-status"},
			rule:   "the endpoint is at most two redirects away",
			mend:   "link the endpoint's own address, with or without its slash",
			source: "mastodon/mastodon app/lib/request.rb (max_hops: 2)",
			check: ofEndpoint(func(e *evidence) outcome {
				n := e.main().got.Redirects
				return holds(n <= mastodonFollows, "%d redirects", n)
			}),
		},
		{
			id: "answer-size", consumers: []Consumer{Mastodon}, needs: []string{"answer-status"},
			rule:   "the answer is smaller than 1 MiB",
			mend:   "send a frame in html, not the thing itself",
			source: "mastodon/mastodon app/lib/request.rb (body_with_limit)",
			check: ofEndpoint(func(e *evidence) outcome {
				got := e.main().got
				return holds(!got.Truncated && len(got.Body) < mastodonReads, "%d bytes", len(got.Body))
			}),
		},
		{
			id: "answer-no-bom", consumers: []Consumer{WordPress, Drupal, Oembetter}, needs: []string{"answer-status", "answer-size"},
			rule:   "the answer has no byte order mark",
			mend:   "save files and templates without one; PHP and JSON.parse stop at it",
			source: "WordPress wp-includes/class-wp-oembed.php (_parse_json); RFC 8259, section 8.1",
			check: ofEndpoint(func(e *evidence) outcome {
				return holds(!bytes.HasPrefix(e.main().got.Body, []byte(bom)), "begins with %q", start(e.main().got.Body))
			}),
		},
		{
			id: "answer-json", consumers: []Consumer{Specification, WordPress, Drupal, Mastodon, Discourse, Iframely, Misskey, Ghost, Unfurl, Extractus, Oembetter, Remark},
			needs:  []string{"answer-status", "answer-size"},
			rule:   "the answer to the link for JSON is a JSON object",
			mend:   "let a JSON encoder write it: no comma behind the last value, no comment, nothing before or after",
			source: "oEmbed 1.0, section 2.3.1",
			check: ofJSON(func(e *evidence) outcome {
				return holds(!e.json.xml && e.json.fault == nil, "%s", e.json.said())
			}),
		},
		{
			id: "answer-media-type", consumers: []Consumer{Specification, Unfurl}, needs: []string{"answer-json"},
			rule:   "JSON is sent as application/json",
			mend:   "send Content-Type: application/json; charset=utf-8, not text/javascript or text/html",
			source: "oEmbed 1.0, section 2.3.1; jacktuck/unfurl src/index.ts (getRemoteMetadata)",
			check: ofJSON(func(e *evidence) outcome {
				return holds(e.json.media() == "application/json", "Content-Type: %s", or(e.json.header("Content-Type"), "none"))
			}),
		},
		{
			id: "answer-utf8", consumers: []Consumer{Specification}, needs: []string{"answer-status"},
			rule:   "the answer is UTF-8",
			mend:   "encode what comes out of the database",
			source: "oEmbed 1.0, sections 2.3.1 and 2.3.2",
			check: ofEndpoint(func(e *evidence) outcome {
				got := e.main().got
				return holds(got.Truncated || utf8.Valid(got.Body), "%d bytes", len(got.Body))
			}),
		},
		{
			id: "answer-charset", consumers: []Consumer{Mastodon}, advice: true, needs: []string{"answer-media-type"},
			rule:   "the answer names its charset",
			mend:   "add charset=utf-8 to its Content-Type; without it the body is taken as bytes",
			source: "mastodon/mastodon app/lib/request.rb (body_with_limit, Encoding::BINARY)",
			check: ofJSON(func(e *evidence) outcome {
				return holds(strings.EqualFold(e.json.charset(), "utf-8"), "Content-Type: %s", e.json.header("Content-Type"))
			}),
		},
		{
			id: "format-obeyed", consumers: []Consumer{Specification}, needs: []string{"answer-status"},
			rule:   "a format that is asked for is answered in, or refused",
			mend:   "answer format=xml in XML, or with status 501",
			source: "oEmbed 1.0, section 2.2 (format)",
			check: ofEndpoint(func(e *evidence) outcome {
				a := e.other
				if e.xml != nil && strings.Contains(strings.ToLower(e.xml.asked), "xml") {
					a = e.xml
				}
				if a == nil {
					return moot("XML was not asked for")
				}
				return holds(a.xml || a.status() >= 400, "XML was asked for: %s, Content-Type: %s", a.said(), or(a.header("Content-Type"), "none"))
			}),
		},
		{
			id: "format-unknown", consumers: []Consumer{Specification}, needs: []string{"answer-status"},
			rule:   "a format that does not exist is refused",
			mend:   "answer with status 501; do not fall back to another format",
			source: "oEmbed 1.0, section 2.2 (format)",
			check: ofAnswer(func(e *evidence) *answer { return e.strange }, func(_ *evidence, a *answer) outcome {
				return holds(a.status() >= 400, "format=oembedcheck: %s", a.said())
			}),
		},
		{
			id: "format-501", consumers: []Consumer{Specification, WordPress}, advice: true, needs: []string{"format-unknown"},
			rule:   "a format that does not exist is refused with status 501",
			mend:   "answer with 501: WordPress tries XML after 501 alone",
			source: "oEmbed 1.0, section 2.3.5; WordPress wp-includes/class-wp-oembed.php (_fetch_with_format)",
			check: ofAnswer(func(e *evidence) *answer { return e.strange }, func(_ *evidence, a *answer) outcome {
				return holds(a.status() == 501, "format=oembedcheck: %s", a.said())
			}),
		},
	}
}

// ofEndpoint is a rule that is moot where no endpoint is known.
func ofEndpoint(check func(*evidence) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.json == nil && e.xml == nil {
			return moot("no endpoint is known")
		}
		return check(e)
	}
}

// ofJSON is a rule that is moot where JSON was not asked for.
func ofJSON(check func(*evidence) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.json == nil {
			return moot("JSON is not linked")
		}
		return check(e)
	}
}

// ofAnswer is a rule about the answer to one question, moot where it was not
// asked.
func ofAnswer(which func(*evidence) *answer, check func(*evidence, *answer) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		a := which(e)
		if a == nil {
			return moot("it cannot be asked there")
		}
		return check(e, a)
	}
}

func start(body []byte) string { return string(body[:min(len(body), 8)]) }
