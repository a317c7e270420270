package smoke

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"golang.org/x/image/webp"

	"loanleaf/templates/snippet"
)

var update = flag.Bool("update", false, "take the pictures of the README and of testdata anew")

// picture is a screenshot that somebody looks at: a file, the window it is taken
// of, and how the browser comes to show what is in it.
type picture struct {
	file          string
	width, height int64
	scale         float64 // pixels of the picture for one of the window
	show          func(t *testing.T, tab context.Context, s *serving, x *exhibition)
}

// Most bytes of a picture of the README, and of those of testdata together.
const (
	mostOfOne = 60_000
	mostOfAll = 600_000
)

// at opens an address of the program's, as pages do that say nothing of colours.
func at(path string, settings ...chromedp.Action[chromedp.Void]) func(*testing.T, context.Context, *serving, *exhibition) {
	return func(t *testing.T, tab context.Context, s *serving, _ *exhibition) {
		t.Helper()
		do(t, tab, settings...)
		do(t, tab, chromedp.Navigate(s.base+path))
	}
}

// inFrames shows cards in their frames on one page of a scheme.
func inFrames(scheme string, list ...cell) func(*testing.T, context.Context, *serving, *exhibition) {
	return func(t *testing.T, tab context.Context, _ *serving, x *exhibition) {
		t.Helper()
		var body strings.Builder
		fmt.Fprintf(&body, "<style>:root{color-scheme:%s}body{display:flex;flex-wrap:wrap;gap:12px;align-items:start;margin:12px}iframe{border:0}</style>", scheme)
		for _, c := range list {
			i := slices.IndexFunc(kinds(), func(k kind) bool { return k.name == c.kindName })
			if i < 0 {
				t.Fatalf("there is no loan %q", c.kindName)
			}
			prefix := "/" + c.language.Tag
			if prefix == "/en" {
				prefix = ""
			}
			if !kinds()[i].pictured() {
				c.image = 0
			}
			fmt.Fprintf(&body, `<iframe src="%s/embed/%d%s" width=%d height=%d style="%s"></iframe>`, prefix, matrixID(i, c.image), c.theme.Fragment, c.size.width, c.size.height, c.theme.Style)
		}
		do(t, tab, prefer("light"), chromedp.Navigate(strings.Replace(x.host(body.String()), x.hosts.URL, x.loans.URL+"/host", 1)))
	}
}

// of are cards of kinds, all else alike.
func of(language string, theme snippet.Theme, f size, image int, names ...string) (list []cell) {
	for _, name := range names {
		list = append(list, cell{kindName: name, language: tag(language), theme: theme, size: f, image: image})
	}
	return list
}

// readmePictures stand in the README, and in public/examples.
func readmePictures() []picture {
	light := prefer("light")
	return []picture{
		{"widget.webp", 450, 300, 1, at("/embed/100001", light)},
		{"widget-dark.webp", 450, 300, 1, at("/embed/100001#dark", light)},
		{"widget-arabic.webp", 450, 300, 1, at("/ar/embed/100001", light)},
		{"loan-page.webp", 1280, 960, .5, at("/lend/100001", light)},
		{"embed-page.webp", 1280, 960, .5, at("/embed/?loan=100001", light)},
	}
}

