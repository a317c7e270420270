package view

import "testing"

func BenchmarkCard(b *testing.B) {
	teller, loan := newTeller(b), fixtures()[0].loan.Listing()
	b.ReportAllocs()
	for b.Loop() {
		teller.Card(&loan)
	}
}

func BenchmarkLoan(b *testing.B) {
	teller, f := newTeller(b), fixtures()[1]
	terms := *f.loan.Terms
	for len(terms.ScheduledPayments) < 14 { // the median term of the data
		terms.ScheduledPayments = append(terms.ScheduledPayments, terms.ScheduledPayments[0])
	}
	loan := *f.loan
	loan.Terms = &terms
	b.ReportAllocs()
	for b.Loop() {
		teller.Loan(&loan, f.partner)
	}
}
