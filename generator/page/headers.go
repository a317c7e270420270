package page

import "loanleaf/site"

// Answer is a kind of answer over HTTP. Headers depend on it and on nothing
// else, so that a server and the settings of a file host say the same.
type Answer uint8

// The kinds of answers, by name.
const (
	AssetFile      Answer = iota // hashed name, never changes
	DocumentPage                 // documentation and pages of the operator's own, and their texts in Markdown: hosts tell them apart by nothing but the ending
	EmbedPage                    // names a borrower
	FeedDocument                 // names borrowers, read by any page
	ListPage                     // names borrowers
	LiveAnswer                   // of the oEmbed endpoint, to be read by programs; names borrowers
	LivePreview                  // of the oEmbed endpoint, to be looked at; names borrowers
	LoanPage                     // names borrowers
	Machine                      // sitemaps, robots.txt, llms.txt, entries for lists of providers, the index of the documentation
	Message                      // a sentence, the state of a program, or its measures
	Missing                      // the page for what is not there
	MissingPicture               // the picture for what is not there
	MissingWidget                // the card for what is not there
	Moved                        // nothing but the address to go to
	Picture                      // shows or names borrowers
	SearchPage                   // names borrowers; each is asked for once or twice
	SharedScript                 // for the pages of others, under one name for ever
	StaticAnswer                 // an oEmbed answer with an address of its own
	TrialPage                    // names borrowers, and what somebody typed
	WidgetDocument               // names borrowers, framed anywhere
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
	case site.CardJPEG, site.CardPNG, site.Badge, site.SiteCard, site.ListCard, site.ListBadge, site.Favicon:
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
	named    = "public, max-age=300, s-maxage=3600, stale-while-revalidate=3000"
	answered = "public, max-age=3000, s-maxage=85800, stale-while-revalidate=600" // an hour and a day, staleness counted in
	hourly   = "public, max-age=3600"
	forever  = "public, max-age=31536000, immutable"
	Briefly  = "public, max-age=60" // what is not there now, and searches
	Never    = "no-store"           // what is true at this moment
)

// Policies are the content security policies of a site's pages, of its widget
// documents, of the page that hands out code for them, as [Renderer.Policies]
// gives them; and of previews, as the endpoint does.
type Policies struct{ Page, Widget, Embed, Preview string }

// Policies of kinds that need none of a site: what is no document of HTML runs
// and loads nothing, wherever a browser shows it.
const (
	nothing = "default-src 'none'; frame-ancestors 'none'"
	drawing = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" // SVG has its styles with it
)

// row is what is said of a kind of answer, beside nosniff, which all have.
type row struct {
	caching  string // Cache-Control
	policy   string // Content-Security-Policy; empty: that of policies
	policies func(Policies) string
	frames   bool   // a page: X-Frame-Options too, for what does not read the policy
	anyReads bool   // any page may read it, with a script (Access-Control-Allow-Origin)
	anyShows bool   // any page may show or run it (Cross-Origin-Resource-Policy)
	referrer string // Referrer-Policy
	robots   string // X-Robots-Tag
}

// unframed is the policy of a page that no other may frame.
func unframed(policy string) string { return policy + "; frame-ancestors 'none'" }

const ownOrigin = "strict-origin-when-cross-origin" // of the address of a page, others learn the host alone

// table says it all. Only widgets may be framed by other sites; for them
// frame-ancestors is left out, since even * does not match the opaque origin of a
// sandboxed frame around ours. A preview is framed by the page on which the
// endpoint is tried.
var table = [...]row{
	AssetFile:      {caching: forever, policy: drawing, anyShows: true},
	DocumentPage:   {caching: named, policies: func(p Policies) string { return unframed(p.Page) }, frames: true, referrer: ownOrigin},
	EmbedPage:      {caching: named, policies: func(p Policies) string { return unframed(p.Embed) }, frames: true, referrer: ownOrigin},
	FeedDocument:   {caching: named, policy: nothing, anyReads: true, anyShows: true},
	ListPage:       {caching: named, policies: func(p Policies) string { return unframed(p.Page) }, frames: true, referrer: ownOrigin},
	LiveAnswer:     {caching: answered, policy: nothing, anyReads: true, anyShows: true},
	LivePreview:    {caching: answered, policies: func(p Policies) string { return p.Preview }, anyReads: true, anyShows: true, robots: "noindex"},
	LoanPage:       {caching: named, policies: func(p Policies) string { return unframed(p.Page) }, frames: true, referrer: ownOrigin},
	Machine:        {caching: named, policy: nothing},
	Message:        {caching: Never, policy: nothing},
	Missing:        {caching: Briefly, policies: func(p Policies) string { return unframed(p.Page) }, frames: true, referrer: ownOrigin},
	MissingPicture: {caching: Briefly, policy: drawing, anyShows: true},
	MissingWidget:  {caching: Briefly, policies: func(p Policies) string { return p.Widget }, anyShows: true, referrer: "no-referrer"},
	Moved:          {caching: hourly, policy: nothing},
	Picture:        {caching: named, policy: drawing, anyShows: true},
	SearchPage:     {caching: Briefly, policies: func(p Policies) string { return unframed(p.Page) }, frames: true, referrer: ownOrigin},
	SharedScript:   {caching: named, policy: nothing, anyReads: true, anyShows: true},
	StaticAnswer:   {caching: named, policy: nothing, anyReads: true, anyShows: true},
	TrialPage:      {caching: Never, policies: func(p Policies) string { return unframed(p.Page) }, frames: true, referrer: ownOrigin},
	WidgetDocument: {caching: named, policies: func(p Policies) string { return p.Widget }, anyShows: true, referrer: "no-referrer"},
}

// Headers are those of a kind of answer, in a fixed order; the type of
// the body is not among them. Kinds that are no page, widget or preview need no
// policies.
func Headers(k Answer, p Policies) []Header {
	row := table[k]
	policy := row.policy
	if row.policies != nil {
		policy = row.policies(p)
	}
	headers := []Header{{"Cache-Control", row.caching}, {"X-Content-Type-Options", "nosniff"}}
	add := func(said bool, name, value string) {
		if said {
			headers = append(headers, Header{name, value})
		}
	}
	add(row.anyReads, "Access-Control-Allow-Origin", "*")
	add(true, "Content-Security-Policy", policy)
	add(row.anyShows, "Cross-Origin-Resource-Policy", "cross-origin")
	add(row.referrer != "", "Referrer-Policy", row.referrer)
	add(row.frames, "X-Frame-Options", "DENY")
	add(row.robots != "", "X-Robots-Tag", row.robots)
	return headers
}
