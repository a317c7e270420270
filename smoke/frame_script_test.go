package smoke

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// wpEmbed behaves as WordPress' wp-embed.js does: it shows a frame that gives its
// secret back, holds heights between 200 and 1000, and follows a link to the
// frame's own host when the frame has the reader's attention.
const wpEmbed = `<script>
function receive(e) {
	const {secret, message, value} = e.data ?? {}
	if (!secret || /[^0-9a-zA-Z]/.test(secret)) return
	for (const quote of document.querySelectorAll('blockquote[data-secret="' + secret + '"]')) quote.style.display = "none"
	for (const frame of document.querySelectorAll('iframe[data-secret="' + secret + '"]')) {
		if (e.source !== frame.contentWindow) continue
		frame.removeAttribute("style")
		if (message === "height") frame.height = Math.max(200, Math.min(1000, parseInt(value, 10)))
		if (message !== "link") continue
		const to = new URL(value), own = new URL(frame.src).host
		if (/^https?:$/.test(to.protocol) && to.host === own && document.activeElement === frame) top.location.href = value
	}
}
function greet() {
	for (const frame of document.querySelectorAll("iframe.wp-embedded-content")) {
		if (!frame.dataset.secret) {
			frame.dataset.secret = "lateSecret"
			frame.src += "#?secret=lateSecret"
		}
		frame.contentWindow.postMessage({message: "ready", secret: frame.dataset.secret}, "*")
	}
}
</script>`

const (
	atOnce = `<script>addEventListener("message", receive); document.addEventListener("DOMContentLoaded", greet)</script>`
	secret = "aB3dE6gH9j"
)

// heights are those told in WordPress' way.
const heights = `heard.filter(m => m.message === "height").map(m => m.value)`

