package locale

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSearchWordsAreWhatReadersType(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"case and marks do not matter", "José MARÍA", []string{"jose", "maria"}},
		{"nor does how a mark is written", "Jose\u0301", []string{"jose"}},
		{"Vietnamese letters carry two marks", "Thị Ngọc Đào", []string{"thi", "ngoc", "dao"}},
		{"a hyphen parts words", "Jean-Pierre", []string{"jean", "pierre"}},
		{"an apostrophe of any shape does not", "N'Diaye N’Diaye", []string{"ndiaye", "ndiaye"}},
		{"a country with all of it", "Côte d’Ivoire", []string{"cote", "divoire"}},
		{"letters without a mark to lose", "Søren Łukasz Weiß", []string{"soren", "lukasz", "weiss"}},
		{"the Turkish capital i", "İbrahim Işık", []string{"ibrahim", "isik"}},
		{"Arabic vowels and alefs", "أَحْمَد الإمارات", []string{"احمد", "الامارات"}},
		{"Arabic endings and the stretched line", "فاطمـة ليلى", []string{"فاطمه", "ليلي"}},
		{"Arabic digits", "قرض ١٢٣", []string{"قرض", "123"}},
		{"vowel signs of Khmer stay", "ខ្មែរ", []string{"ខ្មែរ"}},
		{"signs are no words", `"*" -- (NEAR/2) & 😀 ; \`, []string{"near", "2"}},
		{"bytes that are no text part words", "a\xffb\x00c", []string{"a", "b", "c"}},
		{"marks of direction part words", "ab\u202ecd", []string{"ab", "cd"}},
		{"a word is cut", strings.Repeat("é", 40), []string{strings.Repeat("e", 32)}},
		{"nothing", " \t", nil},
	} {
		if got := SearchWords(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q gives %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

// FuzzSearchWords: words are text, none is empty or long, and folding them
// again changes nothing.
func FuzzSearchWords(f *testing.F) {
	for _, text := range []string{"José María", "ﷺ", "ǅ", "ẞ", "İ", "a\xffb", "ΌΣΟΣ", "ｶﾞ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range SearchWords(text) {
			if word == "" || !utf8.ValidString(word) || len(word) > 8*longestWord {
				t.Errorf("%q gives %q", text, word)
			}
			if again := SearchWords(word); len([]rune(word)) <= longestWord && !slices.Equal(again, []string{word}) {
				t.Errorf("%q gives %q, and that %q", text, word, again)
			}
		}
	})
}
