package docs

import (
	"html"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// markup writes the nodes that stand in pages otherwise than goldmark has
// them.
type markup struct{ colours *colours }

func (m markup) RegisterFuncs(register renderer.NodeRendererFuncRegisterer) {
	register.Register(ast.KindLink, writeLink)
	register.Register(ast.KindAutoLink, writeAutoLink)
	register.Register(ast.KindImage, writeImage)
	register.Register(kindTagBlock, writeTagBlock)
	register.Register(kindTagWord, writeTagWord)
	register.Register(kindCallout, writeCallout)
	register.Register(kindCalloutHead, writeCalloutHead)
	register.Register(ast.KindCodeBlock, m.writeCode)
	register.Register(ast.KindFencedCodeBlock, m.writeCode)
	register.Register(extast.KindTable, writeTable)
	register.Register(extast.KindFootnoteLink, writeFootnoteLink)
	register.Register(extast.KindFootnoteBacklink, writeFootnoteBacklink)
	register.Register(extast.KindFootnote, writeFootnote)
	register.Register(extast.KindFootnoteList, writeFootnotes)
	register.Register(ast.KindHeading, writeHeading)
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

// writeHeading writes a heading with a place for the id that it has in the source
// language: see [document.answer].
func writeHeading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	name := "h" + strconv.Itoa(n.(*ast.Heading).Level)
	if !entering {
		_, _ = w.WriteString("</" + name + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + name)
	if id := attributeOf(n, "id"); id != "" {
		_, _ = w.WriteString(` id="` + html.EscapeString(id) + `"`)
	}
	_ = w.WriteByte('>')
	if number, ok := n.AttributeString(numberAttribute); ok {
		_, _ = w.WriteString(mark + strconv.Itoa(aliasHere+number.(int)) + mark)
	}
	return ast.WalkContinue, nil
}

// wide begins what a table that is wider than the screen is scrolled in, alone
// and by keyboard too, for which it needs a name. It is no region of the page: a
// text may have many tables, and some with the same heads.
func wide(label string) string {
	return `<div class="wide" role="group" aria-label="` + html.EscapeString(label) + `" tabindex="0">`
}

func writeTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(wide(attributeOf(n, labelAttribute)) + "<table>\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}
