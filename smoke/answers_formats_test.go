package smoke

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// endpoint is a request for the first loan of the sample.
func (x *exhibition) endpoint(parameters string) string {
	return fmt.Sprintf("%s/services/oembed?url=%s&%s", x.loans.URL, url.QueryEscape(fmt.Sprintf("%s/lend/%d", x.base, firstLoan)), parameters)
}

// TestAnswersThatBrowsersRead opens the two formats that a browser is asked to
// show or to run.
func TestAnswersThatBrowsersRead(t *testing.T) {
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	t.Run("a preview shows the picture, its own styles and no script", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(600, 400), chromedp.Navigate(x.endpoint("format=preview")))
		got := evaluate[[]string](t, tab, `[(i => i.complete && i.naturalWidth > 0)(document.images[0]), getComputedStyle(document.querySelector("div")).maxWidth, document.scripts.length, document.querySelector("a strong, a") !== null].map(String)`)
		if want := []string{"true", "450px", "0", "true"}; !slices.Equal(got, want) {
			t.Errorf("picture, width, scripts and link are %q, want %q", got, want)
		}
	})
	t.Run("a preview of the frame shows the widget", func(t *testing.T) {
		do(t, tab, chromedp.Navigate(x.endpoint("format=preview&html=frame")))
		if got := evaluate[string](t, tab, `document.querySelector("iframe").contentDocument?.querySelector("h1")?.innerText ?? "nothing"`); got != "Mai" {
			t.Errorf("the frame shows %s", got)
		}
	})
	t.Run("a page of another site runs JSONP, and finds a fragment whose picture comes first", func(t *testing.T) {
		do(t, tab, chromedp.Navigate(x.host(`<main></main><script>const app = {show(answer) { window.answer = answer; document.querySelector("main").innerHTML = answer.html }}</script><script src="`+
			x.endpoint("format=jsonp&jsonp=app.show")+`"></script>`)))
		got := evaluate[[]string](t, tab, `[answer.type, answer.loan_id, document.querySelector("main *:is(img, p)").tagName, new URL(document.images[0].src).origin === "`+x.loans.URL+`"].map(String)`)
		if want := []string{"rich", fmt.Sprint(firstLoan), "IMG", "true"}; !slices.Equal(got, want) {
			t.Errorf("type, loan, first element and the picture's origin are %q, want %q", got, want)
		}
	})
	// The sandbox of previews is there to keep scripts from running, the widget's too.
	quiet(t, slices.DeleteFunc(console(), func(text string) bool { return strings.Contains(text, "Blocked script execution") }))
}
