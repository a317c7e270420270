package card

import (
	"image/color"

	"loanleaf/templates/view"
)

// Colours are those of a brand, in both schemes. Cards use the light one.
type Colours struct{ Light, Dark Scheme }

// Scheme is a brand in the light or the dark (design/widget TOKENS): the bar and
// the chip of a loan that raises funds, and the words on the brand.
type Scheme struct {
	Brand   color.RGBA // token go
	OnBrand color.RGBA // token on
	Tint    color.RGBA // token go-bg, behind the words of the chip
	Track   color.RGBA // the empty part of every bar
}

// OwnColours are the program's own.
func OwnColours() Colours {
	return Colours{
		Light: Scheme{Brand: rgb(0x4338a8), OnBrand: rgb(0xffffff), Tint: rgb(0xebe8fb), Track: rgb(0xe5e0f3)},
		Dark:  Scheme{Brand: rgb(0xb3abff), OnBrand: rgb(0x17122f), Tint: rgb(0x2e2952), Track: rgb(0x3a3552)},
	}
}

// The colours that no brand changes.
var (
	paper  = rgb(0xffffff)
	behind = rgb(0xf5f2ec) // a photo that does not fill its place
	dark   = rgb(0x1d1a26)
	grey   = rgb(0x565164)

	// lighterOff is off on badges; white on it has a contrast of 5.5.
	lighterOff = rgb(0x6b6577)
)

// tone is the colour of a state and the one behind its words.
type tone struct{ ink, tint color.RGBA }

// lightTones and darkTones are the states' colours but for the brand's own.
var (
	lightTones = map[view.Tone]tone{
		"ok": {rgb(0x0b6650), rgb(0xdcf3e9)}, "info": {rgb(0x174f8f), rgb(0xdfecfb)},
		"warn": {rgb(0x8a3a0b), rgb(0xfdeadb)}, "off": {rgb(0x4f4b5c), rgb(0xeceaf0)},
	}
	darkTones = map[view.Tone]tone{
		"ok": {rgb(0x7fdcb8), rgb(0x143a30)}, "info": {rgb(0x9fc8ff), rgb(0x16304f)},
		"warn": {rgb(0xffb98a), rgb(0x46230f)}, "off": {rgb(0xcbc6d6), rgb(0x34303f)},
	}
)

// tone is that of a state in the light scheme.
func (c Colours) tone(t view.Tone) tone {
	if found, ok := lightTones[t]; ok {
		return found
	}
	return tone{c.Light.Brand, c.Light.Tint}
}

// darkTone is the same in the dark.
func (c Colours) darkTone(t view.Tone) tone {
	if found, ok := darkTones[t]; ok {
		return found
	}
	return tone{c.Dark.Brand, c.Dark.Tint}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

// hex is a colour as SVG writes it, in its shorter form where it has one.
func hex(c color.RGBA) string {
	const digits = "0123456789abcdef"
	if c.R%17 == 0 && c.G%17 == 0 && c.B%17 == 0 {
		return string([]byte{'#', digits[c.R&15], digits[c.G&15], digits[c.B&15]})
	}
	return string([]byte{'#', digits[c.R>>4], digits[c.R&15], digits[c.G>>4], digits[c.G&15], digits[c.B>>4], digits[c.B&15]})
}
