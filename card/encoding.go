package card

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// quality of JPEG: text keeps its edges, and a card with a photo stays below the
// 300 KB that some readers of previews take.
const quality = 86

// encode writes what is drawn.
func (c *canvas) encode(format Format) ([]byte, error) {
	var w bytes.Buffer
	if format == JPEG {
		err := jpeg.Encode(&w, c.pixels, &jpeg.Options{Quality: quality})
		return w.Bytes(), err
	}
	var picture image.Image = c.pixels
	if p := c.colour.of(c.pixels); p != nil {
		picture = p
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &c.colour}
	err := encoder.Encode(&w, picture)
	return w.Bytes(), err
}

// palettizer turns a drawing of at most 256 colours into one with a palette, a
// quarter of the bytes to compress. It keeps its memory for the next drawing.
type palettizer struct {
	pixels []uint8
	index  map[uint32]uint8
	buffer *png.EncoderBuffer
}

// Get and Put keep the memory of the encoder.
func (p *palettizer) Get() *png.EncoderBuffer  { return p.buffer }
func (p *palettizer) Put(b *png.EncoderBuffer) { p.buffer = b }

// of is nil for a drawing of more colours.
func (p *palettizer) of(drawing *image.RGBA) *image.Paletted {
	n := len(drawing.Pix) / 4
	if cap(p.pixels) < n {
		p.pixels = make([]uint8, n)
	}
	if p.index == nil {
		p.index = make(map[uint32]uint8, 256)
	}
	clear(p.index)
	made := &image.Paletted{Pix: p.pixels[:n], Stride: drawing.Rect.Dx(), Rect: drawing.Rect}
	last, at := uint32(0), uint8(0)
	for i := range made.Pix {
		c := drawing.Pix[4*i:][:3]
		key := uint32(c[0])<<16 | uint32(c[1])<<8 | uint32(c[2])
		if key != last || i == 0 {
			known := false
			if at, known = p.index[key]; !known {
				if len(made.Palette) == 256 {
					return nil
				}
				at = uint8(len(made.Palette))
				p.index[key] = at
				made.Palette = append(made.Palette, color.RGBA{c[0], c[1], c[2], 0xff})
			}
			last = key
		}
		made.Pix[i] = at
	}
	return made
}
