package smoke

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"

	"loanleaf/templates/snippet"
)

// subject is the sample's first loan as snippets tell of it.
func (x *exhibition) subject() snippet.Subject {
	id := fmt.Sprint(firstLoan)
	return snippet.Subject{
		ID: id, Language: "en", Direction: "ltr", Title: "Mai's Loan", Use: "A loan helps Mai to buy ducks.",
		Addresses: snippet.Addresses{Page: x.base + "/lend/" + id, Widget: x.base + "/embed/" + id, Script: x.base + "/loan-card.js"},
	}
}

const (
	// counting keeps the events of cards and the layout shifts of a page.
	counting = `<script>const heard=[],events=[];let shifts=0;
for(const name of ["load","view","open"])addEventListener("loan-card:"+name,e=>events.push([name,e.target.getAttribute("loan"),e.detail]));
new PerformanceObserver(list=>{for(const entry of list.getEntries())shifts+=entry.value}).observe({type:"layout-shift",buffered:true})</script>`
	// shownCard is true once the first card of a page is there, in its frame.
	shownCard = `document.querySelector("loan-card")?.shadowRoot?.querySelector("iframe:not(.wait)")`
	// fallback is what is inside a card, where somebody can see it.
	fallback = `[...document.querySelectorAll("loan-card a, blockquote a")].filter(a => a.checkVisibility({visibilityProperty: true}) && a.getBoundingClientRect().height > 0).map(a => a.textContent).join()`
)

func document(body string) string {
	return "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Host</title>" + body
}

// headings are those of the cards in the frames of a page.
func (x *exhibition) headings(t *testing.T, tab context.Context) []string {
	t.Helper()
	infos, err := chromedp.Targets(tab)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, info := range infos {
		if info.Type != "iframe" || !strings.HasPrefix(info.URL, x.loans.URL) {
			continue
		}
		frame, leave := chromedp.NewContext(tab, chromedp.WithTargetID(info.TargetID), chromedp.WithDetachOnCancel())
		evaluate[chromedp.Void](t, frame, `window.heard = []`)
		wait(t, frame, `document.querySelector("h1")`)
		all = append(all, evaluate[string](t, frame, `document.documentElement.lang + " " + document.querySelector("h1").innerText`))
		leave()
	}
	slices.Sort(all)
	return all
}

