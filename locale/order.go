package locale

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Compare orders two labels of a list as their readers look for them: letters
// by themselves first, whatever their case and marks, so that Équateur stands
// before Espagne and not behind Zambie. It is the same in every language, and
// no more than the four need: ñ is found under n.
func Compare(a, b string) int {
	if c := strings.Compare(bare(a), bare(b)); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}

// bare is a text in lower case without marks.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
