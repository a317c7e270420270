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
	return t.language.CountryInside(l.CountryCode, squeeze(l.Country))
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

// sector is the sector's name in the language, or as the data has it, in
// English, where it is none of Kiva's.
func (t *Teller) sector(name string) Foreign {
	slug := kiva.Slug(name)
	if told, ok := t.words.SectorNames[slug]; ok {
		return Foreign{Text: told, URL: t.url(site.Address{Kind: site.Sector, Slug: slug})}
	}
	sector := Foreign{Text: squeeze(name)}
	if sector.Text != "" {
		sector.Lang = t.foreign
	}
	if slug != "" {
		sector.URL = t.url(site.Address{Kind: site.Sector, Slug: slug})
	}
	return sector
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
		crumb := Action{Label: v.Sector.Text, Lang: v.Sector.Lang, URL: v.Sector.URL}
		if crumb.Lang == "" { // a label is in one language
			crumb.Label = t.words.HeadingSector.Fill("sector", v.Sector.Text)
		}
		crumbs = append(crumbs, crumb)
	}
	if heading := statusHeading(t.words, loan.Status); heading != "" {
		url := t.url(site.Address{Kind: site.Status, Slug: loan.Status.String()})
		crumbs = append(crumbs, Action{Label: heading, URL: url})
	}
	return crumbs
}
