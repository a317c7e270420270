package sample

// terms are a loan's conditions and its two schedules.
type terms struct {
	interval         string
	months           int
	disbursed        day
	localAmount      int64 // whole local units
	local            []due
	scheduled        []due
	nonpayment       string
	exchange         string
	coverage         string // "" unless shared
	intervalUnstated bool   // early 2013: interval and term are missing (kiva-data §1)
}

// due is a payment to come; cents of its currency.
type due struct {
	on    day
	cents int64
}

// payment is a payment made and reconciled.
type payment struct {
	id                 int64
	cents, lost        int64 // US cents
	local              int64 // local cents
	processed, settled moment
	remark             string
}

// Intervals, per 10,000 (kiva-data §9: monthly 54.8, irregular 37.3, bullet 7.9, weekly .04 %).
var (
	intervals      = [...]string{"Monthly", "Irregularly", "At end of term", "Weekly"}
	intervalShares = sharesOf(5476, 3730, 790, 4)
)

// drawTerms decides interval, length, grace and who bears which loss.
func (p *press) drawTerms() {
	t := &p.loan.terms
	t.interval = intervals[intervalShares.draw(p.dice)]
	t.months = p.termMonths()
	t.nonpayment = "lender"
	if p.often(4_000) {
		t.nonpayment = "partner"
	}
	switch n := p.IntN(100); {
	case p.loan.country.currency == "USD" || p.loan.partner == nil:
		t.exchange = "none"
	case n < 76:
		t.exchange, t.coverage = "shared", "0.1"
		if n < 12 {
			t.coverage = "0.2"
		}
	case n < 90:
		t.exchange = "partner"
	default:
		t.exchange = "lender"
	}
}

// termMonths has its modes at 14 and 8 and its median at 13 months (groups 9); rarely, terms run for years.
func (p *press) termMonths() int {
	group := len(p.loan.borrowers) > 1
	switch n := p.IntN(1000); {
	case n < 2:
		return p.between(61, 195)
	case n < 60:
		return p.between(25, 60)
	case group && n < 480:
		return p.between(5, 8)
	case group && n < 560:
		return 9
	case n < 250:
		return 14
	case n < 420:
		return 8
	case n < 500:
		return p.between(3, 7)
	case n < 690:
		return p.between(9, 13)
	default:
		return p.between(11, 22)
	}
}

// drawDates places the loan in time so that its state can be true at [present].
func (p *press) drawDates() {
	l := &p.loan
	const d = moment(daySeconds)
	span := moment(l.terms.months*30) * d
	latest := present
	earliest := firstPosted
	switch l.state {
	case fundraising:
		earliest, latest = present-29*d, present-d/8
	case funded:
		earliest, latest = present-55*d, present-2*d
	case inRepayment:
		earliest, latest = present-span-90*d, present-60*d
	case paid:
		latest = max(present-span-120*d, firstPosted+400*d)
	case defaulted:
		latest = max(present-span-270*d, firstPosted+400*d)
	case expired:
		earliest, latest = expiryBegins, present-40*d
	case refunded:
		latest = present - 70*d
	}
	earliest = max(earliest, firstPosted)
	// Lending grew over the years, so most loans are of the later ones.
	u := p.Float64()
	if latest-earliest > 3*365*d {
		u = max(u, p.Float64())
	}
	l.posted = earliest + moment(float64(latest-earliest)*u)
	if l.posted >= expiryBegins {
		l.expires = l.posted + moment(p.between(30, 34))*d
	}
	p.drawDisbursal()
	p.drawRaising()
	y, m, _ := l.posted.day().civil()
	l.terms.intervalUnstated = y == 2013 && m <= 6
}

// drawDisbursal: nine in ten loans were paid out before they were posted (kiva-data §9).
func (p *press) drawDisbursal() {
	l := &p.loan
	after := p.often(7_700)
	if l.state == inRepayment && l.posted+40*daySeconds > present {
		after = false
	}
	if after {
		l.terms.disbursed = l.posted.day() + day(p.between(5, 38))
	} else {
		l.terms.disbursed = l.posted.day() - day(p.between(1, 60))
	}
}

// drawRaising decides how much was raised and when it was whole.
func (p *press) drawRaising() {
	l := &p.loan
	part := 25 * int(float64(l.amount/25)*p.Float64())
	switch l.state {
	case fundraising:
		l.raised = part
		if rest := l.amount - part; rest > 0 && p.often(60_000) {
			l.basket = min(25*p.between(0, 6), rest)
		}
		return
	case expired:
		l.raised = part
		return
	case refunded:
		l.raised = part
		if p.often(50_000) {
			return
		}
	}
	l.raised = l.amount
	longest := min(29*daySeconds, int(present-l.posted)-3600)
	l.fundedAt = l.posted + moment(float64(longest)*p.Float64()*p.Float64()) + 60
	if p.often(300) { // the record says so in real data too
		l.fundedAt = l.posted - moment(p.between(1, 40*daySeconds))
	}
}
