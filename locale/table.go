package locale

import (
	"slices"
	"strings"
)

// table is what CLDR says of one language, as locale/cldr writes it down. Its
// numbers are all in Latin digits, grouped by thousands.
type table struct {
	name, direction string

	decimal, group, minus string
	minGroup              int    // digits that must stand before the first separator: es writes 1234 but 12.345
	percent               string // what follows the number
	money                 moneyPattern

	long, medium, monthYear datePattern
	months, shortMonths     [12]string
	list                    listPattern

	symbols     [currencyCount]string // with its space to the number, where that is not in the pattern
	currencies  [currencyCount]string // "" where CLDR has no name
	territories []named               // by code
	languages   []named               // by code
}

// named is a code and its name. Lists of them are sorted, so a table is constant
// data and costs nothing at the start of the program, as a map would.
type named struct{ code, name string }

func nameOf(list []named, code string) (string, bool) {
	i, ok := slices.BinarySearchFunc(list, code, func(n named, code string) int {
		return strings.Compare(n.code, code)
	})
	if !ok {
		return "", false
	}
	return list[i].name, true
}

// Country returns the name of a country by its ISO 3166-1 alpha-2 code, upper
// case, as it stands alone in the language. It is CLDR's name, save for six
// places that CLDR names with a qualifier and here have their short form:
// Palestine, Congo (DRC), Congo (Republic), Myanmar, Hong Kong and Macao.
// NA is Namibia. Unions, test codes and ZZ are not countries.
func (l *Language) Country(code string) (string, bool) { return nameOf(l.territories, code) }

// LanguageName returns the name of a language by its ISO 639-1 code, lower
// case, written as inside a sentence: "vi" is Vietnamese, in Spanish vietnamita.
func (l *Language) LanguageName(code string) (string, bool) { return nameOf(l.languages, code) }
