package docs

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"loanleaf/site"
)

// allowed are the elements and attributes that a document may come to.
var allowed = map[string][]string{
	"a": {"href", "title"}, "blockquote": nil, "br": nil, "code": {"class"}, "del": nil, "div": {"class", "tabindex"}, "em": nil,
	"h1": {"id"}, "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "h5": {"id"}, "h6": {"id"}, "hr": nil, "input": {"type", "checked", "disabled"},
	"li": nil, "ol": {"start"}, "p": nil, "pre": {"tabindex"}, "strong": nil, "table": nil, "tbody": nil, "td": {"class"}, "th": {"class", "scope"},
	"thead": nil, "tr": nil, "ul": nil,
}

// checkMarkup holds that HTML has nothing but that, and no address that runs
// something.
func checkMarkup(t *testing.T, text string) {
	t.Helper()
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%q has a comment", text)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			attributes, ok := allowed[token.Data]
			if !ok {
				t.Errorf("%q has the element %s", text, token.Data)
			}
			for _, a := range token.Attr {
				if !slices.Contains(attributes, a.Key) {
					t.Errorf("%q: %s has the attribute %s", text, token.Data, a.Key)
				}
				if u, err := url.Parse(a.Val); a.Key == "href" && (err != nil || !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, u.Scheme)) {
					t.Errorf("%q leads to %q", text, a.Val)
				}
			}
		}
	}
}

func TestWhatAuthorsWriteRunsNothing(t *testing.T) {
	for _, text := range []string{
		"<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "<style>*{}</style>\n", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\nscript:alert(1))",
		"[a](&#106;avascript:alert(1))", "<javascript:alert(1)>", "[a](data:text/html,x)", "[a](vbscript:x)", "![a](javascript:x)", "[a]\n\n[a]: javascript:x", "[a](x \"\"onclick=alert(1)\")",
		"```\"><script>\nx\n```", "# a {#x\"onclick=\"y}", "| a |\n|:-:|\n| <b onclick=x> |", "- [x] done", "<!-- a --> b <!-- c", "&lt;script&gt;", "\\<b>", "www.a.example/\"><b>",
		"[a](\\javascript:x)", "[a](//evil.example)", "[a](feed:javascript:x)", "[a](https://a.example/\"><b>)",
	} {
		tree, _ := Read(folder("docs/en/index.md", text), newSite(t, "en"), site.Doc)
		p, ok := tree.Page(site.Address{Kind: site.Doc})
		if !ok {
			t.Fatalf("%q has no page", text)
		}
		checkMarkup(t, p.Heading+p.Body)
	}
}
