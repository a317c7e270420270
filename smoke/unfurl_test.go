package smoke

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"loanleaf/site"
)

// firstBytes is how much of a page those who make previews read for sure.
const firstBytes = 8 << 10

// unfurled is what stands in the first 8 KB of a page.
type unfurled struct {
	title, canonical string
	meta             map[string]string // by name or property; the first of each
	oembed           string            // address of the JSON answer
}

// unfurl reads the beginning of a page, and stops where it is cut.
func unfurl(page []byte) unfurled {
	u := unfurled{meta: map[string]string{}}
	tokens := html.NewTokenizer(bytes.NewReader(page[:min(len(page), firstBytes)]))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return u
		case html.StartTagToken, html.SelfClosingTagToken:
			tag := tokens.Token()
			attributes := map[string]string{}
			for _, a := range tag.Attr {
				attributes[a.Key] = a.Val
			}
			switch tag.Data {
			case "title":
				if tokens.Next() == html.TextToken {
					u.title = string(tokens.Text())
				}
			case "meta":
				name := attributes["property"] + attributes["name"]
				if _, again := u.meta[name]; !again && name != "" {
					u.meta[name] = attributes["content"]
				}
			case "link":
				switch {
				case attributes["rel"] == "canonical":
					u.canonical = attributes["href"]
				case attributes["type"] == "application/json+oembed":
					u.oembed = attributes["href"]
				}
			}
		}
	}
}

// preview is what a program shows of a link.
type preview struct {
	from               string
	title, text        string
	picture            string
	pairs              []string
	mostTitle, mostRun int // characters of title and text that it shows; 0: not known
	leastWide          int // pixels under which it leaves the picture out, or makes it small
}

// previews are those of the programs that widgets of this kind are sent through:
// what each takes, from where, and its limits (design reference, "Sharing
// metadata").
func (u unfurled) previews() []preview {
	first := func(names ...string) string {
		for _, name := range names {
			if u.meta[name] != "" {
				return u.meta[name]
			}
		}
		return ""
	}
	og := preview{title: u.meta["og:title"], text: u.meta["og:description"], picture: u.meta["og:image"]}
	as := func(name string, change func(*preview)) preview {
		p := og
		p.from = name
		change(&p)
		return p
	}
	return []preview{
		as("Slack", func(p *preview) {
			p.mostRun, p.leastWide = 300, 250
			for i := 1; u.meta["twitter:label"+strconv.Itoa(i)] != ""; i++ {
				p.pairs = append(p.pairs, u.meta["twitter:label"+strconv.Itoa(i)], u.meta["twitter:data"+strconv.Itoa(i)])
			}
		}),
		as("Discord", func(p *preview) {
			if u.meta["twitter:card"] != "summary_large_image" {
				p.picture = "" // a small one beside the text
			}
		}),
		as("Mastodon", func(p *preview) { p.leastWide = 200 }),
		as("WhatsApp", func(p *preview) { p.leastWide = 200 }),
		as("X", func(p *preview) {
			p.title, p.text, p.picture = first("twitter:title", "og:title"), first("twitter:description", "og:description"), first("twitter:image", "og:image")
			p.mostTitle, p.mostRun, p.leastWide = 70, 200, 300
		}),
		as("LinkedIn", func(p *preview) { p.leastWide = 401 }),
		as("iMessage", func(p *preview) { p.leastWide = 150 }),
	}
}

// shared is a page whose address somebody sends.
type shared struct {
	name, path string
	loan       bool
	nobody     bool   // the loan of somebody who is not named
	picture    string // how the path of its picture begins
}

// TestLinksUnfurl reads pages as the programs do that show a preview of a link.
func TestLinksUnfurl(t *testing.T) {
	live := serve(t)
	nobody := nameless(t, live)
	check := func(t *testing.T, base string, pages []shared) {
		for _, page := range pages {
			for _, language := range []string{"", "/es", "/fr", "/ar"} {
				t.Run(page.name+language, func(t *testing.T) { unfurls(t, base, language, page) })
			}
		}
	}
	t.Run("where the program serves", func(t *testing.T) {
		check(t, live.base, []shared{
			{"a loan that raises funds", "/lend/100001", true, false, "/card/"}, {"a group's", "/lend/100006", true, false, "/card/"},
			{"a loan that defaulted", "/lend/" + live.loanOf(t, "defaulted"), true, false, "/card/"}, {"nobody's", nobody, true, true, "/card/"},
			{"home", "/", false, false, "/card/site.png"}, {"a list", "/country/ke/", false, false, "/card/country/ke.png?v="},
			{"a sector", "/sector/retail/", false, false, "/card/sector/retail.png?v="},
			{"a document", "/docs/oembed", false, false, "/card/site.png"}, {"the embed page", "/embed/", false, false, "/card/site.png"},
		})
	})
	t.Run("on a file host, with pictures", func(t *testing.T) {
		x := exhibit(t, "127.0.0.1", sampleStore(t), func(c *site.Config) { c.OEmbed = site.Static })
		check(t, x.base, []shared{{"a loan", "/lend/100001", true, false, "/img/"}, {"a list", "/country/ke/", false, false, "/card/site.png"}, {"nobody's", nobody, true, true, "/card/site.png"}})
	})
	t.Run("on a file host, without pictures", func(t *testing.T) {
		x := exhibit(t, "127.0.0.1", sampleStore(t), func(c *site.Config) { c.OEmbed, c.Images = site.Static, site.NoImages })
		check(t, x.base, []shared{{"a loan", "/lend/100001", true, false, "/card/site.png"}})
	})
}

