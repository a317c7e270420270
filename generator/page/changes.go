package page

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"net/url"

	"loanleaf/generator/feed"
	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
)

// changesLength is how many changes the feed of documentation holds.
const changesLength = 50

// renderChanges writes the feed of changes to the documentation in a language.
// Where nobody said when a document changed there is none. An entry is a change,
// not a document: one that changes again comes up again.
func (r *Renderer) renderChanges(w *bytes.Buffer, a site.Address) error {
	language := r.reader(a.Language)
	if language == nil {
		return fmt.Errorf("feed %s: %w", r.site.Path(a), kiva.ErrNotFound)
	}
	changes := r.changed[language.Tag]
	if len(changes) == 0 {
		return fmt.Errorf("feed %s: %w", r.site.Path(a), kiva.ErrNotFound)
	}
	words, name := r.site.Around(a.Language).Words.Docs, r.site.Name()
	page := site.Address{Language: a.Language}
	if start, ok := r.tree(site.Doc).Start(language.Tag); ok {
		page = start.Address
	}
	made := &feed.Feed{
		ID: feed.ID(name, language.Tag, "docs"), Title: words.FeedTitle.Fill("site", name), Description: words.FeedDescription.Fill("site", name),
		Language: language.Tag, Page: r.site.URL(page), Author: name, Updated: changes[0].Updated,
	}
	for _, c := range changes[:min(len(changes), changesLength)] {
		text := c.Description
		if text == "" {
			text = c.Title
		}
		made.Items = append(made.Items, feed.Item{
			ID: feed.ID(name, language.Tag, "docs/"+url.PathEscape(c.Key)+"/"+c.Updated.Format("2006-01-02")), URL: r.site.URL(c.Address),
			Title: c.Title, Text: text, HTML: "<p>" + html.EscapeString(text) + "</p>", Published: c.Updated,
		})
	}
	return made.Write(w, feedFormats[a.Kind].format, r.site.URL(a))
}

// changeFeeds are the feeds of changes in a language, in every format; none where
// nothing is dated.
func (r *Renderer) changeFeeds(language string) []site.Address {
	if len(r.changed[cmp.Or(language, r.site.Languages()[0].Tag)]) == 0 {
		return nil
	}
	var list []site.Address
	for _, format := range site.FeedKinds() {
		list = append(list, site.Address{Kind: format, Of: site.Doc, Language: language})
	}
	return list
}

// HasChanges tells whether there are feeds of changes to the documentation in a
// language.
func (r *Renderer) HasChanges(language string) bool { return len(r.changeFeeds(language)) > 0 }

// changeLinks lead feed readers to the changes of the documentation.
func (r *Renderer) changeLinks(a site.Address) []templates.FeedLink {
	if a.Kind != site.Doc {
		return nil
	}
	var links []templates.FeedLink
	for _, own := range r.changeFeeds(a.Language) {
		title := r.site.Around(a.Language).Words.Docs.Feed + " (" + feedFormats[own.Kind].name + ")"
		links = append(links, templates.FeedLink{Type: feedType(own.Kind), URL: r.site.URL(own), Title: title})
	}
	return links
}
