package view

import "loanleaf/kiva"

// Feed tells of a list as a feed: what its readers call it, and where it comes
// from. The list of all loans is called the newest ones, and stands for the
// front page.
func (t *Teller) Feed(info kiva.ListInfo) Feed {
	w := t.begin()
	defer w.end()
	f := Feed{
		Language: t.language, Title: w.siteTitle(w.feedName(info)),
		Description: w.count(info).String(), Page: w.listURL(info.List, 0),
	}
	if f.Description == "" {
		f.Description = t.words.NoLoans
	}
	return f
}

// FeedName is what pages call the feed of a list: "Newest loans", "Loans in
// Kenya".
func (t *Teller) FeedName(info kiva.ListInfo) string {
	w := t.begin()
	defer w.end()
	return w.feedName(info)
}

func (t *telling) feedName(info kiva.ListInfo) string {
	if info.Kind == kiva.AllLoans {
		return t.words.NewestLoans
	}
	return t.heading(info).String()
}
