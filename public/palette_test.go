package public

import (
	"strings"
	"testing"
)

func TestColoursAreReadable(t *testing.T) {
	set := Embedded()
	for scheme, palette := range map[string]palette{"light": set.light, "dark": set.dark} {
		for _, pair := range palette.failing() {
			front, back := palette[pair.front], palette[pair.back]
			t.Errorf("%s: %s on %s has %.2f to 1, needs %.1f", scheme, pair.front, pair.back, Contrast(front, back), pair.least)
		}
	}
	if lighter := (palette{"fg": set.light["bg"]}); Contrast(lighter["fg"], set.light["bg"]) != 1 || len(lighter.failing()) == 0 {
		t.Error("a palette of white on white passes")
	}
}

// TestPagesAndWidgetsHaveTheSameColours compares them: a loan has the same
// colours on its page and in its widget, which has those of the dark scheme twice,
// and so has the widget of a list, which needs fewer.
func TestPagesAndWidgetsHaveTheSameColours(t *testing.T) {
	set := Embedded()
	for name, widget := range map[string]struct {
		style string
		least int
	}{
		"the widget of a loan": {set.WidgetStyle(), 15}, "the widget of a list": {set.ListStyle(), 8},
	} {
		blocks := paletteBlock.FindAllString(widget.style, -1)
		if len(blocks) != 3 {
			t.Fatalf("%s: %d sets of colours, want light, dark and dark by preference", name, len(blocks))
		}
		for i, block := range blocks {
			page := set.dark
			if i == 0 {
				page = set.light
			}
			tokens := colourToken.FindAllStringSubmatch(block, -1)
			if len(tokens) < widget.least {
				t.Errorf("%s, block %d: %d colours are found", name, i, len(tokens))
			}
			for _, token := range tokens {
				if got := page[token[1]]; got != colour(t, token[2]) {
					t.Errorf("%s, block %d: --%s is %s on pages and %s in it", name, i, token[1], got, token[2])
				}
			}
		}
	}
}

func TestAStylesheetWithoutAColourIsRefused(t *testing.T) {
	css := string(source(t, SiteStyle))
	for name, c := range map[string]struct{ text, want string }{
		"no colours at all":          {"body{margin:0}", "0 blocks"},
		"no dark scheme":             {css[:strings.Index(css, "@media")], "1 blocks"},
		"no --edge":                  {strings.Replace(css, "--edge:", "--rim:", 1), "the light scheme has no colour --edge"},
		"no --on when it is dark":    {strings.Replace(css, "--on:#17122f", "--on:black", 1), "the dark scheme has no colour --on"},
		"a colour that is half seen": {strings.Replace(css, "--on:#fff", "--on:#fff8", 1), `--on of the light scheme: "#fff8" is not a colour`},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := palettes(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v: does not say %q", err, c.want)
			}
		})
	}
}

func TestRepaintingChangesTheColoursOfASchemeAndNothingElse(t *testing.T) {
	const css = ":root{--brand:#111;--on:#fff;x:y}\n@media (dark){:root{--brand:#eee;--on:#000}}\n.a{color:var(--brand);--brand-x:#123}"
	want := ":root{--brand:#222222;--on:#fff;x:y}\n@media (dark){:root{--brand:#dddddd;--on:#111111}}\n.a{color:var(--brand);--brand-x:#123}"
	light, dark := palette{"brand": colour(t, "#222")}, palette{"brand": colour(t, "#ddd"), "on": colour(t, "#111")}
	if got := repaint(css, light, dark); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
