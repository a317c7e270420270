package smoke

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// answered is what the endpoint says of a loan within bounds.
type answered struct {
	bounds        size
	Type, HTML    string
	Width, Height int
}

// answerWithin asks for a loan's answer in JSON.
func (x *exhibition) answerWithin(t *testing.T, loan int, bounds size, shape string) answered {
	t.Helper()
	query := url.Values{"url": {fmt.Sprintf("%s/lend/%d", x.base, loan)}, "format": {"json"}, "html": {shape}}
	for name, bound := range map[string]int{"maxwidth": bounds.width, "maxheight": bounds.height} {
		if bound > 0 {
			query.Set(name, fmt.Sprint(bound))
		}
	}
	response, err := http.Get(x.loans.URL + "/services/oembed?" + query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	a := answered{bounds: bounds}
	body, err := io.ReadAll(response.Body)
	if err == nil {
		err = json.Unmarshal(body, &a)
	}
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v %s", query.Encode(), response.StatusCode, err, body)
	}
	return a
}

// sampledBoxes is how many boxes are drawn, with a loan for each.
const sampledBoxes = 30

// sampled are answers for loans of the sample within bounds drawn with a seed,
// that have room for more than a link. One bound in five is left out.
func (x *exhibition) sampled(t *testing.T, shape string) (all []answered) {
	t.Helper()
	chance := rand.New(rand.NewPCG(4, 2))
	bound := func(least, most int) int {
		if chance.IntN(5) == 0 {
			return 0
		}
		return least + chance.IntN(most-least)
	}
	for len(all) < sampledBoxes {
		a := x.answerWithin(t, firstLoan+chance.IntN(20), size{bound(250, 600), bound(96, 400)}, shape)
		if a.Type != "rich" {
			t.Fatalf("%v: an answer of type %s", a.bounds, a.Type)
		}
		all = append(all, a)
	}
	return all
}

// TestAnswersFillTheirBoxes shows what the endpoint answers for boxes of any
// size, as a consumer does, and looks whether anything is larger than it said.
func TestAnswersFillTheirBoxes(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	show := func(t *testing.T, all []answered) {
		var body strings.Builder
		for i, a := range all {
			fmt.Fprintf(&body, "<div class=box style='width:max-content' data-width=%d data-height=%d data-maxwidth=%d data-maxheight=%d id=box%d>%s</div>\n",
				a.Width, a.Height, a.bounds.width, a.bounds.height, i, a.HTML)
		}
		address := strings.Replace(x.host(body.String()), x.hosts.URL, x.loans.URL+"/host", 1)
		do(t, tab, chromedp.EmulateViewport(800, 600), chromedp.Navigate(address))
	}
	t.Run("frames", func(t *testing.T) {
		show(t, x.sampled(t, "frame"))
		evaluate[chromedp.Void](t, tab, `document.querySelectorAll("iframe").forEach(f => { f.name = [f.src, f.parentNode.dataset.maxwidth, f.parentNode.dataset.maxheight] })`)
		for _, line := range evaluate[[]string](t, tab, "("+measure+")(true)") {
			t.Error(line)
		}
		for _, line := range evaluate[[]string](t, tab, `[...document.querySelectorAll("iframe")].flatMap(f => {
			const r = f.getBoundingClientRect(), d = f.parentNode.dataset
			return r.width == d.width && r.height == d.height && (d.maxwidth == 0 || r.width <= d.maxwidth) && (d.maxheight == 0 || r.height <= d.maxheight) ? []
				: [f.name + ": " + r.width + " by " + r.height + ", said " + d.width + " by " + d.height]
		})`) {
			t.Error(line)
		}
		if got := evaluate[int](t, tab, `document.querySelectorAll("iframe").length`); got != sampledBoxes {
			t.Errorf("%d frames, want %d", got, sampledBoxes)
		}
	})
	t.Run("fragments", func(t *testing.T) {
		show(t, x.sampled(t, "inline"))
		for _, line := range evaluate[[]string](t, tab, `[...document.querySelectorAll(".box")].flatMap(b => {
			const e = b.firstElementChild, r = e.getBoundingClientRect(), card = e.matches("[lang]") ? e : e.firstElementChild
			const fits = b.children.length === 1 && r.width <= b.dataset.width && r.height <= b.dataset.height && card.scrollWidth <= card.clientWidth &&
				card.getBoundingClientRect().height <= r.height + .5 && card.getBoundingClientRect().width <= r.width + .5
			return fits ? [] : [b.id + ": " + r.width + " by " + r.height + ", said " + b.dataset.width + " by " + b.dataset.height + ", " + card.scrollWidth + " of " + card.clientWidth]
		})`) {
			t.Error(line)
		}
		if got := evaluate[int](t, tab, `document.querySelectorAll(".box").length`); got != sampledBoxes {
			t.Errorf("%d fragments, want %d", got, sampledBoxes)
		}
	})
	quiet(t, console())
}
