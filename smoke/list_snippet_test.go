package smoke

import (
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	markup "golang.org/x/net/html"

	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/snippet"
)

// TestEverySnippetShowsTheList pastes every form that the page hands out for a list
// into one page of somebody else's, and looks at what appears there.
func TestEverySnippetShowsTheList(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	headings := map[string]string{"en": "Loans in Kenya", "es": "Préstamos en Kenia", "fr": "Prêts au Kenya", "ar": "قروض في كينيا"}
	for i, language := range locale.Shipped() {
		theme := snippet.Themes()[i%2]
		t.Run(language+", "+theme.Name, func(t *testing.T) {
			list := x.site.URL(site.Address{Kind: site.Country, Slug: "ke", Language: language})
			query := url.Values{"loan": {list}, "theme": {theme.Name}, "language": {language}}
			code := listCodes(t, strings.NewReader(fetch(t, x.loans.URL+"/embed/?"+query.Encode())))
			page := "<style>section{display:flow-root}</style>" + counting
			for _, form := range snippet.Forms() {
				if code[form] == "" {
					t.Fatalf("there is no %s", form)
				}
				page += `<section id="` + string(form) + `">` + x.paste(t, form, code[form]) + "</section>"
			}
			do(t, tab, chromedp.EmulateViewport(900, 4000), chromedp.Navigate(x.own(document(page))))
			wait(t, tab, `events.filter(e => e[0] === "load").length === 2 && [...document.images].every(i => i.complete)`)

			plain := shownWidget{language, headings[language], "rgb(255, 255, 255)", false} // oEmbed knows no themes
			themed := plain
			if theme == snippet.Dark {
				themed.Ground = "rgb(26, 24, 36)"
			}
			expected := []shownWidget{themed, themed, themed, plain, plain}
			got := x.shown(t, tab)
			for n := 0; len(got) < len(expected) && n < 50; n++ { // a frame that is there a moment later
				do(t, tab, chromedp.Sleep(100*time.Millisecond))
				got = x.shown(t, tab)
			}
			slices.SortFunc(expected, func(a, b shownWidget) int { return strings.Compare(a.Ground, b.Ground) })
			if !slices.Equal(got, expected) {
				t.Errorf("the frames show\n%v, want\n%v", got, expected)
			}
			badge := fetch(t, x.base+x.site.Path(site.Address{Kind: site.ListBadge, Of: site.Country, Slug: "ke", Language: language}))
			_, width, _ := strings.Cut(badge, ` width="`)
			width, _, _ = strings.Cut(width, `"`)
			for form, size := range map[snippet.Form]string{snippet.Markdown: width + "x20", snippet.BBCode: "600x315", snippet.Email: "600x315"} {
				got := evaluate[[]string](t, tab, `[...document.querySelectorAll("#`+string(form)+` img")].map(i => [i.naturalWidth + "x" + i.naturalHeight, i.closest("a")?.href, i.alt])[0]`)
				if len(got) != 3 || got[0] != size || got[1] != list || form != snippet.BBCode && got[2] != headings[language] {
					t.Errorf("the picture of %s is %q, want one of %s to %s", form, got, size, list)
				}
			}
			for _, form := range []snippet.Form{snippet.Text, snippet.Email, snippet.BBCode} {
				if text := evaluate[string](t, tab, `document.querySelector("#`+string(form)+`").innerText`); !strings.Contains(text, headings[language]) {
					t.Errorf("%s reads %q", form, text)
				}
			}
		})
	}
	quiet(t, console())
}

// TestAListOffersNoDrawingsThatNobodyServes reads what the page of a list hands out
// on a file host.
func TestAListOffersNoDrawingsThatNobodyServes(t *testing.T) {
	for _, built := range []bool{false, true} {
		t.Run(fmt.Sprintf("cards are built: %v", built), func(t *testing.T) {
			x := exhibit(t, "127.0.0.1", sampleStore(t), func(c *site.Config) { c.OEmbed, c.ListCards = site.Static, built })
			body := fetch(t, x.base+"/country/ke/")
			for _, drawing := range []string{"/card/country/ke-600.png", "/badge/country/ke.svg", "/card/country/ke.png"} {
				if offered := strings.Contains(body, drawing); offered != built {
					t.Errorf("%s is offered: %v", drawing, offered)
				}
			}
			if size := pictured(t, x.base+"/card/country/ke-600.png"); size.Width != 600 {
				t.Errorf("the card is %d wide", size.Width)
			}
		})
	}
}

// listCodes are the texts that the page for lists hands out, by their forms.
func listCodes(t *testing.T, page io.Reader) map[snippet.Form]string {
	t.Helper()
	root, err := markup.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	all := map[snippet.Form]string{}
	for n := range root.Descendants() {
		if form, ok := strings.CutPrefix(attributeOf(n, "id"), "code-"); ok && n.Data == "textarea" && n.FirstChild != nil {
			all[snippet.Form(form)] = n.FirstChild.Data
		}
	}
	return all
}
