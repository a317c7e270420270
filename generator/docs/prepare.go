package docs

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// prepared is a body whose tags, comments and imports were taken out, so that
// Markdown is read around them wherever they stand. Where a tag was, its number
// stands behind a bracket, between two signs that no text has.
type prepared struct {
	text    []byte
	lines   []int // of the file, of each line of text
	tags    []tag
	imports map[string]string // files, by the component that they are imported as
}

const (
	tagBegins = "<\x01" // the bracket lets Markdown look here
	tagEnds   = '\x02'
)

// preparer makes it.
type preparer struct {
	prepared
	in      string
	at      int // in it
	line    int // of the file, from 1
	out     strings.Builder
	started int  // where the last line of out begins
	open    bool // tells whether a comment between braces has no end
	endless bool // tells whether a component of code has none
	tell    func(what fault, line int, reason string)
	take    func(file string) (string, error) // reads a file of code
}

// prepare takes the tags out of a body that begins behind so many lines.
func prepare(body string, before int, tell func(what fault, line int, reason string), take func(file string) (string, error)) prepared {
	p := &preparer{in: body, line: before + 1, tell: tell, take: take, prepared: prepared{imports: map[string]string{}}}
	p.out.Grow(len(body))
	p.lines = append(make([]int, 0, strings.Count(body, "\n")+1), p.line)
	top := true // nothing but imports and empty lines stands right above
	for p.at < len(p.in) {
		rest := p.in[p.at:]
		line, _, _ := strings.Cut(rest, "\n")
		switch {
		case top && p.script(rest):
			continue
		case strings.TrimSpace(line) == "":
			top = true
			p.copy(min(len(line)+1, len(rest)))
			continue
		}
		top = false
		if mark := fenceMark(line); mark != "" {
			p.fenced(mark)
			continue
		}
		p.words(line)
	}
	p.text = []byte(p.out.String())
	return p.prepared
}

// copy takes so many bytes over.
func (p *preparer) copy(length int) {
	for text := range strings.Lines(p.in[p.at : p.at+length]) {
		p.out.WriteString(text)
		if strings.HasSuffix(text, "\n") {
			p.line++
			p.newLine()
		}
	}
	p.at += length
}

// skip leaves so many bytes out.
func (p *preparer) skip(length int) {
	p.line += strings.Count(p.in[p.at:p.at+length], "\n")
	p.at += length
}

func (p *preparer) newLine() {
	p.started = p.out.Len()
	p.lines = append(p.lines, p.line)
}

var fenceLine = regexp.MustCompile("^(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*(`{3,}|~{3,})([^`]*)$")

// fenceMark are the signs that begin a block of code on a line.
func fenceMark(line string) string {
	if !strings.Contains(line, "```") && !strings.Contains(line, "~~~") {
		return ""
	}
	if found := fenceLine.FindStringSubmatch(line); found != nil {
		return found[1]
	}
	return ""
}

// fenced takes over a block of code.
func (p *preparer) fenced(mark string) {
	began := p.line
	for first := true; p.at < len(p.in); first = false {
		line, _, more := strings.Cut(p.in[p.at:], "\n")
		length := len(line)
		if more {
			length++
		}
		p.copy(length)
		if end := strings.TrimLeft(line, " \t>"); !first && strings.HasPrefix(end, mark) && strings.Trim(end, mark[:1]+" \t") == "" {
			return
		}
	}
	p.tell(openCode, began, "a block of code begins here and has no end")
}

var (
	importLine = regexp.MustCompile(`^import\s+(?:([A-Za-z_$][\w$]*)?[\w{}*,\s$]*?\s+from\s+)?['"]([^'"\n]+)['"][ \t]*;?[ \t]*(?:\n|$)`)
	exportLine = regexp.MustCompile(`^export\s+(?:const|let|var|function|default|class)\b`)
)

// script leaves out an import or an export, and notes what is imported.
func (p *preparer) script(rest string) bool {
	if found := importLine.FindStringSubmatch(rest[:min(len(rest), longestTag)]); found != nil {
		if found[1] != "" && strings.HasPrefix(rest, "import") {
			p.imports[found[1]] = found[2]
		}
		p.skip(len(found[0]))
		return true
	}
	if exportLine.MatchString(rest[:min(len(rest), 200)]) {
		end := strings.Index(rest, "\n\n")
		if end < 0 {
			end = len(rest)
		}
		p.skip(end)
		return true
	}
	return false
}

var headingID = regexp.MustCompile(`^(.*\S)[ \t]+(?:\{/\*[ \t]*#([^\s{}#*]+)[ \t]*\*/\}|<!--[ \t]*#([^\s{}#]+)[ \t]*-->)[ \t]*$`)

