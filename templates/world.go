package templates

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"loanleaf/templates/view"
)

// circles is the map: the land, from a file, and on it a circle a spot, which says
// what it is to a pointer that rests on it and leads to the list of its country.
// The list by country below the map leads to the same places and has the same
// numbers, so readers who go by keyboard or by ear are spared the map.
func circles(land string, spots []view.Spot) templ.Component {
	return written(func(w *markupWriter) {
		w.markup(fmt.Sprintf(`<svg class="world" viewBox="%d %d %d %d" aria-hidden="true"><image href="`,
			view.WorldLeft, view.WorldTop, view.WorldWidth, view.WorldHeight))
		w.text(land)
		w.markup(fmt.Sprintf(`" x="%d" y="%d" width="%d" height="%d"></image>`,
			view.WorldLeft, view.WorldTop, view.WorldWidth, view.WorldHeight))
		circle := make([]byte, 0, 64)
		for _, s := range spots {
			w.markup(`<a tabindex="-1" href="`)
			w.text(string(templ.URL(s.URL)))
			w.markup(`"><title>`)
			w.text(s.Label)
			circle = strconv.AppendInt(append(circle[:0], `</title><circle cx="`...), int64(s.X), 10)
			circle = strconv.AppendInt(append(circle, `" cy="`...), int64(s.Y), 10)
			circle = strconv.AppendInt(append(circle, `" r="`...), int64(s.Radius), 10)
			w.bytes(append(circle, `"></circle></a>`...))
		}
		w.markup(`</svg>`)
	})
}
