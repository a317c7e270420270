package docs

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// part is a kind of thing that a text and its translation have as many of.
type part uint8

const (
	headings part = iota
	links
	images
	code
	items
	leads // items that begin with strong words
	quotes
	admonitions
	parts // how many kinds there are
)

var partNames = [parts][2]string{
	{"heading", "headings"}, {"link", "links"}, {"image", "images"}, {"block of code", "blocks of code"}, {"list item", "list items"},
	{"list item that begins in bold", "list items that begin in bold"}, {"quotation", "quotations"}, {"admonition", "admonitions"},
}

// feature is one such thing: the level of a heading, where a link leads.
type feature struct {
	line int
	what string
}

// outline is how a text is built. Words, and addresses that merely stand among
// them, are no part of it.
type outline [parts][]feature

// levels are what headings are of, by their number.
var levels = [...]string{1: "level 1", "level 2", "level 3", "level 4", "level 5", "level 6"}

// note adds a node of the text to the outline of its document. What another
// file holds that is taken in is on the first line.
func (r *reading) note(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.noteAs(headings, r.lineOf(n), levels[n.Level])
	case *ast.Link:
		r.noteAs(links, r.lineOf(n), string(n.Destination))
	case *ast.Image:
		r.noteAs(images, r.lineOf(n), string(n.Destination))
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		r.noteAs(code, r.lineOf(n), "")
	case *ast.ListItem:
		r.noteAs(items, r.lineOf(n), "")
		if first := n.FirstChild(); first != nil {
			if strong, ok := first.FirstChild().(*ast.Emphasis); ok && strong.Level == 2 {
				r.noteAs(leads, r.lineOf(n), "")
			}
		}
	case *ast.Blockquote:
		r.noteAs(quotes, r.lineOf(n), "")
	case *callout:
		r.noteAs(admonitions, r.lineOf(n), n.kind)
	}
}

func (r *reading) noteAs(p part, line int, what string) {
	if r.file != r.document.file {
		line = 1
	}
	r.document.outline[p] = append(r.document.outline[p], feature{line, what})
}

// difference is where a translation is built otherwise than its source.
type difference struct {
	line   int // of the translation
	reason string
}

// differences compares a translation with its source, part by part.
func (o *outline) differences(source *outline) []difference {
	var found []difference
	for p := range parts {
		if d, ok := compare(p, o[p], source[p]); ok {
			found = append(found, d)
		}
	}
	return found
}

func compare(p part, own, source []feature) (difference, bool) {
	if len(own) == len(source) {
		for i := range own {
			if p == headings && own[i].what != source[i].what {
				return difference{own[i].line, fmt.Sprintf("the heading is of %s, and that of the source (line %d) of %s", own[i].what, source[i].line, source[i].what)}, true
			}
		}
		return difference{}, false
	}
	name := func(n int) string {
		if n == 1 {
			return "1 " + partNames[p][0]
		}
		return fmt.Sprintf("%d %s", n, partNames[p][1])
	}
	d := difference{1, fmt.Sprintf("has %s, and the source %d", name(len(own)), len(source))}
	at := 0
	for at < min(len(own), len(source)) && (p != headings || own[at].what == source[at].what) {
		at++
	}
	if len(own) > 0 {
		d.line = own[min(at, len(own)-1)].line
	}
	if lost, ok := firstLost(own, source); ok && p == links {
		d.reason += fmt.Sprintf("; the one to %s (line %d there) is not here", lost.what, lost.line)
	} else if at < len(source) {
		d.reason += fmt.Sprintf("; see line %d there", source[at].line)
	}
	return d, true
}

// firstLost is the first of the source that has no like in the translation.
func firstLost(own, source []feature) (feature, bool) {
	left := map[string]int{}
	for _, f := range own {
		left[f.what]++
	}
	for _, f := range source {
		if left[f.what]--; left[f.what] < 0 {
			return f, true
		}
	}
	return feature{}, false
}

// hashOf names a body: the first 16 hexadecimal digits of the SHA-256 of its
// lines without white space at their ends and without empty ones, so that an
// editor's tidying makes no translation stale.
func hashOf(body string) string {
	h := sha256.New()
	var whole [512]byte
	for line := range strings.Lines(body) {
		if line = strings.TrimRight(line, " \t\n"); line != "" {
			h.Write(append(append(whole[:0], line...), '\n'))
		}
	}
	return hex.EncodeToString(h.Sum(whole[:0])[:8])
}

// inOrder sorts what is told of files: by name, then by line.
func inOrder(fileA string, lineA int, fileB string, lineB int) int {
	return cmp.Or(cmp.Compare(fileA, fileB), cmp.Compare(lineA, lineB))
}
