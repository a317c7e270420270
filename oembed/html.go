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
	var room [2048]byte
	frame := room[:0]
	if r.WordPress && r.HTML == Auto {
		frame = appendQuote(frame, loan)
	}
	return string(appendFrame(frame, loan, size))
}

// appendFrame writes the frame in the one form that every consumer keeps: one
// line, double quotes, an end tag of its own, no wrapper, no script, nothing
// after it (WordPress, Misskey and others; DESIGN, first row). style, loading,
// allow and sandbox are dropped by some and so are not there; frameborder is
// kept by all, and without it a frame is four pixels larger than it says. The
// link inside is what is left where frames are removed.
func appendFrame(dst []byte, loan view.Loan, size box) []byte {
	dst = append(dst, `<iframe src="`...)
	dst = appendEscaped(dst, loan.Widget)
	dst = append(dst, `" title="`...)
	dst = appendEscaped(dst, loan.LoanTitle)
	dst = append(dst, `" width="`...)
	dst = strconv.AppendInt(dst, int64(size.width), 10)
	dst = append(dst, `" height="`...)
	dst = strconv.AppendInt(dst, int64(size.height), 10)
	dst = append(dst, `" frameborder="0">`...)
	dst = appendUse(dst, loan)
	return append(dst, `</iframe>`...)
}

// appendQuote writes what WordPress shows until the frame beside it is ready.
func appendQuote(dst []byte, loan view.Loan) []byte {
	dst = append(dst, `<blockquote>`...)
	dst = appendUse(dst, loan)
	return append(dst, `</blockquote>`...)
}

// appendUse links to the loan by the sentence that says what it is for.
func appendUse(dst []byte, loan view.Loan) []byte {
	if len(loan.Use) == 0 {
		return appendLink(dst, loan.Page, loan.LoanTitle)
	}
	dst = appendAnchor(dst, loan.Page)
	for _, span := range loan.Use {
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
