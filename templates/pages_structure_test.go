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

func hasLanguage(t *testing.T, root *html.Node) {
	page := find(root, atom.Html)[0]
	if lang, _ := attribute(page, "lang"); lang == "" {
		t.Error("no lang")
	}
	if dir, _ := attribute(page, "dir"); dir != "ltr" && dir != "rtl" {
		t.Errorf("dir is %q", dir)
	}
}

func hasLandmarks(t *testing.T, root *html.Node) {
	for _, kind := range []atom.Atom{atom.Main, atom.Header, atom.Footer, atom.Title} {
		found := slices.DeleteFunc(find(root, kind), func(n *html.Node) bool { return n.Namespace == "svg" })
		if n := len(found); n != 1 {
			t.Errorf("%d of %s", n, kind)
		}
	}
	for _, nav := range find(root, atom.Nav) {
		if label, _ := attribute(nav, "aria-label"); label == "" {
			t.Error("a nav without a name")
		}
	}
}

func hasHeadings(t *testing.T, root *html.Node) {
	last, first := 0, 0
	for n := range elements(root) {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		level := int(n.Data[1] - '0')
		if level > last+1 {
			t.Errorf("%s %q follows h%d", n.Data, textOf(n), last)
		}
		if level == 1 {
			first++
		}
		last = level
	}
	if first != 1 {
		t.Errorf("%d of h1", first)
	}
}

func hasSkipLink(t *testing.T, root *html.Node) {
	link := find(root, atom.A)[0]
	if href, _ := attribute(link, "href"); href != "#main" {
		t.Errorf("the first link leads to %q", href)
	}
}

func hasSoundIDs(t *testing.T, root *html.Node) {
	ids := map[string]int{}
	for n := range elements(root) {
		if id, ok := attribute(n, "id"); ok {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 || id == "" {
			t.Errorf("id %q is there %d times", id, n)
		}
	}
	for n := range elements(root) {
		for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "href"} {
			value, ok := attribute(n, name)
			value, local := strings.CutPrefix(value, "#")
			if ok && (local || name != "href") && ids[value] == 0 {
				t.Errorf("%s of %s points at %q, which is not there", name, n.Data, value)
			}
		}
	}
}

// mayBeEmpty are the elements that mean something without content, and cells
// of a table that stand for an amount that is not known.
var mayBeEmpty = []string{"meta", "link", "img", "input", "path", "rect", "svg", "use", "image", "circle", "td"}

func hasNoEmptyElements(t *testing.T, root *html.Node) {
	for n := range elements(root) {
		if slices.Contains(mayBeEmpty, n.Data) {
			continue
		}
		if src, _ := attribute(n, "src"); n.DataAtom == atom.Script && src != "" {
			continue
		}
		if n.DataAtom == atom.Div && n.FirstChild != nil && n.FirstChild.DataAtom == atom.Img {
			continue
		}
		if textOf(n) == "" {
			t.Errorf("an empty %s with %v", n.Data, n.Attr)
		}
		if href, ok := attribute(n, "href"); n.DataAtom == atom.A && (!ok || href == "") {
			t.Errorf("link %q leads nowhere", textOf(n))
		}
	}
}

func hasDescribedPictures(t *testing.T, root *html.Node) {
	for _, n := range find(root, atom.Img) {
		alt, ok := attribute(n, "alt")
		inBrand := n.Parent.DataAtom == atom.A
		if !ok || (alt == "" && !inBrand) {
			t.Errorf("picture %v has no words", n.Attr)
		}
	}
	for n := range elements(root) {
		if n.Data != "svg" || n.Parent.Data == "svg" {
			continue
		}
		hidden, _ := attribute(n, "aria-hidden")
		role, _ := attribute(n, "role")
		name, _ := attribute(n, "aria-labelledby")
		words, _ := attribute(n, "aria-describedby")
		if hidden != "true" && (role != "img" || name == "" || words == "") {
			t.Errorf("a drawing with %v is neither described nor left out", n.Attr)
		}
	}
}

func hasNamedTablesAndFields(t *testing.T, root *html.Node) {
	for _, n := range find(root, atom.Table) {
		// A table of a document is called what the text around it says.
		if class, _ := attribute(n.Parent, "class"); class != "wide" && len(find(n, atom.Caption)) != 1 {
			t.Error("a table without a caption")
		}
	}
	for _, n := range find(root, atom.Th) {
		if scope, _ := attribute(n, "scope"); scope != "col" && scope != "row" {
			t.Errorf("head %q has scope %q", textOf(n), scope)
		}
	}
	var labelled []string
	for _, n := range find(root, atom.Label) {
		id, _ := attribute(n, "for")
		labelled = append(labelled, id)
	}
	for _, n := range append(find(root, atom.Textarea), find(root, atom.Input)...) {
		if id, _ := attribute(n, "id"); !slices.Contains(labelled, id) {
			t.Errorf("field %q has no label", id)
		}
	}
}

func hasNothingInline(t *testing.T, root *html.Node) {
	for n := range elements(root) {
		if n.DataAtom == atom.Style {
			t.Error("an inline style sheet")
		}
		kind, _ := attribute(n, "type")
		src, _ := attribute(n, "src")
		if n.DataAtom == atom.Script && kind != "application/ld+json" && (src == "" || n.FirstChild != nil) {
			t.Errorf("a script of type %q that is no file", kind)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s has %s", n.Data, a.Key)
			}
		}
	}
}

func asksOnlyOwnHost(t *testing.T, root *html.Node) {
	for n := range elements(root) {
		src, _ := attribute(n, "src")
		if rel, _ := attribute(n, "rel"); rel == "stylesheet" || rel == "icon" {
			src, _ = attribute(n, "href")
		}
		if src != "" && !strings.HasPrefix(src, "/assets/") && !strings.HasPrefix(src, "https://pictures.example/") {
			t.Errorf("%s asks for %q", n.Data, src)
		}
	}
}

func TestEveryClassHasAStyleAndEveryStyleAClass(t *testing.T) {
	var css string
	for _, a := range public.Embedded().Assets() {
		if a.Name == public.SiteStyle || a.Name == public.DocsStyle {
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
	unstyled := []string{"loan", "newer", "by-status", "by-sector"}
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
}
