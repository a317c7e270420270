package docs

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"loanleaf/site"
)

// allowed are the elements and attributes that a document may come to; those of
// "" may stand on each of them.
var allowed = map[string]string{
	"": "id lang dir title class aria-label", "img": "src alt width height loading decoding", "a": "href role", "details": "name open", "div": "tabindex role", "input": "type checked disabled", "ol": "start",
	"pre": "tabindex", "mark": "data-line", "span": "data-line", "td": "colspan rowspan", "th": "scope colspan rowspan", "section": "role", "sup": "", "li": "",

	"abbr": "", "b": "", "bdi": "", "blockquote": "", "br": "", "caption": "", "cite": "", "code": "", "dd": "", "del": "", "dfn": "", "dl": "", "dt": "",
	"em": "", "figcaption": "", "figure": "", "h1": "", "h2": "", "h3": "", "h4": "", "h5": "", "h6": "", "hr": "", "i": "", "ins": "", "kbd": "",
	"p": "", "q": "", "s": "", "samp": "", "small": "", "strong": "", "sub": "", "summary": "", "table": "", "tbody": "", "tfoot": "", "thead": "",
	"tr": "", "u": "", "ul": "", "var": "", "wbr": "",
}

// checkMarkup holds that HTML has nothing but that, and no address that runs
// something.
func checkMarkup(t *testing.T, text string) {
	t.Helper()
	var open []string
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%q leaves %v open", text, open)
			}
			return
		case html.EndTagToken:
			name := tokens.Token().Data
			if len(open) == 0 || open[len(open)-1] != name {
				t.Fatalf("%q ends %s, and %v is open", text, name, open)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%q has a comment", text)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := tokens.Token()
			if !void[token.Data] && token.Data != "input" {
				open = append(open, token.Data)
			}
			attributes, ok := allowed[token.Data]
			if !ok {
				t.Errorf("%q has the element %s", text, token.Data)
			}
			for _, a := range token.Attr {
				if !slices.Contains(strings.Fields(attributes+" "+allowed[""]), a.Key) {
					t.Errorf("%q: %s has the attribute %s", text, token.Data, a.Key)
				}
				if u, err := url.Parse(a.Val); (a.Key == "href" || a.Key == "src") && (err != nil || !slices.Contains([]string{"", "http", "https", "mailto", "tel"}, u.Scheme)) {
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
		"</article></div></body>", "<div><b>\n\n</div>", "- <details>\n\n  </div>\n", "> <div>\n\n</div>", "<a href=\"javascript:alert(1)\">x</a>", "<a href='x' onclick=y>z",
		"<div style={{color: 'red'}} class=\"menu\" id=\"main\" onclick=\"x\">\n", "<Tabs><TabItem label='\"><script>'>", "<svg><script>x</script></svg>", "<details open=\"&quot;><script>\">x",
		"<a id=\"x\" name=\"x\">y</a> <a id=\"x\">", "<script>\n\n# still <b>in</b> it", "<scr<script>ipt>", "<img src=x alt=\"<b>\">", "`<b>` ``<i>` `` <u", "    <b> as code\n", "![<b>](x) [<i>](y \"<u>\")",
		":::note[<b>x]\n<i>\n:::\n", "> [!TIP]\n> <b>", "[^a]\n\n[^a]: <b>x", "<B>x</b>", "<Unknown {...props} a={`b`}>*c*</Unknown>", "\x01" + "0\x02 <b>x</b>", "<a href=\"/x\"><a href=\"/y\">z</a></a>",
		"```js title=\"<b>\" {1}\nlet x = '</code><b>'\n```", "<table><tr><td>x</table>", "| <b> | y |\n|-|-|\n| <i>z | </b> |", "*<b>*x</b>", "<div>x *y\n</div>*",
	} {
		tree, _ := Read(folder("docs/en/index.md", text), newSite(t, "en"), site.Doc)
		p, ok := tree.Page(site.Address{Kind: site.Doc})
		if !ok {
			t.Fatalf("%q has no page", text)
		}
		checkMarkup(t, p.Heading+p.Body)
	}
}
