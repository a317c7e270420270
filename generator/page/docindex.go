package page

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"sync"

	"loanleaf/generator/docs"
	"loanleaf/generator/docs/search"
	"loanleaf/kiva"
	"loanleaf/site"
)

// prepareIndexes promises an index of the documentation for each language. It is
// made when it is asked for, once: many readers use it, and a change of any
// document changes it.
func (r *Renderer) prepareIndexes() map[string]func() ([]byte, error) {
	indexes := map[string]func() ([]byte, error){}
	tree := r.tree(site.Doc)
	if tree == nil {
		return indexes
	}
	for _, language := range r.readers() {
		if _, ok := tree.Start(language.Tag); !ok && r.site.Language(language.Tag) == nil {
			continue // a language of pages beside the documentation
		}
		indexes[language.Tag] = sync.OnceValues(func() ([]byte, error) {
			return search.Index(r.searched(tree, language.Tag))
		})
	}
	return indexes
}

// searched are the documents that readers of a language can find: all that are
// in the menu, also those in the words of another language.
func (r *Renderer) searched(tree *docs.Tree, language string) iter.Seq[search.Page] {
	return func(yield func(search.Page) bool) {
		for a := range tree.Addresses(language) {
			p, ok := tree.Text(a)
			if !ok || p.Unlisted {
				continue
			}
			found := search.Page{Path: r.site.Path(a), Title: p.Title, Heading: p.Heading, Body: p.Body}
			if p.Listing {
				found.Body = "" // what it says of other documents is found in these
			}
			if !p.Translated {
				found.Language = p.Language.Tag
			}
			if !yield(found) {
				return
			}
		}
	}
}

// renderDocIndex writes the index in which the documentation of a language is
// searched.
func (r *Renderer) renderDocIndex(w *bytes.Buffer, a site.Address) error {
	index := r.indexes[cmp.Or(a.Language, r.site.Languages()[0].Tag)]
	if index == nil {
		return fmt.Errorf("search of documents: %w", kiva.ErrNotFound)
	}
	body, err := index()
	if err != nil {
		return fmt.Errorf("search of documents: %w", err)
	}
	w.Write(body)
	return nil
}
