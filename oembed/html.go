package oembed

import (
	"strconv"
	"strings"

	"loanleaf/templates"
	"loanleaf/templates/view"
)

// html is the html of a rich answer.
func html(loan view.Loan, size box, r Request) string {
	inline := r.HTML == Inline || r.HTML == Auto && (r.Format == JSONP || r.Format == Preview)
	switch {
	case inline:
		return bounded(templates.Inline(loan), size)
	case r.WordPress && r.HTML == Auto:
		return string(appendFrame(appendQuote(nil, loan), loan, size))
	}
	return string(appendFrame(nil, loan, size))
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
	dst = appendLink(dst, loan.Page, sentence(loan))
	return append(dst, `</iframe>`...)
}

// appendQuote writes what WordPress shows until the frame beside it is ready.
func appendQuote(dst []byte, loan view.Loan) []byte {
	dst = append(dst, `<blockquote>`...)
	dst = appendLink(dst, loan.Page, sentence(loan))
	return append(dst, `</blockquote>`...)
}

func appendLink(dst []byte, address, label string) []byte {
	dst = append(dst, `<a href="`...)
	dst = appendEscaped(dst, address)
	dst = append(dst, `">`...)
	dst = appendEscaped(dst, label)
	return append(dst, `</a>`...)
}

// sentence is what the loan is for, in words alone.
func sentence(loan view.Loan) string {
	var b strings.Builder
	for _, span := range loan.Use {
		b.WriteString(span.Text)
	}
	if b.Len() == 0 {
		return loan.LoanTitle
	}
	return b.String()
}

// bounded holds the fragment, which is drawn for the full size, within a
// smaller one; what does not fit is scrolled to.
func bounded(fragment string, size box) string {
	if size == (box{fullWidth, fullHeight}) {
		return fragment
	}
	return `<div style="max-width:` + strconv.Itoa(size.width) + `px;max-height:` + strconv.Itoa(size.height) +
		`px;overflow:auto">` + fragment + `</div>`
}

// appendEscaped writes text as content or as a value in double quotes, for
// readers of HTML and of XML alike.
func appendEscaped(dst []byte, s string) []byte {
	s = clean(s)
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
