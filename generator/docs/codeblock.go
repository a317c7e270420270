package docs

import (
	"fmt"
	"strings"
)

// codeComponent is the component that shows code: MDX' other way to write a
// block of it.
const codeComponent = "CodeBlock"

// codeBlock writes a block of code in the place of <CodeBlock>…</CodeBlock>: what
// stands in it, a text between braces, or the file that an import names. It is
// false where the component has no end.
func (p *preparer) codeBlock(t tag, rest string, length int) bool {
	const end = "</" + codeComponent + ">"
	code, whole := "", length
	if !t.closed {
		at := -1
		if !p.endless {
			at = strings.Index(rest[length:], end)
		}
		if at < 0 {
			p.endless = true // and so are all that follow
			return false
		}
		code, whole = rest[length:length+at], length+at+len(end)
	}
	code = p.codeOf(code, t)
	prefix := linePrefix.FindString(p.out.String()[p.started:])
	if prefix != p.out.String()[p.started:] {
		p.breakLine(prefix)
	}
	mark := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	began := p.line
	p.out.WriteString(mark + infoOf(t))
	line := began + strings.Count(rest[:length], "\n")
	for text := range strings.SplitSeq(code, "\n") {
		p.line = line
		p.breakLine(prefix)
		p.out.WriteString(text)
		line++
	}
	p.breakLine(prefix)
	p.out.WriteString(mark)
	p.line = began
	p.skip(whole)
	after, _, _ := strings.Cut(p.in[p.at:], "\n")
	if strings.TrimSpace(after) != "" {
		p.breakLine(prefix)
		p.skip(len(after) - len(strings.TrimLeft(after, " \t")))
	}
	return true
}

// longestRun is how often a sign stands in a row, at most.
func longestRun(text string, sign byte) int {
	longest, run := 0, 0
	for i := range len(text) {
		if run++; text[i] != sign {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// codeOf is the code that a component holds.
func (p *preparer) codeOf(held string, t tag) string {
	held = strings.Trim(dedent(held), "\n")
	bare := strings.TrimSpace(held)
	script, ok := strings.CutPrefix(bare, "{")
	if !ok || !strings.HasSuffix(script, "}") {
		return held
	}
	script = strings.TrimSpace(strings.TrimSuffix(script, "}"))
	if len(script) >= 2 && strings.ContainsRune("`'\"", rune(script[0])) && script[len(script)-1] == script[0] {
		return strings.Trim(strings.NewReplacer("\\`", "`", "\\$", "$", "\\\\", "\\").Replace(script[1:len(script)-1]), "\n")
	}
	file, ok := p.imports[script]
	if !ok {
		return held
	}
	file = file[strings.LastIndexByte(file, '!')+1:]
	text, err := p.take(file)
	if err != nil {
		p.tell(badPartial, t.line, fmt.Sprintf("%s, which is shown here, %v", file, err))
	}
	return strings.Trim(text, "\n")
}

// infoOf is the first line of a block of code that looks as the component asks.
func infoOf(t tag) string {
	value := func(name string) string {
		text, _ := t.value(name)
		return strings.NewReplacer("\n", " ", "`", "'").Replace(text)
	}
	info := firstOf(value("language"), strings.TrimPrefix(value("className"), "language-"))
	if strings.ContainsAny(info, " \t{") {
		info = ""
	}
	if title := value("title"); title != "" {
		info += ` title="` + strings.ReplaceAll(title, `"`, "'") + `"`
	}
	if start, ok := t.value("showLineNumbers"); ok && start != "false" {
		info += " showLineNumbers"
		if start != "" && start != "true" {
			info += "=" + start
		}
	}
	if meta := value("metastring"); meta != "" {
		info += " " + meta
	}
	return info
}

// dedent takes away the white space that all lines begin with.
func dedent(text string) string {
	lines := strings.Split(text, "\n")
	shared := -1
	for i, line := range lines {
		if i == 0 || strings.TrimSpace(line) == "" {
			continue
		}
		if space := len(line) - len(strings.TrimLeft(line, " \t")); shared < 0 || space < shared {
			shared = space
		}
	}
	for i, line := range lines {
		if i > 0 && shared > 0 {
			lines[i] = line[min(shared, len(line)):]
		}
	}
	return strings.TrimRight(strings.Join(lines, "\n"), " \t")
}
