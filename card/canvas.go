package card

import (
	"image"
	"image/color"

	"golang.org/x/image/math/fixed"
)

// canvas is a picture being drawn, with what it takes to draw it. It is used by
// one goroutine at a time.
type canvas struct {
	*writer
	shape
	glyphs *glyphs
	pixels *image.RGBA
	colour palettizer
}

// begin clears a canvas of a size in one colour.
func (c *canvas) begin(size Size, ground color.RGBA) {
	if need := 4 * size.Width * size.Height; c.pixels == nil || cap(c.pixels.Pix) < need {
		c.pixels = image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
	} else {
		c.pixels.Pix, c.pixels.Stride, c.pixels.Rect = c.pixels.Pix[:need], 4*size.Width, image.Rect(0, 0, size.Width, size.Height)
	}
	c.rectangle(c.pixels.Rect, ground)
}

// rectangle fills a rectangle.
func (c *canvas) rectangle(r image.Rectangle, colour color.RGBA) {
	r = r.Intersect(c.pixels.Rect)
	if r.Empty() {
		return
	}
	first := c.pixels.Pix[c.pixels.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	for i := 0; i < len(first); i += 4 {
		first[i], first[i+1], first[i+2], first[i+3] = colour.R, colour.G, colour.B, 0xff
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(c.pixels.Pix[c.pixels.PixOffset(r.Min.X, y):], first)
	}
}

// pill fills a rectangle whose corners are round.
func (c *canvas) pill(r image.Rectangle, radius int, colour color.RGBA) {
	if r.Dx() > 0 && r.Dy() > 0 {
		c.stamp(c.rounded(r.Dx(), r.Dy(), float32(radius)), r.Min, colour)
	}
}

// stamp paints a mask in a colour.
func (c *canvas) stamp(m mask, at image.Point, colour color.RGBA) {
	at = at.Add(m.at)
	inside := image.Rectangle{at, at.Add(image.Pt(m.width, m.height))}.Intersect(c.pixels.Rect)
	for y := inside.Min.Y; y < inside.Max.Y; y++ {
		cover := m.cover[(y-at.Y)*m.width+inside.Min.X-at.X:][:inside.Dx()]
		row := c.pixels.Pix[c.pixels.PixOffset(inside.Min.X, y):][:4*inside.Dx()]
		for x, a := range cover {
			if a == 0 {
				continue
			}
			p := row[4*x:][:4]
			p[0], p[1], p[2] = mix(p[0], colour.R, a), mix(p[1], colour.G, a), mix(p[2], colour.B, a)
		}
	}
}

// mix puts a colour's part a of 255 over what is there.
func mix(under, over, a uint8) uint8 {
	return uint8((int(under)*(255-int(a)) + int(over)*int(a) + 127) / 255)
}

// write draws a line of text: x is its left end, y its baseline, in pixels.
func (c *canvas) write(l line, size fixed.Int26_6, x, y int) {
	for _, g := range l.glyphs {
		left := fixed.I(x) + g.x + 32/subpixels
		key := glyphKey{face: g.face, size: size, glyph: g.glyph, shift: uint8(left & 63 * subpixels / 64)}
		m, ok := c.glyphs.find(key)
		if !ok {
			m = c.outline(c.faces[g.face], key)
			c.glyphs.keep(key, m)
		}
		c.stamp(m, image.Pt(left.Floor(), y-g.y.Round()), g.ink.colour)
	}
}
