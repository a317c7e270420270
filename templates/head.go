package templates

import (
	"cmp"
	"path"
	"strings"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// Discovery is the pair of oEmbed discovery links of a loan page (oEmbed
// specification, section 4; seed 002, "Linking Loans"): absolute addresses as
// [site.Site.Discovery] mints them, and a title for each, in the words of
// package view.
type Discovery struct{ JSON, XML, JSONTitle, XMLTitle string }

// head is what a page's head says beyond its frame.
type head struct {
	discovery Discovery     // empty: none
	title     string        // og:title
	picture   *view.Picture // og:image; nil: the site's card
	pairs     [2]pair       // those with a label: twitter:label1 and data1, label2 and data2
	linked    written       // JSON-LD, in its script element; nil: none
	hidden    bool          // kept out of search engines
	style     string        // path of a second stylesheet
	twin      string        // path of the same text in Markdown
	refresh   string        // where readers are sent on to
	bare      bool          // no preview is made of it
	skip      string        // id of what the link that skips the header leads to; empty: the main part
}

// pair is a label and its value, as link previews show them.
type pair struct{ label, value string }

// shown is the picture of the preview: the page's own, or the site's.
func (h head) shown(f Frame) view.Picture {
	if h.picture != nil {
		return *h.picture
	}
	return f.Card
}

// SiteCard is the one card of a site in one of its languages.
func SiteCard(s *site.Site, language *locale.Language) view.Picture {
	card := view.Picture{Alt: language.Words.Title.Fill("site", s.Name(), "title", language.Words.HeadingHome)}
	card.URL, card.Width, card.Height = s.URL(site.Address{Kind: site.SiteCard, Language: language.Tag}), 1200, 630
	return card
}

// pictureType is the media type of a picture, as the name at its address tells;
// empty where that tells nothing.
func pictureType(address string) string {
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		address = address[:end]
	}
	switch strings.ToLower(path.Ext(address)) {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	}
	return ""
}

// loanHead is the head of a loan's page.
func loanHead(f Frame, l view.Loan, d Discovery, linked written) head {
	h := head{title: l.ShareTitle, picture: cmp.Or(l.Card, l.Share), linked: linked}
	if h.title == "" {
		h.title = l.LoanTitle
	}
	if d.JSON != "" && d.XML != "" {
		h.discovery = d
	}
	h.pairs = loanPairs(f, l)
	return h
}

// canLend tells whether the loan's action is to lend to it: a fundraising loan
// whose money is all reserved leads somewhere else.
func canLend(f Frame, l view.Loan) bool {
	if l.Status != kiva.Fundraising || l.Action == nil {
		return false
	}
	target, ok := f.Site.LendURL(l.ID)
	return ok && target == l.Action.URL
}

// loanPairs are the two lines that previews show under a loan: where it
// stands, and how long it can be lent to, or else where it is.
func loanPairs(f Frame, l view.Loan) (pairs [2]pair) {
	w := f.Language.Words
	n := 0
	if main := l.Figures.Main.String(); main != "" {
		pairs[n], n = pair{l.State.Chip, main}, n+1
	} else if l.State.Chip != "" {
		pairs[n], n = pair{w.LabelStatus, l.State.Chip}, n+1
	}
	switch {
	case l.Status == kiva.Fundraising && !l.Data.Expires.IsZero():
		pairs[n] = pair{w.LabelUntil, f.Language.Date(l.Data.Expires)}
	case l.Place != "":
		pairs[n] = pair{w.LabelPlace, l.Place}
	}
	return pairs
}
