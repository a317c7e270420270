package smoke

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// everything has every card of this file looked at in the frames that the matrix
// does not have, and every test run that opens a browser.
var everything = flag.Bool("browser", os.Getenv("CI") == "true", "run every test that opens a browser, and look at cards in every frame and at pairs of the matrix, not at a sample")

// thorough leaves a test to -browser and CI. Without them a test of each kind of
// page opens a browser: each start of one takes a second or two.
func thorough(t *testing.T) {
	t.Helper()
	if !*everything {
		t.Skip("looked at with -browser, and in CI")
	}
}

// size is that of a frame, in pixels.
type size struct{ width, height int }

// The sizes the widget is asked for: those in which every card is looked at, a
// layout each, and others in which the longest and the plainest are: 450 by 300
// squeezed by a phone or a sidebar, and what oEmbed's bounds may make of it.
var (
	layouts = []size{{450, 300}, {300, 420}, {720, 260}, {280, 300}, {450, 96}, {250, 96}}
	others  = []size{
		{343, 300}, {420, 300}, {600, 300}, {1000, 300}, {250, 250}, {300, 260},
		{450, 240}, {720, 220}, {450, 200}, {250, 170}, {280, 120}, {720, 96},
	}
)

// measure is run in a host page and looks into its frames. It returns a line for
// everything that is wrong at the size of text they are shown with; a text that
// ends in an ellipsis is as it should be.
const measure = `(fitted) => {
	const wrong = []
	for (const frame of document.querySelectorAll("iframe")) {
		const doc = frame.contentDocument, root = doc.documentElement
		const say = text => wrong.push(frame.name + ": " + text)
		if (root.scrollWidth > root.clientWidth) say("wider than its frame: " + root.scrollWidth)
		if (fitted && root.scrollHeight > root.clientHeight) say("higher than its frame: " + root.scrollHeight)
		const stops = [...doc.querySelectorAll("a[href],button,input,summary,[tabindex]")].filter(e => e.checkVisibility())
		const act = doc.querySelector(".act")
		if (stops.length !== (act ? 2 : 1)) say("tab stops: " + stops.length)
		const seen = []
		for (const e of doc.querySelectorAll(".chip,h1,.place,.use,.sum span,.act,footer>*")) {
			const r = e.getBoundingClientRect()
			if (!e.checkVisibility() || r.width === 0) {
				if (!fitted) say("not shown: " + e.textContent)
				continue
			}
			if (r.left < 0 || r.right > root.clientWidth + .5) say("outside: " + e.textContent)
			if (fitted && (r.top < 0 || r.bottom > root.clientHeight + .5)) say("below: " + e.textContent)
			const style = doc.defaultView.getComputedStyle(e)
			if (!fitted && style.overflow !== "visible") say("clamped: " + e.textContent)
			if (e.matches(".chip") && e.scrollWidth > e.clientWidth + 1) say("cut: " + e.textContent)
			for (const [other, o] of seen)
				if (r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 2.5 && o.top < r.bottom - 2.5)
					say("on top of each other: " + other.textContent + " / " + e.textContent)
			seen.push([e, r])
		}
		if (!doc.querySelector("h1").checkVisibility()) say("no heading")
		if (act && !act.checkVisibility()) say("no action")
		const height = act?.getBoundingClientRect().height
		if (height < (root.clientHeight < 240 ? 24 : 40)) say("action is " + height + " high")
		const want = frame.src.endsWith("#dark") ? "rgb(26, 24, 36)" : "rgb(255, 255, 255)"
		const got = doc.defaultView.getComputedStyle(doc.querySelector("main")).backgroundColor
		if (got !== want) say("background " + got)
	}
	return wrong
}`

// open shows a page that frames the named documents at one size, every other one
// of them dark.
func (s *stage) open(t *testing.T, tab context.Context, names []string, f size) {
	t.Helper()
	width, height := f.width, f.height
	path := fmt.Sprintf("/host/%dx%d", width, height)
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html lang=en><title>host</title>")
	for i, name := range names {
		theme := ""
		if (i+width)%2 == 1 {
			theme = "#dark"
		}
		fmt.Fprintf(&b, `<iframe name="%s %dx%d%s" src="/embed/%s%s" width=%d height=%d style="border:0"></iframe>`,
			name, width, height, theme, name, theme, width, height)
	}
	s.bodies[path] = b.String()
	do(t, tab, chromedp.Navigate(s.URL+path))
}

