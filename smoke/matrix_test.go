package smoke

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"loanleaf/locale"
	"loanleaf/templates/snippet"
)

// matrix has every card of the matrix looked at, which takes minutes; without it,
// as many as show every two of its values together, and without -browser a few.
var matrix = flag.Bool("matrix", false, "look at every card of the matrix, not at pairs of its values")

// few is how many cards are looked at by default.
const few = 36

// The dimensions of the matrix beside kinds and images. Sizes are those that
// snippets give, and 300 high at any width.
var (
	matrixSizes = []size{
		{250, 300}, {280, 300}, {320, 300}, {343, 300}, {375, 300}, {420, 300}, {450, 300}, {600, 300}, {720, 300}, {1000, 300}, {300, 420}, {720, 260},
	}
	schemes = []string{"light", "dark"} // of the page around the frame
)

// cell is one card of the matrix.
type cell struct {
	kind, image   int
	size          size
	language      *locale.Language
	theme         snippet.Theme
	scheme        string
	kindName      string
	address, back string // of the document, with its fragment; the colour of the card
}

func (c cell) String() string {
	return fmt.Sprintf("%s, %s, %s, %dx%d, %s on a %s page", c.kindName, images[c.image].name, c.language.Tag, c.size.width, c.size.height, c.theme.Name, c.scheme)
}

// cells are the choices of the matrix, as many as the flags ask for.
func cells(t *testing.T) (shown []cell, all, paired int) {
	t.Helper()
	kinds, themes, languages := kinds(), snippet.Themes(), locale.Shipped()
	values := []int{len(kinds), len(matrixSizes), len(languages), len(themes), len(schemes), len(images)}
	every := product(values, func(c choice) bool { return c[5] == 0 || kinds[c[0]].pictured() })
	some := pairs(values, every)
	picked := some
	switch {
	case *matrix:
		picked = every
	case !*everything:
		picked = some[:few]
	}
	for _, p := range picked {
		c := cell{kind: p[0], size: matrixSizes[p[1]], language: tag(languages[p[2]]), theme: themes[p[3]], scheme: schemes[p[4]], image: p[5], kindName: kinds[p[0]].name}
		c.back = map[string]string{"light": "rgb(255, 255, 255)", "dark": "rgb(26, 24, 36)", "auto": ""}[c.theme.Name]
		if c.back == "" {
			c.back = map[string]string{"light": "rgb(255, 255, 255)", "dark": "rgb(26, 24, 36)"}[c.scheme]
		}
		prefix := "/" + c.language.Tag
		if prefix == "/en" {
			prefix = ""
		}
		c.address = fmt.Sprintf("%s/embed/%d%s", prefix, matrixID(c.kind, c.image), c.theme.Fragment)
		shown = append(shown, c)
	}
	return shown, len(every), len(some)
}

