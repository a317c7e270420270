package smoke

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestExamples opens the pages of public/examples and looks at what a reader sees
// there: the cards in their frames, the words in place of them, and how large.
func TestExamples(t *testing.T) {
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	const frames = `[...document.querySelectorAll("iframe"), ...[...document.querySelectorAll("loan-card")].map(c => c.shadowRoot?.querySelector("iframe"))].filter(f => f?.checkVisibility({visibilityProperty: true})).map(f => f.clientWidth + "x" + f.clientHeight).join(" ")`
	for name, want := range map[string]struct {
		cards  []string
		frames string
		words  string // that stand on the page beside the cards
	}{
		"white":      {cards: []string{"en Mai"}, frames: "450x300"},
		"dark":       {cards: []string{"en Tumaini Women's Group"}, frames: "450x300"},
		"rtl":        {cards: []string{"ar سميرة"}, frames: "450x300"},
		"three":      {cards: []string{"en Mai", "en ស្រីមុំ", "en Chebet"}, frames: "766x260 450x300 300x420"},
		"sidebar":    {cards: []string{"en Mai"}, frames: "200x"},
		"no-script":  {cards: []string{"en Mai"}, frames: "450x300", words: "Mai's Loan from Vietnam"},
		"strict-csp": {cards: []string{"en Mai", "en Tumaini Women's Group"}, frames: "450x300 450x300"},
		"wordpress":  {cards: []string{"en Mai"}, frames: "450x300"},
		"email":      {words: "Mai's Loan from Vietnam"},
	} {
		t.Run(name, func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("..", "public", "examples", name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			text := strings.ReplaceAll(string(page), "http://127.0.0.1:8080", x.loans.URL)
			do(t, tab, chromedp.EmulateViewport(900, 1400), chromedp.Navigate(x.whole(text, "")))
			var cards []string
			for range 40 {
				do(t, tab, chromedp.Sleep(100*time.Millisecond))
				if cards = x.headings(t, tab); len(cards) == len(want.cards) && strings.HasPrefix(evaluate[string](t, tab, frames), want.frames) {
					break
				}
			}
			slices.Sort(want.cards)
			if !slices.Equal(cards, want.cards) {
				t.Errorf("the cards are %q, want %q", cards, want.cards)
			}
			if got := evaluate[string](t, tab, frames); !strings.HasPrefix(got, want.frames) {
				t.Errorf("they are %s, want %s", got, want.frames)
			}
			if got := evaluate[string](t, tab, `[...document.querySelectorAll("loan-card a,blockquote a,table a")].filter(a => a.checkVisibility({visibilityProperty: true}) && a.getBoundingClientRect().height > 0).map(a => a.textContent).find(text => text) ?? ""`); got != want.words {
				t.Errorf("the words are %q, want %q", got, want.words)
			}
			if evaluate[bool](t, tab, `document.documentElement.scrollWidth > innerWidth`) {
				t.Error("the page is wider than its window")
			}
		})
	}
	said := slices.DeleteFunc(console(), func(text string) bool {
		return strings.Contains(text, "script-src 'none'") || strings.Contains(text, "Blocked script execution") // that no script may run is said
	})
	quiet(t, said)
}