// words takes over a line that is no code.
func (p *preparer) words(line string) {
	if strings.HasPrefix(strings.TrimLeft(line, " \t>"), "#") {
		if found := headingID.FindStringSubmatch(line); found != nil {
			p.skip(len(line))
			p.out.WriteString(found[1] + " {#" + found[2] + found[3] + "}")
			return
		}
	}
	end := p.at + len(line)
	for p.at < end {
		length := strings.IndexAny(p.in[p.at:end], "\\`<{]\x01")
		if length < 0 {
			p.copy(end - p.at)
			break
		}
		p.copy(length)
		p.special()
	}
	if p.at < len(p.in) && p.in[p.at] == '\n' {
		p.copy(1)
	}
}

// special takes over what begins with one of the signs that mean something.
func (p *preparer) special() {
	rest := p.in[p.at:]
	switch rest[0] {
	case '\\':
		p.copy(min(2, len(rest)))
	case ']':
		if strings.HasPrefix(rest, "](<") {
			p.copy(3)
			return
		}
		p.copy(1)
	case '`':
		p.copy(codeSpan(rest))
	case '{':
		if strings.HasPrefix(rest, "{/*") && !p.open {
			if end := strings.Index(rest, "*/}"); end > 0 {
				p.skip(end + len("*/}"))
				return
			}
			p.open = true // and so are all that follow
			p.tell(openComment, p.line, "a comment begins here and has no end")
		}
		p.copy(1)
	case '<':
		p.angle(rest)
	}
}

// codeSpan is how long code among words is; the signs alone where it has no end
// in its paragraph.
func codeSpan(s string) int {
	run := len(s) - len(strings.TrimLeft(s, "`"))
	paragraph, _, _ := strings.Cut(s[:min(len(s), longestTag)], "\n\n")
	for i := run; i < len(paragraph); i++ {
		if paragraph[i] != '`' {
			continue
		}
		length := len(paragraph[i:]) - len(strings.TrimLeft(paragraph[i:], "`"))
		if length == run {
			return i + length
		}
		i += length - 1
	}
	return run
}

// angle takes over what begins with an angle bracket: a comment, a tag, or
// something that is neither.
func (p *preparer) angle(rest string) {
	if strings.HasPrefix(rest, "<!--") {
		end := strings.Index(rest, "-->")
		if end < 0 {
			p.tell(openComment, p.line, "a comment begins here and has no end")
			p.skip(len(rest))
			return
		}
		p.skip(end + 3)
		return
	}
	t, length := parseTag(rest)
	if length == 0 {
		p.copy(1)
		return
	}
	t.line = p.line
	if lower := strings.ToLower(t.name); hollow[lower] && !t.component() {
		p.tell(refusedTag, p.line, fmt.Sprintf("HTML that is not let through is left out: <%s>", t.name))
		if !t.closing && !t.closed {
			length = hollowEnd(rest, lower)
		}
		p.skip(length)
		return
	}
	if t.name == codeComponent && !t.closing && p.codeBlock(t, rest, length) {
		return
	}
	t.document = isDocument(p.imports[t.name])
	p.tag(t, length)
}

// hollowEnd is where an element ends of which nothing is kept.
func hollowEnd(s, name string) int {
	for i := 0; ; i += len("</") {
		next := strings.Index(s[i:], "</")
		if next < 0 {
			return len(s)
		}
		i += next
		if end := i + len("</") + len(name); end <= len(s) && strings.EqualFold(s[i+len("</"):end], name) {
			if close := strings.IndexByte(s[end:], '>'); close >= 0 {
				return end + close + 1
			}
			return len(s)
		}
	}
}

var linePrefix = regexp.MustCompile(`^(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*`)

// tag puts the number of a tag in its place, on a line of its own where it needs
// one.
func (p *preparer) tag(t tag, length int) {
	before := p.out.String()[p.started:]
	prefix := linePrefix.FindString(before)
	p.skip(length)
	after, _, _ := strings.Cut(p.in[p.at:], "\n")
	own := t.place() == alone
	if own && prefix != before {
		p.breakLine(prefix)
	}
	p.out.WriteString(tagBegins)
	p.out.WriteString(strconv.Itoa(len(p.tags)))
	p.out.WriteByte(tagEnds)
	t.number = len(p.tags)
	p.tags = append(p.tags, t)
	if own && strings.TrimSpace(after) != "" {
		p.breakLine(prefix)
		p.skip(len(after) - len(strings.TrimLeft(after, " \t")))
	}
}

// breakLine begins a new line in the same block quotes and lists.
func (p *preparer) breakLine(prefix string) {
	p.out.WriteByte('\n')
	p.newLine()
	for _, c := range prefix {
		if c != '>' && c != '\t' {
			c = ' '
		}
		p.out.WriteRune(c)
	}
}
