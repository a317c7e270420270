// Package locale is how a language writes things: money, numbers, percentages,
// dates, lists, plurals, the names of countries, languages and currencies, its
// direction, and the program's own words.
//
// The figures come from one generated table per language, made from the Unicode
// CLDR by the program in locale/cldr, and are what ICU writes. Four languages
// have a table (Known); those whose Words are complete are Shipped. A Language
// is asked for by its tag and then formats; it has no state and may be used from
// many goroutines.
//
//	en, _ := locale.Get("en")
//	en.Money(5500000, "USD") // $550
//	locale.P("A loan from {country}").Fill("country", "Kenya")
//
// Sentences are Patterns with named placeholders; those that count something are
// Counted, one Pattern per plural category of the language.
//
// Four things differ from ICU on purpose: a whole amount of money has no decimals,
// nothing that is rounded to zero has a sign, in Arabic a mark keeps the sign of
// US$ behind its letters, and six places have a shorter name (Country).
//
// Not here: parsing of what people type, time zones (a date is a day in UTC),
// other calendars and digits, collation by each language's own alphabet, regional variants (es-MX is served by
// es), and which address a language has (package site).
package locale
