package smoke

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"loanleaf/generator/docs"
	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/site"
)

// readers serves a handbook whose first guide is in every language but Arabic,
// which has the front page alone, and whose second is in English alone.
func readers(t *testing.T) *httptest.Server {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"docs/en/index.md":        "# Handbook\n\n[First](guides/first.md)\n",
		"docs/ar/index.md":        "# الدليل\n\nنص مع `code`.\n",
		"docs/en/guides/first.md": "---\nlast_update: {date: 2026-11-20, author: Ana Ruiz}\n---\n# First steps\n\nWords.\n\n## Amounts\n\nA\n\n## Dates\n\nB\n\n## People {#people}\n\n```json title=\"a.json\"\n{\"a_key_that_is_longer_than_any_screen_of_a_phone_is_wide\": \"and its value, which is longer still\"}\n```\n\n| one | two | three | four | five | six |\n|---|---|---|---|---|---|\n| amount_in_dollars | amount_in_dollars | amount_in_dollars | amount_in_dollars | amount_in_dollars | amount_in_dollars |\n",
		"docs/es/guides/first.md": "---\nslug: primeros-pasos\n---\n# Primeros pasos\n\nPalabras.\n\n## Importes\n\nA\n\n## Fechas\n\nB\n\n## Personas {#people}\n\nC\n",
		"docs/en/guides/other.md": "# Another guide with AnExtraordinarilyLongWordThatNobodyWouldEverWriteButPeopleDo\n\nWords.\n",
		"docs/en/typed.md":        "# Typed\n\n```console\n$ loanleaf sample --loans 3 \\\n  --out snapshot\nnote: this is an answer\n$ loanleaf build --data snapshot\ndist: 3 files\n```\n\n```console\nsays something\n```\n\n```sh\n$ is no prompt here\n```\n",
		"docs/es/solo.md":         "# Solo aquí\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	web := httptest.NewUnstartedServer(nil)
	s, err := site.New(site.Config{
		BaseURL: "http://" + web.Listener.Addr().String(), Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages,
		EditURL: "https://github.com/us/site/edit/main/<path>",
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, findings := docs.Read(files, s, site.Doc)
	for _, f := range findings {
		t.Error(f)
	}
	if web.Config.Handler, err = server.New(server.Config{Site: s, Source: sampleStore(t), Documents: []*docs.Tree{tree}}); err != nil {
		t.Fatal(err)
	}
	web.Start()
	t.Cleanup(web.Close)
	return web
}

func TestADocumentIsCopiedAsMarkdown(t *testing.T) {
	web := readers(t)
	tab, _ := browser(t)
	do(t, tab, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(web.URL+"/es/docs/guides/primeros-pasos"))
	evaluate[chromedp.Void](t, tab, `navigator.clipboard.write = async items => { window.copied = await (await items[0].getType("text/plain")).text() }`)
	if got := evaluate[string](t, tab, `document.querySelector(".colophon button").textContent`); got != "Copiar la página en Markdown" {
		t.Errorf("the button says %q", got)
	}
	do(t, tab, chromedp.Click(".colophon button"))
	until(t, tab, `window.copied === "# Primeros pasos\n\nPalabras.\n\n## Importes\n\nA\n\n## Fechas\n\nB\n\n## Personas {#people}\n\nC\n" && document.querySelector(".colophon [role=status]").textContent === "Copiado"`)
	// Where nothing can be copied the reader comes to the text.
	evaluate[chromedp.Void](t, tab, `navigator.clipboard.write = () => Promise.reject(new Error("no"))`)
	do(t, tab, chromedp.Click(".colophon button"))
	if got := arrived(t, tab, web.URL+"/es/docs/guides/primeros-pasos.md"); got != web.URL+"/es/docs/guides/primeros-pasos.md" {
		t.Errorf("the reader came to %s", got)
	}
}

func TestOfATerminalWhatWasTypedIsCopied(t *testing.T) {
	web := readers(t)
	tab, console := browser(t)
	do(t, tab, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(web.URL+"/docs/typed"))
	copied := func(i int) string {
		t.Helper()
		evaluate[chromedp.Void](t, tab, fmt.Sprintf(`window.copied = ""; document.querySelectorAll(".copyable button")[%d].click()`, i))
		until(t, tab, `window.copied !== ""`)
		return evaluate[string](t, tab, `window.copied`)
	}
	want := []string{
		"loanleaf sample --loans 3 \\\n  --out snapshot\nloanleaf build --data snapshot",
		"says something\n",
		"$ is no prompt here\n",
	}
	for _, clipboard := range []string{
		`navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }`,
		// Without https there is none, and what is selected is what the reader sees.
		`navigator.clipboard.writeText = () => Promise.reject(new Error("no"));
		 document.execCommand = () => { const data = new DataTransfer(); document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data })); window.copied = data.getData("text/plain"); return true }`,
	} {
		evaluate[chromedp.Void](t, tab, clipboard)
		for i, text := range want {
			if got := copied(i); got != text {
				t.Errorf("copied is %q, want %q", got, text)
			}
		}
	}
	// Whoever selects something afterwards copies that.
	if evaluate[bool](t, tab, `document.dispatchEvent(new ClipboardEvent("copy", { clipboardData: new DataTransfer(), cancelable: true }))`) == false {
		t.Error("what others copy is replaced, too")
	}
	quiet(t, console())
}

func TestTheLanguagesOfADocumentKeepTheHeading(t *testing.T) {
	web := readers(t)
	tab, console := browser(t)
	links := func() string {
		return evaluate[string](t, tab, `[...document.querySelectorAll(".languages a")].map(a => a.getAttribute("lang") + " " + new URL(a.href).pathname + new URL(a.href).hash).join(", ")`)
	}
	do(t, tab, chromedp.Navigate(web.URL+"/docs/guides/first#people"))
	until(t, tab, `document.querySelector(".languages a").hash === "#people"`)
	if got, want := links(), "en /docs/guides/first#people, es /es/docs/guides/primeros-pasos#people, fr /fr/docs/guides/first#people, ar /ar/docs/guides/first#people"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	evaluate[chromedp.Void](t, tab, `location.hash = "dates"`)
	until(t, tab, `document.querySelector(".languages a").hash === "#dates"`)
	evaluate[chromedp.Void](t, tab, `location.hash = "nothing"`)
	until(t, tab, `document.querySelector(".languages a").hash === ""`)

	// What a language does not have leads to the nearest document that it has.
	do(t, tab, chromedp.Navigate(web.URL+"/es/docs/solo"))
	if got, want := links(), "en /docs/, es /es/docs/solo, fr /fr/docs/, ar /ar/docs/"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	quiet(t, console())
}

// on is the kind of surface that pages are shown on.
func on(media string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
		return err
	})
}

