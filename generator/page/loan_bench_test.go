package page_test

import (
	"bytes"
	"syscall"
	"testing"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
)

// BenchmarkLoan is what a loan's page is made by, over sample loans of all kinds:
// reading its record, telling it, its page, and its card on lists. A page is
// counted in bytes a second and in allocations a page, the telling of it among them:
//
//	go test ./generator/page -run '^$' -bench Loan -benchmem -cpu 1
func BenchmarkLoan(b *testing.B) {
	s := sampleStore(b, 1000)
	var loans []kiva.Loan
	for loan, err := range s.Loans(b.Context(), 0, 0) {
		if err != nil {
			b.Fatal(err)
		}
		loans = append(loans, loan)
	}
	r := page.New(sampleSite(b, "en"), s, sampleDate, nil)
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
	each("read", func(i int) int {
		if _, err := s.Loan(b.Context(), loans[i].ID); err != nil {
			b.Fatal(err)
		}
		return 0
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
