package card

import (
	"cmp"
	"image/color"
	"slices"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// ink is how a piece of text looks.
type ink struct {
	colour color.RGBA
	bold   bool
}

// piece is text of one look. A value of the data (a name, an amount) is
// isolated: it does not change the direction of the words around it.
type piece struct {
	text     string
	ink      ink
	isolated bool
}

// Marks of the bidirectional algorithm (UAX #9) around an isolated piece.
const (
	firstStrongIsolate = '\u2068'
	popIsolate         = '\u2069'
	ellipsis           = '…'
)

// mostRunes bounds what is shaped of one paragraph: more than fits any card.
const mostRunes = 600

// placed is a glyph in its line, from the line's left end and its baseline.
type placed struct {
	face  uint8
	glyph font.GID
	x, y  fixed.Int26_6
	ink   ink
}

// line is a line of text in visual order.
type line struct {
	glyphs []placed
	width  fixed.Int26_6
}

// block is a paragraph cut into lines.
type block struct {
	lines []line
	tall  bool // letters of a script that needs more room above and below
	cut   bool // not all of it has room
}

// width is that of the longest line.
func (b block) width() fixed.Int26_6 {
	var most fixed.Int26_6
	for _, l := range b.lines {
		most = max(most, l.width)
	}
	return most
}

// writer shapes text. It is used by one goroutine at a time.
type writer struct {
	faces   []*font.Face // as typefaces has them
	shaper  shaping.HarfbuzzShaper
	split   shaping.Segmenter
	wrapper shaping.LineWrapper
	runes   []rune
	inks    []ink // of each rune
	runs    []shaping.Output
}

func newWriter() *writer {
	w := &writer{}
	for _, f := range typefaces() {
		w.faces = append(w.faces, newFace(f))
	}
	w.shaper.SetFontCacheSize(len(w.faces))
	return w
}

// ResolveFace is the regular face for a character.
func (w *writer) ResolveFace(r rune) *font.Face { return w.faces[max(faceOf(r), 0)] }

// index is the place of a face among the typefaces.
func (w *writer) index(face *font.Face) int { return slices.Index(w.faces, face) }

// script is the direction and language that a paragraph is written in.
type script struct {
	language language.Language
	rtl      bool
}

func (s script) direction() di.Direction {
	if s.rtl {
		return di.DirectionRTL
	}
	return di.DirectionLTR
}

// block shapes a paragraph and cuts it into at most so many lines of at most a
// width, the last of which ends in an ellipsis where there is more. size is in
// pixels per em.
func (w *writer) block(s script, pieces []piece, size, width fixed.Int26_6, most int) block {
	w.join(pieces)
	if len(w.runes) == 0 {
		return block{}
	}
	b := block{}
	whole := shaping.Input{Text: w.runes, RunEnd: len(w.runes), Direction: s.direction(), Size: size, Language: s.language, Script: language.Latin}
	w.runs = w.runs[:0]
	for _, run := range w.split.Split(whole, w) {
		b.tall = b.tall || w.index(run.Face) > boldly
		for start := run.RunStart; start < run.RunEnd; {
			end := start + 1
			for end < run.RunEnd && w.inks[end].bold == w.inks[start].bold {
				end++
			}
			part := run
			part.RunStart, part.RunEnd = start, end
			if w.inks[start].bold {
				part.Face = w.faces[w.index(run.Face)+boldly]
			}
			w.runs = append(w.runs, w.shaper.Shape(part))
			start = end
		}
	}
	last := w.inks[len(w.inks)-1]
	config := shaping.WrapConfig{Direction: s.direction(), TruncateAfterLines: most, Truncator: w.ellipsis(s, last.bold, size)}
	lines, truncated := w.wrapper.WrapParagraphF(config, width, w.runes, shaping.NewSliceIterator(w.runs))
	b.cut = truncated > 0
	for _, l := range lines {
		b.lines = append(b.lines, w.place(l, last))
	}
	return b
}

// join puts the pieces one after the other. Separators of lines and paragraphs, and
// control characters, are spaces: a block is one paragraph, and the library that cuts
// it into lines ends in a panic over a run of which no glyph is left. Texts of loans
// have none (kiva/snapshot); those of settings may.
func (w *writer) join(pieces []piece) {
	w.runes, w.inks = w.runes[:0], w.inks[:0]
	add := func(r rune, i ink) {
		if len(w.runes) < mostRunes {
			w.runes, w.inks = append(w.runes, r), append(w.inks, i)
		}
	}
	for _, p := range pieces {
		if p.isolated {
			add(firstStrongIsolate, p.ink)
		}
		for _, r := range p.text {
			if unicode.In(r, unicode.Zl, unicode.Zp, unicode.Cc) {
				r = ' '
			}
			add(r, p.ink)
		}
		if p.isolated {
			add(popIsolate, p.ink)
		}
	}
}

// ellipsis is the mark of what was cut.
func (w *writer) ellipsis(s script, bold bool, size fixed.Int26_6) shaping.Output {
	face := w.faces[0]
	if bold {
		face = w.faces[boldly]
	}
	return w.shaper.Shape(shaping.Input{
		Text: []rune{ellipsis}, RunEnd: 1, Direction: s.direction(), Face: face, Size: size, Script: language.Latin, Language: s.language,
	})
}

// place puts the glyphs of a line one beside the other. last is the look of the
// paragraph's end, which an ellipsis takes on.
func (w *writer) place(runs shaping.Line, last ink) line {
	w.trim(runs)
	slices.SortFunc(runs, func(a, b shaping.Output) int { return cmp.Compare(a.VisualIndex, b.VisualIndex) })
	var l line
	for _, run := range runs {
		face := uint8(w.index(run.Face))
		for _, g := range run.Glyphs {
			look := last
			if i := g.TextIndex(); run.Runes.Count > 0 && i < len(w.inks) && i >= run.Runes.Offset {
				look = w.inks[i]
			}
			l.glyphs = append(l.glyphs, placed{face, g.GlyphID, l.width + g.XOffset, g.YOffset, look})
			l.width += g.Advance
		}
	}
	return l
}

// trim takes the space away at which a line was broken. Where the line's end is
// written against the paragraph's direction it would stand in the middle (UAX
// #9, L1).
func (w *writer) trim(runs shaping.Line) {
	end := -1
	for i, run := range runs {
		if run.Runes.Offset+run.Runes.Count <= len(w.runes) && len(run.Glyphs) > 0 && (end < 0 || run.Runes.Offset > runs[end].Runes.Offset) {
			end = i
		}
	}
	if end < 0 {
		return
	}
	run := &runs[end]
	g := &run.Glyphs[len(run.Glyphs)-1]
	if run.Direction.Progression() == di.TowardTopLeft {
		g = &run.Glyphs[0]
	}
	if i := g.TextIndex(); i < len(w.runes) && unicode.IsSpace(w.runes[i]) {
		g.Advance = 0
	}
}
