package oembed

import (
	"loanleaf/site"
	"loanleaf/templates/view"
)

// CacheAge is how long a consumer may keep an answer, in seconds: a day, since
// takedowns and later anonymisation must reach readers (DESIGN).
const CacheAge = 24 * 60 * 60

// Version is the version of the protocol. It is a string: Drupal and Misskey
// drop answers where it is a number.
const Version = "1.0"

// The types of answers.
const (
	Rich  = "rich"  // the widget
	Photo = "photo" // its badge, where there is no room for it
	Link  = "link"  // nor for that
)

// Answer is what is said of one loan. Text is plain and is escaped by the
// encoders; what is empty or 0 is left out of every format, because consumers
// stumble over null and empty elements.
type Answer struct {
	Type         string
	Title        string
	AuthorName   string // the field partner
	AuthorURL    string
	ProviderName string
	ProviderURL  string
	CacheAge     int          // seconds
	Thumbnail    site.Picture // left out unless all of it is known (oEmbed 2.3.4)
	URL          string       // of a photo
	Width        int          // pixels, of a rich answer or a photo
	Height       int
	HTML         string // of a rich answer; one line, well-formed as XML
	Facts        Facts  // the keys that are ours
	Language     string // tag of the language that the words are in

	link string // html of the link that stands for a widget without room
}

// For is the answer for a loan that may be shown, told in the language wanted.
// The same view and request make the same answer.
func For(s *site.Site, loan view.Loan, r Request) Answer {
	a := Answer{
		Type:         Rich,
		Title:        loan.Title,
		AuthorName:   loan.Data.PartnerName,
		ProviderName: s.Name(),
		ProviderURL:  s.URL(site.Address{Kind: site.Home}),
		CacheAge:     CacheAge,
		Thumbnail:    thumbnail(s, loan, r.MaxWidth, r.MaxHeight),
		Facts:        factsOf(loan),
		Language:     loan.Language.Tag,
	}
	if a.AuthorName != "" {
		a.AuthorURL = loan.Data.PartnerURL
	}
	size := fit(r.MaxWidth, r.MaxHeight)
	if size == (box{}) {
		a.Type = Link
		a.link = string(appendLink(nil, loan.Page, loan.LoanTitle))
		return a
	}
	a.Width, a.Height = size.width, size.height
	a.HTML = html(s, loan, size, r)
	return a
}

// WithBadge is the answer with a picture of the loan's badge, where there is no
// room for the widget and room for it: DESIGN's smallest tier. It is never
// scaled, so its own width decides, which its words and figures make.
func (a Answer) WithBadge(badge site.Picture, r Request) Answer {
	tooWide := r.MaxWidth > 0 && badge.Width > r.MaxWidth
	tooHigh := r.MaxHeight > 0 && badge.Height > r.MaxHeight
	if a.Type != Link || tooWide || tooHigh {
		return a
	}
	a.Type, a.URL, a.Width, a.Height = Photo, badge.URL, badge.Width, badge.Height
	return a
}

// fields lists what an answer says, in the order in which it is written, the
// same for every format. The protocol's own keys come first; html comes last so
// that a reader of the bytes sees the rest before it.
func (a Answer) fields(l list) list {
	l = l.text("type", a.Type)
	l = l.text("version", Version)
	l = l.text("title", a.Title)
	l = l.text("author_name", a.AuthorName)
	l = l.text("author_url", a.AuthorURL)
	l = l.text("provider_name", a.ProviderName)
	l = l.text("provider_url", a.ProviderURL)
	l = l.number("cache_age", a.CacheAge)
	if t := a.Thumbnail; t.URL != "" && t.Width > 0 && t.Height > 0 {
		l = l.text("thumbnail_url", t.URL)
		l = l.number("thumbnail_width", t.Width)
		l = l.number("thumbnail_height", t.Height)
	}
	l = l.text("url", a.URL)
	l = l.number("width", a.Width)
	l = l.number("height", a.Height)
	l = l.text("language", a.Language)
	l = a.Facts.addTo(l)
	l = l.text("html", a.HTML)
	return l
}
