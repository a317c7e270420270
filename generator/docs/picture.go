package docs

import (
	"fmt"
	"html"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// size is how large an author wants a picture: pixels, or hundredths of the
// column; 0 where nothing is said.
type size struct{ width, height, part int }

// column is how wide the text of a page is, in CSS pixels (46rem).
const column = 736

var (
	sizeValue = regexp.MustCompile(`^\s*([0-9]{1,5})(?:\.[0-9]+)?(px|%)?\s*$`)
	sizeStyle = regexp.MustCompile(`(?i)(?:^|[\s{;,])(max-?width|width|max-?height|height)\s*:\s*['"]?([0-9]{1,5}(?:\.[0-9]+)?(?:px|%)?)['"]?\s*(?:[;,}]|$)`)
)

// sizeOf reads the attributes width, height and style of a tag.
func sizeOf(t tag) size {
	var s size
	set := func(name, value string) {
		found := sizeValue.FindStringSubmatch(value)
		if found == nil {
			return
		}
		n, _ := strconv.Atoi(found[1])
		switch height := strings.HasSuffix(strings.ToLower(name), "height"); {
		case found[2] == "%" && !height:
			s.part = min(n, 100)
		case found[2] != "%" && height:
			s.height = n
		case found[2] != "%":
			s.width = n
		}
	}
	for _, a := range t.attributes {
		switch a.name {
		case "style":
			for _, found := range sizeStyle.FindAllStringSubmatch(firstOf(a.script, a.value), -1) {
				set(found[1], found[2])
			}
		case "width", "height":
			set(a.name, a.value)
		}
	}
	return s
}

// fit is the size that a picture is shown in: the author's, in the picture's own
// proportions, else its own; 0 where neither is known.
func (s size) fit(width, height int) (int, int) {
	if s.part > 0 && s.width == 0 && s.height == 0 {
		s.width = column * s.part / 100
		if width > 0 {
			s.width = min(s.width, width)
		}
	}
	switch {
	case s.width > 0 && s.height > 0 || width == 0 || height == 0:
		return s.width, s.height
	case s.width > 0:
		return s.width, max(1, int(math.Round(float64(s.width)*float64(height)/float64(width))))
	case s.height > 0:
		return max(1, int(math.Round(float64(s.height)*float64(width)/float64(height)))), s.height
	}
	return width, height
}

// picture is the HTML of a picture; empty, with a word, where there is none to
// show.
func (r *reading) picture(line int, source, alt, title string, wanted size) string {
	if u, err := url.Parse(source); err == nil && (u.Scheme != "" || u.Host != "") && u.Scheme != "pathname" {
		r.tell(noPicture, line, fmt.Sprintf("the picture %s is not shown: pages load nothing from other sites, and its words stand in its place", source))
		return ""
	}
	if pictureTypes[endingOf(source)] == "" {
		r.tell(noPicture, line, fmt.Sprintf("the picture %s is of a kind that is not published, and its words stand in its place", firstOf(source, "without an address")))
		return ""
	}
	found := r.attached.find(source, r.file, r.document.key)
	if found.reason != "" {
		r.tell(noPicture, line, fmt.Sprintf("the picture %s %s; its words stand in its place", source, found.reason))
		return ""
	}
	r.document.show(source, r.asset(found.name))
	var b strings.Builder
	fmt.Fprintf(&b, `<img src="%s" alt="%s"`, html.EscapeString(r.asset(found.name)), html.EscapeString(alt))
	if title != "" {
		fmt.Fprintf(&b, ` title="%s"`, html.EscapeString(title))
	}
	if width, height := wanted.fit(found.width, found.height); width > 0 {
		fmt.Fprintf(&b, ` width="%d"`, width)
		if height > 0 {
			fmt.Fprintf(&b, ` height="%d"`, height)
		}
	}
	b.WriteString(` loading="lazy" decoding="async">`)
	return b.String()
}

// pictureAttribute holds the HTML of a picture in the tree.
const pictureAttribute = "picture"

// image notes what becomes of a picture. One of another site is led to, where
// its words do not lead elsewhere.
func (r *reading) image(n *ast.Image) {
	as := func(text string) string { return text }
	source := r.restore(string(n.Destination), as)
	made := r.picture(r.lineOf(n), source, r.plain(n), r.restore(string(n.Title), as), size{})
	if made != "" {
		n.SetAttributeString(pictureAttribute, made)
		return
	}
	for above := n.Parent(); above != nil; above = above.Parent() {
		if above.Kind() == ast.KindLink || above.Kind() == ast.KindHeading {
			return
		}
	}
	if strings.HasPrefix(source, "https://") || strings.HasPrefix(source, "http://") {
		r.link(n, source, string(n.Title))
	}
}

// imageTag is a picture that its author wrote as a tag.
func (r *reading) imageTag(t tag, source string) string {
	alt, _ := t.value("alt")
	title, _ := t.value("title")
	alt = html.UnescapeString(alt)
	if made := r.picture(t.line, html.UnescapeString(source), alt, html.UnescapeString(title), sizeOf(t)); made != "" {
		return made
	}
	return html.EscapeString(alt)
}

// sourceOf is the file that an attribute names, be it by a component's way to
// name one: require("…"), useBaseUrl("…") or what an import is called.
func (r *reading) sourceOf(t tag, name string) string {
	for _, a := range t.attributes {
		if a.name != name {
			continue
		}
		if found := requires.FindStringSubmatch(a.script); found != nil {
			return found[1]
		}
		return firstOf(a.value, r.prepared.imports[a.script])
	}
	return ""
}

var requires = regexp.MustCompile(`^(?:require|useBaseUrl)\(\s*['"\x60]([^'"\x60]+)['"\x60]\s*\)(?:\.default)?$`)

// writeImage writes a picture, or leaves its words in its place: they are its
// children.
func writeImage(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if made, ok := n.AttributeString(pictureAttribute); ok {
		if entering {
			_, _ = w.WriteString(made.(string))
		}
		return ast.WalkSkipChildren, nil
	}
	writeMark(w, n, entering)
	return ast.WalkContinue, nil
}
