package sample

// scene is what a picture shows, decided by the image id alone. Its units: a landscape picture is 100 wide, a portrait
// 75 wide and 100 high.
type scene struct {
	width, height float64
	motif         *drawing
	*dice
}

// originals are the formats of pictures as taken: width and height in pixels, landscape more often than portrait.
var originals = [...][2]int{{1200, 800}, {1200, 900}, {1200, 900}, {1200, 800}, {1200, 900}, {900, 1200}}

// sceneOf sets out the scene of an image id.
func sceneOf(id int64) *scene {
	a := drawings()
	s := &scene{dice: newDice(), motif: a.motifs[(id%int64(len(a.motifs))+int64(len(a.motifs)))%int64(len(a.motifs))]}
	s.reseed(0x70696374, uint64(id))
	w, h := originalOf(id)
	s.width, s.height = 100, 100*float64(h)/float64(w)
	if h > w {
		s.width, s.height = 75, 100
	}
	return s
}

func originalOf(id int64) (w, h int) {
	o := originals[mix(uint64(id))%uint64(len(originals))]
	return o[0], o[1]
}

// span is a number from lo to hi.
func (s *scene) span(lo, hi float64) float64 { return lo + float64((hi-lo)*s.Float64()) }

// paint draws the scene from back to front.
func (s *scene) paint(c *canvas) {
	a := drawings()
	c.colors = moods[s.IntN(len(moods))].palette(cloths[s.IntN(len(cloths))])
	floor := s.height * s.span(0.88, 0.93) // where the motif stands
	if s.height > s.width {
		floor = s.width * s.span(0.9, 0.95) // a square cut keeps the top of a portrait
	}
	horizon := floor - s.span(15, 19)
	s.paintSky(c, a, horizon)
	s.paintHills(c, horizon)
	c.fill("ground", polygon(0, horizon, s.width, horizon, s.width, s.height, 0, s.height), unframed)
	s.paintRidge(c, "hill", horizon+1, 5, 3)
	s.paintScenery(c, a, horizon)
	c.fill("ground", s.swell(floor-8, 2.2), unframed)
	if s.motif.ground == "water" {
		s.paintPond(c, floor)
	}
	size := min(s.span(46, 51), s.height*0.65)
	centre := s.width*0.5 + s.span(-4, 4)
	if s.motif.ground == "land" {
		c.fill("shade", ellipse(centre, floor, size*0.5, size*0.05), unframed)
	}
	c.draw(s.motif, frame{x: centre - size/2, y: floor - size, scale: size / 100, mirrored: s.often(50_000)})
	s.paintForeground(c, a, floor)
}

var unframed = frame{scale: 1}

func (s *scene) paintSky(c *canvas, a album, horizon float64) {
	c.fill("high", polygon(0, 0, s.width, 0, s.width, s.height, 0, s.height), unframed)
	c.fill("low", s.swell(horizon*s.span(0.35, 0.5), 3), unframed)
	r := s.span(6, 9)
	c.fill("sun", ellipse(s.width*s.span(0.15, 0.85), horizon*s.span(0.2, 0.45), r, r), unframed)
	for range s.IntN(3) {
		size := s.span(12, 20)
		c.draw(a.named["cloud"], frame{x: s.span(0, s.width) - size/2, y: horizon * s.span(-0.1, 0.25), scale: size / 100})
	}
	if s.often(35_000) {
		x, y := s.width*s.span(0.2, 0.7), horizon*s.span(0.1, 0.35)
		for i := range s.between(2, 4) {
			c.draw(a.named["bird"], frame{x: x + float64(i)*4, y: y + s.span(-2, 2), scale: 0.03})
		}
	}
}

// paintHills draws mountains or rounded hills behind the fields.
func (s *scene) paintHills(c *canvas, horizon float64) {
	if s.often(30_000) {
		for x := s.span(-15, 0); x < s.width+10; x += s.span(16, 28) {
			peak, half := horizon-s.span(14, 26), s.span(14, 22)
			c.fill("far", polygon(x-half, horizon+1, x, peak, x+half, horizon+1), unframed)
			c.fill("cloud", polygon(x-half*0.18, peak+4.5, x, peak, x+half*0.18, peak+4.5, x+half*0.05, peak+3.4, x-half*0.06, peak+5.2), unframed)
		}
		return
	}
	s.paintRidge(c, "far", horizon-s.span(6, 10), s.span(5, 10), 2)
}

