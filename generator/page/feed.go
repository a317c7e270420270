package page

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"loanleaf/generator/feed"
	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

const (
	// feedLength is how many loans a feed holds.
	feedLength = 50
	// feedReach is how many of the newest are looked at where some of them are
	// posted in a future that cannot be.
	feedReach = 200
	// feedSkew is how far ahead of the date of the data a loan may be posted:
	// sources have dates of their own, and clocks go wrong.
	feedSkew = 30 * 24 * time.Hour
	// feedsKept is how many feeds are at hand: each is asked for in three
	// formats, by several workers at once.
	feedsKept = 16
)

// feedFormats are the formats by kind of address, and their media types (RFC
// 4287, JSON Feed 1.1; that of RSS was never registered).
var feedFormats = map[site.Kind]struct {
	format    feed.Format
	mediaType string
	name      string
}{
	site.FeedRSS:  {feed.RSS, "application/rss+xml", "RSS"},
	site.FeedAtom: {feed.Atom, "application/atom+xml", "Atom"},
	site.FeedJSON: {feed.JSON, "application/feed+json", "JSON"},
}

func feedType(kind site.Kind) string { return feedFormats[kind].mediaType }

// feedLinks are the feeds of a list in the language of its address.
func (r *Renderer) feedLinks(a site.Address, info kiva.ListInfo) []templates.FeedLink {
	var links []templates.FeedLink
	for _, kind := range site.FeedKinds() {
		if own, ok := a.Feed(kind); ok {
			title := r.Teller(a.Language).FeedName(info) + " (" + feedFormats[kind].name + ")"
			links = append(links, templates.FeedLink{Type: feedType(kind), URL: r.site.URL(own), Title: title})
		}
	}
	return links
}

// feeds keeps the feeds that were made last.
type feeds struct {
	mu   sync.Mutex
	kept []*keptFeed // the oldest first
}

// keptFeed is a feed, made by the first who asks; the others wait for it.
type keptFeed struct {
	language string
	list     kiva.List
	mu       sync.Mutex
	feed     *feed.Feed // nil: not made yet
}

func (k *feeds) at(language string, list kiva.List) *keptFeed {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, kept := range k.kept {
		if kept.language == language && kept.list == list {
			return kept
		}
	}
	made := &keptFeed{language: language, list: list}
	k.kept = append(k.kept[max(0, len(k.kept)+1-feedsKept):], made)
	return made
}

// renderFeed writes a feed. A site without loans has the feed of the newest; a
// list that no loan is on has none.
func (r *Renderer) renderFeed(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	kept := r.feeds.at(r.site.Language(a.Language).Tag, listAt(a))
	made, err := kept.make(ctx, r)
	if err != nil {
		return fmt.Errorf("feed %s: %w", r.site.Path(a), err)
	}
	return made.Write(w, feedFormats[a.Kind].format, r.site.URL(a))
}

func (k *keptFeed) make(ctx context.Context, r *Renderer) (*feed.Feed, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.feed != nil {
		return k.feed, nil
	}
	made, err := r.makeFeed(ctx, k.language, k.list)
	if err == nil {
		k.feed = made
	}
	return made, err
}

func (r *Renderer) makeFeed(ctx context.Context, language string, list kiva.List) (*feed.Feed, error) {
	info, err := r.source.ListInfo(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) && list.Kind == kiva.AllLoans {
		info, err = kiva.ListInfo{List: list}, nil
	}
	if err != nil {
		return nil, err
	}
	loans, err := r.newestPosted(ctx, list)
	if err != nil {
		return nil, err
	}
	teller := r.Teller(language)
	told := teller.Feed(info)
	made := &feed.Feed{
		ID: feed.ID(r.site.Name(), language, feedName(list)), Title: told.Title, Description: told.Description,
		Language: language, Page: told.Page, Author: r.site.Name(), Updated: r.date,
	}
	var w bytes.Buffer
	for i := range loans {
		item, err := r.feedItem(ctx, &w, teller.Card(&loans[i]))
		if err != nil {
			return nil, err
		}
		made.Items = append(made.Items, item)
	}
	if len(loans) > 0 && !made.Items[0].Published.IsZero() {
		made.Updated = made.Items[0].Published // so that a feed to which nothing came stays the same bytes
	}
	return made, nil
}

// feedName is what a feed is called in its identifier.
func feedName(list kiva.List) string {
	if list.Kind == kiva.AllLoans {
		return "newest"
	}
	return list.Kind.String() + "/" + url.PathEscape(strings.ToLower(list.Key))
}

// newestPosted are the loans of a feed: the newest by the day on which they
// count as posted, those without one last.
func (r *Renderer) newestPosted(ctx context.Context, list kiva.List) ([]kiva.Loan, error) {
	loans, err := r.newestOf(ctx, list, feedLength)
	if err != nil {
		return nil, err
	}
	if len(loans) == feedLength && r.published(loans[0].Posted).IsZero() {
		if loans, err = r.newestOf(ctx, list, feedReach); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(loans, func(a, b kiva.Loan) int {
		return cmp.Or(r.published(b.Posted).Compare(r.published(a.Posted)), b.Posted.Compare(a.Posted), cmp.Compare(b.ID, a.ID))
	})
	return loans[:min(len(loans), feedLength)], nil
}

// published is the day on which a loan counts as posted: not after the date of
// the data. A posting that lies far ahead of it is a mistake, and such a loan
// would head the feed for years; it counts as one whose posting is not known.
func (r *Renderer) published(posted time.Time) time.Time {
	switch {
	case r.date.IsZero() || !posted.After(r.date):
		return posted
	case posted.Sub(r.date) > feedSkew:
		return time.Time{}
	}
	return r.date
}

// feedItem tells a loan; w is for its markup.
func (r *Renderer) feedItem(ctx context.Context, w *bytes.Buffer, card view.Loan) (feed.Item, error) {
	w.Reset()
	if err := templates.FeedEntry(card).Render(ctx, w); err != nil {
		return feed.Item{}, err
	}
	item := feed.Item{
		ID: feed.ID(r.site.Name(), card.Language.Tag, "loan/"+strconv.FormatInt(card.ID, 10)), URL: card.Page,
		Title: card.LoanTitle, Text: card.Use.String(), HTML: w.String(), Published: r.published(card.Data.Posted),
		Tags: []string{card.Sector.Text, card.Activity.Text, card.Country},
	}
	if p := card.Picture; p != nil && p.Width > 0 && p.Height > 0 {
		item.Image = p.URL
	}
	if at := card.Data.Geo; at != nil {
		item.Point = &feed.Point{Latitude: at.Latitude, Longitude: at.Longitude}
	}
	return item, nil
}
