package public

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colour is an opaque colour of sRGB.
type Colour struct{ red, green, blue uint8 }

// ParseColour reads "#rgb" or "#rrggbb", and nothing else that CSS would take.
func ParseColour(text string) (Colour, error) {
	digits, ok := strings.CutPrefix(text, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 24)
	if !ok || len(digits) != 6 || err != nil {
		return Colour{}, fmt.Errorf("%q is not a colour; write # and three or six hexadecimal digits, such as \"#4338a8\"", text)
	}
	return Colour{uint8(n >> 16), uint8(n >> 8), uint8(n)}, nil
}

// String is the colour as "#rrggbb".
func (c Colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.red, c.green, c.blue) }

// RGB are the channels.
func (c Colour) RGB() (red, green, blue uint8) { return c.red, c.green, c.blue }

// Contrast is the contrast ratio of two colours, 1 to 21, whichever comes
// first (WCAG 2.2, "contrast ratio").
func Contrast(a, b Colour) float64 {
	light, dark := a.luminance(), b.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance is WCAG's relative luminance, 0 to 1.
func (c Colour) luminance() float64 {
	return 0.2126*linear(c.red) + 0.7152*linear(c.green) + 0.0722*linear(c.blue)
}

// linear is a channel as light: sRGB's curve undone.
func linear(channel uint8) float64 {
	c := float64(channel) / 255
	if c <= 0.04045 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

// channel is light as a channel; ok is false where sRGB has none of that
// strength, by more than rounding explains.
func channel(light float64) (value uint8, ok bool) {
	c := 12.92 * light
	if light > 0.0031308 {
		c = 1.055*math.Pow(light, 1/2.4) - 0.055
	}
	n := math.Round(c * 255)
	return uint8(min(max(n, 0), 255)), n >= 0 && n <= 255
}

// shade is a colour in OKLCH, where colours of one hue look alike whatever
// their lightness: lightness 0 to 1, chroma from 0 (grey), hue in radians
// (B. Ottosson, "A perceptual color space for image processing", 2020).
type shade struct{ lightness, chroma, hue float64 }

func (c Colour) shade() shade {
	r, g, b := linear(c.red), linear(c.green), linear(c.blue)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	x := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	y := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return shade{0.2104542553*l + 0.7936177850*m - 0.0040720468*s, math.Hypot(x, y), math.Atan2(y, x)}
}

// colour is the shade on a screen: with as much of its chroma as sRGB has at
// that lightness and hue.
func (s shade) colour() Colour {
	if c, ok := s.exact(); ok {
		return c
	}
	less, more := 0.0, s.chroma
	for range 16 {
		s.chroma = (less + more) / 2
		if _, ok := s.exact(); ok {
			less = s.chroma
		} else {
			more = s.chroma
		}
	}
	s.chroma = less
	c, _ := s.exact()
	return c
}

// exact is the colour that is the shade, if sRGB has it.
func (s shade) exact() (Colour, bool) {
	y, x := math.Sincos(s.hue)
	x, y = x*s.chroma, y*s.chroma
	l := math.Pow(s.lightness+0.3963377774*x+0.2158037573*y, 3)
	m := math.Pow(s.lightness-0.1055613458*x-0.0638541728*y, 3)
	n := math.Pow(s.lightness-0.0894841775*x-1.2914855480*y, 3)
	red, okRed := channel(4.0767416621*l - 3.3077115913*m + 0.2309699292*n)
	green, okGreen := channel(-1.2684380046*l + 2.6097574011*m - 0.3413193965*n)
	blue, okBlue := channel(-0.0041960863*l - 0.7034186147*m + 1.7076147010*n)
	return Colour{red, green, blue}, okRed && okGreen && okBlue
}

// lighter is the colour with its lightness moved by so much, held between 0
// and 1.
func (c Colour) lighter(by float64) Colour {
	s := c.shade()
	s.lightness = min(max(s.lightness+by, 0), 1)
	return s.colour()
}

// like is a colour of c's hue that does what model does: as light to the eye
// of WCAG, and no more colourful.
func (c Colour) like(model Colour) Colour {
	s := c.shade()
	s.chroma = min(s.chroma, model.shade().chroma)
	want, dark, light := model.luminance(), 0.0, 1.0
	for range 16 {
		s.lightness = (dark + light) / 2
		if s.colour().luminance() < want {
			dark = s.lightness
		} else {
			light = s.lightness
		}
	}
	s.lightness = light
	return s.colour()
}

// nearest is the colour of c's hue whose lightness differs least from c's and
// that passes; false when none does.
func (c Colour) nearest(passes func(Colour) bool) (Colour, bool) {
	if passes(c) {
		return c, true
	}
	const steps = 512
	for i := 1; i <= steps; i++ {
		by := float64(i) / steps
		for _, candidate := range []Colour{c.lighter(-by), c.lighter(by)} {
			if passes(candidate) {
				return candidate, true
			}
		}
	}
	return c, false
}
