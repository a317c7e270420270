package docs

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	atxHeading  = regexp.MustCompile(`^ {0,3}#{1,6}[ \t]+(.*?)[ \t#]*$`)
	sentenceEnd = regexp.MustCompile(`[.!?:;…]["'”’»)]*[ \t]+`)
	noSentence  = regexp.MustCompile("^[ \t]*(?:#|\\||<|:::|```|~~~|!\\[)|[.!?:;,…|>]['\"”’»)*_]*[ \t]*$")
)

// Strays are the ends of paragraphs that seem to be headings which lost their line:
// words without a full stop, glued to a sentence, that say again in half of their
// words or more what the heading below them says. Editors and translators leave such
// lines behind. Only warnings: nobody but a reader can be sure.
func (t *Tree) Strays() []Finding {
	var found findings
	for _, documents := range t.documents {
		for _, d := range documents {
			lines := strings.Split(d.text, "\n")
			first := d.first
			fence := ""
			for i, line := range lines {
				if mark := fenceMark(line); fence == "" && mark != "" {
					fence = mark
					continue
				}
				if fence != "" {
					if strings.HasPrefix(strings.TrimLeft(line, " \t>"), fence) {
						fence = ""
					}
					continue
				}
				heading := atxHeading.FindStringSubmatch(line)
				if heading == nil {
					continue
				}
				if at, words := glued(lines[:i], heading[1]); words != "" {
					found.find(strayHeading, d.file, first+at+1, "%q seems to be a heading that stands in a paragraph; see line %d", words, first+i+1)
				}
			}
		}
	}
	return found.list()
}

// glued are the words at the end of some lines that say what a heading says, and
// the number of their line.
func glued(above []string, heading string) (at int, words string) {
	at = len(above) - 1
	for at >= 0 && strings.TrimSpace(above[at]) == "" {
		at--
	}
	if at < 0 || noSentence.MatchString(above[at]) {
		return 0, ""
	}
	words = above[at]
	ends := sentenceEnd.FindAllStringIndex(words, -1)
	switch {
	case len(ends) > 0:
		words = words[ends[len(ends)-1][1]:]
	case at == 0 || strings.TrimSpace(above[at-1]) == "" || words != strings.TrimLeft(words, " \t*-+>0123456789"):
		return 0, "" // a paragraph, or an item, of its own
	}
	own, its := wordsOf(words), wordsOf(heading)
	if len(own) < 3 || len(own) > 15 {
		return 0, ""
	}
	shared := 0
	for _, word := range own {
		if at := slices.Index(its, word); at >= 0 {
			its = slices.Delete(its, at, at+1)
			shared++
		}
	}
	if shared < 3 || 2*shared < len(own) {
		return 0, ""
	}
	return at, strings.TrimSpace(words)
}

// wordsOf are the words of a text in small letters, without signs.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r) })
}
