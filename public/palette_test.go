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
// colours on its page and in its widget, and so has the widget of a list, which
// needs fewer.
func TestPagesAndWidgetsHaveTheSameColours(t *testing.T) {
	set := Embedded()
	for name, widget := range map[string]struct {
		style string
		want  int
	}{
		"the widget of a loan": {set.WidgetStyle(), 19}, "the widget of a list": {set.ListStyle(), 8},
	} {
		found := 0
		recolour(widget.style, func(name, light, dark string) (string, string) {
			found++
			if set.light[name] != colour(t, light) || set.dark[name] != colour(t, dark) {
				t.Errorf("--%s is %s and %s on pages, %s and %s in the widget", name, set.light[name], set.dark[name], light, dark)
			}
			return light, dark
		})
		if hexes := strings.Count(widget.style, "#"); found != widget.want || hexes != 2*found+len("##") {
			t.Errorf("%s: %d colours in two schemes are found, of %d; want %d", name, found, hexes, widget.want)
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

func TestAWidgetIsRepaintedInBothSchemesByTheNamesOfThePalette(t *testing.T) {
	const css = ":root{--brand:light-dark(#111,#eee);--on:light-dark(#fff,#000);x:y}.go{--t:light-dark(#111,#eee);--tb:light-dark(#ddd,#222)}.a{--t:b}"
	want := ":root{--brand:light-dark(#222222,#eee);--on:light-dark(#fff,#000);x:y}.go{--t:light-dark(#222222,#eee);--tb:light-dark(#ddd,#333333)}.a{--t:b}"
	light, dark := palette{"brand": colour(t, "#222"), "go": colour(t, "#222"), "t": colour(t, "#abc")}, palette{"go-bg": colour(t, "#333")}
	if got := repaintWidget(css, light, dark); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
