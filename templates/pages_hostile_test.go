package templates

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"loanleaf/templates/view"
)

// hostile breaks out of text, attributes, comments, textareas and scripts that
// are not escaped; the last signs end lines in JavaScript but not in JSON.
const hostile = "\"'><script>alert(1)</script><!-- </textarea></title>]]> & &lt; \u2028\u2029 onload=x"

// fill puts text into every string of a value, and address into those that
// are addresses, so that a field added later is tested too.
func fill(v reflect.Value, text, address string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		if !v.IsNil() && v.Type().Elem().PkgPath() != "loanleaf/locale" {
			fill(v.Elem(), text, address)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text, address)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() {
				continue
			}
			switch {
			case field.Type.Kind() == reflect.String && (field.Name == "URL" || field.Name == "Page" || field.Name == "Widget"):
				v.Field(i).SetString(address)
			case field.Name == "Currency" || field.Name == "Direction":
				// checked words, never free text
			default:
				fill(v.Field(i), text, address)
			}
		}
	}
}

// filled are all pages, their views filled with text.
func filled(text, address string) map[string]templ.Component {
	english := languageOf("en")
	loan, bare, front, page, missing := fundraisingView(english), groupView(english), homeView(english), listView(english), goneView(english)
	search := searchView(english)
	for _, v := range []any{&loan, &bare, &front, &page, &missing, &search} {
		fill(reflect.ValueOf(v).Elem(), text, address)
	}
	bare.Picture, bare.Partner = nil, nil
	discovery := Discovery{address, address, text, text}
	f := frameIn(english, "/")
	searched := frameIn(english, "/search")
	searched.Site = searched.Site.WithSearch()
	return map[string]templ.Component{
		"search": SearchPage(searched, search, ListItem(loan)),
		"loan":   LoanPage(f, loan, discovery), "bare loan": LoanPage(f, bare, discovery),
		"embed": EmbedPage(f, embeddingOf(loan)),
		"home":  HomePage(f, front), "list": ListPage(f, page, ListItem(loan)), "not found": NotFoundPage(f, missing),
	}
}

func TestHostileTextStaysText(t *testing.T) {
	calm := filled("calm", "https://loans.example/")
	for name, page := range filled(hostile, "javascript:alert(1)") {
		t.Run(name, func(t *testing.T) {
			text := render(t, page)
			got, want := outline(parse(t, text)), outline(parse(t, render(t, calm[name])))
			if got != want {
				t.Errorf("hostile text changes what the page is made of\n got %s\nwant %s", got, want)
			}
			for n := range elements(parse(t, text)) {
				href, _ := attribute(n, "href")
				if n.DataAtom == atom.A && strings.HasPrefix(strings.ToLower(strings.TrimSpace(href)), "javascript:") {
					t.Errorf("link %q runs a script", textOf(n))
				}
			}
		})
	}
}

// outline is the names of a page's elements and their attributes, in order.
func outline(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.CommentNode:
			b.WriteString("comment ")
		case html.ElementNode:
			b.WriteString(n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key)
			}
			b.WriteString("; ")
		}
	}
	return b.String()
}

func TestHostileTextIsReadBackFromEveryPlace(t *testing.T) {
	l := change(fundraisingView(languageOf("en")), func(l *view.Loan) { l.Name, l.LoanTitle, l.ShareTitle = hostile, hostile, "" })
	text := render(t, loanOf(l))
	root := parse(t, text)
	if got := textOf(find(root, atom.H1)[0]); got != hostile {
		t.Errorf("heading reads %q", got)
	}
	if !strings.Contains(textOf(find(root, atom.Textarea)[0]), "&lt;script&gt;") {
		t.Error("the code to paste is not itself escaped")
	}
	data := linkedData(t, text)
	if strings.ContainsAny(data, "<>&\u2028\u2029") {
		t.Errorf("linked data has signs that end a script or a line: %s", data)
	}
	var read struct{ Name string }
	if err := json.Unmarshal([]byte(data), &read); err != nil || read.Name != hostile {
		t.Errorf("linked data names %q, %v", read.Name, err)
	}
}
