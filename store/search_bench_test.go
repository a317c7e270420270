package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/store"
)

const searchedLoans = 200_000

// benchNames draws names as real ones fall: a few first names are everywhere,
// most are rare, and some loans are groups.
func benchNames(r *rand.Rand) func() string {
	syllables := strings.Fields("ma ri a jo sé lu cí a na be ka ri mo ha med thị ngọc bình sok ha ro sa mu el fa ti ma gra ce wan ji ku pa o la nde")
	var names []string
	for range 20_000 {
		var b strings.Builder
		for range 2 + r.IntN(3) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		names = append(names, b.String())
	}
	one := func() string { return names[int(float64(len(names))*r.Float64()*r.Float64()*r.Float64())] }
	return func() string {
		switch r.IntN(10) {
		case 0:
			return "Grupo " + one() + " De " + one()
		case 1, 2, 3:
			return one() + " " + one()
		}
		return one()
	}
}

// BenchmarkSearch searches a store of 200,000 loans, and reports what the slowest
// of a hundred answers took.
func BenchmarkSearch(b *testing.B) {
	dir := b.TempDir()
	r := rand.New(rand.NewPCG(1, 9))
	name := benchNames(r)
	im, err := store.Create(filepath.Join(dir, fileName))
	if err != nil {
		b.Fatal(err)
	}
	defer im.Abort()
	var some []string
	for i := range searchedLoans {
		l := benchLoan(i)
		l.Name = name()
		if some = append(some, l.Name); i%25 == 0 {
			l.Status = kiva.Fundraising
		}
		if _, err := im.AddLoan(b.Context(), l); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := im.Commit(b.Context(), store.Meta{}); err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(filepath.Join(dir, fileName))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := s.MakeSearchable(b.Context(), filepath.Join(dir, indexName)); err != nil {
		b.Fatal(err)
	}
	b.Run("making the index", func(b *testing.B) { benchIndex(b, dir) })
	country, sector := kiva.List{Kind: kiva.ByCountry, Key: "AA"}, kiva.List{Kind: kiva.BySector, Key: "sector-0"}
	term := func(text string, lists ...kiva.List) kiva.Term {
		return kiva.Term{Words: locale.SearchWords(text), Lists: lists}
	}
	prefix := func(text string, n int) string {
		word := []rune(locale.SearchWords(text)[0])
		return string(word[:min(n, len(word))])
	}
	for _, c := range []struct {
		name  string
		terms func(name string) []kiva.Term
	}{
		{"one letter", func(n string) []kiva.Term { return []kiva.Term{term(prefix(n, 1))} }},
		{"three letters", func(n string) []kiva.Term { return []kiva.Term{term(prefix(n, 3))} }},
		{"four letters", func(n string) []kiva.Term { return []kiva.Term{term(prefix(n, 4))} }},
		{"a whole name", func(n string) []kiva.Term { return []kiva.Term{term(n)} }},
		{"country and sector", func(string) []kiva.Term { return []kiva.Term{term("kenya", country), term("food", sector)} }},
		{"name in a country", func(n string) []kiva.Term { return []kiva.Term{term(n), term("kenya", country)} }},
		{"every beginning of a name", func(n string) []kiva.Term {
			var all []kiva.Term
			for i := range len([]rune(locale.SearchWords(n)[0])) {
				all = append(all, term(prefix(n, i+1)))
			}
			return all
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			var took []time.Duration
			found := 0
			for i := 0; b.Loop(); i++ {
				q := kiva.Query{Terms: c.terms(some[i*7919%len(some)]), Limit: 30}
				start := time.Now()
				f, err := s.Search(b.Context(), q)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
				found += f.Total
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
			b.ReportMetric(float64(found)/float64(b.N), "loans")
		})
	}
}

func benchIndex(b *testing.B, dir string) {
	before := cpuTime(b)
	for i := 0; b.Loop(); i++ {
		s, err := store.Open(filepath.Join(dir, fileName))
		if err != nil {
			b.Fatal(err)
		}
		name := filepath.Join(dir, fmt.Sprint("index-", i))
		if err := s.MakeSearchable(b.Context(), name); err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		info, err := os.Stat(name)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/searchedLoans, "file-bytes/loan")
	}
	b.ReportMetric(float64(b.N*searchedLoans)/(cpuTime(b)-before).Seconds(), "loans/cpu-s")
}
