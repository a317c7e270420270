package server_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"loanleaf/generator"
	"loanleaf/generator/docs"
	"loanleaf/generator/output"
	"loanleaf/generator/pack"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
	"loanleaf/store"
)

// bothHosts serve one site from a folder of files and packed.
func bothHosts(t *testing.T) (hosts map[string]http.Handler, files map[string]bool) {
	t.Helper()
	loans := sampleStore(t)
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: locale.Shipped()[:2], OEmbed: site.Static,
		Images: site.NoImages, Cards: func(id int64) bool { return id%50 == 1 },
	})
	if err != nil {
		t.Fatal(err)
	}
	return hostsOf(t, s, loans, documentsOf(t, s), "")
}

// hostsOf builds a site twice, and serves it from a folder of files and packed.
func hostsOf(t *testing.T, s *site.Site, loans *store.Store, documents []*docs.Tree, root string) (hosts map[string]http.Handler, files map[string]bool) {
	t.Helper()
	plain, packed := buildFolder(t, s, loans, documents), filepath.Join(t.TempDir(), "packed")
	out, err := output.Open(packed, output.Options{SkipSync: true})
	if err != nil {
		t.Fatal(err)
	}
	into, err := pack.Begin(out)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Abort()
	err = generator.Build(t.Context(), s, loans, dataDate, into, generator.Options{
		Workers: 2, Picture: sample.Picture, Documents: documents, Outputs: generator.Outputs{Page: true, Widget: true, OEmbed: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := into.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	hosts = map[string]http.Handler{}
	for name, dir := range map[string]string{"plain": plain, "packed": packed} {
		host, err := server.Folder(dir, root)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { host.Close() })
		hosts[name] = host
	}
	return hosts, filesOf(t, plain)
}

// fetch asks a host for a path; headers are "Name: value".
func fetch(t *testing.T, host http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, (&url.URL{Path: path}).EscapedPath(), nil)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	host.ServeHTTP(w, r)
	return w
}

// content is a body without its compression.
func content(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	if w.Header().Get("Content-Encoding") == "" {
		return w.Body.String()
	}
	in, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestAPackedSiteIsServedAsItsFilesAre asks for every file of a site, by its
// address and by its name, and for some that are not there.
func TestAPackedSiteIsServedAsItsFilesAre(t *testing.T) {
	hosts, files := bothHosts(t)
	paths := []string{"/", "/lend", "/nowhere", "/es/nowhere", "/country/ke", "/lend/1", "/.loanleaf/manifest", "/packs/index", "/docs//index.html", "/_headers", "/lend/"}
	for name := range files {
		paths = append(paths, "/"+name)
		if address, ok := strings.CutSuffix(name, ".html"); ok {
			paths = append(paths, "/"+strings.TrimSuffix(address, "index"))
		}
	}
	compressed := 0
	for _, path := range paths {
		for _, encoding := range []string{"Accept-Encoding: gzip", "Accept-Encoding: gzip;q=0, *"} {
			plain, packed := fetch(t, hosts["plain"], http.MethodGet, path, encoding), fetch(t, hosts["packed"], http.MethodGet, path, encoding)
			if plain.Code != packed.Code || content(t, plain) != content(t, packed) {
				t.Errorf("%s, %s: %d and %d bytes, packed %d and %d", path, encoding, plain.Code, plain.Body.Len(), packed.Code, packed.Body.Len())
			}
			if packed.Header().Get("Content-Encoding") != "" {
				compressed++
			}
			for _, name := range []string{"Content-Type", "ETag", "Vary", "Content-Encoding", "Cache-Control", "Content-Security-Policy", "Location", "Accept-Ranges"} {
				if a, b := plain.Header().Get(name), packed.Header().Get(name); a != b {
					t.Errorf("%s, %s: %s is %q, packed %q", path, encoding, name, a, b)
				}
			}
		}
	}
	if compressed < len(files)/2 {
		t.Errorf("%d answers were compressed, of %d files", compressed, len(files))
	}
}

func TestPartsOfFilesAndConditions(t *testing.T) {
	hosts, files := bothHosts(t)
	page := "/"
	for name := range files {
		if address, ok := strings.CutSuffix(name, ".html"); ok && strings.HasPrefix(name, "lend/") {
			page = "/" + address
		}
	}
	for name, host := range hosts {
		whole := fetch(t, host, http.MethodGet, page)
		tag, body := whole.Header().Get("ETag"), whole.Body.String()
		zipped := fetch(t, host, http.MethodGet, page, "Accept-Encoding: gzip")
		zippedTag, zippedBody := zipped.Header().Get("ETag"), zipped.Body.String()
		if whole.Code != 200 || len(body) < 1000 || tag == zippedTag || len(zippedBody) >= len(body) {
			t.Fatalf("%s: %d, %d bytes %s, zipped %d %s", name, whole.Code, len(body), tag, len(zippedBody), zippedTag)
		}
		size := len(body)
		for _, c := range []struct {
			what    string
			method  string
			headers []string
			code    int
			body    string
			part    string
		}{
			{"the first bytes", "GET", []string{"Range: bytes=0-9"}, 206, body[:10], "bytes 0-9/" + strconv.Itoa(size)},
			{"from somewhere on", "GET", []string{"Range: bytes=100-"}, 206, body[100:], "bytes 100-" + strconv.Itoa(size-1) + "/" + strconv.Itoa(size)},
			{"the last bytes", "GET", []string{"Range: bytes=-7"}, 206, body[size-7:], "bytes " + strconv.Itoa(size-7) + "-" + strconv.Itoa(size-1) + "/" + strconv.Itoa(size)},
			{"more than there is", "GET", []string{"Range: bytes=5-99999999"}, 206, body[5:], "bytes 5-" + strconv.Itoa(size-1) + "/" + strconv.Itoa(size)},
			{"far more than there is", "GET", []string{"Range: Bytes=5-99999999999999999999"}, 206, body[5:], "bytes 5-" + strconv.Itoa(size-1) + "/" + strconv.Itoa(size)},
			{"far behind the end", "GET", []string{"Range: bytes=99999999999999999999-"}, 416, "", "bytes */" + strconv.Itoa(size)},
			{"only what it was", "GET", []string{`If-Match: "other", ` + tag, "Range: bytes=0-9"}, 206, body[:10], "bytes 0-9/" + strconv.Itoa(size)},
			{"only what it was, compressed", "GET", []string{"If-Match: " + zippedTag, "Accept-Encoding: gzip"}, 200, zippedBody, ""},
			{"only what there is", "HEAD", []string{"If-Match: *"}, 200, "", ""},
			{"only what it is not", "GET", []string{`If-Match: "other"`, "If-None-Match: " + tag}, 412, "", ""},
			{"only what it was, weakly", "GET", []string{"If-Match: W/" + tag}, 412, "", ""},
			{"behind the end", "GET", []string{"Range: bytes=99999999-"}, 416, "", "bytes */" + strconv.Itoa(size)},
			{"nothing at the end", "GET", []string{"Range: bytes=-0"}, 416, "", "bytes */" + strconv.Itoa(size)},
			{"backwards", "GET", []string{"Range: bytes=9-5"}, 200, body, ""},
			{"two parts", "GET", []string{"Range: bytes=0-1,5-6"}, 200, body, ""},
			{"other units", "GET", []string{"Range: lines=0-1"}, 200, body, ""},
			{"no number", "GET", []string{"Range: bytes=a-b"}, 200, body, ""},
			{"a HEAD", "HEAD", []string{"Range: bytes=0-9"}, 200, "", ""},
			{"if it is the same", "GET", []string{"Range: bytes=0-9", "If-Range: " + tag}, 206, body[:10], "bytes 0-9/" + strconv.Itoa(size)},
			{"if it is another", "GET", []string{"Range: bytes=0-9", `If-Range: "other"`}, 200, body, ""},
			{"if it is that which is not compressed", "GET", []string{"Range: bytes=0-9", "If-Range: " + tag, "Accept-Encoding: gzip"}, 200, zippedBody, ""},
			{"of what is compressed", "GET", []string{"Range: bytes=0-9", "If-Range: " + zippedTag, "Accept-Encoding: gzip"}, 206, zippedBody[:10], "bytes 0-9/" + strconv.Itoa(len(zippedBody))},
			{"what the client has", "GET", []string{"If-None-Match: " + tag}, 304, "", ""},
			{"what the client has compressed", "GET", []string{"If-None-Match: W/" + zippedTag, "Accept-Encoding: gzip"}, 304, "", ""},
			{"what the client has, in part", "GET", []string{"If-None-Match: " + tag, "Range: bytes=0-9"}, 304, "", ""},
			{"what the client has otherwise", "GET", []string{`If-None-Match: "other"`}, 200, body, ""},
		} {
			w := fetch(t, host, c.method, page, c.headers...)
			got := w.Body.String()
			if c.code == 416 || c.code == 412 {
				got = ""
			}
			if w.Code != c.code || got != c.body || w.Header().Get("Content-Range") != c.part {
				t.Errorf("%s, %s: %d, %d bytes, part %q; want %d, %d bytes, %q", name, c.what, w.Code, len(got), w.Header().Get("Content-Range"), c.code, len(c.body), c.part)
			}
			if c.method == "HEAD" && w.Header().Get("Content-Length") != strconv.Itoa(size) {
				t.Errorf("%s, %s: length %s", name, c.what, w.Header().Get("Content-Length"))
			}
		}
		if gone := fetch(t, host, http.MethodGet, "/nowhere", "Range: bytes=0-9"); gone.Code != 404 || gone.Header().Get("ETag") != "" {
			t.Errorf("%s: part of what is not there: %d %q", name, gone.Code, gone.Header())
		}
	}
}
