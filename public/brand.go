package public

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Brand is an operator's colours, as they were written: "#rgb" or "#rrggbb",
// empty where nothing was said.
//
// Of the light scheme, what is empty stays the program's own; but words on a
// brand that was named are white or black if the program's own could not be read
// there. Of the dark scheme, what is empty is made from the light one where that
// was named: the same hue, as light as the program's own dark colour is.
type Brand struct{ Light, Dark Shades }

// Shades are the colours of one scheme.
type Shades struct {
	Brand      string // links, buttons, the bar and the mark of a loan that raises funds
	OnBrand    string // words on buttons
	Background string // of pages, behind the cards
}

// Branded is the set with an operator's colours in its styles and its icon; the
// files' names follow, since their content does. Beside the colours that were
// named those change that are made from them: a link under the mouse, the empty
// part of a bar, the mark of a loan that raises funds.
//
// Every pair of colours that the styles put one on the other has the contrast
// that WCAG 2.2 asks of it, 4.5 to 1 for text and 3 to 1 for what is drawn. A
// colour that is in a pair with less is refused with the figure, what is needed,
// and the nearest colour of its hue that would be taken. Errors name the
// setting, and there is one for each that is wrong.
func (s *Set) Branded(b Brand) (*Set, error) {
	if b == (Brand{}) {
		return s, nil
	}
	light, faults := settle("light", s.light, b.Light, palette{})
	made := palette{}
	for name, text := range b.Light.named() {
		if text != "" {
			made[name] = light[name].like(s.dark[name])
		}
	}
	dark, more := settle("dark", s.dark, b.Dark, made)
	if faults = append(faults, more...); len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	own := s.light["brand"].String()
	files := s.texts
	files.icon = strings.ReplaceAll(files.icon, own, light["brand"].String())
	files.siteStyle = repaint(files.siteStyle, light, dark)
	files.widgetStyle, files.listStyle = repaintWidget(files.widgetStyle, light, dark), repaintWidget(files.listStyle, light, dark)
	return newSet(files)
}

// LinkColour is the brand's colour in the light scheme, for where no stylesheet
// reaches. It can be read on white.
func (s *Set) LinkColour() string { return s.light["brand"].String() }

// Colour is a colour of the light or the dark scheme, by the name of its custom
// property in the styles without the dashes ("go-bg"), for what is drawn rather
// than styled. The styles have all of those that package card asks for.
func (s *Set) Colour(name string, dark bool) Colour {
	if dark {
		return s.dark[name]
	}
	return s.light[name]
}

// named are the colours by the names of their custom properties.
func (s Shades) named() map[string]string {
	return map[string]string{"brand": s.Brand, "on": s.OnBrand, "page": s.Background}
}

// The settings of the colours that an operator names, and what their grounds
// are called in a refusal.
var (
	settings = map[string]string{"brand": "brand", "on": "on_brand", "page": "background"}
	called   = map[string]string{
		"page": "the background", "bg": "cards", "bg2": "boxes", "brand": "the brand", "hover": "the brand under the mouse",
		"fg": "text", "fg2": "lesser text", "edge": "edges", "on": "words",
	}
)

// settling is a palette that is being made.
type settling struct {
	palette
	scheme string
	own    palette         // before
	named  map[string]bool // by the operator
	faults []error
}

// settle puts the colours of an operator into a palette, and those that are
// made from them. Where one is refused it goes on with the one it would take
// instead, so that an operator who follows all refusals is done. made are
// colours that nobody named and that give way silently.
func settle(scheme string, own palette, shades Shades, made palette) (palette, []error) {
	p := &settling{palette: palette{}, scheme: scheme, own: own, named: map[string]bool{}}
	for name, c := range own {
		p.palette[name] = c
	}
	given := map[string]bool{}
	for _, name := range []string{"page", "brand", "on"} {
		if c, ok := made[name]; ok {
			p.palette[name], given[name] = c, true
		}
		text := shades.named()[name]
		if text == "" {
			continue
		}
		c, err := ParseColour(text)
		if err != nil {
			p.faults = append(p.faults, fmt.Errorf("colours.%s.%s: %w", scheme, settings[name], err))
			continue
		}
		p.palette[name], p.named[name], given[name] = c, true, true
	}
	if given["page"] {
		on := []string{"fg", "fg2", "edge"}
		if !given["brand"] {
			on = append(on, "brand", "hover")
		}
		p.hold("page", p.pairsOf("page", on...))
	}
	if given["brand"] {
		p.hold("brand", p.pairsOf("brand", "page", "bg", "bg2"))
		p.words(given["on"])
		p.follow()
	} else if given["on"] {
		p.hold("on", p.pairsOf("on", "brand", "hover"))
	}
	for _, pair := range p.failing() {
		p.faults = append(p.faults, fmt.Errorf("colours.%s: %s", scheme, p.measured(pair, "")))
	}
	return p.palette, p.faults
}

