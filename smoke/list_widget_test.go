package smoke

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// The lists whose widgets are looked at, with invented people.
var listKinds = []string{"full", "long", "one", "anonymous", "empty"}

// listCard is a list of a kind, told in a language.
func listCard(t *testing.T, kind, tag string) view.ListCard {
	t.Helper()
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped(), Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	loan := kiva.Loan{
		Name: "Mai", Status: kiva.Fundraising, Activity: "Poultry", Sector: "Agriculture", Amount: kiva.USD(550), Raised: kiva.USD(125), BorrowerCount: 1,
		Location: kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoa"}, Posted: dataDate, Expires: dataDate.AddDate(0, 0, 22),
	}
	info := kiva.ListInfo{List: kiva.List{Kind: kiva.ByCountry, Key: "VN"}, Name: "Viet Nam", Count: 1234, Fundraising: 56}
	loans := slices.Repeat([]kiva.Loan{loan}, view.MostRows)
	switch kind {
	case "long":
		info = kiva.ListInfo{List: kiva.List{Kind: kiva.ByPartner, Key: "7"}, Name: "Genossenschaftsbank der Reisbäuerinnen von Thanh Hoa und Umgebung", Count: 1_234_567, Fundraising: 123_456}
		for i := range loans {
			loans[i].Name, loans[i].Activity = "Cooperativa de Mujeres Santiago Ixcuintla de los Caballeros (Grupo 14)", "Personal Products Sales and Services"
			loans[i].Amount, loans[i].Raised = kiva.USD(1_207_425), kiva.USD(1_106_850)
		}
	case "one":
		info.Fundraising, loans = 1, loans[:1]
	case "anonymous":
		for i := range loans {
			loans[i].Name, loans[i].BorrowerCount = "", 0
		}
	case "empty":
		info.Fundraising, loans = 0, nil
	}
	for i := range loans {
		loans[i].ID = int64(100000 + i)
	}
	return view.In(s, s.Language(tag), dataDate).ListCard(info, loans)
}

// castLists puts the widget of every kind of list in every language on the stage.
func (s *stage) castLists(t *testing.T) (names []string) {
	t.Helper()
	shell := templates.NewListShell(public.Embedded())
	for _, kind := range listKinds {
		for _, tag := range locale.Shipped() {
			name := "list-" + kind + "-" + tag
			s.put(t, name, templates.ListWidget(listCard(t, kind, tag), shell))
			names = append(names, name)
		}
	}
	return names
}

// measureLists is run in a host page and looks into its frames, as measure does: at
// the size of text they were made for (fitted), or at twice that.
const measureLists = `(fitted) => {
	const wrong = []
	for (const frame of document.querySelectorAll("iframe")) {
		const doc = frame.contentDocument, root = doc.documentElement, strip = root.clientHeight < 240
		const say = text => wrong.push(frame.name + ": " + text)
		if (root.scrollWidth > root.clientWidth) say("wider than its frame: " + root.scrollWidth)
		if (fitted && root.scrollHeight > root.clientHeight) say("higher than its frame: " + root.scrollHeight)
		const card = doc.querySelector("main").getBoundingClientRect()
		if (fitted && Math.abs(card.height - root.clientHeight) > 1) say("the card is " + card.height + " high")
		const rows = [...doc.querySelectorAll("li")], shown = rows.filter(e => e.checkVisibility())
		if (!fitted && shown.length < rows.length) say("rows are missing: " + shown.length)
		if (rows.length > 0 && shown.length === 0) say("no row at all")
		const stops = [...doc.querySelectorAll("a[href],button,input,summary,[tabindex]")].filter(e => e.checkVisibility())
		if (stops.length !== shown.length + 1) say("tab stops: " + stops.length + " for " + shown.length + " rows")
		const room = doc.querySelector(".room").getBoundingClientRect()
		for (const row of shown) {
			const r = row.getBoundingClientRect()
			if (fitted && (r.bottom > room.bottom + .5 || r.top < room.top - .5)) say("a row has no room: " + row.textContent)
			if (row.scrollHeight > row.clientHeight + 1) say("a row is cut: " + row.scrollHeight + " in " + row.clientHeight)
		}
		const seen = []
		for (const e of doc.querySelectorAll("h1,.chip,li a,.place,.sum,.aside,.none,.act,footer>*")) {
			const r = e.getBoundingClientRect()
			if (!e.checkVisibility() || r.width === 0) continue
			if (r.left < 0 || r.right > root.clientWidth + .5) say("outside: " + e.textContent)
			if (fitted && (r.top < 0 || r.bottom > root.clientHeight + .5)) say("below: " + e.textContent)
			if (!fitted && doc.defaultView.getComputedStyle(e).overflow !== "visible") say("clamped: " + e.textContent)
			if (e.matches(".chip") && e.scrollWidth > e.clientWidth + 1) say("cut: " + e.textContent)
			for (const [other, o] of seen)
				if (r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 2.5 && o.top < r.bottom - 2.5)
					say("on top of each other: " + other.textContent + " / " + e.textContent)
			seen.push([e, r])
		}
		for (const part of ["h1", ".act", "footer time"])
			if (!doc.querySelector(part).checkVisibility()) say("no " + part)
		if (doc.querySelector(".none")?.checkVisibility() === false) say("nothing is said of an empty list")
		const height = doc.querySelector(".act").getBoundingClientRect().height
		if (height < (strip ? 24 : 40)) say("the link is " + height + " high")
		for (const a of doc.querySelectorAll("li a")) {
			const row = a.closest("li").getBoundingClientRect()
			if (a.checkVisibility() && row.height < 24) say("a row is " + row.height + " high")
		}
		const want = frame.src.endsWith("#dark") ? "rgb(26, 24, 36)" : "rgb(255, 255, 255)"
		const got = doc.defaultView.getComputedStyle(doc.querySelector("main")).backgroundColor
		if (got !== want) say("background " + got)
	}
	return wrong
}`

