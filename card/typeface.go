package card

import (
	"bytes"
	"embed"
	"fmt"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/font"
)

//go:embed fonts/*.ttf
var fontFiles embed.FS

// families are the typefaces, in the order in which a letter is looked for.
var families = []string{"NotoSans", "NotoSansKhmer", "NotoSansArabic", "NotoSansDevanagari"}

// boldly is how far the bold face of a family stands behind its regular one.
const boldly = 1

// typefaces are the regular and the bold face of each family, one after the
// other. They take some milliseconds to read, and are read when first needed.
var typefaces = sync.OnceValue(func() []*font.Font {
	all := make([]*font.Font, 0, 2*len(families))
	for _, family := range families {
		for _, weight := range []string{"Regular", "Bold"} {
			name := "fonts/" + family + "-" + weight + ".ttf"
			file, err := fontFiles.ReadFile(name)
			if err != nil {
				panic(err) // the files are part of the program
			}
			face, err := font.ParseTTF(bytes.NewReader(file))
			if err != nil {
				panic(fmt.Errorf("%s: %w", name, err))
			}
			all = append(all, face.Font)
		}
	}
	return all
})

// newFace is a typeface with the memory that reading its glyphs takes, for one
// goroutine at a time.
func newFace(f *font.Font) *font.Face { return font.NewFace(f) }

// Covers tells whether every character of a text can be drawn. A card leaves a
// name or a sentence out rather than show boxes where letters should be.
func Covers(text string) bool {
	for _, r := range text {
		if !unseen(r) && faceOf(r) < 0 {
			return false
		}
	}
	return true
}

// unseen are characters that are not drawn: spaces, joiners, marks of
// direction.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// faceOf is the first regular typeface that has a character; -1 for none.
func faceOf(r rune) int {
	for i, face := range typefaces() {
		if i%2 != 0 {
			continue
		}
		if _, ok := face.NominalGlyph(r); ok {
			return i
		}
	}
	return -1
}
