package smoke

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"loanleaf/content"
	"loanleaf/generator/docs"
	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/site"
)

// TestDocumentsAreReadableOnEveryScreen opens the program's own documentation in
// every language, also in one that it is not translated into, at the widths of
// WCAG 1.4.10 (320 pixels, which a window of 1280 has at 400 percent), of a phone
// and of a desk, and sees that nothing but code and tables is wider than the
// screen, that the menu stands where it should, and that the browser has nothing
// to complain of: of some pages, with -browser of all. With LOANLEAF_SHOTS it leaves
// pictures in that folder.
func TestDocumentsAreReadableOnEveryScreen(t *testing.T) {
	thorough(t)
	tab, console := browser(t)
	loans := sampleStore(t)
	web := httptest.NewUnstartedServer(nil)
	s, err := site.New(site.Config{
		BaseURL: "http://" + web.Listener.Addr().String(), Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages,
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, _ := docs.Read(content.Files(), s, site.Doc)
	if web.Config.Handler, err = server.New(server.Config{Site: s, Source: loans, Documents: []*docs.Tree{tree}}); err != nil {
		t.Fatal(err)
	}
	web.Start()
	defer web.Close()
	// One in so many by default, another in each language and at each width.
	const some = 11
	opened := 0
	for _, width := range []int64{320, 375, 1280} {
		for _, language := range s.Languages() {
			for a := range tree.Addresses(language.Tag) {
				if opened++; !*everything && opened%some != 0 {
					continue
				}
				at := fmt.Sprintf("%s at %d", s.Path(a), width)
				do(t, tab, chromedp.EmulateViewport(width, 900), chromedp.Navigate(s.URL(a)))
				if wide := evaluate[int64](t, tab, "document.documentElement.scrollWidth"); wide > width {
					t.Errorf("%s: %d pixels wide", at, wide)
				}
				// Beside the text the menu is open, above it folded up.
				menu := evaluate[string](t, tab, `(() => {
					const text = document.querySelector(".document").getBoundingClientRect(), menu = document.querySelector(".menu").getBoundingClientRect();
					const beside = menu.top < text.bottom && (menu.right <= text.left || menu.left >= text.right);
					const open = document.querySelector(".menu a").checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}) && document.querySelector(".menu a").getBoundingClientRect().height > 0;
					return (beside ? "beside" : menu.bottom <= text.top ? "above" : "over") + (open ? " and open" : "");
				})()`)
				if want := map[bool]string{true: "beside and open", false: "above"}[width > 1000]; menu != want {
					t.Errorf("%s: the menu is %q, want %q", at, menu, want)
				}
				if size := evaluate[float64](t, tab, `parseFloat(getComputedStyle(document.querySelector(".text p")).fontSize)`); size < 16 {
					t.Errorf("%s: the text has %v pixels", at, size)
				}
				shoot(t, tab, fmt.Sprintf("%s-%s-%d.png", language.Tag, filepath.Base(s.Path(a)), width))
			}
		}
	}
	quiet(t, console())
}

// shoot leaves a picture of the page where somebody wants to look at it.
func shoot(t *testing.T, tab context.Context, name string) {
	t.Helper()
	dir := os.Getenv("LOANLEAF_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), picture, 0o600); err != nil {
		t.Fatal(err)
	}
}
