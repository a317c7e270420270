package docs

import (
	"cmp"
	"iter"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"

	"loanleaf/locale"
	"loanleaf/site"
)

// Entry is a line of a menu: a document, a folder of them, or both.
type Entry struct {
	Label       string
	Language    *locale.Language // of the label
	Description string           // of the document, or of the folder; may be empty
	Address     site.Address     // of the document
	HasPage     bool             // tells whether there is a document
	Entries     []Entry

	key string // of the document
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

// branch is a document or a folder of them on the way to a menu.
type branch struct {
	name     string // as on the disk, of documents with an ending
	folder   string // its path; empty of a document
	key      string // of the document, or of the one that its line leads to
	has      bool
	label    string
	language *locale.Language // of the label
	about    string
	position float64
	below    []*branch
}

// arrange makes the menu of a shelf: folders as they are, and within each what
// has a position by that, then the others by name.
func (t *Tree) arrange(s *shelf) {
	root := &branch{folder: "."}
	var unlisted []string
	for _, key := range keysOf(s.documents) {
		switch d := s.documents[key]; {
		case d.category != nil: // its folder's line
		case d.matter.Unlisted:
			unlisted = append(unlisted, key)
		default:
			root.plant(key, t.positionOf(d))
		}
	}
	t.settle(s, root)
	if len(t.sidebar) > 0 {
		s.menu = t.follow(s, t.sidebar, t.keysByID(), root)
	} else {
		for _, b := range root.below {
			s.menu = append(s.menu, t.grow(s, b))
		}
	}
	known := map[string]bool{}
	add := func(key string) {
		if !known[key] {
			known[key] = true
			s.order = append(s.order, key)
		}
	}
	s.places = make(map[string]standing, len(s.documents))
	s.place(s.menu, nil, "", add)
	s.listed = len(s.order)
	if len(t.sidebar) > 0 { // which may leave some out
		for _, key := range keysOf(s.documents) {
			add(key)
		}
	}
	for _, key := range unlisted {
		add(key)
	}
}

// place adds the documents of a menu, from top to bottom, and notes where they
// are; one that is there twice is where it comes first, but in both lines.
func (s *shelf) place(menu, above []Entry, line string, add func(key string)) {
	for i, e := range menu {
		own := line
		if len(e.Entries) > 0 {
			own += "/" + strconv.Itoa(i)
		}
		if known, ok := s.places[e.key]; e.HasPage && ok {
			known.line += " " + own
			s.places[e.key] = known
		} else if e.HasPage {
			s.places[e.key] = standing{len(s.places), above, own}
			add(e.key)
		}
		if len(e.Entries) > 0 {
			s.place(e.Entries, append(slices.Clip(above), e), own, add)
		}
	}
}

// positionOf is where a document stands among those of its folder. What stands
// for the whole tree comes first, but in Docusaurus projects, which do not know
// that.
func (t *Tree) positionOf(d *document) float64 {
	switch {
	case d.matter.Position != nil:
		return *d.matter.Position
	case d.number != nil:
		return *d.number
	case t.form != Docusaurus && isIndex(d.key) && path.Dir(d.key) == ".":
		return math.Inf(-1)
	}
	return math.Inf(1)
}

// plant puts a document into its folder.
func (b *branch) plant(key string, position float64) {
	segments := strings.Split(key, "/")
	last := len(segments) - 1
	for i, name := range segments[:last] {
		at := slices.IndexFunc(b.below, func(next *branch) bool { return next.folder != "" && next.name == name })
		if at < 0 {
			at = len(b.below)
			b.below = append(b.below, &branch{name: name, folder: strings.Join(segments[:i+1], "/")})
		}
		b = b.below[at]
	}
	b.below = append(b.below, &branch{name: segments[last] + ".md", key: key, has: true, position: position})
}

// settle gives folders their lines, from the bottom up, and sorts what is in
// them.
func (t *Tree) settle(s *shelf, b *branch) {
	for _, below := range b.below {
		if below.folder != "" {
			t.settle(s, below)
			t.name(s, below)
		}
	}
	slices.SortStableFunc(b.below, func(x, y *branch) int {
		return cmp.Or(cmp.Compare(x.position, y.position), cmp.Compare(x.name, y.name))
	})
}

// name gives a folder its label, its position and the document that its line
// leads to: what _category_ files say, else what the document does that stands
// for the folder.
func (t *Tree) name(s *shelf, b *branch) {
	source := t.categories[t.source.Tag][b.folder]
	own, language := t.categories[s.language.Tag][b.folder], s.language
	if own == nil {
		own, language = source, t.source
	}
	if source == nil {
		source = own
	}
	at := t.standsFor(s, b, source)
	if at >= 0 {
		own := b.below[at]
		b.key, b.has, b.position = own.key, true, own.position
		b.below = slices.Delete(b.below, at, at+1)
	} else {
		_, number := cutNumber(b.name)
		b.position = math.Inf(1)
		if number != nil {
			b.position = *number
		}
		if key := path.Join(b.folder, categoryName); s.documents[key] != nil && len(b.below) > 0 {
			b.key, b.has = key, true
		}
	}
	if source != nil && source.Position != nil {
		b.position = *source.Position
	}
	switch {
	case own != nil && own.Label != "":
		b.label, b.language, b.about = own.Label, language, own.Description
	case !b.has:
		b.label, _ = cutNumber(b.name)
		b.language = t.source
	}
}

// standsFor is which document of a folder its line leads to; -1 where none
// does.
func (t *Tree) standsFor(s *shelf, b *branch, c *category) int {
	switch {
	case c == nil || c.lines["link"] == 0:
		return slices.IndexFunc(b.below, func(below *branch) bool { return below.folder == "" && isIndex(below.key) })
	case c.Link != nil && c.Link.Type == linkDocument:
		return slices.IndexFunc(b.below, func(below *branch) bool {
			id := below.folder == "" && below.has
			return id && (s.documents[below.key].id() == c.Link.ID || path.Base(s.documents[below.key].id()) == c.Link.ID)
		})
	}
	return -1
}

// grow makes the entry of a branch and of what is below it.
func (t *Tree) grow(s *shelf, b *branch) Entry {
	var e Entry
	if b.has {
		e = t.entry(s, b.key)
	}
	if b.label != "" {
		e.Label, e.Language = b.label, b.language
		e.Description = firstOf(e.Description, b.about)
	}
	for _, below := range b.below {
		e.Entries = append(e.Entries, t.grow(s, below))
	}
	return e
}

// entry is a document as a line.
func (t *Tree) entry(s *shelf, key string) Entry {
	d := s.documents[key]
	return Entry{
		Label: firstOf(d.matter.Label, d.title), Language: d.language, Description: d.description,
		Address: t.address(s, key), HasPage: true, key: key,
	}
}
