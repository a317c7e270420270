package smoke

import (
	"bytes"
	"fmt"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// framed is a frame of the first loan's card with these attributes.
func (x *exhibition) framed(attributes string) string {
	return fmt.Sprintf(`<iframe %s width=450 height=300 frameborder=0 src="%s"></iframe>`, attributes, x.widget())
}

// Hosts other than WordPress: each asks, or listens, in its own way.
func TestFrameInOtherHosts(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	var talk []string
	show := func(t *testing.T, body, until string) {
		t.Helper()
		do(t, tab, chromedp.EmulateViewport(800, 600), chromedp.Navigate(x.host(body)))
		wait(t, tab, until)
		_, said := inside(t, tab, x.loans.URL)
		talk = append(talk, said...)
	}
	const sandbox = `sandbox="allow-scripts"`

	t.Run("Mastodon asks by an id and is answered by it, when the card grows too", func(t *testing.T) {
		show(t, `<script>addEventListener("message", e => {
			const frame = document.querySelector("iframe")
			if (e.data?.type === "setHeight" && e.data.id === 7 && e.source === frame.contentWindow) frame.height = e.data.height
		})</script>`+x.framed(sandbox+` onload="this.contentWindow.postMessage({type: 'setHeight', id: 7}, '*')"`),
			`heard.some(m => m.type === "setHeight" && m.height === 300)`)
		evaluate[chromedp.Void](t, tab, `document.querySelector("iframe").width = 200`)
		wait(t, tab, `document.querySelector("iframe").height > 300`)
	})
	t.Run("embed.ly's listeners take JSON that names the frame by its address", func(t *testing.T) {
		show(t, x.framed(sandbox), `heard.length > 0`)
		got := evaluate[[]string](t, tab, `(m => [m.context, m.height + "", m.src])(JSON.parse(heard[0]))`)
		if want := []string{"iframe.resize", "300", x.widget()}; !slices.Equal(got, want) {
			t.Errorf("told %q, want %q", got, want)
		}
	})
	t.Run("a host that adds to every height, or takes from it, comes to rest", func(t *testing.T) {
		for _, change := range []string{"+ 20", "- 2"} {
			show(t, `<script>addEventListener("message", e => {
				if (typeof e.data === "string") document.querySelector("iframe").height = JSON.parse(e.data).height `+change+`
			})</script>`+x.framed(sandbox), `document.querySelector("iframe").height != 300`)
			do(t, tab, chromedp.Sleep(400*time.Millisecond))
			if got := evaluate[int](t, tab, `heard.length`); got > 6 {
				t.Errorf("%s: told %d times", change, got)
			}
		}
	})
	t.Run("only the page around the frame is answered, and odd messages do nothing", func(t *testing.T) {
		show(t, x.framed(sandbox)+`<iframe name=stranger srcdoc="<script>setInterval(()=>parent.frames[0].postMessage({type:'setHeight',id:'stranger'},'*'),20)</script>"></iframe>`,
			`heard.length > 0`)
		do(t, tab, chromedp.Sleep(300*time.Millisecond))
		if got := evaluate[string](t, tab, `JSON.stringify(heard)`); strings.Contains(got, "stranger") {
			t.Errorf("a stranger was answered: %s", got)
		}
		evaluate[chromedp.Void](t, tab, `heard.length = 0; for (const odd of [null, 1, "ready", [], {}, {message: "link", value: "https://evil.example"},
			{type: "setHeight", id: {}}, {type: "setHeight", id: [1]}, {message: "height", value: 9}]) frames[0].postMessage(odd, "*")`)
		do(t, tab, chromedp.Sleep(300*time.Millisecond))
		if got := evaluate[string](t, tab, `JSON.stringify(heard)`); strings.Contains(got, "id") || strings.Contains(got, "evil") {
			t.Errorf("answered %s", got)
		}
	})
	t.Run("a sandboxed frame around the frame is no hindrance", func(t *testing.T) {
		show(t, fmt.Sprintf(`<iframe sandbox="allow-scripts" width=500 height=350 srcdoc='<script>onmessage=e=>parent.postMessage(e.data,"*")</script><iframe width=450 height=300 src="%s"></iframe>'></iframe>`, x.widget()),
			`heard.length > 0`)
		frame, _ := inside(t, tab, x.loans.URL)
		if got := evaluate[string](t, frame, `document.querySelector("h1").innerText`); got == "" {
			t.Error("the card has no heading")
		}
	})
	quiet(t, append(talk, console()...))
}

func TestFrameWithoutItsScript(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	tab, _ := browser(t)
	var want []byte
	for _, sandbox := range []string{`sandbox="allow-scripts"`, `sandbox=""`} {
		do(t, tab, chromedp.EmulateViewport(500, 350), chromedp.Navigate(x.host(x.framed(sandbox))), chromedp.Sleep(time.Second))
		if told := evaluate[int](t, tab, `heard.length`) > 0; told == (sandbox == `sandbox=""`) {
			t.Errorf("%s: told of a height: %t", sandbox, told)
		}
		var got []byte
		for range 20 { // the picture may take its time
			var err error
			if got, err = chromedp.Run(tab, chromedp.CaptureScreenshot()); err != nil {
				t.Fatal(err)
			}
			if want == nil || alike(t, got, want) {
				break
			}
			do(t, tab, chromedp.Sleep(200*time.Millisecond))
		}
		if want != nil && !alike(t, got, want) {
			t.Error("the card looks otherwise without its script")
		}
		want = got
		_, said := inside(t, tab, x.loans.URL)
		// That no script runs is all the browser has to say of it, and it says that.
		rest := slices.DeleteFunc(slices.Clone(said), func(text string) bool { return strings.Contains(text, "Blocked script execution") })
		if blocked := len(said) - len(rest); (blocked > 0) != (sandbox == `sandbox=""`) {
			t.Errorf("%s: %d scripts were blocked", sandbox, blocked)
		}
		quiet(t, rest)
	}
}

// alike tells whether two pictures differ by no more than the rounding of their
// softened edges.
func alike(t *testing.T, a, b []byte) bool {
	t.Helper()
	one, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	two, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if one.Bounds() != two.Bounds() {
		return false
	}
	near := func(a, b uint32) bool { return max(a, b)-min(a, b) <= 8<<8 }
	for y := range one.Bounds().Dy() {
		for x := range one.Bounds().Dx() {
			r1, g1, b1, _ := one.At(x, y).RGBA()
			r2, g2, b2, _ := two.At(x, y).RGBA()
			if !near(r1, r2) || !near(g1, g2) || !near(b1, b2) {
				return false
			}
		}
	}
	return true
}

// Alone, or in a frame that gave it no secret, the card leaves its links to the
// browser, which opens a new window.
func TestFrameLeavesLinksAloneWhereNobodyFollowsThem(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "127.0.0.1")
	for name, address := range map[string]string{
		"alone":                       x.widget() + "#?secret=" + secret,
		"in the frame of our snippet": x.host(x.framed(`sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"`)),
	} {
		t.Run(name, func(t *testing.T) {
			tab, console := browser(t)
			do(t, tab, chromedp.EmulateViewport(500, 350), chromedp.Navigate(address), chromedp.Sleep(300*time.Millisecond))
			want := fmt.Sprintf("%s/lend/%d", x.base, firstLoan)
			opened := chromedp.WaitNewTarget(tab, func(info *target.Info) bool { return info.URL == want })
			if name == "alone" {
				do(t, tab, chromedp.Click(chromedp.CSS(".act")))
			} else {
				frame, said := inside(t, tab, x.loans.URL)
				quiet(t, said)
				click(t, tab, frame, ".act")
			}
			select {
			case <-opened:
			case <-time.After(5 * time.Second):
				t.Errorf("no window at %s", want)
			}
			quiet(t, console())
		})
	}
}
