package smoke

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/yuin/goldmark"
	markup "golang.org/x/net/html"

	"loanleaf/locale"
	"loanleaf/templates/snippet"
)

// pasted is one way to choose on the page that hands out code.
type pasted struct {
	theme    snippet.Theme
	language string
	loan     string
	picture  bool
}

// ways are all of them, or a sample in which every theme meets every language and
// both kinds of loans.
func ways(all bool) []pasted {
	var list []pasted
	for t, theme := range snippet.Themes() {
		for l, language := range locale.Shipped() {
			for p, loan := range []string{"100001", "100018"} {
				if all || (t+l)%2 == p {
					list = append(list, pasted{theme, language, loan, p == 0})
				}
			}
		}
	}
	return list
}

// card is what a frame of a widget shows.
type shownWidget struct {
	Lang, Name, Ground string
	Picture            bool
}

// TestEverySnippetShowsTheLoan pastes every form that the page hands out into one
// page of somebody else's, and looks at what appears there.
func TestEverySnippetShowsTheLoan(t *testing.T) {
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	names := map[string]string{"100001": "Mai", "100018": "Juana"}
	for _, w := range ways(*everything) {
		t.Run(fmt.Sprintf("%s, %s, loan %s", w.theme.Name, w.language, w.loan), func(t *testing.T) {
			code := x.codes(t, w)
			scheme := "light"
			if w.theme == snippet.Auto {
				scheme = "dark"
			}
			page := "<style>:root{color-scheme:" + scheme + "}section{display:flow-root}</style>" + counting +
				`<script>const moved=[];new PerformanceObserver(l=>{for(const e of l.getEntries())for(const s of e.sources)moved.push((s.node?.closest?s.node:s.node?.parentElement)?.closest("section")?.id??"page")}).observe({type:"layout-shift",buffered:true})</script>`
			// Markdown cannot say how large a picture is, so what follows it moves.
			for _, form := range append(slices.DeleteFunc(snippet.Forms(), isMarkdown), snippet.Markdown) {
				page += `<section id="` + string(form) + `">` + x.paste(t, form, code[string(form)]) + "</section>"
			}
			do(t, tab, chromedp.EmulateViewport(900, 4000), chromedp.Navigate(x.own(document(page))))
			wait(t, tab, `events.filter(e => e[0] === "load").length === 2 && [...document.images].every(i => i.complete)`)

			ground := map[snippet.Theme]string{snippet.Light: "rgb(255, 255, 255)", snippet.Dark: "rgb(26, 24, 36)", snippet.Auto: "rgb(26, 24, 36)"}[w.theme]
			want := shownWidget{w.language, names[w.loan], ground, w.picture}
			plain := shownWidget{w.language, names[w.loan], "rgb(255, 255, 255)", w.picture} // oEmbed knows no themes
			expected := []shownWidget{want, want, want, plain, plain}
			got := x.shown(t, tab)
			for i := 0; len(got) < len(expected) && i < 50; i++ { // a frame that is there a moment later
				do(t, tab, chromedp.Sleep(100*time.Millisecond))
				got = x.shown(t, tab)
			}
			slices.SortFunc(expected, func(a, b shownWidget) int { return strings.Compare(a.Ground, b.Ground) })
			if !slices.Equal(got, expected) {
				t.Errorf("the frames show\n%v, want\n%v", got, expected)
			}
			x.pictures(t, tab, w)
			if got := evaluate[string](t, tab, `moved.filter(id => id !== "markdown").join()`); got != "" {
				t.Errorf("these moved while they loaded: %s", got)
			}
			title := evaluate[string](t, tab, `document.querySelector("#email td + td a, #email tr + tr a").textContent`)
			for _, form := range []snippet.Form{snippet.Text, snippet.Email, snippet.BBCode} {
				text := evaluate[string](t, tab, `document.querySelector("#`+string(form)+`").innerText`)
				if title == "" || !strings.Contains(text, title) || !strings.Contains(text, names[w.loan]) {
					t.Errorf("%s reads %q", form, text)
				}
			}
		})
	}
	quiet(t, console())
}

func isMarkdown(f snippet.Form) bool { return f == snippet.Markdown }

// own is the address of a page of the frames' own origin, so that a test can look
// into those that are in no sandbox.
func (x *exhibition) own(page string) string {
	return strings.Replace(x.whole(page, ""), x.hosts.URL, x.loans.URL+"/host", 1)
}

// codes are the texts that the page hands out for a choice.
func (x *exhibition) codes(t *testing.T, w pasted) map[string]string {
	t.Helper()
	query := url.Values{"loan": {w.loan}, "theme": {w.theme.Name}, "language": {w.language}, "size": {snippet.Standard.Name}}
	return textareas(t, strings.NewReader(fetch(t, x.loans.URL+"/embed/?"+query.Encode())))
}

