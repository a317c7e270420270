package docs

import (
	"fmt"
	"html"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// What a node's writer needs to know and only the reading does: a label in the
// document's language, and what ids begin with.
const (
	labelAttribute  = "label"
	prefixAttribute = "prefix"
)

// footnote tells the writer of a footnote, of its sign or of all of them what it
// needs. Those of a text that is taken in have ids of their own.
func (r *reading) footnote(n ast.Node) {
	if len(r.within) > 1 {
		n.SetAttributeString(prefixAttribute, "in"+strconv.Itoa(r.taken)+"-")
	}
	switch n.(type) {
	case *extast.FootnoteList:
		n.SetAttributeString(labelAttribute, r.document.language.Words.Footnotes)
	case *extast.FootnoteBacklink:
		n.SetAttributeString(labelAttribute, r.document.language.Words.BackToText)
	}
}

func attributeOf(n ast.Node, name string) string {
	value, _ := n.AttributeString(name)
	text, _ := value.(string)
	return text
}

// referenceID is the id of a sign that leads to a footnote, of which there may be
// several.
func referenceID(n ast.Node, index, reference int) string {
	number := ""
	if reference > 0 {
		number = strconv.Itoa(reference)
	}
	return fmt.Sprintf("%sfnref%s:%d", attributeOf(n, prefixAttribute), number, index)
}

func writeFootnoteLink(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if l := n.(*extast.FootnoteLink); entering {
		fmt.Fprintf(w, `<sup id="%s"><a href="#%sfn:%d" class="footnote-ref" role="doc-noteref">%d</a></sup>`,
			referenceID(n, l.Index, l.RefIndex), attributeOf(n, prefixAttribute), l.Index, l.Index)
	}
	return ast.WalkContinue, nil
}

func writeFootnoteBacklink(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if l := n.(*extast.FootnoteBacklink); entering {
		fmt.Fprintf(w, `&#160;<a href="#%s" class="footnote-backref" role="doc-backlink" aria-label="%s">&#x21a9;&#xfe0e;</a>`,
			referenceID(n, l.Index, l.RefIndex), html.EscapeString(attributeOf(n, labelAttribute)))
	}
	return ast.WalkContinue, nil
}

func writeFootnote(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		fmt.Fprintf(w, "<li id=\"%sfn:%d\">\n", attributeOf(n, prefixAttribute), n.(*extast.Footnote).Index)
	} else {
		_, _ = w.WriteString("</li>\n")
	}
	return ast.WalkContinue, nil
}

func writeFootnotes(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		fmt.Fprintf(w, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"%s\">\n<hr>\n<ol>\n", html.EscapeString(attributeOf(n, labelAttribute)))
	} else {
		_, _ = w.WriteString("</ol>\n</section>\n")
	}
	return ast.WalkContinue, nil
}
