package public

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func colour(t *testing.T, text string) Colour {
	t.Helper()
	c, err := ParseColour(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestContrastOfKnownColours(t *testing.T) {
	for pair, want := range map[[2]string]string{{"#000", "#fff"}: "21.00", {"#fff", "#ffffff"}: "1.00", {"#777777", "#fff"}: "4.48", {"#f00", "#FFF"}: "4.00"} {
		if got := fmt.Sprintf("%.2f", Contrast(colour(t, pair[0]), colour(t, pair[1]))); got != want {
			t.Errorf("%s on %s: %s, want %s", pair[0], pair[1], got, want)
		}
	}
}

func TestAColourIsThreeOrSixHexadecimalDigits(t *testing.T) {
	for text, want := range map[string]string{"#abc": "#aabbcc", "#A1B2C3": "#a1b2c3", "#000000": "#000000"} {
		if got := colour(t, text).String(); got != want {
			t.Errorf("%s is read as %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "#", "4338a8", "abc", "#abcd", "#aabbccdd", "#12345", "#gggggg", "# abcde", "#+12345", "#0x1234", "#1_2_3_", " #abc", "#abc ", "teal", "rgb(0,0,0)", "#äöü"} {
		if c, err := ParseColour(text); err == nil {
			t.Errorf("%q is taken as %s", text, c)
		}
	}
}

// random is any colour, from a generator with a seed.
func random(r *rand.Rand) Colour {
	return Colour{uint8(r.Uint32()), uint8(r.Uint32()), uint8(r.Uint32())}
}

func TestAColourIsItselfAfterOKLCH(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		if c := random(r); c.shade().colour() != c {
			t.Fatalf("%s becomes %s", c, c.shade().colour())
		}
	}
	// Figures of CSS Color 4: red is oklch(62.8% 0.25768 29.234).
	red := colour(t, "#f00").shade()
	if math.Abs(red.lightness-0.62796) > 1e-4 || math.Abs(red.chroma-0.25768) > 1e-4 || math.Abs(red.hue*180/math.Pi-29.234) > 0.01 {
		t.Errorf("red is %v", red)
	}
}

func TestLikeIsAsLightAsItsModelAndOfItsOwnHue(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		c, model := random(r), random(r)
		made := c.like(model)
		if ratio := Contrast(made, model); ratio > 1.06 {
			t.Errorf("%s like %s is %s, %.2f away", c, model, made, ratio)
		}
		a, b := c.shade(), made.shade()
		if turn := math.Abs(math.Remainder(a.hue-b.hue, 2*math.Pi)); min(a.chroma, b.chroma) > 0.06 && turn > 0.12 {
			t.Errorf("%s like %s is %s, whose hue is %.2f away", c, model, made, turn)
		}
	}
}

func TestTheNearestColourThatPasses(t *testing.T) {
	white := colour(t, "#fff")
	legible := func(c Colour) bool { return Contrast(c, white) >= 4.5 }
	for text, want := range map[string]string{"#777777": "#767676", "#000": "#000000", "#fff": "#767676"} {
		if got, ok := colour(t, text).nearest(legible); !ok || Contrast(got, colour(t, want)) > 1.02 || !legible(got) {
			t.Errorf("nearest to %s is %s, want about %s", text, got, want)
		}
	}
	if c, ok := white.nearest(func(Colour) bool { return false }); ok {
		t.Errorf("%s passes what nothing passes", c)
	}
}
