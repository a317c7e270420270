package snapshot

import "bytes"

// longestTag is the most bytes a tag may have; a "<" without its ">" that near
// is a character like any other.
const longestTag = 2000

// tags are the elements whose tags are taken out of texts, and what each
// leaves behind: a line break, the beginning of a line, a paragraph, a space or
// nothing. Names that are not here are no tags: "I <love> ducks" stays.
var tags = map[string]byte{
	"br": '\n', "hr": '\n',
	"li": 'l', "tr": 'l', "dt": 'l', "dd": 'l',
	"p": 'p', "div": 'p', "ul": 'p', "ol": 'p', "dl": 'p', "table": 'p', "blockquote": 'p', "pre": 'p',
	"h1": 'p', "h2": 'p', "h3": 'p', "h4": 'p', "h5": 'p', "h6": 'p', "section": 'p', "article": 'p',
	"td": ' ', "th": ' ',
	"a": 0, "abbr": 0, "b": 0, "big": 0, "body": 0, "center": 0, "cite": 0, "code": 0, "del": 0, "em": 0, "font": 0,
	"form": 0, "head": 0, "html": 0, "i": 0, "iframe": 0, "img": 0, "input": 0, "ins": 0, "link": 0, "meta": 0,
	"noscript": 0, "object": 0, "embed": 0, "q": 0, "s": 0, "script": 0, "small": 0, "span": 0, "strike": 0,
	"strong": 0, "style": 0, "sub": 0, "sup": 0, "svg": 0, "tbody": 0, "thead": 0, "title": 0, "tt": 0, "u": 0,
	"video": 0, "audio": 0, "button": 0, "o:p": 0,
}

// markup takes the tag or comment at the start of text out of it, and is how
// many bytes that took. A "<" that begins neither, as in "<3" and "a < b", is
// itself.
func (c *cleaner) markup(text []byte) int {
	if !c.openComment && bytes.HasPrefix(text, []byte("<!--")) {
		if end := bytes.Index(text, []byte("-->")); end >= 0 {
			return end + 3
		}
		c.openComment = true
	}
	name, size := tag(text)
	leaves, known := tags[string(name)]
	if !known {
		c.char('<')
		return 1
	}
	switch leaves {
	case '\n':
		c.newline()
		// Where a newline was made a <br> the newline often stayed behind it.
		rest := text[size:]
		if bytes.HasPrefix(rest, []byte("\r\n")) {
			size += 2
		} else if bytes.HasPrefix(rest, []byte("\n")) {
			size++
		}
	case 'l':
		c.breaks = max(c.breaks, 1)
	case 'p':
		c.paragraph()
	case ' ':
		c.space(' ')
	}
	return size
}

// tag is the lower-case name of the tag at the start of text, and its size;
// nil when there is none. The name shares no memory with text.
func tag(text []byte) (name []byte, size int) {
	i := 1
	if i < len(text) && text[i] == '/' {
		i++
	}
	begin := i
	var lower [12]byte
	for i < len(text) && i-begin < len(lower) && tagLetter(text[i]) {
		lower[i-begin] = text[i] | 0x20
		if text[i] == ':' || isDigit(text[i]) {
			lower[i-begin] = text[i]
		}
		i++
	}
	length := i - begin
	if length == 0 || i >= len(text) || !tagLetter(text[begin]) || isDigit(text[begin]) {
		return nil, 0
	}
	if !bytes.ContainsRune([]byte(" \t\r\n/>"), rune(text[i])) {
		return nil, 0
	}
	end := bytes.IndexAny(text[i:min(len(text), i+longestTag)], "<>")
	if end < 0 || text[i+end] == '<' {
		return nil, 0
	}
	return lower[:length], i + end + 1
}

func tagLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == ':'
}
