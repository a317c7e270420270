package view

import (
	"math/bits"
	"time"

	"loanleaf/kiva"
)

// ChartScale is the width and the height of a chart's plane.
const ChartScale = 1000

// Chart is a drawing of a plan and of what came back: sums that grow over
// time. It is made of the same figures as the tables beside it. Without a plan
// it is left out.
type Chart struct {
	Title   string // what it shows
	Summary string // its sums in sentences; what became of the instalments is told by Keys
	Note    string // what it cannot show: payments that are not known

	// The words at the ends of its axes: the whole sum, the same in local
	// currency where that is another, and the first and the last month.
	Whole, Local, From, To string

	Plan, Back []Step // from the lower start corner; Back is empty where nothing is known to have come
	Marks      []Mark // instalments, the oldest first
	Keys       []Key  // what the marks mean, in the order of outcomes
}

// Step is where a sum rises: X counts from the start of the chart, Y from its
// bottom, both up to [ChartScale].
type Step struct{ X, Y int }

// Mark is an instalment whose outcome is told.
type Mark struct {
	X       int
	Outcome Outcome
}

// Key is what marks of an outcome mean, with their number: "On time: 6".
type Key struct {
	Outcome Outcome
	Label   string
}

// landing is how far a sum is drawn on after its last step, which could not be
// seen otherwise.
const landing = ChartScale / 40

// plane places days and sums on a chart.
type plane struct {
	start, last time.Time
	days        int // of the whole width
	whole       int64
}

func (p plane) x(day time.Time) int {
	return min(max(daysFrom(p.start, day), 0)*ChartScale/p.days, ChartScale)
}

func (p plane) y(sum int64) int {
	if sum >= p.whole {
		return ChartScale
	}
	high, low := bits.Mul64(uint64(sum), ChartScale)
	share, _ := bits.Div64(high, low, uint64(p.whole))
	return int(share)
}

// step adds a step; one at the same place replaces the last.
func step(steps []Step, s Step) []Step {
	if n := len(steps); n > 0 && steps[n-1].X == s.X {
		steps[n-1] = s
		return steps
	}
	return append(steps, s)
}

// chart draws a plan that has two instalments or more, on a loan that is or was
// to be repaid; the zero chart otherwise.
func (t *telling) chart(loan *kiva.Loan, plan []kiva.Instalment, came []receipt, verdicts []verdict) Chart {
	if len(plan) < 2 || loan.Status == kiva.Expired || loan.Status == kiva.Refunded {
		return Chart{}
	}
	p, planned, back := span(loan, plan, came)
	if p.days <= 0 {
		return Chart{}
	}
	currency := plan[0].Amount.Currency
	c := Chart{
		Title: t.words.ChartTitle, Whole: t.money(kiva.Money{Units: p.whole, Currency: currency}),
		From: t.monthYear(p.start), To: t.monthYear(p.last),
		Plan: t.blocks.steps.room(len(plan)),
	}
	if local := loan.Terms.LocalAmount; local.Positive() && local.Currency != currency && p.whole == planned {
		c.Local = t.money(local)
	}
	var sum int64
	for i := range plan {
		sum += plan[i].Amount.Units
		c.Plan = step(c.Plan, Step{p.x(plan[i].Due), p.y(sum)})
	}
	if len(came) > 0 {
		c.Back = t.blocks.steps.room(len(came) + 1)
		sum = 0
		for i := range came {
			sum += came[i].came
			c.Back = step(c.Back, Step{p.x(came[i].day), p.y(sum)})
		}
		end := c.Back[len(c.Back)-1]
		if end.X = min(end.X+landing, ChartScale); loan.Status == kiva.Defaulted {
			end.X = ChartScale // nothing more is expected, and the rest of the plan shows it
		}
		c.Back = step(c.Back, end)
	}
	t.mark(&c, p, plan, verdicts)
	c.Summary = t.fill(t.words.ChartPlan, "amount", t.money(kiva.Money{Units: planned, Currency: currency}),
		"from", t.monthYear(plan[0].Due), "to", t.monthYear(plan[len(plan)-1].Due))
	if n := len(came); n > 0 {
		c.Summary = t.join(c.Summary, " ", t.fill(t.words.ChartBack,
			"amount", t.money(kiva.Money{Units: back, Currency: currency}), "date", t.day(came[n-1].day)))
	}
	return c
}

// span is the plane of a chart, and the sums of what is planned and of what came.
func span(loan *kiva.Loan, plan []kiva.Instalment, came []receipt) (p plane, planned, back int64) {
	for i := range plan {
		planned += plan[i].Amount.Units
	}
	first, last := plan[0].Due, plan[len(plan)-1].Due
	if n := len(came); n > 0 {
		if came[0].day.Before(first) {
			first = came[0].day
		}
		if came[n-1].day.After(last) {
			last = came[n-1].day
		}
		for i := range came {
			back += came[i].came
		}
	}
	if out := loan.Terms.Disbursed; !out.IsZero() && out.Before(first) {
		first = out
	}
	p = plane{start: first, last: last, days: daysFrom(first, last), whole: max(planned, back)}
	if p.days > 0 {
		p.days += p.days*landing/ChartScale + 1
	}
	return p, planned, back
}

// nearest is how close two marks of one outcome may stand before one of them
// says nothing more.
const nearest = ChartScale / 125

// mark sets the marks of outcomes and their keys.
func (t *telling) mark(c *Chart, p plane, plan []kiva.Instalment, verdicts []verdict) {
	if verdicts == nil {
		return
	}
	var count, last [Open + 1]int
	c.Marks = t.blocks.marks.room(len(verdicts))
	for i := range verdicts {
		outcome := verdicts[i].outcome
		if outcome == Untold {
			continue
		}
		x := p.x(plan[i].Due)
		if count[outcome] == 0 || x-last[outcome] >= nearest {
			c.Marks = append(c.Marks, Mark{x, outcome})
			last[outcome] = x
		}
		count[outcome]++
	}
	w := t.words
	labels := [Open + 1]string{OnTime: w.OutcomeOnTime, Late: w.LegendLate, Missing: w.OutcomeMissing, Open: w.OutcomeOpen}
	c.Keys = t.blocks.keys.room(int(Open))
	for outcome := OnTime; outcome <= Open; outcome++ {
		if n := count[outcome]; n > 0 {
			label := t.fill(w.LegendCount, "label", labels[outcome], "n", t.number(int64(n)))
			c.Keys = append(c.Keys, Key{outcome, label})
		}
	}
}
