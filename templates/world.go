package templates

import (
	"fmt"
	"strconv"

	"github.com/a-h/templ"

	"loanleaf/templates/view"
)

// circles is the map: the land, from a file, and a circle a spot.
func circles(land string, spots []view.Spot, title, text string) templ.Component {
	return written(func(w *markupWriter) {
		w.markup(fmt.Sprintf(`<svg class="world" viewBox="%d %d %d %d" role="img" aria-labelledby="map-title" aria-describedby="map-text"><title id="map-title">`,
			view.WorldLeft, view.WorldTop, view.WorldWidth, view.WorldHeight))
		w.text(title)
		w.markup(`</title><desc id="map-text">`)
		w.text(text)
		w.markup(`</desc><image href="`)
		w.text(land)
		w.markup(fmt.Sprintf(`" x="%d" y="%d" width="%d" height="%d"></image>`,
			view.WorldLeft, view.WorldTop, view.WorldWidth, view.WorldHeight))
		circle := make([]byte, 0, 64)
		for _, s := range spots {
			circle = strconv.AppendInt(append(circle[:0], `<circle cx="`...), int64(s.X), 10)
			circle = strconv.AppendInt(append(circle, `" cy="`...), int64(s.Y), 10)
			circle = strconv.AppendInt(append(circle, `" r="`...), int64(s.Radius), 10)
			w.bytes(append(circle, `"></circle>`...))
		}
		w.markup(`</svg>`)
	})
}
