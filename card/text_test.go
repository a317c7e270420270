package card

import (
	"strings"
	"testing"

	"golang.org/x/image/math/fixed"

	"loanleaf/locale"
)

func TestEverythingTheProgramSaysCanBeDrawn(t *testing.T) {
	for _, tag := range locale.Shipped() {
		l, _ := locale.Get(tag)
		for text := range textsOf(l.Words) {
			if !Covers(text) {
				t.Errorf("%s: %q cannot be drawn", tag, text)
			}
		}
		for _, name := range l.Words.SectorNames {
			if !Covers(name) {
				t.Errorf("%s: %q cannot be drawn", tag, name)
			}
		}
		for _, code := range []string{"VN", "CI", "TR", "KH", "PS", "CD", "ST", "CW"} {
			if name, ok := l.Country(code); !ok || !Covers(name) {
				t.Errorf("%s: country %s, %q, cannot be drawn", tag, code, name)
			}
		}
		for _, currency := range []string{"USD", "EUR", "KES", "VND", "KHR", "INR", "PHP", "NGN"} {
			if sum := l.Money(12_345_678_900_000, currency); !Covers(sum) {
				t.Errorf("%s: %q cannot be drawn", tag, sum)
			}
		}
	}
}

func TestCovers(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "Nguyễn Thị Hường": true, "Ольга Ελένη": true, "សុខា": true, "نور الهدى": true, "सुनीता देवी": true, "Zoë‑Ann\u00a0O’Neill": true,
		"joined \u200d and isolated \u2068x\u2069": true, "Mai 🌸": false, "张伟": false, "ნინო": false, "မေ": false, "\ue000": false,
	} {
		if got := Covers(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// order is the text of a line as it stands from left to right, by the characters
// that its glyphs were made from.
func order(w *writer, s script, pieces []piece) string {
	b := w.block(s, pieces, fixed.I(32), fixed.I(10_000), 1)
	var text strings.Builder
	for _, g := range b.lines[0].glyphs {
		for r := rune(' '); r < 0x700; r++ {
			if id, ok := w.faces[g.face].NominalGlyph(r); ok && id == g.glyph {
				text.WriteRune(r)
				break
			}
		}
	}
	return text.String()
}

func TestBothDirectionsStandInOneLine(t *testing.T) {
	w, rtl, ltr := newWriter(), script{"ar", true}, script{"en", false}
	for _, c := range []struct {
		name, want string
		script     script
		pieces     []piece
	}{
		{"words from left to right", "Mai 550", ltr, []piece{{text: "Mai 550"}}},
		{"a name in a sentence from right to left", "Mai ", rtl, []piece{{text: "د "}, {text: "Mai", isolated: true}}},
		{"an amount keeps its own order", "US$ 550", rtl, []piece{{text: "د"}, {text: "US$ 550", isolated: true}, {text: "د"}}},
		{"the bold part of a sentence stays in its place", "$5 of $9", ltr, []piece{{text: "$5", ink: ink{bold: true}}, {text: " of "}, {text: "$9", ink: ink{bold: true}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := order(w, c.script, c.pieces); !strings.Contains(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestArabicLettersJoin(t *testing.T) {
	w := newWriter()
	b := w.block(script{"ar", true}, []piece{{text: "سلام"}}, fixed.I(32), fixed.I(1000), 1)
	for _, g := range b.lines[0].glyphs {
		for _, r := range "سل" {
			if alone, _ := w.faces[g.face].NominalGlyph(r); alone == g.glyph {
				t.Errorf("%c has the shape it has alone", r)
			}
		}
	}
}

func TestKhmerSubscriptsAreNoLettersOfTheirOwn(t *testing.T) {
	w := newWriter()
	b := w.block(script{"en", false}, []piece{{text: "ស្រី"}}, fixed.I(32), fixed.I(1000), 1)
	coeng, _ := w.faces[2].NominalGlyph('្')
	ro, _ := w.faces[2].NominalGlyph('រ')
	for _, g := range b.lines[0].glyphs {
		if g.glyph == coeng || g.glyph == ro {
			t.Errorf("glyph %d stands by itself", g.glyph)
		}
	}
	if !b.tall {
		t.Error("Khmer is set as tight as Latin")
	}
}

func TestLinesAreBrokenAndCutAtTheirWidth(t *testing.T) {
	w := newWriter()
	text := []piece{{text: "A loan of $550 helps Mai to buy more ducks and chickens for her small farm, and a pump, and a hose, and a fence."}}
	for _, most := range []int{1, 2, 3, 20} {
		b := w.block(script{"en", false}, text, fixed.I(30), fixed.I(400), most)
		if len(b.lines) > most || b.cut != (most < 5) {
			t.Errorf("at most %d lines: %d, cut %v", most, len(b.lines), b.cut)
		}
		for i, l := range b.lines {
			if l.width > fixed.I(401) {
				t.Errorf("line %d of %d is %v wide", i, most, l.width)
			}
		}
	}
	if b := w.block(script{"en", false}, nil, fixed.I(30), fixed.I(400), 3); len(b.lines) != 0 || b.cut {
		t.Errorf("nothing has %d lines", len(b.lines))
	}
}
