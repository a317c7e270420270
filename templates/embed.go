package templates

import (
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// code is what a reader of a loan's page pastes elsewhere to show it there: the
// widget at its standard size, light.
func code(l view.Loan) string {
	s := snippet.Framed(l, snippet.Addresses{Page: l.Page, Widget: l.Widget})
	return snippet.Frame.Write(s, snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
}
