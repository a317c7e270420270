package card

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/language"
	"golang.org/x/image/math/fixed"

	"loanleaf/locale"
	"loanleaf/templates/view"
)

// mostBadge is how long a badge may be in bytes, mostLabel how wide the words of
// its label, in tenths of a pixel. Only the name of a list can be more, and is cut
// then.
const mostBadge, mostLabel = 1024, 3200

// ListBadge is the badge of a list as an SVG document of at most 1 KB: what the
// list is called, and how many of its loans raise funds; where none does, in the
// colour of a state that is over. The list is told as [view.Teller.DrawnList] does.
func (p *Painter) ListBadge(l view.ListCard) []byte {
	c := p.canvas()
	defer p.canvases.Put(c)
	b := badge{language: l.Language, label: l.Name, tone: "go", bar: -1}
	raising := l.Raising
	if len(raising) == 0 {
		b.tone = "off"
		n := l.Language.Number(0)
		raising = view.Sentence{{Text: l.Language.Words.RaisingCount.For(l.Language, 0).Fill("n", n)}}
	}
	for _, span := range raising {
		b.text += b.isolated(span.Text, span.Kind == view.Amount)
	}
	// What the program itself calls things is in the language of the badge.
	if name := cmp.Or(l.Partner, l.Sector, l.Country); name != "" {
		if at := strings.LastIndex(l.Name, name); at >= 0 {
			b.before, b.name = l.Name[:at], name
		}
	}
	b.measure = c.measureIn(l.Language)
	return b.within(p.colours)
}

// GoneListBadge stands for a list that is not there.
func (p *Painter) GoneListBadge(g view.Gone) []byte {
	c := p.canvas()
	defer p.canvases.Put(c)
	b := badgeOfGone(g)
	b.label, b.measure = g.Language.Words.ListCard.Badge, c.measureIn(g.Language)
	return b.svg(p.colours)
}

// within is the badge with as much of its label as there is room for: whole
// words, or whole characters of a first one that is longer than that.
func (b badge) within(c Colours) []byte {
	made, label := b.svg(c), b.label
	tooLong := func() bool {
		_, _, words, _ := b.tenths()
		return len(made) > mostBadge || words > mostLabel
	}
	for tooLong() && label != "" {
		if word := strings.LastIndexByte(label, ' '); word > 0 {
			label = label[:word]
		} else {
			_, last := utf8.DecodeLastRuneInString(label)
			label = label[:len(label)-last]
		}
		b.label = strings.TrimRight(label, " ,;·-") + string(ellipsis)
		made = b.svg(c)
	}
	return made
}

// measureIn measures what lists are called: names of countries, sectors and
// partners, which the table of the program's own words does not have. Latin letters
// are added up; everything else is shaped.
func (w *writer) measureIn(l *locale.Language) func(text string) int {
	return func(text string) int {
		known := widths()
		if strings.IndexFunc(text, func(r rune) bool { return int(r) >= len(known.low) }) < 0 {
			return known.width(text)
		}
		in := script{language: language.NewLanguage(l.Tag), rtl: l.Direction == "rtl"}
		return w.block(in, []piece{{text: text}}, fixed.I(perEm), 1<<30, 1).width().Round()
	}
}