// tellingPictures are those of the matrix that show most.
func tellingPictures() []picture {
	states := []string{"fundraising", "reserved", "funded", "in repayment", "paid", "paid with a loss", "defaulted", "refunded", "expired", "nobody's name", "one long word", "gone"}
	bare := []string{"fundraising, no figures", "funded, no figures", "in repayment, no figures", "paid, no figures", "defaulted, no figures", "refunded, no figures", "expired, no figures", "nobody's name, no figures", "Khmer"}
	small, standard, wide := size{300, 420}, size{450, 300}, size{720, 260}
	mixed := slices.Concat(of("en", snippet.Light, small, 2, "long group"), of("ar", snippet.Auto, small, 1, "long"), of("fr", snippet.Light, small, 0, "defaulted"),
		of("en", snippet.Light, standard, 1, "long group"), of("es", snippet.Light, standard, 2, "in repayment"))
	narrow := slices.Concat(of("fr", snippet.Light, size{250, 300}, 1, "paid with a loss"), of("ar", snippet.Light, size{280, 300}, 0, "long"), of("es", snippet.Light, size{343, 300}, 1, "expired"), of("en", snippet.Light, size{250, 300}, 0, "gone"))
	across := slices.Concat(of("en", snippet.Light, wide, 1, "long group"), of("ar", snippet.Dark, wide, 2, "Khmer"), of("fr", snippet.Light, size{720, 300}, 0, "long"))
	twice := func(t *testing.T, tab context.Context, s *serving, x *exhibition) {
		inFrames("light", slices.Concat(of("en", snippet.Light, standard, 1, "fundraising"), of("ar", snippet.Light, standard, 1, "long"))...)(t, tab, s, x)
		evaluate[chromedp.Void](t, tab, enlarge)
	}
	return []picture{
		{"states-light.webp", 1398, 1260, .5, inFrames("light", of("en", snippet.Light, standard, 0, states...)...)},
		{"states-dark.webp", 1398, 1260, .5, inFrames("dark", of("en", snippet.Dark, standard, 1, states...)...)},
		{"states-arabic.webp", 1398, 1260, .5, inFrames("light", of("ar", snippet.Light, standard, 1, states...)...)},
		{"no-figures.webp", 1398, 948, .5, inFrames("light", of("es", snippet.Light, standard, 0, bare...)...)},
		{"mixed.webp", 948, 768, .75, inFrames("light", mixed...)},
		{"narrow.webp", 1208, 324, .75, inFrames("light", narrow...)},
		{"wide.webp", 744, 868, .75, inFrames("light", across...)},
		{"twice-the-text.webp", 936, 324, .75, twice},
		{"forced-colours.webp", 450, 300, 1, at("/embed/100001", media("", "forced-colors", "active"))},
		{"forced-colours-page.webp", 900, 900, .5, at("/lend/97208", media("", "forced-colors", "active"))},
		{"card-on-paper.webp", 450, 420, 1, at("/embed/100001", media("print", "", ""))},
		{"loan-on-paper.webp", 718, 1500, .5, at("/lend/97208", media("print", "", ""))},
		{"loan-page-phone.webp", 375, 1600, .5, at("/fr/lend/97208", prefer("light"))},
		{"loan-page-dark.webp", 1280, 1600, .4, at("/ar/lend/97208", prefer("dark"))},
		{"not-found-in-a-frame.webp", 300, 250, 1, func(t *testing.T, tab context.Context, _ *serving, x *exhibition) {
			do(t, tab, prefer("light"), chromedp.Navigate(x.folder(t).URL+"/embed/3"))
		}},
	}
}

// TestPictures holds the pictures to their sizes, and takes them with -update.
// They are for people to look at: letters are drawn otherwise on other machines,
// so nothing is compared.
func TestPictures(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	examples, telling := filepath.Join("..", "public", "examples"), filepath.Join("testdata", "pictures")
	if *update {
		take := camera(t)
		for folder, list := range map[string][]picture{examples: readmePictures(), telling: tellingPictures()} {
			for _, p := range list {
				take(t, filepath.Join(folder, p.file), p)
			}
		}
	}
	for _, p := range readmePictures() {
		width, height, bytes := picturedIn(t, filepath.Join(examples, p.file))
		if bytes > mostOfOne {
			t.Errorf("%s has %d bytes", p.file, bytes)
		}
		if !strings.Contains(string(readme), fmt.Sprintf(`src="public/examples/%s" width="%d" height="%d" alt="`, p.file, width, height)) {
			t.Errorf("the README does not show %s, %d by %d, with words in its place", p.file, width, height)
		}
	}
	found, err := filepath.Glob(filepath.Join(telling, "*"))
	if err != nil || len(found) != len(tellingPictures()) || len(found) > 20 {
		t.Errorf("%d files in %s, %v", len(found), telling, err)
	}
	all := 0
	for _, p := range tellingPictures() {
		_, _, bytes := picturedIn(t, filepath.Join(telling, p.file))
		all += bytes
	}
	if all > mostOfAll {
		t.Errorf("the pictures in %s have %d bytes", telling, all)
	}
}

// picturedIn is how wide and high a picture is, and how many bytes it has.
func picturedIn(t *testing.T, file string) (width, height, size int) {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, err := webp.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return c.Width, c.Height, len(body)
}

// camera starts what pictures are taken of, and takes them.
func camera(t *testing.T) func(t *testing.T, file string, p picture) {
	t.Helper()
	s, x := serve(t), exhibit(t, "127.0.0.1", matrixStore(t))
	return func(t *testing.T, file string, p picture) {
		t.Helper()
		tab, _ := browser(t, chromedp.Flag("hide-scrollbars", true))
		do(t, tab, chromedp.EmulateViewport(p.width, p.height, chromedp.EmulateScale(p.scale)))
		p.show(t, tab, s, x)
		var taken []byte
		quality := int64(85)
		do(t, tab, chromedp.Poll[chromedp.Void](`[...document.images].every(i => !i.checkVisibility() || i.complete)`), chromedp.Sleep(time.Second/2),
			chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
				result, err := cdp.Call(ctx, tab, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: "webp", Quality: &quality})
				taken = result.Data
				return err
			}))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, taken, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
