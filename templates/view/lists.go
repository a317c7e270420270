package view

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// mostOnHome is how many loans each row of the front page shows.
const mostOnHome = 12

// List tells a page of a list.
func (t *Teller) List(d ListData) List {
	w := t.begin()
	defer w.end()
	return w.list(d)
}

func (t *telling) list(d ListData) List {
	heading := t.heading(d.Info)
	l := List{
		Language: t.language, Heading: heading, Page: d.Page,
		Crumbs: []Action{{Label: t.words.Home, URL: t.home}},
	}
	if d.Page > 0 {
		l.Heading = t.numbered(heading, d.Page)
	} else {
		l.Intro, l.Dated = t.count(d.Info), t.data
	}
	l.Title = t.siteTitle(l.Heading.String())
	if d.Info.Kind == kiva.ByPartner {
		if l.About = t.partner(d.Partner); l.About != nil {
			l.About.Facts = t.partnerFacts(d.Partner)
		}
	}
	t.turn(&l, d)
	t.lead(&l, d)
	return l
}

// turn links a page to its neighbours. The newest end shows all that the last
// numbered page holds, so its older neighbour is the one before that; numbered
// pages lead through numbers, so that a full page stays the same bytes.
func (t *telling) turn(l *List, d ListData) {
	pages := d.Info.Pages()
	page := d.Page
	if page == 0 {
		page = pages
	}
	if page > 1 {
		l.Older = &Action{Label: t.words.Older, URL: t.listURL(d.Info.List, page-1), Quiet: true}
	}
	switch {
	case d.Page == 0:
	case d.Page < pages:
		l.Newer = &Action{Label: t.words.Newer, URL: t.listURL(d.Info.List, d.Page+1), Quiet: true}
	default:
		l.Newer = &Action{Label: t.words.Newer, URL: t.listURL(d.Info.List, 0), Quiet: true}
	}
}

// Home tells the front page.
func (t *Teller) Home(d HomeData) Home {
	w := t.begin()
	defer w.end()
	return w.homePage(d)
}

func (t *telling) homePage(d HomeData) Home {
	fundraising := d.Fundraising[:min(len(d.Fundraising), mostOnHome)]
	h := Home{
		Language: t.language, Heading: t.words.HeadingHome, Title: t.siteTitle(t.words.HeadingHome),
		Intro:       t.count(d.All),
		Fundraising: t.cards(fundraising),
		Newest:      t.cards(others(d.Newest, fundraising)),
		Dated:       t.data,
	}
	if pages := d.All.Pages(); pages > 0 {
		h.All = Action{Label: t.words.AllLoans, URL: t.listURL(kiva.List{}, pages), Quiet: true}
	}
	h.Statuses, h.Map = t.statuses(d.Lists), t.spots(d.Lists)
	h.Sectors, h.Countries, h.Partners = t.entries(d.Lists, kiva.BySector), t.entries(d.Lists, kiva.ByCountry), t.entries(d.Lists, kiva.ByPartner)
	if shown := append(h.Fundraising[:len(h.Fundraising):len(h.Fundraising)], h.Newest...); len(shown) > 0 && !t.site.Searchable() {
		h.Number = t.say(nil, t.words.LoanNumber, value{"address", Span{Text: shown[0].Page, Kind: Name}})
	}
	return h
}