func TestFrameInWordPress(t *testing.T) {
	x := newExhibition(t, "127.0.0.1")
	tab, console := browser(t)
	var talk []string // of the consoles in frames

	shown := func(t *testing.T, body string) (frame context.Context) {
		t.Helper()
		do(t, tab, chromedp.EmulateViewport(800, 600), chromedp.Navigate(x.host(body)))
		wait(t, tab, `!document.querySelector("iframe").hasAttribute("style") && `+heights+`.length > 0`)
		frame, said := inside(t, tab, x.loans.URL)
		talk = append(talk, said...)
		return frame
	}
	t.Run("the frame is shown at its height, and the quote makes room", func(t *testing.T) {
		shown(t, wpEmbed+x.wordpress(t, secret)+atOnce)
		got := evaluate[[]string](t, tab, `[document.querySelector("iframe").height, getComputedStyle(document.querySelector("blockquote")).display, `+heights+`[0] + ""]`)
		if want := []string{"300", "none", "300"}; !slices.Equal(got, want) {
			t.Errorf("height, quote and first word of it are %v, want %v", got, want)
		}
	})
	t.Run("a frame far below what is in sight is shown too, and has its height when the reader is there", func(t *testing.T) {
		do(t, tab, chromedp.EmulateViewport(800, 600), chromedp.Navigate(x.host("<p style='height:9000px'>"+wpEmbed+x.wordpress(t, secret)+atOnce)))
		wait(t, tab, `!document.querySelector("iframe").hasAttribute("style")`)
		evaluate[chromedp.Void](t, tab, `document.querySelector("iframe").scrollIntoView()`)
		wait(t, tab, heights+`.length > 0`)
		if got := evaluate[string](t, tab, `document.querySelector("iframe").height`); got != "300" {
			t.Errorf("it is %s high, want 300", got)
		}
	})
	t.Run("a host that listens late says ready, and is told again", func(t *testing.T) {
		do(t, tab, chromedp.Navigate(x.host(wpEmbed+x.wordpress(t, secret))))
		wait(t, tab, `heard.some(m => m.secret)`)
		if hidden := evaluate[bool](t, tab, `document.querySelector("iframe").hasAttribute("style")`); !hidden {
			t.Fatal("nobody listens, and yet the frame is shown")
		}
		evaluate[chromedp.Void](t, tab, `heard.length = 0; addEventListener("message", receive); greet()`)
		wait(t, tab, `!document.querySelector("iframe").hasAttribute("style")`)
	})
	t.Run("a secret that comes after the page is used, behind a theme too", func(t *testing.T) {
		frame := fmt.Sprintf(`<iframe class="wp-embedded-content" sandbox="allow-scripts" style="position:absolute;visibility:hidden" width=450 height=300 src="%s#auto"></iframe>`, x.widget())
		shown(t, wpEmbed+frame+`<script>addEventListener("message", receive); addEventListener("load", greet)</script>`)
		if got := evaluate[string](t, tab, `document.querySelector("iframe").src`); !strings.HasSuffix(got, "#auto#?secret=lateSecret") {
			t.Errorf("the frame is at %s", got)
		}
	})
	t.Run("a frame too narrow for the card is told to be higher, once", func(t *testing.T) {
		frame := shown(t, wpEmbed+x.wordpress(t, secret)+atOnce)
		evaluate[chromedp.Void](t, tab, `document.querySelector("iframe").width = 200`)
		wait(t, tab, heights+`.some(h => h > 300)`)
		do(t, tab, chromedp.Sleep(300*time.Millisecond))
		told := evaluate[[]int](t, tab, heights)
		if fits := evaluate[bool](t, frame, `document.documentElement.scrollHeight <= innerHeight`); !fits {
			t.Error("the card does not fit the height that it asked for")
		}
		if slices.Sort(told); told[0] != 300 || told[len(told)-1] > 1000 || len(slices.Compact(slices.Clone(told))) != 2 {
			t.Errorf("the heights told are %v, want 300 and one more", told)
		}
	})
	for name, press := range map[string]func(t *testing.T, frame context.Context){
		"the action": func(t *testing.T, frame context.Context) { click(t, tab, frame, ".act") },
		"the source": func(t *testing.T, frame context.Context) { click(t, tab, frame, "footer a") },
		"the action by key": func(t *testing.T, frame context.Context) {
			do(t, tab, chromedp.KeyEvent("\t"))
			wait(t, frame, `document.hasFocus() && document.activeElement.matches(".act")`)
			do(t, tab, chromedp.KeyEvent("\r"))
		},
	} {
		t.Run(name+" opens the loan's page in place of the host", func(t *testing.T) {
			press(t, shown(t, wpEmbed+x.wordpress(t, secret)+atOnce))
			want := fmt.Sprintf("%s/lend/%d", x.base, firstLoan)
			if got := arrived(t, tab, want); got != want {
				t.Errorf("the reader is at %s, want %s", got, want)
			}
		})
	}
	t.Run("with a modifier the press is the browser's", func(t *testing.T) {
		frame := shown(t, wpEmbed+x.wordpress(t, secret)+atOnce)
		taken := evaluate[[]bool](t, frame, `["shiftKey", "ctrlKey", "altKey", "metaKey", "none"].map(key => {
			let taken
			addEventListener("click", e => { taken = e.defaultPrevented; e.preventDefault() }, {once: true})
			document.querySelector(".act").dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, [key]: true}))
			return taken
		})`)
		if want := []bool{false, false, false, false, true}; !slices.Equal(taken, want) {
			t.Errorf("taken from the browser: %v, want %v", taken, want)
		}
	})
	t.Run("the card for what is not there speaks as well", func(t *testing.T) {
		gone := fmt.Sprintf(`<iframe class="wp-embedded-content" sandbox="allow-scripts" style="visibility:hidden" width=450 height=300 src="%s/embed/999999#?secret=%s" data-secret="%s"></iframe>`, x.loans.URL, secret, secret)
		frame := shown(t, wpEmbed+gone+atOnce)
		if got := evaluate[bool](t, frame, `document.querySelector("main.gone") !== null`); !got {
			t.Error("this is another card")
		}
		talk = slices.DeleteFunc(talk, func(text string) bool { return strings.Contains(text, "status of 404") }) // its own
	})
	quiet(t, append(talk, console()...))
}