// inspect is run in a host page, waits until the pictures of its frames are
// there, and returns a line for everything that is wrong with the cards. A text
// that ends in an ellipsis is as it should be; one that is cut through, or hidden
// by a box that has none, is not.
const inspect = `async () => {
	const wrong = [], frames = [...document.querySelectorAll("iframe")]
	const shifts = frames.map(f => {
		const watch = new f.contentWindow.PerformanceObserver(() => {})
		watch.observe({type: "layout-shift", buffered: true})
		return watch
	})
	const pictures = frames.flatMap(f => [...f.contentDocument.images].filter(i => i.checkVisibility()))
	for (let n = 0; n < 100 && !pictures.every(i => i.complete && i.naturalWidth > 0); n++) await new Promise(r => setTimeout(r, 20))
	await new Promise(r => requestAnimationFrame(() => setTimeout(r, 20)))
	for (const [i, frame] of frames.entries()) {
		const win = frame.contentWindow, doc = frame.contentDocument, root = doc.documentElement, want = frame.dataset
		const say = text => wrong.push(frame.name + ": " + text)
		const must = (held, text) => held || say(text)
		must(root.scrollWidth <= win.innerWidth && root.clientWidth === win.innerWidth, "scrolls sideways: " + root.scrollWidth)
		must(root.scrollHeight <= win.innerHeight && root.clientHeight === win.innerHeight, "scrolls: " + root.scrollHeight)
		must(root.lang === want.lang && root.dir === want.dir, "speaks " + root.lang + " " + root.dir)
		must(doc.querySelectorAll("main,[role=main]").length === 1, "has not one main part")
		const heads = doc.querySelectorAll("h1,h2,h3,h4,h5,h6,[role=heading]")
		must(heads.length === 1 && heads[0].checkVisibility() && heads[0].innerText.trim() !== "", "has not one heading")
		const stops = [...doc.querySelectorAll("*")].filter(e => e.tabIndex >= 0 && e.checkVisibility())
		must(stops.length === 2 && stops.every(s => s.matches("a[href]") && s.innerText.trim() !== ""), "tab stops: " + stops.length)
		must(stops[0]?.getBoundingClientRect().height >= 40, "the action is not 40 high")
		must(win.getComputedStyle(doc.querySelector("main")).backgroundColor === want.back, "is the wrong colour")
		must([...doc.images].every(p => !p.checkVisibility() || p.naturalWidth > 0), "its picture is not there")
		must([...doc.images].every(p => p.alt !== ""), "its picture has no words")
		must(doc.images.length === +want.pictures, "has " + doc.images.length + " pictures")
		must(shifts[i].takeRecords().length === 0, "something moved")
		const asked = win.performance.getEntriesByType("resource")
		must(asked.length <= 1 && asked.every(r => new URL(r.name).origin === location.origin), "asked for " + asked.map(r => r.name))
		must(doc.cookie === "" && win.localStorage.length + win.sessionStorage.length === 0 && (await win.indexedDB.databases()).length + (await win.caches.keys()).length === 0, "keeps something")
		const walk = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
		const shown = new Map()
		while (walk.nextNode()) {
			const node = walk.currentNode, holder = node.parentElement
			if (node.data.trim() === "" || !holder.checkVisibility() || holder.matches("script,style")) continue
			const range = doc.createRange()
			range.selectNodeContents(node)
			for (const r of range.getClientRects()) {
				const slack = r.height / 5 // a line's box is higher than its letters
				if (r.width === 0) continue
				let seen = true
				for (let e = holder; seen && e !== root; e = e.parentElement) {
					const style = win.getComputedStyle(e)
					if (style.overflow === "visible") continue
					const b = e.getBoundingClientRect()
					const clamp = style.webkitLineClamp !== "none", dots = style.textOverflow === "ellipsis"
					// Below the last line there is room for letters that hang low, and for
					// no more of the next line than the space above its letters.
					if (clamp && r.top >= b.bottom - parseFloat(style.paddingBottom) - slack) { seen = false; continue }
					if (r.bottom > b.bottom + slack || r.top < b.top - slack) say("cut through: " + node.data)
					if (!dots && !clamp && (r.left < b.left - 1 || r.right > b.right + 1)) say("cut off: " + node.data)
				}
				if (!seen) continue
				const box = holder.closest(".chip,h1,.place,.use,.sum span,.act,footer>*")
				if (!box) { say("text in no known place: " + node.data); continue }
				const clip = box.getBoundingClientRect()
				const part = {left: Math.max(r.left, clip.left), right: Math.min(r.right, clip.right), top: r.top + slack, bottom: r.bottom - slack}
				if (part.left < -.5 || part.right > win.innerWidth + .5 || part.top < 0 || part.bottom > win.innerHeight) say("outside: " + node.data)
				if (!shown.has(box)) shown.set(box, [])
				shown.get(box).push(part)
			}
		}
		for (const needed of ["h1", ".chip", ".act", "footer a"]) must([...shown.keys()].some(b => b.matches(needed)), "shows no " + needed)
		const boxes = [...shown]
		for (const [n, [one, parts]] of boxes.entries())
			for (const [other, others] of boxes.slice(n + 1))
				if (parts.some(p => others.some(o => p.left < o.right - 1 && o.left < p.right - 1 && p.top < o.bottom - 1 && o.top < p.bottom - 1)))
					say("on top of each other: " + one.textContent + " / " + other.textContent)
	}
	return wrong
}`

// listener is between a browser and a server: it hears of every answer.
type listener struct {
	http.Handler

	mu      sync.Mutex
	cookies []string // addresses whose answers set one
	strange []string // addresses with an answer that is neither 200 nor the one for a loan that is not there
}

