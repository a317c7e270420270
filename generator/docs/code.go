package docs

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// look is how a block of code is shown, as the line that begins it says:
//
//	```go title="main.go" {1,3-4} showLineNumbers
type look struct {
	title    string
	marked   map[int]bool // lines, from 1
	numbered bool
	from     int  // the number of its first line, where that is not 1
	plain    bool // tells whether it has no colours, whatever its language
}

// lookAttribute holds it in the tree.
const lookAttribute = "look"

// mostCode is how much of code is coloured, in bytes.
const mostCode = 64 << 10

var (
	codeTitle = regexp.MustCompile(`(?:^|\s)title=(?:"([^"]*)"|'([^']*)'|(\S+))`)
	codeFrom  = regexp.MustCompile(`(?:^|\s)showLineNumbers=\{?([0-9]{1,6})\}?`)
	codeLines = regexp.MustCompile(`(?:^|\s)\{([0-9, -]+)\}`)
)

// code reads how a block of code wants to be shown.
func (r *reading) code(n *ast.FencedCodeBlock) {
	if n.Info == nil {
		return
	}
	info := string(n.Info.Value(r.prepared.text))
	_, meta, _ := strings.Cut(info, " ")
	l := look{plain: !r.known(string(n.Language(r.prepared.text)))}
	if found := codeTitle.FindStringSubmatch(meta); found != nil {
		l.title = found[1] + found[2] + found[3]
		meta = codeTitle.ReplaceAllString(meta, "")
	}
	if found := codeLines.FindStringSubmatch(meta); found != nil {
		l.marked = lineNumbers(found[1])
	}
	l.numbered = strings.Contains(meta, "showLineNumbers")
	if found := codeFrom.FindStringSubmatch(meta); found != nil {
		l.from, _ = strconv.Atoi(found[1])
	}
	n.SetAttributeString(lookAttribute, l)
}

// known notes a language of code; false where it is one too many.
func (r *reading) known(language string) bool {
	if r.languages == nil {
		r.languages = map[string]bool{}
	}
	if !r.languages[language] && (len(language) > longestLanguage || len(r.languages) >= mostLanguages) {
		return false
	}
	r.languages[language] = true
	return true
}

// mostLines is the highest line that can be marked.
const mostLines = 10_000

// lineNumbers reads "1,3-4".
func lineNumbers(text string) map[int]bool {
	marked := map[int]bool{}
	for part := range strings.SplitSeq(text, ",") {
		first, last, isRange := strings.Cut(strings.TrimSpace(part), "-")
		from, err := strconv.Atoi(strings.TrimSpace(first))
		if err != nil {
			continue
		}
		to := from
		if isRange {
			if to, err = strconv.Atoi(strings.TrimSpace(last)); err != nil {
				continue
			}
		}
		for line := from; line <= min(to, mostLines); line++ {
			marked[line] = true
		}
	}
	return marked
}

// magicLine is a comment that marks lines of code: the next one, or those up to
// another such.
var magicLine = regexp.MustCompile(`^\s*(?://|#|--|/\*|\{/\*|<!--|%|;)\s*highlight-(next-line|start|end)\s*(?:\*/\}?|-->)?\s*$`)

// magic takes such comments out of code, unless lines are named already.
func (l *look) magic(code string) string {
	if l.marked != nil || !strings.Contains(code, "highlight-") {
		return code
	}
	marked, within, next := map[int]bool{}, false, false
	var kept []string
	for _, line := range strings.Split(code, "\n") {
		if found := magicLine.FindStringSubmatch(line); found != nil {
			next, within = found[1] == "next-line", found[1] == "start"
			continue
		}
		kept = append(kept, line)
		if next || within {
			marked[len(kept)] = true
		}
		next = false
	}
	if len(marked) > 0 {
		l.marked = marked
	}
	return strings.Join(kept, "\n")
}

// writeCode lets code be scrolled by keyboard.
func (m markup) writeCode(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	var text strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		text.Write(line.Value(source))
	}
	language := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		language = string(fenced.Language(source))
	}
	value, _ := n.AttributeString(lookAttribute)
	l, _ := value.(look)
	_, _ = w.WriteString(l.html(text.String(), language, m.colours))
	return ast.WalkSkipChildren, nil
}

