package locale

import "slices"

// articled are the countries that English names with an article inside a
// sentence, by code, in order. CLDR has names that stand alone only. Spanish
// names do without one; in French and Arabic the word before a country changes
// with it, so their sentences are to be built so that the name stands apart.
var articled = []string{
	"AE", "AX", "BQ", "BS", "CC", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "GS", "HM", "IM", "IO", "KM", "KY",
	"MH", "MP", "MV", "NL", "PH", "PN", "SB", "TC", "TF", "UM", "US", "VG", "VI",
}

// CountryInside returns the name of a country as it stands inside a sentence:
// "the Philippines" where Country has "Philippines".
func (l *Language) CountryInside(code string) (string, bool) {
	name, ok := l.Country(code)
	if _, found := slices.BinarySearch(articled, code); ok && found && l.Tag == "en" {
		return "the " + name, true
	}
	return name, ok
}
