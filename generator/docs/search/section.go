package search

import (
	"html"
	"strings"
)

// section is a part of a page: what stands below a heading with an id, up to the
// next one. The first has none.
type section struct{ id, heading, text string }

// inline are the elements that part no words. public/find.js has the same list.
var inline = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "cite": true, "code": true, "del": true, "dfn": true, "em": true, "i": true, "ins": true,
	"kbd": true, "mark": true, "q": true, "s": true, "samp": true, "small": true, "span": true, "strong": true, "sub": true, "time": true, "u": true, "var": true, "wbr": true,
}

// sectionsOf parts HTML at its headings. There is always a first section.
func sectionsOf(body string) []section {
	r := &sectionReader{sections: []section{{}}}
	for body != "" {
		var text, tag string
		text, tag, body = next(body)
		r.text.WriteString(html.UnescapeString(text))
		if tag != "" {
			r.take(tag)
		}
	}
	r.end()
	return r.sections
}

// next parts HTML behind its first tag: what stands before that, and what stands
// between its brackets. The HTML is package docs' own, which escapes every bracket
// that begins no tag, and has neither scripts nor comments.
func next(body string) (text, tag, rest string) {
	text, rest, ok := strings.Cut(body, "<")
	if !ok {
		return body, "", ""
	}
	var quote byte
	for i := range len(rest) {
		switch c := rest[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return text, rest[:i], rest[i+1:]
		}
	}
	return text, rest, "" // it has no end
}

// sectionReader reads them.
type sectionReader struct {
	sections []section
	within   string // the heading it is in; empty in none
	text     strings.Builder
}

// take reads one tag.
func (r *sectionReader) take(tag string) {
	name, closing := strings.CutPrefix(tag, "/")
	element, attributes := name, ""
	if end := strings.IndexAny(name, " \t\n/"); end >= 0 {
		element, attributes = name[:end], name[end:]
	}
	if !inline[element] {
		r.text.WriteByte(' ')
	}
	if len(element) != 2 || element[0] != 'h' || element[1] < '1' || element[1] > '6' {
		return
	}
	if closing {
		if element == r.within {
			r.end()
			r.within = ""
		}
		return
	}
	if id := idOf(attributes); id != "" {
		r.end()
		r.sections = append(r.sections, section{id: id})
		r.within = element
	}
}

// end takes what was read as the text of the section, or as its heading.
func (r *sectionReader) end() {
	s := &r.sections[len(r.sections)-1]
	if r.within != "" {
		s.heading = strings.Join(strings.Fields(r.text.String()), " ") // is shown
	} else {
		s.text = r.text.String()
	}
	r.text.Reset()
}

// idOf is the id among attributes, each of which has a value between double
// quotation marks, or none.
func idOf(attributes string) string {
	for attributes != "" {
		name, rest, ok := strings.Cut(attributes, `="`)
		value, behind, closed := strings.Cut(rest, `"`)
		if !ok || !closed {
			return ""
		}
		if fields := strings.Fields(name); len(fields) > 0 && fields[len(fields)-1] == "id" {
			return html.UnescapeString(value)
		}
		attributes = behind
	}
	return ""
}

// plain is the text of HTML without block elements.
func plain(body string) string {
	var b strings.Builder
	for body != "" {
		var text string
		text, _, body = next(body)
		b.WriteString(html.UnescapeString(text))
	}
	return b.String()
}
