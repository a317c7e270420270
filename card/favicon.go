package card

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/vector"
)

// faviconSizes are the pictures of a favicon, in pixels: a tab's, that on a
// screen of twice as many, a bookmark's on a desk.
var faviconSizes = []int{16, 32, 48}

// Favicon draws the site's sign, the leaf of public/icon.svg, as an ICO file of
// PNG pictures, for what asks for /favicon.ico whatever a page says: readers of
// feeds, and browsers that show a document without a link to an icon.
func Favicon(c Colours) ([]byte, error) {
	var pictures [][]byte
	for _, size := range faviconSizes {
		var b bytes.Buffer
		if err := png.Encode(&b, leaf(size, c.light.tones["go"].ink)); err != nil {
			return nil, err
		}
		pictures = append(pictures, b.Bytes())
	}
	const header, entry = 6, 16
	ico := []byte{0, 0, 1, 0, byte(len(pictures)), 0}
	at := header + entry*len(pictures)
	for i, picture := range pictures {
		ico = append(ico, byte(faviconSizes[i]), byte(faviconSizes[i]), 0, 0, 1, 0, 32, 0)
		ico = binary.LittleEndian.AppendUint32(ico, uint32(len(picture)))
		ico = binary.LittleEndian.AppendUint32(ico, uint32(at))
		at += len(picture)
	}
	return append(ico, bytes.Join(pictures, nil)...), nil
}

// leaf is the sign in a square. Its outlines are those of icon.svg, on a grid of
// 32.
func leaf(size int, brand color.RGBA) *image.NRGBA {
	picture := image.NewNRGBA(image.Rect(0, 0, size, size))
	scale := float32(size) / 32
	fill := func(ink color.RGBA, path func(outline)) {
		r := vector.NewRasterizer(size, size)
		path(outline{r, scale})
		r.ClosePath()
		r.DrawOp = draw.Over
		r.Draw(picture, picture.Bounds(), image.NewUniform(ink), image.Point{})
	}
	fill(brand, func(o outline) {
		const corner, side = 8, 32
		o.move(corner, 0)
		o.line(side-corner, 0)
		o.arc(side-corner, corner, 0, -corner)
		o.line(side, side-corner)
		o.arc(side-corner, side-corner, corner, 0)
		o.line(corner, side)
		o.arc(corner, side-corner, 0, corner)
		o.line(0, corner)
		o.arc(corner, corner, -corner, 0)
	})
	fill(color.RGBA{0xff, 0xff, 0xff, 0xff}, func(o outline) {
		o.move(7, 25)
		o.curve(7, 13, 14, 7, 26, 7)
		o.curve(26, 19, 20, 26, 9, 25)
	})
	fill(brand, func(o outline) { // a line from 6,26 to 19,13, two wide, with round ends
		half := float32(math.Sqrt2) / 2
		o.move(6-half, 26-half)
		o.line(19-half, 13-half)
		o.arc(19, 13, -half, -half)
		o.arc(19, 13, half, -half)
		o.line(6+half, 26+half)
		o.arc(6, 26, half, half)
		o.arc(6, 26, -half, half)
	})
	return picture
}

// outline is a path on the grid of the sign.
type outline struct {
	*vector.Rasterizer
	scale float32
}

func (o outline) move(x, y float32) { o.MoveTo(x*o.scale, y*o.scale) }
func (o outline) line(x, y float32) { o.LineTo(x*o.scale, y*o.scale) }
func (o outline) curve(ax, ay, bx, by, x, y float32) {
	o.CubeTo(ax*o.scale, ay*o.scale, bx*o.scale, by*o.scale, x*o.scale, y*o.scale)
}

// arc is a quarter of a circle around a middle, clockwise, which begins so far
// from it, where the path is.
func (o outline) arc(middleX, middleY, dx, dy float32) {
	const handle = 0.5523 // of a cubic curve that is near a quarter circle
	endX, endY := -dy, dx
	o.curve(middleX+dx+handle*endX, middleY+dy+handle*endY, middleX+endX+handle*dx, middleY+endY+handle*dy, middleX+endX, middleY+endY)
}
