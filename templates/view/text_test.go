package view

import (
	"strings"
	"testing"
)

func TestSpacesAreSqueezedAsFieldsAreJoined(t *testing.T) {
	for _, text := range []string{
		"", " ", "\n\t", "a", " a", "a ", "a  b", "a\nb\r\nc", "  two words  ", "no\u00a0break\u00a0 space", "\u2003em", "é\n ü", "bad \xff\n\xfe", "日本\u3000語\n",
	} {
		if got, want := string(appendSqueezed(nil, text)), strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
