package oembed

import (
	"strconv"

	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// html is the html of a rich answer.
func html(s *site.Site, loan view.Loan, size box, r Request) string {
	if r.NeedsStory() {
		return bounded(templates.Inline(loan, s.Colour()), size)
	}
	return framed{widget: loan.Widget, title: loan.LoanTitle, page: loan.Page, sentence: loan.Use}.html(size, r)
}

// framed is what stands in a frame, and the words for where none can be.
type framed struct {
	widget, page string // absolute addresses
	title        string
	sentence     view.Sentence // empty: the title
}

func (f framed) html(size box, r Request) string {
	var room [2048]byte
	dst := room[:0]
	if r.WordPress && r.HTML == Auto {
		dst = f.appendQuote(dst)
	}
	return string(f.appendTo(dst, size))
}

// appendTo writes the frame in the one form that every consumer keeps: one
// line, double quotes, an end tag of its own, no wrapper, no script, nothing
// after it (WordPress, Misskey and others; DESIGN, first row). style, loading,
// allow and sandbox are dropped by some and so are not there; frameborder is
// kept by all, and without it a frame is four pixels larger than it says. The
// link inside is what is left where frames are removed.
func (f framed) appendTo(dst []byte, size box) []byte {
	dst = append(dst, `<iframe src="`...)
	dst = appendEscaped(dst, f.widget)
	dst = append(dst, `" title="`...)
	dst = appendEscaped(dst, f.title)
	dst = append(dst, `" width="`...)
	dst = strconv.AppendInt(dst, int64(size.width), 10)
	dst = append(dst, `" height="`...)
	dst = strconv.AppendInt(dst, int64(size.height), 10)
	dst = append(dst, `" frameborder="0">`...)
	dst = f.appendSentence(dst)
	return append(dst, `</iframe>`...)
}

// appendQuote writes what WordPress shows until the frame beside it is ready.
func (f framed) appendQuote(dst []byte) []byte {
	dst = append(dst, `<blockquote>`...)
	dst = f.appendSentence(dst)
	return append(dst, `</blockquote>`...)
}

// appendSentence links to the page by the sentence that says what is there.
func (f framed) appendSentence(dst []byte) []byte {
	if len(f.sentence) == 0 {
		return appendLink(dst, f.page, f.title)
	}
	dst = appendAnchor(dst, f.page)
	for _, span := range f.sentence {
		dst = appendEscaped(dst, span.Text)
	}
	return append(dst, `</a>`...)
}

func appendLink(dst []byte, address, label string) []byte {
	dst = appendAnchor(dst, address)
	dst = appendEscaped(dst, label)
	return append(dst, `</a>`...)
}

func appendAnchor(dst []byte, address string) []byte {
	dst = append(dst, `<a href="`...)
	dst = appendEscaped(dst, address)
	return append(dst, `">`...)
}

// bounded holds the fragment, which is drawn for the full size, within a
// smaller one: as the one item of a flexible box it takes that size, and scrolls.
func bounded(fragment string, size box) string {
	if size == (box{fullWidth, fullHeight}) {
		return fragment
	}
	return `<div style="max-width:` + strconv.Itoa(size.width) + `px;max-height:` + strconv.Itoa(size.height) +
		`px;display:flex">` + fragment + `</div>`
}

// appendEscaped writes text as content or as a value in double quotes, for
// readers of HTML and of XML alike.
func appendEscaped(dst []byte, s string) []byte {
	s = tidy(s)
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			dst = append(dst, "&amp;"...)
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '"':
			dst = append(dst, "&quot;"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
