package page

import (
	"slices"
	"sync"

	"loanleaf/generator/docs"
	"loanleaf/site"
	"loanleaf/templates"
)

// largeMenu is from how many documents on the menu shows of folders that the
// reader is not in nothing but their line: it is on every page.
const largeMenu = 150

// mostMenus is how many bytes of menus are kept; beyond, all are forgotten. Pages
// are walked folder by folder.
const mostMenus = 8 << 20

// menus keeps menus as they were written: that of all pages of a language is one,
// or where the language is large, that of all pages of a folder.
type menus struct {
	mutex sync.Mutex
	made  map[menuKey]*templates.Menu
	bytes int
}

// menuKey is the language of a menu, and the innermost line in it below which
// others are shown; empty: it is whole, or none is.
type menuKey struct{ language, open string }

// of is the menu around a document; around none, of the documentation's 404.
func (m *menus) of(r *Renderer, tree *docs.Tree, language string, p docs.Page) (*templates.Menu, error) {
	whole := !r.large[r.LanguageOf(site.Address{Kind: site.Doc, Language: language})]
	key := menuKey{language: language}
	if !whole {
		key.open = p.Line
	}
	m.mutex.Lock()
	made := m.made[key]
	m.mutex.Unlock()
	if made != nil {
		return made, nil
	}
	made, err := templates.NewMenu(r.frameIn(language), r.menuEntries(tree.Menu(language), p.Address, whole))
	if err != nil {
		return nil, err
	}
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.bytes += made.Size(); m.made == nil || m.bytes > mostMenus {
		m.made, m.bytes = map[menuKey]*templates.Menu{}, made.Size()
	}
	m.made[key] = made
	return made, nil
}

// menuEntries is a menu: whole, or of folders that a page is not in their line
// alone.
func (r *Renderer) menuEntries(entries []docs.Entry, here site.Address, whole bool) []templates.MenuEntry {
	list := make([]templates.MenuEntry, 0, len(entries))
	for _, e := range entries {
		m := templates.MenuEntry{Way: r.way(e, site.Address{})}
		m.Here = e.HasPage // it may be a page's own line
		if whole || e.HasPage && e.Address == here || isWithin(e.Entries, here) {
			m.Below = r.menuEntries(e.Entries, here, whole)
		} else if !e.HasPage {
			for first := range docs.Pages(e.Entries) {
				m.URL = r.site.Path(first.Address)
				break
			}
		}
		list = append(list, m)
	}
	return list
}

// isWithin tells whether a document is in a menu.
func isWithin(entries []docs.Entry, here site.Address) bool {
	return slices.ContainsFunc(entries, func(e docs.Entry) bool { return e.HasPage && e.Address == here || isWithin(e.Entries, here) })
}
