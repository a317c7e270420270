package templates

import (
	"iter"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"loanleaf/public"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// parse reads a page as a browser does.
func parse(t testing.TB, text string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func elements(root *html.Node) iter.Seq[*html.Node] {
	return func(yield func(*html.Node) bool) {
		for n := range root.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	}
}

// find are the elements of a kind.
func find(root *html.Node, kind atom.Atom) []*html.Node {
	var found []*html.Node
	for n := range elements(root) {
		if n.DataAtom == kind {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// textOf is what a reader finds in an element.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

func TestStructureOfEveryPage(t *testing.T) {
	rules := []struct {
		rule  string
		check func(t *testing.T, root *html.Node)
	}{
		{"has a language and a direction", hasLanguage},
		{"has one main part, one header of its own and one footer", hasLandmarks},
		{"has one h1 and leaves out no level of heading", hasHeadings},
		{"begins with a link that jumps to the main part", hasSkipLink},
		{"uses every id once and points at none that is missing", hasSoundIDs},
		{"has words in every link and no element without content", hasNoEmptyElements},
		{"describes every picture", hasDescribedPictures},
		{"names and scopes its tables, and every field", hasNamedTablesAndFields},
		{"runs nothing and styles nothing inline", hasNothingInline},
		{"asks nothing of other hosts but the loans' pictures", asksOnlyOwnHost},
	}
	for _, p := range pages() {
		root := parse(t, render(t, p.page))
		for _, r := range rules {
			t.Run(p.name+" "+r.rule, func(t *testing.T) { r.check(t, root) })
		}
	}
}

func TestEveryClassHasAStyleAndEveryStyleAClass(t *testing.T) {
	var css string
	for _, a := range public.Embedded().Assets() {
		if a.Name == public.SiteStyle || a.Name == public.DocsStyle || a.Name == public.EmbedStyle {
			css += regexp.MustCompile(`(?s)/\*.*?\*/|\{[^{}]*\}|url\([^)]*\)`).ReplaceAllString(string(a.Body), " ")
		}
	}
	styled := map[string]bool{}
	for _, match := range regexp.MustCompile(`\.([a-z][a-z-]*)`).FindAllStringSubmatch(css, -1) {
		styled[match[1]] = true
	}
	used := map[string]bool{}
	for _, p := range pages() {
		for n := range elements(parse(t, render(t, p.page))) {
			classes, _ := attribute(n, "class")
			for class := range strings.FieldsSeq(classes) {
				used[class] = true
			}
		}
	}
	// Named for readers of the markup; the rules around them are enough.
	unstyled := []string{"auto", "loan", "newer", "by-status", "by-sector"}
	for class := range used {
		if !styled[class] && !slices.Contains(unstyled, class) {
			t.Errorf("class %s has no style", class)
		}
	}
	for class := range styled {
		if !used[class] {
			t.Errorf("no page uses class %s", class)
		}
	}
}

func TestHeadOfALoanPage(t *testing.T) {
	for _, p := range pages() {
		if !p.loan {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			text := render(t, p.page)
			head, _, closed := strings.Cut(text, "</head>")
			if !closed || len(head) > 8<<10 {
				t.Errorf("the head ends after %d bytes; readers of previews stop at 8 KB", len(head))
			}
			inOrder(t, head,
				`<meta charset="utf-8">`, `name="viewport"`, `<title>`, `name="description"`, `rel="canonical"`,
				`application/json+oembed`, `text/xml+oembed`, `property="og:type" content="website"`,
				`property="og:site_name"`, `property="og:url"`, `property="og:title"`, `property="og:description"`,
				`property="og:locale"`, `name="twitter:card"`, `name="twitter:label1"`, `name="twitter:data1"`,
				`name="theme-color"`, `application/ld+json`, `rel="stylesheet"`, `rel="icon"`)
		})
	}
}

func inOrder(t *testing.T, text string, parts ...string) {
	t.Helper()
	at := 0
	for _, part := range parts {
		i := strings.Index(text[at:], part)
		if i < 0 {
			t.Errorf("%s is missing, or stands before what it should follow", part)
			continue
		}
		at += i
	}
}

func TestDiscoveryLinksAreWrittenAsConsumersReadThem(t *testing.T) {
	text := render(t, loanOf(fundraisingView(languageOf("en"))))
	const want = `<link rel="alternate" type="application/json+oembed" href="https://loans.example/services/oembed?url=https%3A%2F%2Floans.example%2Flend%2F100000&amp;format=json" title="Mai&#39;s Loan from Viet Nam (JSON oEmbed view)">` +
		`<link rel="alternate" type="text/xml+oembed" href="https://loans.example/services/oembed?url=https%3A%2F%2Floans.example%2Flend%2F100000&amp;format=xml" title="Mai&#39;s Loan from Viet Nam (XML oEmbed view)">`
	if !strings.Contains(text, want) {
		t.Errorf("want %s\n in %s", want, text[:2000])
	}
	if strings.Contains(render(t, LoanPage(frameIn(languageOf("en"), "/lend/1"), anonymousView(languageOf("en")), Discovery{})), "oembed") {
		t.Error("a page without addresses for them has discovery links")
	}
}

func TestPreviewsHaveTheCardThePictureOrTheCardOfTheSite(t *testing.T) {
	with, without := render(t, loanOf(fundraisingView(languageOf("en")))), render(t, loanOf(anonymousView(languageOf("en"))))
	inOrder(t, with, `property="og:image" content="https://pictures.example/img/w300h300/100001.jpg"`, `property="og:image:type" content="image/jpeg"`,
		`property="og:image:width" content="300"`, `property="og:image:height" content="300"`,
		`property="og:image:alt" content="Photo of Mai"`, `name="twitter:card" content="summary_large_image"`, `name="twitter:image:alt" content="Photo of Mai"`,
		`name="twitter:label2" content="Until"`, `name="twitter:data2" content="December 12, 2026"`)
	inOrder(t, without, `content="https://loans.example/card/site.png"`, `="1200"`, `="630"`, `="summary_large_image"`, `name="twitter:label2" content="Place"`)
	carded := fundraisingView(languageOf("en"))
	carded.Card = &view.Picture{Picture: site.Picture{URL: "https://loans.example/card/100000.jpg?v=1", Width: 1200, Height: 630}, Alt: "A loan of $550"}
	inOrder(t, render(t, loanOf(carded)), `"og:image" content="https://loans.example/card/100000.jpg?v=1"`, `="1200"`, `:alt" content="A loan of $550"`)
	f := frameIn(languageOf("en"), "/country/ke/")
	f.List = &ListOffer{}
	inOrder(t, render(t, ListPage(f, listView(languageOf("en")), nil)), `content="https://loans.example/card/site.png"`)
	f.List.Card = &view.Picture{Picture: site.Picture{URL: "https://loans.example/card/country/ke.png?v=1", Width: 1200, Height: 630}, Alt: "Loans in Kenya"}
	inOrder(t, render(t, ListPage(f, listView(languageOf("en")), nil)), `"og:image" content="https://loans.example/card/country/ke.png?v=1"`, `="630"`, `:alt" content="Loans in Kenya"`, `image:alt" content="Loans in Kenya"`)
}
