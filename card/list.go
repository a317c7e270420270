package card

import (
	"image/color"

	"loanleaf/templates/view"
)

// Measures of a list's card and its rows, in pixels of the large size.
const (
	listTop   = 44  // where the heading begins
	mostRow   = 92  // the height of a row, whatever the number of loans; less below a heading of two lines
	rowBar    = 250 // the width of its bar
	rowFigure = 110 // of the percent behind it
	rowGap    = 36  // between name and bar
	rowHeight = 18  // of the bar itself
)

// list lays out the card of a list: what it is called and how many raise funds
// from the top, and the newest of these below, a row each. It is as large with one
// loan as with four.
func (s *sheet) list(l view.ListCard) {
	t := s.colours.tones["go"]
	if len(l.Loans) == 0 {
		t = s.colours.tones["off"]
	}
	s.ground(nil, false, t)
	s.y = s.px(listTop)
	heading, size := s.set(s.strong(l.Heading), s.width, fit{66, 1}, fit{56, 1}, fit{48, 1}, fit{42, 2})
	s.print(heading, size)
	if len(l.Loans) == 0 {
		s.y += s.px(24)
		none, size := s.set([]piece{{text: l.None, ink: ink{colour: s.colours.ink}}}, s.width, fit{38, 4}, fit{32, 6})
		s.print(none, size)
		s.foot(l.Source, l.Dated.Label.String())
		return
	}
	raising, size := s.set(s.words(l.Raising, s.colours.grey), s.width, fit{34, 1}, fit{28, 1})
	s.print(raising, size)
	s.y += s.px(16)
	rows := l.Loans[:min(len(l.Loans), view.DrawnRows)]
	height := min(s.px(mostRow), (s.px(footLine-38)-s.y)/view.DrawnRows)
	for _, loan := range rows {
		s.row(loan, height)
		s.y += height
	}
	s.foot(l.Source, l.Dated.Label.String())
}

// row draws a loan: name and place, and how far it came. Its lines keep their
// distance in every script, so that rows are equal.
func (s *sheet) row(l view.Loan, height int) {
	t := s.colours.tones[l.State.Tone]
	s.rectangle(s.box(s.start, s.y, s.width, max(1, s.px(2))), s.colours.track)
	room := s.width - s.px(rowBar+rowFigure+rowGap)
	if l.Figures.Bar < 0 {
		room = s.width
	}
	name, size := s.set([]piece{{l.Name, ink{s.colours.ink, true}, true}}, room, fit{32, 1}, fit{29, 1})
	first := 0.46
	if name.tall { // what hangs below its letters has room above the place
		name, size = s.set([]piece{{l.Name, ink{s.colours.ink, true}, true}}, room, fit{27, 1})
		first = 0.41
	}
	place, small := s.set(s.joined(l.Place), room, fit{24, 1}, fit{22, 1})
	if len(place.lines) == 0 {
		first = 0.62
	}
	at := func(part float64) int { return s.y + int(part*float64(height)) }
	if len(name.lines) > 0 {
		s.line(name.lines[0], size, at(first), false)
	}
	if len(place.lines) > 0 {
		s.line(place.lines[0], small, at(0.85), false)
	}
	if l.Figures.Bar < 0 {
		return
	}
	top := s.y + (height-s.px(rowHeight))/2 + s.px(1)
	s.shortBar(l.Figures.Bar, t.ink, s.start+s.width-s.px(rowBar+rowFigure), top)
	percent, size := s.set([]piece{{l.Language.Percent(l.Figures.Bar), ink{s.colours.ink, true}, true}}, s.px(rowFigure-12), fit{28, 1}, fit{24, 1})
	if len(percent.lines) > 0 {
		s.line(percent.lines[0], size, top+s.px(rowHeight/2+0.36*size), true)
	}
}

// shortBar draws how far a loan came from a place in the line on.
func (s *sheet) shortBar(percent int, colour color.RGBA, start, top int) {
	full := s.box(start, top, s.px(rowBar), s.px(rowHeight))
	s.pill(full, full.Dy()/2, s.colours.track)
	if percent <= 0 {
		return
	}
	// Less than a circle would stick out of the bar's round end.
	done := max(s.px(rowBar)*min(percent, 100)/100, full.Dy())
	s.pill(s.box(start, top, done, full.Dy()), full.Dy()/2, colour)
}

// strong are the pieces of a heading.
func (s *sheet) strong(heading view.Sentence) []piece {
	pieces := s.words(heading, s.colours.ink)
	for i := range pieces {
		pieces[i].ink = ink{s.colours.ink, true}
	}
	return pieces
}
