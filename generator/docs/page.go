package docs

import (
	"fmt"
	"html"
	"slices"
	"strings"

	"loanleaf/locale"
	"loanleaf/site"
)

// Page is a document as readers of one language have it.
type Page struct {
	Address     site.Address
	Title       string           // plain
	Description string           // plain, may be empty
	Language    *locale.Language // of the text
	Translated  bool             // tells whether that is the reader's language
	Unlisted    bool
	Listing     bool // tells whether the body is a list of what is below, made for a folder

	HeadingID string // of the first heading; may be empty
	Heading   string // HTML without block elements
	Body      string // HTML
	Headings  []Heading

	Trail      []Entry // the folders above it, from the top
	Prev, Next *Entry

	// Versions are the document for readers of each language of the site that has
	// it, in the order of the site's languages.
	Versions []Version
	// Home is the address where search engines find the text: its own, or the one
	// of the language it is in; of the site's first language where the site does not
	// speak that.
	Home site.Address
}

// Version is a document for readers of a language.
type Version struct {
	Language   *locale.Language
	Address    site.Address
	Translated bool // tells whether the text is in that language
}

// Page is the document at an address; false when there is none.
func (t *Tree) Page(a site.Address) (Page, bool) {
	shelf := t.shelf(a.Language)
	if shelf == nil || a.Kind != t.kind {
		return Page{}, false
	}
	key, ok := shelf.bySlug[a.Slug]
	if !ok {
		return Page{}, false
	}
	d := shelf.documents[key]
	p := Page{
		Address: t.address(shelf, key), Title: d.title, Description: d.description, Language: d.language,
		Translated: d.language == shelf.language, Unlisted: d.matter.Unlisted,
		Heading: html.EscapeString(d.title), Body: t.write(d.body, d, shelf), Headings: d.headings,
	}
	if d.heading != nil {
		p.Heading = t.write(d.heading, d, shelf)
		p.HeadingID, p.Headings = d.headings[0].ID, d.headings[1:]
	}
	p.Trail, _ = trail(shelf.menu, p.Address)
	if d.category != nil {
		p.Body, p.Listing = t.cards(shelf, key), true
	}
	if at := slices.Index(shelf.order[:shelf.listed], key); at >= 0 {
		p.Prev = t.onward(shelf, at-1, d.matter, "pagination_prev", d.matter.Prev)
		p.Next = t.onward(shelf, at+1, d.matter, "pagination_next", d.matter.Next)
	}
	t.addVersions(&p, key)
	return p, true
}

// onward is the document before or after another: the one that its front matter
// names by its id, none where the key has no value, else the one at a place of
// the order.
func (t *Tree) onward(s *shelf, at int, m matter, key string, id *string) *Entry {
	switch {
	case m.says(key) && id == nil:
		return nil
	case id != nil:
		at = slices.IndexFunc(s.order[:s.listed], func(key string) bool { return s.documents[key].id() == *id })
	}
	if at < 0 || at >= s.listed {
		return nil
	}
	e := t.entry(s, s.order[at])
	e.Label = firstOf(s.documents[s.order[at]].matter.PaginationLabel, e.Label)
	return &e
}

// cards are what is below a line of the menu, as a list.
func (t *Tree) cards(s *shelf, key string) string {
	var b strings.Builder
	b.WriteString("<ul class=\"below\">\n")
	for _, e := range below(s.menu, key) {
		first := e
		if !e.HasPage {
			for first = range Pages(e.Entries) {
				break
			}
		}
		of := ""
		if e.Language != s.language {
			of = ` lang="` + e.Language.Tag + `" dir="` + e.Language.Direction + `"`
		}
		fmt.Fprintf(&b, "<li%s><a href=\"%s\">%s</a>", of, html.EscapeString(t.site.Path(first.Address)), html.EscapeString(e.Label))
		if e.Description != "" {
			fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(e.Description))
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</ul>\n")
	return b.String()
}

// below are the lines below the one of a document; where there are none, the
// ones beside it.
func below(menu []Entry, key string) []Entry {
	for i, e := range menu {
		if e.HasPage && e.key == key {
			if len(e.Entries) > 0 {
				return e.Entries
			}
			return slices.Delete(slices.Clone(menu), i, i+1)
		}
		if found := below(e.Entries, key); found != nil {
			return found
		}
	}
	return nil
}

// addVersions names the document in every language, and its home.
func (t *Tree) addVersions(p *Page, key string) {
	for _, language := range t.site.Languages() {
		shelf := t.languages[language.Tag]
		d := shelf.documents[key]
		if d == nil {
			continue
		}
		v := Version{language, t.address(shelf, key), d.language == language}
		if len(p.Versions) == 0 || language == p.Language {
			p.Home = v.Address
		}
		p.Versions = append(p.Versions, v)
	}
}

// trail are the entries above the one of an address.
func trail(menu []Entry, a site.Address) ([]Entry, bool) {
	for _, e := range menu {
		if e.HasPage && e.Address == a {
			return nil, true
		}
		if above, ok := trail(e.Entries, a); ok {
			return append([]Entry{e}, above...), true
		}
	}
	return nil, false
}
