package docs

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"

	"loanleaf/locale"
	"loanleaf/site"
)

// Entry is a line of a menu: a document, a folder of them, or both.
type Entry struct {
	Label    string
	Language *locale.Language // of the label
	Address  site.Address     // of the document
	HasPage  bool             // tells whether there is a document
	Entries  []Entry
}

// Pages are the documents of a menu, from top to bottom.
func Pages(menu []Entry) iter.Seq[Entry] {
	return func(yield func(Entry) bool) { walk(menu, yield) }
}

func walk(menu []Entry, yield func(Entry) bool) bool {
	for _, e := range menu {
		if e.HasPage && !yield(e) || !walk(e.Entries, yield) {
			return false
		}
	}
	return true
}

// branch is a folder of documents on the way to a menu.
type branch struct {
	name     string
	key      string // of the document of its own; valid when has
	has      bool
	position float64
	below    []*branch
}

// arrange makes the menu of a shelf: folders as they are, and within each the
// documents by sidebar_position, then by name.
func (t *Tree) arrange(s *shelf) {
	root := &branch{}
	var unlisted []string
	for _, key := range keysOf(s.documents) {
		d := s.documents[key]
		if d.matter.Unlisted {
			unlisted = append(unlisted, key)
			continue
		}
		root.plant(key, d)
	}
	root.sort()
	if root.has {
		s.menu = append(s.menu, t.entry(s, root.key))
		s.order = append(s.order, root.key)
	}
	for _, b := range root.below {
		s.menu = append(s.menu, t.grow(s, b))
	}
	s.listed = len(s.order)
	s.order = append(s.order, unlisted...)
}

// plant puts a document into its place by its key.
func (b *branch) plant(key string, d *document) {
	segments := strings.Split(key, "/")
	last := len(segments) - 1
	lower := strings.ToLower(segments[last])
	own := lower == "index" || lower == "readme"
	if own {
		segments = segments[:last]
	}
	for _, name := range segments {
		i := slices.IndexFunc(b.below, func(next *branch) bool { return next.name == name })
		if i < 0 {
			i = len(b.below)
			b.below = append(b.below, &branch{name: name, position: math.Inf(1)})
		}
		b = b.below[i]
	}
	b.key, b.has = key, true
	if d.matter.Position != nil {
		b.position = *d.matter.Position
	}
}

func (b *branch) sort() {
	slices.SortStableFunc(b.below, func(x, y *branch) int {
		return cmp.Or(cmp.Compare(x.position, y.position), cmp.Compare(x.name, y.name))
	})
	for _, below := range b.below {
		below.sort()
	}
}

// grow makes the entry of a branch and of what is below it.
func (t *Tree) grow(s *shelf, b *branch) Entry {
	e := Entry{Label: b.name, Language: t.source}
	if b.has {
		e = t.entry(s, b.key)
		s.order = append(s.order, b.key)
	}
	for _, below := range b.below {
		e.Entries = append(e.Entries, t.grow(s, below))
	}
	return e
}

// entry is a document as a line.
func (t *Tree) entry(s *shelf, key string) Entry {
	d := s.documents[key]
	e := Entry{Label: d.matter.Label, Language: d.language, Address: t.address(s, key), HasPage: true}
	if e.Label == "" {
		e.Label = d.title
	}
	return e
}
