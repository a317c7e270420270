package docs

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// tagBlock and tagWord are tags in the tree of a document: on a line of its own,
// and among words. html is what becomes of one.
type tagBlock struct {
	ast.BaseBlock
	number int
	html   string
}

type tagWord struct {
	ast.BaseInline
	number int
	html   string
}

var (
	kindTagBlock = ast.NewNodeKind("TagBlock")
	kindTagWord  = ast.NewNodeKind("TagWord")
)

func (*tagBlock) Kind() ast.NodeKind { return kindTagBlock }
func (*tagWord) Kind() ast.NodeKind  { return kindTagWord }

func (t *tagBlock) Dump(source []byte, level int) { ast.DumpHelper(t, source, level, nil, nil) }
func (t *tagWord) Dump(source []byte, level int)  { ast.DumpHelper(t, source, level, nil, nil) }

// preparedKey holds what was prepared in the context of a parser.
var preparedKey = parser.NewContextKey()

// tagParser finds the numbers that stand where tags were.
type tagParser struct{}

func (tagParser) Trigger() []byte { return []byte{tagBegins[0]} }

func (tagParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	number, length := tagNumber(bytes.TrimLeft(line, " \t"))
	if length == 0 || len(bytes.TrimSpace(line)) != length {
		return nil, parser.NoChildren
	}
	known := pc.Get(preparedKey).(prepared).tags
	if number >= len(known) || known[number].place() == inLine {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &tagBlock{number: number}, parser.NoChildren
}

func (tagParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (tagParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (tagParser) CanInterruptParagraph() bool                                 { return true }
func (tagParser) CanAcceptIndentedLine() bool                                 { return true }

func (tagParser) Parse(_ ast.Node, reader text.Reader, pc parser.Context) ast.Node {
	line, _ := reader.PeekLine()
	number, length := tagNumber(line)
	if length == 0 || number >= len(pc.Get(preparedKey).(prepared).tags) {
		return nil
	}
	reader.Advance(length)
	return &tagWord{number: number}
}

// tagNumber reads a number that stands for a tag, between its signs.
func tagNumber(line []byte) (number, length int) {
	if !bytes.HasPrefix(line, []byte(tagBegins)) {
		return 0, 0
	}
	end := bytes.IndexByte(line, tagEnds)
	if end < 0 {
		return 0, 0
	}
	number, err := strconv.Atoi(string(line[len(tagBegins):end]))
	if err != nil {
		return 0, 0
	}
	return number, end + 1
}

var tagSigns = regexp.MustCompile("(?:<|&lt;)[\x01]([0-9]+)[\x02]")

// restore puts tags back into a text that turned out to be none of Markdown's
// words, such as code by indentation.
func (r *reading) restore(s string, as func(string) string) string {
	if strings.IndexByte(s, tagEnds) < 0 {
		return s
	}
	return tagSigns.ReplaceAllStringFunc(s, func(found string) string {
		number, err := strconv.Atoi(found[strings.IndexByte(found, tagBegins[1])+1 : len(found)-1])
		if err != nil || number >= len(r.prepared.tags) {
			return ""
		}
		return as(r.prepared.tags[number].text)
	})
}

// opened is an element that is open where the tags of a node are settled.
type opened struct {
	tag   tag
	close string // HTML
}

// settleTags gives every tag below a node its HTML: elements begin and end
// within one node, so that none reaches into the page around the document.
func (r *reading) settleTags(n ast.Node) {
	var open []opened
	var next ast.Node
	for child := n.FirstChild(); child != nil; child = next {
		next = child.NextSibling()
		switch child := child.(type) {
		case *tagBlock:
			child.html, open = r.settleTag(r.prepared.tags[child.number], open)
		case *tagWord:
			child.html, open = r.settleTag(r.prepared.tags[child.number], open)
		default:
			r.settleTags(child)
		}
	}
	if len(open) == 0 {
		return
	}
	var b strings.Builder
	for _, o := range slices.Backward(open) {
		b.WriteString(o.close)
		if o.tag.component() || o.tag.place() == alone {
			r.tell(openTag, o.tag.line, fmt.Sprintf("<%s> has no end where it stands", o.tag.name))
		}
	}
	last := b.String()
	if n.Type() == ast.TypeInline || n.FirstChild().Type() == ast.TypeInline {
		n.AppendChild(n, &tagWord{html: last})
	} else {
		n.AppendChild(n, &tagBlock{html: last})
	}
}

// settleTag is the HTML of a tag, and what is open behind it.
func (r *reading) settleTag(t tag, open []opened) (string, []opened) {
	if t.closing {
		at := len(open) - 1
		for at >= 0 && open[at].tag.name != t.name {
			at--
		}
		if at < 0 {
			return "", open
		}
		var made strings.Builder
		for _, o := range slices.Backward(open[at:]) {
			made.WriteString(o.close)
		}
		return made.String(), open[:at]
	}
	begin, end := r.element(t)
	if t.closed || void[strings.ToLower(t.name)] || t.name == "img" {
		return begin + end, open
	}
	return begin, append(open, opened{t, end})
}

// element is what an opening tag and its end become.
func (r *reading) element(t tag) (begin, end string) {
	if t.component() {
		return r.component(t)
	}
	name := strings.ToLower(t.name)
	if name == "img" {
		return r.imageTag(t, r.sourceOf(t, "src")), ""
	}
	if _, ok := elements[name]; !ok {
		r.tell(refusedTag, t.line, fmt.Sprintf("HTML that is not let through is left out: <%s>; what it holds is kept", t.name))
		return "", ""
	}
	attributes := r.attributes(name, t)
	if name == "a" {
		if href, ok := t.value("href"); ok {
			title, _ := t.value("title")
			number := len(r.document.links)
			r.document.links = append(r.document.links, link{file: r.file, line: t.line, destination: html.UnescapeString(href), title: html.UnescapeString(title)})
			return mark + strconv.Itoa(number) + mark, mark + strconv.Itoa(closing(number)) + mark
		}
		if attributes == "" {
			return "", ""
		}
	}
	if void[name] {
		return "<" + name + attributes + ">", ""
	}
	if name == "table" {
		return wide(r.document.language.Words.Table) + "<table" + attributes + ">", "</table></div>"
	}
	return "<" + name + attributes + ">", "</" + name + ">"
}

// attributes are those of an element that pass, and its id, which an older way
// of writing calls name.
func (r *reading) attributes(element string, t tag) string {
	var b strings.Builder
	for _, a := range t.attributes {
		name := strings.ToLower(a.name)
		value := html.UnescapeString(a.value)
		if name == "id" || name == "name" && element == "a" {
			if value == "" || r.ids.taken[value] || strings.ContainsAny(value, " \t\n") {
				continue
			}
			r.ids.taken[value] = true
			name = "id"
		} else if of, ok := kept[name]; !ok || of != "" && !slices.Contains(strings.Fields(of), element) {
			continue
		}
		b.WriteString(" " + name)
		if value != "" {
			b.WriteString(`="` + html.EscapeString(value) + `"`)
		}
	}
	return b.String()
}

// looseParagraphs lets the words of an element that holds words stand in it
// without a paragraph around both.
func looseParagraphs(root ast.Node, of []tag) {
	var found []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if first, ok := n.FirstChild().(*tagWord); ok && entering && n.Kind() == ast.KindParagraph && elements[strings.ToLower(of[first.number].name)] != inLine {
			found = append(found, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range found {
		block := ast.NewTextBlock()
		block.SetLines(n.Lines())
		for child := n.FirstChild(); child != nil; child = n.FirstChild() {
			block.AppendChild(block, child)
		}
		n.Parent().ReplaceChild(n.Parent(), n, block)
	}
}

func writeTagBlock(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if made := n.(*tagBlock).html; entering && made != "" {
		_, _ = w.WriteString(made + "\n")
	}
	return ast.WalkContinue, nil
}

func writeTagWord(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(n.(*tagWord).html)
	}
	return ast.WalkContinue, nil
}
