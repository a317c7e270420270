package snippet

import "strings"

// Escape is a rule of escaping. Its value is its name in the script of the
// configurator, which follows the same rules.
type Escape string

// The rules.
const (
	InHTML     Escape = "html"     // & < > " as references
	InMarkdown Escape = "markdown" // a backslash before what means something, there or to GitHub
	InBBCode   Escape = "bbcode"   // BBCode has no escape: brackets become parentheses
	AsItIs     Escape = "text"
)

// Text is s, escaped.
func (e Escape) Text(s string) string {
	switch e {
	case InHTML:
		return attribute(s)
	case InMarkdown:
		return marked.Replace(s)
	case InBBCode:
		return rounded.Replace(s)
	}
	return s
}

// attribute escapes for text and for attributes in double quotes. Apostrophes
// stay as they are, which is safe there and kinder to people who read what they
// paste.
func attribute(s string) string { return attributes.Replace(s) }

var attributes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// Signs are what [InMarkdown] puts a backslash before. Beside those of
// CommonMark there are the dollar, between two of which GitHub sees a formula,
// and the at sign, which calls a person.
const Signs = "\\`*_{}[]()<>#!|~&$@^="

var marked = func() *strings.Replacer {
	var pairs []string
	for _, sign := range Signs {
		pairs = append(pairs, string(sign), `\`+string(sign))
	}
	return strings.NewReplacer(pairs...)
}()

var (
	rounded     = strings.NewReplacer("[", "(", "]", ")")
	parentheses = strings.NewReplacer("(", "%28", ")", "%29")
	brackets    = strings.NewReplacer("[", "%5B", "]", "%5D")
)
