// Package search makes the index in which a browser looks for words of the
// documentation. It is made while a site is built or served, of pages that were
// rendered already; looking into it is the work of public/find.js.
//
// # What is in it
//
// One index holds the pages that readers of one language have. A page is parted
// into sections: what stands before its first heading, and what stands below each
// heading that has an id. Each word of it ([locale.TextWords]) names the sections it
// stands in, and where there: in the title of the page, in the heading, in the text,
// often in the text. The text itself is not in it. The browser cuts what it shows of
// a text from the page, which it asks for as a reader would.
//
// # Format
//
// JSON in UTF-8, of this shape:
//
//	{"pages":[["/docs/bug","Fixing a bug","",["before","Before you begin"]]],"words":{"fix":"D","begin":"GO"}}
//
// pages are path, title, the tag of the text's language where it is not that of
// the readers, and id and heading of each section but the first. Sections are
// numbered through all pages from 0. words are the words and where they stand: for
// each section four times the distance to the section before (to 0 for the first)
// plus its [weight], written in groups of five bits, the lowest first, each a sign of
// base 64 (RFC 4648, table 1) in which the sixth bit says that more follow, as source
// maps write their numbers.
//
// A word with all its places is one short string, read when it is looked for and
// not before: a browser has the index at hand as soon as the JSON is parsed. The
// format of MiniSearch, which writes each place as "number":count in an object of
// its own for each field, is almost three times as long (of partners' documents,
// 53 sections: 44 KB rather than 16, compressed 8.5 rather than 6.3), and has to be
// unpacked into maps first. The texts themselves would be longer than either.
//
// # What is not here
//
// Choosing the pages (drafts and unlisted ones never come here), addresses, and
// finding: no guess at what somebody meant to type, since such a guess finds what
// is not there.
package search

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"strings"

	"loanleaf/locale"
)

// Page is a page as it was rendered.
type Page struct {
	Path     string // link within the site
	Title    string // plain
	Language string // tag, where the text is in another language than the readers'; else empty
	Heading  string // HTML of the first heading
	Body     string // HTML of what follows
}

// weight is where a word stands in a section; the greatest counts.
type weight int

const (
	inText  weight = iota
	often          // at least manyTimes in the text
	heading        // of the section
	title          // of the page, whose first section it is
)

const manyTimes = 3

// Index is the index of pages, in their order, which is also that in which equally
// good ones are found. Equal pages make equal bytes.
func Index(pages iter.Seq[Page]) ([]byte, error) {
	b := builder{words: map[string]*places{}, told: []any{}}
	for p := range pages {
		b.add(p)
	}
	return b.json()
}

// builder collects words.
type builder struct {
	told     []any // of the pages, as they are written
	sections int
	words    map[string]*places
	read     []string // of a part of a section; kept for the next one's
}

// places are where a word stands.
type places struct {
	written []byte
	last    int // the section it was written in last

	section int // the one that is read
	weight  weight
	times   int // in its text
}

func (b *builder) add(p Page) {
	headings := []string{}
	for i, s := range sectionsOf(p.Body) {
		if i > 0 {
			headings = append(headings, s.id, s.heading)
			b.note(s.heading, heading)
		} else {
			b.note(p.Title, title)
			b.note(plain(p.Heading), title)
		}
		b.note(s.text, inText)
		b.sections++
	}
	b.told = append(b.told, []any{p.Path, p.Title, p.Language, headings})
}

// note takes the words of a part of the section that is read.
func (b *builder) note(text string, part weight) {
	b.read = locale.AppendTextWords(b.read[:0], text)
	for _, word := range b.read {
		at := b.words[word]
		if at == nil {
			at = &places{section: b.sections}
			b.words[strings.Clone(word)] = at // which holds no text in memory
		}
		if at.section != b.sections {
			at.write()
			at.section, at.weight, at.times = b.sections, inText, 0
		}
		w := part
		if w == inText {
			if at.times++; at.times >= manyTimes {
				w = often
			}
		}
		at.weight = max(at.weight, w)
	}
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// write adds the section that was read.
func (at *places) write() {
	n := (at.section-at.last)*4 + int(at.weight)
	for ; n >= 32; n >>= 5 {
		at.written = append(at.written, digits[n&31|32])
	}
	at.written = append(at.written, digits[n])
	at.last = at.section
}

func (b *builder) json() ([]byte, error) {
	words := make(map[string]string, len(b.words))
	for word, at := range b.words {
		at.write()
		words[word] = string(at.written)
	}
	var w bytes.Buffer
	encoder := json.NewEncoder(&w)
	encoder.SetEscapeHTML(false) // no page holds it
	if err := encoder.Encode(struct {
		Pages []any             `json:"pages"`
		Words map[string]string `json:"words"`
	}{b.told, words}); err != nil {
		return nil, fmt.Errorf("index of %d pages: %w", len(b.told), err)
	}
	return w.Bytes(), nil
}
