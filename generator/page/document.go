package page

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"loanleaf/generator/docs"
	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
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

// Has tells whether there is something at an address of kind [site.Doc],
// [site.Prose] or [site.Twin]: a document or its text, or where one was the way to
// where it is now.
func (r *Renderer) Has(a site.Address) bool {
	if _, moved := r.Moved(a); moved {
		return true
	}
	document := a.Document()
	tree := r.tree(document.Kind)
	return tree != nil && tree.Has(document)
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

// Guests are the languages that documents are in and the site does not speak, by
// tag. Readers of them have documents alone, with the site's first language
// around them.
func (r *Renderer) Guests() []*locale.Language {
	var all []*locale.Language
	for _, tree := range r.trees {
		for _, guest := range tree.Guests() {
			if !slices.ContainsFunc(all, func(l *locale.Language) bool { return l.Tag == guest.Tag }) {
				all = append(all, guest)
			}
		}
	}
	slices.SortFunc(all, func(a, b *locale.Language) int { return strings.Compare(a.Tag, b.Tag) })
	return all
}

// readers are the languages that documents have readers of.
func (r *Renderer) readers() []*locale.Language {
	return append(slices.Clip(r.site.Languages()), r.Guests()...)
}

// reader is the language of those whom an address with a tag is for, the site's
// first for ""; nil for one that nothing is in.
func (r *Renderer) reader(tag string) *locale.Language {
	if l := r.site.Language(tag); l != nil {
		return l
	}
	for _, guest := range r.Guests() {
		if guest.Tag == tag {
			return guest
		}
	}
	return nil
}

// LanguageOf is the tag of the language whose readers an address is for.
func (r *Renderer) LanguageOf(a site.Address) string {
	if document := a.Document(); (document.Kind == site.Doc || document.Kind == site.Prose) && a.Language != "" {
		return a.Language
	}
	return r.site.Around(a.Language).Tag
}

// documentKinds are the kinds of documents, in the order in which they are
// walked.
var documentKinds = [...]site.Kind{site.Doc, site.Prose}

// renderDocument writes a document.
func (r *Renderer) renderDocument(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	if to, ok := r.Moved(a); ok {
		return r.renderMoved(ctx, w, a, to)
	}
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
		Untranslated: !p.Translated, Reader: tree.Reader(a.Language), HeadingID: p.HeadingID, Heading: p.Heading, HeadingHidden: p.Hidden, Body: p.Body, Code: strings.Contains(p.Body, "<pre"), Contents: contents(p.Contents), Style: r.docsStyle, Script: r.docsScript,
		Updated: p.Updated, Author: p.Author, Twin: r.twinOf(p.Address),
	}
	d.EditURL, d.TranslateURL = r.editing(p)
	if a.Kind == site.Doc {
		var err error
		if d.Menu, err = r.menus.of(r, tree, a.Language, p); err != nil {
			return err
		}
		d.Here = r.site.Path(p.Address)
		for _, f := range r.changeFeeds(a.Language)[:min(1, len(r.changeFeeds(a.Language)))] {
			d.Changes = r.site.Path(f)
		}
		d.Prev, d.Next = r.onward(p.Prev), r.onward(p.Next)
		d.Crumbs = r.documentCrumbs(tree, a, p)
		d.Find = &templates.Find{Index: r.site.Path(site.Address{Kind: site.DocIndex, Language: a.Language}), Script: r.finder}
	}
	return templates.DocumentPage(r.documentFrame(a, p), d).Render(ctx, w)
}

