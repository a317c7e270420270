package oembed

import (
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// ForList is the answer for a list, told in the language wanted: rich, or a link
// where there is no room for its widget. Its thumbnail is the drawn card in half the
// size, where that is served and fits; no one loan's picture stands for a list. The same view and request make the same answer.
func ForList(s *site.Site, list view.ListCard, r Request) Answer {
	a := Answer{
		Type:         Rich,
		Title:        list.Title,
		ProviderName: s.Name(),
		ProviderURL:  s.URL(site.Address{Kind: site.Home}),
		CacheAge:     CacheAge,
		Language:     list.Language.Tag,
		Facts: Facts{
			Description: list.Description, WebPage: list.Page,
			Country: list.Country, CountryCode: list.CountryCode, Sector: list.Sector,
		},
	}
	if p := list.Thumbnail; p != nil && fits(p.Picture, r.MaxWidth, r.MaxHeight) {
		a.Thumbnail = p.Picture
	}
	if list.Partner != "" {
		a.AuthorName, a.AuthorURL = list.Partner, list.Page
	}
	size := fit(r.MaxWidth, r.MaxHeight)
	if size == (box{}) {
		a.Type = Link
		a.link = string(appendLink(nil, list.Page, list.Name))
		return a
	}
	a.Width, a.Height = size.width, size.height
	if r.NeedsStory() {
		a.HTML = bounded(templates.InlineList(list, s.Colour()), size)
		return a
	}
	a.HTML = framed{widget: list.Widget, title: list.Name, page: list.Page, sentence: listSentence(list)}.html(size, r)
	return a
}

// listSentence is what is left of a list where frames are removed.
func listSentence(list view.ListCard) view.Sentence {
	if len(list.Count) == 0 {
		return list.Heading
	}
	s := append(list.Heading[:len(list.Heading):len(list.Heading)], view.Span{Text: " · "})
	return append(s, list.Count...)
}

// List is the list that the request asks for, if it asks for one: the address of
// its newest end, with the language that the answer is to be in, as
// [Request.Loan] gives that of a loan. The error is an *[Error] of kind NotFound.
func (r Request) List(s *site.Site) (site.Address, error) {
	a, err := s.ParseListURL(r.URL)
	if err != nil {
		return site.Address{}, r.Refuse(NotFound)
	}
	a.Language = r.languageOf(s, a)
	return a, nil
}
