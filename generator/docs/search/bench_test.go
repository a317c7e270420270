package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// BenchmarkIndex makes the index of 2,000 pages of some 600 words in six sections.
func BenchmarkIndex(b *testing.B) {
	pages := make([]Page, 2000)
	size := 0
	for i := range pages {
		var body strings.Builder
		for section := range 6 {
			fmt.Fprintf(&body, "<h2 id=\"s%d\">Étape %d</h2>\n<p>", section, section)
			for n := range 100 {
				fmt.Fprintf(&body, "l’<b>emprunteur</b> mot%d%s ", (i*31+section*17+n*n)%5000, [...]string{"", "é", "s"}[n%3])
			}
		}
		pages[i] = Page{Path: fmt.Sprint("/docs/", i), Title: fmt.Sprint("Page ", i), Body: body.String()}
		size += body.Len()
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if _, err := Index(slices.Values(pages)); err != nil {
			b.Fatal(err)
		}
	}
}
