package view

import (
	"math"
	"slices"
	"time"

	"loanleaf/kiva"
)

// Outcome is what became of an instalment of a plan.
type Outcome uint8

// The outcomes of instalments. Untold is that of an instalment of nothing, of
// which nothing can come, and of all where payments are not known.
const (
	Untold  Outcome = iota
	OnTime          // came by the day it was due, or within the month after it
	Late            // came later than that
	Missing         // did not come, or not all of it
	Open            // has not come yet
)

// grace is how many days after it is due money still counts as on time. Plans
// name a day of the month, and partners pass money on once a month
// (schedules of API v1 fall on firsts of months).
const grace = 31

// verdict is the outcome of one instalment.
type verdict struct {
	outcome Outcome
	days    int  // how late it came
	part    bool // some of what is missing came
}

// sound tells of a plan that it can be added up and compared with
// payments: days in order, amounts of one currency and none below nothing.
func sound(plan []kiva.Instalment) bool {
	var sum int64
	for i := range plan {
		p := &plan[i]
		if p.Due.IsZero() || p.Amount.Units < 0 || !p.Amount.Known() || p.Amount.Currency != plan[0].Amount.Currency ||
			i > 0 && p.Due.Before(plan[i-1].Due) || p.Amount.Units > math.MaxInt64-sum {
			return false
		}
		sum += p.Amount.Units
	}
	return sum > 0
}

// receipt is money that came back on a day: came, and settled, which counts
// what was lost to exchange rates as well, since it is owed no longer.
type receipt struct {
	day           time.Time
	came, settled int64
}

// receipts are the payments in the currency of a plan, the oldest first. They
// are false where payments are not known, cannot be compared, or are not all
// there: a loan of which more is said to be repaid than its payments add up to.
func (t *telling) receipts(loan *kiva.Loan, currency string) ([]receipt, bool) {
	if len(loan.Payments) == 0 && !loan.Repaid.Known() {
		return nil, false
	}
	list := t.blocks.receipts.room(len(loan.Payments))
	var came, settled int64
	for i := range loan.Payments {
		p := &loan.Payments[i]
		sum, lost := p.Amount, p.CurrencyLoss
		if sum.Currency != currency {
			sum, lost = p.Local, kiva.Money{}
		}
		r := receipt{day: payday(p), came: sum.Units, settled: sum.Units}
		if lost.Positive() && lost.Currency == currency {
			r.settled += lost.Units
		}
		if sum.Currency != currency || r.day.IsZero() || r.came < 0 || r.settled > math.MaxInt64-settled {
			return nil, false
		}
		came, settled = came+r.came, settled+r.settled
		list = append(list, r)
	}
	if loan.Repaid.Currency == currency && loan.Repaid.Units-rounding > came {
		return nil, false
	}
	byDay := func(a, b receipt) int { return a.day.Compare(b.day) }
	if !slices.IsSortedFunc(list, byDay) {
		slices.SortStableFunc(list, byDay)
	}
	return list, true
}

// rounding is how much may be amiss in a sum before anything is said to be
// missing: one unit of the currency, since cents are divided and rounded on
// their way.
const rounding = kiva.MoneyScale

// judge tells of every instalment of a plan what became of it: money that
// comes is counted towards the oldest instalment that is still owed. nil where
// nothing can be said. It depends on the loan alone and not on today: what is
// open on a loan in repayment is overdue only where later money came, or
// the loan is marked as delinquent.
func (t *telling) judge(loan *kiva.Loan, plan []kiva.Instalment, came []receipt) []verdict {
	var last time.Time
	if len(came) > 0 {
		last = came[len(came)-1].day
	}
	verdicts := t.blocks.verdicts.cut(len(plan))
	var due, got int64
	var covered time.Time
	overdue := loan.Delinquent
	for i := range plan {
		amount := plan[i].Amount.Units
		if amount == 0 {
			continue
		}
		for due += amount; got+rounding < due && len(came) > 0; came = came[1:] {
			got, covered = got+came[0].settled, came[0].day
		}
		v := &verdicts[i]
		switch {
		case got+rounding >= due && daysFrom(plan[i].Due, covered) > grace:
			v.outcome, v.days = Late, daysFrom(plan[i].Due, covered)
		case got+rounding >= due:
			v.outcome = OnTime
		case loan.Status == kiva.InRepayment && !overdue && daysFrom(plan[i].Due, last) <= grace:
			v.outcome = Open
		case loan.Status == kiva.Paid && !withLoss(loan):
			// All of it came, whatever this plan asks for.
		default:
			v.outcome, v.part = Missing, got > due-amount
			overdue = false // only the first open instalment of a delinquent loan is sure to be late
		}
	}
	return verdicts
}

// daysFrom are the whole days from one time to a later one; below nothing where
// it is earlier, or absent.
func daysFrom(from, to time.Time) int { return int(dayOf(to) - dayOf(from)) }

// dayOf counts the days in UTC since 1970.
func dayOf(t time.Time) int64 {
	seconds := t.Unix()
	if seconds < 0 {
		seconds -= daySpan - 1
	}
	return seconds / daySpan
}

// word is what a table says of an outcome.
func (t *telling) word(v verdict) string {
	w := t.words
	switch v.outcome {
	case OnTime:
		return w.OutcomeOnTime
	case Late:
		n := int64(v.days)
		return t.counted(&w.OutcomeLate, n)
	case Missing:
		if v.part {
			return w.OutcomePart
		}
		return w.OutcomeMissing
	case Open:
		return w.OutcomeOpen
	}
	return ""
}
