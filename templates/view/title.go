package view

import (
	"loanleaf/kiva"
)

// Limits of what is shown of a shared link, in characters: what search engines
// and readers of OpenGraph show before they cut (X a title of 70).
const (
	mostShareTitle  = 60
	mostDescription = 155
)

// title writes the headings of a loan, after seed 000: "NAME's Loan from
// COUNTRY", and "A loan from COUNTRY" where nobody is named.
func (t *Teller) title(v *Loan, loan *kiva.Loan) {
	w := t.words
	short := ""
	switch {
	case !v.Anonymous:
		v.Name = squeeze(loan.Name)
		short = w.LoanOf.Fill("name", v.Name)
		v.LoanTitle = short
		if v.Country != "" {
			v.LoanTitle = w.LoanOfFrom.Fill("name", v.Name, "country", v.Country)
		}
	case v.Country != "":
		v.Name = w.LoanFrom.Fill("country", v.Country)
		short, v.LoanTitle = v.Name, v.Name
	default:
		v.Name = w.LoanUnnamed
		short, v.LoanTitle = v.Name, v.Name
	}
	v.Title = t.siteTitle(short)
	v.DiscoveryJSON = w.DiscoveryJSON.Fill("title", v.LoanTitle)
	v.DiscoveryXML = w.DiscoveryXML.Fill("title", v.LoanTitle)
	v.ShareTitle = t.shareTitle(v, loan)
	v.Description = t.description(v)
}

func (t *Teller) siteTitle(title string) string {
	return t.words.Title.Fill("site", t.site.Name(), "title", title)
}

// shareTitle asks while a loan raises funds, and names it afterwards.
func (t *Teller) shareTitle(v *Loan, loan *kiva.Loan) string {
	if v.Anonymous || loan.Status != kiva.Fundraising || reserved(loan) {
		return clip(v.LoanTitle, mostShareTitle)
	}
	amount := t.money(loan.Amount)
	if v.Country != "" {
		title := t.words.ShareNeeds.Fill("name", v.Name, "country", v.Country, "amount", amount)
		if fits(title, mostShareTitle) {
			return title
		}
	}
	title := t.words.ShareNeedsNow.Fill("name", v.Name, "amount", amount)
	if fits(title, mostShareTitle) {
		return title
	}
	return clip(v.LoanTitle, mostShareTitle)
}

// description is the use and the figures, or the use alone where both are too
// long.
func (t *Teller) description(v *Loan) string {
	use := v.Use.String()
	if len(v.Figures.Main) == 0 {
		return clip(use, mostDescription)
	}
	both := t.words.Description.Fill("use", use, "figures", v.Figures.Main.String())
	if fits(both, mostDescription) {
		return both
	}
	return clip(use, mostDescription)
}
