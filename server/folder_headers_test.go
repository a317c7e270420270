package server_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
)

// TestAServedFolderSendsTheHeadersOfTheServer asks for every address of a site from the
// server, and from what a build wrote, files and packed.
func TestAServedFolderSendsTheHeadersOfTheServer(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: one goroutine asks for every page")
	}
	loans := sampleStore(t)
	for _, kind := range []struct {
		base, root, endpoint string
		languages            []string
		cards                bool
	}{
		{"https://loans.example", "", site.Static, locale.Shipped()[:2], true},
		{"https://example.org/our/loans", "/our/loans", "https://example.org/our/loans/services/oembed", locale.Shipped(), false},
	} {
		root := kind.root
		s, err := site.New(site.Config{
			BaseURL: kind.base, Name: "Loanleaf", Languages: kind.languages, OEmbed: kind.endpoint, Images: site.ServedImages, Gallery: drawings{},
			Cards: func(id int64) bool { return kind.cards && id%50 == 1 },
		})
		if err != nil {
			t.Fatal(err)
		}
		documents := documentsOf(t, s)
		web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture, Documents: documents})
		if err != nil {
			t.Fatal(err)
		}
		hosts, _ := hostsOf(t, s, loans, documents, root)
		paths := []string{root + "/nothing", root + "/es/nothing", root + "/lend/1", root + "/ar/country/zz/", root + "/docs/nothing", root + "/es/docs/nothing", root + "/embed"}
		for _, want := range expected(t, s, loans, documents) {
			if want.code != http.StatusMovedPermanently { // a page stands there which leads on
				paths = append(paths, want.path)
			}
		}
		for name, host := range hosts {
			for _, path := range paths {
				want, got := httptest.NewRecorder(), httptest.NewRecorder()
				web.ServeHTTP(want, httptest.NewRequest(http.MethodGet, path, nil))
				host.ServeHTTP(got, httptest.NewRequest(http.MethodGet, path, nil))
				if got.Code != want.Code {
					t.Errorf("%s: %s: %d, the server says %d", name, path, got.Code, want.Code)
					continue
				}
				for _, name := range []string{"Accept-Ranges", "Link"} { // of files alone; of the endpoint, which a folder has not
					got.Header().Del(name)
					want.Header().Del(name)
				}
				if want.Code == http.StatusNotFound { // the pages say less in a folder
					got.Header().Del("Content-Length")
					want.Header().Del("Content-Length")
				}
				for header, values := range want.Header() {
					if said := got.Header().Values(header); strings.Join(said, "|") != strings.Join(values, "|") {
						t.Errorf("%s: %s: %s: %q, the server says %q", name, path, header, said, values)
					}
					got.Header().Del(header)
				}
				if len(got.Header()) > 0 {
					t.Errorf("%s: %s: the server does not say %v", name, path, got.Header())
				}
			}
		}
	}
}

// TestAFoldersOwnHeaders has folders that somebody else made.
func TestAFoldersOwnHeaders(t *testing.T) {
	folder := func(headers string) (*server.FolderHandler, error) {
		dir := t.TempDir()
		for name, text := range map[string]string{"index.html": "<p>home", "404.html": "<p>none", "a/b.html": "<p>b", "a/c.txt": "c", "_headers": headers} {
			file := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return server.Folder(dir, "")
	}
	host, err := folder("/*\n  X-All: yes\n  Content-Length: 7\n  ETag: \"mine\"\n/a/:name\n  X-Part: a\n\tx-all: and\n/a/b\n  Cache-Control: no-cache\n/a/c.txt\n  Content-Type: text/x-c\n")
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	ask := func(path string, headers ...string) *httptest.ResponseRecorder {
		return fetch(t, host, http.MethodGet, path, headers...)
	}
	for _, c := range []struct {
		path   string
		asked  []string
		code   int
		header http.Header
	}{
		{"/", nil, 200, http.Header{"X-All": {"yes"}, "X-Part": nil, "Content-Length": {"7"}, "Cache-Control": {"public, max-age=60"}}},
		{"/a/b", nil, 200, http.Header{"X-All": {"yes, and"}, "X-Part": {"a"}, "Content-Length": {"4"}, "Cache-Control": {"no-cache"}}},
		{"/a/b.html", nil, 200, http.Header{"X-Part": {"a"}, "Cache-Control": {"no-cache"}}},
		{"/a/c.txt", nil, 200, http.Header{"X-Part": {"a"}, "Content-Type": {"text/x-c"}}},
		{"/a/c.txt", []string{"Range: bytes=5-"}, 416, http.Header{"X-All": nil, "X-Part": nil, "Content-Type": {"text/plain; charset=utf-8"}}},
		{"/a/none", nil, 404, http.Header{"X-All": {"yes"}, "X-Part": nil, "Cache-Control": {"public, max-age=60"}}},
		{"/_headers", nil, 404, http.Header{"X-All": {"yes"}}},
	} {
		got := ask(c.path, c.asked...)
		if got.Code != c.code || strings.Contains(got.Header().Get("ETag"), "mine") {
			t.Errorf("%s %s: %d %v", c.path, c.asked, got.Code, got.Header())
		}
		for name, want := range c.header {
			if got := got.Header().Values(name); strings.Join(got, "|") != strings.Join(want, "|") {
				t.Errorf("%s %s: %s: %q, want %q", c.path, c.asked, name, got, want)
			}
		}
	}
	tag := ask("/a/b").Header().Get("ETag")
	if same := ask("/a/b", "If-None-Match: "+tag); same.Code != http.StatusNotModified || same.Header().Get("X-Part") != "a" {
		t.Errorf("what is kept: %d %v", same.Code, same.Header())
	}
	if _, err := folder("/\n  X-Good: 1\nX-Bad: 2\n"); err == nil || !strings.Contains(err.Error(), "_headers:3: ") {
		t.Errorf("headers that cannot be read: %v", err)
	}
}

// TestHeadersThatAreCopiedIntoAFolderAreSent puts files into a folder that is served, as
// rsync does: with the pages of another build come its headers.
func TestHeadersThatAreCopiedIntoAFolderAreSent(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		next := filepath.Join(dir, "."+name+".next")
		if err := os.WriteFile(next, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(next, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	put("index.html", "first")
	put("_headers", "/\n  X-Of: first\n")
	host, err := server.Folder(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	says := func(when, body, header string) {
		t.Helper()
		got := fetch(t, host, http.MethodGet, "/")
		if got.Code != http.StatusOK || got.Body.String() != body || got.Header().Get("X-Of") != header {
			t.Errorf("%s: %d %q, X-Of %q", when, got.Code, got.Body, got.Header().Get("X-Of"))
		}
	}
	says("as it was opened", "first", "first")
	put("index.html", "second")
	put("_headers", "/\n  X-Of: second\n")
	says("with the files of another", "second", "second")
	put("_headers", "/\nX-Of: third\n")
	says("with headers that cannot be read", "second", "second")
	if err := os.Remove(filepath.Join(dir, "_headers")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(1100 * time.Millisecond) // it looks again
	says("without headers", "second", "")
	put("_headers", "/\n  X-Of: fourth\n")
	says("with some again", "second", "fourth")
}
