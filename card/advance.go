package card

import (
	"reflect"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"loanleaf/locale"
)

// perEm is the number of units of an em in all of the typefaces.
const perEm = 1000

// advances is how far each character and each joined word moves the pen, in
// units of the typeface. It does not change once it is made.
type advances struct {
	low   [0x250]uint16 // Latin
	words map[string]int
}

// widths are those of everything that badges say: the advances of the regular
// face, and the words of languages whose letters join, shaped whole. Making
// them takes some milliseconds.
var widths = sync.OnceValue(func() *advances {
	a := &advances{words: map[string]int{}}
	for r := range a.low {
		a.low[r] = uint16(advance(rune(r)))
	}
	w := newWriter()
	for _, tag := range locale.Shipped() {
		l, ok := locale.Get(tag)
		if !ok || l.Direction != "rtl" {
			continue
		}
		for text := range textsOf(l.Words) {
			for word := range joinedWords(text) {
				if _, known := a.words[word]; !known {
					a.words[word] = w.measure(word)
				}
			}
		}
	}
	return a
})

// textsOf are the words and patterns of a language, a sector's name aside.
func textsOf(w *locale.Words) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		fields := reflect.ValueOf(*w)
		for i := range fields.NumField() {
			switch field := fields.Field(i).Interface().(type) {
			case string:
				if !yield(field) {
					return
				}
			case locale.Pattern:
				for text := range field.Parts() {
					if !yield(text) {
						return
					}
				}
			}
		}
	}
}

// joins tells whether a character joins with its neighbours, or sits on one
// that does.
func joins(r rune) bool { return unicode.Is(unicode.Arabic, r) || unicode.Is(unicode.Mn, r) }

// joinedWords are the runs of characters that join.
func joinedWords(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start := -1
		for i, r := range text {
			switch {
			case joins(r) && start < 0:
				start = i
			case !joins(r) && start >= 0:
				if !yield(text[start:i]) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			yield(text[start:])
		}
	}
}

// measure shapes a word.
func (w *writer) measure(word string) int {
	runes := []rune(word)
	shaped := w.shaper.Shape(shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: di.DirectionRTL, Face: w.ResolveFace(runes[0]), Size: fixed.I(perEm),
		Script: language.Arabic, Language: language.NewLanguage("ar"),
	})
	return shaped.Advance.Round()
}

// advance is that of a character by itself.
func advance(r rune) int {
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) {
		return 0
	}
	face := typefaces()[max(faceOf(r), 0)]
	glyph, _ := face.NominalGlyph(r)
	return int(newFace(face).HorizontalAdvance(glyph))
}

// width is how wide a text is, in units of the typeface.
func (a *advances) width(text string) int {
	sum, start := 0, -1
	end := func(i int) {
		if start < 0 {
			return
		}
		word := text[start:i]
		start = -1
		if known, ok := a.words[word]; ok {
			sum += known
			return
		}
		for _, r := range word { // not one of ours: as if nothing joined
			sum += advance(r)
		}
	}
	for i, r := range text {
		if int(r) < len(a.low) {
			end(i)
			sum += int(a.low[r])
			continue
		}
		if joins(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		end(i)
		sum += advance(r)
	}
	end(len(text))
	return sum
}
