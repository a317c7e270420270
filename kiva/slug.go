package kiva

import (
	"strings"
	"unicode"
)

// Slug is the form of a name that addresses and lists use: letters and digits
// of every script in lower case, everything else a single hyphen between them.
// Names that differ only in case, spaces or signs share a slug and so a list.
// It is at most 60 runes long, and empty when the name has no letter or digit.
func Slug(name string) string {
	const most = 60
	var b strings.Builder
	gap, runes := false, 0
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = runes > 0
			continue
		}
		if runes >= most || gap && runes+1 >= most {
			break
		}
		if gap {
			b.WriteByte('-')
			gap = false
			runes++
		}
		b.WriteRune(unicode.ToLower(r))
		runes++
	}
	return b.String()
}