func fetch(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, answer.Status, err)
	}
	return string(body)
}

// paste makes of a snippet what the place makes of it that it is meant for.
func (x *exhibition) paste(t *testing.T, form snippet.Form, code string) string {
	t.Helper()
	switch form {
	case snippet.Markdown:
		var b bytes.Buffer
		if err := goldmark.Convert([]byte(code), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	case snippet.BBCode:
		return board(code)
	case snippet.Text:
		return "<pre>" + html.EscapeString(code) + "</pre>"
	case snippet.Address:
		return x.answered(t, discovered(t, fetch(t, code)))
	case snippet.OEmbed:
		return x.answered(t, code)
	}
	return code
}

var (
	boardLink    = regexp.MustCompile(`\[url=([^\]]*)\]`)
	boardPicture = regexp.MustCompile(`\[img\](.*?)\[/img\]`)
)

// board is BBCode as forums show it.
func board(code string) string {
	code = boardLink.ReplaceAllString(html.EscapeString(code), `<a href="$1">`)
	code = strings.ReplaceAll(boardPicture.ReplaceAllString(code, `<img src="$1" height="315" width="600">`), "[/url]", "</a>")
	return strings.ReplaceAll(code, "\n", "<br>")
}

// discovered is the address of the oEmbed answer that a page names.
func discovered(t *testing.T, page string) string {
	t.Helper()
	root, err := markup.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data == "link" && attributeOf(n, "type") == "application/json+oembed" {
			return attributeOf(n, "href")
		}
	}
	t.Fatal("the page names no oEmbed answer")
	return ""
}

// answered is what an oEmbed answer puts into the page.
func (x *exhibition) answered(t *testing.T, address string) string {
	t.Helper()
	var answer struct{ HTML string }
	if err := json.Unmarshal([]byte(fetch(t, address)), &answer); err != nil || answer.HTML == "" {
		t.Fatalf("%s: %v, html %q", address, err, answer.HTML)
	}
	return answer.HTML
}

// shown are the cards in the frames of a page, by their ground.
func (x *exhibition) shown(t *testing.T, tab context.Context) []shownWidget {
	t.Helper()
	infos, err := chromedp.Targets(tab)
	if err != nil {
		t.Fatal(err)
	}
	const card = `(d => ({Lang: d.documentElement.lang, Name: d.querySelector("h1").innerText,
		Ground: getComputedStyle(d.querySelector("main")).backgroundColor, Picture: d.images[0]?.naturalWidth > 0}))`
	const open = `[...document.querySelectorAll("iframe:not([sandbox])")].map(f => f.contentDocument)`
	wait(t, tab, open+`.every(d => d?.querySelector("h1") && d.readyState === "complete" && [...d.images].every(i => i.complete))`)
	all := evaluate[[]shownWidget](t, tab, open+".map("+card+")")
	for _, info := range infos {
		if info.Type != "iframe" || !strings.HasPrefix(info.URL, x.loans.URL) {
			continue
		}
		frame, leave := chromedp.NewContext(tab, chromedp.WithTargetID(info.TargetID), chromedp.WithDetachOnCancel())
		evaluate[chromedp.Void](t, frame, `window.heard = []`)
		wait(t, frame, `document.querySelector("h1") && document.readyState === "complete" && [...document.images].every(i => i.complete)`)
		all = append(all, evaluate[shownWidget](t, frame, card+"(document)"))
		leave()
	}
	slices.SortFunc(all, func(a, b shownWidget) int { return strings.Compare(a.Ground, b.Ground) })
	return all
}

// pictures looks at the drawn ones: each is there, says what it is, and leads to the
// loan.
func (x *exhibition) pictures(t *testing.T, tab context.Context, w pasted) {
	t.Helper()
	for form, size := range map[snippet.Form]string{snippet.Markdown: "", snippet.BBCode: "600x315", snippet.Email: "600x315"} {
		got := evaluate[[]string](t, tab, `[...document.querySelectorAll("#`+string(form)+` img")].map(i => [i.naturalWidth + "x" + i.naturalHeight, i.alt, i.closest("a")?.href])[0]`)
		if len(got) != 3 || !strings.HasSuffix(got[2], "/lend/"+w.loan) || size != "" && got[0] != size || got[0] == "0x0" {
			t.Errorf("the picture of %s is %q", form, got)
			continue
		}
		if form != snippet.BBCode && got[1] == "" {
			t.Errorf("the picture of %s does not say what it is", form)
		}
	}
}
