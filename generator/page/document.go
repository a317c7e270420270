package page

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"iter"
	"slices"

	"loanleaf/generator/docs"
	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
)

// tree is the documents of a kind; nil when the site has none.
func (r *Renderer) tree(kind site.Kind) *docs.Tree {
	for _, tree := range r.trees {
		if tree.Kind() == kind && tree.Len("") > 0 {
			return tree
		}
	}
	return nil
}

// Has tells whether there is a document at an address of kind [site.Doc] or
// [site.Prose].
func (r *Renderer) Has(a site.Address) bool {
	tree := r.tree(a.Kind)
	return tree != nil && tree.Has(a)
}

// Documents are the addresses of a kind of documents, [site.Doc] or
// [site.Prose], for readers of a language.
func (r *Renderer) Documents(kind site.Kind, language string) iter.Seq[site.Address] {
	return func(yield func(site.Address) bool) {
		if tree := r.tree(kind); tree != nil {
			tree.Addresses(language)(yield)
		}
	}
}

// documentKinds are the kinds of documents, in the order in which they are
// walked.
var documentKinds = [...]site.Kind{site.Doc, site.Prose}

// renderDocument writes a document.
func (r *Renderer) renderDocument(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	tree := r.tree(a.Kind)
	if tree == nil {
		return fmt.Errorf("document %s: %w", r.site.Path(a), kiva.ErrNotFound)
	}
	p, ok := tree.Page(a)
	if !ok {
		return fmt.Errorf("document %s: %w", r.site.Path(a), kiva.ErrNotFound)
	}
	d := templates.Document{
		Title: p.Title, Description: p.Description, Language: p.Language, Hidden: p.Unlisted || p.Home != p.Address,
		HeadingID: p.HeadingID, Heading: p.Heading, Body: p.Body, Contents: contents(p.Headings), Style: r.docsStyle,
	}
	if a.Kind == site.Doc {
		d.Menu = r.menu(tree.Menu(a.Language), p.Address)
		d.Prev, d.Next = r.onward(p.Prev), r.onward(p.Next)
		d.Crumbs = r.documentCrumbs(tree, a, p)
	}
	return templates.DocumentPage(r.documentFrame(a, p), d).Render(ctx, w)
}

// documentFrame is the frame of a document: alternates are the languages that
// really have it, versions those that show it.
func (r *Renderer) documentFrame(a site.Address, p docs.Page) templates.Frame {
	f := r.frameIn(a.Language)
	f.Canonical = r.site.URL(p.Home)
	path := r.site.Path(p.Address)
	f.Sections, f.Extra = marked(f.Sections, path), marked(f.Extra, path)
	if len(p.Versions) > 1 {
		for _, v := range p.Versions {
			f.Versions = append(f.Versions, templates.Alternate{Lang: v.Language.Tag, URL: r.site.URL(v.Address)})
		}
	}
	if !p.Translated {
		return f
	}
	for _, v := range p.Versions {
		if v.Translated {
			f.Alternates = append(f.Alternates, templates.Alternate{Lang: v.Language.Tag, URL: r.site.URL(v.Address)})
		}
	}
	if len(f.Alternates) < 2 {
		f.Alternates = nil
		return f
	}
	// Readers of other languages are sent to the first language that has it.
	f.Alternates = append(f.Alternates, templates.Alternate{Lang: "x-default", URL: f.Alternates[0].URL})
	return f
}

// contents are the headings of the second and the third level.
func contents(headings []docs.Heading) []templates.DocumentHeading {
	var list []templates.DocumentHeading
	for _, h := range headings {
		if (h.Level == 2 || h.Level == 3) && h.ID != "" && h.Text != "" {
			list = append(list, templates.DocumentHeading{ID: h.ID, Text: h.Text, Deeper: h.Level == 3})
		}
	}
	return list
}

func (r *Renderer) way(e docs.Entry, here site.Address) templates.Way {
	w := templates.Way{Label: e.Label, Lang: e.Language.Tag}
	if e.HasPage {
		w.URL, w.Here = r.site.Path(e.Address), e.Address == here
	}
	return w
}

func (r *Renderer) onward(e *docs.Entry) *templates.Way {
	if e == nil {
		return nil
	}
	w := r.way(*e, site.Address{})
	return &w
}

