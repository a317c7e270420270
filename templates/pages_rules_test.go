package templates

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The rules that TestStructureOfEveryPage holds every page to.

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
	href, _ := attribute(link, "href")
	for _, part := range find(root, atom.Main) {
		if id, _ := attribute(part, "id"); "#"+id == href {
			return
		}
		for n := range elements(part) {
			if id, ok := attribute(n, "id"); ok && "#"+id == href {
				return
			}
		}
	}
	t.Errorf("the first link leads to %q, which is not in the main part", href)
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
			if !ok || !local && name == "href" {
				continue
			}
			for id := range strings.FieldsSeq(value) {
				if ids[id] == 0 {
					t.Errorf("%s of %s points at %q, which is not there", name, n.Data, id)
				}
			}
		}
	}
}

// mayBeEmpty are the elements that mean something without content, and cells
// of a table that stand for an amount that is not known.
var mayBeEmpty = []string{"meta", "link", "img", "input", "path", "rect", "script", "svg", "use", "image", "circle", "iframe", "td"}

func hasNoEmptyElements(t *testing.T, root *html.Node) {
	for n := range elements(root) {
		if slices.Contains(mayBeEmpty, n.Data) {
			continue
		}
		if n.DataAtom == atom.Div && n.FirstChild != nil && (n.FirstChild.DataAtom == atom.Img || n.FirstChild.DataAtom == atom.Iframe) {
			continue
		}
		if role, _ := attribute(n, "role"); role == "status" {
			continue // a script fills it when there is something to say
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
	for _, n := range slices.Concat(find(root, atom.Textarea), find(root, atom.Input), find(root, atom.Select)) {
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
		if n.DataAtom == atom.Script && kind != "application/ld+json" && kind != "application/json" && (src == "" || n.FirstChild != nil) {
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
		if src != "" && !strings.HasPrefix(src, "/assets/") && !strings.HasPrefix(src, "/embed/") && !strings.HasPrefix(src, "https://pictures.example/") {
			t.Errorf("%s asks for %q", n.Data, src)
		}
	}
}