// entries are the lists of a kind, by their names.
func (t *telling) entries(lists []kiva.ListInfo, kind kiva.ListKind) []Entry {
	var entries []Entry
	for _, info := range lists {
		if info.Kind != kind {
			continue
		}
		if entry, ok := t.entry(info); ok {
			entries = append(entries, entry)
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int {
		return cmp.Or(locale.Compare(a.Label, b.Label), strings.Compare(a.URL, b.URL))
	})
	return entries
}

// others are the newest loans that the row above does not show already.
func others(newest, shown []kiva.Loan) []kiva.Loan {
	rest := slices.DeleteFunc(slices.Clone(newest), func(loan kiva.Loan) bool {
		return slices.ContainsFunc(shown, func(other kiva.Loan) bool { return other.ID == loan.ID })
	})
	return rest[:min(len(rest), mostOnHome)]
}

// statuses are in the order of a loan's life.
func (t *telling) statuses(lists []kiva.ListInfo) []Entry {
	var entries []Entry
	for _, status := range kiva.Statuses() {
		for _, info := range lists {
			if info.Kind != kiva.ByStatus || info.Key != status.String() {
				continue
			}
			if entry, ok := t.entry(info); ok {
				entries = append(entries, entry)
			}
		}
	}
	return entries
}

// entry is the way into a list; false for a list that has no address or name,
// or nothing on it.
func (t *telling) entry(info kiva.ListInfo) (Entry, bool) {
	name := t.listName(info)
	e := Entry{Label: name.Text, Lang: name.Lang, URL: t.listURL(info.List, 0), Count: t.number(int64(info.Count))}
	return e, e.Label != "" && e.URL != "" && info.Count > 0
}

// listName is the short name of a list, among others of its kind.
func (t *telling) listName(info kiva.ListInfo) Foreign {
	switch info.Kind {
	case kiva.ByStatus:
		status, _ := kiva.ParsePublicStatus(info.Key)
		return Foreign{Text: statusHeading(t.words, status)}
	case kiva.ByCountry:
		return Foreign{Text: t.country(&kiva.Location{CountryCode: info.Key, Country: info.Name})}
	case kiva.BySector:
		return t.sector(info.Name)
	case kiva.ByPartner:
		return Foreign{Text: t.squeeze(info.Name)}
	}
	return Foreign{Text: t.words.AllLoans}
}

func (t *telling) heading(info kiva.ListInfo) Sentence {
	name := t.listName(info)
	switch info.Kind {
	case kiva.ByCountry:
		at := kiva.Location{CountryCode: info.Key, Country: info.Name}
		return t.plain(t.fill(t.words.HeadingCountry, "country", t.countryInside(&at)))
	case kiva.BySector:
		if name.Lang == "" {
			return t.plain(t.fill(t.words.HeadingSector, "sector", name.Text))
		}
		sector := value{"sector", Span{Text: name.Text, Kind: Words, Lang: name.Lang}}
		return t.say(nil, t.words.HeadingSector, sector)
	case kiva.ByPartner:
		return t.plain(t.fill(t.words.HeadingPartner, "partner", name.Text))
	}
	return t.plain(name.Text)
}

// numbered is the heading of a numbered page.
func (t *telling) numbered(heading Sentence, page int) Sentence {
	number := value{"page", Span{Text: t.number(int64(page))}}
	s := t.room(nil, len(heading)+3)
	for text, placeholder := range t.words.HeadingPage.Parts() {
		switch placeholder {
		case "":
			s = append(s, Span{Text: text})
		case "heading":
			s = append(s, heading...)
		case number.name:
			s = append(s, number.span)
		}
	}
	return s
}

// listURL is the address of a page of a list; empty where the list has none.
func (t *telling) listURL(list kiva.List, page int) string {
	a, ok := listAddress(list)
	if !ok {
		return ""
	}
	a.Page = page
	return t.url(a)
}

// listAddress is where a list stands; false where its key is no part of an
// address.
func listAddress(list kiva.List) (site.Address, bool) {
	switch list.Kind {
	case kiva.ByStatus:
		return site.Address{Kind: site.Status, Slug: list.Key}, true
	case kiva.ByCountry:
		return site.Address{Kind: site.Country, Slug: strings.ToLower(list.Key)}, true
	case kiva.BySector:
		return site.Address{Kind: site.Sector, Slug: list.Key}, true
	case kiva.ByPartner:
		id, err := strconv.ParseInt(list.Key, 10, 64)
		return site.Address{Kind: site.Partner, ID: id}, err == nil && id > 0
	}
	return site.Address{Kind: site.Home}, true
}

// count is how long a list is; empty for a list with nothing on it.
func (t *telling) count(info kiva.ListInfo) Sentence {
	if info.Count <= 0 {
		return nil
	}
	number := func(n int) value {
		return value{"n", Span{Text: t.number(int64(n)), Kind: Amount}}
	}
	s := t.say(nil, t.words.LoanCount.For(t.language, int64(info.Count)), number(info.Count))
	if info.Fundraising > 0 && (info.Kind != kiva.ByStatus || info.Key != kiva.Fundraising.String()) {
		s = t.then(s, t.words.RaisingCount.For(t.language, int64(info.Fundraising)), number(info.Fundraising))
	}
	return s
}

func (t *telling) cards(loans []kiva.Loan) []Loan {
	if len(loans) == 0 {
		return nil
	}
	cards := make([]Loan, len(loans))
	for i := range loans {
		cards[i] = t.card(public(&loans[i]))
	}
	return cards
}
