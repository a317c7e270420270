package search

import (
	"strings"

	"golang.org/x/net/html"
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
	for tokens := html.NewTokenizer(strings.NewReader(body)); r.take(tokens); {
	}
	r.end()
	return r.sections
}

// sectionReader reads them.
type sectionReader struct {
	sections []section
	within   string // the heading it is in; empty in none
	text     strings.Builder
}

// take reads one token; false at the end.
func (r *sectionReader) take(tokens *html.Tokenizer) bool {
	kind := tokens.Next()
	switch kind {
	case html.ErrorToken:
		return false
	case html.TextToken:
		r.text.Write(tokens.Text())
	case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		name, more := tokens.TagName()
		element := string(name)
		if !inline[element] {
			r.text.WriteByte(' ')
		}
		if len(element) != 2 || element[0] != 'h' || element[1] < '1' || element[1] > '6' {
			break
		}
		if kind == html.EndTagToken {
			if element == r.within {
				r.end()
				r.within = ""
			}
			break
		}
		if id := idOf(tokens, more); id != "" {
			r.end()
			r.sections = append(r.sections, section{id: id})
			r.within = element
		}
	}
	return true
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

func idOf(tokens *html.Tokenizer, more bool) string {
	for more {
		var key, value []byte
		if key, value, more = tokens.TagAttr(); string(key) == "id" {
			return string(value)
		}
	}
	return ""
}

// plain is the text of HTML without block elements.
func plain(body string) string {
	var b strings.Builder
	for tokens := html.NewTokenizer(strings.NewReader(body)); ; {
		switch tokens.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(tokens.Text())
		}
	}
}
