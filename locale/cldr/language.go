package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// named is a code and its name in a language.
type named struct{ code, name string }

// language is what a table says, still in the order and spelling of CLDR.
type language struct {
	tag, name, direction     string
	decimal, group, minus    string
	minGroup                 int
	percent                  string // what follows the number
	money                    money
	months, shortMonths      []string
	long, medium, monthYear  string
	pair, start, middle, end string
	symbols, currencies      []string // by the order of the currency table
	territories, languages   []named
}

func readLanguage(from fs.FS, tag string, currencies []currency) (*language, error) {
	l := &language{tag: tag}
	return l, errors.Join(
		l.readNames(from),
		l.readDirection(from),
		l.readNumbers(from),
		l.readSymbols(from, currencies),
		l.readDates(from),
		l.readLists(from),
	)
}

// alternatives says which of CLDR's names a country is called by, where it is
// not the plain one. The short forms that are left out are abbreviations (US,
// UK, ONU) or lose half of the country's name (Bosnia).
var alternatives = map[string]string{
	"CD": "CD-alt-variant", // Congo (DRC)
	"CG": "CG-alt-variant", // Congo (Republic)
	"HK": "HK-alt-short",
	"MM": "MM-alt-short",
	"MO": "MO-alt-short",
	"PS": "PS-alt-short",
}

// notCountries are the two-letter codes in CLDR's list that are unions, test
// regions and the unknown.
var notCountries = []string{"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

var (
	countryCode  = regexp.MustCompile(`^[A-Z]{2}$`)
	languageCode = regexp.MustCompile(`^[a-z]{2}$`)
)

func (l *language) readNames(from fs.FS) error {
	var doc struct {
		LocaleDisplayNames struct {
			Territories, Languages map[string]string
		}
	}
	if err := readMain(from, "localenames-full", l.tag, "territories.json", &doc); err != nil {
		return err
	}
	if err := readMain(from, "localenames-full", l.tag, "languages.json", &doc); err != nil {
		return err
	}
	territories, languages := doc.LocaleDisplayNames.Territories, doc.LocaleDisplayNames.Languages
	for _, code := range slices.Sorted(maps.Keys(territories)) {
		if !countryCode.MatchString(code) || slices.Contains(notCountries, code) {
			continue
		}
		name := territories[code]
		if other := territories[alternatives[code]]; other != "" {
			name = other
		}
		l.territories = append(l.territories, named{code, name})
	}
	for _, code := range slices.Sorted(maps.Keys(languages)) {
		if languageCode.MatchString(code) {
			l.languages = append(l.languages, named{code, languages[code]})
		}
	}
	l.name = languages[l.tag]
	if l.name == "" {
		return errors.New("no name of its own")
	}
	l.name = firstUpper(l.name)
	return nil
}

// firstUpper is a name as it stands in a list of languages.
func firstUpper(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

func (l *language) readDirection(from fs.FS) error {
	var doc struct {
		Layout struct {
			Orientation struct{ CharacterOrder string }
		}
	}
	if err := readMain(from, "misc-full", l.tag, "layout.json", &doc); err != nil {
		return err
	}
	switch order := doc.Layout.Orientation.CharacterOrder; order {
	case "left-to-right":
		l.direction = "ltr"
	case "right-to-left":
		l.direction = "rtl"
	default:
		return fmt.Errorf("characters run %q", order)
	}
	return nil
}

func (l *language) readDates(from fs.FS) error {
	var doc struct {
		Dates struct {
			Calendars struct {
				Gregorian struct {
					Months struct {
						Format struct{ Wide, Abbreviated map[string]string }
					}
					DateFormats     struct{ Long, Medium string }
					DateTimeFormats struct {
						AvailableFormats map[string]string
					}
				}
			}
		}
	}
	if err := readMain(from, "dates-full", l.tag, "ca-gregorian.json", &doc); err != nil {
		return err
	}
	calendar := doc.Dates.Calendars.Gregorian
	for month := range 12 {
		key := strconv.Itoa(month + 1)
		l.months = append(l.months, calendar.Months.Format.Wide[key])
		l.shortMonths = append(l.shortMonths, calendar.Months.Format.Abbreviated[key])
	}
	if slices.Contains(l.months, "") || slices.Contains(l.shortMonths, "") {
		return errors.New("a month has no name")
	}
	l.long, l.medium = calendar.DateFormats.Long, calendar.DateFormats.Medium
	l.monthYear = calendar.DateTimeFormats.AvailableFormats["yMMMM"]
	return nil
}

// readLists takes the separators out of the four patterns of a list in prose.
func (l *language) readLists(from fs.FS) error {
	var doc struct {
		ListPatterns struct {
			Standard map[string]string `json:"listPattern-type-standard"`
		}
	}
	if err := readMain(from, "misc-full", l.tag, "listPatterns.json", &doc); err != nil {
		return err
	}
	for key, separator := range map[string]*string{"2": &l.pair, "start": &l.start, "middle": &l.middle, "end": &l.end} {
		pattern := doc.ListPatterns.Standard[key]
		before, rest, _ := strings.Cut(pattern, "{0}")
		between, after, found := strings.Cut(rest, "{1}")
		if !found || before != "" || after != "" {
			return fmt.Errorf("list pattern %q is more than a separator", pattern)
		}
		*separator = between
	}
	return nil
}
