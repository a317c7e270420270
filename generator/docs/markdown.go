package docs

import (
	"bytes"
	"fmt"
	"html"
	"io/fs"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown reads CommonMark with what GitHub adds, footnotes, emoji codes and
// callouts, and writes HTML without style attributes. Tags are not its own
// business: [prepare] takes them out before.
type markdown struct{ goldmark.Markdown }

func newMarkdown() *markdown {
	html := parser.NewHTMLBlockParser()
	blocks := slices.DeleteFunc(parser.DefaultBlockParsers(), func(p util.PrioritizedValue) bool { return p.Value == html })
	raw := parser.NewRawHTMLParser()
	words := slices.DeleteFunc(parser.DefaultInlineParsers(), func(p util.PrioritizedValue) bool { return p.Value == raw })
	return &markdown{goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(append(blocks, util.Prioritized(tagParser{}, 90), util.Prioritized(calloutParser{}, 750))...),
			parser.WithInlineParsers(append(words, util.Prioritized(tagParser{}, 90))...),
			parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(), util.Prioritized(alertParser{}, 50))...),
		)),
		goldmark.WithExtensions(
			// Alignment by a style attribute would break the pages' policy.
			extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
			extension.Strikethrough, extension.Linkify, extension.TaskList, extension.Footnote,
			emoji.New(emoji.WithRenderingMethod(emoji.Unicode)),
		),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(markup{&colours{}}, 100))),
	)}
}

// reading is one text on its way to a document: that of its file, or of another
// one that it takes in.
type reading struct {
	*markdown
	files     fs.FS
	document  *document
	file      string
	within    []string // the files that take this one in, and itself
	prepared  prepared
	starts    []int // of the lines
	ids       *anchors
	find      func(what fault, file string, line int, format string, values ...any)
	excerpts  bool // tells whether a document is described as Docusaurus does it
	attached  *attachments
	asset     func(name string) string // the path of a file of that name
	failed    bool                     // tells whether the document cannot be used
	tabs      map[int]tab              // by the numbers of their tags
	groups    int                      // of tabs so far
	partials  []partial                // as texts that are taken in are numbered
	taken     int                      // texts that were taken in so far
	languages map[string]bool          // of code
}

// tell notes a fault of the text. An error sets the document aside.
func (r *reading) tell(what fault, line int, reason string) {
	r.failed = r.failed || severities[what] == Error
	r.find(what, r.file, line, "%s", reason)
}

// read fills a document from its body, which begins behind so many lines of the
// file; false when it cannot be used.
func (r *reading) read(body string, before int) bool {
	d := r.document
	root := r.parse(body, before)
	if r.failed {
		return false
	}
	d.anchors = r.ids.taken
	delete(d.anchors, frameID)
	title := r.takeTitle(root)
	d.body = cut(r.html(root))
	d.title = firstOf(d.matter.Title, title, nameOf(d.key, d.matter, d.matter.numbered()))
	d.description = d.matter.Description
	switch {
	case d.description != "":
	case r.excerpts:
		d.description = excerpt(body)
	default:
		d.description = r.firstParagraph(root)
	}
	return !r.failed
}

// parse reads a text into a tree; nil where it cannot be used.
func (r *reading) parse(body string, before int) ast.Node {
	if line, reason := tooMuch(body); reason != "" {
		r.tell(tooLarge, line+before, reason)
		return nil
	}
	r.prepared = prepare(body, before, r.tell, func(file string) (string, error) { return readText(r.files, r.pathOf(file)) })
	r.tabs, r.groups = tabsOf(r.prepared.tags, r.groups)
	r.starts = append(make([]int, 0, len(r.prepared.lines)), 0)
	for i, c := range r.prepared.text {
		if c == '\n' {
			r.starts = append(r.starts, i+1)
		}
	}
	context := parser.NewContext()
	context.Set(preparedKey, r.prepared)
	root := r.Parser().Parse(text.NewReader(r.prepared.text), parser.WithContext(context))
	settleAlerts(root)
	looseParagraphs(root, r.prepared.tags)
	r.settleTags(root)
	r.walk(root)
	return root
}

// html is a tree as HTML.
func (r *reading) html(root ast.Node) string {
	w := buffers.Get().(*written)
	defer buffers.Put(w)
	w.Reset()
	// A bytes.Buffer has no errors, and the renderers here make none.
	_ = r.Renderer().Render(w, r.prepared.text, root)
	return r.restore(w.String(), html.EscapeString)
}

// written is HTML in memory, which goldmark would put a buffer before otherwise.
type written struct{ bytes.Buffer }

// Buffered and Flush make it what goldmark writes to.
func (*written) Buffered() int { return 0 }
func (*written) Flush() error  { return nil }

var _ util.BufWriter = (*written)(nil)

