package server_test

import (
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"loanleaf/generator/docs"
	"loanleaf/server"
	"loanleaf/site"
)

// The tree of a real Docusaurus site, and what Docusaurus 3.10.2 made of it.
const (
	partnerTree  = "../../shared/data/docs-kiva-partner"
	partnerFacts = "../../shared/data/docs-kiva-partner.facts.json"
)

type menuLine struct{ Href, Label string }

// factSheet is what Docusaurus made of one page.
type factSheet struct {
	Locale, Path, Kind, H1, Canonical, Description, Lang, Dir string
	Page                                                      string `json:"title_page"`
	Label                                                     string `json:"sidebar_label"`
	Position                                                  []int  `json:"sidebar_position"`
	Prev, Next                                                *menuLine
	Breadcrumbs                                               []menuLine
	Headings                                                  []struct {
		Level    int
		ID, Text string
	}
	Hreflang map[string]string
	Links    []string `json:"links_internal"`
	Code     []struct {
		Sum string `json:"text_sha1"`
	}
	Tables    int
	InSitemap bool `json:"in_sitemap"`
}

// TestADocusaurusTreeIsTakenUnchanged holds pages against 14 facts of each of
// the 33 documents and 12 of each of the 6 indexes, 534 in all, and beside those
// against the sitemap's and the tables'. All of them agree; slashes at the end of
// addresses and the two first of our breadcrumbs are no differences.
func TestADocusaurusTreeIsTakenUnchanged(t *testing.T) {
	body, err := os.ReadFile(partnerFacts)
	if os.IsNotExist(err) {
		t.Skip("../shared/data is absent: there is no real tree to read")
	}
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Pages []factSheet }
	if err := json.Unmarshal(body, &all); err != nil {
		t.Fatal(err)
	}
	s, err := site.New(site.Config{
		BaseURL: "https://fps-sdk-portal.web.app", Name: "Kiva Partner API", Languages: []string{"en", "es", "fr"}, Images: site.NoImages, OEmbed: site.Static,
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, findings := docs.Read(os.DirFS(partnerTree), s, site.Doc)
	for _, f := range findings {
		if f.Severity == docs.Error {
			t.Errorf("%s", f)
		}
	}
	handler, err := server.New(server.Config{Site: s, Source: sampleStore(t), DataDate: dataDate, Documents: []*docs.Tree{tree}})
	if err != nil {
		t.Fatal(err)
	}
	sitemap := get(t, handler, "/sitemap/pages.xml")
	agreed, total := 0, 0
	for _, is := range all.Pages {
		page := parsePage(t, get(t, handler, bare(is.Path)))
		facts := page.against(is)
		if (strings.Contains(sitemap, "<loc>"+bare(is.Canonical)+"</loc>")) != is.InSitemap {
			t.Errorf("%s: in the sitemap: %t", is.Path, !is.InSitemap)
		}
		if page.tables != is.Tables {
			t.Errorf("%s has %d tables, not %d", is.Path, page.tables, is.Tables)
		}
		for _, name := range slices.Sorted(maps.Keys(facts)) {
			got, want := facts[name][0], facts[name][1]
			total++
			if reflect.DeepEqual(got, want) {
				agreed++
				continue
			}
			t.Errorf("%s: %s is %v, not %v", is.Path, name, got, want)
		}
	}
	t.Logf("%d of %d facts agree", agreed, total)
	if total != 534 {
		t.Errorf("%d facts were looked at", total)
	}
}

func get(t *testing.T, handler http.Handler, path string) string {
	t.Helper()
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		t.Errorf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}

// bare is an address without the slash that Docusaurus has at the end of one of
// a folder; ours never ends so.
func bare(address string) string {
	address, fragment, _ := strings.Cut(address, "#")
	if fragment != "" {
		fragment = "#" + fragment
	}
	return strings.TrimSuffix(address, "/") + fragment
}

// read is a page as a reader has it.
type read struct {
	title, lang, dir       string
	canonical, description string
	hreflang               map[string]string
	h1                     string
	headings               []string
	links, code            []string
	tables                 int
	prev, next             *menuLine
	crumbs                 []menuLine
	position               []int
	label                  string
}

func parsePage(t *testing.T, body string) *read {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	p := &read{hreflang: map[string]string{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			p.element(n)
		}
	}
	return p
}

func (p *read) element(n *html.Node) {
	switch {
	case n.Data == "html":
		p.lang, p.dir = value(n, "lang"), cmp.Or(value(n, "dir"), "ltr")
	case n.Data == "title" && p.title == "":
		p.title = words(n)
	case n.Data == "link" && value(n, "rel") == "canonical":
		p.canonical = value(n, "href")
	case n.Data == "link" && value(n, "rel") == "alternate" && value(n, "hreflang") != "":
		p.hreflang[value(n, "hreflang")] = value(n, "href")
	case n.Data == "meta" && value(n, "name") == "description":
		p.description = value(n, "content")
	case n.Data == "h1":
		if p.h1 == "" {
			p.h1 = words(n)
		}
	case n.Data == "a" && (value(n, "rel") == "prev" || value(n, "rel") == "next"):
		line := &menuLine{value(n, "href"), words(n)}
		if value(n, "rel") == "prev" {
			p.prev = line
		} else {
			p.next = line
		}
	case n.Data == "a" && value(n, "aria-current") == "page" && within(n, "nav", "menu"):
		p.label, p.position = words(n), place(n)
	case n.Data == "li" && within(n, "nav", "crumbs"):
		line := menuLine{Label: words(n)}
		for a := range n.Descendants() {
			if a.Data == "a" {
				line.Href = value(a, "href")
			}
		}
		p.crumbs = append(p.crumbs, line)
	case within(n, "div", "text"):
		p.text(n)
	}
}

func (p *read) text(n *html.Node) {
	switch {
	case len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '2' && n.Data[1] <= '6' && value(n, "id") != "":
		p.headings = append(p.headings, fmt.Sprintf("%s %s %s", n.Data[1:], value(n, "id"), words(n)))
	case n.Data == "a":
		if href, err := url.PathUnescape(value(n, "href")); err == nil && strings.HasPrefix(href, "/") && !slices.Contains(p.links, href) {
			p.links = append(p.links, href)
		}
	case n.Data == "pre":
		sum := sha1.Sum([]byte(strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, words(n))))
		p.code = append(p.code, hex.EncodeToString(sum[:])[:12])
	case n.Data == "table":
		p.tables++
	}
}

