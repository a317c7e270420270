package card

import (
	"image"
	"image/color"
	"math"
	"strings"

	"golang.org/x/image/math/fixed"

	"loanleaf/templates/view"
)

// Measures of a card in pixels of the large size (design/widget, picture 10).
const (
	photoWidth = 500
	bandWidth  = 16 // the edge of a card without a photo
	beside     = 60 // between photo and text, and at the end
	besideBand = 80
	topEdge    = 56
	footLine   = 576 // the baseline of the last line
	barHeight  = 22
)

// sheet is a card being laid out. Places are counted from the start edge, the
// right one where the language is written from right to left.
type sheet struct {
	*canvas
	script  script
	colours scheme
	size    Size
	scale   float64
	start   int // of the text
	width   int // of the text
	y       int // how far down the text has come
}

// px is a measure of the large size in this one.
func (s *sheet) px(measure float64) int { return int(math.Round(measure * s.scale)) }

// em is a size of type likewise.
func (s *sheet) em(size float64) fixed.Int26_6 {
	return fixed.Int26_6(math.Round(size * s.scale * 64))
}

// at is the left edge of something that begins so far from the start edge.
func (s *sheet) at(start, width int) int {
	if s.script.rtl {
		return s.size.Width - start - width
	}
	return start
}

// box is a rectangle by its distance from the start edge.
func (s *sheet) box(start, top, width, height int) image.Rectangle {
	left := s.at(start, width)
	return image.Rect(left, top, left+width, top+height)
}

// type sizes to try, the largest first, each with the lines that it may take.
type fit struct {
	size  float64
	lines int
}

// set shapes a paragraph at the first size at which it has room, or cut at the
// last one.
func (s *sheet) set(pieces []piece, width int, fits ...fit) (block, float64) {
	var b block
	for i, f := range fits {
		if b = s.block(s.script, pieces, s.em(f.size), fixed.I(width), max(f.lines, 1)); !b.cut || i == len(fits)-1 {
			return b, f.size
		}
	}
	return b, 0
}

// leading is the distance of the lines of a block.
func leading(b block, size float64) float64 {
	if b.tall {
		return size * 1.5
	}
	return size * 1.27
}

// print draws a block below what is there, and moves on.
func (s *sheet) print(b block, size float64) {
	height := leading(b, size)
	top := float64(s.y)
	for i, l := range b.lines {
		// The middle of a capital, 0.36 em above the baseline, is the line's.
		baseline := top + s.scale*(height*(float64(i)+0.5)+0.36*size)
		s.write(l, s.em(size), s.at(s.start, l.width.Ceil()), int(math.Round(baseline)))
	}
	s.y += s.px(height * float64(len(b.lines)))
}

// line draws one line on a baseline, at the start or at the end of the text.
func (s *sheet) line(l line, size float64, baseline int, atEnd bool) {
	from := s.start
	if atEnd {
		from += s.width - l.width.Ceil()
	}
	s.write(l, s.em(size), s.at(from, l.width.Ceil()), baseline)
}

// chip draws the words of a state on their tint.
func (s *sheet) chip(text string, t tone) {
	const size, height, padding = 27, 52, 24
	room := s.width - 2*s.px(padding)
	b, _ := s.set([]piece{{text: text, ink: ink{t.ink, true}}}, room, fit{size, 1})
	if len(b.lines) == 0 {
		return
	}
	words := b.lines[0].width.Ceil()
	s.pill(s.box(s.start, s.y, words+2*s.px(padding), s.px(height)), s.px(height)/2, t.tint)
	s.write(b.lines[0], s.em(size), s.at(s.start+s.px(padding), words), s.y+s.px(height/2+0.36*size))
	s.y += s.px(height + 14)
}

// bar draws how far a loan has come.
func (s *sheet) bar(percent int, t tone, top int) {
	full := s.box(s.start, top, s.width, s.px(barHeight))
	s.pill(full, full.Dy()/2, s.colours.track)
	done := s.width * percent / 100
	if percent <= 0 {
		return
	}
	// Less than a circle would stick out of the bar's round end.
	s.pill(s.box(s.start, top, max(done, full.Dy()), full.Dy()), full.Dy()/2, t.ink)
}

// foot draws the last line: whose card it is, and of when where that has room.
func (s *sheet) foot(host, dated string) {
	const size = 24
	look := ink{colour: s.colours.grey}
	b, used := s.set([]piece{{host, look, true}}, s.width, fit{size, 1}, fit{size * 0.8, 1})
	if len(b.lines) == 0 {
		return
	}
	s.line(b.lines[0], used, s.px(footLine), false)
	if dated == "" {
		return
	}
	if d, _ := s.set([]piece{{text: dated, ink: look}}, s.width, fit{size, 1}); !d.cut && len(d.lines) == 1 && d.width()+b.width()+fixed.I(s.px(40)) <= fixed.I(s.width) {
		s.line(d.lines[0], size, s.px(footLine), true)
	}
}

// words are the pieces of a sentence: amounts strong, values of the data
// isolated.
func (s *sheet) words(sentence view.Sentence, colour color.RGBA) []piece {
	pieces := make([]piece, 0, len(sentence))
	for _, span := range sentence {
		p := piece{text: span.Text, ink: ink{colour: colour}}
		switch span.Kind {
		case view.Amount:
			p.ink = ink{s.colours.ink, true}
			p.isolated = true
		case view.Name, view.Words:
			p.isolated = true
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// joined are texts that stand in one line, parted by a dot.
func (s *sheet) joined(texts ...string) []piece {
	var pieces []piece
	for _, text := range texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		if len(pieces) > 0 {
			pieces = append(pieces, piece{text: " · ", ink: ink{colour: s.colours.grey}})
		}
		pieces = append(pieces, piece{text: text, ink: ink{colour: s.colours.grey}})
	}
	return pieces
}