func (w *listener) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	code := http.StatusOK
	w.Handler.ServeHTTP(statusWriter{out, &code}, r)
	w.mu.Lock()
	defer w.mu.Unlock()
	if out.Header().Get("Set-Cookie") != "" {
		w.cookies = append(w.cookies, r.URL.Path)
	}
	if code >= http.StatusBadRequest && !strings.Contains(r.URL.Path, "/embed/") {
		w.strange = append(w.strange, fmt.Sprint(code, " ", r.URL.Path))
	}
}

type statusWriter struct {
	http.ResponseWriter
	code *int
}

func (w statusWriter) WriteHeader(code int) {
	*w.code = code
	w.ResponseWriter.WriteHeader(code)
}

// TestCounts prints how much there is to look at, for which no browser is needed.
func TestCounts(t *testing.T) {
	shown, all, paired := cells(t)
	t.Logf("%d cards: %d kinds of loan, %d sizes, %d languages, %d themes on %d grounds, %d pictures", all, len(kinds()), len(matrixSizes), len(locale.Shipped()), len(snippet.Themes()), len(schemes), len(images))
	t.Logf("%d of them show each two of these together; %d are shown", paired, len(shown))
	if longest := len(kinds()) * len(matrixSizes); paired < longest || paired > longest*5/4 || all < 10_000 {
		t.Errorf("%d cards in all, %d for pairs, want %d or a few more of these", all, paired, longest)
	}
}

// TestMatrix looks at the cards of loans in every state, at every size, in every
// language and theme, on light and dark pages, with and without a picture. The
// cards come from the server as it stands, the frames are those that snippets
// write but for the sandbox, into which no test can look.
func TestMatrix(t *testing.T) {
	shown, all, paired := cells(t)
	t.Logf("%d of %d cards; %d show every pair of values", len(shown), all, paired)
	x := exhibit(t, "127.0.0.1", matrixStore(t))
	heard := &listener{Handler: x.loans.Config.Handler}
	x.loans.Config.Handler = heard
	// A browser of its own for every so many of them, a page for every so many of these.
	const perBrowser, perPage = 240, 24
	for part := range slices.Chunk(shown, perBrowser) {
		t.Run(part[0].String(), func(t *testing.T) {
			tab, console := browser(t)
			for _, scheme := range schemes {
				of := slices.DeleteFunc(slices.Clone(part), func(c cell) bool { return c.scheme != scheme })
				slices.SortStableFunc(of, func(a, b cell) int { return a.size.width - b.size.width })
				for page := range slices.Chunk(of, perPage) {
					for _, line := range x.inspect(t, tab, page) {
						t.Error(line)
					}
				}
			}
			// That a loan is not there is told by a status, which browsers repeat.
			quiet(t, slices.DeleteFunc(console(), func(text string) bool { return strings.Contains(text, "status of 404") }))
		})
	}
	heard.mu.Lock()
	defer heard.mu.Unlock()
	for _, address := range heard.cookies {
		t.Errorf("%s sets a cookie", address)
	}
	for _, answer := range heard.strange {
		t.Errorf("an answer that nobody should need: %s", answer)
	}
}

// inspect shows cards on one page, all within its window, and says what is wrong.
func (x *exhibition) inspect(t *testing.T, tab context.Context, part []cell) []string {
	t.Helper()
	var body strings.Builder
	fmt.Fprintf(&body, "<style>:root{color-scheme:%s}body{display:flex;flex-wrap:wrap;gap:8px;align-items:start}</style>", part[0].scheme)
	const window = 2080
	right, bottom, row := 0, 0, 0
	for _, c := range part {
		pictures := 0
		if c.image > 0 {
			pictures = 1
		}
		fmt.Fprintf(&body, `<iframe name="%s" src="%s" width="%d" height="%d" style="border:0%s" data-lang=%s data-dir=%s data-back="%s" data-pictures=%d></iframe>`,
			c, c.address, c.size.width, c.size.height, c.theme.Style, c.language.Tag, c.language.Direction, c.back, pictures)
		if right += c.size.width + 8; right > window-100 {
			right, bottom, row = c.size.width+8, bottom+row+8, 0
		}
		row = max(row, c.size.height)
	}
	address := strings.Replace(x.host(body.String()), x.hosts.URL, x.loans.URL+"/host", 1)
	do(t, tab, chromedp.EmulateViewport(window, int64(bottom+row+100)), chromedp.Navigate(address))
	lines, err := chromedp.Run(tab, chromedp.Evaluate[[]string]("("+inspect+")()", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
