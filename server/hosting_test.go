package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/generator/docs"
	"loanleaf/generator/hosting"
	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
)

// hosts are the programs that are run over a built site with the settings that
// the build wrote.
var hosts = []struct {
	program string
	// settings are those of the program itself, which has its files in dir: to
	// listen at an address, for the files below root, by what was built.
	settings func(dir, root, built, address string) string
	args     func(settings, dir string) []string
}{
	{"nginx", func(dir, root, built, address string) string {
		return fmt.Sprintf(`daemon off; master_process off; worker_processes 1; pid %[1]s/nginx.pid; error_log stderr crit;
events { worker_connections 64; }
http {
	access_log off; client_body_temp_path %[1]s/body; proxy_temp_path %[1]s/proxy; fastcgi_temp_path %[1]s/fastcgi;
	uwsgi_temp_path %[1]s/uwsgi; scgi_temp_path %[1]s/scgi;
	server { listen %[4]s; root %[2]s; include %[3]s/_nginx.conf; }
}
`, dir, root, built, address)
	}, func(settings, dir string) []string { return []string{"-p", dir, "-c", settings} }},
	{"caddy", func(dir, root, built, address string) string {
		return fmt.Sprintf("{\n\tadmin off\n\tauto_https off\n\tstorage file_system %s\n}\nhttp://%s {\n\troot * %s\n\timport %s/_Caddyfile\n}\n", dir, address, root, built)
	}, func(settings, dir string) []string {
		return []string{"run", "--adapter", "caddyfile", "--config", settings}
	}},
}

// TestFileHostsAnswerAsTheServerDoes builds the sample, serves it by the file
// hosts there are settings for, and compares what they say of every address with
// what our server says: status, headers, body.
func TestFileHostsAnswerAsTheServerDoes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the file hosts' goroutines are not ours")
	}
	loans := sampleStore(t, kiva.Refunded) // its card is that of an invented loan
	for base, endpoint := range map[string]string{"https://loans.example": site.Static, "https://example.org/our/loans": "https://example.org/our/loans/services/oembed"} {
		s, err := site.New(site.Config{
			BaseURL: base, Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: endpoint, Images: site.ServedImages, Gallery: drawings{},
		})
		if err != nil {
			t.Fatal(err)
		}
		documents := documentsOf(t, s)
		built := buildFolder(t, s, loans, documents)
		web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture, Documents: documents})
		if err != nil {
			t.Fatal(err)
		}
		prefix := strings.TrimSuffix(s.Path(site.Address{}), "/")
		root := built
		if prefix != "" {
			root = t.TempDir()
			if err := os.MkdirAll(filepath.Join(root, filepath.Dir(prefix)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(built, filepath.Join(root, prefix)); err != nil {
				t.Fatal(err)
			}
		}
		for _, host := range hosts {
			t.Run(host.program+" at "+base, func(t *testing.T) {
				if _, err := exec.LookPath(host.program); err != nil {
					if os.Getenv("CI") == "true" {
						t.Fatal(err)
					}
					t.Skipf("%s is not installed", host.program)
				}
				dir := t.TempDir()
				address := freeAddress(t)
				settings := filepath.Join(dir, "settings")
				if err := os.WriteFile(settings, []byte(host.settings(dir, root, built, address)), 0o600); err != nil {
					t.Fatal(err)
				}
				startHost(t, host.program, address, host.args(settings, dir)...)
				compared := 0
				for _, want := range expected(t, s, loans, documents) {
					compared++
					compareHost(t, web, address, want.path, true)
				}
				for _, path := range []string{"/lend/1", "/nothing", "/country/zz/", "/page/99", "/feeds/country/zz.rss", "/sector/", "/docs/nothing", "/es/docs/nothing", "/docs/nothing/", "/es/docs/nothing.html", "/docs/nothing/index.html", "/docs/nothing.md", "/fr/docs/nothing.md/", "/nothing.md", "/docs/404", "/es/docs/404", "/es/feeds/docs.rss", "/about/nothing", "/ar/nothing", "/es/lend/1", "/es/nothing", "/ar/country/zz/", "/fr/feeds/x.rss",
					"/services/oembed/lend/1.json", "/es/services/oembed/lend/1.xml", "/services/oembed/providers.xml", "/es/embed/x", "/embed/status/funded", "/services/oembed/country/zz.json"} {
					compareHost(t, web, address, prefix+path, false)
				}
				for _, path := range []string{"/lend/100001.html", "/lend/100001/", "/embed/100001/", "/country/vn", "/country/vn/index.html", "/index.html", "", "/es", "/es/index.html", "/fr/lend/100001.html", "/ar/country/vn",
					"/embed", "/embed/index.html", "/es/embed", "/embed/newest.html", "/embed/country/vn/", "/ar/embed/sector/food.html", "/loan-card.js?v=1", "/docs", "/ar/docs", "/docs/index.html", "/docs/guides/", "/docs/guides.html", "/docs/guides.md/", "/docs/guides.md.html", "/docs/old", "/docs/old/", "/es/docs/old.html", "/docs/old%20%22$1%22", "/before/first", "/ar/before/first", "/es/who/", "/about.md/", "/es/docs/guides/primero/", "/fr/docs/guides/index.html", "/docs/pr%C3%A9stamos%20%221.2%22.html", "/about/", "/es/about.html", "/legal/a%C3%B1o%20%7Bx%7D/"} {
					if prefix+path == "" {
						continue // no request
					}
					compareHost(t, web, address, prefix+path, false)
				}
				for _, path := range []string{"/_headers", "/_nginx.conf", "/.loanleaf/manifest", "/404.html", "/_nginx.conf/", "/%2e%2e/settings"} {
					if got := askHost(t, address, prefix+path); got.code != http.StatusNotFound && got.code != http.StatusBadRequest {
						t.Errorf("%s: %d, want a refusal", path, got.code)
					}
				}
				t.Logf("%s: %d addresses compared", host.program, compared)
			})
		}
	}
}

