package page

import "loanleaf/site"

// Answer is a kind of answer over HTTP. Headers depend on it and on nothing
// else, so that a server and the settings of a file host say the same.
type Answer uint8

// The kinds of answers.
const (
	ListPage       Answer = iota // names borrowers
	LoanPage                     // names borrowers
	SearchPage                   // names borrowers; each is asked for once or twice
	EmbedPage                    // names a borrower
	DocumentPage                 // documentation and pages of the operator's own, and their texts in Markdown: hosts tell them apart by nothing but the ending
	WidgetDocument               // names borrowers, framed anywhere
	StaticAnswer                 // an oEmbed answer with an address of its own
	FeedDocument                 // names borrowers, read by any page
	Machine                      // sitemaps, robots.txt, llms.txt, entries for lists of providers, the index of the documentation
	AssetFile                    // hashed name, never changes
	SharedScript                 // for the pages of others, under one name for ever
	Picture                      // shows or names borrowers
	Missing                      // the page for what is not there
	MissingWidget                // the card for what is not there
	MissingPicture               // the picture for what is not there
	Message                      // a sentence, or the state of a program
)

// AnswerTo is the kind of answer to an address that names something.
func AnswerTo(a site.Address) Answer {
	switch a.Kind {
	case site.Loan:
		return LoanPage
	case site.Doc, site.Prose, site.Twin:
		return DocumentPage
	case site.Widget, site.ListWidget:
		return WidgetDocument
	case site.AnswerJSON, site.AnswerXML, site.ListAnswerJSON, site.ListAnswerXML:
		return StaticAnswer
	case site.FeedRSS, site.FeedAtom, site.FeedJSON:
		return FeedDocument
	case site.Sitemap, site.Robots, site.ProvidersYAML, site.ProvidersJSON, site.LLMs, site.LLMsFull, site.DocIndex:
		return Machine
	case site.Search:
		return SearchPage
	case site.Embed:
		return EmbedPage
	case site.EmbedScript:
		return SharedScript
	case site.CardJPEG, site.CardPNG, site.Badge, site.SiteCard, site.Favicon:
		return Picture
	case site.NotFound:
		return Missing
	}
	return ListPage
}

// InLanguage tells whether the words of an answer are in one language, which
// Content-Language names then.
func (k Answer) InLanguage() bool {
	switch k {
	case ListPage, LoanPage, SearchPage, EmbedPage, DocumentPage, WidgetDocument, StaticAnswer, FeedDocument, Missing, MissingWidget:
		return true
	}
	return false
}

// Header is one header of an answer.
type Header struct{ Name, Value string }

// Values of Cache-Control. Nothing that names a borrower is kept longer than an
// hour by browsers or a day by shared caches, staleness included: takedowns and
// later anonymisation must reach readers.
const (
	named   = "public, max-age=300, s-maxage=3600, stale-while-revalidate=3000"
	forever = "public, max-age=31536000, immutable"
	Briefly = "public, max-age=60" // what is not there now, and searches
	Never   = "no-store"           // what is true at this moment
)

// caching is how long each kind may be kept.
func (k Answer) caching() string {
	switch k {
	case AssetFile:
		return forever
	case Missing, MissingWidget, MissingPicture, SearchPage:
		return Briefly
	case Message:
		return Never
	}
	return named
}

// Policies are the content security policies of a site's pages, of its widget
// documents, and of the page that hands out code for them, as [Renderer.Policies]
// gives them.
type Policies struct{ Page, Widget, Embed string }

// Headers are those of a kind of answer, in a fixed order; the type of
// the body is not among them. Kinds that are neither page nor widget need no policies. Only widgets may be framed by other sites; for them
// frame-ancestors is left out, since even * does not match the opaque origin of a
// sandboxed frame around ours. Answers of the protocol, feeds, pictures and the
// script for other pages may be read by any page.
func Headers(k Answer, p Policies) []Header {
	headers := []Header{{"Cache-Control", k.caching()}, {"X-Content-Type-Options", "nosniff"}}
	add := func(name, value string) { headers = append(headers, Header{name, value}) }
	switch k {
	case ListPage, LoanPage, SearchPage, EmbedPage, DocumentPage, Missing:
		policy := p.Page
		if k == EmbedPage {
			policy = p.Embed
		}
		add("Content-Security-Policy", policy+"; frame-ancestors 'none'")
		add("Referrer-Policy", "strict-origin-when-cross-origin")
		add("X-Frame-Options", "DENY")
	case WidgetDocument, MissingWidget:
		add("Content-Security-Policy", p.Widget)
		add("Cross-Origin-Resource-Policy", "cross-origin")
		add("Referrer-Policy", "no-referrer")
	case StaticAnswer, FeedDocument, SharedScript:
		add("Access-Control-Allow-Origin", "*")
		add("Cross-Origin-Resource-Policy", "cross-origin")
	case Picture, MissingPicture, AssetFile:
		add("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		add("Cross-Origin-Resource-Policy", "cross-origin")
	default:
		add("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	}
	return headers
}
