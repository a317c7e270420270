package server

import (
	"net/http"

	"loanleaf/site"
	"loanleaf/templates"
)

// kind is a kind of answer; headers depend on it and on nothing else.
type kind uint8

const (
	assetFile     kind = iota // hashed name, never changes
	feed                      // names borrowers, read by any page
	health                    // the state of the program
	hosted                    // a file of a built site, as a file host sends it
	listPage                  // names borrowers
	loanPage                  // names borrowers
	machine                   // sitemaps, robots.txt
	message                   // a sentence in plain text
	missing                   // the page for what is not there
	missingWidget             // the card for what is not there
	picture                   // shows borrowers
	staticAnswer              // oEmbed answers with an address of their own
	widget                    // names borrowers, framed anywhere
)

// Nothing that names a borrower is kept longer than an hour by browsers or a
// day by shared caches, staleness included: takedowns and later
// anonymisation must reach readers.
const (
	named   = "public, max-age=300, s-maxage=3600, stale-while-revalidate=3000"
	forever = "public, max-age=31536000, immutable"
	briefly = "public, max-age=60"
	never   = "no-store"
)

// caching is how long each kind may be kept.
var caching = [...]string{
	assetFile: forever, feed: named, health: never, hosted: briefly, listPage: named, loanPage: named, machine: named, message: never,
	missing: briefly, missingWidget: briefly, picture: named, staticAnswer: named, widget: named,
}

// kindOf is the kind of answer to an address.
func kindOf(a site.Address) kind {
	switch a.Kind {
	case site.Loan:
		return loanPage
	case site.Widget:
		return widget
	case site.AnswerJSON, site.AnswerXML:
		return staticAnswer
	case site.Sitemap, site.Robots:
		return machine
	}
	if a.Kind.IsFeed() {
		return feed
	}
	return listPage
}

// setHeaders writes the headers of a kind of answer. Only widgets may be framed
// by other sites; for them frame-ancestors is left out, since even * does not
// match the opaque origin of a sandboxed frame around ours. Answers of the
// protocol, feeds and pictures may be read by any page.
func setHeaders(h http.Header, k kind, s *site.Site) {
	h.Set("Cache-Control", caching[k])
	h.Set("X-Content-Type-Options", "nosniff")
	switch k {
	case listPage, loanPage, missing:
		h.Set("Content-Security-Policy", templates.Policy(s)+"; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
		h.Set("X-Frame-Options", "DENY")
	case widget, missingWidget:
		h.Set("Content-Security-Policy", templates.WidgetCSP(s.ImageSources()))
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Referrer-Policy", "no-referrer")
	case staticAnswer, feed:
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	case hosted:
		// A file host adds nothing: pages carry their policy with them.
	case picture, assetFile:
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	default:
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	}
}
