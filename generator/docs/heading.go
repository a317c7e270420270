package docs

import (
	"strconv"
	"strings"
	"unicode"
)

// anchors makes the ids of one document's headings as Docusaurus does, which
// uses github-slugger: lower case, letters and marks of every script kept,
// spaces to hyphens, a number behind what came before.
type anchors struct {
	taken map[string]bool
	times map[string]int
}

// aliasHere is the least of the numbers, in place of a link's, that stand where
// a heading may have an id beside its own; the heading's number is added to it.
const aliasHere = 1 << 29

// numberAttribute holds the number of a heading in the tree.
const numberAttribute = "number"

// answer gives the headings of a translation the ids that they have in the
// source, where both have the same headings, level by level: an address of the
// source's with an anchor leads there in every language.
func (d *document) answer(source *document) {
	if len(d.headings) != len(source.headings) {
		return
	}
	for i, h := range d.headings {
		if h.Level != source.headings[i].Level {
			return
		}
	}
	for i, h := range source.headings {
		if h.ID != "" && !d.anchors[h.ID] && h.ID != frameID {
			if d.answers == nil {
				d.answers = map[int]string{}
			}
			d.answers[i] = h.ID
			d.anchors[h.ID] = true
		}
	}
}

// The page around a document has ids of its own, which no heading may take.
const (
	frameID = "main"
	startID = "document.start"
)

func newAnchors() *anchors {
	return &anchors{taken: map[string]bool{frameID: true, startID: true}, times: map[string]int{}}
}

func (a *anchors) id(text string) string {
	base := slugify(text)
	id := base
	for a.taken[id] {
		a.times[base]++
		id = base + "-" + strconv.Itoa(a.times[base])
	}
	a.taken[id] = true
	return id
}

// slugify keeps what github-slugger keeps.
func slugify(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-', unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Nl, unicode.Pc, unicode.Other_Alphabetic):
			b.WriteRune(r)
		}
	}
	return b.String()
}
