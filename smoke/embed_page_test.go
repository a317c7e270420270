package smoke

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"loanleaf/generator"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/templates/snippet"
)

// codes are the texts to copy that the page shows, by form.
const codes = `JSON.stringify(Object.fromEntries([...document.querySelectorAll("textarea[data-form]")].map(t => [t.dataset.form, t.value])))`

func readCodes(t *testing.T, tab context.Context) map[string]string {
	t.Helper()
	var all map[string]string
	if err := json.Unmarshal([]byte(evaluate[string](t, tab, codes)), &all); err != nil || len(all) != len(snippet.Forms()) {
		t.Fatalf("%d forms of code, %v", len(all), err)
	}
	return all
}

// choose sets a field of the page's form as a reader does.
func choose(field, value string) string {
	return fmt.Sprintf(`(() => {
		const form = document.querySelector("form.maker"), field = form.elements[%q]
		field.value = %q
		const one = field instanceof RadioNodeList ? [...field].find(f => f.checked) : field
		one.dispatchEvent(new Event("change", {bubbles: true}))
	})()`, field, value)
}

// folderOf is a server of files that holds the exhibition's site as a build
// writes it, whatever the addresses in it begin with.
func (x *exhibition) folder(t *testing.T) *httptest.Server {
	t.Helper()
	dir := t.TempDir()
	err := generator.Build(t.Context(), x.site, x.store, dataDate, disk(dir), generator.Options{
		Workers: 2, Outputs: generator.Outputs{Page: true, Widget: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := server.Folder(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { files.Close() })
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/favicon.ico" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return web
}

type disk string

func (d disk) Write(name string, body []byte) error {
	file := filepath.Join(string(d), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, body, 0o644)
}

// TestEmbedPage works with the page that hands out code, answered by the program
// and as a file that knows no query: what its script writes is what the program
// writes.
func TestEmbedPage(t *testing.T) {
	x := newExhibition(t, "127.0.0.1")
	files := x.folder(t)
	tab, console := browser(t)

	// The answers of the program, which no script has touched.
	served := func(t *testing.T, language string, query url.Values) map[string]string {
		t.Helper()
		web, err := http.Get(x.loans.URL + language + "/embed/?" + query.Encode())
		if err != nil {
			t.Fatal(err)
		}
		defer web.Body.Close()
		all := textareas(t, web.Body)
		if len(all) != len(snippet.Forms()) {
			t.Fatalf("the program answers with %d forms of code", len(all))
		}
		return all
	}
	same := func(t *testing.T, got, want map[string]string) {
		t.Helper()
		for form, text := range want {
			if got[form] != text {
				t.Errorf("%s\n got %s\nwant %s", form, got[form], text)
			}
		}
	}

	for name, base := range map[string]string{"served": x.loans.URL, "as a file": files.URL} {
		t.Run(name+": every choice changes every form of code at once", func(t *testing.T) {
			do(t, tab, chromedp.EmulateViewport(1280, 1000), chromedp.Navigate(base+"/embed/"))
			evaluate[chromedp.Void](t, tab, `window.heard = []`)
			for _, c := range []struct{ loan, size, theme, language string }{
				{"100001", "standard", "light", "en"}, {"100001", "wide", "dark", "en"}, {"100004", "fluid", "auto", "ar"},
				{x.base + "/lend/100002", "compact", "light", "es"}, {"100006", "standard", "auto", "fr"},
			} {
				evaluate[chromedp.Void](t, tab, choose("size", c.size))
				evaluate[chromedp.Void](t, tab, choose("theme", c.theme))
				evaluate[chromedp.Void](t, tab, choose("language", c.language))
				evaluate[chromedp.Void](t, tab, choose("loan", c.loan))
				id := c.loan[strings.LastIndex(c.loan, "/")+1:]
				wait(t, tab, fmt.Sprintf(`document.querySelector("#code-address").value.endsWith("/lend/%s") && document.querySelector("#code-component").value.includes('lang="%s"')`, id, c.language))
				want := served(t, "", url.Values{"loan": {c.loan}, "size": {c.size}, "theme": {c.theme}, "language": {c.language}})
				same(t, readCodes(t, tab), want)
				frame := evaluate[string](t, tab, `(f => [new URL(f.src).pathname + new URL(f.src).hash, f.width, f.height].join(" "))(document.querySelector("#maker-frame"))`)
				size := snippet.SizeNamed(c.size)
				prefix := "/" + c.language
				if c.language == "en" {
					prefix = ""
				}
				if want := prefix + "/embed/" + id + snippet.ThemeNamed(c.theme).Fragment + " " + size.Width + " " + size.Height; frame != want {
					t.Errorf("the preview is %s, want %s", frame, want)
				}
			}
		})
		t.Run(name+": the address of the page chooses, as the link on a loan's page does", func(t *testing.T) {
			query := url.Values{"loan": {"100003"}, "theme": {"dark"}, "form": {"markdown"}}
			do(t, tab, chromedp.Navigate(base+"/ar/embed/?"+query.Encode()))
			evaluate[chromedp.Void](t, tab, `window.heard = []`)
			wait(t, tab, `document.querySelector("#code-address").value.endsWith("/ar/lend/100003")`)
			same(t, readCodes(t, tab), served(t, "/ar", query))
			if got := evaluate[string](t, tab, `[...document.querySelectorAll(".panel")].filter(p => p.checkVisibility()).map(p => p.querySelector("textarea").dataset.form).join()`); got != "markdown" {
				t.Errorf("to be seen are %s", got)
			}
		})
		t.Run(name+": what is no loan of the site is said, and nothing else changes", func(t *testing.T) {
			do(t, tab, chromedp.Navigate(base+"/embed/?loan=100001"))
			evaluate[chromedp.Void](t, tab, `window.heard = []`)
			wait(t, tab, `document.querySelector("#code-address").value.endsWith("/lend/100001")`)
			for _, odd := range []string{"1e5", "<b>", "https://evil.example/lend/100001", x.base + "/lend/"} {
				evaluate[chromedp.Void](t, tab, `document.querySelector("#maker-note").textContent = ""`)
				evaluate[chromedp.Void](t, tab, choose("loan", odd))
				wait(t, tab, `document.querySelector("#maker-note").textContent.includes("no such loan")`)
				if got := evaluate[string](t, tab, `document.querySelector("#code-address").value`); !strings.HasSuffix(got, "/lend/100001") {
					t.Errorf("%s: the address is now %s", odd, got)
				}
			}
		})
	}
	t.Run("another state is shown by another loan, on either ground", func(t *testing.T) {
		do(t, tab, chromedp.Navigate(x.loans.URL+"/embed/?loan=100001"))
		evaluate[chromedp.Void](t, tab, `window.heard = []`)
		states := evaluate[int](t, tab, `document.querySelectorAll("#maker-state option").length`)
		if states != 9 {
			t.Errorf("%d states to choose from, want those of a loan's life, the one that is not there, and its own", states)
		}
		evaluate[chromedp.Void](t, tab, choose("state", "defaulted"))
		wait(t, tab, `!document.querySelector("#maker-frame").src.endsWith("/100001") && !document.querySelector("#maker-stand-in").hidden`)
		light := evaluate[string](t, tab, `getComputedStyle(document.querySelector(".stage")).colorScheme`)
		evaluate[chromedp.Void](t, tab, choose("ground", "dark"))
		if dark := evaluate[string](t, tab, `getComputedStyle(document.querySelector(".stage")).colorScheme`); light != "light" || dark != "dark" {
			t.Errorf("the ground is %s, then %s", light, dark)
		}
		if got := evaluate[string](t, tab, `document.querySelector("#code-frame").value`); !strings.Contains(got, "/embed/100001") {
			t.Errorf("the code is of another loan: %s", got)
		}
		evaluate[chromedp.Void](t, tab, choose("room", "narrow"))
		if got := evaluate[int](t, tab, `document.querySelector("#maker-frame").clientWidth`); got != 320 {
			t.Errorf("on a phone the card is %d wide", got)
		}
		evaluate[chromedp.Void](t, tab, choose("language", "ar"))
		evaluate[chromedp.Void](t, tab, choose("state", "gone"))
		wait(t, tab, `/\/ar\/embed\/[0-9]+$/.test(document.querySelector("#maker-frame").src) && document.querySelector("#maker-stand-in").hidden`)
		var said []string
		for range 50 { // the frame is a new one, which is there a moment later
			if said = x.headings(t, tab); len(said) > 0 {
				break
			}
			do(t, tab, chromedp.Sleep(100*time.Millisecond))
		}
		if !slices.Equal(said, []string{"ar هذا القرض غير متاح"}) {
			t.Errorf("the card of a loan that is not there says %q", said)
		}
	})
	t.Run("a press copies, and says so", func(t *testing.T) {
		do(t, tab, chromedp.Navigate(x.loans.URL+"/embed/?loan=100001&form=text"))
		evaluate[chromedp.Void](t, tab, `window.heard = []`)
		wait(t, tab, `document.querySelector("#form-text:checked + label + .panel button")?.checkVisibility()`)
		do(t, tab, chromedp.Click(chromedp.CSS("#form-text + label + .panel button")))
		wait(t, tab, `document.querySelector("#form-text + label + .panel [role=status]").textContent === "Copied"`)
	})
	said := slices.DeleteFunc(console(), func(text string) bool { return strings.Contains(text, "status of 404") })
	quiet(t, said)
}

// TestEmbedPageSearches types names where the program answers that, with the script
// of the page and without it.
func TestEmbedPageSearches(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	if err := x.store.MakeSearchable(t.Context(), filepath.Join(t.TempDir(), "search.sqlite")); err != nil {
		t.Fatal(err)
	}
	program, err := server.New(server.Config{Site: x.site.WithSearch(), Source: x.store, DataDate: dataDate, Picture: sample.Picture})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(program)
	t.Cleanup(web.Close)
	tab, console := browser(t)
	const offered = `[...document.querySelectorAll("#maker-found a")].map(a => a.textContent).join("|")`
	const chosen = `document.querySelector("#code-address").value.endsWith("/es/lend/100019") && document.querySelector("#code-component").value.includes('size="wide"')`

	t.Run("with a script, what was found is offered below the field and chosen by a press", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(1280, 1000), chromedp.Navigate(web.URL+"/es/embed/"))
		evaluate[chromedp.Void](t, tab, `window.heard = []`)
		evaluate[chromedp.Void](t, tab, choose("size", "wide"))
		evaluate[chromedp.Void](t, tab, choose("loan", "kenia"))
		wait(t, tab, `document.querySelector("#maker-note").textContent.trim() === "4 préstamos"`)
		if got := evaluate[string](t, tab, offered); strings.Count(got, "|") != 3 || !strings.Contains(got, "Baraka") {
			t.Errorf("offered are %s", got)
		}
		evaluate[chromedp.Void](t, tab, choose("theme", "dark"))
		if got := evaluate[string](t, tab, offered); got == "" {
			t.Error("another choice takes away what was found")
		}
		do(t, tab, chromedp.Click(chromedp.CSS(`#maker-found a[data-loan="100019"]`)))
		wait(t, tab, chosen+` && !document.querySelector("#maker-found") && document.querySelector("#maker-note").textContent === ""`)
		if got := evaluate[string](t, tab, `location.pathname + location.search + document.activeElement.id`); got != "/es/embed/maker-loan" {
			t.Errorf("the reader is now at %s", got)
		}
		evaluate[chromedp.Void](t, tab, choose("loan", "xyzzy"))
		wait(t, tab, `document.querySelector("#maker-note.fault")?.textContent.includes("No hay tal préstamo")`)
	})
	t.Run("without one, the form sends it and every choice stays", func(t *testing.T) {
		bare, said := browser(t)
		do(t, bare, scripts(false), chromedp.EmulateViewport(375, 1000), chromedp.Navigate(web.URL+"/es/embed/?loan=kenia&size=wide&theme=dark&form=bbcode&room=narrow"))
		links := map[string]string{}
		page, err := http.Get(web.URL + "/es/embed/?loan=kenia&size=wide&theme=dark&form=bbcode&room=narrow")
		if err != nil {
			t.Fatal(err)
		}
		defer page.Body.Close()
		root, err := html.Parse(page.Body)
		if err != nil {
			t.Fatal(err)
		}
		for n := range root.Descendants() {
			if id := attributeOf(n, "data-loan"); id != "" && n.Data == "a" {
				links[id] = attributeOf(n, "href")
			}
		}
		if want := "/es/embed/?form=bbcode&language=es&loan=100019&room=narrow&size=wide&theme=dark"; len(links) != 4 || links["100019"] != want {
			t.Errorf("the links are %v, want %s", links, want)
		}
		do(t, bare, chromedp.Click(chromedp.CSS(`#maker-found a[data-loan="100019"]`)), chromedp.Sleep(300*time.Millisecond))
		evaluate[chromedp.Void](t, bare, `window.heard = []`)
		wait(t, bare, chosen+` && document.querySelector("#form-bbcode").checked && document.querySelector("#room-narrow").checked`)
		quiet(t, said())
	})
	t.Run("another loan is weighed as the program weighs it", func(t *testing.T) {
		const weights = `[...document.querySelectorAll(".weight")].map(l => l.dataset.weight + " " + [...l.querySelectorAll("div:not([hidden]) dd")].map(d => d.textContent).join(" ")).join("\n")`
		for _, id := range []string{"100018", "99105", "100006"} {
			do(t, tab, chromedp.Navigate(web.URL+"/embed/?loan="+id))
			want := evaluate[string](t, tab, weights)
			do(t, tab, chromedp.Navigate(web.URL+"/embed/?loan=100001"))
			evaluate[chromedp.Void](t, tab, `window.heard = []`)
			before := evaluate[string](t, tab, weights)
			evaluate[chromedp.Void](t, tab, choose("loan", id))
			wait(t, tab, weights+" !== "+strconv.Quote(before))
			// Browsers compress a little otherwise: a tenth of a kilobyte may be between.
			if got := evaluate[string](t, tab, weights); !nearly(got, want) {
				t.Errorf("loan %s\n%s\nwant\n%s", id, got, want)
			}
		}
	})
	quiet(t, console())
}

// nearly tells whether texts are the same but for numbers that differ by a tenth.
func nearly(got, want string) bool {
	a, b := strings.Fields(got), strings.Fields(want)
	return slices.EqualFunc(a, b, func(a, b string) bool {
		x, err := strconv.ParseFloat(a, 64)
		y, other := strconv.ParseFloat(b, 64)
		if err != nil || other != nil {
			return a == b
		}
		return math.Abs(x-y) < 0.11 && (x == y || strings.Contains(a+b, "."))
	})
}

// scripts lets pages run theirs, or not.
func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

func attributeOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// textareas are the values of a page's fields of code.
func textareas(t *testing.T, page io.Reader) map[string]string {
	t.Helper()
	root, err := html.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "textarea" {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "data-form" && n.FirstChild != nil {
				all[a.Val] = n.FirstChild.Data
			}
		}
	}
	return all
}
