package smoke

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"loanleaf/locale"
)

// strips are the sizes of low frames that oEmbed's bounds ask for: state, figures
// and action side by side at their narrowest, and one above the other.
var strips = []size{{420, 96}, {450, 150}, {640, 120}, {250, 96}, {280, 170}, {420, 200}}

// brokenAmounts is run in a host page. It returns a line for every amount that goes
// over the end of its line.
const brokenAmounts = `[...document.querySelectorAll("iframe")].flatMap(f =>
	[...f.contentDocument.querySelectorAll(".sum strong bdi")]
		.filter(e => new Set([...e.getClientRects()].map(r => r.top)).size > 1).map(e => f.name + ": broken: " + e.textContent))`

// TestStrips looks at low frames with the loans of the matrix in every language:
// where one says its state in a word, another needs three.
func TestStrips(t *testing.T) {
	tab, _ := browser(t)
	x := exhibit(t, "127.0.0.1", matrixStore(t))
	for i, f := range strips {
		if !*everything && i > 1 {
			continue
		}
		t.Run(fmt.Sprintf("%dx%d", f.width, f.height), func(t *testing.T) {
			var body strings.Builder
			for j, k := range kinds() {
				for _, language := range locale.Shipped() {
					prefix := "/" + language
					if language == "en" {
						prefix = ""
					}
					fmt.Fprintf(&body, `<iframe name="%s, %s" src="%s/embed/%d" width=%d height=%d style="border:0"></iframe>`,
						k.name, language, prefix, matrixID(j, 0), f.width, f.height)
				}
			}
			address := strings.Replace(x.host(body.String()), x.hosts.URL, x.loans.URL+"/host", 1)
			do(t, tab, chromedp.EmulateViewport(1400, 900), chromedp.Navigate(address))
			for _, line := range evaluate[[]string](t, tab, "("+measure+")(true)") {
				t.Error(line)
			}
			for _, line := range evaluate[[]string](t, tab, brokenAmounts) {
				t.Error(line)
			}
		})
	}
}
