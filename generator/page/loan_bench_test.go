package page_test

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/kiva/snapshot"
	"loanleaf/sample"
	"loanleaf/site"
	"loanleaf/store"
	"loanleaf/templates"
)

// BenchmarkLoan is what a loan's page is made by, over sample loans of all kinds:
// reading its record, telling it, its page, and its card on lists. A page is
// counted in bytes a second and in allocations a page, the telling of it among them:
//
//	go test ./generator/page -run '^$' -bench Loan -benchmem -cpu 1
func BenchmarkLoan(b *testing.B) {
	var lines bytes.Buffer
	if err := sample.Write(&lines, 1000, 1); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "store")
	data := filepath.Join(b.TempDir(), "loans.jsonl")
	if err := os.WriteFile(data, lines.Bytes(), 0o644); err != nil {
		b.Fatal(err)
	}
	snap, err := snapshot.Open(data)
	if err != nil {
		b.Fatal(err)
	}
	defer snap.Close()
	into, err := store.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	for record, err := range snap.Records() {
		if err == nil && record.Loan != nil {
			_, err = into.AddLoan(b.Context(), record.Loan)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := into.Commit(b.Context(), store.Meta{Key: "bench"}); err != nil {
		b.Fatal(err)
	}
	s, err := store.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	where, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Example Loans", OEmbed: site.Static, Images: site.NoImages, Languages: []string{"en"}})
	if err != nil {
		b.Fatal(err)
	}
	var records []kiva.Record
	var loans []kiva.Loan
	for record, err := range s.Records(b.Context()) {
		if err != nil {
			b.Fatal(err)
		}
		loan, err := s.Decode(&record)
		if err != nil {
			b.Fatal(err)
		}
		records, loans = append(records, record), append(loans, loan)
	}
	r := page.New(where, s, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), nil)
	partner := &kiva.Partner{ID: 7, Name: "Green Valley Fund", Rating: 35}
	each := func(name string, do func(i int) int) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			written, n, began := 0, 0, processorTime(b)
			for b.Loop() {
				written += do(n % len(loans))
				n++
			}
			took := processorTime(b) - began
			b.ReportMetric(float64(took.Nanoseconds())/float64(n), "cpu-ns/op")
			b.ReportMetric(float64(written)/took.Seconds()/1e6, "MB/cpu-s")
		})
	}
	each("decode", func(i int) int {
		if _, err := s.Decode(&records[i]); err != nil {
			b.Fatal(err)
		}
		return len(records[i].Listing) + len(records[i].Rest)
	})
	teller := r.Teller("")
	each("tell", func(i int) int { teller.Loan(&loans[i], partner); return 0 })
	var w bytes.Buffer
	each("page", func(i int) int {
		w.Reset()
		if err := r.RenderLoan(b.Context(), &w, site.Address{Kind: site.Loan, ID: loans[i].ID}, &loans[i], partner); err != nil {
			b.Fatal(err)
		}
		return w.Len()
	})
	each("card", func(i int) int {
		w.Reset()
		if err := templates.ListItem(teller.Card(&loans[i])).Render(b.Context(), &w); err != nil {
			b.Fatal(err)
		}
		return w.Len()
	})
}

// processorTime is what the process has used so far: other work on the machine
// lengthens the clock's time and not this one.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
