package docs

import (
	"fmt"
	"html"
	"path"
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
	Origin
	Listing bool // tells whether the body is a list of what is below, made for a folder

	HeadingID string // of the first heading; may be empty
	Heading   string // HTML without block elements
	Hidden    bool   // tells whether the heading is for those alone who do not see the page
	Body      string // HTML
	Headings  []Heading
	Contents  []Heading // of them, those for a table of contents

	Trail      []Entry // the folders above it, from the top
	Line       string  // names the innermost line of the menu with others below it that is its own or above it; empty: none is
	Prev, Next *Entry

	// Versions are the document for readers of each language of the site, in the
	// order of those, or where a language does not have it what is nearest to it.
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
	Nearest    bool // tells whether it is another document, one above, or the front page
}

// Page is the document at an address; false when there is none.
func (t *Tree) Page(a site.Address) (Page, bool) {
	shelf, d, key := t.find(a)
	if d == nil {
		return Page{}, false
	}
	p := t.brief(shelf, d, key)
	t.fill(&p, shelf, d, key)
	p.Contents = d.matter.contents(p.Headings)
	if place, ok := shelf.places[key]; ok {
		p.Trail, p.Line = place.above, place.line
		p.Prev = t.onward(shelf, place.at-1, d.matter, "pagination_prev", d.matter.Prev)
		p.Next = t.onward(shelf, place.at+1, d.matter, "pagination_next", d.matter.Next)
	}
	t.addVersions(&p, key)
	return p, true
}

// Brief is Page without its heading, its body and what leads from it to the next:
// what is said of a document elsewhere.
func (t *Tree) Brief(a site.Address) (Page, bool) {
	shelf, d, key := t.find(a)
	if d == nil {
		return Page{}, false
	}
	p := t.brief(shelf, d, key)
	t.addVersions(&p, key)
	return p, true
}

// Text is Page without what leads from it to others: what is looked for in it.
func (t *Tree) Text(a site.Address) (Page, bool) {
	shelf, d, key := t.find(a)
	if d == nil {
		return Page{}, false
	}
	p := t.brief(shelf, d, key)
	t.fill(&p, shelf, d, key)
	return p, true
}

// find is the document at an address, and the shelf that it is on; nil when there
// is none.
func (t *Tree) find(a site.Address) (shelf *shelf, d *document, key string) {
	if shelf = t.shelf(a.Language); shelf == nil || a.Kind != t.kind {
		return nil, nil, ""
	}
	key, ok := shelf.bySlug[a.Slug]
	if !ok {
		return nil, nil, ""
	}
	return shelf, shelf.documents[key], key
}

func (t *Tree) brief(shelf *shelf, d *document, key string) Page {
	return Page{
		Address: t.address(shelf, key), Title: d.title, Description: d.description, Language: d.language,
		Translated: d.language == shelf.language, Unlisted: d.matter.Unlisted, Listing: d.category != nil, Origin: t.originOf(d, key, shelf),
	}
}

// fill adds heading and body.
func (t *Tree) fill(p *Page, shelf *shelf, d *document, key string) {
	p.Headings, p.Hidden = d.headings, d.heading == nil && d.matter.HideTitle
	if d.heading != nil {
		p.Heading = t.write(d.heading, d, shelf)
		p.HeadingID, p.Headings = d.headings[0].ID, d.headings[1:]
	} else {
		p.Heading = html.EscapeString(d.title)
	}
	if p.Listing {
		p.Body = t.cards(shelf, key)
	} else {
		p.Body = t.write(d.body, d, shelf)
	}
}

// contents are the headings of a table of contents: those of the second and the
// third level, or of the levels that front matter names; none where it says so.
func (m matter) contents(all []Heading) []Heading {
	if m.HideContents {
		return nil
	}
	from, to := 2, 3
	if m.ContentsFrom != nil {
		from = *m.ContentsFrom
	}
	if m.ContentsTo != nil {
		to = *m.ContentsTo
	}
	var list []Heading
	for _, h := range all {
		if h.Level >= from && h.Level <= to && h.ID != "" && h.Text != "" {
			list = append(list, h)
		}
	}
	return list
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
	readers := t.readers()
	p.Versions = make([]Version, 0, len(readers))
	for _, language := range readers {
		shelf := t.languages[language.Tag]
		d := shelf.documents[key]
		if d == nil {
			p.Versions = append(p.Versions, Version{Language: language, Address: t.nearest(shelf, key), Nearest: true})
			continue
		}
		v := Version{Language: language, Address: t.address(shelf, key), Translated: d.language == language}
		if p.Home.Kind != t.kind || language == p.Language {
			p.Home = v.Address
		}
		p.Versions = append(p.Versions, v)
	}
}

// nearest is where readers of a language come that does not have a document: to
// what stands for the nearest folder around it, else to the first document, or to
// the front page, since pages of the operator's own have no first one.
func (t *Tree) nearest(s *shelf, key string) site.Address {
	for folder := path.Dir(key); ; folder = path.Dir(folder) {
		for _, above := range keysOf(s.documents) {
			if path.Dir(above) == folder && (isIndex(above) || path.Base(above) == categoryName) {
				return t.address(s, above)
			}
		}
		if folder == "." {
			break
		}
	}
	if start, ok := t.Start(s.language.Tag); ok && t.kind == site.Doc {
		return start.Address
	}
	if t.site.Language(s.language.Tag) == nil {
		return site.Address{} // which guests have none of their own of
	}
	return t.frontPage(s)
}
