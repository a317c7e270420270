package server_test

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"loanleaf/locale"
	"loanleaf/server"
	"loanleaf/site"
)

const browsers = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

// TestPeopleAreRefusedWithAPageAndProgramsWithASentence asks for more than is allowed,
// as browsers and as programs do.
func TestPeopleAreRefusedWithAPageAndProgramsWithASentence(t *testing.T) {
	const person, program = true, false
	config := pathConfig(t, sampleStore(t))
	made, err := site.New(site.Config{
		BaseURL: "https://loans.example/of/ours", Name: "Loans", Languages: locale.Shipped(),
		Images: site.ServedImages, Gallery: drawings{}, OEmbed: "https://loans.example/of/ours/services/oembed",
	})
	if err != nil {
		t.Fatal(err)
	}
	config.Site = made.WithSearch()
	for _, test := range []struct {
		name, path string
		headers    []string
		who        bool
		language   string // of a page
	}{
		{"a search", "/of/ours/search?q=b", []string{browsers}, person, "en"},
		{"a search in another language", "/of/ours/es/search?q=b", []string{browsers}, person, "es"},
		{"a search whose reader likes another language than its address", "/of/ours/search?q=b", []string{browsers, "Accept-Language: ar"}, person, "en"},
		{"a search from right to left", "/of/ours/ar/search?q=b", []string{browsers}, person, "ar"},
		{"the page on which answers are tried", "/of/ours/fr/services/oembed/try?url=x", []string{browsers}, person, "fr"},
		{"a page, with no word of what is accepted", "/of/ours/lend/100001", nil, person, "en"},
		{"a page, where anything is accepted", "/of/ours/es/lend/100001", []string{"Accept: */*"}, person, "es"},
		{"a page, to be read as JSON", "/of/ours/lend/100001", []string{"Accept: application/json"}, program, ""},
		{"a page, by who takes anything but HTML", "/of/ours/lend/100001", []string{"Accept: text/html;q=0, application/json"}, program, ""},
		{"a widget", "/of/ours/ar/embed/100001", []string{browsers}, person, "ar"},
		{"nothing of ours", "/of/ours/none/at/all", []string{browsers, "Accept-Language: de, es-MX;q=0.8, fr;q=0.9, en;q=0.1"}, person, "fr"},
		{"nothing of ours, in a folder of a language", "/of/ours/es/none/at/all", []string{browsers, "Accept-Language: fr"}, person, "es"},
		{"nothing of ours, whose reader likes no language of the site", "/of/ours/none/at/all", []string{browsers, "Accept-Language: de, fr;q=0, es;q=x"}, person, "en"},
		{"a card by itself", "/of/ours/card/100001-600.png", []string{browsers, "Accept-Language: fr-CH"}, person, "fr"},
		{"a card in a page", "/of/ours/card/100001-600.png", []string{"Accept: image/avif,image/webp,*/*;q=0.8"}, program, ""},
		{"a card, with no word of what is accepted", "/of/ours/card/100001-600.png", nil, program, ""},
		{"a picture in an odd size by itself", "/of/ours/img/w77/100001.jpg", []string{browsers, "Accept-Language: ar-EG"}, person, "ar"},
		{"a picture in an odd size in a page", "/of/ours/img/w77/100001.jpg", []string{"Accept: image/*"}, program, ""},
		{"a feed", "/of/ours/feeds/newest.rss", []string{"Accept: application/rss+xml, */*"}, program, ""},
		{"an answer of oEmbed", oembedQuery + "json", []string{browsers}, program, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			web := server.Open(server.Operation{Now: newClock().Now, Limits: &server.Limits{Overall: 1}})
			web.Reload(config)
			asks(web, oneClient, "/of/ours/")
			got := asks(web, oneClient, test.path, test.headers...)
			said, err := io.ReadAll(got.Body)
			if err != nil {
				t.Fatal(err)
			}
			h := got.Header
			if got.StatusCode != http.StatusTooManyRequests || h.Get("Retry-After") != "65" || h.Get("Cache-Control") != "no-store" || h.Get("ETag") != "" || field(got, "X-RateLimit-Overall-Remaining") != "0" {
				t.Fatalf("%d %q", got.StatusCode, h)
			}
			if !test.who {
				if strings.Contains(string(said), "<html") || strings.HasPrefix(h.Get("Content-Type"), "text/html") {
					t.Errorf("a program gets %s", said)
				}
				return
			}
			language, ok := locale.Get(test.language)
			if !ok {
				t.Fatal(test.language)
			}
			if h.Get("Content-Type") != "text/html; charset=utf-8" || h.Get("Content-Language") != test.language || h.Get("Content-Security-Policy") == "" {
				t.Errorf("%q", h)
			}
			words := language.Words.Refusal
			for _, want := range []string{`<html lang="` + test.language + `" dir="` + language.Direction, words.Heading, words.Text.For(language, 65).Fill("n", language.Number(65))} {
				if !strings.Contains(string(said), want) {
					t.Errorf("the page does not say %s", want)
				}
			}
			if framed := strings.Contains(test.path, "/embed/"); framed == strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
				t.Errorf("a widget may be framed, nothing else: %q", h)
			}
		})
	}
}