func TestADocumentIsReadAtTwiceTheSizeAndOnPaper(t *testing.T) {
	thorough(t)
	web := readers(t)
	tab, console := browser(t)
	for _, path := range []string{"/docs/guides/first", "/es/docs/guides/other", "/ar/docs/", "/docs/nothing", "/fr/docs/nothing/there"} {
		for _, width := range []int64{320, 375, 640, 1280} {
			do(t, tab, chromedp.EmulateViewport(width, 900), chromedp.Navigate(web.URL+path))
			if width >= 640 { // text alone, twice as large
				evaluate[chromedp.Void](t, tab, `document.documentElement.style.fontSize = "200%"`)
			}
			if wide := evaluate[int64](t, tab, "document.documentElement.scrollWidth"); wide > width {
				t.Errorf("%s at %d: %d pixels wide", path, width, wide)
			}
			if out := evaluate[string](t, tab, `[...document.querySelectorAll("h1, .top, .menu, .crumbs, .colophon, .text, .onward")].filter(e => { const r = e.getBoundingClientRect(); return r.left < 0 || r.right > innerWidth }).map(e => e.className).join()`); out != "" {
				t.Errorf("%s at %d: outside of the screen: %s", path, width, out)
			}
			shoot(t, tab, fmt.Sprintf("use%s-%d.png", strings.ReplaceAll(path, "/", "-"), width))
		}
		// The menu unfolds without a script.
		do(t, tab, chromedp.EmulateViewport(375, 900), chromedp.Navigate(web.URL+path), chromedp.Click(".menu summary"), chromedp.Sleep(50*time.Millisecond))
		if !evaluate[bool](t, tab, `document.querySelector(".menu a").getBoundingClientRect().height > 20 && document.documentElement.scrollWidth <= 375`) {
			t.Errorf("%s: the menu does not unfold", path)
		}
		shoot(t, tab, "menu"+strings.ReplaceAll(path, "/", "-")+".png")
		do(t, tab, on("print"))
		if got := evaluate[string](t, tab, `[...document.querySelectorAll(".top, .foot, .menu, .crumbs, .onward, .colophon ul, .toc, .text button")].filter(e => e.checkVisibility()).map(e => e.className).join()`); got != "" {
			t.Errorf("%s: on paper there is %s", path, got)
		}
		if !evaluate[bool](t, tab, `document.querySelector(".document h1").checkVisibility() && document.querySelector(".document").getBoundingClientRect().width > 300 && [...document.querySelectorAll(".text td, .text code")].every(e => e.getBoundingClientRect().right <= innerWidth)`) {
			t.Errorf("%s: on paper the text is not there, or narrow", path)
		}
		shoot(t, tab, "paper"+strings.ReplaceAll(path, "/", "-")+".png")
		do(t, tab, on("screen"))
	}
	_ = console() // Chromium notes each page that is not there
}
