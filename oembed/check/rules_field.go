package check

import (
	"encoding/json"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

// fieldRules are about single fields of an answer.
func fieldRules() []rule {
	return []rule{
		{
			id: "version", consumers: []Consumer{Specification, Mastodon, Ghost}, needs: []string{"answer-status", "answer-json"},
			rule:   "version is 1.0",
			mend:   `write "version": "1.0"`,
			source: "oEmbed 1.0, section 2.3.4; mastodon/mastodon app/services/fetch_oembed_service.rb (validate)",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				v := a.fields["version"]
				return holds(v == "1.0" || v == json.Number("1.0") || v == json.Number("1"), "%s", shown(v))
			}),
		},
		{
			id: "version-text", consumers: []Consumer{Drupal, Misskey}, needs: []string{"version"},
			rule:   "version is a string, not a number",
			mend:   `put quotation marks around it: "1.0"`,
			source: "drupal/core modules/media/src/OEmbed/ResourceFetcher.php (createResource); misskey-dev/summaly src/general.ts",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				if a.text("version") == "" {
					return broken("%s, a number", shown(a.fields["version"]))
				}
				return holds(a.text("version") == "1.0", "%s", shown(a.fields["version"]))
			}),
		},
		{
			id: "html", consumers: []Consumer{Specification, WordPress, Drupal, Misskey, Ghost, Discourse, Remark}, needs: []string{"type"},
			rule:   "a rich or video answer has html",
			mend:   "write the html, a frame for most",
			source: "oEmbed 1.0, sections 2.3.4.2 and 2.3.4.4; WordPress wp-includes/class-wp-oembed.php (data2html)",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				if !a.framed() {
					return moot("type " + a.kind() + " has none")
				}
				return holds(strings.TrimSpace(a.text("html")) != "", "%s", shown(a.fields["html"]))
			}),
		},
		{
			id: "width", consumers: []Consumer{Specification, Ghost}, minds: ofHTML, needs: []string{"type"},
			rule:   "a rich, video or photo answer has a width",
			mend:   "write the width that the html needs in pixels",
			source: "oEmbed 1.0, sections 2.3.4.1, 2.3.4.2, 2.3.4.4; TryGhost/Ghost OEmbedService.js (!oembed.width)",
			check:  ofSide("width"),
		},
		{
			id: "height", consumers: []Consumer{Specification, Discourse}, minds: ofHTML, needs: []string{"type"},
			rule:   "a rich, video or photo answer has a height",
			mend:   "write the height that the html needs in pixels, and let the frame grow by itself where it can",
			source: "oEmbed 1.0, sections 2.3.4.1, 2.3.4.2, 2.3.4.4; discourse/discourse lib/onebox/engine/allowlisted_generic_onebox.rb (is_embedded?)",
			check:  ofSide("height"),
		},
		{
			id: "size-pixels", consumers: []Consumer{Specification, Drupal, Iframely}, needs: []string{"width", "height"},
			rule:   "width and height are whole numbers of pixels above 0",
			mend:   `write a number, not "100%", "450px" or null`,
			source: "oEmbed 1.0, section 2.3.4.4; drupal/drupal core/modules/media/src/OEmbed/Resource.php (setDimensions); itteco/iframely oembedUtils.js",
			check: ofSized(func(a *answer) outcome {
				for _, key := range []string{"width", "height"} {
					if n, ok := a.number(key); !ok || n <= 0 {
						return broken("%s %s", key, shown(a.fields[key]))
					}
				}
				return held("%s × %s", shown(a.fields["width"]), shown(a.fields["height"]))
			}),
		},
		{
			id: "photo-url", consumers: []Consumer{Specification, WordPress, Drupal, Mastodon, Iframely, Ghost}, needs: []string{"type"},
			rule:   "a photo has the url of a picture, under http or https",
			mend:   "write the address of the picture itself, absolute",
			source: "oEmbed 1.0, section 2.3.4.1",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				if a.kind() != "photo" {
					return moot("type " + a.kind() + " needs none")
				}
				return holds(web(a.text("url")), "%s", shown(a.fields["url"]))
			}),
		},
		{
			id: "link-title", consumers: []Consumer{WordPress}, needs: []string{"type"},
			rule:   "a link has a title",
			mend:   "write one: WordPress shows nothing else of it",
			source: "WordPress wp-includes/class-wp-oembed.php (data2html)",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				if a.kind() != "link" {
					return moot("type " + a.kind() + " needs none")
				}
				return holds(a.text("title") != "", "%s", shown(a.fields["title"]))
			}),
		},
		{
			id: "thumbnail-whole", consumers: []Consumer{Specification, Drupal}, needs: []string{"type"},
			rule:   "a thumbnail has its url, width and height, or none of them",
			mend:   "write all three, the sizes as numbers above 0, or leave them out",
			source: "oEmbed 1.0, section 2.3.4; drupal/drupal core/modules/media/src/OEmbed/Resource.php (setThumbnailDimensions)",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				if !a.has("thumbnail_url") && !a.has("thumbnail_width") && !a.has("thumbnail_height") {
					return held("no thumbnail")
				}
				width, _ := a.number("thumbnail_width")
				height, _ := a.number("thumbnail_height")
				return holds(a.text("thumbnail_url") != "" && width > 0 && height > 0, "%s, %s × %s",
					shown(a.fields["thumbnail_url"]), shown(a.fields["thumbnail_width"]), shown(a.fields["thumbnail_height"]))
			}),
		},
		{
			id: "addresses", consumers: []Consumer{Specification}, advice: true, needs: []string{"type"},
			rule:   "author_url, provider_url and thumbnail_url are absolute addresses under http or https",
			mend:   "write them with scheme and host: providers may write others, and consumers drop them as unsafe",
			source: "oEmbed 1.0, section 3",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				for _, key := range []string{"author_url", "provider_url", "thumbnail_url"} {
					if a.has(key) && !web(a.text(key)) {
						return broken("%s %s", key, shown(a.fields[key]))
					}
				}
				return held("all that are there")
			}),
		},
		{
			id: "flat", consumers: []Consumer{Specification}, needs: []string{"type"},
			rule:   "fields are texts and numbers, none holds others",
			mend:   "give what is inside names of its own",
			source: "oEmbed 1.0, sections 2.3 and 2.3.4 (the same key-value format)",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				for _, key := range slices.Sorted(maps.Keys(a.fields)) {
					switch a.fields[key].(type) {
					case map[string]any, []any:
						return broken("%s %s", key, shown(a.fields[key]))
					}
				}
				return held("%d fields", len(a.fields))
			}),
		},
		{
			id: "cache-age", consumers: []Consumer{Specification}, advice: true, needs: []string{"type"},
			rule:   "cache_age is a number of seconds",
			mend:   "write a whole number, or leave it out",
			source: "oEmbed 1.0, section 2.3.4",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				if !a.has("cache_age") {
					return moot("there is none")
				}
				n, ok := a.number("cache_age")
				_, isText := a.fields["cache_age"].(string)
				return holds(ok && n >= 0 && (a.xml || !isText), "%s", shown(a.fields["cache_age"]))
			}),
		},
		{
			id: "thumbnail-answers", consumers: []Consumer{Specification}, needs: []string{"thumbnail-whole"},
			rule:   "the thumbnail is there, and is a picture",
			mend:   "serve it with status 200 and the media type of its format; Drupal, Discourse and iframely show it",
			source: "oEmbed 1.0, section 2.3.4 (a thumbnail image); drupal/drupal core/modules/media/src/Plugin/media/Source/OEmbed.php (getLocalThumbnailUri)",
			check: ofAnswer(func(e *evidence) *answer { return e.thumbnail }, func(_ *evidence, a *answer) outcome {
				if a.got == nil {
					return unasked(a)
				}
				return holds(a.status() == 200 && strings.HasPrefix(a.media(), "image/"), "status %d, Content-Type: %s", a.status(), or(a.media(), "none"))
			}),
		},
		{
			id: "thumbnail-size", consumers: []Consumer{Specification}, needs: []string{"thumbnail-answers"},
			rule:   "the thumbnail is as large as it says",
			mend:   "write the size that the file has, not the one that was asked for",
			source: "oEmbed 1.0, section 2.3.4 (the width of the thumbnail)",
			check: ofAnswer(func(e *evidence) *answer { return e.thumbnail }, func(e *evidence, _ *answer) outcome {
				width, height, ok := e.measured()
				if !ok {
					return moot("it is of a format that is not measured here")
				}
				w, _ := e.main().number("thumbnail_width")
				h, _ := e.main().number("thumbnail_height")
				return holds(w == width && h == height, "it is %d × %d and says %d × %d", width, height, w, h)
			}),
		},
		{
			id: "thumbnail-extension", consumers: []Consumer{Drupal}, advice: true, needs: []string{"thumbnail-whole"},
			rule:   "the thumbnail's path ends in .jpg, .png, .gif, .webp or .avif",
			mend:   "end it so: Drupal names its copy after it, and styles no picture without an extension",
			source: "drupal/drupal core/modules/media/src/Plugin/media/Source/OEmbed.php (getLocalThumbnailUri)",
			check: ofContent(func(_ *evidence, a *answer) outcome {
				if a.text("thumbnail_url") == "" {
					return moot("there is none")
				}
				u, err := url.Parse(a.text("thumbnail_url"))
				if err != nil {
					return broken("%s", shown(a.fields["thumbnail_url"]))
				}
				return holds(slices.Contains([]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"}, strings.ToLower(path.Ext(u.Path))), "%s", u.Path)
			}),
		},
	}
}

// ofSized is a rule for answers that have a size.
func ofSized(check func(*answer) outcome) func(*evidence) outcome {
	return ofContent(func(_ *evidence, a *answer) outcome {
		if !a.sized() {
			return moot("type " + a.kind() + " has no size")
		}
		return check(a)
	})
}

// ofHTML tells who minds the size of this answer: of a picture it is known
// anyway, and no more than the specification asks for it.
func ofHTML(e *evidence, c Consumer) bool { return c == Specification || e.main().framed() }

func ofSide(key string) func(*evidence) outcome {
	return ofSized(func(a *answer) outcome {
		return holds(a.has(key) && a.fields[key] != nil && a.fields[key] != "", "%s %s", key, shown(a.fields[key]))
	})
}

// web tells whether an address is one that a page may link to.
func web(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
