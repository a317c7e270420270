package docs

import (
	"slices"
	"strings"
)

// tag is a tag of HTML or of a component, as an author wrote it.
type tag struct {
	name       string // as written; components begin with a capital
	closing    bool
	closed     bool // by itself: <br/>
	attributes []attribute
	line       int    // of the file
	text       string // the whole of it
	number     int    // as tags of the text are numbered
	document   bool   // tells whether it takes in a document
}

// attribute is one of a tag. Values between braces are JavaScript and are kept
// where they are a plain text or number.
type attribute struct{ name, value, script string } // script is what stood between braces

// longestTag is how many bytes a tag may have; a longer one is text.
const longestTag = 4 << 10

// parseTag reads a tag at the beginning of a text; its length is 0 where there
// is none.
func parseTag(s string) (t tag, length int) {
	s = s[:min(len(s), longestTag)]
	i := 1
	if strings.HasPrefix(s, "</") {
		t.closing = true
		i++
	}
	start := i
	for i < len(s) && (isLetter(s[i]) || i > start && (s[i] >= '0' && s[i] <= '9' || s[i] == '-' || s[i] == '.' || s[i] == '_')) {
		i++
	}
	if i == start || i == len(s) || !strings.ContainsRune(" \t\n/>", rune(s[i])) {
		return t, 0
	}
	t.name = s[start:i]
	for {
		i = skipSpace(s, i)
		switch {
		case i >= len(s):
			return t, 0
		case s[i] == '>':
			t.text = s[:i+1]
			return t, i + 1
		case strings.HasPrefix(s[i:], "/>"):
			t.closed, t.text = true, s[:i+2]
			return t, i + 2
		}
		a, next := parseAttribute(s, i)
		if next == 0 {
			return t, 0
		}
		t.attributes = append(t.attributes, a)
		i = next
	}
}

// parseAttribute reads an attribute; next is 0 where there is none.
func parseAttribute(s string, i int) (a attribute, next int) {
	if s[i] == '{' { // {...props}
		if end := braced(s, i); end > 0 {
			return a, end
		}
		return a, 0
	}
	start := i
	for i < len(s) && !strings.ContainsRune(" \t\n=/>\"'<{}`", rune(s[i])) {
		i++
	}
	if i == start {
		return a, 0
	}
	a.name = s[start:i]
	after := skipSpace(s, i)
	if after >= len(s) || s[after] != '=' {
		return a, i
	}
	if i = skipSpace(s, after+1); i >= len(s) {
		return a, 0
	}
	switch c := s[i]; c {
	case '"', '\'':
		end := strings.IndexByte(s[i+1:], c)
		if end < 0 {
			return a, 0
		}
		a.value = s[i+1 : i+1+end]
		return a, i + end + 2
	case '{':
		end := braced(s, i)
		if end == 0 {
			return a, 0
		}
		a.script = strings.TrimSpace(s[i+1 : end-1])
		a.value = plainValue(a.script)
		return a, end
	}
	start = i
	for i < len(s) && !strings.ContainsRune(" \t\n\"'=<>`", rune(s[i])) {
		i++
	}
	a.value = s[start:i]
	return a, i
}

// plainValue is a value of JavaScript that is a text or a number; of others
// nothing.
func plainValue(s string) string {
	if len(s) >= 2 && strings.ContainsRune("\"'`", rune(s[0])) && s[len(s)-1] == s[0] && strings.Count(s, s[:1]) == 2 && !strings.ContainsAny(s, "\\$") {
		return s[1 : len(s)-1]
	}
	if s != "" && strings.Trim(s, "0123456789.") == "" || s == "true" {
		return s
	}
	return ""
}

// braced is where the braces that open at i are closed; 0 where they are not.
func braced(s string, i int) int {
	depth := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '\'', '`':
			end := strings.IndexByte(s[i+1:], s[i])
			if end < 0 {
				return 0
			}
			i += end + 1
		}
	}
	return 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func skipSpace(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n') {
		i++
	}
	return i
}

// value is that of an attribute; false where there is none of the name.
func (t tag) value(name string) (string, bool) {
	i := slices.IndexFunc(t.attributes, func(a attribute) bool { return a.name == name })
	if i < 0 {
		return "", false
	}
	return t.attributes[i].value, true
}

// component tells whether a tag is one of MDX' components and not of HTML.
func (t tag) component() bool { return t.name[0] >= 'A' && t.name[0] <= 'Z' }

// place is where a tag may stand.
type place uint8

const (
	inLine   place = iota // among words
	aroundIt              // around a line of words, or around blocks where it stands alone on its line
	alone                 // on a line of its own, around blocks
)

// elements are those of HTML that authors may write. Everything else is left
// out, what it holds is kept.
var elements = map[string]place{
	"blockquote": alone, "details": alone, "div": alone, "dl": alone, "figure": alone, "hr": alone, "ol": alone, "section": alone,
	"table": alone, "tbody": alone, "tfoot": alone, "thead": alone, "tr": alone, "ul": alone,

	"caption": aroundIt, "dd": aroundIt, "dt": aroundIt, "figcaption": aroundIt, "li": aroundIt, "p": aroundIt, "summary": aroundIt,
	"td": aroundIt, "th": aroundIt, "h2": aroundIt, "h3": aroundIt, "h4": aroundIt, "h5": aroundIt, "h6": aroundIt,

	"a": inLine, "abbr": inLine, "b": inLine, "bdi": inLine, "br": inLine, "cite": inLine, "code": inLine, "del": inLine, "dfn": inLine,
	"em": inLine, "i": inLine, "ins": inLine, "kbd": inLine, "mark": inLine, "q": inLine, "s": inLine, "samp": inLine, "small": inLine,
	"span": inLine, "strong": inLine, "sub": inLine, "sup": inLine, "u": inLine, "var": inLine, "wbr": inLine,
}

// void are elements that hold nothing.
var void = map[string]bool{"br": true, "hr": true, "wbr": true, "img": true}

// hollow are elements of which what they hold is left out too.
var hollow = map[string]bool{
	"script": true, "style": true, "template": true, "textarea": true, "iframe": true, "object": true, "svg": true, "math": true, "title": true,
	"noscript": true, "select": true,
}

// kept are the attributes that pass, with the elements that they pass of; "" is
// each of them.
var kept = map[string]string{
	"lang": "", "dir": "", "title": "", "open": "details", "start": "ol", "colspan": "td th", "rowspan": "td th", "scope": "th",
}

// place is where a tag may stand; components that are known and what is alone
// on its line stand around blocks.
func (t tag) place() place {
	if t.component() {
		if known[t.name] || t.document {
			return alone
		}
		return aroundIt
	}
	if p, ok := elements[strings.ToLower(t.name)]; ok {
		return p
	}
	if t.name == "img" {
		return inLine
	}
	return aroundIt
}

// known are the components of Docusaurus that are understood.
var known = map[string]bool{"Tabs": true, "TabItem": true, "Admonition": true, "DocCardList": true}