// paintRidge fills everything below a wavy line.
func (s *scene) paintRidge(c *canvas, name string, y, rise float64, waves int) {
	path := []stroke{{'M', [6]float64{0, s.height}}, {'L', [6]float64{0, y - s.span(-rise, rise)*0.5}}}
	step := s.width / float64(waves)
	for i := range waves {
		x := float64(i) * step
		path = append(path, stroke{'C', [6]float64{
			x + step*0.35, y - s.span(0, rise*1.6), x + step*0.65, y - s.span(-rise, rise), x + step, y - s.span(-rise, rise)*0.5,
		}})
	}
	c.fill(name, append(path, stroke{'L', [6]float64{s.width, s.height}}, stroke{op: 'Z'}), unframed)
}

// swell is the area below a single gentle wave.
func (s *scene) swell(y, rise float64) []stroke {
	return []stroke{
		{'M', [6]float64{0, s.height}}, {'L', [6]float64{0, y + s.span(-rise, rise)}},
		{'C', [6]float64{s.width * 0.33, y - rise, s.width * 0.66, y + rise, s.width, y + s.span(-rise, rise)}},
		{'L', [6]float64{s.width, s.height}}, {op: 'Z'},
	}
}

// paintScenery puts a house or two and some trees on the far edge of the field, to the sides.
func (s *scene) paintScenery(c *canvas, a album, horizon float64) {
	trees := [...]string{"tree", "palm", "pine"}
	kind := trees[s.IntN(len(trees))]
	left := s.often(50_000)
	stand := func(name string, away, size float64) {
		x := s.width*away - size/2
		if left {
			x = s.width*(1-away) - size/2
		}
		c.draw(a.named[name], frame{x: x, y: horizon + s.span(2, 4) - size, scale: size / 100, mirrored: left})
	}
	for range s.between(1, 3) {
		stand(kind, s.span(0.02, 0.2), s.span(12, 19))
	}
	if s.often(75_000) {
		house := "hut"
		if s.often(40_000) {
			house = "barn"
		}
		stand(house, s.span(0.8, 0.9), s.span(17, 22))
	}
	if s.often(50_000) {
		stand(kind, s.span(0.93, 1), s.span(13, 18))
	}
}

// paintPond lays water under a motif that floats.
func (s *scene) paintPond(c *canvas, floor float64) {
	x, reach := s.width*0.5, s.width*s.span(0.52, 0.62)
	c.fill("deep", ellipse(x, floor-2, reach, 11), unframed)
	c.fill("shallow", ellipse(x, floor-1.2, reach*0.92, 9), unframed)
	for range 4 {
		y, at := floor+s.span(-5, 5), x+s.span(-0.6, 0.6)*reach
		c.fill("deep", line(0.5, []float64{at, y, at + s.span(4, 9), y}), unframed)
	}
}

// paintForeground sets tufts and reeds along the lower edge, and grass and flowers on the long foot of portraits.
func (s *scene) paintForeground(c *canvas, a album, floor float64) {
	c.fill("near", s.swell(max(s.height-3, floor+4), 1.2), unframed)
	for y := floor + 9; y < s.height-6; y += s.span(5, 8) {
		size := (y - floor) * 0.35
		for x := s.span(0, 12); x < s.width; x += s.span(10, 26) {
			c.draw(a.named["tuft"], frame{x: x, y: y, scale: size / 130})
			if s.often(30_000) {
				c.draw(a.named["bloom"], frame{x: x + 1, y: y - size*0.35, scale: size / 220})
			}
		}
	}
	for x := s.span(-4, 6); x < s.width; x += s.span(9, 22) {
		size := s.span(4, 8)
		name := "tuft"
		if s.motif.ground == "water" && s.often(40_000) {
			name, size = "reed", size*1.4
		}
		foot := max(s.height-1.5, floor+5) + s.span(0, 1.5)
		c.draw(a.named[name], frame{x: x, y: foot - size, scale: size / 100})
	}
}
