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
