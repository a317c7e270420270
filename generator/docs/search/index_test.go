package search

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// read is an index as its format says it is read: sections by number as
// "path#id heading", and for each word where it stands.
func read(t testing.TB, index []byte) (sections []string, words map[string][]string) {
	t.Helper()
	var told struct {
		Pages [][]json.RawMessage `json:"pages"`
		Words map[string]string   `json:"words"`
	}
	if err := json.Unmarshal(index, &told); err != nil {
		t.Fatal(err)
	}
	for _, page := range told.Pages {
		var path, title, language string
		var headings []string
		if len(page) != 4 {
			t.Fatalf("a page of %d parts", len(page))
		}
		for i, into := range []any{&path, &title, &language, &headings} {
			if err := json.Unmarshal(page[i], into); err != nil {
				t.Fatal(err)
			}
		}
		if language != "" {
			title += " [" + language + "]"
		}
		sections = append(sections, path+" "+title)
		for pair := range slices.Chunk(headings, 2) {
			sections = append(sections, path+"#"+pair[0]+" "+pair[1])
		}
	}
	words = map[string][]string{}
	for word, written := range told.Words {
		section, n, shift := 0, 0, 0
		for _, c := range written {
			digit := strings.IndexRune(digits, c)
			n |= digit & 31 << shift
			shift += 5
			if digit&32 != 0 {
				continue
			}
			section += n >> 2
			words[word] = append(words[word], fmt.Sprintf("%d %s", section, [...]string{"text", "often", "heading", "title"}[n&3]))
			n, shift = 0, 0
		}
		if shift != 0 {
			t.Errorf("%s: %q ends within a number", word, written)
		}
	}
	return sections, words
}

func index(t testing.TB, pages ...Page) []byte {
	t.Helper()
	body, err := Index(slices.Values(pages))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestAnIndexSaysWhereWordsStand(t *testing.T) {
	sections, words := read(t, index(t,
		Page{Path: "/docs/", Title: "Start", Heading: "Begin <code>here</code>", Body: `<p>What a loan is.</p><h2 id="loans">Loans &amp; people</h2><p>A <b>lo</b>an, a loan,<br>a loan.</p><h2>No id</h2><p>people</p>`},
		Page{Path: "/docs/ar", Title: "Read", Language: "en", Heading: "Read", Body: `<h3 id="x"><a href="#x">Api</a></h3><pre><code><span>max</span><span>width</span>
<span>x-ratelimit</span></code></pre>`},
	))
	if diff := cmp.Diff([]string{"/docs/ Start", "/docs/#loans Loans & people", "/docs/ar Read [en]", "/docs/ar#x Api"}, sections); diff != "" {
		t.Error(diff)
	}
	want := map[string][]string{
		"start": {"0 title"}, "begin": {"0 title"}, "here": {"0 title"}, "what": {"0 text"}, "a": {"0 text", "1 often"}, "loan": {"0 text", "1 often"}, "is": {"0 text"},
		"loans": {"1 heading"}, "people": {"1 heading"}, "no": {"1 text"}, "id": {"1 text"},
		"read": {"2 title"}, "api": {"3 heading"}, "maxwidth": {"3 text"}, "x": {"3 text"}, "ratelimit": {"3 text"},
	}
	if diff := cmp.Diff(want, words); diff != "" {
		t.Error(diff)
	}
}

func TestPlacesFarApartAreReadBack(t *testing.T) {
	var pages []Page
	for i := range 3000 {
		p := Page{Path: fmt.Sprint("/docs/", i), Title: "Page", Body: "<p>text</p>"}
		if i%1111 == 7 {
			p.Body = "<p>rare</p>"
		}
		pages = append(pages, p)
	}
	_, words := read(t, index(t, pages...))
	if diff := cmp.Diff([]string{"7 text", "1118 text", "2229 text"}, words["rare"]); diff != "" {
		t.Error(diff)
	}
	if len(words["page"]) != 3000 {
		t.Errorf("a word of every title stands in %d of 3000", len(words["page"]))
	}
}

func TestNothingOfAPageCanEndTheIndex(t *testing.T) {
	hostile := "\"],</script>\u2028\x00\\"
	sections, words := read(t, index(t, Page{Path: "/docs/" + hostile, Title: hostile, Body: `<h2 id="a&quot;<b">` + "x\x00\xff" + `</h2><p>` + hostile, Heading: "<b"}))
	if len(sections) != 2 || len(words["script"]) == 0 {
		t.Errorf("sections %q, words %v", sections, slices.Sorted(maps.Keys(words)))
	}
}

func TestNoPagesAreAnIndexAsWell(t *testing.T) {
	if got := string(index(t)); got != "{\"pages\":[],\"words\":{}}\n" {
		t.Errorf("%s", got)
	}
}

// FuzzSections: whatever HTML there is, its sections have the words of the text
// that a browser shows, no more and no fewer than their headings and texts hold.
func FuzzSections(f *testing.F) {
	f.Add(`<h2 id="a">b</h2>c<h3 id=d>e<h2>f</h2></h3>`)
	f.Add(`<p>&lt;h2 id="no"&gt;<h2 id="">x</h2><!-- <h2 id="y"> --><h6 class="z" id="z"/>`)
	f.Add("<h2 id='\xff'>\x00</h2><textarea><h2 id=in>")
	f.Fuzz(func(t *testing.T, body string) {
		all := sectionsOf(body)
		if len(all) == 0 || all[0].id != "" || all[0].heading != "" {
			t.Fatalf("%q begins with %+v", body, all)
		}
		for _, s := range all[1:] {
			if s.id == "" || s.heading != strings.Join(strings.Fields(s.heading), " ") {
				t.Errorf("%q has %+v", body, s)
			}
		}
		read(t, index(t, Page{Path: "/", Title: "x", Body: body}))
	})
}

// TestHTMLIsReadAsParsersReadIt holds the words of a page to what a tokenizer of HTML
// finds in it.
func TestHTMLIsReadAsParsersReadIt(t *testing.T) {
	for _, body := range []string{
		"", "words", "a &amp; b &lt;c&gt; &#34;d&#39; &eacute;&nbsp;e", `<p class="a b" title="1 &gt; 0">x<br>y</p>`,
		`<h2 id="a&amp;b">A</h2><ul><li><a href="/x?a=1&amp;b=2">l</a></li></ul>`, `<img src="/a.png" alt="not a word" width="3" height="4">`,
		`<details open><summary>s</summary>` + "<pre tabindex=\"0\"><code>a &lt; b\n\tc</code></pre></details>", `<input type="checkbox" checked disabled> done`,
		`<td colspan="2">a > b</td>`,
	} {
		var want strings.Builder
		for tokens := html.NewTokenizer(strings.NewReader(body)); tokens.Next() != html.ErrorToken; {
			if token := tokens.Token(); token.Type == html.TextToken {
				want.WriteString(token.Data)
			}
		}
		if got := plain(body); got != want.String() {
			t.Errorf("%s\n got %q\nwant %q", body, got, want.String())
		}
	}
	for attributes, want := range map[string]string{` id="a"`: "a", ` class="id=" id="b&amp;c"`: "b&c", ` data-id="x"`: "", ` open title="id" id="d"`: "d", "": ""} {
		if got := idOf(attributes); got != want {
			t.Errorf("%s: id %q, want %q", attributes, got, want)
		}
	}
}
