package view

import (
	"time"

	"loanleaf/kiva"
)

// schedule is what lenders are to get back and when, in dollars. What the
// borrower is to pay in local money stands beside it where both plans have the
// same days; mostly they do not, since the partner passes money on later, and
// then the lenders' plan stands alone. The borrower's stands alone only where
// it is the only one. Rows stay as the data has them: two may share a day.
func (t *Teller) schedule(terms *kiva.Terms) Table {
	if terms == nil {
		return Table{}
	}
	w := t.words
	lenders, borrower := terms.ScheduledPayments, terms.LocalPayments
	switch {
	case len(lenders) == 0 && len(borrower) == 0:
		return Table{}
	case len(lenders) == 0:
		return Table{Columns: []string{w.ColumnDue, w.ColumnBorrower}, Rows: t.instalments(borrower, nil)}
	case sameDays(lenders, borrower):
		return Table{
			Columns: []string{w.ColumnDue, w.ColumnLenders, w.ColumnBorrower},
			Rows:    t.instalments(lenders, borrower),
		}
	}
	return Table{Columns: []string{w.ColumnDue, w.ColumnLenders}, Rows: t.instalments(lenders, nil)}
}

// instalments are rows of main, with the amounts of beside, where that is not
// nil, in a second column.
func (t *Teller) instalments(main, beside []kiva.Instalment) []Row {
	width := 1
	if beside != nil {
		width = 2
	}
	rows := make([]Row, len(main))
	cells := make([]string, width*len(main))
	for i := range main {
		c := cells[i*width : (i+1)*width : (i+1)*width]
		c[0] = t.money(main[i].Amount)
		if beside != nil {
			c[1] = t.money(beside[i].Amount)
		}
		rows[i] = t.row(main[i].Due, c)
	}
	return rows
}

func sameDays(a, b []kiva.Instalment) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		const day = 24 * time.Hour
		if !a[i].Due.Truncate(day).Equal(b[i].Due.Truncate(day)) {
			return false
		}
	}
	return true
}

// payments is what came back, as the data has it. Local money and exchange
// losses have a column where any payment has one.
func (t *Teller) payments(all []kiva.Payment) Table {
	if len(all) == 0 {
		return Table{}
	}
	w := t.words
	local, loss := false, false
	for i := range all {
		local = local || isLocal(&all[i])
		loss = loss || all[i].CurrencyLoss.Positive()
	}
	columns := append(make([]string, 0, 4), w.ColumnSettled, w.ColumnAmount)
	if local {
		columns = append(columns, w.ColumnLocal)
	}
	if loss {
		columns = append(columns, w.ColumnLoss)
	}
	rows := make([]Row, len(all))
	cells := make([]string, 0, (len(columns)-1)*len(all))
	for i := range all {
		p, start := &all[i], len(cells)
		cells = append(cells, t.money(p.Amount))
		if local {
			cells = append(cells, t.local(p))
		}
		if loss {
			cells = append(cells, t.money(p.CurrencyLoss))
		}
		rows[i] = t.row(payday(p), cells[start:len(cells):len(cells)])
	}
	return Table{Columns: columns, Rows: rows}
}

// isLocal tells a payment whose local amount says more than its amount does.
func isLocal(p *kiva.Payment) bool {
	return p.Local.Known() && p.Local.Currency != p.Amount.Currency
}

func (t *Teller) local(p *kiva.Payment) string {
	if !isLocal(p) {
		return ""
	}
	return t.money(p.Local)
}

func (t *Teller) row(day time.Time, amounts []string) Row {
	if day.IsZero() {
		return Row{Amounts: amounts}
	}
	return Row{Date: day, When: t.language.Date(day), Amounts: amounts}
}

// payday is when a payment was reconciled, or when the borrower made it.
func payday(p *kiva.Payment) time.Time {
	if !p.Settled.IsZero() {
		return p.Settled
	}
	return p.Processed
}
