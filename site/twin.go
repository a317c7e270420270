package site

import "strings"

// What documents have beside their pages: a twin in Markdown each, and two lists
// of them for language models (llmstxt.org).
const (
	twinEnding = ".md"
	twinOfRoot = "index" // no document has that name
	llms       = "llms.txt"
	llmsFull   = "llms-full.txt"
)

// notFound is the last segment of pages for what is not there.
const notFound = "404"

// Twin is the address of a document's text in Markdown; false for what is no
// document.
func (a Address) Twin() (Address, bool) {
	if a.Kind != Doc && a.Kind != Prose {
		return Address{}, false
	}
	a.Of, a.Kind = a.Kind, Twin
	return a, true
}

// Document is the address of the document that a twin is of; every other
// address is its own.
func (a Address) Document() Address {
	if a.Kind == Twin {
		a.Kind, a.Of = a.Of, Home
	}
	return a
}

// isText tells whether addresses of a kind are those of files of text, whose
// endings belong to them.
func (k Kind) isText() bool { return k == Twin || k == LLMs || k == LLMsFull }

// appendTwin appends "docs/guides/bug.md", "docs/index.md" or "about.md".
func appendTwin(b []byte, a Address) []byte {
	if a.Of == Doc {
		b = append(b, docsFolder+"/"...)
	}
	if a.Slug == "" {
		b = append(b, twinOfRoot...)
	} else {
		b = appendSlug(b, a.Slug)
	}
	b = append(b, twinEnding...)
	return b
}

// appendNotFound appends "404" or "docs/404".
func appendNotFound(b []byte, a Address) []byte {
	if a.Of == Doc {
		b = append(b, docsFolder+"/"...)
	}
	b = append(b, notFound...)
	return b
}

// readDocument reads what stands behind "docs", or the whole path of a page of
// the operator's own: a document, its twin, or the page for what is not there.
func readDocument(a Address, kind Kind, segments []string) (Address, bool) {
	a.Kind, a.Slug = kind, strings.Join(segments, "/")
	if kind == Doc && a.Slug == notFound {
		a.Kind, a.Of, a.Slug = NotFound, Doc, ""
		return a, true
	}
	slug, twin := strings.CutSuffix(a.Slug, twinEnding)
	if !twin {
		return a, CheckSlug(a) == nil
	}
	if a.Slug = slug; kind == Doc && slug == twinOfRoot {
		a.Slug = ""
	}
	ok := CheckSlug(a) == nil && (slug != "" || kind != Doc)
	a, _ = a.Twin()
	return a, ok
}
