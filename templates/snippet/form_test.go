package snippet_test

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/tools/txtar"

	"loanleaf/templates/snippet"
)

var update = flag.Bool("update", false, "write the goldens")

// TestForms holds every form of some loans to testdata/forms.txtar.
func TestForms(t *testing.T) {
	var got txtar.Archive
	got.Comment = []byte("Every form of a loan, as it is pasted.\n\n")
	add := func(name string, s snippet.Subject, c snippet.Choice) {
		for _, f := range snippet.Forms() {
			got.Files = append(got.Files, txtar.File{Name: name + "." + string(f), Data: []byte(f.Write(s, c) + "\n")})
		}
	}
	add("mai", snippet.Of(mai(t), addresses, colour), snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
	add("mai-wide-auto", snippet.Of(mai(t), addresses, colour), snippet.Choice{Size: snippet.Wide, Theme: snippet.Auto})
	add("bare-fluid-dark", snippet.Of(bare(t), addresses, colour), snippet.Choice{Size: snippet.Fluid, Theme: snippet.Dark})
	add("arabic", snippet.Of(salma(t), addresses, colour), snippet.Choice{Size: snippet.Compact, Theme: snippet.Light})
	add("hostile", snippet.Of(hostile(t), addresses, colour), snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
	add("mai-drawn", snippet.Of(mai(t), drawn(), colour), snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
	add("arabic-drawn", snippet.Of(salma(t), drawn(), colour), snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
	add("hostile-drawn", snippet.Of(hostile(t), drawn(), colour), snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
	const file = "testdata/forms.txtar"
	if *update {
		if err := os.WriteFile(file, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range got.Files {
		if i >= len(want.Files) || want.Files[i].Name != f.Name || !bytes.Equal(want.Files[i].Data, f.Data) {
			t.Errorf("%s is now\n%s", f.Name, f.Data)
		}
	}
	if len(want.Files) != len(got.Files) {
		t.Errorf("%d goldens for %d forms", len(want.Files), len(got.Files))
	}
}

// FuzzForms puts any text into a loan's title and use and reads every form as
// its reader does: the text is there as text, and there is no other markup than
// the form's own.
func FuzzForms(f *testing.F) {
	h := hostile(f)
	f.Add(h.LoanTitle, h.Use.String())
	f.Add("Mai's Loan", "A loan of $550 helps Mai to buy ducks.")
	f.Add("[url=x]", "```\n> - # 1. a\t|b| ~~c~~ https://evil.example www.evil.example :)")
	f.Add("\\", "\\]\\(x) &lt; &#60; <!-- --> ]]> {{ }} ![x](y) [^1] $$x$$")
	f.Add("\xff\u202e\u2066", "\u2069")
	f.Fuzz(func(t *testing.T, title, use string) {
		l := mai(t)
		l.LoanTitle, l.Place, l.State.Chip = title, title, use
		l.Use = l.Use[:0]
		l.Use = append(l.Use, mai(t).Use[0])
		l.Use[0].Text = use
		readForms(t, snippet.Of(l, addresses, colour))
		readForms(t, snippet.Of(l, drawn(), colour))
	})
}

// readForms reads every form of a loan whose card and badge are drawn, or not.
func readForms(t *testing.T, s snippet.Subject) {
	c := snippet.Choice{Size: snippet.Standard, Theme: snippet.Light}
	want := []string{s.Title, s.Use}
	for form, elements := range map[snippet.Form][]string{
		snippet.Frame: {"iframe"}, snippet.Component: {"a", "loan-card", "script"}, snippet.Quote: {"a", "blockquote", "p", "script"},
		snippet.Email: {"a", "div", "img", "table", "tbody", "td", "tr"},
	} {
		texts, got := readHTML(t, form.Write(s, c))
		if !slices.Equal(got, elements) {
			t.Errorf("%s has the elements %v", form, got)
		}
		check(t, form, texts, want[:1])
		if form == snippet.Quote || form == snippet.Email {
			check(t, form, texts, want[1:])
		}
	}

	elements, tags := []string{"a", "p"}, 2
	if s.Badge != "" {
		elements, tags = []string{"a", "img", "p"}, 6
	}
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.Strikethrough, extension.Table, extension.Footnote)).Convert([]byte(snippet.Markdown.Write(s, c)), &page); err != nil {
		t.Fatal(err)
	}
	texts, got := readHTML(t, page.String())
	if s.Title != "" && !slices.Equal(got, elements) {
		t.Errorf("markdown %q has the elements %v", snippet.Markdown.Write(s, c), got)
	}
	check(t, snippet.Markdown, texts, want)

	board := snippet.BBCode.Write(s, c)
	if strings.Count(board, "[") != tags || strings.Count(board, "]") != tags {
		t.Errorf("bbcode has other tags: %s", board)
	}
	for _, form := range []snippet.Form{snippet.BBCode, snippet.Text} {
		if got := strings.Count(form.Write(s, c), "\n"); got > 3 {
			t.Errorf("%s has %d lines", form, got)
		}
	}
}

// check looks for texts among those of a document, its attributes included.
func check(t *testing.T, form snippet.Form, texts, want []string) {
	t.Helper()
	all := strings.Join(texts, "\x00")
	for _, text := range want {
		if !strings.Contains(all, text) {
			t.Errorf("%s: %q is not among %q", form, text, texts)
		}
	}
}

// readHTML are the texts and the names of the elements of a fragment, each once
// and in order of the alphabet.
func readHTML(t *testing.T, fragment string) (texts, elements []string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		t.Fatal(err)
	}
	var read func(n *html.Node, joined *strings.Builder)
	read = func(n *html.Node, joined *strings.Builder) {
		switch n.Type {
		case html.TextNode:
			joined.WriteString(n.Data)
		case html.ElementNode:
			elements = append(elements, n.Data)
			for _, a := range n.Attr {
				texts = append(texts, a.Val)
			}
		default:
			elements = append(elements, "a node of type "+n.Data)
		}
		for child := range n.ChildNodes() {
			read(child, joined)
		}
	}
	var joined strings.Builder
	for _, n := range nodes {
		read(n, &joined)
	}
	slices.Sort(elements)
	return append(texts, joined.String()), slices.Compact(elements)
}
