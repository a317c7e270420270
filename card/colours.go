package card

import (
	"image/color"

	"loanleaf/public"
	"loanleaf/templates/view"
)

// Colours are those of the styles in both schemes, an operator's among them.
// Cards use the light one.
type Colours struct{ light, dark scheme }

// scheme is the colours of the styles (design/widget TOKENS) that cards and
// badges use.
type scheme struct {
	paper, behind color.RGBA // of the card; behind a photo that does not fill its place
	ink, grey     color.RGBA // words, lesser words
	track         color.RGBA // the empty part of a bar
	tones         map[view.Tone]tone
}

// tone is the colour of a state and the one behind its words.
type tone struct{ ink, tint color.RGBA }

// ColoursOf are the colours of the files beside the pages.
func ColoursOf(files *public.Set) Colours {
	return Colours{schemeOf(files, false), schemeOf(files, true)}
}

func schemeOf(files *public.Set, dark bool) scheme {
	of := func(name string) color.RGBA {
		r, g, b := files.Colour(name, dark).RGB()
		return color.RGBA{r, g, b, 0xff}
	}
	s := scheme{paper: of("bg"), behind: of("bg2"), ink: of("fg"), grey: of("fg2"), track: of("track"), tones: map[view.Tone]tone{}}
	for _, name := range []string{"go", "ok", "info", "warn", "off"} {
		s.tones[view.Tone(name)] = tone{of(name), of(name + "-bg")}
	}
	return s
}

// lighterOff is the colour behind the state "off" of a badge in the light
// scheme, where its own is behind the label. White has a contrast of 5.6 on it.
var lighterOff = color.RGBA{0x6b, 0x65, 0x77, 0xff}

// hex is a colour as SVG writes it, in its shorter form where it has one.
func hex(c color.RGBA) string {
	const digits = "0123456789abcdef"
	if c.R%17 == 0 && c.G%17 == 0 && c.B%17 == 0 {
		return string([]byte{'#', digits[c.R&15], digits[c.G&15], digits[c.B&15]})
	}
	return string([]byte{'#', digits[c.R>>4], digits[c.R&15], digits[c.G>>4], digits[c.G&15], digits[c.B>>4], digits[c.B&15]})
}
