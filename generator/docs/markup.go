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
	register.Register(kindTagBlock, writeTagBlock)
	register.Register(kindTagWord, writeTagWord)
	register.Register(kindCallout, writeCallout)
	register.Register(kindCalloutHead, writeCalloutHead)
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

// writeTable lets a table that is wider than the screen be scrolled, alone.
func writeTable(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<div class=\"wide\" tabindex=\"0\"><table>\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}
