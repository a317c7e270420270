package oembed

import (
	"strings"
	"unicode/utf8"
)

// The encoders are our own for what consumers make of the standard library's:
// encoding/xml writes quotes in text as &#34;, which unfurl and oembetter then
// decode once too often, and an empty element that Drupal reads as a list.

// mostFields is room for all fields of an answer without another allocation.
const mostFields = 32

// Append writes the answer in a format, with the callback that JSONP needs,
// and returns the extended buffer. The callback must be one that [Parse] let
// through. An unknown format is written as XML.
func (a Answer) Append(dst []byte, f Format, callback string) []byte {
	if f == Preview {
		if a.HTML == "" {
			return append(dst, a.link...)
		}
		return append(dst, a.HTML...)
	}
	var room [mostFields]field
	return appendFields(dst, f, callback, "oembed", a.fields(room[:0]))
}

// AppendError writes a refusal in a format. It holds a word for programs and a
// sentence for people, under keys that no consumer takes for an answer's:
// WordPress and unfurl read the body of a 404 as if it were one.
func AppendError(dst []byte, f Format, callback string, e *Error) []byte {
	if f == Preview {
		dst = append(dst, `<p>`...)
		dst = appendEscaped(dst, e.reason())
		return append(dst, `</p>`...)
	}
	return appendFields(dst, f, callback, "error", []field{
		{key: "error", text: e.Code()},
		{key: "message", text: e.reason()},
	})
}

func appendFields(dst []byte, f Format, callback, root string, fields []field) []byte {
	switch f {
	case JSON:
		return appendJSON(dst, fields)
	case JSONP:
		// The comment keeps the first bytes out of the caller's hands: a
		// callback could otherwise spell a Flash file (CVE-2014-4671).
		dst = append(dst, "/**/"...)
		dst = append(dst, callback...)
		dst = append(dst, '(')
		dst = appendJSON(dst, fields)
		return append(dst, ");"...)
	}
	return appendXML(dst, root, fields)
}

func appendJSON(dst []byte, fields []field) []byte {
	dst = append(dst, '{')
	for i, f := range fields {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, '"')
		dst = append(dst, f.key...)
		dst = append(dst, `":`...)
		switch f.kind {
		case number:
			dst = f.appendPlain(dst)
		case text:
			dst = append(dst, '"')
			dst = appendJSONText(dst, f.text)
			dst = append(dst, '"')
		default:
			dst = append(dst, '"')
			dst = f.appendPlain(dst)
			dst = append(dst, '"')
		}
	}
	return append(dst, '}')
}

// appendJSONText escapes beyond what JSON needs whatever could end a script or
// start markup, so that the same bytes are safe as JSONP and inside a page.
func appendJSONText(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' {
				i++
				continue
			}
			dst = append(dst, s[start:i]...)
			if c == '"' || c == '\\' {
				dst = append(dst, '\\', c)
			} else {
				dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '\u2028' || r == '\u2029' {
			dst = append(dst, s[start:i]...)
			dst = append(dst, `\u202`...)
			dst = append(dst, hex[r&15])
			start = i + size
		}
		i += size
	}
	return append(dst, s[start:]...)
}

func appendXML(dst []byte, root string, fields []field) []byte {
	dst = append(dst, `<?xml version="1.0" encoding="utf-8" standalone="yes"?><`...)
	dst = append(dst, root...)
	dst = append(dst, '>')
	for _, f := range fields {
		dst = append(dst, '<')
		dst = append(dst, f.key...)
		dst = append(dst, '>')
		if f.kind == text {
			dst = appendXMLText(dst, f.text)
		} else {
			dst = f.appendPlain(dst)
		}
		dst = append(dst, "</"...)
		dst = append(dst, f.key...)
		dst = append(dst, '>')
	}
	dst = append(dst, "</"...)
	dst = append(dst, root...)
	return append(dst, '>')
}

// appendXMLText escapes three signs only. The greater-than sign among them
// keeps "]]>" out of the text.
func appendXMLText(dst []byte, s string) []byte {
	start := 0
	for i := range len(s) {
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		default:
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = append(dst, entity...)
		start = i + 1
	}
	return append(dst, s[start:]...)
}

// clean makes a value of what every format can carry unchanged: tidy text, or
// nothing when only space is left of it.
func clean(s string) string {
	s = tidy(s)
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

// tidy puts text on one line of valid UTF-8 without the characters that XML 1.0
// forbids.
func tidy(s string) string {
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if r < ' ' || r >= utf8.RuneSelf && (r == utf8.RuneError && size == 1 || legal(r) != r) {
			return strings.Map(legal, strings.ToValidUTF8(s, "\ufffd"))
		}
		i += size
	}
	return s
}

func legal(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r < ' ' || r == '\ufffe' || r == '\uffff':
		return -1
	}
	return r
}
