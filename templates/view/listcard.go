package view

import (
	"cmp"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// MostRows is how many loans a list's widget shows in the largest frame that it
// has a layout for.
const MostRows = 6

// ListCard is a list as its widget tells of it, and oEmbed answers, and snippets:
// those of its loans that raise funds.
type ListCard struct {
	Language *locale.Language
	Heading  Sentence // "Loans in Kenya", "Newest loans"; never empty
	Raising  Sentence // "56 raising funds now"; empty where there is none
	Loans    []Loan   // cards of the newest, at most MostRows
	None     string   // in the place of loans, where there is none
	All      Sentence // the words of the link to the list: "All loans in Kenya"
	Source   string   // the site's host
	Dated    Dated    // date of the data

	Title         string   // oEmbed and document title: "SITE - Loans in Kenya"
	Name          string   // the heading as text
	Count         Sentence // "1,234 loans · 56 raising funds now"; empty for a site without loans
	Description   string   // the same, or that there are no loans
	DiscoveryJSON string   // "Loans in Kenya (JSON oEmbed view)"
	DiscoveryXML  string

	Page   string // absolute address of the list in this language
	Widget string // absolute address of the widget document in this language

	// Card is the list as a drawn picture, and Thumbnail the same in half the size;
	// both nil where nobody serves them.
	Card, Thumbnail *Picture

	// What the loans have in common, for oEmbed's extra keys; empty where it is
	// something else.
	Country, CountryCode, Sector, Partner string
}

// ListCard tells of a list that has a widget (site.Kind Embeddable). loans are
// those of it that raise funds, newest first; the listing shape is enough.
func (t *Teller) ListCard(info kiva.ListInfo, loans []kiva.Loan) ListCard {
	w := t.begin()
	defer w.end()
	return w.listCard(info, w.cards(loans[:min(len(loans), MostRows)]))
}

// listCard tells of a list by what is told of its loans.
func (t *telling) listCard(info kiva.ListInfo, loans []Loan) ListCard {
	c := ListCard{
		Language: t.language, Loans: loans,
		Source: t.site.Host(), Dated: t.data, Count: t.count(info), Page: t.listURL(info.List, 0),
	}
	t.callList(&c, info)
	c.Name = c.Heading.String()
	c.Title = t.siteTitle(c.Name)
	c.DiscoveryJSON = t.fill(t.words.DiscoveryJSON, "title", c.Name)
	c.DiscoveryXML = t.fill(t.words.DiscoveryXML, "title", c.Name)
	c.Description = cmp.Or(c.Count.String(), t.words.NoLoans)
	if a, ok := listAddress(info.List); ok {
		if widget, ok := a.ListWidget(site.ListWidget); ok {
			c.Widget = t.url(widget)
		}
	}
	if len(c.Loans) == 0 {
		c.None = t.words.ListCard.None
		if info.Count == 0 {
			c.None = t.words.NoLoans
		}
	} else {
		n := max(info.Fundraising, len(loans))
		c.Raising = t.say(nil, t.words.RaisingCount.For(t.language, int64(n)), value{"n", Span{Text: t.number(int64(n)), Kind: Amount}})
	}
	t.drawListCard(&c, info.List)
	return c
}

// callList gives the list its heading and the link to it its words. A list
// whose name no source said is not named: the heading then says what is shown.
func (t *telling) callList(c *ListCard, info kiva.ListInfo) {
	w := &t.words.ListCard
	name := t.listName(info)
	c.Heading, c.All = t.plain(t.words.NewestLoans), t.plain(t.words.AllLoans)
	if name.Text == "" {
		c.Heading = t.plain(t.words.ListFundraising)
		return
	}
	switch info.Kind {
	case kiva.ByCountry:
		at := kiva.Location{CountryCode: info.Key, Country: info.Name}
		c.Country, c.CountryCode = name.Text, info.Key
		c.Heading, c.All = t.heading(info), t.plain(t.fill(w.AllInCountry, "country", t.countryInside(&at)))
	case kiva.BySector:
		c.Sector = name.Text
		sector := value{"sector", Span{Text: name.Text}}
		if name.Lang != "" {
			sector.span.Kind, sector.span.Lang = Words, name.Lang
		}
		c.Heading, c.All = t.heading(info), t.say(nil, w.AllOfSector, sector)
	case kiva.ByPartner:
		c.Partner = name.Text
		c.Heading, c.All = t.heading(info), t.say(nil, w.AllThrough, value{"partner", Span{Text: name.Text, Kind: Name}})
	}
}

// GoneList is what stands where the widget of a list would be that is not there.
func (t *Teller) GoneList() Gone {
	w := t.begin()
	defer w.end()
	return w.absent(t.words.ListCard.GoneHeading, t.words.ListCard.GoneText)
}
