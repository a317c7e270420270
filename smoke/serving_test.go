package smoke

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"loanleaf/command"
	"loanleaf/content"
	"loanleaf/generator/page"
	"loanleaf/site"
)

// serving is "loanleaf serve" at work on the sample, with the program's own
// documentation and a page of an operator's, in every language.
type serving struct {
	base string // http://127.0.0.1:1234
}

func serve(t *testing.T) *serving {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), content.Files()); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &serving{base: "http://" + listener.Addr().String()}
	for name, body := range map[string]string{
		"content/pages/en/about.md": "# About us\n\nWe lend what we sing for.\n",
		"site.yaml": "name: Loans\nlanguages: [en, es, fr, ar]\ncontent: " + filepath.Join(dir, "content") +
			"\nlend_url: https://lend.example/<id>\noembed:\n  endpoint: " + s.base + "/services/oembed\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var said printed
	ctx, cancel := context.WithCancel(t.Context())
	program := &command.Program{
		Args: []string{"serve", "--config", filepath.Join(dir, "site.yaml"), "--base-url", s.base, "--addr", listener.Addr().String()},
		Out:  &said, Err: &said, Now: time.Now,
		LookupEnv: func(string) (string, bool) { return "", false },
		CacheDir:  func() (string, error) { return filepath.Join(dir, "cache"), nil },
		Listen:    func(string, string) (net.Listener, error) { return listener, nil },
	}
	ended := make(chan int, 1)
	go func() { ended <- program.Run(ctx) }()
	t.Cleanup(sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != 0 {
			t.Errorf("it ended with %d: %s", code, said.String())
		}
	}))
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if _, code := s.get(t, "/readyz"); code == http.StatusOK {
			return s
		}
		if time.Now().After(deadline) {
			t.Fatalf("it is not ready: %s", said.String())
		}
	}
}

// get is the body and status of an answer.
func (s *serving) get(t *testing.T, path string) (string, int) {
	t.Helper()
	answer, err := http.Get(s.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), answer.StatusCode
}

// page is the body of an answer that has to be there.
func (s *serving) page(t *testing.T, path string) string {
	t.Helper()
	body, code := s.get(t, path)
	if code != http.StatusOK {
		t.Fatalf("%s: %d", path, code)
	}
	return body
}

// loanOf is the first loan in the list of a status.
func (s *serving) loanOf(t *testing.T, status string) string {
	t.Helper()
	list := s.page(t, "/status/"+status+"/")
	found := regexp.MustCompile(`/lend/(\d+)`).FindStringSubmatch(list)
	if found == nil {
		t.Fatalf("no loan is %s", status)
	}
	return found[1]
}

// sight is one of the pages that readers see: the kind of its address, and its
// path without a language. Only a document may be in fewer languages than the site.
type sight struct {
	name string
	kind site.Kind
	path string
	code int // of the answer
}

// sights are a page of every kind, of loans one of every state.
func (s *serving) sights(t *testing.T) []sight {
	t.Helper()
	all := []sight{
		{"home", site.Home, "/", 200},
		{"country", site.Country, "/country/ke/", 200},
		{"sector", site.Sector, "/sector/agriculture/", 200},
		{"status", site.Status, "/status/in_repayment/", 200},
		{"partner", site.Partner, "/partners/301/", 200},
		{"search", site.Search, "/search?q=kenya", 200},
		{"search of nothing", site.Search, "/search?q=zzzz", 200},
		{"documents", site.Doc, "/docs/", 200},
		{"document", site.Doc, "/docs/oembed", 200},
		{"own page", site.Prose, "/about", 200},
		{"embed page", site.Embed, "/embed/?loan=100001", 200},
		{"try page", site.NotFound, "/services/oembed/try?url=" + strings.ReplaceAll(s.base, ":", "%3A") + "%2Flend%2F100001", 200},
		{"not found", site.NotFound, "/nowhere", 404},
		{"widget", site.Widget, "/embed/100001", 200},
		{"widget of a group", site.Widget, "/embed/100006", 200},
		{"widget of no loan", site.Widget, "/embed/1", 404},
		{"widget of a list", site.ListWidget, "/embed/country/ke", 200},
	}
	for _, status := range []string{"fundraising", "funded", "in_repayment", "paid", "defaulted", "refunded", "expired"} {
		all = append(all, sight{status + " loan", site.Loan, "/lend/" + s.loanOf(t, status), 200})
	}
	return all
}

// address of a sight in a language.
func (s *serving) address(v sight, language string) string {
	if language == "en" {
		return s.base + v.path
	}
	return s.base + "/" + language + v.path
}

// TestSightsAreOfEveryKind holds the list of what is looked at to what the site
// can answer with as HTML.
func TestSightsAreOfEveryKind(t *testing.T) {
	s := serve(t)
	seen := map[site.Kind]bool{}
	for _, v := range s.sights(t) {
		seen[v.kind] = true
		for _, language := range []string{"en", "ar"} {
			body, code := s.get(t, strings.TrimPrefix(s.address(v, language), s.base))
			if code != v.code || !strings.Contains(body, "<html lang=\""+language+"\"") && v.kind != site.Doc && v.kind != site.Prose {
				t.Errorf("%s: %d, %.80q", s.address(v, language), code, body)
			}
		}
	}
	addresses, err := site.New(site.Config{BaseURL: s.base, Name: "Loans", Languages: []string{"en"}, Images: site.NoImages, OEmbed: site.Static})
	if err != nil {
		t.Fatal(err)
	}
	kinds := 0
	for kind := site.Home + 1; addresses.Path(site.Address{Kind: kind, ID: 1, Slug: "x", Query: "x"}) != "/"; kind++ {
		kinds++
		if strings.HasPrefix(page.ContentType(kind), "text/html") && !seen[kind] {
			t.Errorf("no page of kind %d is looked at", kind)
		}
	}
	if kinds < 25 {
		t.Errorf("%d kinds of address: too few to be all", kinds)
	}
}