// nameless is the path of a loan of the sample whose borrower is not named.
func nameless(t *testing.T, s *serving) string {
	t.Helper()
	for id := 100001; id > 96000; id-- {
		if body, code := s.get(t, fmt.Sprintf("/lend/%d", id)); code == http.StatusOK && strings.Contains(body, "<title>Loans - A loan from ") {
			return fmt.Sprintf("/lend/%d", id)
		}
	}
	t.Fatal("every loan of the sample names somebody")
	return ""
}

// passing are words that are untrue on the day after.
var passing = regexp.MustCompile(`(?i)days? left|días? restante|jours? restant|ago\b|أيام متبقية`)

func unfurls(t *testing.T, base, language string, page shared) {
	body, _ := take(t, base+language+page.path)
	u := unfurl(body)
	pictures := map[string]image.Config{}
	for _, p := range u.previews() {
		if p.title == "" || p.text == "" || p.picture == "" {
			t.Errorf("%s shows title %q, text %q, picture %q", p.from, p.title, p.text, p.picture)
			continue
		}
		if n := utf8.RuneCountInString(p.title); p.mostTitle > 0 && n > p.mostTitle {
			t.Errorf("%s cuts the title, of %d characters: %s", p.from, n, p.title)
		}
		if n := utf8.RuneCountInString(p.text); p.mostRun > 0 && n > p.mostRun {
			t.Errorf("%s cuts the text, of %d characters: %s", p.from, n, p.text)
		}
		for _, words := range append([]string{p.title, p.text}, p.pairs...) {
			if passing.MatchString(words) {
				t.Errorf("%s says %q", p.from, words)
			}
		}
		if page.loan && p.from == "Slack" && (len(p.pairs) != 4 || slices.Contains(p.pairs, "")) {
			t.Errorf("%s shows beside it %q", p.from, p.pairs)
		}
		if _, seen := pictures[p.picture]; !seen {
			pictures[p.picture] = pictured(t, p.picture)
		}
		if size := pictures[p.picture]; size.Width < p.leastWide {
			t.Errorf("%s leaves out a picture that is %d wide", p.from, size.Width)
		}
	}
	size := pictures[u.meta["og:image"]]
	if w, h := u.meta["og:image:width"], u.meta["og:image:height"]; w != strconv.Itoa(size.Width) || h != strconv.Itoa(size.Height) {
		t.Errorf("the picture is said to be %s by %s and is %d by %d", w, h, size.Width, size.Height)
	}
	if !strings.HasPrefix(u.meta["og:image"], base) || !strings.HasPrefix(strings.TrimPrefix(u.meta["og:image"], base+language), page.picture) && !strings.HasPrefix(strings.TrimPrefix(u.meta["og:image"], base), page.picture) {
		t.Errorf("the picture is %s", u.meta["og:image"])
	}
	want := base + language + page.path
	if language == "/ar" && strings.HasPrefix(page.path, "/docs/") { // shown in English, for want of a translation
		want = base + page.path
	}
	if u.meta["og:url"] != want || u.canonical != want {
		t.Errorf("the page says it is %s and %s, and is %s", u.meta["og:url"], u.canonical, want)
	}
	for _, name := range []string{"description", "og:image:alt", "twitter:image:alt", "og:image:type", "og:site_name", "og:type", "og:locale", "theme-color"} {
		if u.meta[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
	if page.nobody && strings.Contains(u.meta["og:title"], "Anonymous") {
		t.Errorf("a name is made of there being none: %s", u.meta["og:title"])
	}
	if embeddable := page.loan || page.path == "/" || strings.HasPrefix(page.path, "/country/") || strings.HasPrefix(page.path, "/sector/"); (u.oembed != "") != embeddable {
		t.Errorf("the oEmbed answer is at %q", u.oembed)
	}
	if u.oembed != "" {
		answers(t, u.oembed)
	}
}

// pictured looks at the picture of a preview: of a kind that all show, under the
// 300 KB that WhatsApp takes.
func pictured(t *testing.T, address string) image.Config {
	t.Helper()
	body, header := take(t, address)
	size, format, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || header.Get("Content-Type") != "image/"+format {
		t.Errorf("%s: %s, %s, %v", address, format, header.Get("Content-Type"), err)
	}
	if len(body) >= 300_000 {
		t.Errorf("%s has %d bytes", address, len(body))
	}
	return size
}

// answers reads the oEmbed answer as Slack, Discord and Mastodon do: Slack shows
// the text of its html, Discord its author and provider; Mastodon leaves rich ones
// for OpenGraph, and would lose the text with any other type.
func answers(t *testing.T, address string) {
	t.Helper()
	if at, err := url.Parse(address); err != nil || !at.IsAbs() {
		t.Fatalf("the oEmbed answer is at %s", address)
	}
	body, _ := take(t, address)
	var answer struct {
		Type, HTML, Title string
		Provider          string `json:"provider_name"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(answer.HTML))
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
	}
	if answer.Type != "rich" || answer.Title == "" || answer.Provider == "" || strings.Contains(answer.HTML, "<script") || strings.TrimSpace(text.String()) == "" {
		t.Errorf("the oEmbed answer is %s, with the text %q", body, text.String())
	}
}

// take is what is at an address, which has to be there.
func take(t *testing.T, address string) ([]byte, http.Header) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, answer.Status, err)
	}
	return body, answer.Header
}
