package card

import (
	"image"
	"sync"

	"github.com/go-text/typesetting/language"

	"loanleaf/locale"
	"loanleaf/templates/view"
)

// Size is a size of cards in pixels.
type Size struct{ Width, Height int }

// The sizes: that of previews, and half of it, for e-mail and forums.
var (
	Large = Size{1200, 630}
	Small = Size{600, 315}
)

// Format is how a card is written.
type Format uint8

// The formats. JPEG is for cards with a photo; text is sharper and smaller as
// PNG.
const (
	PNG Format = iota
	JPEG
)

// Painter draws cards in one brand's colours. It is safe for concurrent use;
// each card under way takes 4 MB of memory, which is used again, and all of them
// share 8 MB of drawn letters.
type Painter struct {
	colours  Colours
	glyphs   glyphs
	canvases sync.Pool
}

// New makes a painter. The typefaces are read when the first card is drawn, by
// the first painter alone.
func New(c Colours) *Painter { return &Painter{colours: c} }

// Loan draws the card of a loan. photo is its picture, or nil: then the card is
// laid out without one. A group's photo is shown whole, since every cut takes
// somebody out of it.
func (p *Painter) Loan(l view.Loan, photo image.Image, size Size, format Format) ([]byte, error) {
	return p.draw(size, format, l.Language, func(s *sheet) { s.loan(l, photo) })
}

// List draws the card of a list, told as [view.Teller.DrawnList] does; always a
// PNG. Of its loans it shows [view.DrawnRows], without photos.
func (p *Painter) List(l view.ListCard, size Size) ([]byte, error) {
	return p.draw(size, PNG, l.Language, func(s *sheet) { s.list(l) })
}

// Gone draws what stands for a loan, or a list, that is not there.
func (p *Painter) Gone(g view.Gone, size Size, format Format) ([]byte, error) {
	return p.draw(size, format, g.Language, func(s *sheet) { s.gone(g) })
}

// Site draws the one card of a site: its name and what it is, in a language.
// motto may be empty.
func (p *Painter) Site(name, host, motto string, l *locale.Language, size Size) ([]byte, error) {
	return p.draw(size, PNG, l, func(s *sheet) { s.site(name, host, motto) })
}

// draw lends a canvas to a drawing.
func (p *Painter) draw(size Size, format Format, l *locale.Language, on func(*sheet)) ([]byte, error) {
	c := p.canvas()
	defer p.canvases.Put(c)
	c.begin(size, p.colours.light.paper)
	on(&sheet{
		canvas: c, colours: p.colours.light, size: size, scale: float64(size.Width) / float64(Large.Width),
		script: script{language: language.NewLanguage(l.Tag), rtl: l.Direction == "rtl"},
	})
	return c.encode(format)
}

// canvas is one that nobody draws on, to be put back afterwards.
func (p *Painter) canvas() *canvas {
	c, ok := p.canvases.Get().(*canvas)
	if !ok {
		c = &canvas{writer: newWriter(), glyphs: &p.glyphs}
	}
	return c
}
