package site

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names of a search form's fields, and the most bytes of a query.
const (
	QueryField = "q"
	pageField  = "page"
	MaxQuery   = 200
)

// docIndex is where the index of the documentation stands, below what searches
// loans and beside the documentation, so that every address there is a document's.
const docIndex = "search/docs.json"

// readSearch reads what stands behind "search": nothing, or the index of the
// documentation.
func readSearch(a Address, tail []string) (Address, bool) {
	a.Kind = Search
	if len(tail) == 1 && "search/"+tail[0] == docIndex {
		a.Kind, tail = DocIndex, nil
	}
	return a, len(tail) == 0
}

// appendSearch appends "search?q=ana&page=2"; without a query "search".
func appendSearch(b []byte, a Address) []byte {
	b = append(b, "search"...)
	if a.Query == "" {
		return b
	}
	b = append(b, "?"+QueryField+"="+url.QueryEscape(a.Query)...)
	if a.Page > 1 {
		b = append(b, "&"+pageField+"="...)
		b = strconv.AppendInt(b, int64(a.Page), 10)
	}
	return b
}

// Asked is the address of a search with what its query string asks for. What
// was typed comes from strangers: of it are kept at most [MaxQuery] bytes, text
// without control characters and marks of direction, single spaces. A page
// that is no number is the first, which is 0.
func Asked(a Address, rawQuery string) Address {
	fields, _ := url.ParseQuery(rawQuery) // gives what it could read
	a.Query = typed(fields.Get(QueryField))
	a.Page = 0
	if n, ok := readID(fields.Get(pageField)); ok && n > 1 && n <= maxPage && a.Query != "" {
		a.Page = int(n)
	}
	return a
}

func typed(s string) string {
	const enough = 4 * MaxQuery // of what may be mostly spaces
	if len(s) > enough {
		s = s[:enough]
	}
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case r == utf8.RuneError || unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= MaxQuery {
		return s
	}
	end := MaxQuery
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return strings.TrimSpace(s[:end])
}
