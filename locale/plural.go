package locale

import "slices"

// Category is a plural category of CLDR: the form of a sentence that a number
// asks for. The zero value is Other, the one every language has.
type Category uint8

// The six categories of CLDR.
const (
	Other Category = iota
	Zero
	One
	Two
	Few
	Many
)

// String returns CLDR's name of the category, in lower case.
func (c Category) String() string {
	return [...]string{"other", "zero", "one", "two", "few", "many"}[c]
}

// pluralRule is the cardinal rule of a language, and the categories it can
// answer. The rules are written by hand from CLDR 48, supplemental/plurals,
// for integers only: fractions and compact numbers ("1M") are never counted here.
type pluralRule struct {
	of         func(n uint64) Category
	categories []Category
}

var (
	pluralsEN = pluralRule{
		of: func(n uint64) Category {
			if n == 1 {
				return One
			}
			return Other
		},
		categories: []Category{One, Other},
	}
	pluralsES = pluralRule{
		of: func(n uint64) Category {
			switch {
			case n == 1:
				return One
			case isMillions(n):
				return Many
			}
			return Other
		},
		categories: []Category{One, Many, Other},
	}
	pluralsFR = pluralRule{
		of: func(n uint64) Category {
			switch {
			case n <= 1:
				return One
			case isMillions(n):
				return Many
			}
			return Other
		},
		categories: []Category{One, Many, Other},
	}
	pluralsAR = pluralRule{
		of: func(n uint64) Category {
			switch {
			case n == 0:
				return Zero
			case n == 1:
				return One
			case n == 2:
				return Two
			case n%100 >= 3 && n%100 <= 10:
				return Few
			case n%100 >= 11:
				return Many
			}
			return Other
		},
		categories: []Category{Zero, One, Two, Few, Many, Other},
	}
)

// isMillions tells the numbers that want "de" before their noun in Spanish and
// French: un millón de dólares.
func isMillions(n uint64) bool { return n != 0 && n%1_000_000 == 0 }

// Plural returns the cardinal category of n (CLDR 48). A negative number has
// the category of its absolute value.
func (l *Language) Plural(n int64) Category { return l.plurals.of(magnitude(n)) }

// Categories returns the plural categories the language tells apart among
// integers, Other last.
func (l *Language) Categories() []Category {
	return slices.Clone(l.plurals.categories)
}

// Counted is a sentence in the plural forms of one language. Which forms must
// be filled depends on the language (Missing tells); the others stay zero.
type Counted struct {
	Zero, One, Two, Few, Many, Other Pattern
}

// For returns the form that n asks for in l, or Other where that form is not given.
func (c Counted) For(l *Language, n int64) Pattern {
	if p := c.form(l.Plural(n)); !p.IsZero() {
		return p
	}
	return c.Other
}

// Missing returns the categories that l needs and c lacks. It serves the test
// that keeps every shipped language complete.
func (c Counted) Missing(l *Language) []Category {
	var missing []Category
	for _, category := range l.plurals.categories {
		if c.form(category).IsZero() {
			missing = append(missing, category)
		}
	}
	return missing
}

func (c Counted) form(category Category) Pattern {
	switch category {
	case Zero:
		return c.Zero
	case One:
		return c.One
	case Two:
		return c.Two
	case Few:
		return c.Few
	case Many:
		return c.Many
	}
	return c.Other
}
