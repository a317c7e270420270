package page

import (
	"context"
	"errors"
	"net/url"

	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// mostFound is how many loans are offered for what was typed: as many as can be
// looked over. More words find fewer.
const mostFound = 8

// findEmbedded looks for loans by the words that were typed, as the page of the
// search does, and offers them with the other choices as they are.
func (r *Renderer) findEmbedded(ctx context.Context, e *templates.Embedding, pageLanguage string) error {
	finder, ok := r.source.(Finder)
	if !ok {
		return errors.New("the site is searchable, and the source of its loans is not")
	}
	teller := r.Teller(pageLanguage)
	names, err := r.namesOfLists(ctx, teller, r.site.Language(pageLanguage).Tag)
	if err != nil {
		return err
	}
	words := site.Asked(site.Address{Kind: site.Search}, url.Values{site.QueryField: {e.Asked}}.Encode()).Query
	q, _ := r.understand(words, names)
	q.Limit = mostFound
	found, err := finder.Search(ctx, q)
	if err != nil {
		return err
	}
	loans, err := r.source.Listings(ctx, found.IDs)
	if err != nil {
		return err
	}
	for i := range loans {
		e.Found = append(e.Found, templates.Found{Loan: teller.Card(&loans[i]), URL: e.Choosing(loans[i].ID)})
	}
	e.Count, e.More = teller.Search(view.SearchData{Query: words, Total: found.Total, PerPage: mostFound}).Count, found.Total > len(loans)
	return nil
}
