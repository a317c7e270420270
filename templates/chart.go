package templates

import (
	"strconv"

	"loanleaf/templates/view"
)

// A chart is drawn on a plane that is stretched to the width of its box, while
// marks keep their shape: they stand outside of it, at shares of the width.
// There are no words in the drawing, so that text keeps its size and Arabic
// mirrors the whole of it. These are its measures in pixels.
const (
	plotHeight  = "128"
	markHeight  = "142" // where the middle of the marks is
	chartHeight = "150"
)

// shape is the mark of an outcome: a name for its class and its id, and a drawing of
// twelve by twelve around the origin. Shapes differ, so that no colour has to
// be told from another.
type shape struct{ name, path string }

func shapeOf(o view.Outcome) shape {
	switch o {
	case view.OnTime:
		return shape{"on-time", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0"}
	case view.Late:
		return shape{"late", "M0-5.5 5.5 4.5h-11z"}
	case view.Missing:
		return shape{"missing", "M-4-4 4 4M4-4-4 4"}
	}
	return shape{"open", "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0"}
}

// drawing is the chart itself: what came back as an area, the plan as a line
// of steps, and a mark for each instalment.
func (w *markupWriter) drawing(c view.Chart) {
	w.markup(`<svg class="plot" role="img" aria-labelledby="chart" aria-describedby="chart-sums" height="` + chartHeight + `"><title id="chart">`)
	w.text(c.Title)
	w.markup(`</title><desc id="chart-sums">`)
	w.text(c.Summary)
	w.markup(`</desc><svg viewBox="0 0 1000 1000" preserveAspectRatio="none" width="100%" height="` + plotHeight + `"><path class="grid" d="M0 0H1000M0 500H1000M0 1000H1000"></path>`)
	path := make([]byte, 0, 512)
	if len(c.Back) > 0 {
		path = append(appendSteps(path, c.Back), "V1000z"...)
		w.path("back", path)
	}
	w.path("plan", append(appendSteps(path[:0], c.Plan), "H1000"...))
	w.markup(`</svg>`)
	for _, m := range c.Marks {
		w.markup(`<use href="#`)
		w.markup(shapeOf(m.Outcome).name)
		w.bytes(appendTenth(append(path[:0], `" x="`...), m.X))
		w.markup(`%" y="` + markHeight + `"></use>`)
	}
	w.markup(`</svg>`)
}

// keys are what the lines and the marks of a chart mean. The shapes of the
// marks are defined here, and the drawing takes them up by their ids.
func (w *markupWriter) keys(c view.Chart, planned, back string) {
	item := func(class, id, path, label string) {
		w.markup(`<li><svg viewBox="-6 -6 12 12" aria-hidden="true"><path class="`)
		w.markup(class)
		if id != "" {
			w.markup(`" id="`)
			w.markup(id)
		}
		w.markup(`" d="`)
		w.markup(path)
		w.markup(`"></path></svg>`)
		w.text(label)
		w.markup(`</li>`)
	}
	w.markup(`<ul class="keys">`)
	item("plan", "", "M-6 0H6", planned)
	if len(c.Back) > 0 {
		item("back", "", "M-5-4H5V4H-5z", back)
	}
	for _, k := range c.Keys {
		s := shapeOf(k.Outcome)
		item(s.name, s.name, s.path, k.Label)
	}
	w.markup(`</ul>`)
}

// appendSteps writes steps as a path from the lower start corner; Y of a
// drawing counts downwards.
func appendSteps(path []byte, steps []view.Step) []byte {
	path = append(path, "M0 1000"...)
	for _, s := range steps {
		path = strconv.AppendInt(append(path, 'H'), int64(s.X), 10)
		path = strconv.AppendInt(append(path, 'V'), int64(view.ChartScale-s.Y), 10)
	}
	return path
}

// appendTenth writes thousandths as a percentage without its sign: 125 as 12.5.
func appendTenth(dst []byte, thousandths int) []byte {
	dst = strconv.AppendInt(dst, int64(thousandths/10), 10)
	if rest := thousandths % 10; rest > 0 {
		dst = append(dst, '.', '0'+byte(rest))
	}
	return dst
}
