package view

import (
	"time"

	"loanleaf/kiva"
)

// repayment tells of the plan and of what came back: what lenders are to get
// and when, in dollars, with what became of each instalment where that can be
// said, and what the borrower is to pay in local money. That stands beside it
// where both plans have the same days; mostly they do not, since the partner
// passes money on later, and then it has a table of its own. Where it is the
// only plan it stands for both. Rows stay as the data has them: two may share
// a day.
func (t *telling) repayment(v *Loan, loan *kiva.Loan) {
	v.Payments = t.payments(loan.Payments)
	if loan.Terms == nil {
		return
	}
	w := t.words
	plan, beside := loan.Terms.ScheduledPayments, loan.Terms.LocalPayments
	column := w.ColumnLenders
	switch {
	case len(plan) == 0:
		plan, beside, column = beside, nil, w.ColumnBorrower
	case len(beside) > 0 && !sameDays(plan, beside):
		v.Borrower = Table{Columns: append(t.blocks.labels.room(2), w.ColumnDue, w.ColumnBorrower), Rows: t.instalments(beside, nil, nil)}
		beside = nil
	}
	if len(plan) == 0 {
		return
	}
	var came []receipt
	var verdicts []verdict
	comparable := sound(plan)
	if comesDue(loan.Status) && comparable {
		known := false
		if came, known = t.receipts(loan, plan[0].Amount.Currency); known {
			verdicts = t.judge(loan, plan, came)
		}
	}
	v.Schedule.Columns = append(t.blocks.labels.room(4), w.ColumnDue, column)
	if len(beside) > 0 {
		v.Schedule.Columns = append(v.Schedule.Columns, w.ColumnBorrower)
	}
	if verdicts != nil {
		v.Schedule.Columns = append(v.Schedule.Columns, w.ColumnOutcome)
	}
	v.Schedule.Rows = t.instalments(plan, beside, verdicts)
	if !comparable {
		return
	}
	v.Chart = t.chart(loan, plan, came, verdicts)
	if verdicts == nil && comesDue(loan.Status) && len(v.Chart.Plan) > 0 {
		v.Chart.Note = w.ChartUnknown
	}
}

// comesDue tells the states in which something of the plan came due.
func comesDue(s kiva.Status) bool {
	return s == kiva.InRepayment || s == kiva.Paid || s == kiva.Defaulted
}

// instalments are rows of a plan, with the amounts of beside and with verdicts
// in further columns where those are given.
func (t *telling) instalments(plan, beside []kiva.Instalment, verdicts []verdict) []Row {
	width := 1
	if len(beside) > 0 {
		width++
	}
	if verdicts != nil {
		width++
	}
	rows := t.blocks.rows.cut(len(plan))
	for i := range plan {
		amounts := append(t.blocks.labels.room(width), t.money(plan[i].Amount))
		if len(beside) > 0 {
			amounts = append(amounts, t.money(beside[i].Amount))
		}
		if verdicts != nil {
			amounts = append(amounts, t.word(verdicts[i]))
		}
		rows[i] = t.row(plan[i].Due, amounts)
		rows[i].Amiss = verdicts != nil && (verdicts[i].outcome == Late || verdicts[i].outcome == Missing)
	}
	return rows
}

func sameDays(a, b []kiva.Instalment) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if dayOf(a[i].Due) != dayOf(b[i].Due) {
			return false
		}
	}
	return true
}

// payments is what came back, as the data has it. Local money and exchange
// losses have a column where any payment has one.
func (t *telling) payments(all []kiva.Payment) Table {
	if len(all) == 0 {
		return Table{}
	}
	w := t.words
	local, loss := false, false
	for i := range all {
		local = local || isLocal(&all[i])
		loss = loss || all[i].CurrencyLoss.Positive()
	}
	columns := append(t.blocks.labels.room(4), w.ColumnSettled, w.ColumnAmount)
	if local {
		columns = append(columns, w.ColumnLocal)
	}
	if loss {
		columns = append(columns, w.ColumnLoss)
	}
	rows := t.blocks.rows.cut(len(all))
	for i := range all {
		p := &all[i]
		amounts := append(t.blocks.labels.room(len(columns)-1), t.money(p.Amount))
		if local {
			amounts = append(amounts, t.local(p))
		}
		if loss {
			amounts = append(amounts, t.money(p.CurrencyLoss))
		}
		rows[i] = t.row(payday(p), amounts)
	}
	return Table{Columns: columns, Rows: rows}
}

// local is the local amount of a payment that has one.
func (t *telling) local(p *kiva.Payment) string {
	if !isLocal(p) {
		return ""
	}
	return t.money(p.Local)
}

// isLocal tells a payment whose local amount says more than its amount does.
func isLocal(p *kiva.Payment) bool {
	return p.Local.Known() && p.Local.Currency != p.Amount.Currency
}

func (t *telling) row(day time.Time, amounts []string) Row {
	if day.IsZero() {
		return Row{Amounts: amounts}
	}
	return Row{Date: day, When: t.day(day), Amounts: amounts}
}

// payday is when a payment was reconciled, or when the borrower made it.
func payday(p *kiva.Payment) time.Time {
	if !p.Settled.IsZero() {
		return p.Settled
	}
	return p.Processed
}
