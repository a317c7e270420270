package sample

import (
	"strings"
	"testing"
)

func TestEverySentenceStandsInAllItsLanguages(t *testing.T) {
	long, short := []string{"en", "es", "fr"}, []string{"en", "ru", "pt", "vi", "id", "ar"}
	for name, s := range library() {
		if len(s.alternatives) == 0 {
			t.Errorf("section %s is referred to but has no sentences", name)
		}
		want := long
		if strings.HasPrefix(name, "short.") {
			want = short
		}
		for i, a := range s.alternatives {
			for l, code := range languages {
				wanted := false
				for _, w := range want {
					wanted = wanted || w == code
				}
				if wanted != (a[l] != nil) {
					t.Errorf("section %s, sentence %d: %s is there: %v, wanted: %v", name, i+1, code, a[l] != nil, wanted)
				}
			}
		}
	}
}

// A translation is told from the same throws of the dice, so its sections must be drawn in the same order.
func TestTranslationsReferToTheSameSectionsInTheSameOrder(t *testing.T) {
	sections := func(pieces []piece) (names string) {
		for _, p := range pieces {
			if p.kind == pieceSection {
				names += p.section.name + " "
			}
		}
		return names
	}
	for name, s := range library() {
		for i, a := range s.alternatives {
			for l := range languages {
				if a[l] != nil && sections(a[l]) != sections(a[english]) {
					t.Errorf("section %s, sentence %d: %s draws %q, English %q", name, i+1, languages[l], sections(a[l]), sections(a[english]))
				}
			}
		}
	}
}

func TestEverySectionAStoryIsMadeOfExists(t *testing.T) {
	for _, order := range [][]part{individualOrder[:], talkativeOrder[:], groupOrder[:], shortOrder[:]} {
		for _, p := range order {
			if p.section != "work" && library()[p.section] == nil {
				t.Errorf("no section %s", p.section)
			}
		}
	}
	if n := len(library()["kids"].alternatives); n != 6 {
		t.Errorf("%d counts of children, want 6", n)
	}
	if library()["use.ending"] == nil {
		t.Error("no section use.ending")
	}
}

func TestBrokenProseIsRefusedWithItsLine(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a sentence before any section", "en Hello.", "line 1"},
		{"an unknown language", "= a\nxx Hello.", "line 2"},
		{"a translation without its English", "= a\nes Hola.", "line 2: es stands without"},
		{"the same language twice", "= a\nen Hello.\nes Hola.\nes Hola.", "line 4: es stands without"},
		{"a blank left open", "= a\nen Hello {name.", "line 2"},
		{"a gender with one form", "= a\nen Hello [he].", "one form"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := (book{}).read(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
