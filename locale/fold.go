package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestWord is where [SearchWords] cuts a word off, in runes.
const longestWord = 32

// SearchWords are the words of a text as readers look for them: in lower case
// and without marks, so that jose finds José and ngoc finds Ngọc; a word ends
// at whatever is neither letter nor digit. An apostrophe ends no word
// (N'Diaye is ndiaye), hyphens do. Letters that have no mark to lose but are
// often typed plainly are folded as well (ø, ß, the forms of Arabic alef, ya
// and ta marbuta), and Arabic digits are 0 to 9. Vowel signs of Indian scripts
// are no marks and stay. It is the same in every language. Words are cut after
// 32 runes, and equal ones are not left out.
func SearchWords(text string) []string {
	var words []string
	var b strings.Builder
	runes := 0
	end := func() {
		if runes > 0 {
			words = append(words, b.String())
		}
		b.Reset()
		runes = 0
	}
	for _, r := range decomposed(text) {
		r = unicode.ToLower(r)
		switch {
		case isApostrophe(r) || r == '\u0640' || unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r):
		case r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			end()
		case runes < longestWord:
			b.WriteString(plainLetter(r))
			runes++
		}
	}
	end()
	return words
}

// decomposed parts letters from their marks, unless there can be none. What is
// no UTF-8 becomes U+FFFD first: norm leaves the letter behind it whole.
func decomposed(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return norm.NFKD.String(strings.ToValidUTF8(text, "\uFFFD"))
		}
	}
	return text
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'’‘ʼʻ`´", r) }

// plainLetter is what is typed for a letter that Unicode does not decompose.
func plainLetter(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'ى', 'ی':
		return "ي"
	case 'ة':
		return "ه"
	case 'ک':
		return "ك"
	}
	switch {
	case r >= '٠' && r <= '٩':
		r += '0' - '٠'
	case r >= '۰' && r <= '۹':
		r += '0' - '۰'
	}
	return string(r)
}
