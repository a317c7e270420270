package smoke

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"loanleaf/locale"
)

// look is a page as a reader has it before them.
type look struct {
	sight
	language string
	width    int64
	scheme   string
}

func (l look) String() string {
	return fmt.Sprintf("%s, %s, %d wide, %s", l.name, l.language, l.width, l.scheme)
}

// looks are the sights in languages, on a desk and on a phone, light and
// dark: pairs of these, in the languages that run one way and the other; with
// -matrix all of them, in every language.
func (s *serving) looks(t *testing.T) (shown []look, all int) {
	t.Helper()
	sights, languages, widths := s.sights(t), []string{"en", "ar"}, []int64{1280, 375}
	if *matrix {
		languages = locale.Shipped()
	}
	values := []int{len(sights), len(languages), len(widths), len(schemes)}
	every := product(values, func(choice) bool { return true })
	picked := every
	if !*matrix {
		picked = pairs(values, every)
	}
	if !*everything && !*matrix {
		picked = picked[:len(sights)]
	}
	for _, p := range picked {
		shown = append(shown, look{sights[p[0]], languages[p[1]], widths[p[2]], schemes[p[3]]})
	}
	return shown, len(every)
}

// judged runs every rule of axe on a page, the best practices too, and returns a
// line for what is broken and for what it could not decide. Frames are left out:
// what they show is a sight of its own.
//
// Two things it sees otherwise than a reader: the menu of documents is a closed
// details whose content is shown beside a text all the same, so its links can be
// reached; and what a wide table has to be scrolled for is behind its edge.
const judged = `async () => {
	const seen = (rule, at) => !(rule === "scrollable-region-focusable" && at === ".menu > details") &&
		!(rule === "color-contrast" && document.querySelector(at).closest(".wide"))
	const said = await axe.run(document, {iframes: false, rules: {"frame-tested": {enabled: false}}, resultTypes: ["violations", "incomplete"]})
	const tell = (kind, rules) => rules.flatMap(r => r.nodes.filter(n => kind === "broken" && r.id === "color-contrast" || seen(r.id, n.target.join(" "))).map(n => kind + " " + r.id + ": " + n.target.join(" ") + ": " +
		[...n.any, ...n.all, ...n.none].map(c => c.message).join("; ")))
	return [...tell("broken", said.violations), ...tell("undecided", said.incomplete)]
}`

// TestAxeFindsNothing runs axe-core over the pages.
func TestAxeFindsNothing(t *testing.T) {
	axe, err := os.ReadFile(bought(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t)
	shown, all := s.looks(t)
	t.Logf("%d of %d looks", len(shown), all)
	const perBrowser = 10
	for part := range slices.Chunk(shown, perBrowser) {
		t.Run(part[0].String(), func(t *testing.T) {
			tab, _ := browser(t)
			for _, l := range part {
				do(t, tab, prefer(l.scheme), chromedp.EmulateViewport(l.width, 800), chromedp.Navigate(s.address(l.sight, l.language)))
				for _, line := range s.judge(t, tab, string(axe)) {
					t.Errorf("%s: %s", l, line)
				}
			}
		})
	}
}

func (s *serving) judge(t *testing.T, tab context.Context, axe string) []string {
	t.Helper()
	lines, err := chromedp.Run(tab, chromedp.Evaluate[[]string](axe+";("+judged+")()", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
