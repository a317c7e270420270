package sample

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/vector"
)

// canvas is a part of a scene being painted: scene units times scale, less the cut-off margin, are pixels.
type canvas struct {
	img    *image.RGBA
	colors palette
	scale  float64
	pen    vector.Rasterizer
}

// frame is where a drawing's box stands in the scene: its corner, its size per box unit, and whether it is mirrored.
type frame struct {
	x, y, scale float64
	mirrored    bool
}

// place turns box coordinates into scene coordinates.
func (f frame) place(x, y float64) (float64, float64) {
	if f.mirrored {
		x = 100 - x
	}
	return f.x + float64(x*f.scale), f.y + float64(y*f.scale)
}

// inside is the frame of a part put into f.
func (f frame) inside(x, y, scale float64) frame {
	g := frame{scale: f.scale * scale, mirrored: f.mirrored}
	if f.mirrored {
		x = 100 - x - 100*scale
	}
	g.x, g.y = f.x+float64(x*f.scale), f.y+float64(y*f.scale)
	return g
}

func (c *canvas) draw(d *drawing, f frame) {
	for i := range d.shapes {
		s := &d.shapes[i]
		if s.part != nil {
			c.draw(s.part, f.inside(s.x, s.y, s.scale))
			continue
		}
		c.fill(s.color, s.path, f)
	}
}

// fill paints one outline. Only the pixels around it are visited.
func (c *canvas) fill(name string, path []stroke, f frame) {
	pixels := make([]stroke, len(path))
	box := [4]float64{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for i, s := range path {
		pixels[i].op = s.op
		for k := 0; k < pointsOf(s.op)*2; k += 2 {
			x, y := f.place(s.at[k], s.at[k+1])
			x, y = x*c.scale, y*c.scale
			pixels[i].at[k], pixels[i].at[k+1] = x, y
			box = [4]float64{min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)}
		}
	}
	area := image.Rect(int(math.Floor(box[0])), int(math.Floor(box[1])), int(math.Ceil(box[2]))+1, int(math.Ceil(box[3]))+1).Intersect(c.img.Rect)
	if area.Empty() {
		return
	}
	c.pen.Reset(area.Dx(), area.Dy())
	dx, dy := float64(area.Min.X), float64(area.Min.Y)
	for _, s := range pixels {
		p := [6]float32{}
		for k := range p {
			p[k] = float32(s.at[k] - [2]float64{dx, dy}[k%2])
		}
		switch s.op {
		case 'M':
			c.pen.MoveTo(p[0], p[1])
		case 'L':
			c.pen.LineTo(p[0], p[1])
		case 'Q':
			c.pen.QuadTo(p[0], p[1], p[2], p[3])
		case 'C':
			c.pen.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
		case 'Z':
			c.pen.ClosePath()
		}
	}
	c.pen.Draw(c.img, area, image.NewUniform(c.colors.named(name)), image.Point{})
}

func pointsOf(op byte) int {
	switch op {
	case 'M', 'L':
		return 1
	case 'Q':
		return 2
	case 'C':
		return 3
	}
	return 0
}

// ellipse is four cubic curves; 0.5523 is the usual distance of their handles.
func ellipse(x, y, rx, ry float64) []stroke {
	kx, ky := rx*0.5523, ry*0.5523
	return []stroke{
		{'M', [6]float64{x + rx, y}},
		{'C', [6]float64{x + rx, y + ky, x + kx, y + ry, x, y + ry}},
		{'C', [6]float64{x - kx, y + ry, x - rx, y + ky, x - rx, y}},
		{'C', [6]float64{x - rx, y - ky, x - kx, y - ry, x, y - ry}},
		{'C', [6]float64{x + kx, y - ry, x + rx, y - ky, x + rx, y}},
		{op: 'Z'},
	}
}

func polygon(xy ...float64) []stroke {
	path := []stroke{}
	for i := 0; i < len(xy); i += 2 {
		op := byte('L')
		if i == 0 {
			op = 'M'
		}
		path = append(path, stroke{op, [6]float64{xy[i], xy[i+1]}})
	}
	return append(path, stroke{op: 'Z'})
}

// line is a line of some width through points, with round ends and corners. Every piece is drawn in the same turning
// direction, so that where they overlap they fill.
func line(width float64, xy []float64) []stroke {
	var path []stroke
	r := width / 2
	for i := 0; i+3 < len(xy); i += 2 {
		x0, y0, x1, y1 := xy[i], xy[i+1], xy[i+2], xy[i+3]
		length := math.Hypot(x1-x0, y1-y0)
		nx, ny := (y1-y0)/length*r, (x0-x1)/length*r
		path = append(path, polygon(x0+nx, y0+ny, x1+nx, y1+ny, x1-nx, y1-ny, x0-nx, y0-ny)...)
		path = append(path, ellipse(x1, y1, r, r)...)
	}
	return append(path, ellipse(xy[0], xy[1], r, r)...)
}

// palette is the colours a scene knows by name.
type palette map[string]color.RGBA

func (p palette) named(name string) color.RGBA {
	if c, ok := p[name]; ok {
		return c
	}
	return p["ink"]
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}
