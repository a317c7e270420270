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
//
// country is its name inside a sentence; empty when it is not known.
func (t *telling) title(v *Loan, loan *kiva.Loan, country string) {
	w := t.words
	short := ""
	switch {
	case !v.Anonymous:
		v.Name = t.squeeze(loan.Name)
		short = t.fill(w.LoanOf, "name", v.Name)
		v.LoanTitle = short
		if country != "" {
			v.LoanTitle = t.fill(w.LoanOfFrom, "name", v.Name, "country", country)
		}
	case country != "":
		v.Name = t.fill(w.LoanFrom, "country", country)
		short, v.LoanTitle = v.Name, v.Name
	default:
		v.Name = w.LoanUnnamed
		short, v.LoanTitle = v.Name, v.Name
	}
	v.Title = t.siteTitle(short)
	v.DiscoveryJSON = t.fill(w.DiscoveryJSON, "title", v.LoanTitle)
	v.DiscoveryXML = t.fill(w.DiscoveryXML, "title", v.LoanTitle)
	v.ShareTitle = t.shareTitle(v, loan, country, short)
	v.Description = t.description(v)
}

func (t *telling) siteTitle(title string) string {
	return t.fill(t.words.Title, "site", t.site.Name(), "title", title)
}

// shareTitle asks while a loan raises funds, and names it afterwards; the
// country is left out before anything is cut.
func (t *telling) shareTitle(v *Loan, loan *kiva.Loan, country, short string) string {
	if v.Anonymous || loan.Status != kiva.Fundraising || reserved(loan) {
		if fits(v.LoanTitle, mostShareTitle) {
			return v.LoanTitle
		}
		return clip(short, mostShareTitle)
	}
	amount := t.money(loan.Amount)
	if country != "" {
		title := t.fill(t.words.ShareNeeds, "name", v.Name, "country", country, "amount", amount)
		if fits(title, mostShareTitle) {
			return title
		}
	}
	title := t.fill(t.words.ShareNeedsNow, "name", v.Name, "amount", amount)
	if fits(title, mostShareTitle) {
		return title
	}
	return clip(short, mostShareTitle)
}

// description is the use and the figures with what was lost, or the use alone
// where all of it is too long: half of the figures would sound better than it was.
func (t *telling) description(v *Loan) string {
	use := t.text(v.Use)
	if len(v.Figures.Main) == 0 {
		return clip(use, mostDescription)
	}
	figures := t.text(v.Figures.Main)
	if len(v.Figures.Loss) > 0 {
		figures += between + t.text(v.Figures.Loss)
	}
	both := t.fill(t.words.Description, "use", use, "figures", figures)
	if fits(both, mostDescription) {
		return both
	}
	return clip(use, mostDescription)
}
