package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// elements is what of an XML answer matters to consumers beside its values.
type elements struct {
	root    string
	doctype bool
	cdata   bool
	quotes  bool     // a quotation mark is escaped in the text of an element
	empty   []string // elements without text
	nested  []string // elements with elements in them
}

// readXML reads an XML answer: the elements below the root by their names. Only
// what the document itself says is read: no entity is expanded but XML's own.
func readXML(body []byte) (map[string]any, elements, error) {
	seen := elements{
		cdata:  bytes.Contains(body, []byte("<![CDATA[")),
		quotes: bytes.Contains(body, []byte("&quot;")) || bytes.Contains(body, []byte("&#34;")),
	}
	decoder := xml.NewDecoder(bytes.NewReader(body))
	fields := map[string]any{}
	var open []string
	var text strings.Builder
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, seen, fmt.Errorf("not well-formed XML: %w", err)
		}
		switch token := token.(type) {
		case xml.Directive:
			seen.doctype = seen.doctype || bytes.HasPrefix(bytes.ToUpper(token), []byte("DOCTYPE"))
		case xml.StartElement:
			switch len(open) {
			case 0:
				seen.root = token.Name.Local
			case 2:
				seen.nested = append(seen.nested, open[1])
			}
			open = append(open, token.Name.Local)
			text.Reset()
		case xml.CharData:
			text.Write(token)
		case xml.EndElement:
			if len(open) == 2 {
				fields[token.Name.Local] = text.String()
				if text.Len() == 0 {
					seen.empty = append(seen.empty, token.Name.Local)
				}
			}
			open = open[:len(open)-1]
		}
	}
	if seen.root == "" {
		return nil, seen, errors.New("not XML: it has no element")
	}
	return fields, seen, nil
}
