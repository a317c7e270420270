package page

import (
	"bytes"
	"cmp"
	"context"
	"strings"

	"loanleaf/generator/docs"
	"loanleaf/site"
	"loanleaf/templates"
)

// Moved is where an address of a document that is no more leads: a path of the
// site or a whole address.
func (r *Renderer) Moved(a site.Address) (to string, ok bool) { return r.moves.To(a) }

// Moves are the addresses of a kind, [site.Doc] or [site.Prose], in a language
// that lead elsewhere, in a fixed order.
func (r *Renderer) Moves(kind site.Kind, language string) []site.Address {
	var list []site.Address
	for a := range r.moves.All() {
		if first := r.site.Languages()[0].Tag; a.Kind == kind && cmp.Or(a.Language, first) == cmp.Or(language, first) {
			list = append(list, a)
		}
	}
	return list
}

// renderMoved writes the page of an address that leads elsewhere.
func (r *Renderer) renderMoved(ctx context.Context, w *bytes.Buffer, a site.Address, to string) error {
	f := r.frameIn(a.Language)
	way := templates.Way{Label: to, URL: to}
	f.Canonical = to
	if strings.HasPrefix(to, "/") {
		path, _, _ := strings.Cut(to, "#")
		path, _, _ = strings.Cut(path, "?")
		f.Canonical = r.site.Origin() + path
		if target, ok := r.site.Resolve(path); ok {
			if tree := r.tree(target.Kind); tree != nil {
				if p, ok := tree.Brief(target); ok {
					way.Label, way.Lang = p.Title, p.Language.Tag
				}
			}
		}
	}
	return templates.MovedPage(f, way).Render(ctx, w)
}

// renderLostDocument writes the page for what is not there below the
// documentation.
func (r *Renderer) renderLostDocument(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	f := r.frameIn(a.Language)
	menu, err := r.menus.of(r, r.tree(site.Doc), a.Language, docs.Page{})
	if err != nil {
		return err
	}
	return templates.LostDocumentPage(f, menu, r.docsStyle).Render(ctx, w)
}

// readDocuments finds out what all pages of documents need.
func (r *Renderer) readDocuments() {
	r.moves, _ = docs.NewMoves(r.site, r.trees...) // who opened the documents tells of the findings
	r.large, r.changed = map[string]bool{}, map[string][]docs.Change{}
	tree := r.tree(site.Doc)
	if tree == nil {
		return
	}
	for _, language := range r.readers() {
		r.large[language.Tag] = tree.Len(language.Tag) >= largeMenu
		r.changed[language.Tag] = tree.Changes(language.Tag)
	}
}
