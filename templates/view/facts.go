package view

import (
	"strings"
	"time"

	"loanleaf/kiva"
)

// mostFacts is how many lines the terms of a loan have at most.
const mostFacts = 12

// facts are the terms of the loan, one line each, in the order of a loan's
// life, each with what its label means. What the data does not have has no line.
func (t *telling) facts(loan *kiva.Loan) []Fact {
	w := t.words
	facts := t.blocks.facts.room(mostFacts)
	add := func(label string, span Span, why string) {
		facts = append(facts, Fact{Label: label, Value: t.single(span), Why: why})
	}
	text := func(label, value, why string) {
		if value != "" {
			add(label, Span{Text: value}, why)
		}
	}
	day := func(label string, at time.Time, why string) {
		if !at.IsZero() {
			add(label, t.date(at).span, why)
		}
	}
	terms := loan.Terms
	if terms == nil {
		terms = &kiva.Terms{}
	}
	day(w.FactPosted, loan.Posted, w.WhyPosted)
	if loan.Status == kiva.Fundraising {
		day(w.FactExpires, loan.Expires, w.WhyExpires)
	} else if loan.Status == kiva.Expired {
		day(w.FactExpired, loan.Expires, w.WhyExpired)
	}
	day(w.FactFunded, loan.FundedDate, w.WhyFunded)
	facts = t.disbursed(facts, terms)
	if terms.Months > 0 {
		n := int64(terms.Months)
		text(w.FactLength, t.counted(&w.Months, n), w.WhyLength)
	}
	text(w.FactRepayments, t.interval(terms.Interval), w.WhyRepayments)
	if loan.Status == kiva.Paid {
		day(w.FactPaid, loan.PaidDate, w.WhyPaid)
	}
	if n := int64(loan.LenderCount); n > 0 {
		text(w.FactLenders, t.counted(&w.Lenders, n), w.WhyLenders)
	}
	if n := int64(max(loan.BorrowerCount, len(loan.Borrowers))); n > 1 {
		text(w.FactBorrowers, t.counted(&w.Borrowers, n), w.WhyBorrowers)
	}
	if loan.PartnerID > 0 {
		text(w.FactFunding, w.ThroughPartner, w.WhyPartner)
	} else {
		text(w.FactFunding, w.ThroughNobody, w.WhyDirect)
	}
	return t.liability(facts, terms.Liability)
}

// disbursed tells when the borrower had the money, and how much of the local
// currency it was.
func (t *telling) disbursed(facts []Fact, terms *kiva.Terms) []Fact {
	f := Fact{Label: t.words.FactDisbursed, Why: t.words.WhyDisbursed}
	local := ""
	if terms.LocalAmount.Positive() && terms.LocalAmount.Currency != "USD" {
		local = t.fill(t.words.InLocalMoney, "amount", t.money(terms.LocalAmount))
	}
	switch {
	case !terms.Disbursed.IsZero():
		f.Value, f.Note = t.single(t.date(terms.Disbursed).span), local
	case local != "":
		f.Value = t.plain(local)
	default:
		return facts
	}
	return append(facts, f)
}

// interval is the rhythm of repayments, in the words of API v1 and of the
// snapshots; a word that is neither is told as it is.
func (t *telling) interval(stated string) string {
	w := t.words
	switch strings.ToLower(stated) {
	case "monthly":
		return w.Monthly
	case "weekly":
		return w.Weekly
	case "irregularly", "irregular":
		return w.Irregular
	case "at end of term", "bullet":
		return w.AtEnd
	}
	return t.squeeze(stated)
}

// liability says who bears a loss (seed 002, "Loan Detail": loss_liability).
func (t *telling) liability(facts []Fact, l *kiva.LossLiability) []Fact {
	if l == nil {
		return facts
	}
	w := t.words
	exchange := ""
	switch l.CurrencyExchange {
	case "shared":
		exchange = w.ExchangeShared
		if l.CoveragePercent > 0 {
			exchange = t.fill(w.ExchangeAbove, "percent", t.percent(l.CoveragePercent))
		}
	case "partner":
		exchange = w.ExchangePartner
	case "lender":
		exchange = w.ExchangeLender
	case "none":
		exchange = w.ExchangeNone
	}
	nonpayment := ""
	switch l.Nonpayment {
	case "lender":
		nonpayment = w.LossLender
	case "partner":
		nonpayment = w.LossPartner
	}
	if nonpayment != "" {
		facts = append(facts, Fact{Label: w.FactNonpayment, Value: t.plain(nonpayment), Why: w.WhyNonpayment})
	}
	if exchange != "" {
		facts = append(facts, Fact{Label: w.FactExchangeLoss, Value: t.plain(exchange), Why: w.WhyExchangeLoss})
	}
	return facts
}

// tags are the tags that speak of the loan, such as "#Parent". The others are
// marks of the lending site, such as user_favorite.
func (t *telling) tags(all []string) []string {
	if len(all) == 0 {
		return nil
	}
	shown := t.blocks.labels.room(len(all))
	for _, tag := range all {
		if tag = t.squeeze(tag); len(tag) > 1 && tag[0] == '#' {
			shown = append(shown, tag)
		}
	}
	if len(shown) == 0 {
		return nil
	}
	return shown
}
