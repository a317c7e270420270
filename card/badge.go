package card

import (
	"strconv"
	"strings"
	"unicode"

	"loanleaf/locale"
	"loanleaf/templates/view"
)

// Measures of a badge in pixels, those of the badges that stand beside it in
// README files.
const (
	badgeHeight  = 20
	badgeType    = 11 // the size of its words
	badgePadding = 7  // on both sides of them
	badgeRound   = 4
	badgeBar     = 3
	badgeMiddle  = 14 // the baseline of its words
)

// badge is a badge being made: what it is of, and what is said of that.
type badge struct {
	language    *locale.Language
	label, text string
	// name is what somebody else called what the badge is of, and before what stands
	// in front of it in the label; empty where no name is in it.
	before, name string
	tone         view.Tone
	bar          int // percent; -1: none
	// measure is how wide a text is, in units of the typeface.
	measure func(text string) int
}

func badgeOf(l view.Loan) badge {
	b := badge{language: l.Language, label: l.Language.Words.Badge, text: l.State.Chip, tone: l.State.Tone, bar: l.Figures.Bar, measure: widths().width}
	going := b.bar > 0 && b.bar < 100
	switch b.tone {
	case "go":
		b.text = ""
		for _, span := range l.Figures.Main {
			b.text += b.isolated(span.Text, span.Kind == view.Amount)
		}
	case "off":
		b.bar, going = -1, false
	}
	if going {
		b.text += " · " + b.isolated(l.Language.Percent(b.bar), true)
	}
	return b
}

// isolated keeps a figure together where the words around it are written from
// right to left.
func (b badge) isolated(text string, figure bool) string {
	if !figure || b.language.Direction != "rtl" {
		return text
	}
	return string(firstStrongIsolate) + text + string(popIsolate)
}

func badgeOfGone(g view.Gone) badge {
	return badge{language: g.Language, label: g.Language.Words.Badge, text: g.State.Chip, tone: g.State.Tone, bar: -1, measure: widths().width}
}

// written is the label with the name in it kept together, and ordered by itself, where
// that has letters of the other direction: brackets and marks at its ends would
// otherwise go where the words around it have them. Of a label that was cut, so is
// what is left of the name.
func (b badge) written() string {
	rest, ok := strings.CutPrefix(b.label, b.before)
	if !ok || b.name == "" || !b.turns(b.name) {
		return b.label
	}
	name, after := rest, ""
	if behind, whole := strings.CutPrefix(rest, b.name); whole {
		name, after = b.name, behind
	}
	return b.before + string(firstStrongIsolate) + name + string(popIsolate) + after
}

// turns tells whether a text has letters that are written the other way than the
// language of the badge.
func (b badge) turns(text string) bool {
	fromRight := b.language.Direction == "rtl"
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) && unicode.In(r, fromRightToLeft...) != fromRight })
}

// fromRightToLeft are the scripts of living languages that are written so.
var fromRightToLeft = []*unicode.RangeTable{unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam, unicode.Hanifi_Rohingya}

// tenths are the widths of the badge's two parts, in tenths of a pixel, rounded
// up so that the whole is in whole pixels.
func (b badge) tenths() (label, text, labelWords, textWords int) {
	tenths := func(units int) int { return (units*badgeType + perEm/20) * 10 / perEm }
	labelWords, textWords = tenths(b.measure(b.label)), tenths(b.measure(b.text))
	label = (labelWords/10 + 2*badgePadding + 1) * 10
	text = (textWords/10 + 2*badgePadding + 1) * 10
	return label, text, labelWords, textWords
}

// Badge is the badge of a loan as an SVG document of at most 1 KB: "loan" and
// its figures while it raises funds, "loan" and its state afterwards. It says
// nobody's name. It follows its reader's theme in the colours of the brand.
func Badge(l view.Loan, c Colours) []byte { return badgeOf(l).svg(c) }

// GoneBadge stands for a loan that is not there.
func GoneBadge(g view.Gone, c Colours) []byte { return badgeOfGone(g).svg(c) }

// BadgeSize is the size of a loan's badge in pixels, without making it.
func BadgeSize(l view.Loan) Size {
	label, text, _, _ := badgeOf(l).tenths()
	return Size{(label + text) / 10, badgeHeight}
}