// html is a block of code.
func (l look) html(code, language string, colours *colours) string {
	code = l.magic(code)
	var b strings.Builder
	if l.title != "" {
		b.WriteString(`<figure class="code"><figcaption>` + html.EscapeString(l.title) + "</figcaption>")
	}
	b.WriteString(`<pre tabindex="0"`)
	if l.numbered {
		b.WriteString(` class="numbered"`)
	}
	b.WriteString("><code")
	if language != "" {
		b.WriteString(` class="language-` + html.EscapeString(language) + `"`)
	}
	b.WriteByte('>')
	var lines []string
	if l.plain {
		lines = plainLines(code)
	} else {
		lines = colours.of(code, language)
	}
	for i, line := range lines {
		switch {
		case l.marked[i+1]:
			b.WriteString(`<mark class="line"` + l.number(i) + `>` + line + "</mark>")
		case l.numbered:
			b.WriteString(`<span class="line"` + l.number(i) + `>` + line + "</span>")
		default:
			b.WriteString(line)
		}
	}
	b.WriteString("</code></pre>")
	if l.title != "" {
		b.WriteString("</figure>")
	}
	b.WriteByte('\n')
	return b.String()
}

// number says which line it is that comes behind so many, where they are not
// counted from 1, which the style does.
func (l look) number(behind int) string {
	if !l.numbered || l.from == 0 {
		return ""
	}
	return ` data-line="` + strconv.Itoa(l.from+behind) + `"`
}

// colours keeps the coloured lines of code: translations have the same code as
// their source, and colouring is what takes longest of a document.
type colours struct {
	mutex sync.Mutex
	lines map[block][]string
	bytes int
	// lexers are what was found for the names of languages, nil for those that are
	// none: chroma looks for such among the endings of files, one by one.
	lexers map[string]chroma.Lexer
}

// Names of languages: how long they are, and how many a document has. Beyond, code
// has no colours.
const (
	longestLanguage = 40
	mostLanguages   = 100
)

// lexer reads code in a language; nil where none does.
func (c *colours) lexer(language string) chroma.Lexer {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	lexer, ok := c.lexers[language]
	if !ok {
		if c.lexers == nil {
			c.lexers = map[string]chroma.Lexer{}
		}
		lexer = lexers.Get(language)
		c.lexers[language] = lexer
	}
	return lexer
}

type block struct{ code, language string }

// mostColours is how much code is kept, in bytes; beyond, all is forgotten.
const mostColours = 8 << 20

func (c *colours) of(code, language string) []string {
	key := block{code, language}
	c.mutex.Lock()
	lines, ok := c.lines[key]
	c.mutex.Unlock()
	if ok {
		return lines
	}
	lines = c.coloured(code, language)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.bytes += len(code); c.bytes > mostColours || c.lines == nil {
		c.bytes, c.lines = len(code), map[block][]string{}
	}
	c.lines[key] = lines
	return lines
}

// coloured are the lines of code as HTML, each with its end, the parts of a
// language that is known in classes.
func (c *colours) coloured(code, language string) []string {
	if language == "" || len(code) > mostCode {
		return plainLines(code)
	}
	lexer := c.lexer(language)
	if lexer == nil {
		return plainLines(code)
	}
	tokens, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root", EnsureLF: false}, code)
	if err != nil {
		return plainLines(code)
	}
	var lines []string
	whole := 0
	for _, line := range chroma.SplitTokensIntoLines(tokens.Tokens()) {
		var b strings.Builder
		for _, token := range line {
			whole += len(token.Value)
			text := html.EscapeString(token.Value)
			if class := classOf(token.Type); class != "" && strings.TrimSpace(token.Value) != "" {
				text = `<span class="` + class + `">` + text + "</span>"
			}
			b.WriteString(text)
		}
		if b.Len() > 0 {
			lines = append(lines, b.String())
		}
	}
	if whole != len(code) { // a lexer lost some
		return plainLines(code)
	}
	return lines
}

func plainLines(code string) []string {
	var lines []string
	for line := range strings.Lines(code) {
		lines = append(lines, html.EscapeString(line))
	}
	return lines
}

// classOf is the class of a part of code in the stylesheet: keyword, string,
// number, comment, name, taken out or put in.
func classOf(t chroma.TokenType) string {
	switch {
	case t == chroma.GenericDeleted:
		return "x-d"
	case t == chroma.GenericInserted:
		return "x-i"
	case t.InCategory(chroma.Comment):
		return "x-c"
	case t.InCategory(chroma.Keyword), t == chroma.OperatorWord:
		return "x-k"
	case t.InSubCategory(chroma.LiteralString):
		return "x-s"
	case t.InSubCategory(chroma.LiteralNumber):
		return "x-n"
	case t == chroma.NameTag, t == chroma.NameFunction, t == chroma.NameAttribute, t == chroma.NameBuiltin, t == chroma.NameDecorator, t == chroma.NameClass:
		return "x-f"
	}
	return ""
}