func TestFrameInWordPressLeadsNowhereElse(t *testing.T) {
	thorough(t)
	x := newExhibition(t, "localhost")
	tab, console := browser(t)
	do(t, tab, chromedp.EmulateViewport(800, 600), chromedp.Navigate(x.host(wpEmbed+x.wordpress(t, secret)+atOnce)))
	wait(t, tab, `heard.some(m => m.secret)`)
	frame, talk := inside(t, tab, x.loans.URL)
	click(t, tab, frame, ".act")
	wait(t, tab, `heard.some(m => m.message === "link")`)
	if got, want := evaluate[string](t, tab, `heard.find(m => m.message === "link").value`), fmt.Sprintf("%s/lend/%d", x.base, firstLoan); got != want {
		t.Errorf("the link told is %s, want %s", got, want)
	}
	do(t, tab, chromedp.Sleep(300*time.Millisecond))
	if got := evaluate[string](t, tab, `location.origin`); got != x.hosts.URL {
		t.Errorf("the reader was taken to %s", got)
	}
	quiet(t, append(talk, console()...))
}

// wait waits until an expression is true.
func wait(t *testing.T, tab context.Context, expression string) {
	t.Helper()
	if _, err := chromedp.Run(tab, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(10*time.Second), chromedp.WithPollingInterval(20*time.Millisecond))); err != nil {
		heard, _ := chromedp.Run(tab, chromedp.Evaluate[string](`JSON.stringify(heard)`))
		t.Fatalf("%s: %v; heard %s", expression, err, heard)
	}
}

// inside is the frame whose address begins so, and what its console has said.
// Frames in a sandbox are targets of their own.
func inside(t *testing.T, tab context.Context, address string) (frame context.Context, said []string) {
	t.Helper()
	infos, err := chromedp.Targets(tab)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(infos, func(info *target.Info) bool {
		return info.Type == "iframe" && strings.HasPrefix(info.URL, address)
	})
	if i < 0 {
		t.Fatalf("no frame at %s", address)
	}
	var mu sync.Mutex
	listen := func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch event := event.(type) {
		case *log.EventEntryAdded:
			said = append(said, event.Entry.Text)
		case *runtime.EventExceptionThrown:
			said = append(said, event.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			said = append(said, "a call of console."+string(event.Type))
		}
	}
	// A listener from the start hears what was said before it came.
	frame, leave := chromedp.NewContext(tab, chromedp.WithTargetID(infos[i].TargetID), chromedp.WithDetachOnCancel(), chromedp.WithListener(listen))
	t.Cleanup(leave)
	do(t, frame, chromedp.Sleep(50*time.Millisecond))
	mu.Lock()
	defer mu.Unlock()
	return frame, slices.Clone(said)
}

// click presses the middle of an element in a frame with the mouse, once the
// frame feels the mouse over it: a frame that has only just been shown gets no
// presses yet.
func click(t *testing.T, tab, frame context.Context, selector string) {
	t.Helper()
	outer := evaluate[[]float64](t, tab, `(r => [r.left, r.top])((document.querySelector("loan-card")?.shadowRoot ?? document).querySelector("iframe").getBoundingClientRect())`)
	inner := evaluate[[]float64](t, frame, `(r => [r.left + r.width / 2, r.top + r.height / 2])(document.querySelector("`+selector+`").getBoundingClientRect())`)
	x, y := outer[0]+inner[0], outer[1]+inner[1]
	evaluate[chromedp.Void](t, frame, `window.felt = false; addEventListener("mousemove", () => { felt = true }, {once: true})`)
	for try := range 100 {
		do(t, tab, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x+float64(try%2), y), chromedp.Sleep(20*time.Millisecond))
		if evaluate[bool](t, frame, `felt`) {
			break
		}
	}
	do(t, tab, chromedp.MouseClickXY(x, y))
}

// arrived is the address of the tab when it is the wanted one, or after a while.
func arrived(t *testing.T, tab context.Context, want string) (at string) {
	t.Helper()
	for range 50 {
		var err error
		if at, err = chromedp.Run(tab, chromedp.Location()); err != nil {
			t.Fatal(err)
		}
		if at == want {
			break
		}
		do(t, tab, chromedp.Sleep(50*time.Millisecond))
	}
	return at
}

func quiet(t *testing.T, messages []string) {
	t.Helper()
	for _, text := range messages {
		t.Errorf("the console says: %s", text)
	}
}
