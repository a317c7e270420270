package card

import (
	"image"

	"golang.org/x/image/math/fixed"

	"loanleaf/templates/view"
)

// mostUseLines is as many lines as a card has room for, whatever else stands on
// it.
const mostUseLines = 6

// loan lays out the card of a loan: what it is from the top, how far it came
// from the foot, and what it is for in the room between.
func (s *sheet) loan(l view.Loan, photo image.Image) {
	t := s.colours.tones[l.State.Tone]
	s.ground(photo, l.Group, t)
	s.chip(l.State.Chip, t)
	large := 0.0 // without a photo there is room for larger type
	if photo == nil {
		large = 8
	}
	name, size := s.set([]piece{{l.Name, ink{s.colours.ink, true}, true}}, s.width,
		fit{76 + large, 1}, fit{62, 1}, fit{50, 1}, fit{44, 2})
	s.print(name, size)
	place, size := s.set(s.joined(l.Place, l.Activity.Text), s.width, fit{31, 1}, fit{27, 1}, fit{25, 1})
	if place.cut {
		place, size = s.set(s.joined(l.Place), s.width, fit{27, 1}, fit{25, 1})
	}
	s.print(place, size)
	s.y += s.px(18)
	bottom := s.figures(l.Figures, t)
	s.use(l.Use, bottom, large)
	dated := l.Dated.Label.String()
	for _, span := range l.Figures.Aside {
		if span.Kind == view.Date && span.Time.Equal(l.Dated.Time) {
			dated = "" // it is told already
		}
	}
	s.foot(l.Source.Label, dated)
}

// ground draws the photo, or the edge that stands for it, and says where the
// text has room.
func (s *sheet) ground(photo image.Image, whole bool, t tone) {
	s.start, s.y = s.px(besideBand), s.px(topEdge)
	if photo != nil && !photo.Bounds().Empty() {
		place := s.box(0, 0, s.px(photoWidth), s.size.Height)
		if whole {
			s.rectangle(place, s.colours.behind)
		}
		s.photo(photo, place, whole)
		s.start = s.px(photoWidth + beside)
		s.width = s.size.Width - s.start - s.px(beside)
		return
	}
	s.rectangle(s.box(0, 0, s.px(bandWidth), s.size.Height), t.ink)
	s.width = s.size.Width - 2*s.start
}

// figures draws the bar and the sentence under it above the foot, and says
// where they begin.
func (s *sheet) figures(f view.Figures, t tone) (top int) {
	const gap = 28
	var main, aside block
	var size, small float64
	oneRow := false
	for _, smaller := range []float64{33, 31, 29, 27} {
		main, size = s.set(s.words(f.Main, s.colours.grey), s.width, fit{smaller, 1})
		aside, small = s.set(s.words(f.Aside, s.colours.grey), s.width, fit{smaller, 1})
		if oneRow = !main.cut && !aside.cut && main.width()+aside.width()+fixed.I(s.px(gap)) <= fixed.I(s.width); oneRow {
			break
		}
	}
	if !oneRow {
		main, size = s.set(s.words(f.Main, s.colours.grey), s.width, fit{33, 1}, fit{29, 1}, fit{27, 2})
		aside, small = s.set(s.words(f.Aside, s.colours.grey), s.width, fit{31, 1}, fit{27, 1}, fit{25, 2})
	}
	rows := leading(main, size) * float64(len(main.lines))
	if !oneRow {
		rows += leading(aside, small) * float64(len(aside.lines))
	}
	top = s.px(footLine-40) - s.px(rows)
	from := s.y
	s.y = top
	s.print(main, size)
	if oneRow && len(aside.lines) > 0 {
		s.line(aside.lines[0], small, top+s.px(leading(main, size)/2+0.36*size), true)
	} else {
		s.print(aside, small)
	}
	if f.Bar >= 0 {
		top -= s.px(barHeight + 14)
		s.bar(f.Bar, t, top)
	}
	s.y = from
	return top
}

// use draws what the loan is for between what is above and what begins at
// bottom.
func (s *sheet) use(use view.Sentence, bottom int, large float64) {
	room := float64(bottom-s.y-s.px(16)) / s.scale
	pieces := s.words(use, s.colours.ink)
	for i := range pieces { // the amount stands in the figures already
		pieces[i].ink.bold = false
	}
	for _, size := range []float64{37 + large/2, 33, 29, 26, 24} {
		b, _ := s.set(pieces, s.width, fit{size, mostUseLines})
		rows := int(room / leading(b, size))
		if !b.cut && len(b.lines) <= rows || size == 24 && rows > 0 {
			if len(b.lines) > rows {
				b, _ = s.set(pieces, s.width, fit{size, rows})
			}
			s.print(b, size)
			return
		}
	}
}

// gone lays out what stands for a loan that is not there.
func (s *sheet) gone(g view.Gone) {
	t := s.colours.tones[g.State.Tone]
	s.ground(nil, false, t)
	s.chip(g.State.Chip, t)
	s.y += s.px(40)
	heading, size := s.set([]piece{{text: g.Heading, ink: ink{s.colours.ink, true}}}, s.width, fit{64, 1}, fit{56, 2})
	s.print(heading, size)
	s.y += s.px(20)
	text, size := s.set([]piece{{text: g.Text, ink: ink{colour: s.colours.ink}}}, s.width, fit{36, 4}, fit{30, 4})
	s.print(text, size)
	s.foot(g.Source.Label, "")
}

// site lays out the card of the whole site. A name that cannot be drawn gives
// way to the site's host.
func (s *sheet) site(name, host, motto string) {
	t := s.colours.tones["go"]
	s.ground(nil, false, t)
	if !Covers(name) {
		name, host = host, ""
	}
	s.y = s.px(200)
	heading, size := s.set([]piece{{name, ink{t.ink, true}, true}}, s.width, fit{104, 1}, fit{84, 1}, fit{64, 2})
	s.print(heading, size)
	s.y += s.px(10)
	if motto != "" {
		text, size := s.set([]piece{{text: motto, ink: ink{colour: s.colours.ink}}}, s.width, fit{44, 1}, fit{38, 3})
		s.print(text, size)
	}
	s.foot(host, "")
}
