package locale

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTextWordsAreWhatReadersType(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"case and marks do not matter", "Los PRÉSTAMOS, el prêt", []string{"los", "prestamos", "el", "pret"}},
		{"an elided article is no part of the word", "l’emprunteur d'un prêt", []string{"emprunteur", "un", "pret"}},
		{"nor is what follows an English name", "Kiva's API", []string{"kiva", "api"}},
		{"nor do quotation marks of code join anything", "`maxwidth` 'and' ''", []string{"maxwidth", "and"}},
		{"a single letter that stands alone is a word", "x = 1", []string{"x", "1"}},
		{"code is its parts", "X-RateLimit-Remaining default_lang_commit oembed.json", []string{"x", "ratelimit", "remaining", "default", "lang", "commit", "oembed", "json"}},
		{"the Arabic article is left out", "القرض والقرض بالقرض للقرض قرض", []string{"قرض", "قرض", "قرض", "قرض", "قرض"}},
		{"but not where little would remain", "الى الله لله", []string{"الي", "الله", "لله"}},
		{"Arabic plurals are their singulars", "قروض القروض قرض أقساط قسط شروط أرقام", []string{"قرض", "قرض", "قرض", "قسط", "قسط", "شرط", "رقم"}},
		{"but not longer ones, and not words of three letters", "جداول سوق نار اموال قارض", []string{"جداول", "سوق", "نار", "مول", "قارض"}},
		{"Khmer is its neighbouring clusters", "កម្ចី", []string{"កម្ចី", "ម្ចី"}},
		{"which are found within longer runs", "ប្រាក់កម្ចី", []string{"ប្រាក់", "ក់ក", "កម្ចី", "ម្ចី"}},
		{"zero-width spaces part nothing", "ក\u200bម្ចី soft\u00adhyphen", []string{"កម្ចី", "ម្ចី", "softhyphen"}},
		{"Latin words within Khmer", "ប្រើAPIនេះ", []string{"ប្រើ", "api", "នេះ"}},
		{"Khmer digits", "ឆ្នាំ២០២៦", []string{"ឆ្នាំ", "2026"}},
		{"Thai and Lao", "เงินกู้ ເງິນ", []string{"เงิ", "งิน", "นกู้", "กู้", "ເງິ", "ງິນ", "ນ"}},
		{"Chinese and Japanese", "贷款 ローン", []string{"贷款", "款", "ロー", "ーン", "ン"}},
		{"Greek sigmas", "ΌΣΟΣ όσος", []string{"οσοσ", "οσοσ"}},
		{"a word is cut", strings.Repeat("é", 40), []string{strings.Repeat("e", 32)}},
		{"a run of clusters is not", strings.Repeat("贷", 40), slices.Concat(slices.Repeat([]string{"贷贷"}, 39), []string{"贷"})},
		{"signs and bytes that are no text part words", "a\xffb \x00 😀", []string{"a", "b"}},
		{"nothing", " \t", nil},
	} {
		got := TextWords(c.text)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// FuzzTextWords: words are text, and none is empty; those of a text that stands
// within another, parted by spaces, are among the other's.
func FuzzTextWords(f *testing.F) {
	for _, text := range []string{"l’été", "ប្រាក់កម្ចី", "بالقرض", "ﷺ", "ǅ", "ẞ", "İ", "a\xffb", "\u17d2ក", "ｶﾞ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range TextWords(text) {
			if word == "" || !utf8.ValidString(word) {
				t.Errorf("%q gives %q", text, word)
			}
		}
		words := TextWords(text)
		if within := TextWords("before " + text + " behind"); !slices.Equal(within, slices.Concat([]string{"before"}, words, []string{"behind"})) {
			t.Errorf("%q gives %q, and among other words %q", text, words, within)
		}
	})
}
