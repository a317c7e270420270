package sample

// drawSchedules lays out what the borrower owes the partner (local currency, from the disbursal day on) and what the
// lenders are owed (US dollars, on firsts of the month, some weeks later). Both sum exactly to their amounts.
func (p *press) drawSchedules() {
	l := &p.loan
	t := &l.terms
	step := int64(l.country.step)
	t.localAmount = max(int64(float64(l.amount)*l.country.rate*(0.97+float64(0.06*p.Float64())))/step, 1) * step
	l.currency = l.country.currency
	entries, grace, monthsApart := p.rhythm()
	entries = min(entries, l.amount) // never an instalment below a dollar
	first := t.disbursed + 1
	for i := range grace + entries {
		on, settle := first.plusMonths(1+i*monthsApart), first.plusMonths(3+i*monthsApart)
		switch t.interval {
		case "Weekly":
			on, settle = first+day(7*(i+1)), first+day(7*(i+1)+45)
		case "At end of term":
			on, settle = first.plusMonths(t.months), first.plusMonths(t.months+2)
		}
		t.local = append(t.local, due{on: on})
		y, m, _ := settle.civil()
		t.scheduled = append(t.scheduled, due{on: date(y, m, 1)})
	}
	if entries > 2 && p.often(1_000) {
		t.scheduled[len(t.scheduled)-1].on = t.scheduled[len(t.scheduled)-2].on // two on one day: real (kiva-data §1)
	}
	spreadLocal(t.local[grace:], t.localAmount, step)
	spreadCents(t.scheduled[grace:], int64(l.amount)*100)
}

// rhythm is how many instalments there are, how many empty grace months come first, and the months between two.
func (p *press) rhythm() (entries, grace, monthsApart int) {
	t := &p.loan.terms
	switch t.interval {
	case "At end of term":
		return 1, 0, 1
	case "Weekly":
		return t.months * 4, 0, 1
	case "Irregularly":
		monthsApart = p.between(1, 6)
		return max((t.months-1)/monthsApart, 1), 0, monthsApart
	}
	if p.often(30_000) {
		grace = min(p.between(1, 3), (t.months-1)/2)
	}
	return max(t.months-1-grace, 1), grace, 1
}

// spreadCents divides cents over the instalments; what does not divide goes to the first ones, a cent each (48.34,
// 48.34, 48.33 …).
func spreadCents(to []due, cents int64) {
	n := int64(len(to))
	for i := range to {
		to[i].cents = cents / n
		if int64(i) < cents%n {
			to[i].cents++
		}
	}
}

// spreadLocal divides whole local units over the instalments in round steps; the last takes what is left.
func spreadLocal(to []due, units, step int64) {
	n := int64(len(to))
	each := units / n / step * step
	if each == 0 {
		each = units / n
	}
	for i := range to {
		to[i].cents = each * 100
	}
	to[n-1].cents = (units - each*(n-1)) * 100
}

// drawPayments pays what the state says has been paid, a few instalments at a time for irregular loans.
func (p *press) drawPayments() {
	l := &p.loan
	t := &l.terms
	var until moment
	owed := int64(l.amount) * 100
	switch l.state {
	case paid:
		until = present
	case inRepayment:
		until = present - 20*daySeconds
		if p.often(12_000) {
			until -= moment(p.between(60, 170)) * daySeconds // delinquent
		}
	case defaulted:
		owed = int64(float64(owed) * p.Float64() * 0.95)
		until = present
	default:
		return
	}
	loss := 0.0
	if l.state == paid && t.exchange == "shared" && p.often(7_000) {
		loss = 0.003 + float64(0.05*p.Float64())
	}
	together := p.between(1, 4) // instalments the partner reports at once
	localShare := float64(t.localAmount) / float64(l.amount)
	var cents int64
	for i, s := range t.scheduled {
		last := i == len(t.scheduled)-1
		when := s.on.at(0) - moment(p.between(2, 28)*daySeconds)
		if l.state != paid && when > until {
			break
		}
		cents += min(s.cents, owed)
		owed -= min(s.cents, owed)
		if cents == 0 || (!last && owed > 0 && (i+1)%together != 0) {
			continue
		}
		when = min(max(when, l.posted), present-daySeconds)
		lost := int64(float64(cents) * loss)
		l.payments = append(l.payments, payment{
			id: l.id*200 + int64(len(l.payments)), cents: cents - lost, lost: lost,
			local:     int64(float64(cents) * localShare),
			processed: when.day().pacificMidnight(), settled: min(when+moment(p.between(3, 20)*daySeconds), present-60),
			remark: p.remark(),
		})
		l.paidCents += cents - lost
		l.lostCents += lost
		cents = 0
	}
	if l.state == inRepayment && l.paidCents == int64(l.amount)*100 {
		p.withdrawLast()
	}
}

// withdrawLast takes the last payment back: a loan still in repayment has something left to pay.
func (p *press) withdrawLast() {
	l := &p.loan
	last := l.payments[len(l.payments)-1]
	l.payments = l.payments[:len(l.payments)-1]
	l.paidCents -= last.cents
}

func (p *press) remark() string {
	if !p.often(1_500) {
		return ""
	}
	return pick(p.dice, remarks[:])
}

var remarks = [...]string{
	"Paid early after a good harvest.",
	"The payment of last month\r\nis included.",
	"Collected at the monthly meeting.",
	"Partner office closed for the holidays;\r\nreported a week late.",
}
