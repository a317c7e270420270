package locale

import (
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Language is one language: who it is, what the program says in it, and how it
// writes figures. The values are shared and must not be changed.
type Language struct {
	Tag       string // BCP 47, lower case: "es"
	Name      string // its name in itself, capitalised for a list: "Español"
	Direction string // "ltr" or "rtl"
	OpenGraph string // og:locale, language_TERRITORY: "es_ES"
	Words     *Words // nil while the language is not shipped

	*table
	plurals pluralRule
}

// The territories of OpenGraph are those of the list that readers of og:locale
// know; Arabic is ar_AR there, whatever ISO 3166 says of AR.
var all = []*Language{
	newLanguage("en", "en_US", &tableEN, pluralsEN, &wordsEN),
	newLanguage("es", "es_ES", &tableES, pluralsES, &wordsES),
	newLanguage("fr", "fr_FR", &tableFR, pluralsFR, &wordsFR),
	newLanguage("ar", "ar_AR", &tableAR, pluralsAR, &wordsAR),
}

func newLanguage(tag, openGraph string, t *table, plurals pluralRule, words *Words) *Language {
	return &Language{
		Tag: tag, Name: t.name, Direction: t.direction, OpenGraph: openGraph, Words: words,
		table: t, plurals: plurals,
	}
}

// Get returns the language of exactly this tag, in any case, among Known. It
// does not reduce a tag to its language: that is Match.
func Get(tag string) (*Language, bool) {
	for _, l := range all {
		if strings.EqualFold(l.Tag, tag) {
			return l, true
		}
	}
	return nil, false
}

// Known returns the tags of all languages that have a table, in fixed order.
func Known() []string { return tags(all) }

// Shipped returns the tags of the languages whose words are complete, in the
// order of Known.
func Shipped() []string { return tags(shipped) }

var shipped = slices.DeleteFunc(slices.Clone(all), func(l *Language) bool { return l.Words == nil })

func tags(languages []*Language) []string {
	list := make([]string, len(languages))
	for i, l := range languages {
		list[i] = l.Tag
	}
	return list
}

// matcher chooses among shipped, by index.
var matcher = newMatcher(shipped)

func newMatcher(languages []*Language) language.Matcher {
	supported := make([]language.Tag, len(languages))
	for i, l := range languages {
		supported[i] = language.MustParse(l.Tag)
	}
	return language.NewMatcher(supported)
}

// Match returns the shipped language that serves a reader of the given BCP 47
// tags best, the most wanted first: es-MX is served by es. It is false where
// none of them is; a neighbouring language (ca for es) does not count, nor does
// a tag that is not well-formed or longer than 100 bytes.
func Match(tags ...string) (*Language, bool) { return match(matcher, shipped, tags) }

// match offers the matcher only tags of a language that is there: by itself it
// would serve Khmer by English and Basque by Spanish, as CLDR's list of likely
// second languages has it, and call that a match.
func match(m language.Matcher, languages []*Language, tags []string) (*Language, bool) {
	var wanted []language.Tag
	for _, tag := range tags {
		if len(tag) > 100 {
			continue
		}
		t, err := language.All.Parse(tag)
		if err != nil {
			continue
		}
		base, _, _ := t.Raw()
		if slices.ContainsFunc(languages, func(l *Language) bool { return l.Tag == base.String() }) {
			wanted = append(wanted, t)
		}
	}
	if len(wanted) == 0 {
		return nil, false
	}
	_, index, confidence := m.Match(wanted...)
	if confidence == language.No {
		return nil, false
	}
	return languages[index], true
}
