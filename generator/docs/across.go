package docs

import (
	"slices"

	"loanleaf/site"
)

// CheckAcross tells of links from documents of one tree to documents that no other
// has: from documentation to pages of the operator's own, or the other way. moves
// may be nil; an address that leads elsewhere is no dead one. The words of a dead
// link stand without it from then on: it is called before the trees are shown.
func CheckAcross(moves *Moves, trees ...*Tree) []Finding {
	var found findings
	for _, t := range trees {
		for _, documents := range t.documents {
			for _, d := range documents {
				t.checkAcross(d, moves, trees, &found)
			}
		}
	}
	return found.list()
}

func (t *Tree) checkAcross(d *document, moves *Moves, trees []*Tree, to *findings) {
	for i := range d.links {
		l := &d.links[i]
		if l.address == nil || l.address.Kind != site.Doc && l.address.Kind != site.Prose || l.address.Kind == t.kind {
			continue
		}
		a := *l.address
		if a.Language == "" && t.Reader(d.language.Tag) != nil {
			a.Language = d.language.Tag
		}
		if slices.ContainsFunc(trees, func(other *Tree) bool { return other.Has(a) || other.Has(*l.address) }) {
			continue
		}
		if moves != nil {
			if _, moved := moves.To(*l.address); moved {
				continue
			}
		}
		l.address = nil
		to.find(deadLink, l.file, l.line, "the link to %q leads nowhere on this site; its words stand without it", l.destination)
	}
}
