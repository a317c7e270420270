package public

import (
	"fmt"
	"regexp"
	"strings"
)

// What text needs on what is behind it, and a drawing or a border that means
// something (WCAG 2.2, 1.4.3 and 1.4.11).
const (
	leastText    = 4.5
	leastDrawing = 3
)

// pair is two colours of which the styles put one on the other.
type pair struct {
	front, back string
	least       float64
}

// pairs are all there are in the styles of pages and widget.
var pairs = []pair{
	{"fg", "page", leastText}, {"fg", "bg", leastText}, {"fg", "bg2", leastText},
	{"fg2", "page", leastText}, {"fg2", "bg", leastText}, {"fg2", "bg2", leastText},
	{"brand", "page", leastText}, {"brand", "bg", leastText}, {"brand", "bg2", leastText},
	{"hover", "page", leastText}, {"hover", "bg", leastText}, {"hover", "bg2", leastText},
	{"on", "brand", leastText}, {"on", "hover", leastText},
	{"fg", "go-bg", leastText}, {"fg", "ok-bg", leastText}, {"fg", "info-bg", leastText}, {"fg", "warn-bg", leastText}, {"fg", "off-bg", leastText},
	// Words of code, also on a line that is marked, where keywords have the colour of text.
	{"ok", "bg2", leastText}, {"info", "bg2", leastText}, {"warn", "bg2", leastText},
	{"ok", "info-bg", leastText}, {"warn", "info-bg", leastText}, {"fg2", "info-bg", leastText},
	{"go", "go-bg", leastText}, {"ok", "ok-bg", leastText}, {"info", "info-bg", leastText}, {"warn", "warn-bg", leastText}, {"off", "off-bg", leastText},
	{"go", "track", leastDrawing}, {"ok", "track", leastDrawing}, {"info", "track", leastDrawing}, {"warn", "track", leastDrawing}, {"off", "track", leastDrawing},
	{"go", "page", leastDrawing}, {"ok", "page", leastDrawing}, {"info", "page", leastDrawing}, {"warn", "page", leastDrawing}, {"off", "page", leastDrawing},
	{"edge", "bg", leastDrawing}, {"edge", "bg2", leastDrawing}, {"edge", "page", leastDrawing},
}

// palette is the colours of a scheme by the names of their custom properties.
type palette map[string]Colour

// failing are the pairs of the palette that have too little contrast.
func (p palette) failing() []pair {
	var list []pair
	for _, pair := range pairs {
		if Contrast(p[pair.front], p[pair.back]) < pair.least {
			list = append(list, pair)
		}
	}
	return list
}

var (
	// paletteBlock is a block that declares the colours of a scheme.
	paletteBlock = regexp.MustCompile(`\{[^{}]*--brand:[^{}]*\}`)
	colourToken  = regexp.MustCompile(`--([a-z0-9-]+):(#[0-9a-fA-F]{3,8})`)
)

// palettes reads the colours of a stylesheet: the first block that declares
// them is the light scheme, every later one the dark.
func palettes(css string) (light, dark palette, err error) {
	blocks := paletteBlock.FindAllString(css, -1)
	if len(blocks) < 2 {
		return nil, nil, fmt.Errorf("%d blocks declare --brand; the first is taken for the light scheme, the others for the dark", len(blocks))
	}
	schemes := make([]palette, 2)
	for i, scheme := range []string{"light", "dark"} {
		schemes[i] = palette{}
		for _, match := range colourToken.FindAllStringSubmatch(blocks[i], -1) {
			if schemes[i][match[1]], err = ParseColour(match[2]); err != nil {
				return nil, nil, fmt.Errorf("--%s of the %s scheme: %w", match[1], scheme, err)
			}
		}
		for _, pair := range pairs {
			for _, name := range []string{pair.front, pair.back} {
				if _, ok := schemes[i][name]; !ok {
					return nil, nil, fmt.Errorf("the %s scheme has no colour --%s", scheme, name)
				}
			}
		}
	}
	return schemes[0], schemes[1], nil
}

// repaint puts other colours into a stylesheet; a block keeps what its palette
// does not name.
func repaint(css string, light, dark palette) string {
	colours := light
	return paletteBlock.ReplaceAllStringFunc(css, func(block string) string {
		of := colours
		colours = dark
		return colourToken.ReplaceAllStringFunc(block, func(token string) string {
			name, _, _ := strings.Cut(strings.TrimPrefix(token, "--"), ":")
			if c, ok := of[name]; ok {
				return "--" + name + ":" + c.String()
			}
			return token
		})
	})
}

// A widget's style says the colours of both schemes in one place, which is the
// shortest: --fg:light-dark(#1d1a26,#f4f1ea). Those of a state have the same two
// names in every class: .ok{--t:…;--tb:…} are the palette's ok and ok-bg.
var (
	schemeToken = regexp.MustCompile(`--([a-z0-9-]+):light-dark\((#[0-9a-fA-F]{3,8}),(#[0-9a-fA-F]{3,8})\)`)
	stateRule   = regexp.MustCompile(`\.[a-z]+\{--t:[^{}]*\}`)
)

// recolour asks of for the colours of each name in a widget's style, and writes
// what it answers.
func recolour(css string, of func(name, light, dark string) (string, string)) string {
	write := func(text string, nameOf func(string) string) string {
		return schemeToken.ReplaceAllStringFunc(text, func(token string) string {
			parts := schemeToken.FindStringSubmatch(token)
			light, dark := of(nameOf(parts[1]), parts[2], parts[3])
			return "--" + parts[1] + ":light-dark(" + light + "," + dark + ")"
		})
	}
	var b strings.Builder
	end := 0
	for _, at := range stateRule.FindAllStringIndex(css, -1) {
		rule := css[at[0]:at[1]]
		state, _, _ := strings.Cut(rule[1:], "{")
		b.WriteString(write(css[end:at[0]], func(name string) string { return name }))
		b.WriteString(write(rule, func(name string) string { return map[string]string{"t": state, "tb": state + "-bg"}[name] }))
		end = at[1]
	}
	b.WriteString(write(css[end:], func(name string) string { return name }))
	return b.String()
}

// repaintWidget is repaint for the style of a widget.
func repaintWidget(css string, light, dark palette) string {
	return recolour(css, func(name, ownLight, ownDark string) (string, string) {
		if c, ok := light[name]; ok {
			ownLight = c.String()
		}
		if c, ok := dark[name]; ok {
			ownDark = c.String()
		}
		return ownLight, ownDark
	})
}
