package page

import (
	"bytes"
	"fmt"
	"strings"

	"loanleaf/generator/docs"
	"loanleaf/kiva"
	"loanleaf/site"
)

// renderTwin writes the text of a document.
func (r *Renderer) renderTwin(w *bytes.Buffer, a site.Address) error {
	if tree := r.tree(a.Of); tree != nil {
		if text, ok := tree.Markdown(a.Document()); ok {
			w.WriteString(text)
			return nil
		}
	}
	return fmt.Errorf("text %s: %w", r.site.Path(a), kiva.ErrNotFound)
}

// twinOf is the path of a document's text.
func (r *Renderer) twinOf(a site.Address) string {
	twin, _ := a.Twin()
	return r.site.Path(twin)
}

// renderLLMs writes the documents of a language for language models, in the form
// of llmstxt.org: a heading, a sentence, and for each folder of the menu a list of
// links to texts. The longer list has the texts themselves.
func (r *Renderer) renderLLMs(w *bytes.Buffer, a site.Address) error {
	language := r.reader(a.Language)
	if language == nil || !r.hasDocuments() {
		return fmt.Errorf("%s: %w", r.site.Path(a), kiva.ErrNotFound)
	}
	words := r.site.Around(a.Language).Words
	fmt.Fprintf(w, "# %s\n\n> %s\n", docs.EscapeMarkdown(r.site.Name()), docs.EscapeMarkdown(words.Docs.About.Fill("site", r.site.Name())))
	if a.Kind == site.LLMsFull {
		r.writeTexts(w, language.Tag)
		return nil
	}
	if tree := r.tree(site.Doc); tree != nil {
		r.writeSection(w, words.Documentation, tree.Menu(language.Tag), language.Tag)
	}
	if tree := r.tree(site.Prose); tree != nil {
		r.writeSection(w, words.Pages, tree.Menu(language.Tag), language.Tag)
	}
	fmt.Fprintf(w, "\n## Optional\n\n- [%s](%s)\n", docs.EscapeMarkdown(words.Docs.WholeText), r.site.URL(site.Address{Kind: site.LLMsFull, Language: a.Language}))
	for _, other := range r.readers() {
		if other != language {
			fmt.Fprintf(w, "- [%s](%s)\n", docs.EscapeMarkdown(other.Name), r.site.URL(site.Address{Kind: site.LLMs, Language: other.Tag}))
		}
	}
	return nil
}

// writeSection lists the documents of a menu, and those of each folder in it in a
// section of its own.
func (r *Renderer) writeSection(w *bytes.Buffer, heading string, menu []docs.Entry, reader string) {
	began := false
	for _, e := range menu {
		if e.HasPage && len(e.Entries) == 0 {
			if !began {
				fmt.Fprintf(w, "\n## %s\n\n", docs.EscapeMarkdown(heading))
				began = true
			}
			r.writeLink(w, e, reader)
		}
	}
	for _, e := range menu {
		if len(e.Entries) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n## %s\n\n", docs.EscapeMarkdown(e.Label))
		for below := range docs.Pages([]docs.Entry{e}) {
			r.writeLink(w, below, reader)
		}
	}
}

// writeLink writes a line for a document.
func (r *Renderer) writeLink(w *bytes.Buffer, e docs.Entry, reader string) {
	twin, _ := e.Address.Twin()
	fmt.Fprintf(w, "- [%s](%s)", docs.EscapeMarkdown(e.Label), r.site.URL(twin))
	var behind []string
	if around := r.site.Around(reader); e.Language.Tag != reader {
		name := e.Language.Name
		if in, ok := around.LanguageName(e.Language.Tag); ok {
			name = in
		}
		behind = append(behind, "("+around.Words.Docs.In.Fill("language", name)+")")
	}
	if e.Description != "" {
		behind = append(behind, docs.EscapeMarkdown(e.Description))
	}
	if len(behind) > 0 {
		w.WriteString(": " + strings.Join(behind, " "))
	}
	w.WriteByte('\n')
}

// writeTexts writes the text of every listed document, with its address.
func (r *Renderer) writeTexts(w *bytes.Buffer, language string) {
	for _, kind := range documentKinds {
		tree := r.tree(kind)
		if tree == nil {
			continue
		}
		for e := range docs.Pages(tree.Menu(language)) {
			if text, ok := tree.Markdown(e.Address); ok {
				fmt.Fprintf(w, "\n---\n\n<%s>\n\n%s", r.site.URL(e.Address), text)
			}
		}
	}
}
