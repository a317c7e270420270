package smoke

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// media shows pages as on a medium, to a reader with one setting more.
func media(medium, feature, value string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		params := emulation.SetEmulatedMediaParams{Media: medium}
		if feature != "" {
			params.Features = []*emulation.MediaFeature{{Name: feature, Value: value}}
		}
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, params)
		return err
	})
}

// sheets is how many a page takes when it is printed.
func sheets(t *testing.T, tab context.Context) int {
	t.Helper()
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF())
	if err != nil {
		t.Fatal(err)
	}
	return len(regexp.MustCompile(`/Type\s*/Page\b`).FindAll(pdf, -1))
}

// TestReadersSettings looks at a card and at a page of loans as readers have them
// who set their own colours, who want nothing to move, or who print.
func TestReadersSettings(t *testing.T) {
	thorough(t)
	s := serve(t)
	tab, console := browser(t)
	loan := "/lend/" + s.loanOf(t, "defaulted")
	card := strings.Replace(loan, "lend", "embed", 1)
	pages := []string{card, loan, "/ar" + card, "/ar" + loan, "/", "/embed/"}

	t.Run("with colours of one's own, marks, bars and buttons have edges and lines are drawn", func(t *testing.T) {
		const bare = `[...document.querySelectorAll(".chip,.bar,.act,.button")].filter(e => e.checkVisibility()).flatMap(e => {
			const s = getComputedStyle(e)
			return parseFloat(s.borderTopWidth) >= 1 && s.borderTopStyle === "solid" ? [] : [e.outerHTML.slice(0, 80)]
		})`
		const unseen = `[...document.querySelectorAll(".bar rect,.plot path,.plot use")].flatMap(e => {
			const s = getComputedStyle(e), back = getComputedStyle(document.body).backgroundColor
			return [s.fill, s.stroke].some(c => c !== "none" && c !== back) ? [] : [e.outerHTML.slice(0, 80)]
		})`
		do(t, tab, chromedp.EmulateViewport(450, 800), media("", "forced-colors", "active"))
		for _, path := range pages {
			do(t, tab, chromedp.Navigate(s.base+path))
			if !evaluate[bool](t, tab, `matchMedia("(forced-colors:active)").matches`) {
				t.Fatal("the browser does not force colours")
			}
			for _, what := range append(evaluate[[]string](t, tab, bare), evaluate[[]string](t, tab, unseen)...) {
				t.Errorf("%s: cannot be seen: %s", path, what)
			}
		}
	})
	t.Run("nothing moves, and nothing scrolls smoothly for who wants less motion", func(t *testing.T) {
		do(t, tab, media("", "prefers-reduced-motion", "reduce"))
		for _, path := range pages {
			do(t, tab, chromedp.Navigate(s.base+path))
			moving := evaluate[[]string](t, tab, `[...document.querySelectorAll("*")].flatMap(e => {
				const s = getComputedStyle(e)
				return s.animationName === "none" && /^0s(, 0s)*$/.test(s.transitionDuration) && s.scrollBehavior === "auto" ? [] : [e.outerHTML.slice(0, 80)]
			})`)
			for _, what := range moving {
				t.Errorf("%s: moves: %s", path, what)
			}
		}
	})
	t.Run("on paper a card says its address, and a page all of its rows, on a width of paper", func(t *testing.T) {
		const width = 718 // of A4 between margins of a centimetre
		do(t, tab, chromedp.EmulateViewport(width, 1000), media("print", "", ""))
		for _, path := range pages {
			do(t, tab, chromedp.Navigate(s.base+path))
			if wide := evaluate[int](t, tab, `document.documentElement.scrollWidth`); wide > width {
				t.Errorf("%s is %d wide on paper", path, wide)
			}
		}
		do(t, tab, chromedp.Navigate(s.base+card))
		if got := evaluate[string](t, tab, `getComputedStyle(document.querySelector("footer a"), "::after").content`); !strings.Contains(got, "attr(href)") && !strings.Contains(got, s.base+loan) {
			t.Errorf("the card says %s after its source", got)
		}
		if n := sheets(t, tab); n != 1 {
			t.Errorf("a card takes %d sheets", n)
		}
		do(t, tab, chromedp.Navigate(s.base+loan))
		if hidden := evaluate[[]string](t, tab, `[...document.querySelectorAll("details:not(.embed details) td, .story p")].filter(e => e.getBoundingClientRect().height === 0).map(e => e.textContent)`); len(hidden) > 0 {
			t.Errorf("on paper there is no %q", hidden)
		}
		if shown := evaluate[int](t, tab, `[...document.querySelectorAll("nav,.sections,.skip,.button,.embed")].filter(e => e.checkVisibility()).length`); shown > 0 {
			t.Errorf("%d things on paper that only a screen needs", shown)
		}
		if n := sheets(t, tab); n < 1 || n > 4 {
			t.Errorf("a loan takes %d sheets", n)
		}
	})
	t.Run("in a card's frame a file host's page for what is not there reads whole", func(t *testing.T) {
		files := newExhibition(t, "127.0.0.1").folder(t)
		do(t, tab, media("", "", ""))
		for _, f := range []size{{300, 250}, {450, 300}, {300, 420}, {720, 260}} {
			for _, prefix := range []string{"", "/es", "/fr", "/ar"} {
				do(t, tab, chromedp.EmulateViewport(int64(f.width), int64(f.height)), chromedp.Navigate(files.URL+prefix+"/embed/3"))
				below := evaluate[[]string](t, tab, `(parts => parts.length < 4 ? ["nothing"] : parts.filter(e => {
					const r = e.getBoundingClientRect()
					return r.bottom > innerHeight || r.right > innerWidth
				}).map(e => e.textContent))([...document.querySelectorAll(".gone>*")])`)
				for _, what := range below {
					t.Errorf("%s at %dx%d: below: %s", prefix, f.width, f.height, what)
				}
			}
		}
	})
	for _, text := range console() {
		if !strings.Contains(text, "status of 404") {
			t.Errorf("the console says: %s", text)
		}
	}
}