// TestListWidget looks at the widgets of lists in a browser: each list in each
// language in every frame, every other one dark; a sample of it by default.
func TestListWidget(t *testing.T) {
	tab, console := browser(t)
	s := newStage(t)
	names := s.castLists(t)
	frames := slices.Concat(layouts, others)
	looked := 0

	t.Run("nothing is wider or higher than its frame, and nothing covers another text", func(t *testing.T) {
		for i, f := range frames {
			const sampled = 3 // one of so many of the other frames
			shown := names
			if !*everything && i >= len(layouts) && i%sampled != 0 {
				continue
			}
			if !*everything {
				// Every kind, each in a language, so that all pairs of kind, size
				// and language come in turn.
				shown = nil
				for k := range listKinds {
					shown = append(shown, names[k*len(locale.Shipped())+(i+k)%len(locale.Shipped())])
				}
			}
			looked += len(shown)
			s.open(t, tab, shown, f)
			for _, line := range evaluate[[]string](t, tab, "("+measureLists+")(true)") {
				t.Error(line)
			}
		}
		t.Logf("%d of %d widgets looked at", looked, len(names)*len(frames))
	})
	t.Run("a frame shows as many rows as it has room for", func(t *testing.T) {
		const rows = `[...document.querySelectorAll("iframe")].map(f => [...f.contentDocument.querySelectorAll("li")].filter(e => e.checkVisibility()).length)`
		for f, want := range map[size]int{
			{250, 300}: 2, {280, 300}: 2, {300, 420}: 4, {450, 300}: 3, {600, 300}: 3, {720, 260}: 4, {1000, 300}: 6, {300, 600}: 6,
			{450, 96}: 1, {250, 96}: 1, {250, 170}: 3, {450, 200}: 4,
		} {
			s.open(t, tab, []string{"list-full-en", "list-one-en", "list-empty-en"}, f)
			if got := evaluate[[]int](t, tab, rows); got[0] != want || got[1] != 1 || got[2] != 0 {
				t.Errorf("%d by %d: %d rows, want %d, 1 and 0", f.width, f.height, got, want)
			}
		}
	})
	// WCAG 1.4.4 and 1.4.10.
	t.Run("at twice the size of text every row and every word is there", func(t *testing.T) {
		for _, f := range layouts[:4] {
			s.open(t, tab, []string{"list-full-en", "list-long-ar", "list-empty-fr"}, f)
			evaluate[chromedp.Void](t, tab, enlarge)
			for _, line := range evaluate[[]string](t, tab, "("+measureLists+")(false)") {
				t.Error(line)
			}
		}
	})
	t.Run("Tab goes through the rows that are shown to the list, then leaves", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(450, 300), chromedp.Navigate(s.URL+"/embed/list-full-en"))
		var stops []string
		for range 5 {
			do(t, tab, chromedp.KeyEvent("\t"))
			stops = append(stops, evaluate[string](t, tab, `document.activeElement.closest("a")?.pathname ?? "none"`))
		}
		if got, want := strings.Join(stops, " "), "/lend/100000 /lend/100001 /lend/100002 /country/vn/ none"; got != want {
			t.Errorf("Tab goes to %s, want %s", got, want)
		}
	})
	t.Run("nothing moves while it loads", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(450, 300), chromedp.Navigate(s.URL+"/embed/list-long-fr"), chromedp.Sleep(200*time.Millisecond))
		const shifts = `new Promise(done => new PerformanceObserver(list => done(list.getEntries().reduce((sum, e) => sum + e.value, 0))).observe({type: "layout-shift", buffered: true}) || setTimeout(done, 300, 0))`
		if got, err := chromedp.Run(tab, chromedp.Evaluate[float64](shifts, chromedp.EvalAwaitPromise)); got != 0 || err != nil {
			t.Errorf("layout shift %v, %v", got, err)
		}
	})
	t.Run("on paper every row is there, and where the list is", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(450, 300), chromedp.Navigate(s.URL+"/embed/list-full-en"), medium("print"))
		defer do(t, tab, medium(""))
		if got := evaluate[int](t, tab, `[...document.querySelectorAll("li")].filter(e => e.checkVisibility()).length`); got != view.MostRows {
			t.Errorf("%d rows", got)
		}
		if got := evaluate[string](t, tab, `getComputedStyle(document.querySelector(".act"), "::after").content`); !strings.Contains(got, "/country/vn/") {
			t.Errorf("behind the link stands %s", got)
		}
	})
	t.Run("in the reader's own colours the bars are there", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(450, 300), chromedp.Navigate(s.URL+"/embed/list-full-en"), forcedColours("active"))
		defer do(t, tab, forcedColours("none"))
		if got := evaluate[string](t, tab, `getComputedStyle(document.querySelector(".bar")).borderTopWidth`); got != "1px" {
			t.Errorf("a bar's border is %s", got)
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

func medium(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name})
		return err
	})
}

func forcedColours(value string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: value}},
		})
		return err
	})
}
