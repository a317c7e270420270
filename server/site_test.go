package server_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/server/httpscript"
	"loanleaf/site"
	"loanleaf/store"
)

// pathConfig is the sample under a base address with a path.
func pathConfig(t testing.TB, loans *store.Store) server.Config {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example/of/ours", Name: "Loans", Languages: []string{"en"},
		Images: site.ServedImages, Gallery: drawings{}, OEmbed: "https://loans.example/of/ours/services/oembed",
	})
	if err != nil {
		t.Fatal(err)
	}
	return server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture, Loans: loans.Counts().Loans}
}

func TestSite(t *testing.T) {
	loans := sampleStore(t)
	httpscript.Test(t, "testdata/site/*.txt", func(t *testing.T) http.Handler {
		web, err := server.New(pathConfig(t, loans))
		if err != nil {
			t.Fatal(err)
		}
		return web
	})
}

func TestCompressedPagesUnpackToThePage(t *testing.T) {
	web, err := server.New(pathConfig(t, sampleStore(t)))
	if err != nil {
		t.Fatal(err)
	}
	get := func(encoding string) []byte {
		r := httptest.NewRequest(http.MethodGet, "/of/ours/lend/100001", nil)
		r.Header.Set("Accept-Encoding", encoding)
		w := httptest.NewRecorder()
		web.ServeHTTP(w, r)
		return w.Body.Bytes()
	}
	packed, err := gzip.NewReader(bytes.NewReader(get("gzip")))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(packed); err != nil || !bytes.Equal(got, get("")) {
		t.Errorf("unpacked to %d bytes, %v", len(got), err)
	}
}

// failing is a source whose disk is on fire, or that panics.
type failing struct {
	server.Source
	panics bool
}

func (f failing) Loan(context.Context, int64) (kiva.Loan, error) {
	if f.panics {
		panic("secret of the store")
	}
	return kiva.Loan{}, errors.New("read /secret/path: input/output error")
}

func TestFaultsStayInside(t *testing.T) {
	for _, panics := range []bool{false, true} {
		var log bytes.Buffer
		config := pathConfig(t, sampleStore(t))
		config.Source, config.Logger = failing{config.Source, panics}, slog.New(slog.NewTextHandler(&log, nil))
		web, err := server.New(config)
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/of/ours/lend/100001", nil))
		if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("panics %v: %d %q %q", panics, w.Code, w.Body, w.Header())
		}
		if !strings.Contains(log.String(), "secret") {
			t.Errorf("panics %v: the log does not say what happened: %s", panics, log.String())
		}
	}
}

// TestReloadWhileAsked swaps data in under requests: every answer is whole and
// of one of the two states, and each state is closed once, after its last
// request.
func TestReloadWhileAsked(t *testing.T) {
	loans := sampleStore(t)
	var mu sync.Mutex
	closed := 0
	next := func() server.Config {
		config := pathConfig(t, loans)
		config.Close = func() error {
			mu.Lock()
			defer mu.Unlock()
			closed++
			return nil
		}
		return config
	}
	web, err := server.New(next())
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				w := httptest.NewRecorder()
				web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/of/ours/lend/100001", nil))
				if w.Code != http.StatusOK || !strings.HasSuffix(w.Body.String(), "</html>") {
					t.Errorf("%d, %d bytes", w.Code, w.Body.Len())
					return
				}
			}
		})
	}
	const reloads = 50
	for range reloads {
		web.Reload(next())
	}
	close(stop)
	asking.Wait()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		mu.Lock()
		n := closed
		mu.Unlock()
		if n == reloads {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d old states are closed", n, reloads)
		}
	}
}

func TestRunStopsWhenAskedAndClosesItsData(t *testing.T) {
	config := pathConfig(t, sampleStore(t))
	closed := make(chan struct{})
	config.Close = func() error { close(closed); return nil }
	web, err := server.New(config)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- web.Run(ctx, listener) }()
	answer, err := http.Get("http://" + listener.Addr().String() + "/of/ours/lend/100001")
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
	stop()
	if err := <-ended; err != nil {
		t.Errorf("a clean stop says %v", err)
	}
	<-closed
}