// compareHost asks both for an address; the page for what is not there says less
// on a file host, so whole is false for it.
func compareHost(t *testing.T, web http.Handler, address, path string, whole bool) {
	t.Helper()
	w := httptest.NewRecorder()
	web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	got := askHost(t, address, path)
	if got.code != w.Code {
		t.Errorf("%s: status %d, the server says %d", path, got.code, w.Code)
		return
	}
	names := []string{
		"Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy",
		"Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "Content-Language",
	}
	if w.Code == http.StatusMovedPermanently {
		names = []string{"Location"}
	} else if whole && got.body != w.Body.String() {
		t.Errorf("%s: the body differs", path)
	}
	for _, name := range names {
		if name == "Location" && decoded(t, got.header.Get(name)) == decoded(t, w.Header().Get(name)) {
			continue // hosts escape other signs than we do
		}
		if strings.Join(got.header.Values(name), "|") != strings.Join(w.Header().Values(name), "|") {
			t.Errorf("%s: %s: %q, the server says %q", path, name, got.header.Values(name), w.Header().Values(name))
		}
	}
}

func decoded(t *testing.T, path string) string {
	t.Helper()
	plain, err := url.PathUnescape(path)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

type hostAnswer struct {
	code   int
	header http.Header
	body   string
}

func askHost(t *testing.T, address, path string) hostAnswer {
	t.Helper()
	u := &url.URL{Scheme: "http", Host: address, Opaque: "//" + address + path}
	answer, err := http.DefaultTransport.RoundTrip(&http.Request{Method: http.MethodGet, URL: u, Host: address, Header: http.Header{"Accept-Encoding": {"identity"}}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return hostAnswer{answer.StatusCode, answer.Header, string(body)}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// startHost runs a program until the test ends, and waits until it listens.
func startHost(t *testing.T, program, address string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	command := exec.CommandContext(ctx, program, args...)
	home := t.TempDir() // where caddy keeps what it was last told
	command.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_DATA_HOME="+home)
	var said bytes.Buffer
	command.Stdout, command.Stderr = &said, &said
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	for range 100 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("%s ended: %v: %s", program, err, said.String())
		case <-time.After(100 * time.Millisecond):
		}
	}
	t.Fatalf("%s does not answer at %s: %s", program, address, said.String())
}

// TestTheHeadersFileSaysWhatTheServerSays reads _headers as Netlify and Cloudflare
// Pages do, where all rules that match are added up.
func TestTheHeadersFileSaysWhatTheServerSays(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: one goroutine asks for every page")
	}
	loans := sampleStore(t)
	for base, endpoint := range map[string]string{"https://loans.example": site.Static, "https://example.org/our/loans": "https://example.org/our/loans/services/oembed"} {
		s, err := site.New(site.Config{
			BaseURL: base, Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: endpoint, Images: site.ServedImages, Gallery: drawings{},
		})
		if err != nil {
			t.Fatal(err)
		}
		documents := documentsOf(t, s)
		web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture, Documents: documents})
		if err != nil {
			t.Fatal(err)
		}
		rules := headerRules(t, s, documents)
		const most, own = 100, 20 // own: of the fixture's pages of the operator's own
		if len(rules) > most+own {
			t.Errorf("%d rules, of which %d are for pages of the operator's own, and Cloudflare Pages takes %d", len(rules), own, most)
		}
		for _, want := range expected(t, s, loans, documents) {
			if want.code == http.StatusMovedPermanently || strings.HasSuffix(want.path, "/docs/404") {
				continue // redirects go before headers; what is missing below a folder has those of the folder
			}
			w := httptest.NewRecorder()
			web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, want.path, nil))
			got, matching := http.Header{}, 0
			for path, headers := range rules {
				if !matchesRule(path, want.path) {
					continue
				}
				matching++
				for name, values := range headers {
					got[name] = append(got[name], values...)
				}
			}
			if matching != 1 {
				t.Errorf("%s: %d rules match", want.path, matching)
			}
			for name, values := range w.Header() {
				switch name {
				case "Content-Type", "Content-Length", "Etag", "Vary", "Link": // said of the file, not of its kind
					continue
				}
				if strings.Join(got[name], "|") != strings.Join(values, "|") {
					t.Errorf("%s: %s: %q, the server says %q", want.path, name, got[name], values)
				}
				delete(got, name)
			}
			if len(got) > 0 {
				t.Errorf("%s: the server does not say %v", want.path, got)
			}
		}
	}
}

// matchesRule tells whether the path of a rule is that of an address: with a star
// for anything at its end, or placeholders each for one part that is not empty.
func matchesRule(rule, path string) bool {
	if stem, ok := strings.CutSuffix(rule, "*"); ok {
		return strings.HasPrefix(path, stem)
	}
	wants, parts := strings.Split(rule, "/"), strings.Split(path, "/")
	return slices.EqualFunc(wants, parts, func(want, part string) bool {
		return want == part || strings.HasPrefix(want, ":") && part != ""
	})
}

// headerRules takes _headers apart: headers by path.
func headerRules(t *testing.T, s *site.Site, documents []*docs.Tree) map[string]http.Header {
	t.Helper()
	rules, path := map[string]http.Header{}, ""
	for line := range strings.Lines(string(hosting.Files(page.New(s, nil, time.Time{}, nil, documents...))[0].Body)) {
		line = strings.TrimSuffix(line, "\n")
		name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '/':
			path = line
			if rules[path] != nil {
				t.Errorf("two rules for %s", path)
			}
			rules[path] = http.Header{}
		case len(line) > 2000:
			t.Errorf("a line of %d characters, and Cloudflare Pages takes 2000", len(line))
		default:
			rules[path].Add(name, value)
		}
	}
	return rules
}
