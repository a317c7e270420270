package docs

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"sort"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads CommonMark with tables, task lists, strikethrough and bare
// addresses, and writes HTML without style attributes and without the author's
// own tags.
type markdown struct{ goldmark.Markdown }

func newMarkdown() *markdown {
	return &markdown{goldmark.New(
		goldmark.WithExtensions(
			// Alignment by a style attribute would break the pages' policy.
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough, extension.Linkify, extension.TaskList,
		),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(markup{}, 100))),
	)}
}

// reading is one body on its way to a document.
type reading struct {
	document *document
	source   []byte
	starts   []int // of the lines
	before   int   // lines of the file before the body
	ids      *anchors
	warn     func(line int, reason string)
}

// read fills a document from its body, which begins after so many lines of the
// file.
func (m *markdown) read(d *document, body string, before int, warn func(line int, reason string)) {
	r := &reading{document: d, source: []byte(body), before: before, ids: newAnchors(), warn: warn, starts: []int{0}}
	for i, c := range r.source {
		if c == '\n' {
			r.starts = append(r.starts, i+1)
		}
	}
	root := m.Parser().Parse(text.NewReader(r.source))
	r.walk(root)
	d.anchors = r.ids.taken
	delete(d.anchors, frameID)
	title := r.takeTitle(m, root)
	d.body = m.render(r.source, root)
	d.title = d.matter.Title
	if d.title == "" {
		d.title = title
	}
	if d.title == "" {
		d.title = path.Base(d.key)
	}
	d.description = d.matter.Description
	if d.description == "" {
		d.description = r.firstParagraph(root)
	}
}

// line is the line of the file that a byte of the body is on.
func (r *reading) line(at int) int {
	return sort.SearchInts(r.starts, at+1) + r.before
}

// lineOf is the line that a node begins on, as well as the tree knows it.
func (r *reading) lineOf(n ast.Node) int {
	at := -1
	_ = ast.Walk(n, func(below ast.Node, entering bool) (ast.WalkStatus, error) {
		switch below := below.(type) {
		case *ast.Text:
			at = below.Segment.Start
		case *ast.RawHTML:
			at = below.Segments.At(0).Start
		}
		if at >= 0 {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	for ; at < 0 && n != nil; n = n.Parent() {
		if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
			at = n.Lines().At(0).Start
		}
	}
	return r.line(max(at, 0))
}

// walk gives headings their ids, notes links, and tells of what is left out.
func (r *reading) walk(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			r.heading(n)
		case *ast.Link:
			r.link(n, string(n.Destination), string(n.Title))
		case *ast.AutoLink:
			r.autoLink(n)
		case *ast.Image:
			r.warn(r.lineOf(n), fmt.Sprintf("the picture %s is not shown: pictures are not published yet, and its words stand in its place", n.Destination))
		case *ast.HTMLBlock:
			if n.HTMLBlockType != ast.HTMLBlockType2 {
				r.warn(r.lineOf(n), "raw HTML is left out")
			}
		case *ast.RawHTML:
			if tag := n.Segments.Value(r.source); !bytes.HasPrefix(tag, []byte("</")) && !bytes.HasPrefix(tag, []byte("<!--")) {
				r.warn(r.lineOf(n), fmt.Sprintf("raw HTML is left out: %s", tag))
			}
		case *extast.TableCell:
			if n.Parent().Kind() == extast.KindTableHeader {
				n.SetAttributeString("scope", "col")
			}
			switch n.Alignment {
			case extast.AlignCenter:
				n.SetAttributeString("class", "middle")
			case extast.AlignRight:
				n.SetAttributeString("class", "end")
			}
		}
		return ast.WalkContinue, nil
	})
}

var explicitID = regexp.MustCompile(`\s*\{#([^{}#\s]+)\}\s*$`)

// heading gives a heading its id: the one it says itself at its end, {#id},
// else one made of its words.
func (r *reading) heading(n *ast.Heading) {
	id := ""
	if last, ok := n.LastChild().(*ast.Text); ok {
		if found := explicitID.FindSubmatchIndex(last.Value(r.source)); found != nil {
			id = string(last.Value(r.source)[found[2]:found[3]])
			last.Segment = last.Segment.WithStop(last.Segment.Start + found[0])
		}
	}
	words := plain(n, r.source)
	if id == "" || r.ids.taken[id] {
		id = r.ids.id(words)
	}
	r.ids.taken[id] = true
	if id != "" {
		n.SetAttributeString("id", id)
	}
	r.document.headings = append(r.document.headings, Heading{n.Level, id, words})
}

// takeTitle takes the first heading out of the text where it is one of the
// first level and stands before everything else, and gives its words.
func (r *reading) takeTitle(m *markdown, root ast.Node) string {
	first, ok := root.FirstChild().(*ast.Heading)
	if !ok || first.Level != 1 {
		return ""
	}
	words := plain(first, r.source)
	root.RemoveChild(root, first)
	block := ast.NewTextBlock()
	for child := first.FirstChild(); child != nil; child = first.FirstChild() {
		block.AppendChild(block, child)
	}
	r.document.heading = m.render(r.source, block)
	return words
}

// longestDescription is as much as search engines show, in characters.
const longestDescription = 200

// firstParagraph is the beginning of the text, for search engines.
func (r *reading) firstParagraph(root ast.Node) string {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindParagraph {
			continue
		}
		words := []rune(strings.Join(strings.Fields(plain(n, r.source)), " "))
		if len(words) <= longestDescription {
			return string(words)
		}
		cut := string(words[:longestDescription])
		if space := strings.LastIndexByte(cut, ' '); space > 0 {
			cut = cut[:space]
		}
		return strings.TrimRight(cut, " .,;:") + "…"
	}
	return ""
}

// plain is the text of a node without its markup.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			value := n.Value(source)
			if n.Parent().Kind() != ast.KindCodeSpan && !n.IsRaw() {
				value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
			}
			b.Write(value)
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		case *ast.AutoLink:
			b.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

// mark stands in HTML where a link begins or ends: a NUL, which no text has,
// before and behind its number; a link's end has the number's complement.
const mark = "\x00"

// render writes a node as HTML, cut at its links.
func (m *markdown) render(source []byte, n ast.Node) []piece {
	var w bytes.Buffer
	// A bytes.Buffer has no errors, and the renderers here make none.
	_ = m.Renderer().Render(&w, source, n)
	parts := strings.Split(w.String(), mark)
	var pieces []piece
	for i := 0; i < len(parts); i += 2 {
		p := piece{html: parts[i], link: noLink}
		if i+1 < len(parts) {
			p.link, _ = strconv.Atoi(parts[i+1])
		}
		pieces = append(pieces, p)
	}
	return pieces
}
