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

	deepestYAML   = 500 // lists and maps in each other
	longestMatter = 64 << 10
)

var (
	containers = regexp.MustCompile(`>|[-*+][ \t]|[0-9]{1,9}[.)][ \t]`)
	itemLine   = regexp.MustCompile(`^[ \t>]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|#{1,6}[ \t])`)
)

// tooMuch is the line of a text on which there is more of something than can be
// read in time, and what; empty where there is none.
func tooMuch(body string) (line int, reason string) {
	number, words, table := 0, 0, true
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
				mark, words = "", 0
			}
			continue
		case strings.TrimSpace(text) == "" || itemLine.MatchString(text):
			words, table = 0, true
		}
		if mark = fenceMark(strings.TrimSuffix(text, "\n")); mark != "" {
			continue
		}
		words += len(text)
		table = table && strings.HasPrefix(bare, "|")
		if words > longestTable || words > longestWords && !table {
			return number, fmt.Sprintf("is in a paragraph of more than %d kB, or a table of more than %d", longestWords>>10, longestTable>>10)
		}
	}
	return 0, ""
}

// tooDeep is the line of a YAML or JSON text on which more lists and maps begin in one
// another than can be read in time and memory, which both take the square; 0 where
// there is none. Brackets in texts count too, as long as they are not closed: which
// quotation marks begin a text is for a reader of YAML to say.
func tooDeep(text string) (line int) {
	number, open := 0, 0
	for one := range strings.Lines(text) {
		number++
		if len(one) > 2*deepestYAML && strings.Count(one, "- ") > deepestYAML {
			return number
		}
		for i := range len(one) {
			switch one[i] {
			case '[', '{':
				if open++; open > deepestYAML {
					return number
				}
			case ']', '}':
				open = max(0, open-1)
			}
		}
	}
	return 0
}
