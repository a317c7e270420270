// Package smoke looks at what the program makes with the eyes of a browser. It
// has tests only, and needs a Chromium on the machine: without one they are
// skipped, except where CI=true promises one.
package smoke

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"

	"loanleaf/public"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// browser starts a Chromium for one test and returns the context of its tab,
// and what its console says until the test ends. A browser that hangs fails its
// test after a minute and a half, or after ten where it has a whole matrix to show.
func browser(t *testing.T, more ...chromedp.ExecAllocatorOption) (tab context.Context, console func() []string) {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("no chromium on this machine, and CI=true")
		}
		t.Skip("no chromium on this machine")
	}
	// With scroll bars, which take room on most desks and are off by default here.
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("hide-scrollbars", false))
	options = append(options, more...)
	most := 90 * time.Second
	if *matrix {
		most = 10 * time.Minute
	}
	patience, lose := context.WithTimeout(t.Context(), most)
	t.Cleanup(lose)
	allocator, stop := chromedp.NewExecAllocator(patience, options...)
	t.Cleanup(stop)
	tab, leave := chromedp.NewContext(allocator)
	t.Cleanup(leave)

	listening, end := context.WithCancel(tab)
	messages := chromedp.Console(listening)
	return tab, func() (texts []string) {
		// What the page said last is on its way still.
		do(t, tab, chromedp.Sleep(100*time.Millisecond))
		time.AfterFunc(100*time.Millisecond, end)
		for m, err := range messages {
			if err != nil {
				break
			}
			texts = append(texts, m.Text)
		}
		return texts
	}
}

func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

func evaluate[T any](t *testing.T, tab context.Context, script string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// stage is a server of widget documents and of host pages that frame them.
type stage struct {
	*httptest.Server
	bodies map[string]string // by path
	shell  templates.WidgetShell

	mu      sync.Mutex
	unknown []string // paths asked for that are not there
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{bodies: map[string]string{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	s.shell = templates.NewWidgetShell(public.Embedded(), []string{s.URL})
	return s
}

// ServeHTTP answers with the drawing, a body, or 404.
func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, found := s.bodies[r.URL.Path]
	switch {
	case strings.HasPrefix(r.URL.Path, "/img/"):
		w.Header().Set("Content-Type", "image/svg+xml")
		body = drawing
	case r.URL.Path == "/favicon.ico":
		w.WriteHeader(http.StatusNoContent)
		return
	case !found:
		s.mu.Lock()
		s.unknown = append(s.unknown, r.URL.Path)
		s.mu.Unlock()
		http.NotFound(w, r)
		return
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	// A browser that leaves early is no matter of the test's.
	_, _ = w.Write([]byte(body))
}

// missed are the paths that a page asked for and that are not there.
func (s *stage) missed() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.unknown)
}

// put makes a document reachable at /embed/<name>.
func (s *stage) put(t *testing.T, name string, document templ.Component) {
	t.Helper()
	var b bytes.Buffer
	if err := document.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	s.bodies["/embed/"+name] = b.String()
}

// cast puts every fixture on the stage, with and without a picture, from left to
// right and from right to left, and returns their names.
func (s *stage) cast(t *testing.T) (names []string) {
	t.Helper()
	put := func(name string, document templ.Component) {
		s.put(t, name, document)
		names = append(names, name)
	}
	for _, direction := range []string{"ltr", "rtl"} {
		for _, c := range cards() {
			l, g := c.loan, gone()
			if direction == "rtl" {
				l.Language, g.Language = tag("ar"), tag("ar")
			}
			name := c.name + "-" + direction
			if c.name == "gone" {
				put(name, templates.GoneWidget(g, s.shell))
				continue
			}
			put(name, templates.WidgetDocument(l, s.shell))
			if !l.Anonymous {
				put(name+"-photo", templates.WidgetDocument(withPicture(l, s.URL+"/img/1.svg"), s.shell))
			}
		}
	}
	return names
}

// card is a fixture and its name.
type card struct {
	name string
	loan view.Loan
}

func cards() []card {
	return append(states(),
		card{"standard", standard()}, card{"arabic", arabic()}, card{"long", long()},
		card{"group", group()}, card{"idle", idle()}, card{"short", short()}, card{name: "gone"})
}