func (r *Renderer) menu(entries []docs.Entry, here site.Address) []templates.MenuEntry {
	var list []templates.MenuEntry
	for _, e := range entries {
		list = append(list, templates.MenuEntry{Way: r.way(e, here), Below: r.menu(e.Entries, here)})
	}
	return list
}

// documentCrumbs lead from the front page to a document.
func (r *Renderer) documentCrumbs(tree *docs.Tree, a site.Address, p docs.Page) []templates.Way {
	words := r.site.Language(a.Language).Words
	crumbs := []templates.Way{{Label: words.Home, URL: r.site.Path(site.Address{Language: a.Language})}}
	if start, ok := tree.Start(a.Language); ok && start.Address != p.Address {
		crumbs = append(crumbs, templates.Way{Label: words.Documentation, URL: r.site.Path(start.Address)})
	}
	for _, e := range p.Trail {
		crumbs = append(crumbs, r.way(e, p.Address))
	}
	return crumbs
}

// ways are the links to documents that stand on every page of a language: to
// the parts of the site beside its loans, and to pages of the operator's own.
type ways struct{ sections, extra []templates.Way }

func (r *Renderer) findWays() map[string]ways {
	all := map[string]ways{}
	nowhere := site.Address{Kind: site.NotFound}
	for _, language := range r.site.Languages() {
		var w ways
		if tree := r.tree(site.Doc); tree != nil {
			if start, ok := tree.Start(language.Tag); ok {
				w.sections = []templates.Way{{Label: language.Words.Documentation, URL: r.site.Path(start.Address)}}
			}
		}
		if tree := r.tree(site.Prose); tree != nil {
			for e := range docs.Pages(tree.Menu(language.Tag)) {
				w.extra = append(w.extra, r.way(e, nowhere))
			}
		}
		all[language.Tag] = w
	}
	return all
}

// marked are links of which the one to a path says that it is where the reader
// is.
func marked(list []templates.Way, path string) []templates.Way {
	list = slices.Clone(list)
	for i := range list {
		list[i].Here = list[i].URL == path
	}
	return list
}

// walkDocuments names the documents of one language.
func (r *Renderer) walkDocuments(language string, yield func(site.Address, error) bool) bool {
	for _, kind := range documentKinds {
		for a := range r.Documents(kind, language) {
			if !yield(a, nil) {
				return false
			}
		}
	}
	return true
}

// hasProse tells whether there is anything for the sitemap of documents.
func (r *Renderer) hasProse() bool {
	return r.tree(site.Doc) != nil || r.tree(site.Prose) != nil || r.hasLoans()
}

// renderProseSitemap writes the sitemap of documents and of the page that hands out
// code: each address where search engines find a text, with its translations
// (sitemaps.org 0.9, with the links of XHTML that search engines read in it).
func (r *Renderer) renderProseSitemap(w *bytes.Buffer) error {
	if !r.hasProse() {
		return fmt.Errorf("sitemap %s: %w", site.ProseSitemap, kiva.ErrNotFound)
	}
	w.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	write := func(a site.Address, alternates []templates.Alternate) {
		w.WriteString("<url><loc>")
		xml.EscapeText(w, []byte(r.site.URL(a)))
		w.WriteString("</loc>")
		for _, alternate := range alternates {
			fmt.Fprintf(w, `<xhtml:link rel="alternate" hreflang="%s" href="`, alternate.Lang)
			xml.EscapeText(w, []byte(alternate.URL))
			w.WriteString(`"/>`)
		}
		w.WriteString("</url>\n")
	}
	for _, language := range r.site.Languages() {
		if r.hasLoans() {
			a := site.Address{Kind: site.Embed, Language: language.Tag}
			write(a, r.frameFor(a).Alternates)
		}
		for _, kind := range documentKinds {
			for a := range r.Documents(kind, language.Tag) {
				p, ok := r.tree(kind).Page(a)
				if !ok || p.Unlisted || p.Home != p.Address {
					continue
				}
				write(a, r.documentFrame(a, p).Alternates)
			}
		}
	}
	w.WriteString("</urlset>\n")
	return nil
}
