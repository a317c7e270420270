package smoke

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loanleaf/command"
	"loanleaf/generator/watch"
)

// desk is a dev at work: a folder that somebody edits, and the address at which
// it is shown.
type desk struct {
	t       *testing.T
	dir     string
	address string // http://127.0.0.1:1234
	stop    func()
	said    printed
}

// printed is what the program prints, from several goroutines.
type printed struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.Write(b)
}

func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.text.String()
}

// dev starts "loanleaf dev" on a folder with these files, its settings in
// site.yaml and the files beside the pages in public.
func dev(t *testing.T, files map[string]string) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir()}
	if err := os.CopyFS(d.path("public"), os.DirFS("../public")); err != nil {
		t.Fatal(err)
	}
	for name, body := range files {
		d.save(name, body)
	}
	d.start("127.0.0.1:0")
	return d
}

func (d *desk) start(addr string) {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	opened := make(chan string, 1)
	p := &command.Program{
		Args: []string{"dev", "--addr", addr, "--config", d.path("site.yaml"), "--public", d.path("public")},
		Out:  &d.said, Err: &d.said, Now: time.Now,
		LookupEnv: func(string) (string, bool) { return "", false },
		CacheDir:  func() (string, error) { return d.path("cache"), nil },
		Listen: func(network, address string) (net.Listener, error) {
			l, err := net.Listen(network, address)
			if err == nil {
				opened <- l.Addr().String()
			}
			return l, err
		},
	}
	ended := make(chan int, 1)
	go func() { ended <- p.Run(ctx) }()
	d.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != 0 {
			d.t.Errorf("it ended with %d: %s", code, d.said.String())
		}
	})
	d.t.Cleanup(d.stop)
	select {
	case address := <-opened:
		d.address = "http://" + address
	case <-time.After(20 * time.Second):
		d.t.Fatalf("it does not listen: %s", d.said.String())
	}
}

func (d *desk) path(name string) string { return filepath.Join(d.dir, name) }

// save writes a file as most editors do, and gives the time.
func (d *desk) save(name, body string) time.Time {
	d.t.Helper()
	if err := os.WriteFile(d.path(name+"~"), []byte(body), 0o644); err != nil {
		d.t.Fatal(err)
	}
	began := time.Now()
	if err := os.Rename(d.path(name+"~"), d.path(name)); err != nil {
		d.t.Fatal(err)
	}
	return began
}

// until waits for an expression through reloads of the page, which chromedp's
// own polling does not live through.
func until(t *testing.T, tab context.Context, expression string) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		var is bool
		if is, err = chromedp.Run(tab, chromedp.Evaluate[bool](expression)); err == nil && is {
			return
		}
	}
	body, _ := chromedp.Run(tab, chromedp.Evaluate[string](`document.documentElement.outerHTML.slice(0, 2000)`))
	t.Fatalf("%s does not become true: %v\n%s", expression, err, body)
}

// Expressions about what a page shows.
const (
	overlay  = `document.querySelector("loanleaf-problems")?.shadowRoot`
	noPanel  = `document.readyState === "complete" && !document.querySelector("loanleaf-problems")`
	siteName = `document.querySelector(".brand bdi")?.textContent`
)