// words settles the words on the brand.
func (p *settling) words(given bool) {
	if given {
		p.hold("on", p.pairsOf("on", "brand"))
		return
	}
	p.palette["on"] = p.palette["brand"].like(p.own["on"])
	for _, c := range []Colour{{255, 255, 255}, {}} {
		if Contrast(p.palette["on"], p.palette["brand"]) < leastText {
			p.palette["on"] = c
		}
	}
}

// follow makes the colours that go with the brand.
func (p *settling) follow() {
	brand := p.palette["brand"]
	p.palette["track"] = brand.like(p.own["track"])
	p.palette["go-bg"] = brand.like(p.own["go-bg"])
	p.palette["go"], _ = brand.nearest(func(c Colour) bool { return p.pass("go", c, p.pairsOf("go", "go-bg", "track")) })
	p.palette["hover"] = brand
	away := p.own["hover"].shade().lightness - p.own["brand"].shade().lightness
	for _, by := range []float64{away, away / 2, -away, -away / 2} {
		c := brand.lighter(by)
		if seen := math.Abs(c.shade().lightness-brand.shade().lightness) > 0.03; seen && p.pass("hover", c, p.pairsOf("hover", "page", "bg", "bg2", "on")) {
			p.palette["hover"] = c
			return
		}
	}
}

// pairsOf are the pairs of a colour with certain others.
func (p *settling) pairsOf(name string, others ...string) []pair {
	var list []pair
	for _, pair := range pairs {
		for _, other := range others {
			if pair.front == name && pair.back == other || pair.front == other && pair.back == name {
				list = append(list, pair)
			}
		}
	}
	return list
}

// pass tells whether c would do as the colour of a name.
func (p *settling) pass(name string, c Colour, of []pair) bool {
	for _, pair := range of {
		other := pair.front
		if other == name {
			other = pair.back
		}
		if Contrast(c, p.palette[other]) < pair.least {
			return false
		}
	}
	return true
}

// hold keeps a colour if it passes, else takes the nearest that does, and says
// so where the operator named it.
func (p *settling) hold(name string, of []pair) {
	c := p.palette[name]
	if p.pass(name, c, of) {
		return
	}
	nearest, ok := c.nearest(func(c Colour) bool { return p.pass(name, c, of) })
	var short []string
	for _, pair := range of {
		if Contrast(p.palette[pair.front], p.palette[pair.back]) < pair.least {
			short = append(short, p.measured(pair, name))
		}
	}
	p.palette[name] = nearest
	if !p.named[name] && ok {
		return
	}
	advice := "no colour of its hue has enough"
	if ok {
		advice = fmt.Sprintf("the nearest of its hue that has enough is %q", nearest)
	}
	p.faults = append(p.faults, fmt.Errorf("colours.%s.%s: %q has too little contrast: %s; %s",
		p.scheme, settings[name], c, strings.Join(short, ", "), advice))
}

// measured says what contrast a pair has and what it needs; the colour of known
// has been told. Figures are cut rather than rounded: 4.499 is not 4.50.
func (p *settling) measured(pair pair, known string) string {
	side := func(name string) string {
		words := called[name]
		if words == "" {
			words = "--" + name
		}
		if name != known {
			words += " " + p.palette[name].String()
		}
		return words
	}
	ratio := float64(int(100*Contrast(p.palette[pair.front], p.palette[pair.back]))) / 100
	return fmt.Sprintf("%s on %s has %.2f to 1 and needs %.2f", side(pair.front), side(pair.back), ratio, pair.least)
}