// TestCardElement puts the snippets of <loan-card> and of the quotation into
// other people's pages.
func TestCardElement(t *testing.T) {
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	show := func(t *testing.T, page, policy string) {
		t.Helper()
		do(t, tab, chromedp.EmulateViewport(800, 900), chromedp.Navigate(x.whole(page, policy)))
	}
	standard := snippet.Choice{Size: snippet.Standard, Theme: snippet.Light}
	strict := "default-src 'none'; script-src " + x.loans.URL + "; frame-src " + x.loans.URL

	for _, form := range []snippet.Form{snippet.Component, snippet.Quote} {
		t.Run(string(form)+": the card comes in place of the words, nothing jumps, and the page is told", func(t *testing.T) {
			show(t, document(counting+"<p>before"+form.Write(x.subject(), standard)+"<p>after"), "")
			wait(t, tab, shownCard+` && events.length === 2`)
			if got := evaluate[string](t, tab, fallback); got != "" {
				t.Errorf("the words are still there: %s", got)
			}
			if got := evaluate[string](t, tab, `JSON.stringify(events)`); got != `[["load","100001",null],["view","100001",null]]` {
				t.Errorf("told %s", got)
			}
			if got := evaluate[string](t, tab, `(f => [f.title, f.width, f.height, f.getAttribute("src")].join(" "))(`+shownCard+`)`); got != "Mai's Loan 450 300 "+x.base+"/embed/100001" {
				t.Errorf("the frame is %s", got)
			}
			if got := x.headings(t, tab); !slices.Equal(got, []string{"en Mai"}) {
				t.Errorf("the cards are %q", got)
			}
			if got := evaluate[float64](t, tab, `shifts`); got > 0 {
				t.Errorf("layout shift %v", got)
			}
		})
		t.Run(string(form)+": every size is as the snippet of the frame has it", func(t *testing.T) {
			for _, size := range snippet.Sizes() {
				show(t, document(counting+form.Write(x.subject(), snippet.Choice{Size: size, Theme: snippet.Light})), "")
				wait(t, tab, shownCard)
				if got := evaluate[string](t, tab, `(f => f.width + " " + f.height)(`+shownCard+`)`); got != size.Width+" "+size.Height {
					t.Errorf("%s is %s", size.Name, got)
				}
			}
		})
		t.Run(string(form)+": under a policy of script-src and frame-src alone", func(t *testing.T) {
			// Such a page keeps the room by a rule of its own.
			bare := regexp.MustCompile(` style="[^"]*"`).ReplaceAllString(form.Write(x.subject(), standard), "")
			show(t, document(bare), strict)
			do(t, tab, chromedp.Sleep(200*time.Millisecond))
			evaluate[chromedp.Void](t, tab, `window.heard = []`)
			wait(t, tab, shownCard)
			if got := evaluate[float64](t, tab, shownCard+`.getBoundingClientRect().height`); got != 300 {
				t.Errorf("the frame is %v high: its style was not taken", got)
			}
			loud, _ := browser(t) // it says that it takes no style attribute
			do(t, loud, chromedp.Navigate(x.whole(document(form.Write(x.subject(), standard)), strict)), chromedp.Sleep(200*time.Millisecond))
			evaluate[chromedp.Void](t, loud, `window.heard = []`)
			wait(t, loud, shownCard)
		})
		t.Run(string(form)+": nothing moves on a slow connection, in any size", func(t *testing.T) {
			for _, size := range snippet.Sizes() {
				page := document(counting + "<p>before" + form.Write(x.subject(), snippet.Choice{Size: size, Theme: snippet.Light}) + "<p>after")
				// The script comes long after the page was drawn.
				page = strings.Replace(page, "<script async src=", "<script>setTimeout(()=>document.body.append(Object.assign(document.createElement('script'),{src:'"+x.base+"/loan-card.js'})),400)</script><script type=none src=", 1)
				show(t, page, "")
				wait(t, tab, shownCard+` && events.length === 2`)
				if got := evaluate[float64](t, tab, `shifts`); got > 0 {
					t.Errorf("%s: layout shift %v", size.Name, got)
				}
			}
		})
		t.Run(string(form)+": in a sandbox", func(t *testing.T) {
			inner := strings.ReplaceAll(document("<script>addEventListener('loan-card:load',()=>parent.postMessage('there','*'))</script>"+form.Write(x.subject(), standard)), `"`, "&quot;")
			show(t, document(`<script>const heard=[];addEventListener("message",e=>heard.push(e.data))</script><iframe sandbox="allow-scripts" width=600 height=400 srcdoc="`+inner+`"></iframe>`), "")
			wait(t, tab, `heard.includes("there")`)
		})
		t.Run(string(form)+": in a part that is hidden at first, and then seen", func(t *testing.T) {
			for _, hiding := range []string{"display:none", "visibility:hidden", "position:absolute;inset-inline-start:-9999px"} {
				show(t, document(counting+`<div id=tab style="`+hiding+`">`+form.Write(x.subject(), standard)+`</div>`), "")
				do(t, tab, chromedp.Sleep(300*time.Millisecond))
				if got := evaluate[string](t, tab, `JSON.stringify(events.filter(e => e[0] === "view"))`); got != "[]" && hiding != "visibility:hidden" {
					t.Errorf("%s: told that it was seen: %s", hiding, got)
				}
				evaluate[chromedp.Void](t, tab, `tab.style = ""`)
				wait(t, tab, shownCard+`?.clientHeight === 300 && `+shownCard+`.height === "300" && events.some(e => e[0] === "view")`)
				if got := x.headings(t, tab); !slices.Equal(got, []string{"en Mai"}) {
					t.Errorf("%s: the cards are %q", hiding, got)
				}
			}
		})
		t.Run(string(form)+": the words stay where the frame may not load", func(t *testing.T) {
			quietly, _ := browser(t) // it has to say so
			do(t, quietly, chromedp.Navigate(x.whole(document(form.Write(x.subject(), standard)), "default-src 'none'; script-src "+x.loans.URL)), chromedp.Sleep(500*time.Millisecond))
			if got := evaluate[string](t, quietly, fallback); got != "Mai's Loan" {
				t.Errorf("to be seen: %q", got)
			}
			do(t, quietly, chromedp.Navigate(x.whole(document(form.Write(x.subject(), standard)), "default-src 'none'")), chromedp.Sleep(300*time.Millisecond))
			if got := evaluate[string](t, quietly, fallback); got != "Mai's Loan" {
				t.Errorf("without script, to be seen: %q", got)
			}
		})
	}
	t.Run("three at once, two of them added later, each in its language", func(t *testing.T) {
		s := x.subject()
		show(t, document(counting+snippet.Component.Write(s, standard)), "")
		wait(t, tab, shownCard)
		evaluate[chromedp.Void](t, tab, `document.body.insertAdjacentHTML("beforeend",
			'<blockquote class="loan-card" data-loan="100001" lang="es"><a href="#">x</a></blockquote><div lang="fr-CA"><loan-card loan="100001"></loan-card></div><loan-card loan="1x"><a>odd</a></loan-card><loan-card lang="tlh" loan="999999"></loan-card>')`)
		wait(t, tab, `events.filter(e => e[0] === "load").length === 4`)
		got := x.headings(t, tab)
		if want := []string{"en Mai", "en This loan is not available", "es Mai", "fr Mai"}; !slices.Equal(got, want) {
			t.Errorf("the cards are %q, want %q", got, want)
		}
		if got := evaluate[string](t, tab, fallback); got != "odd" {
			t.Errorf("to be seen beside the cards: %q", got)
		}
	})
	t.Run("another loan, size or theme takes the place of the first", func(t *testing.T) {
		show(t, document(counting+snippet.Component.Write(x.subject(), standard)), "")
		wait(t, tab, shownCard)
		evaluate[chromedp.Void](t, tab, `Object.entries({loan: "100002", size: "wide", theme: "dark", lang: "ar"}).forEach(e => document.querySelector("loan-card").setAttribute(...e))`)
		wait(t, tab, `events.filter(e => e[0] === "load").length === 2`)
		if got, want := evaluate[string](t, tab, `(f => [f.src, f.width, f.className].join(" "))(`+shownCard+`)`), x.base+"/ar/embed/100002#dark 720 dark"; got != want {
			t.Errorf("the frame is %s, want %s", got, want)
		}
	})
	t.Run("auto follows a page that states its colours, and is light on one that does not", func(t *testing.T) {
		do(t, tab, prefer("light"))
		for style, want := range map[string]string{"": "light", "<style>:root{color-scheme:dark}</style>": "#auto"} {
			show(t, document(counting+style+snippet.Component.Write(x.subject(), snippet.Choice{Size: snippet.Standard, Theme: snippet.Auto})), "")
			wait(t, tab, shownCard)
			if got := evaluate[string](t, tab, `(f => f.className + new URL(f.src).hash)(`+shownCard+`)`); got != want {
				t.Errorf("with %q the frame is %s, want %s", style, got, want)
			}
		}
	})
	t.Run("in a sidebar of 200 pixels the card grows until all of it is there", func(t *testing.T) {
		show(t, document(counting+`<div style="width:200px">`+snippet.Component.Write(x.subject(), standard)+`</div>`), "")
		wait(t, tab, shownCard+`?.clientHeight > 300`)
		frame, _ := inside(t, tab, x.loans.URL)
		wait(t, frame, `document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth`)
	})
	t.Run("a press of a link is told, and opens the loan's page", func(t *testing.T) {
		show(t, document(counting+snippet.Component.Write(x.subject(), standard)), "")
		wait(t, tab, shownCard)
		do(t, tab, chromedp.Sleep(300*time.Millisecond))
		want := x.base + "/lend/100001"
		opened := chromedp.WaitNewTarget(tab, func(info *target.Info) bool { return info.URL == want })
		frame, _ := inside(t, tab, x.loans.URL)
		click(t, tab, frame, ".act")
		wait(t, tab, `events.some(e => e[0] === "open" && e[2] === "`+want+`")`)
		select {
		case <-opened:
		case <-time.After(5 * time.Second):
			t.Errorf("no window at %s", want)
		}
	})
	said := slices.DeleteFunc(console(), func(text string) bool { return strings.Contains(text, "status of 404") }) // of the loan that is not there
	quiet(t, said)
}
