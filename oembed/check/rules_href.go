package check

import (
	"html"
	"net/url"
	"regexp"
	"strings"
)

// mastodonURL is what Mastodon takes for the address of a page within the
// address of an endpoint, wherever it stands.
var mastodonURL = regexp.MustCompile(`(?i)=https?(%3A|:)(//|%2F%2F)[^&]*`)

func hrefRules() []rule {
	return []rule{
		{
			id: "href-absolute", consumers: []Consumer{Specification, WordPress, Drupal, Discourse, Ghost, Extractus}, needs: []string{"link"},
			rule:   "the link's address is absolute",
			mend:   "write it with scheme and host",
			source: "oEmbed 1.0, section 4 (the full endpoint); extractus/oembed-extractor src/utils/autoDiscovery.js (new URL(href))",
			check: ofHref(func(href string) outcome {
				u, err := url.Parse(href)
				return holds(err == nil && u.IsAbs() && u.Host != "", "%s", href)
			}),
		},
		{
			id: "href-scheme", consumers: []Consumer{Specification, WordPress}, needs: []string{"href-absolute"},
			rule:   "the endpoint is at an http or https address",
			mend:   "publish it under https",
			source: "oEmbed 1.0, section 2.1; WordPress wp-includes/http.php (wp_http_validate_url)",
			check: ofHref(func(href string) outcome {
				s := schemeOf(href)
				return holds(s == "http" || s == "https", "%s", href)
			}),
		},
		{
			id: "href-https", consumers: []Consumer{Mastodon}, needs: []string{"href-scheme"},
			rule:   "a page under https has its endpoint under https",
			mend:   "link https: Mastodon asks there whatever the link says",
			source: "mastodon/mastodon app/services/fetch_oembed_service.rb (absolute_url.scheme = base_url.scheme)",
			check: func(e *evidence) outcome {
				if e.base().Scheme != "https" {
					return moot("the page is not under https")
				}
				return holds(schemeOf(e.href()) == "https", "%s", e.href())
			},
		},
		{
			id: "href-port", consumers: []Consumer{WordPress, Discourse}, minds: mindsPort, needs: []string{"href-scheme"},
			rule:   "the endpoint is on the usual port",
			mend:   "serve it on 443 or 80: WordPress also knows 8080, Discourse does not",
			source: "WordPress wp-includes/http.php (wp_http_validate_url, http_allowed_safe_ports); discourse/discourse lib/final_destination.rb (validate_uri_format)",
			check: func(e *evidence) outcome {
				u, err := url.Parse(e.href())
				if err != nil || e.local {
					return moot("ports say nothing about a private address")
				}
				port := u.Port()
				return holds(port == "" || port == "80" || port == "443", "port %s", or(port, "of "+u.Scheme))
			},
		},
		{
			id: "href-user", consumers: []Consumer{WordPress}, needs: []string{"href-scheme"},
			rule:   "the endpoint's address holds no user name",
			mend:   "let the endpoint be public",
			source: "WordPress wp-includes/http.php (wp_http_validate_url)",
			check: ofHref(func(href string) outcome {
				u, err := url.Parse(href)
				return holds(err == nil && u.User == nil, "%s", href)
			}),
		},
		{
			id: "href-url", consumers: []Consumer{Specification}, advice: true, needs: []string{"href-absolute"},
			rule:   "the link names the page in the parameter url",
			mend:   "link the endpoint with url, not a file for each page: bounds and formats cannot be asked for there",
			source: "oEmbed 1.0, section 4 (the full endpoint plus URL)",
			check: ofHref(func(href string) outcome {
				_, ok := value(href, "url")
				return holds(ok, "%s", href)
			}),
		},
		{
			id: "href-only", consumers: []Consumer{Specification}, advice: true, needs: []string{"href-url"},
			rule:   "the link has no parameters but url and format",
			mend:   "take the others out; consumers add bounds themselves",
			source: "oEmbed 1.0, section 4 (no other request parameters)",
			check: ofHref(func(href string) outcome {
				for _, p := range params(href) {
					if p.name != "url" && p.name != "format" {
						return broken("%s", p.name)
					}
				}
				return held("%s", href)
			}),
		},
		{
			id: "href-one-url", consumers: []Consumer{Mastodon}, needs: []string{"href-url"},
			rule:   "one parameter of the link holds an address, no more",
			mend:   "take other addresses out: Mastodon writes the page's into all of them, for a day and for the whole host",
			source: "mastodon/mastodon app/services/fetch_oembed_service.rb (URL_REGEX, cache_endpoint!)",
			check: ofHref(func(href string) outcome {
				n := len(mastodonURL.FindAllString(href, -1))
				return holds(n <= 1, "%d of them", n)
			}),
		},
		{
			id: "href-entities", consumers: []Consumer{Unfurl}, needs: []string{"href-absolute"},
			rule:   "no parameter begins like an entity of HTML",
			mend:   "rename it: unfurl decodes the address once more, and &currency= becomes ¤cy=",
			source: "jacktuck/unfurl src/index.ts (he_decode(oembed.href))",
			check: ofHref(func(href string) outcome {
				decoded := html.UnescapeString(href)
				return holds(decoded == href, "read as %s", decoded)
			}),
		},
		{
			id: "href-not-wordpress", consumers: []Consumer{Ghost}, advice: true, needs: []string{"href-absolute"},
			rule:   "the endpoint's path does not look like that of a WordPress site",
			mend:   "move it away from wp-json/oembed: Ghost makes a bookmark of such links",
			source: "TryGhost/Ghost ghost/core/core/server/services/oembed/OEmbedService.js (fetchOembedData)",
			check: ofHref(func(href string) outcome {
				return holds(!strings.Contains(href, "wp-json/oembed"), "%s", href)
			}),
		},
	}
}

// mindsPort tells who minds an unusual port: WordPress lets 8080 pass.
func mindsPort(e *evidence, c Consumer) bool {
	u, err := url.Parse(e.href())
	return c != WordPress || err != nil || u.Port() != "8080"
}

// ofHref is a rule about the address in the link.
func ofHref(check func(href string) outcome) func(*evidence) outcome {
	return func(e *evidence) outcome {
		if e.href() == "" {
			return moot("there is no endpoint")
		}
		return check(e.href())
	}
}
