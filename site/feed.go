package site

import "strings"

// feedEndings are the ends of feeds' addresses; they name the format, as a
// file host tells a file's type by nothing else.
var feedEndings = map[Kind]string{FeedRSS: ".rss", FeedAtom: ".atom", FeedJSON: ".json"}

// FeedKinds are the kinds of feeds, in the order in which pages name them.
func FeedKinds() []Kind { return []Kind{FeedRSS, FeedAtom, FeedJSON} }

// appendFeed appends "feeds/newest.rss", "feeds/docs.rss" or "feeds/country/kh.rss".
func appendFeed(b []byte, a Address) []byte {
	b = append(b, "feeds/"...)
	if a.Of == Doc {
		b = append(b, docsFolder...)
	} else {
		b = appendListName(b, a.Of, a)
	}
	b = append(b, feedEndings[a.Kind]...)
	return b
}

// readFeed reads what stands behind "feeds". There are no feeds by status:
// loans leave such a list, and a feed only ever says what came.
func readFeed(a Address, tail []string) (Address, bool) {
	if len(tail) == 0 {
		return a, false
	}
	last := tail[len(tail)-1]
	for kind, ending := range feedEndings {
		slug, ok := strings.CutSuffix(last, ending)
		if !ok {
			continue
		}
		a.Kind = kind
		switch {
		case len(tail) == 1 && slug == docsFolder:
			a.Of = Doc
			return a, true
		case len(tail) == 1:
			return a, slug == newest
		case len(tail) == 2:
			a.Slug = slug
			a.Of, ok = slugKind(tail[0], slug)
			return a, ok && a.Of != Status
		}
	}
	return a, false
}

// Feed is the address of a list's feed in a format (one of the Feed kinds), in
// the language of the list's address; false for a list that has no feed.
func (a Address) Feed(format Kind) (Address, bool) {
	switch a.Kind {
	case Home, Country, Sector:
		return Address{Kind: format, Language: a.Language, Slug: a.Slug, Of: a.Kind}, true
	}
	return Address{}, false
}

// IsFeed tells whether addresses of the kind are feeds.
func (k Kind) IsFeed() bool { return k == FeedRSS || k == FeedAtom || k == FeedJSON }
