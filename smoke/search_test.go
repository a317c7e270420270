package smoke

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestSearchingInABrowser sends the form of the front page as a reader does:
// its policy allows that, and the answer has what was typed in its box.
func TestSearchingInABrowser(t *testing.T) {
	d := dev(t, map[string]string{"site.yaml": "name: Loans\nlanguages: [en, ar]\ndocs: off\n"})
	tab, console := browser(t)
	for _, c := range []struct{ home, typed, found string }{
		{"/", "Kenya", "4 loans"}, {"/ar/", "كينيا", "4 قروض"}, {"/country/ke/", "mai", "1 loan"},
	} {
		do(t, tab, chromedp.EmulateViewport(375, 800), chromedp.Navigate(d.address+c.home))
		until(t, tab, `document.querySelector(".search input")?.labels.length === 1`)
		evaluate[chromedp.Void](t, tab, fmt.Sprintf(`document.querySelector(".search input").value = %q, document.querySelector(".search button").click()`, c.typed))
		until(t, tab, fmt.Sprintf(`location.pathname.endsWith("/search") && document.querySelector(".welcome .intro")?.textContent.trim() === %q`, c.found))
		if !evaluate[bool](t, tab, fmt.Sprintf(`document.querySelector(".search input").value === %q`, c.typed)) {
			t.Errorf("%s: the box forgot what was typed", c.typed)
		}
		for _, width := range []int64{1280, 375, 320} {
			do(t, tab, chromedp.EmulateViewport(width, 800))
			if evaluate[bool](t, tab, "document.documentElement.scrollWidth > innerWidth") {
				t.Errorf("%s, %d wide: wider than the window", c.typed, width)
			}
		}
	}
	for _, text := range console() {
		t.Error(text)
	}
}
