package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// TextWords are the words of running text as readers look for them. Letters are
// folded as [SearchWords] folds them, and the same in every language, since a page
// in one may quote another. Unlike names, texts have
//
//   - words behind an elided one: "l'emprunteur" is emprunteur, "Kiva's" is kiva.
//     An apostrophe parts words, and a single letter beside it is none;
//   - the Arabic article, which is written as one with its word: it is left out,
//     also behind wa-, fa-, bi-, ka- and li-, where at least three letters remain;
//   - Arabic plurals of four letters with a long u or a before the last, and of five
//     that begin with alef and have one there: they are the three letters that the
//     singular has, more often than not (qurud is qard, aqsat is qist). Words that
//     are no plurals lose the same letters wherever they stand;
//   - scripts that put no spaces between words (Khmer, Thai, Lao, Burmese, Chinese,
//     Japanese): each two neighbouring clusters are a word, and so is the last
//     cluster of a run, so that whatever is looked for is a run of words that is
//     there as well (abc is ab, bc, c). A cluster is a sign with the marks and the
//     letters below it;
//   - characters that are not seen, such as soft hyphens and zero-width spaces.
//     They part nothing.
//
// Digits of those scripts are 0 to 9, the two forms of a small Greek sigma are one.
// Words are cut after 32 runes.
//
// The script of the documentation's search has the same function. Both are held
// equal by a test in a browser, over all of the Unicode that this one knows.
func TextWords(text string) []string {
	return AppendTextWords(make([]string, 0, len(text)/6), text)
}

// AppendTextWords adds the words of a text to others, for whoever reads many texts.
func AppendTextWords(words []string, text string) []string {
	t := textWords{words: words}
	// Between two signs of ASCII that part words stand letters of ASCII alone, most
	// of the time, or something to look at more closely.
	for start, end := 0, 0; start < len(text); start = end + 1 {
		simple := true
		for end = start; end < len(text) && !asciiParts[text[end]]; end++ {
			simple = simple && text[end] < utf8.RuneSelf && text[end] != '\'' && text[end] != '`'
		}
		switch {
		case start == end:
		case simple:
			t.words = append(t.words, strings.ToLower(text[start:min(end, start+longestWord)]))
		default:
			t.take(text[start:end])
		}
	}
	return t.words
}

// asciiParts are the bytes of ASCII that part words, and are no apostrophes.
var asciiParts = func() (parts [256]bool) {
	for c := range utf8.RuneSelf {
		r := rune(c)
		parts[c] = !unicode.IsLetter(r) && !unicode.IsNumber(r) && !isApostrophe(r)
	}
	return parts
}()

// textWords collects the words of a text.
type textWords struct {
	words  []string
	part   []rune // of a word, since the last sign that parts them
	beside bool   // tells whether an apostrophe stands before it
}

// take reads what no sign of ASCII parts.
func (t *textWords) take(text string) {
	for _, r := range decomposed(text) {
		r = unicode.ToLower(r)
		switch {
		case r < utf8.RuneSelf && !asciiParts[r] && r != '\'' && r != '`':
			t.part = append(t.part, r) // as most are
		case r == '\u0640' || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) && unicode.Is(unicode.Inherited, r):
		case isApostrophe(r):
			t.end(true)
		case r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			t.end(false)
		default:
			t.part = append(t.part, []rune(plainLetter(textLetter(r)))...)
		}
	}
	t.end(false)
}

// end takes what was collected up to an apostrophe, or up to another sign.
func (t *textWords) end(apostrophe bool) {
	if len(t.part) > 1 || len(t.part) == 1 && !apostrophe && !t.beside {
		t.split()
	}
	t.part, t.beside = t.part[:0], apostrophe
}

// split parts what needs grams from what does not.
func (t *textWords) split() {
	part := t.part
	for len(part) > 0 {
		n, gram := 1, unspaced(part[0])
		for n < len(part) && (unspaced(part[n]) == gram || gram && unicode.IsMark(part[n])) {
			n++
		}
		if gram {
			t.grams(part[:n])
		} else {
			t.words = append(t.words, singular(withoutArticle(string(part[:min(n, longestWord)]))))
		}
		part = part[n:]
	}
}

// grams adds each two neighbouring clusters of a run, and the last one.
func (t *textWords) grams(run []rune) {
	before := ""
	for len(run) > 0 {
		n := 1
		for n < len(run) && (unicode.IsMark(run[n]) || joinsNext(run[n-1])) {
			n++
		}
		cluster := string(run[:n])
		if before != "" {
			t.words = append(t.words, before+cluster)
		}
		before, run = cluster, run[n:]
	}
	t.words = append(t.words, before)
}

// unspaced tells whether a sign belongs to a script that puts no spaces between
// words; its marks and digits do not.
func unspaced(r rune) bool {
	if r < 0x0e00 || unicode.IsMark(r) || unicode.IsNumber(r) {
		return false
	}
	return r == 'ー' || unicode.In(r, unicode.Khmer, unicode.Thai, unicode.Lao, unicode.Myanmar, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// joinsNext tells whether a mark puts the letter behind it below the one before
// it: Khmer coeng, Burmese virama.
func joinsNext(r rune) bool { return r == '\u17d2' || r == '\u1039' }

// zeros are the first of ten digits each.
var zeros = []rune{'០', '๐', '໐', '၀'}

// textLetter is what plainLetter leaves to texts.
func textLetter(r rune) rune {
	if r == 'ς' {
		return 'σ'
	}
	for _, zero := range zeros {
		if r >= zero && r < zero+10 {
			return r - zero + '0'
		}
	}
	return r
}

// articles are the Arabic article and what is written as one with it.
var articles = []string{"ال", "وال", "فال", "بال", "كال", "لل"}

// leastBehind is how many letters an article leaves at least.
const leastBehind = 3

func withoutArticle(word string) string {
	if word[0] < utf8.RuneSelf {
		return word
	}
	for _, article := range articles {
		if rest, ok := strings.CutPrefix(word, article); ok && utf8.RuneCountInString(rest) >= leastBehind {
			return rest
		}
	}
	return word
}

// singular takes the letters out of a word that broken plurals of Arabic have and
// their singulars do not.
func singular(word string) string {
	const alef, waw = 'ا', 'و'
	if utf8.RuneCountInString(word) > 5 {
		return word
	}
	letters := []rune(word)
	if len(letters) == 5 && letters[0] == alef {
		letters = letters[1:]
	}
	if len(letters) != 4 || letters[2] != alef && letters[2] != waw {
		return word
	}
	return string(append(letters[:2], letters[3]))
}
