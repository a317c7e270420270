package view

import (
	"strings"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

// country is the country's name in the language, or as the source spells it
// where CLDR does not know its code.
func (t *telling) country(l *kiva.Location) string {
	if known := t.countries.of(t.Teller, l.CountryCode); known != nil {
		return known.name
	}
	return t.squeeze(l.Country)
}

// countryInside is the country's name as it stands inside a sentence.
func (t *telling) countryInside(l *kiva.Location) string {
	if known := t.countries.of(t.Teller, l.CountryCode); known != nil {
		return known.inside
	}
	return t.language.CountryInside(l.CountryCode, t.squeeze(l.Country))
}

// place is the town and its country, without telling the country twice: towns
// of the data are at times "Lima, Peru", or the country itself.
func (t *telling) place(l *kiva.Location, country string) string {
	town := t.squeeze(l.Town)
	if source := t.squeeze(l.Country); source != "" {
		town = withoutCountry(town, source)
	}
	if country == "" {
		return town
	}
	if town = withoutCountry(town, country); town == "" {
		return country
	}
	return t.fill(t.words.Place, "town", town, "country", country)
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
func (t *telling) sector(name string) Foreign {
	if known, ok := t.sectors[name]; ok {
		return known
	}
	slug := kiva.Slug(name)
	if told, ok := t.words.SectorNames[slug]; ok {
		return Foreign{Text: told, URL: t.url(site.Address{Kind: site.Sector, Slug: slug})}
	}
	sector := Foreign{Text: t.squeeze(name)}
	if sector.Text != "" {
		sector.Lang = t.foreign
	}
	if slug != "" {
		sector.URL = t.url(site.Address{Kind: site.Sector, Slug: slug})
	}
	return sector
}

// knownSectors are Kiva's sectors, by the names that the data has for them.
func (t *telling) knownSectors() map[string]Foreign {
	known := map[string]Foreign{}
	english, _ := locale.Get("en")
	for _, name := range english.Words.SectorNames {
		known[name] = t.sector(name)
	}
	return known
}

// crumbs are the lists the loan is on.
func (t *telling) crumbs(loan *kiva.Loan, v *Loan) []Action {
	crumbs := t.blocks.actions.room(3)
	if crumb := t.countryCrumb(&loan.Location, v.Country); crumb.URL != "" {
		crumbs = append(crumbs, crumb)
	}
	if v.Sector.URL != "" {
		crumb := Action{Label: v.Sector.Text, Lang: v.Sector.Lang, URL: v.Sector.URL}
		if crumb.Lang == "" { // a label is in one language
			crumb.Label = t.fill(t.words.HeadingSector, "sector", v.Sector.Text)
		}
		crumbs = append(crumbs, crumb)
	}
	if heading := statusHeading(t.words, loan.Status); heading != "" {
		url := t.url(site.Address{Kind: site.Status, Slug: loan.Status.String()})
		crumbs = append(crumbs, Action{Label: heading, URL: url})
	}
	return crumbs
}

// countryCrumb leads to the list of the loan's country; nowhere where its code is not
// one, or nobody knows its name.
func (t *telling) countryCrumb(l *kiva.Location, name string) Action {
	if known := t.countries.of(t.Teller, l.CountryCode); known != nil {
		return known.crumb
	}
	if len(l.CountryCode) != 2 || name == "" {
		return Action{}
	}
	url := t.url(site.Address{Kind: site.Country, Slug: strings.ToLower(l.CountryCode)})
	return Action{Label: t.fill(t.words.HeadingCountry, "country", t.countryInside(l)), URL: url}
}
