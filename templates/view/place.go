package view

import (
	"strings"

	"loanleaf/kiva"
	"loanleaf/site"
)

// country is the country's name in the language, or as the source spells it
// where CLDR does not know its code.
func (t *Teller) country(l *kiva.Location) string {
	if name, ok := t.language.Country(l.CountryCode); ok {
		return name
	}
	return squeeze(l.Country)
}

// countryInside is the country's name as it stands inside a sentence.
func (t *Teller) countryInside(l *kiva.Location) string {
	if name, ok := t.language.CountryInside(l.CountryCode); ok {
		return name
	}
	return squeeze(l.Country)
}

// place is the town and its country, without telling the country twice: towns
// of the data are at times "Lima, Peru", or the country itself.
func (t *Teller) place(l *kiva.Location, country string) string {
	town := squeeze(l.Town)
	if source := squeeze(l.Country); source != "" {
		town = withoutCountry(town, source)
	}
	if country == "" {
		return town
	}
	if town = withoutCountry(town, country); town == "" {
		return country
	}
	return t.words.Place.Fill("town", town, "country", country)
}

func withoutCountry(town, country string) string {
	at := len(town) - len(country)
	if country == "" || at < 0 || !strings.EqualFold(town[at:], country) {
		return town
	}
	if at == 0 {
		return ""
	}
	if before := strings.TrimRight(town[:at], " "); strings.HasSuffix(before, ",") {
		return strings.TrimRight(before, " ,")
	}
	return town
}

// sectorURL is the list of a sector; empty for a name without letters.
func (t *Teller) sectorURL(sector string) string {
	slug := kiva.Slug(sector)
	if slug == "" {
		return ""
	}
	return t.url(site.Address{Kind: site.Sector, Slug: slug})
}

// countryURL is the list of a country; empty where the code is not one.
func (t *Teller) countryURL(code string) string {
	if len(code) != 2 {
		return ""
	}
	return t.url(site.Address{Kind: site.Country, Slug: strings.ToLower(code)})
}

// crumbs are the lists the loan is on.
func (t *Teller) crumbs(loan *kiva.Loan, v *Loan) []Action {
	crumbs := make([]Action, 0, 3)
	if url := t.countryURL(loan.Location.CountryCode); url != "" && v.Country != "" {
		crumbs = append(crumbs, Action{Label: t.words.HeadingCountry.Fill("country", t.countryInside(&loan.Location)), URL: url})
	}
	if v.Sector.URL != "" {
		crumbs = append(crumbs, Action{Label: t.words.HeadingSector.Fill("sector", v.Sector.Text), URL: v.Sector.URL})
	}
	if heading := statusHeading(t.words, loan.Status); heading != "" {
		url := t.url(site.Address{Kind: site.Status, Slug: loan.Status.String()})
		crumbs = append(crumbs, Action{Label: heading, URL: url})
	}
	return crumbs
}