func (b badge) svg(c Colours) []byte {
	label, text, labelWords, textWords := b.tenths()
	whole := label + text
	w := svgWriter{make([]byte, 0, 1024)}
	w.put(`<svg xmlns="http://www.w3.org/2000/svg" width="`).tenth(whole).put(`" height="20" role="img" lang="`, b.language.Tag)
	if b.language.Direction == "rtl" {
		w.put(`" direction="rtl`)
	}
	w.put(`"><title>`).text(b.written()).put(": ").text(b.text).put(`</title><style>`)
	state, off := c.light.tones[b.tone].ink, c.light.tones["off"].ink
	if b.tone == "off" {
		state = lighterOff
	}
	// Words have the colour of the card: a state's colour can be read on it, and
	// so it can be read on the state's.
	w.put("text{font:11px Noto Sans,Verdana,sans-serif;text-anchor:middle}")
	w.put(".l{fill:", hex(off), "}.m,.w{fill:", hex(c.light.paper), "}.s{fill:", hex(state), "}")
	off = c.dark.tones["off"].tint
	w.put("@media(prefers-color-scheme:dark){.l{fill:", hex(off), "}.m{fill:", hex(c.dark.tones["off"].ink))
	w.put("}.w{fill:", hex(c.dark.paper), "}.s{fill:", hex(c.dark.tones[b.tone].ink), "}}")
	w.put(`</style>`)
	first, second := label, text
	left, right := "l", "s"
	if b.language.Direction == "rtl" {
		first, second, left, right = text, label, "s", "l"
	}
	w.put(`<path class="`, left, `" d="M4 0H`).tenth(first).put(`v20H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4"/>`)
	w.put(`<path class="`, right, `" d="M`).tenth(first).put(` 0h`).tenth(second - 10*badgeRound).put(`a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-`).tenth(second - 10*badgeRound).put(`"/>`)
	b.drawBar(&w, label, text)
	words := func(class string, middle, width int, text string) {
		w.put(`<text class="`, class, `" x="`).tenth(middle).put(`" y="14" textLength="`).tenth(width).put(`" lengthAdjust="spacingAndGlyphs">`).text(text).put(`</text>`)
	}
	if b.language.Direction == "rtl" {
		words("m", text+label/2, labelWords, b.written())
		words("w", text/2, textWords, b.text)
	} else {
		words("m", label/2, labelWords, b.written())
		words("w", label+text/2, textWords, b.text)
	}
	w.put("</svg>\n")
	return w.bytes
}

// drawBar draws how far the loan has come along the foot of the second part,
// from where that begins; the round corner at its end stays free.
func (b badge) drawBar(w *svgWriter, label, text int) {
	if b.bar <= 0 {
		return
	}
	long := (text - 10*badgeRound) * b.bar / 100
	x := label
	if b.language.Direction == "rtl" {
		x = text - long
	}
	w.put(`<path class="w" opacity=".8" d="M`).tenth(x).put(` 17h`).tenth(long).put(`v3h-`).tenth(long).put(`"/>`)
}

// svgWriter puts an SVG document together.
type svgWriter struct{ bytes []byte }

// put writes markup as it is.
func (w *svgWriter) put(markup ...string) *svgWriter {
	for _, m := range markup {
		w.bytes = append(w.bytes, m...)
	}
	return w
}

// tenth writes a measure given in tenths of a pixel.
func (w *svgWriter) tenth(n int) *svgWriter {
	w.bytes = strconv.AppendInt(w.bytes, int64(n/10), 10)
	if n%10 != 0 {
		w.bytes = append(w.bytes, '.', byte('0'+n%10))
	}
	return w
}

// text writes plain text.
func (w *svgWriter) text(s string) *svgWriter {
	for i := range len(s) {
		switch s[i] {
		case '<':
			w.bytes = append(w.bytes, "&lt;"...)
		case '>':
			w.bytes = append(w.bytes, "&gt;"...)
		case '&':
			w.bytes = append(w.bytes, "&amp;"...)
		default:
			w.bytes = append(w.bytes, s[i])
		}
	}
	return w
}
