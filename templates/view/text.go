package view

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// squeeze makes every run of white space one space and takes it off the ends.
// Most texts need nothing and come back as they are.
func squeeze(s string) string {
	if t, done := squeezed(s); done {
		return t
	}
	return string(appendSqueezed(nil, s))
}

// squeeze is the function of that name.
func (t *telling) squeeze(s string) string {
	if t, done := squeezed(s); done {
		return t
	}
	return t.keep(appendSqueezed(t.empty(), s))
}

// squeezed is squeeze for a text that needs nothing but to be cut off at its end; false for
// others.
func squeezed(s string) (string, bool) {
	space := true
	for i := range len(s) {
		c := s[i]
		if c > ' ' { // letters of other scripts, too
			space = false
			continue
		}
		if space || c != ' ' {
			return "", false
		}
		space = true
	}
	if space {
		return strings.TrimRight(s, " "), true
	}
	return s, true
}

// appendSqueezed is squeeze for a text that needs it: strings.Fields, joined by spaces.
func appendSqueezed(dst []byte, s string) []byte {
	word := -1 // where the present one begins
	begin := len(dst)
	add := func(end int) {
		if len(dst) > begin {
			dst = append(dst, ' ')
		}
		dst = append(dst, s[word:end]...)
		word = -1
	}
	for i, r := range s {
		space := r == ' ' || r >= '\t' && r <= '\r' || r > '~' && unicode.IsSpace(r)
		switch {
		case space && word >= 0:
			add(i)
		case !space && word < 0:
			word = i
		}
	}
	if word >= 0 {
		add(len(s))
	}
	return dst
}

// fits tells whether s has at most so many characters.
func fits(s string, most int) bool {
	return len(s) <= most || utf8.RuneCountInString(s) <= most
}

// clip cuts s to at most so many characters (code points, as the readers of
// such limits count) and marks the cut with an ellipsis. It cuts between
// words where that keeps more than half, and never inside what a reader sees
// as one letter.
func clip(s string, most int) string {
	if fits(s, most) {
		return s
	}
	end, word, runes, state := 0, 0, 1, -1 // one for the ellipsis
	for rest := s; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		runes += utf8.RuneCountInString(cluster)
		if cluster == " " {
			word = end
		}
		if runes > most {
			break
		}
		end += len(cluster)
	}
	if word > end/2 {
		end = word
	}
	return strings.TrimRight(s[:end], " .,;:!?…·-–—(") + "…"
}

// letters counts what a reader sees as letters, as far as most.
func letters(s string, most int) int {
	n, state := 0, -1
	for s != "" && n <= most {
		_, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		n++
	}
	return n
}
