package docs

import (
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"loanleaf/site"
)

// Moves are the addresses that documents had and have no more, each with where it
// leads now. They do not change and are safe for concurrent use.
type Moves struct {
	site  *site.Site
	trees []*Tree
	to    map[site.Address]move
	order []site.Address
}

// move is where an address leads, and who said so.
type move struct {
	to   string
	file string
	line int
}

// settings is what findings call the operator's redirects by.
const settings = "redirects"

// NewMoves puts together what the settings of a site say and what documents do
// (redirect_from). A document's old path leads to it in every language that has no
// document there. What is refused are paths where a document is, paths that are
// said twice (the first counts), that lead to nothing, and that lead in a circle.
// Where one leads to another, it leads to the end at once.
func NewMoves(s *site.Site, trees ...*Tree) (*Moves, []Finding) {
	m := &Moves{site: s, trees: trees, to: map[site.Address]move{}}
	var found findings
	find := func(of move, format string, values ...any) {
		found.find(badRedirect, of.file, of.line, format, values...)
	}
	for _, r := range s.Redirects() {
		m.add(r.From, move{to: r.To, file: settings}, find)
	}
	for _, t := range trees {
		for _, language := range slices.Concat(s.Languages(), t.Guests()) {
			if shelf := t.languages[language.Tag]; shelf != nil {
				m.addShelf(t, shelf, find)
			}
		}
	}
	var kept []site.Address
	ends := map[site.Address]string{}
	for _, from := range m.order {
		end, reason := m.follow(from)
		if reason != "" {
			find(m.to[from], "%s %s", s.Path(from), reason)
			continue
		}
		ends[from] = end
		kept = append(kept, from)
	}
	m.order = kept
	for from, said := range m.to {
		if said.to = ends[from]; said.to == "" {
			delete(m.to, from)
			continue
		}
		m.to[from] = said
	}
	return m, found.list()
}

// addShelf adds what documents say, for readers of one language: each its own
// file's, and that of the source that it was translated from.
func (m *Moves) addShelf(t *Tree, s *shelf, find func(move, string, ...any)) {
	for _, key := range keysOf(s.documents) {
		own := s.documents[key]
		said := []*document{own}
		if from := t.documents[t.source.Tag][key]; from != nil && from != own {
			said = append(said, from)
		}
		for _, d := range said {
			// What is wrong with a file is told once, of its own language.
			tell := find
			if d.language != s.language && t.languages[d.language.Tag] != nil {
				tell = func(move, string, ...any) {}
			}
			for _, path := range d.matter.RedirectFrom {
				to := move{t.site.Path(t.address(s, key)), d.file, d.matter.line("redirect_from")}
				a, err := m.site.RedirectFrom(path)
				if err != nil {
					tell(to, "redirect_from: %v", err)
					continue
				}
				if a.Language == "" {
					a.Language = t.frontPage(s).Language
				} else if d != own {
					continue // it is the old address of one language alone
				}
				m.add(a, to, tell)
			}
		}
	}
}

func (m *Moves) add(from site.Address, to move, find func(move, string, ...any)) {
	if earlier, ok := m.to[from]; ok {
		if earlier.to != to.to {
			find(to, "%s leads to %s already, as %s says", m.site.Path(from), earlier.to, earlier.file)
		}
		return
	}
	for _, t := range m.trees {
		if t.Has(from) {
			find(to, "%s leads nowhere else: a document is there", m.site.Path(from))
			return
		}
	}
	m.to[from] = to
	m.order = append(m.order, from)
}

// follow is where an address leads in the end, and what is wrong with that.
func (m *Moves) follow(from site.Address) (end, reason string) {
	seen := map[site.Address]bool{}
	behind := ""
	for at := from; ; {
		if seen[at] {
			return "", "leads in a circle"
		}
		seen[at] = true
		end = m.to[at].to
		if !strings.HasPrefix(end, "/") {
			return end, ""
		}
		u, err := url.Parse(end)
		if err != nil {
			return "", "leads to nothing"
		}
		next, ok := m.site.Resolve(u.EscapedPath())
		if !ok {
			return "", fmt.Sprintf("leads to %s, where nothing is", end)
		}
		if strings.ContainsAny(end, "?#") {
			behind = ""
		}
		if _, moved := m.to[next]; !moved {
			if (next.Kind == site.Doc || next.Kind == site.Prose) && !m.has(next) {
				return "", fmt.Sprintf("leads to %s, where nothing is", end)
			}
			return end + behind, ""
		}
		if at := strings.IndexAny(end, "?#"); at >= 0 {
			behind = end[at:]
		}
		at = next
	}
}

func (m *Moves) has(a site.Address) bool {
	for _, t := range m.trees {
		if t.Has(a) {
			return true
		}
	}
	return false
}

// To is where an address leads: a path of the site, or a whole address; false
// for one that was never a document's.
func (m *Moves) To(from site.Address) (string, bool) {
	to, ok := m.to[from]
	return to.to, ok
}

// All are the addresses, in a fixed order, and where they lead.
func (m *Moves) All() iter.Seq2[site.Address, string] {
	return func(yield func(site.Address, string) bool) {
		for _, from := range m.order {
			if !yield(from, m.to[from].to) {
				return
			}
		}
	}
}
