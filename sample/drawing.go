package sample

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed drawings/motifs.txt
var motifText string

// drawing is one entry of drawings/motifs.txt: shapes in a box of 100 by 100.
type drawing struct {
	ground string // what it stands on: land or water
	shapes []shape
}

// shape is a filled outline, or another drawing put into the box.
type shape struct {
	color string
	path  []stroke // empty when part is set
	part  *drawing
	x, y  float64
	scale float64
}

// stroke is one step of an outline: 'M', 'L', 'Q', 'C' or 'Z' with its points, as in SVG's absolute commands.
type stroke struct {
	op byte
	at [6]float64
}

// album is the drawings by name, and the motifs in their order.
type album struct {
	named  map[string]*drawing
	motifs []*drawing
}

var drawings = sync.OnceValue(func() album {
	a, err := readAlbum(motifText)
	if err != nil {
		panic("sample: drawings/motifs.txt: " + err.Error()) // our own embedded text; a test reads it
	}
	return a
})

func readAlbum(text string) (album, error) {
	a := album{named: map[string]*drawing{}}
	var d *drawing
	motifs := true
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case fields[0] == "---":
			motifs = false
			continue
		case fields[0] == "=" && len(fields) == 3:
			d = a.at(fields[1])
			d.ground = fields[2]
			if motifs {
				a.motifs = append(a.motifs, d)
			}
			continue
		}
		if d == nil {
			return a, fmt.Errorf("line %d: a shape before any drawing", i+1)
		}
		s, err := a.readShape(fields)
		if err != nil {
			return a, fmt.Errorf("line %d: %w", i+1, err)
		}
		d.shapes = append(d.shapes, s)
	}
	for name, d := range a.named {
		if len(d.shapes) == 0 {
			return a, fmt.Errorf("drawing %q is used but not drawn", name)
		}
	}
	return a, nil
}

func (a album) at(name string) *drawing {
	if a.named[name] == nil {
		a.named[name] = &drawing{}
	}
	return a.named[name]
}

func (a album) readShape(fields []string) (shape, error) {
	if fields[0] == "@" && len(fields) == 5 {
		v, err := floats(fields[2:])
		if err != nil {
			return shape{}, err
		}
		return shape{part: a.at(fields[1]), x: v[0], y: v[1], scale: v[2]}, nil
	}
	if len(fields) < 4 {
		return shape{}, fmt.Errorf("%q is no shape", strings.Join(fields, " "))
	}
	s := shape{color: fields[0]}
	if strings.Contains("MLQCZ", fields[1]) {
		path, err := readPath(fields[1:])
		s.path = path
		return s, err
	}
	v, err := floats(fields[2:])
	if err != nil {
		return s, err
	}
	switch {
	case fields[1] == "o" && len(v) == 3:
		s.path = ellipse(v[0], v[1], v[2], v[2])
	case fields[1] == "e" && len(v) == 4:
		s.path = ellipse(v[0], v[1], v[2], v[3])
	case fields[1] == "r" && len(v) == 4:
		s.path = polygon(v[0], v[1], v[0]+v[2], v[1], v[0]+v[2], v[1]+v[3], v[0], v[1]+v[3])
	case fields[1] == "s" && len(v) >= 5 && len(v)%2 == 1:
		s.path = line(v[0], v[1:])
	default:
		return s, fmt.Errorf("%q is no shape", strings.Join(fields, " "))
	}
	return s, nil
}

func floats(fields []string) ([]float64, error) {
	v := make([]float64, len(fields))
	for i, f := range fields {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil {
			return nil, err
		}
		v[i] = n
	}
	return v, nil
}

// readPath reads absolute path commands, each with exactly its numbers.
func readPath(fields []string) ([]stroke, error) {
	needs := map[string]int{"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
	var path []stroke
	for len(fields) > 0 {
		n, known := needs[fields[0]]
		if !known || len(fields) < 1+n {
			return nil, fmt.Errorf("path stops at %q", strings.Join(fields, " "))
		}
		v, err := floats(fields[1 : 1+n])
		if err != nil {
			return nil, err
		}
		s := stroke{op: fields[0][0]}
		copy(s.at[:], v)
		path = append(path, s)
		fields = fields[1+n:]
	}
	return path, nil
}
