package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"loanleaf/command"
	"loanleaf/oembed/check"
)

// world is what the program meets in these tests: a folder to work in, a cache
// directory, what it printed.
type world struct {
	t        *testing.T
	dir      string
	out, err words
	hangup   chan os.Signal
	web      *served // the last one
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{t: t, dir: t.TempDir(), hangup: make(chan os.Signal)}
}

// words are what the program prints, from as many goroutines as it likes.
type words struct {
	mu   sync.Mutex
	text bytes.Buffer
	also *words // the terminal that shows both streams
}

func (w *words) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.also != nil {
		w.also.Write(p)
	}
	return w.text.Write(p)
}

// take gives what was printed since the last call.
func (w *words) take() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	defer w.text.Reset()
	return w.text.String()
}

func (w *words) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

func (w *world) path(name string) string { return filepath.Join(w.dir, name) }

// write puts a file into the folder.
func (w *world) write(name, body string) string {
	w.t.Helper()
	path := w.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o644); err != nil {
		w.t.Fatal(err)
	}
	return path
}

func (w *world) program(args []string) *command.Program {
	p := &command.Program{
		Args: args, Out: &w.out, Err: &w.err,
		// A clock that stands still: a slow machine prints the same words.
		Now:       func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
		LookupEnv: func(string) (string, bool) { return "", false },
		CacheDir:  func() (string, error) { return w.path("cache"), nil },
		Reload:    func() <-chan os.Signal { return w.hangup },
	}
	if w.web != nil {
		p.Fetcher = w.web
	}
	return p
}

// run runs a command that ends by itself and gives its exit code.
func (w *world) run(args ...string) int {
	return w.program(args).Run(w.t.Context())
}

// served is a serve that is running.
type served struct {
	t      *testing.T
	client *http.Client
	stop   func() int
	opened chan net.Listener // those beside the first, as they were opened
}

// serve runs serve until the test ends or stop is called, on a free port that
// the program takes for the one it asked for. stop gives the exit code.
func (w *world) serve(args ...string) *served { w.t.Helper(); return w.start("serve", args...) }

// start runs serve or dev so.
func (w *world) start(command string, args ...string) *served {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	opened := make(chan net.Listener, 3)
	p := w.program(append([]string{command}, args...))
	p.Listen = func(network, address string) (net.Listener, error) {
		l, err := net.Listen(network, "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		opened <- l
		return claimed{l, claimedAddr(address)}, nil
	}
	ended := make(chan int, 1)
	go func() { ended <- p.Run(ctx) }()
	s := &served{t: w.t, opened: opened, stop: sync.OnceValue(func() int { cancel(); return <-ended })}
	w.t.Cleanup(func() { s.stop() })
	var address string
	select {
	case l := <-opened:
		address = l.Addr().String()
	case code := <-ended:
		ended <- code
		w.t.Fatalf("%s ended with %d: %s", command, code, w.err.String())
	}
	s.client = &http.Client{
		Transport: &http.Transport{
			DisableCompression: true,
			DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return new(net.Dialer).DialContext(ctx, network, address)
			},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	w.t.Cleanup(s.client.CloseIdleConnections)
	w.web = s
	for !strings.Contains(w.out.String(), "Ctrl-C stops it\n") {
		select {
		case code := <-ended:
			ended <- code
			w.t.Fatalf("%s ended with %d: %s", command, code, w.err.String())
		case <-time.After(5 * time.Millisecond):
		}
	}
	return s
}

// claimed is a listener that says it listens where it was asked to: answers
// are then the same bytes whichever port was free.
type claimed struct {
	net.Listener
	addr claimedAddr
}

func (c claimed) Addr() net.Addr { return c.addr }

type claimedAddr string

func (claimedAddr) Network() string  { return "tcp" }
func (a claimedAddr) String() string { return string(a) }

// answer is an answer with everything in it that reaches a client.
type answer struct {
	code   int
	header http.Header
	body   string
}

func (a answer) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "HTTP/1.1 %d\n", a.code)
	a.header.Write(&b)
	return b.String() + "\n" + a.body
}

// get asks for a path, or for a whole address.
func (s *served) get(address string, headers ...string) answer {
	s.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = "http://127.0.0.1:8080" + address
	}
	request, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, address, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ":")
		request.Header.Set(name, strings.TrimSpace(value))
	}
	response, err := s.client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header, string(body)}
}

// Fetch implements check.Fetcher: a check asks the server that is running.
func (s *served) Fetch(_ context.Context, r check.Request) (*check.Response, error) {
	got := s.get(r.URL, "User-Agent: "+r.UserAgent)
	return &check.Response{URL: r.URL, Status: got.code, Header: got.header, Body: []byte(got.body)}, nil
}