// against puts what a page has beside what Docusaurus made.
func (p *read) against(is factSheet) map[string][2]any {
	facts := map[string][2]any{
		"address":     {bare(p.canonical), bare(is.Canonical)},
		"title":       {strings.TrimPrefix(p.title, "Kiva Partner API - "), is.Page},
		"h1":          {p.h1, is.H1},
		"label":       {p.label, is.Label},
		"position":    {p.position, is.Position},
		"prev":        {linked(p.prev), linked(is.Prev)},
		"next":        {linked(p.next), linked(is.Next)},
		"hreflang":    {p.hreflang, bareAll(is.Hreflang)},
		"description": {p.description, is.Description},
		"language":    {p.lang + " " + p.dir, is.Lang + " " + is.Dir},
	}
	var links []string
	for _, link := range is.Links {
		links = append(links, bare(link))
	}
	facts["links"] = [2]any{strings.Join(p.links, " "), strings.Join(links, " ")}
	// A home and the documentation's own line stand above all of Docusaurus'.
	crumbs := p.crumbs
	if len(crumbs) > 0 {
		crumbs = crumbs[1:]
	}
	if len(crumbs) > len(is.Breadcrumbs) {
		crumbs = crumbs[1:]
	}
	facts["breadcrumbs"] = [2]any{labels(crumbs), labels(is.Breadcrumbs)}
	if is.Kind == "doc" {
		var headings, code []string
		for _, h := range is.Headings {
			headings = append(headings, fmt.Sprintf("%d %s %s", h.Level, h.ID, h.Text))
		}
		for _, c := range is.Code {
			code = append(code, c.Sum)
		}
		facts["headings"] = [2]any{strings.Join(p.headings, "\n"), strings.Join(headings, "\n")}
		facts["code"] = [2]any{strings.Join(p.code, " "), strings.Join(code, " ")}
	}
	return facts
}

func labels(lines []menuLine) []string {
	var list []string
	for _, line := range lines {
		list = append(list, line.Label)
	}
	return list
}

func linked(line *menuLine) string {
	if line == nil {
		return ""
	}
	return bare(line.Href) + " " + line.Label
}

func bareAll(all map[string]string) map[string]string {
	made := map[string]string{}
	for language, address := range all {
		made[language] = bare(address)
	}
	return made
}

func value(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func words(n *html.Node) string {
	var b strings.Builder
	for below := range n.Descendants() {
		if below.Type == html.TextNode {
			b.WriteString(below.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func within(n *html.Node, element, class string) bool {
	for above := range n.Ancestors() {
		if above.Data == element && slices.Contains(strings.Fields(value(above, "class")), class) {
			return true
		}
	}
	return false
}

// place is where a link stands in a menu: its number on each level.
func place(n *html.Node) []int {
	var numbers []int
	for above := range n.Ancestors() {
		if above.Data != "li" {
			continue
		}
		number := 1
		for before := above.PrevSibling; before != nil; before = before.PrevSibling {
			if before.Data == "li" {
				number++
			}
		}
		numbers = append(numbers, number)
	}
	slices.Reverse(numbers)
	return numbers
}
