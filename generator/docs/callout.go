package docs

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// calloutKinds are the kinds of callouts, with the class each has the colours
// of.
var calloutKinds = map[string]string{
	"note": "off", "secondary": "off", "tip": "ok", "success": "ok", "info": "info", "important": "go", "warning": "warn", "caution": "warn", "danger": "warn",
}

// callout is a part of a text that is set apart: an admonition, or a block quote
// that begins with [!NOTE].
type callout struct {
	ast.BaseBlock
	kind   string
	colons int
	closed bool
	at     int // where it begins in the text
}

// calloutHead is the first part of one, in words of its author's.
type calloutHead struct{ ast.BaseBlock }

var (
	kindCallout     = ast.NewNodeKind("Callout")
	kindCalloutHead = ast.NewNodeKind("CalloutHead")
)

func (*callout) Kind() ast.NodeKind     { return kindCallout }
func (*calloutHead) Kind() ast.NodeKind { return kindCalloutHead }

func (c *callout) Dump(source []byte, level int)     { ast.DumpHelper(c, source, level, nil, nil) }
func (c *calloutHead) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

// calloutParser reads admonitions as Docusaurus has them: a line of three colons
// or more, a kind and maybe a title, in brackets or, as they were, without;
// then blocks; then as many colons.
type calloutParser struct{}

var calloutLine = regexp.MustCompile(`^(:{3,})[ \t]*([A-Za-z][A-Za-z0-9_-]*)[ \t]*(?:\[(.*)\]|\{[^}]*\}|([^\[{\s].*?))?[ \t]*(?:\{[^}]*\})?[ \t]*\r?\n?$`)

func (calloutParser) Trigger() []byte { return []byte{':'} }

// deepestCallout is how many callouts may stand in one another; more are text.
const deepestCallout = 8

func (calloutParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	found := calloutLine.FindSubmatchIndex(line[at:])
	if found == nil {
		return nil, parser.NoChildren
	}
	kind := strings.ToLower(string(line[at+found[4] : at+found[5]]))
	if calloutKinds[kind] == "" {
		return nil, parser.NoChildren
	}
	begin := segment.Start - segment.Padding + at
	c := &callout{kind: kind, colons: found[3] - found[2], at: begin}
	for _, group := range []int{6, 8} {
		if found[group] >= 0 && found[group] < found[group+1] {
			head := &calloutHead{}
			head.Lines().Append(text.NewSegment(begin+found[group], begin+found[group+1]))
			c.AppendChild(c, head)
		}
	}
	depth := 0
	for ; parent != nil; parent = parent.Parent() {
		if parent.Kind() == kindCallout {
			depth++
		}
	}
	if depth >= deepestCallout {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

func (calloutParser) Continue(n ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if end := bytes.TrimSpace(line); len(end) >= n.(*callout).colons && len(bytes.Trim(end, ":")) == 0 {
		n.(*callout).closed = true
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

func (calloutParser) Close(ast.Node, text.Reader, parser.Context) {}
func (calloutParser) CanInterruptParagraph() bool                 { return true }
func (calloutParser) CanAcceptIndentedLine() bool                 { return false }

// alertParser reads the callouts of GitHub: block quotes whose first line is
// [!NOTE] or the like.
type alertParser struct{}

var alertLine = regexp.MustCompile(`^\[!([A-Za-z]+)\]$`)

// alertAttribute holds the kind of such a block quote.
const alertAttribute = "alert"

func (alertParser) Transform(n *ast.Paragraph, reader text.Reader, _ parser.Context) {
	quote := n.Parent()
	if quote == nil || quote.Kind() != ast.KindBlockquote || quote.FirstChild() != ast.Node(n) || n.Lines().Len() == 0 {
		return
	}
	first := n.Lines().At(0)
	found := alertLine.FindSubmatch(bytes.TrimSpace(first.Value(reader.Source())))
	if found == nil {
		return
	}
	kind := strings.ToLower(string(found[1]))
	if calloutKinds[kind] == "" {
		return
	}
	quote.SetAttributeString(alertAttribute, kind)
	rest := text.NewSegments()
	for i := 1; i < n.Lines().Len(); i++ {
		rest.Append(n.Lines().At(i))
	}
	if n.SetLines(rest); rest.Len() == 0 {
		quote.RemoveChild(quote, n)
	}
}

// settleAlerts makes callouts of those block quotes.
func settleAlerts(root ast.Node) {
	var found []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if _, ok := n.AttributeString(alertAttribute); ok && entering {
			found = append(found, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range found {
		kind, _ := n.AttributeString(alertAttribute)
		c := &callout{kind: kind.(string), closed: true}
		for child := n.FirstChild(); child != nil; child = n.FirstChild() {
			c.AppendChild(c, child)
		}
		n.Parent().ReplaceChild(n.Parent(), n, c)
	}
}

// callout gives a callout its first words and tells of one without an end.
func (r *reading) callout(c *callout) {
	if !c.closed {
		r.tell(openAdmonition, r.line(c.at), fmt.Sprintf("the admonition :::%s begins here and has no end", c.kind))
	}
	if c.FirstChild() == nil || c.FirstChild().Kind() != kindCalloutHead {
		head := &calloutHead{}
		head.AppendChild(head, ast.NewString([]byte(r.calloutTitle(c.kind))))
		if c.FirstChild() == nil {
			c.AppendChild(c, head)
		} else {
			c.InsertBefore(c, c.FirstChild(), head)
		}
	}
}

// calloutTitle is what stands over a callout whose author says nothing.
func (r *reading) calloutTitle(kind string) string {
	words := r.document.language.Words
	switch kind {
	case "tip", "success":
		return words.CalloutTip
	case "info":
		return words.CalloutInfo
	case "important":
		return words.CalloutImportant
	case "warning", "caution":
		return words.CalloutWarning
	case "danger":
		return words.CalloutDanger
	}
	return words.CalloutNote
}

func calloutBegin(kind string) string {
	return `<div class="callout ` + calloutKinds[kind] + `" role="note">`
}

func writeCallout(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(calloutBegin(n.(*callout).kind) + "\n")
	} else {
		_, _ = w.WriteString("</div>\n")
	}
	return ast.WalkContinue, nil
}

func writeCalloutHead(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<p class="callout-title">`)
	} else {
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}
