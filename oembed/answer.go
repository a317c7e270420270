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
	Rich = "rich" // the widget
	Link = "link" // no room for it
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
	Width        int          // pixels, of a rich answer
	Height       int
	HTML         string // of a rich answer; one line, well-formed as XML

	// Language is the tag of the language that the words are in. It is for
	// the server's Content-Language; oEmbed has no key for it.
	Language string

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
		Thumbnail:    thumbnail(loan, r.MaxWidth, r.MaxHeight),
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

// thumbnail is the largest picture of the loan that is known to fit both
// bounds. One whose measure is not known is never offered: the numbers beside
// it would be made up.
func thumbnail(loan view.Loan, maxWidth, maxHeight int) site.Picture {
	var best site.Picture
	for _, p := range []*view.Picture{loan.Share, loan.Picture} {
		if p == nil || p.Width <= 0 || p.Height <= 0 ||
			within(p.Width, maxWidth) < p.Width || within(p.Height, maxHeight) < p.Height {
			continue
		}
		if p.Width*p.Height > best.Width*best.Height {
			best = p.Picture
		}
	}
	return best
}

// field is a key of an answer with its value: text, or a number where text is
// empty.
type field struct {
	key    string
	text   string
	number int
}

// fields lists what an answer says, in the order in which it is written, the
// same for every format. Further keys are added here, flat, before html, which
// comes last so that a reader of the bytes sees the rest first.
func (a Answer) fields(dst []field) []field {
	text := func(key, value string) {
		if value = clean(value); value != "" {
			dst = append(dst, field{key: key, text: value})
		}
	}
	number := func(key string, value int) {
		if value > 0 {
			dst = append(dst, field{key: key, number: value})
		}
	}
	text("type", a.Type)
	text("version", Version)
	text("title", a.Title)
	text("author_name", a.AuthorName)
	text("author_url", a.AuthorURL)
	text("provider_name", a.ProviderName)
	text("provider_url", a.ProviderURL)
	number("cache_age", a.CacheAge)
	if t := a.Thumbnail; t.URL != "" && t.Width > 0 && t.Height > 0 {
		text("thumbnail_url", t.URL)
		number("thumbnail_width", t.Width)
		number("thumbnail_height", t.Height)
	}
	number("width", a.Width)
	number("height", a.Height)
	text("html", a.HTML)
	return dst
}
