package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// Finder looks up what a reader searches for. A [Source] is one where its site
// is searchable ([site.Site.WithSearch]).
type Finder interface {
	Search(ctx context.Context, q kiva.Query) (kiva.Found, error)
}

// SearchSize is how many loans a page of a search shows.
const SearchSize = 30

// longestName is how many words of a query are taken for one name of a country
// or a sector: "the Democratic Republic of the Congo" has six.
const longestName = 6

// known are the lists of a site and, by language tag, the words that name them.
// They are looked up once: a renderer has one state of the data.
type known struct {
	mu    sync.Mutex
	lists []kiva.ListInfo
	read  bool
	names map[string]map[string][]kiva.ListInfo // by tag, then by folded words with spaces between
}

// allLists are the lists of the site. They are not to be changed.
func (r *Renderer) allLists(ctx context.Context) ([]kiva.ListInfo, error) {
	r.known.mu.Lock()
	defer r.known.mu.Unlock()
	if r.known.read {
		return r.known.lists, nil
	}
	lists, err := r.source.Lists(ctx)
	if err != nil {
		return nil, err
	}
	r.known.lists, r.known.read = lists, true
	return lists, nil
}

// namesOfLists are the countries and sectors by what they are called.
func (r *Renderer) namesOfLists(ctx context.Context, teller *view.Teller, tag string) (map[string][]kiva.ListInfo, error) {
	lists, err := r.allLists(ctx)
	if err != nil {
		return nil, err
	}
	r.known.mu.Lock()
	defer r.known.mu.Unlock()
	if names := r.known.names[tag]; names != nil {
		return names, nil
	}
	names := map[string][]kiva.ListInfo{}
	for _, info := range lists {
		var keys []string
		for _, name := range teller.ListNames(info) {
			keys = append(keys, phrases(name)...)
		}
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			names[key] = append(names[key], info)
		}
	}
	if r.known.names == nil {
		r.known.names = map[string]map[string][]kiva.ListInfo{}
	}
	r.known.names[tag] = names
	return names, nil
}

// phrases are what may be typed for a name: all its words, and of "Congo (DRC)"
// what stands before the parenthesis and what stands in it.
func phrases(name string) []string {
	before, rest, _ := strings.Cut(name, "(")
	within, _, _ := strings.Cut(rest, ")")
	var list []string
	for _, part := range []string{name, before, within} {
		if words := locale.SearchWords(part); len(words) > 0 {
			list = append(list, strings.Join(words, " "))
		}
	}
	return list
}

// understand reads what was typed: the address of a loan, a loan's number, and
// else words. The longest run of words that names countries or sectors is one
// term, met by who is on such a list or is called so; every other word is a
// term that names meet. meant are the lists that were named.
func (r *Renderer) understand(query string, names map[string][]kiva.ListInfo) (q kiva.Query, meant []kiva.ListInfo) {
	if a, err := r.site.ParseLoanURL(query); err == nil {
		return kiva.Query{ID: a.ID}, nil
	}
	words := locale.SearchWords(query)
	if len(words) == 1 {
		q.ID, _ = strconv.ParseInt(words[0], 10, 64) // 0, or the largest number, which is no id
	}
	seen := map[string]bool{}
	for len(words) > 0 {
		n, lists := longestMatch(words, names)
		term := kiva.Term{Words: words[:n]}
		for _, info := range lists {
			term.Lists = append(term.Lists, info.List)
		}
		if key := strings.Join(words[:n], " "); !seen[key] {
			seen[key] = true
			q.Terms = append(q.Terms, term)
			meant = append(meant, lists...)
		}
		words = words[n:]
	}
	return q, meant
}

// longestMatch is how many of the first words make a term, and which lists it
// names.
func longestMatch(words []string, names map[string][]kiva.ListInfo) (int, []kiva.ListInfo) {
	for n := min(len(words), longestName); n > 0; n-- {
		if lists := names[strings.Join(words[:n], " ")]; len(lists) > 0 {
			return n, lists
		}
	}
	return 1, nil
}

// renderSearch writes what is found for the query of an address, or the box to
// type one. A page that is behind the last one is not found. While nothing can be
// found it writes a page that says so, and gives an error wrapping [kiva.ErrNotYet].
func (r *Renderer) renderSearch(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	if !r.site.Searchable() {
		return fmt.Errorf("search: %w", kiva.ErrNotFound)
	}
	finder, ok := r.source.(Finder)
	if !ok {
		return errors.New("search: the site is searchable, and the source of its loans is not")
	}
	teller := r.Teller(a.Language)
	names, err := r.namesOfLists(ctx, teller, r.site.Language(a.Language).Tag)
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	data := view.SearchData{Query: a.Query, Page: a.Page, PerPage: SearchSize}
	if data.Lists, err = r.allLists(ctx); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	q, meant := r.understand(a.Query, names)
	q.Offset, q.Limit = (max(a.Page, 1)-1)*SearchSize, SearchSize
	found, err := finder.Search(ctx, q)
	later := err
	if data.Waiting = errors.Is(err, kiva.ErrNotYet); data.Waiting {
		err, data.Page, meant = nil, 0, nil
	}
	if err != nil {
		return fmt.Errorf("search: %w", err)
	}
	if a.Page > 1 && !data.Waiting && len(found.IDs) == 0 {
		return fmt.Errorf("search, page %d: %w", a.Page, kiva.ErrNotFound)
	}
	var cards templ.Component
	if cards, err = r.listCards(ctx, a.Language, found.IDs); err != nil {
		return fmt.Errorf("search: %w", err)
	}
	data.Total, data.Meant = found.Total, meant
	frame := r.frameFor(a)
	// Readers change the language of a search; crawlers are told of none.
	frame.Canonical, frame.Versions, frame.Alternates = "", frame.Alternates, nil
	if err := templates.SearchPage(frame, teller.Search(data), cards).Render(ctx, w); err != nil || !data.Waiting {
		return err
	}
	return fmt.Errorf("search: %w", later)
}
