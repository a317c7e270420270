package view

import "testing"

func BenchmarkCard(b *testing.B) {
	loan := fixtures()[0].loan.Listing()
	for _, teller := range newTellers(b) {
		b.Run(teller.language.Tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				teller.Card(&loan)
			}
		})
	}
}

func BenchmarkLoan(b *testing.B) {
	f := fixtures()[1]
	terms := *f.loan.Terms
	for len(terms.ScheduledPayments) < 14 { // the median term of the data
		terms.ScheduledPayments = append(terms.ScheduledPayments, terms.ScheduledPayments[0])
	}
	loan := *f.loan
	loan.Terms = &terms
	for _, teller := range newTellers(b) {
		b.Run(teller.language.Tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				teller.Loan(&loan, f.partner)
			}
		})
	}
}