// documentFrame is the frame of a document: alternates are the languages that
// really have it, versions those that show it.
func (r *Renderer) documentFrame(a site.Address, p docs.Page) templates.Frame {
	f := r.frameIn(a.Language)
	f.Canonical = r.site.URL(p.Home)
	if r.site.Language(a.Language) == nil {
		f.Reader = a.Language
	}
	f.Feeds = r.changeLinks(a)
	path := r.site.Path(p.Address)
	f.Sections, f.Extra = marked(f.Sections, path), marked(f.Extra, path)
	if len(p.Versions) > 1 { // the nearest document of a language is switched to as well
		f.Versions = make([]templates.Alternate, 0, len(p.Versions))
		for _, v := range p.Versions {
			f.Versions = append(f.Versions, templates.Alternate{Lang: v.Language.Tag, Name: v.Language.Name, URL: r.site.URL(v.Address)})
		}
	}
	f.Alternates = r.alternates(p)
	return f
}

// alternates are the languages that a document is really in, none where it is in
// one.
func (r *Renderer) alternates(p docs.Page) []templates.Alternate {
	if !p.Translated {
		return nil
	}
	list := make([]templates.Alternate, 0, len(p.Versions)+1)
	for _, v := range p.Versions {
		if v.Translated {
			list = append(list, templates.Alternate{Lang: v.Language.Tag, URL: r.site.URL(v.Address)})
		}
	}
	if len(list) < 2 {
		return nil
	}
	// Readers of other languages are sent to the first language that has it.
	return append(list, templates.Alternate{Lang: "x-default", URL: list[0].URL})
}

// editing is where a document is edited, and where its translation would be
// begun; each may be empty.
func (r *Renderer) editing(p docs.Page) (edit, translate string) {
	switch {
	case p.File == "":
		return "", ""
	case p.EditURL != nil:
		edit, _ = r.site.SafeURL(*p.EditURL)
	default:
		edit, _ = r.site.EditURL(p.File)
	}
	if p.Wanted != "" {
		translate, _ = r.site.BeginURL(p.Wanted)
	}
	return edit, translate
}

