package card

import (
	"image"
	"image/draw"
	"math"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// subpixels is how finely glyphs are placed along the line: quarters of a
// pixel, which the eye cannot tell from anything finer.
const subpixels = 4

// glyphKey names the picture of a glyph.
type glyphKey struct {
	face  uint8
	shift uint8 // of subpixels to the right
	size  fixed.Int26_6
	glyph font.GID
}

// mask is how much of each pixel a shape covers, in steps of 17, which keeps a
// card within the 256 colours of a palette. at is its upper left corner,
// relative to the point on the baseline that it is drawn from.
type mask struct {
	at            image.Point
	width, height int
	cover         []uint8
}

// step rounds a coverage to one of sixteen.
func step(c uint8) uint8 { return uint8((int(c)+8)/17) * 17 }

// glyphs are the pictures of glyphs drawn so far. What is kept changes nothing
// in what is drawn. Safe for concurrent use.
type glyphs struct {
	mu   sync.RWMutex
	kept map[glyphKey]mask
	held int // bytes
}

// mostHeld bounds the pictures that are kept, in bytes: cards in one script hold
// some 300 KB of them.
const mostHeld = 8 << 20

// perMask is what a picture takes beside its pixels.
const perMask = 96

func (g *glyphs) find(key glyphKey) (mask, bool) {
	g.mu.RLock()
	defer g.mu.RUnlock()
	m, ok := g.kept[key]
	return m, ok
}

// keep begins anew when there is too much: rare, and cheaper than to know which
// was used last.
func (g *glyphs) keep(key glyphKey, m mask) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.kept == nil || g.held > mostHeld {
		g.kept, g.held = map[glyphKey]mask{}, 0
	}
	if _, again := g.kept[key]; !again {
		g.held += len(m.cover) + perMask
	}
	g.kept[key] = m
}

// shape fills outlines. It is used by one goroutine at a time.
type shape struct {
	raster vector.Rasterizer
	target image.Alpha
}

// outline draws a glyph.
func (s *shape) outline(face *font.Face, key glyphKey) mask {
	data, ok := face.GlyphData(key.glyph).(font.GlyphOutline)
	if !ok || len(data.Segments) == 0 {
		return mask{}
	}
	scale := float32(key.size) / 64 / float32(face.Upem())
	shift := float32(key.shift) / subpixels
	place := func(p opentype.SegmentPoint) (x, y float32) { return p.X*scale + shift, -p.Y * scale }
	left, top, right, bottom := float32(math.MaxFloat32), float32(math.MaxFloat32), float32(-math.MaxFloat32), float32(-math.MaxFloat32)
	for i := range data.Segments {
		for _, p := range data.Segments[i].ArgsSlice() {
			x, y := place(p)
			left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
		}
	}
	at := image.Pt(int(math.Floor(float64(left))), int(math.Floor(float64(top))))
	width, height := int(math.Ceil(float64(right)))-at.X, int(math.Ceil(float64(bottom)))-at.Y
	if width <= 0 || height <= 0 {
		return mask{}
	}
	s.raster.Reset(width, height)
	local := func(p opentype.SegmentPoint) (x, y float32) {
		x, y = place(p)
		return x - float32(at.X), y - float32(at.Y)
	}
	for i, segment := range data.Segments {
		x, y := local(segment.Args[0])
		switch segment.Op {
		case opentype.SegmentOpMoveTo:
			if i > 0 {
				s.raster.ClosePath()
			}
			s.raster.MoveTo(x, y)
		case opentype.SegmentOpLineTo:
			s.raster.LineTo(x, y)
		case opentype.SegmentOpQuadTo:
			x2, y2 := local(segment.Args[1])
			s.raster.QuadTo(x, y, x2, y2)
		case opentype.SegmentOpCubeTo:
			x2, y2 := local(segment.Args[1])
			x3, y3 := local(segment.Args[2])
			s.raster.CubeTo(x, y, x2, y2, x3, y3)
		}
	}
	s.raster.ClosePath()
	return s.fill(at, width, height)
}

// rounded draws a rectangle with round corners, its corner at the origin.
func (s *shape) rounded(width, height int, radius float32) mask {
	w, h := float32(width), float32(height)
	r := min(radius, w/2, h/2)
	const k = 0.5523 // how far the handles of a cubic quarter of a circle stand out
	c := r * (1 - k)
	s.raster.Reset(width, height)
	s.raster.MoveTo(r, 0)
	s.raster.LineTo(w-r, 0)
	s.raster.CubeTo(w-c, 0, w, c, w, r)
	s.raster.LineTo(w, h-r)
	s.raster.CubeTo(w, h-c, w-c, h, w-r, h)
	s.raster.LineTo(r, h)
	s.raster.CubeTo(c, h, 0, h-c, 0, h-r)
	s.raster.LineTo(0, r)
	s.raster.CubeTo(0, c, c, 0, r, 0)
	s.raster.ClosePath()
	return s.fill(image.Point{}, width, height)
}

// fill turns the path of the rasterizer into a mask.
func (s *shape) fill(at image.Point, width, height int) mask {
	m := mask{at: at, width: width, height: height, cover: make([]uint8, width*height)}
	s.target = image.Alpha{Pix: m.cover, Stride: width, Rect: image.Rect(0, 0, width, height)}
	s.raster.DrawOp = draw.Src
	s.raster.Draw(&s.target, s.target.Rect, image.Opaque, image.Point{})
	for i, c := range m.cover {
		m.cover[i] = step(c)
	}
	return m
}
