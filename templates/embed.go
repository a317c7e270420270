package templates

import (
	"html"
	"strings"

	"loanleaf/templates/view"
)

// snippet is the HTML that a reader pastes into a page to show the loan: the
// widget at its standard size of 450 by 300, with a link inside for readers
// that drop frames. The colour scheme is stated because a browser paints an
// opaque box behind a frame whose scheme differs from its page's; the sandbox
// lets links open and our own script tell the frame's height, and nothing else. Apostrophes stay as they are, which is safe
// between double quotes and kinder to people who read what they paste.
func snippet(l view.Loan) string {
	e := func(s string) string { return strings.ReplaceAll(html.EscapeString(s), "&#39;", "'") }
	return `<iframe src="` + e(l.Widget) + `" width="450" height="300" title="` + e(l.LoanTitle) +
		`" style="border:0;max-width:100%;color-scheme:light" loading="lazy" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox">` +
		`<a href="` + e(l.Page) + `">` + e(l.LoanTitle) + `</a></iframe>`
}
