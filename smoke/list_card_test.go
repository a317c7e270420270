package smoke

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loanleaf/site"
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// listSubject is a list of the sample as snippets tell of it.
func (x *exhibition) listSubject(t *testing.T, list site.Address) snippet.Subject {
	t.Helper()
	widget, ok := list.ListWidget(site.ListWidget)
	if !ok {
		t.Fatalf("%+v has no widget", list)
	}
	card := view.ListCard{Language: tag("en"), Name: "Newest loans", Count: view.Sentence{{Text: "100 loans"}}, All: view.Sentence{{Text: "All loans"}}}
	return snippet.OfList(card, site.ListName(list), snippet.Addresses{
		Page: x.site.URL(list), Widget: x.site.URL(widget), Script: x.site.URL(site.Address{Kind: site.EmbedScript}),
	}, "#4338a8")
}

// TestListCardElement puts the snippets of lists into other people's pages.
func TestListCardElement(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	for name, c := range map[string]struct {
		list    site.Address
		heading string
	}{
		"all loans": {site.Address{}, "en Newest loans"},
		"a country": {site.Address{Kind: site.Country, Slug: "ke"}, "en Loans in Kenya"},
	} {
		subject := x.listSubject(t, c.list)
		for _, form := range []snippet.Form{snippet.Frame, snippet.Component, snippet.Quote} {
			for _, s := range []snippet.Size{snippet.Standard, snippet.Compact} {
				page := document(counting + "<p>before" + form.Write(subject, snippet.Choice{Size: s, Theme: snippet.Light}) + "<p>after")
				do(t, tab, chromedp.EmulateViewport(800, 900), chromedp.Navigate(x.whole(page, "")))
				if form != snippet.Frame {
					wait(t, tab, shownCard)
					if got := evaluate[string](t, tab, `(f => f.width + " " + f.height + " " + f.getAttribute("src"))(`+shownCard+`)`); got != s.Width+" "+s.Height+" "+subject.Widget {
						t.Errorf("%s as %s, %s: the frame is %s", name, form, s.Name, got)
					}
					if got := evaluate[string](t, tab, fallback); got != "" {
						t.Errorf("%s as %s: the words are still there: %s", name, form, got)
					}
				}
				var got []string
				for range 50 { // until the frame is there
					if got = x.headings(t, tab); len(got) > 0 {
						break
					}
					do(t, tab, chromedp.Sleep(100*time.Millisecond))
				}
				if !slices.Equal(got, []string{c.heading}) {
					t.Errorf("%s as %s, %s: the cards are %q", name, form, s.Name, got)
				}
			}
		}
	}
	t.Run("what names no list shows no frame", func(t *testing.T) {
		for _, odd := range []string{"", "oldest", "country/", "country/..", "../lend/100001", "sector/a/b", "newest?x", "https://evil.example/"} {
			do(t, tab, chromedp.Navigate(x.whole(document(`<loan-card list="`+odd+`"><a href="/">words</a></loan-card><script src="`+x.base+`/loan-card.js"></script>`), "")))
			if got := evaluate[int](t, tab, `document.querySelector("loan-card").shadowRoot.querySelectorAll("iframe").length`); got != 0 {
				t.Errorf("%q has a frame", odd)
			}
			if got := evaluate[string](t, tab, fallback); got != "words" {
				t.Errorf("%q: the words are %q", odd, got)
			}
		}
	})
	t.Run("a list that is not there says so in its frame", func(t *testing.T) {
		do(t, tab, chromedp.Navigate(x.whole(document(`<loan-card list="country/zz"><a href="/">words</a></loan-card><script src="`+x.base+`/loan-card.js"></script>`), "")))
		wait(t, tab, shownCard)
		if got := x.headings(t, tab); !slices.Equal(got, []string{"en This list is not available"}) {
			t.Errorf("the cards are %q", got)
		}
	})
	for _, text := range console() {
		// The frame of the list that is not there is answered with 404.
		if !strings.Contains(text, "404") {
			t.Error(text)
		}
	}
}

// TestEmbedPageTakesLists types the address of a list where that of a loan is
// asked for, and chooses on the page that comes.
func TestEmbedPageTakesLists(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	list := x.site.URL(site.Address{Kind: site.Country, Slug: "ke"})
	do(t, tab, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(x.base+"/embed/"))
	evaluate[chromedp.Void](t, tab, `{const field = document.getElementById("maker-loan"); field.value = "`+list+`"; field.dispatchEvent(new Event("change", {bubbles: true}))}`)
	coming := func() string { // the page that is on its way
		for range 50 {
			if heading, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.readyState === "complete" ? document.querySelector("h1").innerText : ""`)); err == nil && heading == "Put a list on your site" {
				return heading
			}
			time.Sleep(100 * time.Millisecond)
		}
		return ""
	}
	if coming() == "" {
		t.Fatal("the page for lists does not come")
	}
	evaluate[chromedp.Void](t, tab, `{const maker = document.querySelector("form.maker"); maker.elements.size.value = "compact"; maker.elements.theme.value = "dark"; maker.elements.language.value = "ar"; maker.requestSubmit()}`)
	do(t, tab, chromedp.Sleep(500*time.Millisecond))
	if coming() == "" {
		t.Fatal("the page does not come again")
	}
	frame := evaluate[string](t, tab, `(f => f.getAttribute("src") + " " + f.width + " " + f.height)(document.querySelector(".stage iframe"))`)
	if want := "/ar/embed/country/ke#dark 300 420"; frame != want {
		t.Errorf("the preview is %s, want %s", frame, want)
	}
	code := evaluate[string](t, tab, `document.getElementById("code-component").value`)
	if want := `<loan-card list="country/ke" lang="ar" size="compact" theme="dark"`; !strings.HasPrefix(code, want) {
		t.Errorf("the code is %s", code)
	}
	if got := evaluate[int](t, tab, `document.querySelectorAll("textarea").length`); got != len(snippet.Forms()) {
		t.Errorf("%d forms", got)
	}
	for _, text := range console() {
		t.Error(text)
	}
}
