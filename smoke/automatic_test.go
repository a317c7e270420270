package smoke

import (
	"testing"

	"github.com/chromedp/chromedp"

	"loanleaf/templates/snippet"
)

// TestAutomaticColoursFollowThePage shows the frame of the automatic theme on
// pages that state their colours and on one that does not, to readers whose system
// is light or dark. The system is set when the browser starts: to emulate it
// afterwards would reach into the frame as well.
func TestAutomaticColoursFollowThePage(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	const white, night = "rgb(255, 255, 255)", "rgb(26, 24, 36)"
	for system, setting := range map[string]string{"light": "preferredColorScheme=1", "dark": "preferredColorScheme=0"} {
		tab, console := browser(t, chromedp.Flag("blink-settings", setting))
		own := map[string]string{"light": white, "dark": night}[system]
		for page, want := range map[string]string{"light": white, "dark": night, "light dark": own, "normal": own} {
			code := snippet.Frame.Write(x.subject(), snippet.Choice{Size: snippet.Standard, Theme: snippet.Auto})
			do(t, tab, chromedp.Navigate(x.host("<style>:root{color-scheme:"+page+"}</style>"+code)))
			wait(t, tab, `heard.length > 0`)
			frame, said := inside(t, tab, x.loans.URL)
			if got := evaluate[string](t, frame, `getComputedStyle(document.querySelector("main")).backgroundColor`); got != want {
				t.Errorf("system %s, page %s: the card is %s, want %s", system, page, got, want)
			}
			quiet(t, said)
		}
		quiet(t, console())
	}
}
