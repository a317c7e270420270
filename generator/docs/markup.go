package docs

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// markup writes the nodes that stand in pages otherwise than goldmark has
// them.
type markup struct{}

func (markup) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindLink, writeLink)
	register.Register(ast.KindAutoLink, writeAutoLink)
	register.Register(ast.KindImage, writeImage)
	register.Register(ast.KindRawHTML, leaveOut)
	register.Register(ast.KindHTMLBlock, leaveOut)
	register.Register(ast.KindCodeBlock, writeCode)
	register.Register(ast.KindFencedCodeBlock, writeCode)
	register.Register(extast.KindTable, writeTable)
}

// linkAttribute holds the number of a link in its document.
const linkAttribute = "link"

func writeLink(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	writeMark(w, n, entering)
	return ast.WalkContinue, nil
}

func writeMark(w util.BufWriter, n ast.Node, entering bool) {
	value, _ := n.AttributeString(linkAttribute)
	number, ok := value.(int)
	if !ok {
		return
	}
	if !entering {
		number = closing(number)
	}
	_, _ = w.WriteString(mark + strconv.Itoa(number) + mark)
}

func writeAutoLink(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeMark(w, n, true)
		_, _ = w.Write(util.EscapeHTML(n.(*ast.AutoLink).Label(source)))
		writeMark(w, n, false)
	}
	return ast.WalkContinue, nil
}

// writeImage leaves a picture's words in its place: they are its children.
func writeImage(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}

func leaveOut(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

// writeCode lets code be scrolled by keyboard.
func writeCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<pre tabindex="0"><code`)
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		if language := fenced.Language(source); len(language) > 0 {
			_, _ = w.WriteString(` class="language-`)
			_, _ = w.Write(util.EscapeHTML(language))
			_ = w.WriteByte('"')
		}
	}
	_ = w.WriteByte('>')
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		_, _ = w.Write(util.EscapeHTML(line.Value(source)))
	}
	_, _ = w.WriteString("</code></pre>\n")
	return ast.WalkSkipChildren, nil
}

// writeTable lets a table that is wider than the screen be scrolled, alone.
func writeTable(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<div class=\"wide\" tabindex=\"0\"><table>\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}
