package view

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
)

func TestTheChartOfAPlan(t *testing.T) {
	local := func(l *kiva.Loan) {
		l.Terms.LocalAmount = kiva.Money{Units: 1_500_000 * kiva.MoneyScale, Currency: "KHR"}
	}
	// A hundred days and the landing after them.
	plan := planOf("2026-01-01", "2026-02-20", "2026-04-11")
	tests := []struct {
		when string
		loan *kiva.Loan
		want Chart
	}{
		{"raising funds", mai(kiva.Fundraising, plan, local), Chart{
			Summary: "Planned: $300 between January 2026 and April 2026.",
			Whole:   "$300", Local: "KHR\u00a01,500,000", From: "January 2026", To: "April 2026",
			Plan: []Step{{0, 333}, {485, 666}, {970, 1000}},
		}},
		{"half of it came", mai(kiva.InRepayment, plan, came("2026-02-20", 150)), Chart{
			Summary: "Planned: $300 between January 2026 and April 2026. Received: $150 by February 20, 2026.",
			Whole:   "$300", From: "January 2026", To: "April 2026",
			Plan: []Step{{0, 333}, {485, 666}, {970, 1000}}, Back: []Step{{485, 500}, {510, 500}},
			Marks: []Mark{{0, Late}, {485, Open}, {970, Open}},
			Keys:  []Key{{Late, "More than a month late: 1"}, {Open, "Not received yet: 2"}},
		}},
		{"defaulted: the level goes on to the end", mai(kiva.Defaulted, plan, came("2026-01-01", 150)), Chart{
			Summary: "Planned: $300 between January 2026 and April 2026. Received: $150 by January 1, 2026.",
			Whole:   "$300", From: "January 2026", To: "April 2026",
			Plan: []Step{{0, 333}, {485, 666}, {970, 1000}}, Back: []Step{{0, 500}, {1000, 500}},
			Marks: []Mark{{0, OnTime}, {485, Missing}, {970, Missing}},
			Keys:  []Key{{OnTime, "On time: 1"}, {Missing, "Missing: 2"}},
		}},
		{"in repayment, payments are not known", mai(kiva.InRepayment, plan), Chart{
			Summary: "Planned: $300 between January 2026 and April 2026.", Note: "What came back is not known.",
			Whole: "$300", From: "January 2026", To: "April 2026", Plan: []Step{{0, 333}, {485, 666}, {970, 1000}},
		}},
		{"one instalment is no chart", mai(kiva.Paid, planOf("2026-01-01"), came("2026-01-01", 100)), Chart{}},
		{"nor is a day", mai(kiva.Paid, planOf("2026-01-01", "2026-01-01"), came("2026-01-01", 200)), Chart{}},
		{"expired", mai(kiva.Expired, plan), Chart{}},
		{"refunded", mai(kiva.Refunded, plan), Chart{}},
		{"no plan", mai(kiva.Paid, came("2026-01-01", 200)), Chart{}},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			if len(test.want.Plan) > 0 {
				test.want.Title = "What is planned and what came back, added up"
			}
			if got := teller.Loan(test.loan, nil).Chart; !sameChart(got, test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
		})
	}
}

// TestAChartSaysWhatItsTableSays draws random loans: marks and keys count the
// outcomes of the table, sums only rise, and nothing leaves the plane.
func TestAChartSaysWhatItsTableSays(t *testing.T) {
	teller := newTeller(t)
	chance := rand.New(rand.NewPCG(5, 6))
	drawn := 0
	for range 3000 {
		loan := randomPlan(chance)
		v := teller.Loan(loan, nil)
		if len(v.Chart.Plan) == 0 {
			continue
		}
		drawn++
		for _, steps := range [][]Step{v.Chart.Plan, v.Chart.Back} {
			last := Step{-1, 0}
			for _, s := range steps {
				if s.X <= last.X && last.X < ChartScale || s.Y < last.Y || s.X < 0 || s.X > ChartScale || s.Y > ChartScale {
					t.Fatalf("%+v after %+v in %+v", s, last, v.Chart)
				}
				last = s
			}
		}
		counted := map[string]int{}
		for _, row := range v.Schedule.Rows {
			switch word := row.Amounts[len(row.Amounts)-1]; {
			case strings.HasSuffix(word, "late"):
				counted["More than a month late"]++
			case strings.HasPrefix(word, "Missing"):
				counted["Missing"]++
			case word == "On time" || word == "Not received yet":
				counted[word]++
			}
		}
		for _, key := range v.Chart.Keys {
			label, n, _ := strings.Cut(key.Label, ": ")
			if got := teller.language.Number(int64(counted[label])); got != n {
				t.Errorf("%s in the chart, %s in the table", key.Label, got)
			}
			delete(counted, label)
		}
		if len(counted) > 0 {
			t.Errorf("the table has %v, of which the chart says nothing", counted)
		}
		if len(v.Chart.Marks) > 4*(ChartScale/nearest+1) {
			t.Errorf("%d marks", len(v.Chart.Marks))
		}
	}
	if drawn < 1000 {
		t.Errorf("only %d charts were drawn", drawn)
	}
}

// randomPlan is a loan with a plan in order and payments in any.
func randomPlan(chance *rand.Rand) *kiva.Loan {
	loan := mai(pick(chance, kiva.InRepayment, kiva.Paid, kiva.Defaulted, kiva.Fundraising))
	loan.Delinquent, loan.EndedWithLoss = chance.IntN(3) == 0, chance.IntN(3) == 0
	loan.Terms = &kiva.Terms{Disbursed: randomDay(chance)}
	day := date("2020-01-01").Add(time.Duration(chance.IntN(1000)) * time.Hour)
	for range 2 + chance.IntN(pick(chance, 3, 20, 300)) {
		loan.Terms.ScheduledPayments = append(loan.Terms.ScheduledPayments, kiva.Instalment{Due: day, Amount: usd(chance.Int64N(20_000))})
		if chance.IntN(4) > 0 {
			loan.Payments = append(loan.Payments, kiva.Payment{
				Amount: usd(chance.Int64N(25_000)), CurrencyLoss: usd(chance.Int64N(3)), Settled: day.AddDate(0, 0, chance.IntN(120)-30),
			})
		}
		day = day.AddDate(0, 0, chance.IntN(62))
	}
	return loan
}

func sameChart(a, b Chart) bool {
	return a.Title == b.Title && a.Summary == b.Summary && a.Note == b.Note && a.Whole == b.Whole && a.Local == b.Local &&
		a.From == b.From && a.To == b.To && slices.Equal(a.Plan, b.Plan) && slices.Equal(a.Back, b.Back) && slices.Equal(a.Marks, b.Marks) && slices.Equal(a.Keys, b.Keys)
}