var buffers = sync.Pool{New: func() any { return new(written) }}

// line is the line of the file that a byte of the body is on.
func (r *reading) line(at int) int {
	return r.prepared.lines[sort.SearchInts(r.starts, at+1)-1]
}

// lineOf is the line that a node begins on, as well as the tree knows it.
func (r *reading) lineOf(n ast.Node) int {
	at := -1
	_ = ast.Walk(n, func(below ast.Node, entering bool) (ast.WalkStatus, error) {
		switch below := below.(type) {
		case *ast.Text:
			at = below.Segment.Start
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

var unknownCallout = regexp.MustCompile(`^:{3,}[ \t]*([A-Za-z][A-Za-z0-9_-]*)`)

func (r *reading) firstLine(n ast.Node) []byte {
	if n.Lines().Len() == 0 {
		return nil
	}
	line := n.Lines().At(0)
	return line.Value(r.prepared.text)
}

// walk gives headings their ids, notes links, and tells of what is left out.
func (r *reading) walk(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		r.note(n)
		switch n := n.(type) {
		case *ast.Heading:
			r.heading(n)
		case *ast.Link:
			r.link(n, string(n.Destination), string(n.Title))
		case *ast.AutoLink:
			r.autoLink(n)
		case *ast.Image:
			r.image(n)
		case *callout:
			r.callout(n)
		case *tagBlock:
			n.html = r.takeIn(n.html)
		case *tagWord:
			n.html = r.takeIn(n.html)
		case *extast.FootnoteLink, *extast.FootnoteBacklink, *extast.Footnote, *extast.FootnoteList:
			r.footnote(n)
		case *extast.Table:
			n.SetAttributeString(labelAttribute, r.tableLabel(n))
		case *ast.Paragraph:
			if found := unknownCallout.FindSubmatch(r.firstLine(n)); found != nil {
				r.tell(unknownAdmonition, r.lineOf(n), fmt.Sprintf("the admonition :::%s is not known; its words stand as they are", found[1]))
			}
		case *ast.FencedCodeBlock:
			r.code(n)
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
		if found := explicitID.FindSubmatchIndex(last.Value(r.prepared.text)); found != nil {
			id = string(last.Value(r.prepared.text)[found[2]:found[3]])
			last.Segment = last.Segment.WithStop(last.Segment.Start + found[0])
		}
	}
	words := r.plain(n)
	if id == "" || r.ids.taken[id] {
		id = r.ids.id(words)
	}
	r.ids.taken[id] = true
	if id != "" {
		n.SetAttributeString("id", id)
	}
	n.SetAttributeString(numberAttribute, len(r.document.headings))
	r.document.headings = append(r.document.headings, Heading{n.Level, id, words})
}

// longestLabel is as much of a table's head as names it, in characters.
const longestLabel = 80

// tableLabel names a table by the words of its head.
func (r *reading) tableLabel(n *extast.Table) string {
	var names []string
	for cell := n.FirstChild().FirstChild(); cell != nil; cell = cell.NextSibling() {
		if words := r.plain(cell); words != "" {
			names = append(names, words)
		}
	}
	table := r.document.language.Words.Table
	if len(names) == 0 {
		return table
	}
	return table + ": " + shorten(strings.Join(names, ", "), longestLabel)
}

// takeTitle takes the first heading out of the text where it is one of the
// first level and stands before everything else, and gives its words.
func (r *reading) takeTitle(root ast.Node) string {
	first, ok := root.FirstChild().(*ast.Heading)
	if !ok || first.Level != 1 {
		return ""
	}
	words := r.plain(first)
	root.RemoveChild(root, first)
	block := ast.NewTextBlock()
	for child := first.FirstChild(); child != nil; child = first.FirstChild() {
		block.AppendChild(block, child)
	}
	r.document.heading = cut(mark + strconv.Itoa(aliasHere) + mark + r.html(block))
	return words
}

// longestDescription is as much as search engines show, in characters.
const longestDescription = 200

// firstParagraph is the beginning of the text, for search engines.
func (r *reading) firstParagraph(root ast.Node) string {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindParagraph || bytes.HasPrefix(r.firstLine(n), []byte(":::")) {
			continue
		}
		return shorten(strings.Join(strings.Fields(r.plain(n)), " "), longestDescription)
	}
	return ""
}

// plain is the text of a node without its markup.
func (r *reading) plain(n ast.Node) string {
	source := r.prepared.text
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
	return strings.TrimSpace(r.restore(b.String(), func(text string) string { return text }))
}

// mark stands in HTML where a link begins or ends: a NUL, which no text has,
// before and behind its number; a link's end has the number's complement.
const mark = "\x00"

// cut parts HTML at its links.
func cut(text string) []piece {
	parts := strings.Split(text, mark)
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
