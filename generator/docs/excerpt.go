package docs

import (
	"regexp"
	"strings"
)

// longestExcerpt bounds an excerpt, in characters.
const longestExcerpt = 400

// marking is markup that an excerpt is without, and what stands in its place, in
// the order of Docusaurus' createExcerpt.
var marking = []struct {
	what *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`<[^>]*>`), ""},
	{regexp.MustCompile(`^#[^#]+#?`), ""}, // the title, of which nothing is left
	{regexp.MustCompile(`^#{1,6}\s*([^#]*)\s*#{0,6}`), "$1"},
	{regexp.MustCompile(`\*\*\*(.*?)\*\*\*|\*\*(.*?)\*\*|\*(.*?)\*|\b___(.+?)___\b|\b__(.+?)__\b|\b_(.+?)_\b`), "$1$2$3$4$5$6"},
	{regexp.MustCompile(`~~(\S.*\S)~~`), "$1"},
	{regexp.MustCompile(`!\[(.*?)\][\[(].*?[\])]`), "$1"},
	{regexp.MustCompile(`\[\^.+?\](?:: .*$)?`), ""},
	{regexp.MustCompile(`\[(.*?)\][\[(].*?[\])]`), "$1"},
	{regexp.MustCompile("`(.+?)`"), "$1"},
	{regexp.MustCompile(`^\s{0,3}>\s?`), ""},
	{regexp.MustCompile(`:::.*`), ""},
	{regexp.MustCompile(`\s?:(?:::|[^:\n])+:`), ""},
	{regexp.MustCompile(`\{#*[\w-]+\}`), ""},
}

var underlinedTitle = regexp.MustCompile(`^[^\n]*\n=+`)

// excerpt is the first line of a text that has words, be it a heading, as
// Docusaurus describes documents that do not describe themselves: whoever comes
// from there keeps the descriptions that search engines know.
func excerpt(body string) string {
	body = underlinedTitle.ReplaceAllString(strings.TrimSpace(body), "")
	code, script := "", false
	for line := range strings.SplitSeq(body, "\n") {
		bare := strings.TrimSpace(line)
		if line == "" {
			script = false
		}
		if bare == "" {
			continue
		}
		if code == "" && (script || strings.HasPrefix(line, "import ") || strings.HasPrefix(line, "export ")) {
			script = true
			continue
		}
		if strings.HasPrefix(bare, "```") {
			mark := bare[:len(bare)-len(strings.TrimLeft(bare, "`"))]
			switch {
			case code == "":
				code = mark
			case strings.HasPrefix(mark, code):
				code = ""
			}
			continue
		}
		if code != "" || len(line) > longestWords {
			continue
		}
		for _, m := range marking {
			line = m.what.ReplaceAllString(line, m.with)
		}
		if line = strings.TrimSpace(line); line != "" {
			return shorten(line, longestExcerpt)
		}
	}
	return ""
}

// shorten cuts a text of more than so many characters behind a word.
func shorten(text string, most int) string {
	words := []rune(text)
	if len(words) <= most {
		return text
	}
	cut := string(words[:most])
	if space := strings.LastIndexByte(cut, ' '); space > 0 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, " .,;:") + "…"
}