// TestWidget looks at the widget in a browser, which all its parts share.
func TestWidget(t *testing.T) {
	tab, console := browser(t)
	s := newStage(t)
	names := s.cast(t)
	extremes := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		kind, look, _ := strings.Cut(name, "-")
		return !slices.Contains([]string{"arabic", "long", "group", "gone", "idle"}, kind) || kind == "arabic" && look != "rtl-photo"
	})
	pictured := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return slices.Contains(names, name+"-photo")
	})

	t.Run("nothing is wider or higher than its frame, and nothing covers another text", func(t *testing.T) {
		for i, f := range slices.Concat(layouts, others) {
			const sampled = 3 // one of so many of the other frames
			if !*everything && i >= len(layouts) && i%sampled != 0 {
				continue
			}
			shown := names
			switch {
			case !*everything && i > 0:
				shown = extremes
			case i >= len(layouts), i > 0 && f.height >= 260: // every card has these in the matrix
				shown = extremes
			case i > 2: // a picture is not shown at these, so all cards but the anonymous have one
				shown = pictured
			}
			s.open(t, tab, shown, f)
			for _, line := range evaluate[[]string](t, tab, "("+measure+")(true)") {
				t.Error(line)
			}
		}
	})
	// WCAG 1.4.4 and 1.4.10.
	t.Run("at twice the size of text every word is there, and scrolling down is enough to read it", func(t *testing.T) {
		for _, f := range layouts[:4] {
			s.open(t, tab, extremes, f)
			evaluate[chromedp.Void](t, tab, enlarge)
			for _, line := range evaluate[[]string](t, tab, "("+measure+")(false)") {
				t.Error(line)
			}
		}
	})
	t.Run("Tab reaches the action, then the source, then leaves", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(450, 300), chromedp.Navigate(s.URL+"/embed/standard-ltr-photo"))
		var stops []string
		for range 3 {
			do(t, tab, chromedp.KeyEvent("\t"))
			stops = append(stops, evaluate[string](t, tab, `document.activeElement.closest("a")?.innerText.trim() ?? "none"`))
		}
		if got, want := strings.Join(stops, ", "), "Lend to Mai, loans.example, none"; got != want {
			t.Errorf("Tab goes to %s, want %s", got, want)
		}
	})
	t.Run("the picture fills its place", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(450, 300), chromedp.Navigate(s.URL+"/embed/standard-ltr-photo"))
		got, err := chromedp.Run(tab, chromedp.Poll[[]float64](loadedPicture))
		if err != nil {
			t.Fatal(err)
		}
		if want := []float64{171, 298}; math.Abs(got[0]-want[0]) > 1 || got[1] != want[1] {
			t.Errorf("the picture is %v, want %v", got, want)
		}
	})
	t.Run("colours follow the fragment", func(t *testing.T) {
		const light, dark, auto = "rgb(255, 255, 255) light", "rgb(26, 24, 36) dark", "light dark"
		for _, c := range []struct{ scheme, fragment, want string }{
			{"light", "", light}, {"light", "#auto", "rgb(255, 255, 255) " + auto}, {"light", "#dark", dark},
			{"dark", "", light}, {"dark", "#auto", "rgb(26, 24, 36) " + auto}, {"dark", "#dark", dark},
			{"dark", "#?secret=0123456789", light},
		} {
			do(t, tab, prefer(c.scheme), chromedp.Navigate("about:blank"), chromedp.Navigate(s.URL+"/embed/standard-ltr"+c.fragment))
			if got := evaluate[string](t, tab, `getComputedStyle(document.querySelector("main")).backgroundColor+" "+getComputedStyle(document.documentElement).colorScheme`); got != c.want {
				t.Errorf("reader prefers %s, address ends %q: the card is %s, want %s", c.scheme, c.fragment, got, c.want)
			}
		}
	})
	t.Run("the browser has nothing to complain of", func(t *testing.T) {
		for _, text := range console() {
			t.Error(text)
		}
		for _, path := range s.missed() {
			t.Error("asked for " + path)
		}
	})
}

const (
	enlarge       = `document.querySelectorAll("iframe").forEach(f => f.contentDocument.documentElement.style.fontSize = "200%")`
	loadedPicture = `(i => i.complete && i.naturalWidth > 0 && [i.clientWidth, i.clientHeight])(document.querySelector("img"))`
)

// prefer is the reader's choice of colours.
func prefer(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	})
}
