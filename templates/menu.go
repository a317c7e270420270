package templates

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/a-h/templ"
)

// MenuEntry is a line of a menu; without a URL it is a heading of those below.
type MenuEntry struct {
	Way
	Below []MenuEntry
}

// Menu is a menu of documentation, written once for all the pages that show it: they
// differ in which line is said to be the page itself.
type Menu struct {
	html  string
	marks []menuMark
}

// menuMark is where the mark of a page stands.
type menuMark struct {
	url string
	at  int // in html
}

// hereMark is the mark, as [way] writes it.
const hereMark = ` aria-current="page"`

// NewMenu writes a menu in the language of a frame. Here says of which lines a page
// may be: those that lead to a document of their own.
func NewMenu(f Frame, entries []MenuEntry) (*Menu, error) {
	m := &Menu{}
	if len(entries) == 0 {
		return m, nil
	}
	var marked bytes.Buffer
	if err := menu(f, entries).Render(context.Background(), &marked); err != nil {
		return nil, fmt.Errorf("menu: %w", err)
	}
	// No text has the mark in it, since its quotation marks would be escaped.
	parts := strings.Split(marked.String(), hereMark)
	m.html = strings.Join(parts, "")
	at := 0
	m.note(entries, func() int {
		at += len(parts[0])
		parts = parts[1:]
		return at
	})
	return m, nil
}

// note takes the places of the marks, in the order in which lines are written.
func (m *Menu) note(entries []MenuEntry, next func() int) {
	for _, e := range entries {
		if e.Here {
			m.marks = append(m.marks, menuMark{e.URL, next()})
		}
		m.note(e.Below, next)
	}
}

// Size is about how many bytes the menu holds.
func (m *Menu) Size() int {
	const ofMark = 80
	return len(m.html) + ofMark*len(m.marks)
}

// empty tells whether there is no line; no menu is empty too.
func (m *Menu) empty() bool { return m == nil || m.html == "" }

// at is the menu as the page at a path shows it.
func (m *Menu) at(path string) templ.Component {
	return written(func(w *markupWriter) {
		from := 0
		for _, mark := range m.marks {
			if mark.url == path {
				w.markup(m.html[from:mark.at])
				w.markup(hereMark)
				from = mark.at
			}
		}
		w.markup(m.html[from:])
	})
}
