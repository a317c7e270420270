package public

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func branded(t *testing.T, b Brand) *Set {
	t.Helper()
	set, err := Embedded().Branded(b)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestWhoNamesNoColourGetsTheFilesAsTheyAre(t *testing.T) {
	if set := Embedded(); branded(t, Brand{}).Assets()[0].File != set.Assets()[0].File || set.LinkColour() != "#4338a8" {
		t.Error("the files changed")
	}
}

func TestOneColourMakesABrand(t *testing.T) {
	set := branded(t, Brand{Light: Shades{Brand: "#B91c1c"}})
	for name, want := range map[string][2]string{
		"brand": {"#b91c1c", "#fc9b8f"}, "go": {"#b91c1c", "#fc9b8f"}, "on": {"#ffffff", "#2d0c09"}, "hover": {"#a1000b", "#ffbfb6"},
		"track": {"#f5deda", "#52302c"}, "go-bg": {"#fce6e2", "#4f201c"},
		"page": {"#faf8f4", "#121019"}, "ok": {"#0b6650", "#7fdcb8"}, "fg": {"#1d1a26", "#f4f1ea"},
	} {
		for i, p := range []palette{set.light, set.dark} {
			if got := p[name].String(); got != want[i] {
				t.Errorf("--%s is %s in scheme %d, want %s", name, got, i, want[i])
			}
		}
	}
	if set.LinkColour() != "#b91c1c" {
		t.Errorf("links are %s", set.LinkColour())
	}
}

func TestTheColoursReachEveryFileAndChangeNothingElse(t *testing.T) {
	before, after := Embedded(), branded(t, Brand{Light: Shades{Brand: "#b91c1c", Background: "#fff"}, Dark: Shades{OnBrand: "#000"}})
	hexes := regexp.MustCompile(`#[0-9a-f]{3,6}\b`)
	bare := func(text string) string { return hexes.ReplaceAllString(text, "#") }
	for i, asset := range after.Assets() {
		own := before.Assets()[i]
		if slices.Contains([]string{DocsStyle, DocsScript, EmbedStyle, EmbedScript, FindScript}, asset.Name) {
			if asset.File != own.File || hexes.Match(asset.Body) {
				t.Errorf("%s has colours of its own, which no brand reaches", asset.Name)
			}
			continue
		}
		coloured := asset.Name != CopyScript && asset.Name != World
		if (asset.File != own.File) != coloured || bare(string(asset.Body)) != bare(string(own.Body)) {
			t.Errorf("%s became %s, or more than its colours changed", own.File, asset.File)
		}
	}
	if bare(after.WidgetStyle()) != bare(before.WidgetStyle()) || bare(after.ListStyle()) != bare(before.ListStyle()) || after.FrameScript() != before.FrameScript() {
		t.Error("more than the colours of the widget changed")
	}
	for name, text := range map[string]string{"site.css": after.siteStyle, "widget.css": after.widgetStyle, "list.css": after.listStyle, "icon.svg": after.icon} {
		if !strings.Contains(text, "#b91c1c") || strings.Contains(text, "#4338a8") || strings.Contains(text, "#b3abff") {
			t.Errorf("%s has not the brand's colours, or still our own", name)
		}
	}
	if !strings.Contains(after.widgetStyle, "--on:light-dark(#ffffff,#000000)") {
		t.Error("the widget has not the dark scheme's words on a button")
	}
}

func TestColoursThatCannotBeReadAreRefusedWithTheFigure(t *testing.T) {
	for name, c := range map[string]struct {
		brand Brand
		want  []string
	}{
		"a yellow for links": {Brand{Light: Shades{Brand: "#fc0"}}, []string{
			`colours.light.brand: "#ffcc00" has too little contrast: the brand on the background #faf8f4 has 1.42 to 1 and needs 4.50, ` +
				`the brand on cards #ffffff has 1.51 to 1 and needs 4.50, the brand on boxes #f5f2ec has 1.35 to 1 and needs 4.50; ` +
				`the nearest of its hue that has enough is "#886b00"`}},
		"grey words on the brand, which is our own": {Brand{Light: Shades{OnBrand: "#888888"}}, []string{
			`colours.light.on_brand: "#888888" has too little contrast: words on the brand #4338a8 has 2.49 to 1 and needs 4.50, words on the brand under the mouse #342a8c has 3.19 to 1 and needs 4.50; `}},
		"a grey background": {Brand{Light: Shades{Background: "#888"}}, []string{
			`colours.light.background: "#888888" has too little contrast: lesser text #565164 on the background has 2.14 to 1 and needs 4.50`, `edges #8a8494 on the background has 1.01 to 1 and needs 3.00; the nearest`}},
		"a light brand in the dark scheme, and words that vanish": {Brand{Dark: Shades{Brand: "#1a1824", OnBrand: "#fff"}}, []string{
			`colours.dark.brand: "#1a1824" has too little contrast: `, `the brand on cards #1a1824 has 1.00 to 1`, "\ncolours.dark.on_brand: \"#ffffff\" has too little"}},
		"what is no colour": {Brand{Light: Shades{Brand: "teal"}, Dark: Shades{Background: "#12"}}, []string{
			`colours.light.brand: "teal" is not a colour`, `colours.dark.background: "#12" is not a colour`}},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := Embedded().Branded(c.brand)
			if err == nil || set != nil {
				t.Fatal("taken")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got\n%v\nwhich does not say\n%s", err, want)
				}
			}
		})
	}
}

// Any colours are either taken, and all that the styles then put one on the
// other can be read, or refused; and whoever takes the colours that a refusal
// names is done.
func TestWhoeverFollowsTheRefusalsHasColoursThatCanBeRead(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	some := func() string {
		if r.IntN(3) > 0 {
			return ""
		}
		return random(r).String()
	}
	advice := regexp.MustCompile(`(?m)^colours\.(light|dark)\.([a-z_]+): .* is "(#[0-9a-f]{6})"$`)
	taken, refused := 0, 0
	for range 250 {
		b := Brand{Light: Shades{some(), some(), some()}, Dark: Shades{some(), some(), some()}}
		set, err := Embedded().Branded(b)
		if err != nil {
			refused++
			lines := advice.FindAllStringSubmatch(err.Error(), -1)
			if len(lines) != strings.Count(err.Error(), "\n")+1 {
				t.Fatalf("%+v: no advice in\n%v", b, err)
			}
			for _, line := range lines {
				scheme := &b.Light
				if line[1] == "dark" {
					scheme = &b.Dark
				}
				*map[string]*string{"brand": &scheme.Brand, "on_brand": &scheme.OnBrand, "background": &scheme.Background}[line[2]] = line[3]
			}
			set, err = Embedded().Branded(b)
		} else {
			taken++
		}
		if err != nil {
			t.Fatalf("after following all advice, %+v:\n%v", b, err)
		}
		light, dark, err := palettes(string(set.Assets()[slices.IndexFunc(set.Assets(), func(a Asset) bool { return a.Name == SiteStyle })].Body))
		if err != nil || len(light.failing()) > 0 || len(dark.failing()) > 0 {
			t.Fatalf("%+v: %v, %v, %v", b, err, light.failing(), dark.failing())
		}
	}
	t.Logf("%d taken, %d refused", taken, refused)
	if taken == 0 || refused == 0 {
		t.Errorf("%d taken and %d refused: one of the two was not tried", taken, refused)
	}
}
