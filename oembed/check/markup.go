package check

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
)

// markup is the html of an answer.
type markup struct {
	source  string
	frames  []frame
	scripts int
	outer   map[string]string // attributes of the first element
}

// frame is an iframe in it.
type frame struct {
	attrs   map[string]string
	content string // between its tags
	closed  bool   // it has an end tag
	slashed bool   // it is written <iframe … />
	depth   int    // elements around it
}

// void are the elements of HTML without content.
var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true,
	"meta": true, "param": true, "source": true, "track": true, "wbr": true,
}

// readMarkup reads html as browsers tokenize it. Any text is html.
func readMarkup(source string) *markup {
	m := &markup{source: source}
	z := html.NewTokenizer(strings.NewReader(source))
	depth := 0
	var open *frame
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return m
		}
		raw := string(z.Raw())
		token := z.Token()
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			if m.outer == nil {
				m.outer = attributes(token)
			}
			switch {
			case token.Data == "iframe":
				m.frames = append(m.frames, frame{attrs: attributes(token), slashed: kind == html.SelfClosingTagToken, depth: depth})
				open = &m.frames[len(m.frames)-1]
				continue
			case token.Data == "script":
				m.scripts++
			}
			if kind == html.StartTagToken && !void[token.Data] {
				depth++
			}
		case html.EndTagToken:
			if token.Data == "iframe" {
				if open != nil {
					open.closed, open = true, nil
				}
				continue
			}
			depth = max(depth-1, 0)
		case html.TextToken:
			if open != nil {
				open.content += raw
			}
		}
	}
}

// frame gives the first iframe; nil where there is none.
func (m *markup) frame() *frame {
	if m == nil || len(m.frames) == 0 {
		return nil
	}
	return &m.frames[0]
}

// src is the address of the first iframe; empty where it has none.
func (m *markup) src() string {
	if f := m.frame(); f != nil {
		return strings.TrimSpace(f.attrs["src"])
	}
	return ""
}

// wellFormed tells whether html could stand in XHTML: every element closed,
// every attribute with a value in quotes.
func wellFormed(source string) error {
	decoder := xml.NewDecoder(strings.NewReader("<div>" + source + "</div>"))
	decoder.Entity = xml.HTMLEntity
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}
