package card

import (
	"testing"

	"loanleaf/public"
)

// Cards as serve draws them: the photo is decoded anew, the letters are known.
func BenchmarkCards(b *testing.B) {
	for _, d := range drawings() {
		switch d.name {
		case "fundraising-photo", "fundraising-photo-small", "fundraising", "fundraising-small", "khmer-text", "arabic", "long-name":
		default:
			continue
		}
		b.Run(d.name, func(b *testing.B) {
			p, told := New(ColoursOf(public.Embedded())), teller(b, d.language).Card(&d.loan)
			body := jpegOf(b, d.picture)
			b.ReportAllocs()
			for b.Loop() {
				drawWith(b, p, told, body, d)
			}
		})
	}
}

// The first card in a new process also reads the typefaces.
func BenchmarkFirstCard(b *testing.B) {
	d := drawings()[2]
	told := teller(b, d.language).Card(&d.loan)
	for b.Loop() {
		drawWith(b, New(ColoursOf(public.Embedded())), told, nil, d)
	}
}
