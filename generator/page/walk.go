package page

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"loanleaf/kiva"
	"loanleaf/site"
)

// LoanKinds are the pages that each loan has, its drawings aside (see
// [Renderer.Drawn]): with an endpoint that answers, oEmbed answers are not among
// them.
func (r *Renderer) LoanKinds() []site.Kind {
	kinds := []site.Kind{site.Loan, site.Widget}
	if _, live := r.site.Endpoint(); live {
		return kinds
	}
	return append(kinds, site.AnswerJSON, site.AnswerXML)
}

// Walk names every address that is not a loan's, in a fixed order: the single
// pages, the sitemaps, the documents, then the pages of all lists together, from the oldest
// loans to the newest, so that the lists a loan is on come soon after one
// another and share its card, then the widgets of lists, their static answers and drawings,
// and last the feeds. languages are tags of the site's languages; behind them come
// the documents of [Renderer.Guests].
func (r *Renderer) Walk(ctx context.Context, languages []string) iter.Seq2[site.Address, error] {
	return func(yield func(site.Address, error) bool) {
		lists, err := r.source.Lists(ctx)
		if err != nil {
			yield(site.Address{}, fmt.Errorf("lists: %w", err))
			return
		}
		buckets, err := r.source.IDBuckets(ctx, sitemapWidth)
		if err != nil {
			yield(site.Address{}, fmt.Errorf("sitemap: %w", err))
			return
		}
		kinds := []site.Kind{site.Robots, site.Favicon, site.EmbedScript, site.Sitemap}
		if _, live := r.site.Endpoint(); live {
			kinds = append(kinds, site.ProvidersYAML, site.ProvidersJSON)
		}
		for _, kind := range kinds {
			if !yield(site.Address{Kind: kind}, nil) {
				return
			}
		}
		if r.hasProse() && !yield(site.Address{Kind: site.Sitemap, Slug: site.ProseSitemap}, nil) {
			return
		}
		for _, bucket := range buckets {
			if !yield(site.Address{Kind: site.Sitemap, Page: int(bucket) + 1}, nil) {
				return
			}
		}
		for _, language := range languages {
			if !r.walkLanguage(language, lists, yield) {
				return
			}
		}
		for _, guest := range r.Guests() {
			if !r.walkDocuments(guest.Tag, yield) {
				return
			}
		}
	}
}

// walkLanguage names the pages of one language.
func (r *Renderer) walkLanguage(language string, lists []kiva.ListInfo, yield func(site.Address, error) bool) bool {
	if language == r.site.Languages()[0].Tag {
		language = ""
	}
	for _, kind := range []site.Kind{site.NotFound, site.Embed, site.SiteCard} {
		if !yield(site.Address{Kind: kind, Language: language}, nil) {
			return false
		}
	}
	for _, status := range specimens(lists) {
		if !yield(site.Address{Kind: site.Widget, Slug: status.String(), Language: language}, nil) {
			return false
		}
	}
	if !r.walkDocuments(language, yield) {
		return false
	}
	home := false
	var pages []listed
	for _, info := range lists {
		a, ok := Address(info.List)
		if !ok {
			continue
		}
		a.Language = language
		home = home || a.Kind == site.Home
		for page := 0; page <= info.Pages(); page++ {
			a.Page = page
			pages = append(pages, listed{a, position(page, info.Pages())})
		}
	}
	slices.SortStableFunc(pages, func(x, y listed) int { return cmp.Compare(x.position, y.position) })
	for _, p := range pages {
		if !yield(p.Address, nil) {
			return false
		}
	}
	// A site without loans has a home page and a feed all the same.
	if !home {
		first := listed{Address: site.Address{Kind: site.Home, Language: language}}
		if !yield(first.Address, nil) {
			return false
		}
		pages = append(pages, first)
	}
	return r.walkListWidgets(pages, yield) && walkFeeds(pages, yield)
}

// walkFeeds names the feeds of lists, the formats of a feed one after another,
// since they are made from the same loans.
func walkFeeds(pages []listed, yield func(site.Address, error) bool) bool {
	for _, p := range pages {
		if p.Page > 0 {
			continue
		}
		for _, format := range site.FeedKinds() {
			if a, ok := p.Feed(format); ok && !yield(a, nil) {
				return false
			}
		}
	}
	return true
}

// listed is a page of a list, and where in its list it ends, up to 1 for the
// newest end.
type listed struct {
	site.Address
	position float64
}

func position(page, pages int) float64 {
	if page == 0 {
		return 1
	}
	return float64(page) / float64(pages)
}

// Address is where a list stands, at its newest end in the default language;
// false when its key cannot be an address.
func Address(list kiva.List) (site.Address, bool) {
	switch list.Kind {
	case kiva.AllLoans:
		return site.Address{Kind: site.Home}, true
	case kiva.ByStatus:
		return site.Address{Kind: site.Status, Slug: list.Key}, true
	case kiva.ByCountry:
		return site.Address{Kind: site.Country, Slug: strings.ToLower(list.Key)}, len(list.Key) == 2
	case kiva.BySector:
		return site.Address{Kind: site.Sector, Slug: list.Key}, list.Key != ""
	case kiva.ByPartner:
		id, err := strconv.ParseInt(list.Key, 10, 64)
		return site.Address{Kind: site.Partner, ID: id}, err == nil && id > 0
	}
	return site.Address{}, false
}

// listAt is the list that an address shows, as a page or as a feed.
func listAt(a site.Address) kiva.List {
	if a.Kind.IsFeed() {
		a = a.List()
	}
	switch a.Kind {
	case site.Status:
		return kiva.List{Kind: kiva.ByStatus, Key: a.Slug}
	case site.Country:
		return kiva.List{Kind: kiva.ByCountry, Key: strings.ToUpper(a.Slug)}
	case site.Sector:
		return kiva.List{Kind: kiva.BySector, Key: a.Slug}
	case site.Partner:
		return kiva.List{Kind: kiva.ByPartner, Key: strconv.FormatInt(a.ID, 10)}
	}
	return kiva.List{Kind: kiva.AllLoans}
}
