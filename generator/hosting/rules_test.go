package hosting

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http/httpguts"

	"loanleaf/generator/page"
	"loanleaf/site"
)

func said(headers []page.Header) string {
	var lines []string
	for _, h := range headers {
		lines = append(lines, h.Name+": "+h.Value)
	}
	return strings.Join(lines, "; ")
}

func TestRulesOfAFile(t *testing.T) {
	rules, err := ParseHeaders([]byte(`# said of everything
/
  X-Home: 1

/a/*
  X-Below: a

/a/exact
  X-Exact: yes
  x-below: too
/of/:kind/:id
	X-Two: parts
/of/:kind/
	X-Index: of
/caf%C3%A9/b%20c
  X-Escaped: yes
/twice
  Link: </x>; rel=preload
  Link: </y>; rel=preload
/kept.html
  X-Named: as the file
/framed
  Content-Length: 3
  Set-Cookie: a=b
  Transfer-Encoding: chunked
  etag: "x"
  X-Left: 1
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ root, file, want string }{
		{"", "index.html", "X-Home: 1"},
		{"", "a/index.html", "X-Below: a"},
		{"", "a/b/c.html", "X-Below: a"},
		{"", "a/exact.html", "X-Exact: yes; X-Below: too, a"},
		{"", "a/exact", "X-Exact: yes; X-Below: too, a"},
		{"", "a.html", ""},
		{"", "of/country/ke.html", "X-Two: parts"},
		{"", "of/country/index.html", "X-Index: of"},
		{"", "of/country.html", ""},
		{"", "of/country/ke/1.html", ""},
		{"", "café/b c.html", "X-Escaped: yes"},
		{"", "twice.html", "Link: </x>; rel=preload, </y>; rel=preload"},
		{"", "framed.html", "X-Left: 1"},
		{"/a", "b.html", "X-Below: a"},
		{"/a", "index.html", "X-Below: a"},
		{"/of/our", "own/loan.html", ""},
		{"/of", "ours/loan.html", "X-Two: parts"},
	} {
		if got := said(rules.For(c.root, c.file)); got != c.want {
			t.Errorf("%s below %q: %q, want %q", c.file, c.root, got, c.want)
		}
	}
	for range 2 { // what several rules say together is in none of them
		if got := said(rules.For("", "a/exact.html")); got != "X-Exact: yes; X-Below: too, a" {
			t.Error(got)
		}
	}
}

func TestNoRules(t *testing.T) {
	var none Rules
	if got := none.For("", "index.html"); got != nil {
		t.Error(got)
	}
	empty, err := ParseHeaders([]byte("\n# nothing\n\n/path\n"))
	if err != nil || len(empty.For("", "path.html")) > 0 {
		t.Error(err)
	}
}

func TestHeadersThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"X-Home: 1\n", `_headers:1: "X-Home: 1" is neither a path`},
		{"\n  X-Home: 1\n", "_headers:2: a header stands before the first path"},
		{"/\n  X-Home\n", `_headers:2: "X-Home" is no header`},
		{"/\n  X Home: 1\n", `_headers:2: "X Home: 1" is no header`},
		{"/\n  : 1\n", `_headers:2: ": 1" is no header`},
		{"/\n  X-A: a\x00b\n", "_headers:2: the value of X-A"},
		{"/a\n  basic-auth: me:secret\n", "_headers:2: Basic-Auth keeps a page"},
		{"/a%2\n  X-A: 1\n/b\n", `the path "/a%2"`},
		{"/a*/b\n  X-A: 1\n", "a star before its end"},
		{"/:a/*\n  X-A: 1\n", "a placeholder and a star"},
		{"/" + strings.Repeat("x", MostHeaderBytes), "at most"},
	} {
		if _, err := ParseHeaders([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: %v, want %s", c.text, err, c.want)
		}
	}
}

// FuzzParseHeaders reads anything, and what was read can be sent.
func FuzzParseHeaders(f *testing.F) {
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en", "ar"}, OEmbed: site.Static, Images: site.NoImages})
	if err != nil {
		f.Fatal(err)
	}
	own := Files(page.New(s, nil, time.Time{}, nil))[0].Body
	f.Add(own, "lend/1.html")
	f.Add([]byte("/*\n X: 1\n/:a/b\n X: 2\n/%2F\n Y:\n"), "a/b.html")
	f.Fuzz(func(t *testing.T, text []byte, file string) {
		rules, err := ParseHeaders(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), HeadersFile) {
				t.Errorf("an error without a place: %v", err)
			}
			return
		}
		names := map[string]bool{}
		for _, h := range rules.For("", file) {
			if names[h.Name] || !httpguts.ValidHeaderFieldName(h.Name) || !httpguts.ValidHeaderFieldValue(h.Value) {
				t.Errorf("%q cannot be sent", fmt.Sprint(h))
			}
			names[h.Name] = true
		}
	})
}

func TestRedirectsTellThePathOfASite(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "# Redirects\n": "", "# R\n/ /our/loans/ 302\n/our/loans/index.html /our/loans/ 301\n": "/our/loans", "/index.html / 301\n": "",
		"/ / 302\n": "", "/": "", "/ https://elsewhere.example/ 302\n": "", "/\t/a\r\n": "/a",
	} {
		if got := Root([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
