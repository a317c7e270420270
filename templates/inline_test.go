package templates

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"loanleaf/locale"
	"loanleaf/templates/view"
)

// fragmentElements reads a fragment as XML and returns its elements' names, failing where
// it is not well-formed.
func fragmentElements(t *testing.T, fragment string) (names []string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(fragment))
	for depth := 0; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, fragment)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if depth == 0 && len(names) > 0 {
				t.Errorf("a second element beside the first: %s", e.Name.Local)
			}
			depth++
			names = append(names, e.Name.Local)
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 {
				t.Errorf("text outside of the element: %q", e)
			}
		}
	}
}

func TestInlineIsWellFormed(t *testing.T) {
	english, _ := locale.Get("en")
	bare := widgetBare()
	bare.Language = english
	plain := widgetLoan()
	plain.Picture = nil
	for name, l := range map[string]view.Loan{"full": widgetLoan(), "bare": bare, "hostile": hostileLoan(), "plain": plain} {
		t.Run(name, func(t *testing.T) {
			got := fragmentElements(t, Inline(l, "#4338a8"))
			want := "div a img p"
			if l.Picture == nil {
				want = "div p p a"
			}
			if begin := strings.Join(got[:len(strings.Fields(want))], " "); begin != want {
				t.Errorf("begins with %s, want %s", begin, want)
			}
			for _, e := range got {
				if !strings.Contains(" div a img p span strong bdi ", " "+e+" ") {
					t.Errorf("<%s> in the fragment", e)
				}
			}
		})
	}
}

func TestExcerptEndsWhereReadersExpect(t *testing.T) {
	long := strings.Repeat("word ", 300)
	for _, c := range []struct{ what, text, want string }{
		{"all of a short text, which goes on elsewhere", "A short text.", "A short text…"},
		{"nothing of nothing", "  ", "…"},
		{"whole words", long, strings.TrimSpace(strings.Repeat("word ", 160)) + "…"},
		{"letters where there are no spaces", strings.Repeat("字", 900), strings.Repeat("字", 800) + "…"},
		{"a letter and its marks are one", strings.Repeat("e", 799) + "x\u0301\u0323", strings.Repeat("e", 799) + "…"},
	} {
		if got := excerpt(c.text, excerptRunes); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

// TestFragmentsEscapeAsTheStandardLibraryDoes compares every character of the
// first planes, and bytes that are none.
func TestFragmentsEscapeAsTheStandardLibraryDoes(t *testing.T) {
	texts := []string{"", "\xff", "a\xc3", "\xed\xa0\x80", "a\x00b", "\U0010ffff", "é<\u2028>\"'&\t\r\n"}
	for r := range rune(0x20000) {
		texts = append(texts, "a"+string(r)+"b")
	}
	for _, text := range texts {
		var f fragment
		var want strings.Builder
		f.text(text)
		if err := xml.EscapeText(&want, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if f.String() != want.String() {
			t.Errorf("%q is written as %q, want %q", text, f.String(), want.String())
		}
	}
}

func FuzzInline(f *testing.F) {
	f.Add("Mai", "A story.")
	f.Add(`"><script>&lt;]]>`, "\xff\xfe\x00\u2028")
	f.Add(strings.Repeat("é\u0301", 700), strings.Repeat("क्षि", 400))
	f.Fuzz(func(t *testing.T, name, story string) {
		l := widgetLoan()
		l.Name, l.LoanTitle = name, name
		l.Stories[0].Paragraphs = []string{story}
		fragmentElements(t, Inline(l, "#4338a8"))
		if e := excerpt(story, excerptRunes); utf8.RuneCountInString(e) > excerptRunes+1 {
			t.Errorf("excerpt of %d runes", utf8.RuneCountInString(e))
		}
	})
}
