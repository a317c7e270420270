package view

import (
	"slices"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// SearchData is what [Teller.Search] tells of.
type SearchData struct {
	Query   string // as typed; empty: nothing was asked yet
	Total   int    // loans found
	Page    int    // which page of them; 0 is the first, as 1 is
	PerPage int
	Meant   []kiva.ListInfo // countries and sectors that the query names
	Lists   []kiva.ListInfo // of the site, in any order; told where no loan is
	Waiting bool            // nothing can be found yet
}

// Search is the page of a search: the box, and what was found.
type Search struct {
	Language *locale.Language
	Title    string
	Query    string
	Heading  Sentence
	Count    Sentence // "1,234 loans", or that nothing can be found yet; empty where none was found
	Nothing  Sentence // that none was found; empty where some were, and before a query
	Meant    []Entry  // whole lists that the query names
	Next     *Action
	Previous *Action
	// Sectors and Countries are ways on where there are no loans to show.
	Sectors, Countries []Entry
	Dated              Dated
}

// Search tells a page of what was found.
func (t *Teller) Search(d SearchData) Search {
	w := t.begin()
	defer w.end()
	return w.search(d)
}

func (t *telling) search(d SearchData) Search {
	s := Search{Language: t.language, Query: d.Query, Heading: t.plain(t.words.FindLoan)}
	query := value{"query", Span{Text: d.Query, Kind: Name}}
	if d.Total > 0 {
		s.Heading = t.say(nil, t.words.FindFor, query)
	}
	for _, info := range d.Meant {
		if entry, ok := t.entry(info); ok {
			s.Meant = append(s.Meant, entry)
		}
	}
	switch {
	case d.Total > 0:
		s.Count = t.count(kiva.ListInfo{Count: d.Total})
		s.Dated = t.data
		t.turnSearch(&s, d)
	case d.Waiting:
		s.Count = t.plain(t.words.FindWaiting)
		s.Sectors, s.Countries = t.entries(d.Lists, kiva.BySector), t.entries(d.Lists, kiva.ByCountry)
	case d.Query != "":
		s.Nothing = t.say(nil, t.words.FindNothing, query)
		fallthrough
	default:
		s.Sectors, s.Countries = t.entries(d.Lists, kiva.BySector), t.entries(d.Lists, kiva.ByCountry)
	}
	if d.Page > 1 {
		s.Heading = t.numbered(s.Heading, d.Page)
	}
	s.Title = t.siteTitle(s.Heading.String())
	return s
}

func (t *telling) turnSearch(s *Search, d SearchData) {
	page := max(d.Page, 1)
	at := func(label string, page int) *Action {
		return &Action{Label: label, URL: t.url(site.Address{Kind: site.Search, Query: d.Query, Page: page}), Quiet: true}
	}
	if page > 1 {
		s.Previous = at(t.words.FindPrevious, page-1)
	}
	if page*d.PerPage < d.Total {
		s.Next = at(t.words.FindNext, page+1)
	}
}

// ListNames are the names by which a reader may ask for a country or a sector:
// in the language, in English, and as the data spells it; none for others.
func (t *Teller) ListNames(info kiva.ListInfo) []string {
	english, _ := locale.Get("en")
	names := []string{info.Name}
	switch info.Kind {
	case kiva.ByCountry:
		for _, language := range []*locale.Language{t.language, english} {
			if name, ok := language.Country(info.Key); ok {
				names = append(names, name)
			}
		}
	case kiva.BySector:
		names = append(names, t.words.SectorNames[info.Key], english.Words.SectorNames[info.Key])
	default:
		return nil
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "" })
	slices.Sort(names)
	return slices.Compact(names)
}

// Parts of the front page that lists are in: ids of its elements.
const (
	StatusPart  = "by-status"
	SectorPart  = "by-sector"
	CountryPart = "by-country"
	PartnerPart = "by-partner"
)

// mostOthers is how many lists of its kind a list leads to by itself: more than there
// are countries. Where there are more, the front page alone has them all; else a
// site of many lists would grow with their square.
const mostOthers = 300

// lead tells the ways on from a list.
func (t *telling) lead(l *List, d ListData) {
	for _, part := range []struct {
		kind      kiva.ListKind
		label, id string
	}{
		{kiva.ByStatus, t.words.Statuses, StatusPart}, {kiva.BySector, t.words.Sectors, SectorPart},
		{kiva.ByCountry, t.words.Countries, CountryPart}, {kiva.ByPartner, t.words.Partners, PartnerPart},
	} {
		there, of := false, 0
		for i := 0; i < len(d.Lists) && of <= mostOthers; i++ {
			if d.Lists[i].Kind != part.kind {
				continue
			}
			if of++; !there {
				_, there = t.entry(d.Lists[i])
			}
		}
		if !there {
			continue
		}
		if d.Info.Kind == part.kind && d.Page == 0 && part.kind != kiva.ByPartner && of <= mostOthers {
			if l.Others = t.others(d); len(l.Others) > 0 {
				l.OthersLabel = part.label
				continue
			}
		}
		l.Ways = append(l.Ways, Action{Label: part.label, URL: t.home + "#" + part.id})
	}
}

// others are the other lists of a list's kind.
func (t *telling) others(d ListData) []Entry {
	var entries []Entry
	if d.Info.Kind == kiva.ByStatus {
		entries = t.statuses(d.Lists)
	} else {
		entries = t.entries(d.Lists, d.Info.Kind)
	}
	own := t.listURL(d.Info.List, 0)
	entries = slices.DeleteFunc(entries, func(e Entry) bool { return e.URL == own })
	for i := range entries {
		entries[i].Count = ""
	}
	return entries
}