func TestDevShowsWhatIsSaved(t *testing.T) {
	thorough(t)
	d := dev(t, map[string]string{"site.yaml": "name: First\n"})
	tab, console := browser(t)
	do(t, tab, chromedp.Navigate(d.address+"/"))
	until(t, tab, siteName+` === "First"`)

	t.Run("a setting, soon after it was quiet", func(t *testing.T) {
		var took []time.Duration
		for i := range 5 {
			name := fmt.Sprint("Name ", i)
			began := d.save("site.yaml", "name: "+name+"\n")
			until(t, tab, siteName+` === "`+name+`" && document.readyState === "complete"`)
			shown := evaluate[float64](t, tab, `performance.timeOrigin + performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd`)
			took = append(took, time.UnixMicro(int64(shown*1000)).Sub(began).Round(time.Millisecond))
		}
		t.Logf("from the save to the page with its new words: %s; wanted %s", took, watch.Quiet+200*time.Millisecond)
		// The machine that runs this may be busy with other tests.
		if least, most := slices.Min(took), time.Second; least > most {
			t.Errorf("it took %s at least, and %s is the most", least, most)
		}
	})
	t.Run("what is wrong, over the page with file and line, until it is mended", func(t *testing.T) {
		began := d.save("site.yaml", "name: Third\n\"<b>nmae</b>\": x\n")
		until(t, tab, overlay+`?.querySelector("[role=alert] pre") != null`)
		t.Logf("from the save to the words over the page: %s", time.Since(began).Round(time.Millisecond))
		text := evaluate[string](t, tab, overlay+`.querySelector("pre").textContent`)
		if !strings.HasSuffix(text, `site.yaml:2:1: there is no setting "<b>nmae</b>"`) {
			t.Errorf("it says %s", text)
		}
		if got := evaluate[int](t, tab, overlay+`.querySelectorAll("b").length`); got != 0 {
			t.Error("what is wrong is read as HTML")
		}
		if name := evaluate[string](t, tab, siteName); name != "Name 4" {
			t.Errorf("the page under it is of %s", name)
		}
		if !strings.Contains(d.said.String(), `site.yaml:2:1: there is no setting "<b>nmae</b>"`) {
			t.Errorf("the terminal says %s", d.said.String())
		}
		do(t, tab, chromedp.Navigate(d.address+"/lend/100001"))
		until(t, tab, overlay+`?.querySelector("pre") != null`)
		began = d.save("site.yaml", "name: Third\n")
		until(t, tab, siteName+` === "Third" && `+noPanel)
		t.Logf("from the save to the page without them: %s", time.Since(began).Round(time.Millisecond))
	})
	t.Run("what was closed stays closed until it is another", func(t *testing.T) {
		d.save("site.yaml", "nmae: x\n")
		until(t, tab, overlay+`?.querySelector("pre") != null`)
		evaluate[chromedp.Void](t, tab, overlay+`.querySelector("button").click()`)
		do(t, tab, chromedp.Navigate(d.address+"/"))
		do(t, tab, chromedp.Sleep(500*time.Millisecond))
		if shown := evaluate[bool](t, tab, `!(`+noPanel+`)`); shown {
			t.Error("it is shown again")
		}
		d.save("site.yaml", "naem: x\n")
		until(t, tab, overlay+`?.querySelector("pre")?.textContent.includes("naem")`)
		d.save("site.yaml", "name: Fourth\n")
		until(t, tab, siteName+` === "Fourth" && `+noPanel)
		d.save("site.yaml", "naem: x\n")
		until(t, tab, overlay+`?.querySelector("pre")?.textContent.includes("naem")`)
		d.save("site.yaml", "name: Fourth\n")
		until(t, tab, siteName+` === "Fourth" && `+noPanel)
	})
	t.Run("a style, without fetching the page again", func(t *testing.T) {
		evaluate[chromedp.Void](t, tab, `window.stays = true`)
		css, err := os.ReadFile("../public/site.css")
		if err != nil {
			t.Fatal(err)
		}
		began := d.save("public/site.css", string(css)+"body{background:rgb(1,2,3)}\n")
		until(t, tab, `getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)" && document.querySelectorAll("link[rel=stylesheet]").length === 1`)
		t.Logf("from the save to the new style: %s", time.Since(began).Round(time.Millisecond))
		if !evaluate[bool](t, tab, `window.stays === true`) {
			t.Error("the page was fetched again")
		}
		d.save("public/icon.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`)
		until(t, tab, `window.stays === undefined && document.readyState === "complete"`)
	})
	for _, said := range console() {
		t.Errorf("the console says %s", said)
	}
}

func TestDevWaitsForWhatIsWrongAtTheStart(t *testing.T) {
	thorough(t)
	d := dev(t, map[string]string{"site.yaml": "nmae: First\n"})
	tab, _ := browser(t)
	do(t, tab, chromedp.Navigate(d.address+"/lend/100001"))
	until(t, tab, `document.body.textContent.includes('site.yaml:1:1: there is no setting "nmae"')`)
	until(t, tab, overlay+`?.querySelector("pre") != null`)
	d.save("site.yaml", "name: First\n")
	until(t, tab, siteName+` === "First" && `+noPanel)

	// A widget that is opened by itself is fetched again like a page.
	do(t, tab, chromedp.Navigate(d.address+"/embed/100001"))
	d.save("site.yaml", "name: Widget\n")
	until(t, tab, `document.title === "Widget - Mai's Loan"`)
	do(t, tab, chromedp.Navigate(d.address+"/lend/100001"))

	// The next dev at the same address finds the pages of the last one.
	d.stop()
	d.save("site.yaml", "name: Second\n")
	d.start(strings.TrimPrefix(d.address, "http://"))
	until(t, tab, siteName+` === "Second"`)
}
