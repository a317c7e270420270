package oembed

import (
	"loanleaf/site"
	"loanleaf/templates/view"
)

// Variant tells the answers about one loan in one language apart: requests of
// one variant get the same bytes, whatever bounds they name. A loan has few, so
// whoever keeps answers by it keeps few of a loan, however many are asked for.
type Variant struct {
	format    Format
	shape     Shape
	wordPress bool
	thumbnail string
}

// Variant is the variant of a request for the loan as it is told. ok is false
// for a request that has none: one with a callback's name, one that quotes the
// story, and one whose bounds make the widget smaller.
func (r Request) Variant(s *site.Site, loan view.Loan) (variant Variant, ok bool) {
	if r.NeedsStory() || r.Callback != "" || fit(r.MaxWidth, r.MaxHeight) != (box{fullWidth, fullHeight}) {
		return Variant{}, false
	}
	return Variant{r.Format, r.HTML, r.WordPress, thumbnail(s, loan, r.MaxWidth, r.MaxHeight).URL}, true
}
