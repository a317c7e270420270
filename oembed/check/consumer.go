package check

import "fmt"

// Consumer is a program that reads oEmbed.
type Consumer string

// The consumers, in the order of the report. Specification is none, but what
// all of them were written after.
const (
	Specification Consumer = "oembed"
	WordPress     Consumer = "wordpress"
	Drupal        Consumer = "drupal"
	Mastodon      Consumer = "mastodon"
	Discourse     Consumer = "discourse"
	Iframely      Consumer = "iframely"
	Misskey       Consumer = "misskey"
	Ghost         Consumer = "ghost"
	Unfurl        Consumer = "unfurl"
	Extractus     Consumer = "extractus"
	Oembetter     Consumer = "oembetter"
	Remark        Consumer = "remark-embedder"
)

// Consumers lists all of them, in the order of the report.
func Consumers() []Consumer {
	return []Consumer{
		Specification, WordPress, Drupal, Mastodon, Discourse, Iframely, Misskey, Ghost, Unfurl, Extractus, Oembetter, Remark,
	}
}

// Name is the consumer as people call it.
func (c Consumer) Name() string {
	return map[Consumer]string{
		Specification: "oEmbed 1.0", WordPress: "WordPress", Drupal: "Drupal", Mastodon: "Mastodon", Discourse: "Discourse",
		Iframely: "iframely", Misskey: "Misskey", Ghost: "Ghost", Unfurl: "unfurl.js", Extractus: "oembed-extractor",
		Oembetter: "oembetter", Remark: "remark-embedder",
	}[c]
}

// everybody who looks for the links of a page. remark-embedder knows the
// registry alone.
var discoverers = []Consumer{WordPress, Drupal, Mastodon, Discourse, Iframely, Misskey, Ghost, Unfurl, Extractus, Oembetter}

// jsonReaders look for the link of JSON alone, or stop at it.
var jsonReaders = []Consumer{Discourse, Misskey, Ghost, Extractus}

// shows says what a consumer in which nothing is broken makes of the answer.
func (c Consumer) shows(e *evidence) string {
	a := e.main()
	size := "no size"
	if width, ok := a.number("width"); ok {
		if height, ok := a.number("height"); ok {
			size = fmt.Sprintf("%d × %d", width, height)
		} else {
			size = fmt.Sprintf("%d wide", width)
		}
	}
	switch a.kind() {
	case "rich", "video":
		return c.showsHTML(e, size)
	case "photo":
		switch c {
		case Misskey:
			return "a card made of OpenGraph"
		case Remark:
			return "nothing: it takes html alone"
		}
		return "the picture, " + size
	case "link":
		switch c {
		case Ghost:
			return "a bookmark"
		case Misskey:
			return "a card made of OpenGraph"
		case Remark:
			return "nothing: it takes html alone"
		}
		return "a link, or a card"
	}
	return ""
}

func (c Consumer) showsHTML(e *evidence, size string) string {
	kind := e.main().kind()
	switch c {
	case WordPress:
		if e.wpHTML.quote {
			return "the quotation, then the frame as high as it asks to be"
		}
		return "the frame, " + size + ", in a sandbox"
	case Drupal:
		return "the html in a frame, " + size + ", if the registry it uses lists the provider"
	case Mastodon:
		if kind == "rich" {
			return "a card made of OpenGraph: it takes no rich answers"
		}
		return "the player, " + size
	case Discourse:
		return "the frame where a forum allows its address, else a card"
	case Iframely:
		return "the frame where the domain is listed, else a card"
	case Misskey:
		return "the player, " + size
	case Ghost:
		return "the html, " + size
	case Remark:
		return "the html, if the registry lists the provider"
	case Specification:
		return kind + ", " + size
	}
	return fmt.Sprintf("all %d fields", len(e.main().fields))
}
