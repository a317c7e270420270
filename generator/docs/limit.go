package docs

import (
	"fmt"
	"regexp"
	"strings"
)

// What a text may have, since some of it takes the square of its size to read.
const (
	deepest      = 32       // block quotes and lists that begin on one line
	longestWords = 16 << 10 // bytes of lines that make one paragraph
	longestTable = 64 << 10
	mostOpen     = 500 // brackets that have no end, in a paragraph or a table
	mostLinks    = 1000
	mostHeadings = 5000 // in a text
	mostNotes    = 4000 // footnotes and what leads to them, in a text
)

var (
	containers = regexp.MustCompile(`>|[-*+][ \t]|[0-9]{1,9}[.)][ \t]`)
	itemLine   = regexp.MustCompile(`^[ \t>]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t])`)
)

// tooMuch is the line of a text on which there is more of something than can be
// read in time, and what; empty where there is none.
func tooMuch(body string) (line int, reason string) {
	number, notes, headings := 0, 0, 0
	var p paragraph
	mark := ""
	for text := range strings.Lines(body) {
		number++
		if len(text) > deepest {
			if depth := len(containers.FindAllString(linePrefix.FindString(text[:min(len(text), longestWords)]), -1)); depth > deepest {
				return number, fmt.Sprintf("is nested %d deep, and %d is the most", depth, deepest)
			}
		}
		bare := strings.TrimLeft(text, " \t>")
		switch {
		case mark != "":
			if strings.HasPrefix(bare, mark) && strings.Trim(bare, mark[:1]+" \t\n") == "" {
				mark, p = "", paragraph{}
			}
			continue
		case strings.TrimSpace(text) == "" || itemLine.MatchString(text):
			p = paragraph{}
		}
		if mark = fenceMark(strings.TrimSuffix(text, "\n")); mark != "" {
			continue
		}
		if strings.HasPrefix(bare, "#") {
			headings++
		}
		if headings > mostHeadings {
			return number, fmt.Sprintf("is behind more than %d headings", mostHeadings)
		}
		if notes += strings.Count(text, "[^"); notes > mostNotes {
			return number, fmt.Sprintf("is behind more than %d footnotes and signs of them", mostNotes)
		}
		if reason := p.add(text, bare); reason != "" {
			return number, reason
		}
	}
	return 0, ""
}

// paragraph is what was read of one, or of a table.
type paragraph struct {
	bytes, open, links int
	words              bool // tells whether it is no table
}

// add reads one more line, and says what there is too much of.
func (p *paragraph) add(text, bare string) (reason string) {
	p.bytes += len(text)
	p.links += strings.Count(text, "](")
	p.words = p.words || !strings.HasPrefix(bare, "|")
	for _, c := range []byte(text) {
		switch {
		case c == '[':
			p.open++
		case c == ']' && p.open > 0:
			p.open--
		}
		if p.open > mostOpen {
			return fmt.Sprintf("is in a paragraph of more than %d brackets that have no end", mostOpen)
		}
	}
	switch {
	case p.links > mostLinks:
		return fmt.Sprintf("is in a paragraph of more than %d links", mostLinks)
	case p.bytes > longestTable || p.bytes > longestWords && p.words:
		return fmt.Sprintf("is in a paragraph of more than %d kB, or a table of more than %d", longestWords>>10, longestTable>>10)
	}
	return ""
}
