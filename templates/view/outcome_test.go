package view

import (
	"strings"
	"testing"

	"loanleaf/kiva"
)

// planOf are instalments of a hundred dollars each, on the days given.
func planOf(days ...string) func(*kiva.Loan) {
	return func(l *kiva.Loan) {
		l.Terms = &kiva.Terms{}
		for _, day := range days {
			l.Terms.ScheduledPayments = append(l.Terms.ScheduledPayments, kiva.Instalment{Due: date(day), Amount: kiva.USD(100)})
		}
	}
}

func came(day string, dollars int64) func(*kiva.Loan) {
	return func(l *kiva.Loan) {
		l.Payments = append(l.Payments, kiva.Payment{Amount: kiva.USD(dollars), Settled: date(day)})
	}
}

func TestWhatBecameOfAPlan(t *testing.T) {
	quarter := planOf("2026-01-01", "2026-02-01", "2026-03-01")
	yen := func(n int64) kiva.Money { return kiva.Money{Units: n * kiva.MoneyScale, Currency: "JPY"} }
	tests := []struct {
		when string
		loan *kiva.Loan
		want string // of each instalment; empty: there is no such column
	}{
		{"all came on its day", mai(kiva.Paid, quarter, came("2026-01-01", 100), came("2026-02-01", 100), came("2026-03-01", 100)), "On time|On time|On time"},
		{"all came at once, before", mai(kiva.Paid, quarter, came("2025-12-01", 300)), "On time|On time|On time"},
		{"a month is no delay, a day more is one", mai(kiva.Paid, quarter, came("2026-02-01", 100), came("2026-03-05", 200)), "On time|32 days late|On time"},
		{"payments that the data has out of order", mai(kiva.Paid, quarter, came("2026-03-01", 200), came("2026-01-01", 100)), "On time|On time|On time"},
		{"cents that were rounded away are not missing", mai(kiva.Defaulted, quarter, func(l *kiva.Loan) {
			l.Payments = []kiva.Payment{{Amount: usd(29_999), Settled: date("2026-01-01")}}
		}), "On time|On time|On time"},
		{"what exchange rates took is owed no longer", mai(kiva.Paid, quarter, func(l *kiva.Loan) {
			l.Payments = []kiva.Payment{{Amount: kiva.USD(280), CurrencyLoss: kiva.USD(20), Settled: date("2026-01-01")}}
		}), "On time|On time|On time"},
		{"in repayment, the rest is still open", mai(kiva.InRepayment, quarter, came("2026-01-01", 100)), "On time|Not received yet|Not received yet"},
		{"in repayment, later money came than this was due", mai(kiva.InRepayment, quarter, came("2026-03-10", 50)), "Missing in part|Missing|Not received yet"},
		{"in repayment and delinquent, the first is overdue", mai(kiva.InRepayment, late, quarter, came("2026-01-01", 100)), "On time|Missing|Not received yet"},
		{"in repayment, nothing came and it is known", mai(kiva.InRepayment, repaidSum(0), quarter), "Not received yet|Not received yet|Not received yet"},
		{"in repayment, nothing is known", mai(kiva.InRepayment, quarter), ""},
		{"more is repaid than payments are listed", mai(kiva.InRepayment, repaidSum(200_00), quarter, came("2026-01-01", 100)), ""},
		{"defaulted after half of it", mai(kiva.Defaulted, quarter, came("2026-01-20", 150)), "On time|Missing in part|Missing"},
		{"defaulted, nothing came", mai(kiva.Defaulted, repaidSum(0), quarter), "Missing|Missing|Missing"},
		{"paid in full, whatever the plan asked for", mai(kiva.Paid, quarter, came("2026-01-01", 200)), "On time|On time|"},
		{"paid with a loss", mai(kiva.Paid, endedWithLoss, quarter, came("2026-01-01", 200)), "On time|On time|Missing"},
		{"raising funds, a plan is a plan", mai(kiva.Fundraising, quarter), ""},
		{"expired, the plan came to nothing", mai(kiva.Expired, quarter, repaidSum(0)), ""},
		{"a payment without a day", mai(kiva.Paid, quarter, func(l *kiva.Loan) { l.Payments = []kiva.Payment{{Amount: kiva.USD(300)}} }), ""},
		{"payments in another currency", mai(kiva.Paid, quarter, func(l *kiva.Loan) {
			l.Payments = []kiva.Payment{{Amount: yen(300), Settled: date("2026-01-01")}}
		}), ""},
		{"the borrower's plan alone is compared in its own currency", mai(kiva.Paid, func(l *kiva.Loan) {
			l.Terms = &kiva.Terms{LocalPayments: []kiva.Instalment{{Due: date("2026-01-01"), Amount: yen(3000)}, {Due: date("2026-02-01"), Amount: yen(3000)}}}
			l.Payments = []kiva.Payment{{Amount: kiva.USD(20), Local: yen(3000), Settled: date("2026-01-01")}, {Amount: kiva.USD(20), Local: yen(3000), Settled: date("2026-05-01")}}
		}), "On time|89 days late"},
		{"a month of grace has no outcome", mai(kiva.Paid, came("2026-02-01", 100), func(l *kiva.Loan) {
			l.Terms = &kiva.Terms{ScheduledPayments: []kiva.Instalment{{Due: date("2026-01-01"), Amount: kiva.USD(0)}, {Due: date("2026-02-01"), Amount: kiva.USD(100)}}}
		}), "|On time"},
		{"a plan whose days are not in order", mai(kiva.Paid, planOf("2026-02-01", "2026-01-01"), came("2026-02-01", 200)), ""},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			table := teller.Loan(test.loan, nil).Schedule
			last := len(table.Columns) - 1
			if table.Columns[last] != "How it went" {
				if test.want != "" {
					t.Fatalf("columns %q, want outcomes %s", table.Columns, test.want)
				}
				return
			}
			var got []string
			for _, row := range table.Rows {
				word := row.Amounts[last-1]
				got = append(got, word)
				if amiss := strings.Contains(word, "late") || strings.Contains(word, "Missing"); amiss != row.Amiss {
					t.Errorf("%q: amiss is %t", word, row.Amiss)
				}
			}
			if got := strings.Join(got, "|"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
