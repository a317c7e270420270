package templates

import "loanleaf/templates/view"

// InlineList is the widget of a list as a fragment for somebody else's page, made
// as [Inline] makes that of a loan, without pictures: the list's name, its loans
// that raise funds, each with a link, place and figures, and the link to the list.
func InlineList(l view.ListCard, colour string) string {
	f := fragment{colour: colour}
	f.Grow(4096)
	f.open(l.Language)
	f.head(l.Source, l.Page, l.Name)
	if len(l.Raising) > 0 {
		f.WriteString(`<p style="margin:0 0 6px;color:#565164">`)
		f.sentence(l.Raising)
		f.WriteString(`</p>`)
	}
	for _, loan := range l.Loans {
		f.row(loan)
	}
	if len(l.Loans) == 0 {
		f.WriteString(`<p style="margin:0 0 6px">`)
		f.text(l.None)
		f.WriteString(`</p>`)
	}
	f.WriteString(`<p style="margin:6px 0 0">`)
	f.link(l.Page, l.All.String())
	if len(l.Dated.Label) > 0 {
		f.text(" · ")
		f.text(l.Dated.Label.String())
	}
	f.WriteString(`</p></div>`)
	return f.String()
}

// row is a loan of a list.
func (f *fragment) row(l view.Loan) {
	f.WriteString(`<p style="margin:0 0 4px"><bdi>`)
	f.link(l.Page, l.Name)
	f.WriteString(`</bdi>`)
	if l.Place != "" {
		f.text(" · ")
		f.WriteString(`<bdi>`)
		f.text(l.Place)
		f.WriteString(`</bdi>`)
	}
	if len(l.Figures.Main) > 0 {
		f.text(" · ")
		f.sentence(l.Figures.Main)
	}
	f.WriteString(`</p>`)
}