func TestFolderIsServedAsAFileHostWould(t *testing.T) {
	dir := t.TempDir()
	for name, body := range map[string]string{
		"index.html": "home", "404.html": "nothing here", "lend/5.html": "loan", "country/ke/index.html": "Kenya",
		"services/oembed/lend/5.json": "{}", ".loanleaf/manifest": "ours", "assets/site.css": "a{}",
		"docs/404.html": "no document", "docs/a.md": "# A",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	outside := filepath.Join(t.TempDir(), "secret.html")
	if err := os.WriteFile(outside, []byte("secret"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "link.html")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.html"), 0o644); err != nil {
		t.Fatal(err)
	}
	host, err := server.Folder(dir, "/of/ours")
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	for _, c := range []struct {
		path, body, contentType, location string
		code                              int
	}{
		{path: "/of/ours/", code: 200, body: "home", contentType: "text/html; charset=utf-8"},
		{path: "/of/ours/lend/5", code: 200, body: "loan", contentType: "text/html; charset=utf-8"},
		{path: "/of/ours/country/ke/", code: 200, body: "Kenya", contentType: "text/html; charset=utf-8"},
		{path: "/of/ours/country/ke", code: 301, location: "/of/ours/country/ke/"},
		{path: "/of/ours/country/ke?a=b&c", code: 301, location: "/of/ours/country/ke/?a=b&c"},
		{path: "/of/ours/lend/5/", code: 301, location: "/of/ours/lend/5"},
		{path: "/of/ours/lend/5/?a=b", code: 301, location: "/of/ours/lend/5?a=b"},
		{path: "/of/ours/lend/5//", code: 404, body: "nothing here"},
		{path: "/of/ours//lend/5/", code: 404, body: "nothing here"},
		{path: "/of/ours/lend/", code: 404, body: "nothing here"},
		{path: "/of/ours/404/", code: 404, body: "nothing here"},
		{path: "/of/ours/.loanleaf/manifest/", code: 404, body: "nothing here"},
		{path: "/of/ours/services/oembed/lend/5.json?maxwidth=500", code: 200, body: "{}", contentType: "application/json; charset=utf-8"},
		{path: "/of/ours/assets/site.css", code: 200, body: "a{}", contentType: "text/css; charset=utf-8"},
		{path: "/of/ours/lend/6", code: 404, body: "nothing here", contentType: "text/html; charset=utf-8"},
		{path: "/of/ours/docs/a.md", code: 200, body: "# A", contentType: "text/markdown; charset=utf-8"},
		{path: "/of/ours/docs/b/c/d", code: 404, body: "no document"},
		{path: "/of/ours/docs/../../x", code: 404, body: "nothing here"},
		{path: "/of/ours/.loanleaf/manifest", code: 404, body: "nothing here"},
		{path: "/of/ours/link", code: 404, body: "nothing here"},
		{path: "/of/ours/pipe", code: 404, body: "nothing here"}, // nobody writes into it
		{path: "/of/ours/lend/../../../etc/passwd", code: 404, body: "nothing here"},
		{path: "/lend/5", code: 404, body: "nothing here"},
	} {
		w := httptest.NewRecorder()
		host.ServeHTTP(w, httptest.NewRequest(http.MethodGet, c.path, nil))
		if w.Code != c.code || (c.body != "" && w.Body.String() != c.body) || w.Header().Get("Location") != c.location ||
			(c.contentType != "" && w.Header().Get("Content-Type") != c.contentType) {
			t.Errorf("%s: %d %q %q", c.path, w.Code, w.Body, w.Header())
		}
	}
	if _, err := server.Folder(t.TempDir(), ""); err == nil || !strings.Contains(err.Error(), "not a built site") {
		t.Errorf("an empty folder: %v", err)
	}
}