// TestTheSeedsStatusIsAPageToo has a site that refuses with 403.
func TestTheSeedsStatusIsAPageToo(t *testing.T) {
	web := operated(t, server.Operation{Now: newClock().Now, Limits: &server.Limits{Overall: 1, Forbidden: true}})
	asks(web, oneClient, "/of/ours/")
	whole := asks(web, oneClient, "/of/ours/lend/100001", browsers)
	if whole.StatusCode != http.StatusForbidden || whole.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %q", whole.StatusCode, whole.Header)
	}
	if again := asks(web, oneClient, "/of/ours/lend/100002", browsers); again.Header.Get("Content-Length") != whole.Header.Get("Content-Length") {
		t.Errorf("the next is another page: %q", again.Header)
	}
}

// TestWhoComesBeforeTheDataIsToldSo asks a server that has a site and no loans yet, as
// people and as programs do.
func TestWhoComesBeforeTheDataIsToldSo(t *testing.T) {
	config := pathConfig(t, sampleStore(t))
	var err error
	config.Site, err = site.New(site.Config{
		BaseURL: "https://loans.example/of/ours", Name: "Loans", Languages: locale.Shipped(), Images: site.NoImages, OEmbed: "https://loans.example/of/ours/services/oembed",
	})
	if err != nil {
		t.Fatal(err)
	}
	config.Documents = documentsOf(t, config.Site)
	web := server.Open(server.Operation{})
	bare := config
	bare.Source, bare.Close = nil, nil
	web.Await(bare)
	root := strings.TrimSuffix(config.Site.Path(site.Address{}), "/")
	for _, test := range []struct {
		path     string
		headers  []string
		language string // of a page; none: a sentence
	}{
		{root + "/", []string{browsers}, "en"},
		{root + "/es/lend/100001", []string{browsers}, "es"},
		{root + "/fr/country/ke/", nil, "fr"},
		{root + "/ar/embed/100001", []string{browsers}, "ar"},
		{root + "/search?q=a", []string{browsers}, "en"},
		{root + "/fr/services/oembed/try", []string{browsers}, "fr"},
		{root + "/docs/guides/", []string{browsers}, "en"},
		{root + "/none/at/all", []string{browsers, "Accept-Language: es"}, "es"},
		{"/", []string{browsers}, "en"},
		{root + "/services/oembed?url=x", []string{browsers}, ""},
		{root + "/services/oembed.xml?url=x", nil, ""},
		{root + "/feeds/newest.rss", []string{"Accept: */*"}, ""},
		{root + "/card/100001-600.png", []string{"Accept: image/*"}, ""},
		{root + "/robots.txt", nil, ""},
		{root + "/lend/100001", []string{"Accept: application/json"}, ""},
	} {
		got := asks(web, oneClient, test.path, test.headers...)
		said, err := io.ReadAll(got.Body)
		if err != nil {
			t.Fatal(err)
		}
		if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") != "5" || got.Header.Get("Cache-Control") != "no-store" || got.Header.Get("ETag") != "" {
			t.Errorf("%s: %d %q", test.path, got.StatusCode, got.Header)
		}
		if test.language == "" {
			if string(said) != "The data is being taken in. Ask again in a moment.\n" {
				t.Errorf("%s: %s", test.path, said)
			}
			continue
		}
		language, _ := locale.Get(test.language)
		for _, want := range []string{`<html lang="` + test.language + `" dir="` + language.Direction, language.Words.Refusal.StartingHeading, language.Words.Refusal.StartingText} {
			if !strings.Contains(string(said), want) {
				t.Errorf("%s: the page does not say %s: %s", test.path, want, said)
			}
		}
		for _, asset := range stylesheet.FindAllStringSubmatch(string(said), -1) {
			if style := asks(web, oneClient, asset[1]); style.StatusCode != http.StatusOK {
				t.Errorf("%s: its stylesheet %s: %d", test.path, asset[1], style.StatusCode)
			}
		}
	}
	web.Reload(config)
	if got := asks(web, oneClient, root+"/lend/100001", browsers); got.StatusCode != http.StatusOK {
		t.Errorf("with data: %d", got.StatusCode)
	}
}

var stylesheet = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)