// contents is a table of contents; what is below its highest level stands in.
func contents(headings []docs.Heading) []templates.DocumentHeading {
	var list []templates.DocumentHeading
	highest := 6
	for _, h := range headings {
		highest = min(highest, h.Level)
	}
	for _, h := range headings {
		list = append(list, templates.DocumentHeading{ID: h.ID, Text: h.Text, Deeper: h.Level > highest})
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

// documentCrumbs lead from the front page to a document.
func (r *Renderer) documentCrumbs(tree *docs.Tree, a site.Address, p docs.Page) []templates.Way {
	words := r.site.Around(a.Language).Words
	crumbs := []templates.Way{{Label: words.Home, URL: r.site.Path(site.Address{Language: r.site.Around(a.Language).Tag})}}
	if start, ok := tree.Start(a.Language); ok && start.Address != p.Address {
		crumbs = append(crumbs, templates.Way{Label: words.Documentation, URL: r.site.Path(start.Address)})
	}
	for _, e := range p.Trail {
		crumbs = append(crumbs, r.way(e, p.Address))
	}
	return crumbs
}

// ways are the links to documents that stand on every page of a language: to
// the parts of the site beside its loans, and to pages of the operator's own; where
// there are loans, to the page that hands out their code before these. card is what
// previews show of pages without a picture.
type ways struct {
	sections, extra, withEmbed []templates.Way

	card view.Picture
}

func (r *Renderer) findWays() map[string]ways {
	all := map[string]ways{}
	nowhere := site.Address{Kind: site.NotFound}
	for _, language := range r.readers() {
		var w ways
		if tree := r.tree(site.Doc); tree != nil {
			if start, ok := tree.Start(language.Tag); ok {
				w.sections = []templates.Way{{Label: r.site.Around(language.Tag).Words.Documentation, URL: r.site.Path(start.Address)}}
			}
		}
		if tree := r.tree(site.Prose); tree != nil {
			for e := range docs.Pages(tree.Menu(language.Tag)) {
				w.extra = append(w.extra, r.way(e, nowhere))
			}
		}
		around := r.site.Around(language.Tag)
		embed := site.Address{Kind: site.Embed, Language: around.Tag}
		w.withEmbed = append([]templates.Way{{Label: around.Words.Embed.Heading, URL: r.site.Path(embed), Lang: around.Tag}}, w.extra...)
		w.card = templates.SiteCard(r.site, around)
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

// walkDocuments names the documents of one language, and what stands beside them.
func (r *Renderer) walkDocuments(language string, yield func(site.Address, error) bool) bool {
	var beside []site.Address
	guest := language != "" && r.site.Language(language) == nil
	if r.hasDocuments() {
		beside = append(beside, site.Address{Kind: site.LLMs, Language: language}, site.Address{Kind: site.LLMsFull, Language: language})
	}
	if r.tree(site.Doc) != nil && !guest {
		beside = append(beside, site.Address{Kind: site.NotFound, Of: site.Doc, Language: language})
	}
	if r.indexes[cmp.Or(language, r.site.Languages()[0].Tag)] != nil {
		beside = append(beside, site.Address{Kind: site.DocIndex, Language: language})
	}
	beside = append(beside, r.changeFeeds(language)...)
	for _, kind := range documentKinds {
		beside = append(beside, r.Moves(kind, language)...)
	}
	for _, a := range beside {
		if !yield(a, nil) {
			return false
		}
	}
	for _, kind := range documentKinds {
		for a := range r.Documents(kind, language) {
			twin, _ := a.Twin()
			if !yield(a, nil) || !yield(twin, nil) {
				return false
			}
		}
	}
	return true
}

// hasDocuments tells whether there are any.
func (r *Renderer) hasDocuments() bool {
	return r.tree(site.Doc) != nil || r.tree(site.Prose) != nil
}

// hasProse tells whether there is anything for the sitemap of documents.
func (r *Renderer) hasProse() bool { return r.hasDocuments() || r.hasLoans() }

// renderProseSitemap writes the sitemap of documents and of the page that hands out
// code: each address where search engines find a text, with its translations
// (sitemaps.org 0.9, with the links of XHTML that search engines read in it).
func (r *Renderer) renderProseSitemap(w *bytes.Buffer) error {
	if !r.hasProse() {
		return fmt.Errorf("sitemap %s: %w", site.ProseSitemap, kiva.ErrNotFound)
	}
	w.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">` + "\n")
	write := func(a site.Address, updated time.Time, alternates []templates.Alternate) {
		w.WriteString("<url><loc>")
		xml.EscapeText(w, []byte(r.site.URL(a)))
		w.WriteString("</loc>")
		if !updated.IsZero() {
			w.WriteString("<lastmod>" + updated.Format(time.DateOnly) + "</lastmod>")
		}
		for _, alternate := range alternates {
			fmt.Fprintf(w, `<xhtml:link rel="alternate" hreflang="%s" href="`, alternate.Lang)
			xml.EscapeText(w, []byte(alternate.URL))
			w.WriteString(`"/>`)
		}
		w.WriteString("</url>\n")
	}
	if r.hasLoans() {
		for _, language := range r.site.Languages() {
			a := site.Address{Kind: site.Embed, Language: language.Tag}
			write(a, time.Time{}, r.frameFor(a).Alternates)
		}
	}
	left := 0 // documents, about as long as one another
	for _, language := range r.readers() {
		for _, kind := range documentKinds {
			if tree := r.tree(kind); tree != nil {
				left += tree.Len(language.Tag)
			}
		}
	}
	for _, language := range r.readers() {
		for _, kind := range documentKinds {
			for a := range r.Documents(kind, language.Tag) {
				began := w.Len()
				p, ok := r.tree(kind).Brief(a)
				if !ok || p.Unlisted || p.Home != p.Address {
					continue
				}
				write(a, p.Updated, r.alternates(p))
				w.Grow(left * (w.Len() - began))
				left = 0
			}
		}
	}
	w.WriteString("</urlset>\n")
	return nil
}
