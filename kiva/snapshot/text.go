package snapshot

import (
	"bytes"
	"html"
	"unicode"
	"unicode/utf8"
)

// The most characters (runes) of each kind of text.
const (
	maxName  = 250
	maxLine  = 500
	maxStory = 50_000
)

// cleaner makes plain text of what borrowers, partners and translators wrote:
// the one place where texts are cleaned. The rules are in the package comment.
// Its result is valid until the next call.
type cleaner struct {
	out    []byte
	breaks int  // line breaks due before the next character, at most 2
	gap    rune // white space due before the next character, or 0
	story  bool
	// openComment says that no comment ends in the rest of the text, so that
	// it is searched once, not once for every "<!--".
	openComment bool
}

// calm bytes are copied as they are, wherever they stand in a text.
var calm = func() (table [256]bool) {
	for c := '!'; c <= '~'; c++ {
		table[c] = c != '<' && c != '&'
	}
	return table
}()

// clean returns text as one line, or as paragraphs parted by a blank line when
// story is set.
func (c *cleaner) clean(text []byte, story bool) []byte {
	*c = cleaner{out: c.out[:0], story: story}
	for i := 0; i < len(text); {
		if n := calmRun(text[i:]); n > 0 {
			c.due()
			c.out = append(c.out, text[i:i+n]...)
			i += n
			continue
		}
		switch b := text[i]; {
		case b == '<':
			i += c.markup(text[i:])
		case b == '&':
			i += c.entity(text[i:])
		case b == '\r' && i+1 < len(text) && text[i+1] == '\n':
			i++
		case b < utf8.RuneSelf:
			c.char(rune(b))
			i++
		default:
			r, size := utf8.DecodeRune(text[i:])
			c.char(r)
			i += size
		}
	}
	return c.out
}

// calmRun is how many bytes from the start of text are copied as they are:
// calm ones, letters beyond ASCII, and single spaces between them.
func calmRun(text []byte) int {
	i := 0
	for i < len(text) {
		if calm[text[i]] {
			i++
			continue
		}
		at := i
		if text[i] == ' ' && i > 0 {
			at++
		}
		n := letterAt(text[at:])
		if n == 0 {
			break
		}
		i = at + n
	}
	return i
}

// letterAt is the size of the calm character at the start of text, 0 when it
// is something else.
func letterAt(text []byte) int {
	if len(text) == 0 {
		return 0
	}
	if text[0] < utf8.RuneSelf {
		if calm[text[0]] {
			return 1
		}
		return 0
	}
	// Between these stand white space and all that is dropped.
	if r, n := utf8.DecodeRune(text); r >= 0xae && r < 0x1680 || r > 0x1680 && r < 0x2000 || r > 0x3000 && r < 0xfdd0 {
		return n
	}
	return 0
}

// char takes one character, whatever it is.
func (c *cleaner) char(r rune) {
	switch {
	case r >= 0x80 && r < 0xa0:
		if r = windows1252[r-0x80]; r == 0 {
			return
		}
		if r == '\n' {
			c.newline()
			return
		}
	case r == '\n', r == '\r', r == '\u2028':
		c.newline()
		return
	case r == '\u2029':
		c.paragraph()
		return
	case unicode.IsSpace(r):
		c.space(r)
		return
	case dropped(r):
		return
	}
	c.due()
	c.out = utf8.AppendRune(c.out, r)
}

// due writes the white space that stands before the next character. There is
// none before the first and none after the last.
func (c *cleaner) due() {
	switch {
	case len(c.out) == 0:
	case c.breaks > 0 && c.story:
		c.out = append(c.out, "\n\n"[:c.breaks]...)
	case c.breaks > 0:
		c.out = append(c.out, ' ')
	case c.gap != 0:
		c.out = utf8.AppendRune(c.out, c.gap)
	}
	c.breaks, c.gap = 0, 0
}

// space folds white space: a single one stays what it is, such as the
// no-break space in "10 000", several become one space.
func (c *cleaner) space(r rune) {
	if r < utf8.RuneSelf || c.gap != 0 {
		r = ' '
	}
	c.gap = r
}

func (c *cleaner) newline() { c.breaks = min(c.breaks+1, 2) }

func (c *cleaner) paragraph() { c.breaks = 2 }

// dropped tells which characters never pass: controls, byte order marks,
// zero-width spaces, soft hyphens, and what turns the reading direction of the
// text around it. The joiners U+200C and U+200D stay, Persian and Khmer and
// families of emoji need them; so do the marks U+200E, U+200F and U+061C.
func dropped(r rune) bool {
	switch {
	case r < ' ' && r != '\t' && r != '\n' && r != '\r', r >= 0x7f && r < 0xa0:
		return true
	case r < 0xad:
		return false
	case r == 0xad, r == 0x200b, r == 0xfeff:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	case r >= 0xfff9 && r <= 0xfffb, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	}
	return false
}

// windows1252 is what the C1 controls mean where text of Windows-1252 was
// taken for Latin-1: U+0092 is an apostrophe, as browsers read it (HTML
// standard, numeric character references). 0: dropped. NEL is a newline.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '\n', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// entity decodes the character reference at the start of text, once, and is
// how many bytes it took. An ampersand that begins none is itself; so is one
// without its semicolon, for "R&D" and "&copy=" are words too.
func (c *cleaner) entity(text []byte) int {
	const longest = 33 // &CounterClockwiseContourIntegral;
	end := bytes.IndexByte(text[:min(len(text), longest)], ';')
	if end < 2 || !referenceName(text[1:end]) {
		c.char('&')
		return 1
	}
	written := string(text[:end+1])
	decoded := html.UnescapeString(written)
	if decoded == written || bytes.HasSuffix([]byte(decoded), []byte{';'}) && decoded != ";" {
		c.char('&') // no such name; the rest is read as text
		return 1
	}
	for _, r := range decoded {
		c.char(r)
	}
	return end + 1
}

func referenceName(name []byte) bool {
	if number, is := bytes.CutPrefix(name, []byte{'#'}); is && len(bytes.TrimLeft(number, "xX")) == 0 {
		return false
	}
	for i, b := range name {
		if !(b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || isDigit(b) || b == '#' && i == 0) {
			return false
		}
	}
	return true
}
