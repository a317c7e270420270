package view

import (
	"loanleaf/kiva"
	"loanleaf/locale"
)

// stand says where the loan stands: chip, bar, sentence and what stands beside
// it. The rows are those of "Words per state" of the widget's design; each has
// its words for figures that the data does not have, and an absent figure is
// never told as 0. A bar is drawn only where its percentage is known.
func (t *telling) stand(v *Loan, loan *kiva.Loan) {
	w := t.words
	switch loan.Status {
	case kiva.Fundraising:
		v.State = State{w.ChipFundraising, "go", "clock"}
		v.Figures = t.raising(loan)
	case kiva.Funded:
		v.State = State{w.ChipFunded, "ok", "check"}
		v.Figures = t.funded(loan)
		if v.Figures.Bar < 100 {
			v.State.Chip = w.ChipFundedPart
		}
	case kiva.InRepayment:
		v.State = State{w.ChipInRepayment, "info", "cycle"}
		v.Figures = t.repaying(loan)
	case kiva.Paid:
		v.State = State{w.ChipPaid, "ok", "check"}
		if withLoss(loan) {
			v.State.Chip = w.ChipPaidLoss
		}
		v.Figures = t.paid(loan)
	case kiva.Defaulted:
		v.State = State{w.ChipDefaulted, "warn", "alert"}
		v.Figures = t.defaulted(loan)
	case kiva.Refunded:
		v.State = State{w.ChipRefunded, "off", "back"}
		v.Figures = t.refunded(loan)
	case kiva.Expired:
		v.State = State{w.ChipExpired, "off", "stop"}
		v.Figures = t.expired(loan)
	default:
		// Such a loan has no page; should one be asked for, it says nothing.
		v.State = State{w.ChipGone, "off", "stop"}
		v.Figures = Figures{Bar: -1}
	}
}

// raised is what lenders have lent; absent when it is not stated, or is not a
// possible figure. Reservations in baskets are not in it, although seed 002
// would allow that: they may lapse, and a page outlives them.
func raised(loan *kiva.Loan) kiva.Money { return possible(loan.Raised, loan.Amount) }

// owed is what is to come back: the amount, or what was raised where the loan
// was made with less than was asked for.
func owed(loan *kiva.Loan) kiva.Money {
	if r := raised(loan); r.Positive() && r.Currency == loan.Amount.Currency {
		return r
	}
	return loan.Amount
}

// repaid is what came back of the owed sum.
func repaid(loan *kiva.Loan) kiva.Money { return possible(loan.Repaid, owed(loan)) }

// possible is part held between nothing and whole: more than the whole is the
// whole, less than nothing was not stated.
func possible(part, whole kiva.Money) kiva.Money {
	switch {
	case part.Units < 0:
		return kiva.Money{}
	case part.Currency == whole.Currency && part.Units > whole.Units:
		return whole
	}
	return part
}

// filled is the percentage of a bar, -1 for none: the nearest whole one, as the
// design has 23 for $125 of $550, but 99 until the whole is there and 1 as soon
// as anything is.
func filled(part, whole kiva.Money) int {
	percent, ok := part.PercentOf(whole)
	switch {
	case !ok:
		return -1
	case percent == 100 || part.Units <= 0:
		return percent
	}
	if rest := part.Units - whole.Units/100*int64(percent); rest >= whole.Units/200 {
		percent++
	}
	return min(max(percent, 1), 99)
}

// withPercent begins what stands beside the sentence with the percentage.
func (t *telling) withPercent(bar int) Sentence {
	if bar < 0 {
		return nil
	}
	return append(t.room(nil, 5), Span{Text: t.percent(bar)}) // and a fact with a value behind it
}

// reserved tells that nothing is left to lend: all was lent, or others hold
// the remainder in their baskets (seed 002: such a loan "may be considered
// unavailable" although it is still raising funds).
func reserved(loan *kiva.Loan) bool {
	lent := loan.Raised
	if loan.Basket.Positive() {
		if lent.Known() {
			lent = lent.Add(loan.Basket)
		} else {
			lent = loan.Basket
		}
	}
	return lent.Known() && lent.Currency == loan.Amount.Currency && lent.Units >= loan.Amount.Units
}

func (t *telling) raising(loan *kiva.Loan) Figures {
	w, sum := t.words, raised(loan)
	f := Figures{Bar: filled(sum, loan.Amount)}
	switch {
	case f.Bar == 100:
		f.Main = t.say(f.Main, w.RaisedAll, t.amount("amount", loan.Amount))
		return f
	case sum.Known():
		f.Main = t.say(f.Main, w.RaisedOf, t.amount("raised", sum), t.amount("amount", loan.Amount))
	default:
		f.Main = t.say(f.Main, w.Asked, t.amount("amount", loan.Amount))
	}
	f.Aside = t.withPercent(f.Bar)
	switch {
	case reserved(loan) && sum.Positive():
		f.Aside = t.thenText(f.Aside, w.AsideReserved)
	case reserved(loan):
		f.Aside = t.thenText(f.Aside, w.AsideAllReserved)
	case !loan.Expires.IsZero():
		f.Aside = t.then(f.Aside, w.AsideUntil, t.date(loan.Expires))
	}
	return f
}

func (t *telling) funded(loan *kiva.Loan) Figures {
	w, sum := t.words, owed(loan)
	f := Figures{Bar: 100}
	if part := filled(sum, loan.Amount); part >= 0 && part < 100 {
		f.Bar = part
		f.Main = t.say(f.Main, w.RaisedOf, t.amount("raised", sum), t.amount("amount", loan.Amount))
		f.Aside = t.withPercent(part)
	} else {
		f.Main = t.say(f.Main, w.RaisedAll, t.amount("amount", loan.Amount))
	}
	if !loan.FundedDate.IsZero() {
		f.Aside = t.then(f.Aside, w.AsideOn, t.date(loan.FundedDate))
	}
	return f
}

// repaying speaks of the money raised where repayments are not known, as
// snapshots do not know them.
func (t *telling) repaying(loan *kiva.Loan) Figures {
	w, back := t.words, repaid(loan)
	f := Figures{Bar: filled(back, owed(loan))}
	switch {
	case !back.Known():
		f.Main = t.say(f.Main, w.RaisedInFull, t.amount("amount", owed(loan)))
		if !loan.FundedDate.IsZero() {
			f.Aside = t.then(f.Aside, w.AsideOn, t.date(loan.FundedDate))
		}
	default:
		f.Main = t.say(f.Main, w.RepaidOf, t.amount("repaid", back), t.amount("amount", owed(loan)))
		f.Aside = t.withPercent(f.Bar)
	}
	if loan.Delinquent {
		f.Aside = t.thenText(f.Aside, w.AsideLate)
	}
	return f
}

// withLoss tells a paid loan of which not all came back. Seed 002: the paid
// amount is less than the loan's where a currency loss is shared.
func withLoss(loan *kiva.Loan) bool {
	return loan.EndedWithLoss || loan.CurrencyLoss.Positive() || owed(loan).Sub(repaid(loan)).Positive()
}

func (t *telling) paid(loan *kiva.Loan) Figures {
	w, back, whole := t.words, repaid(loan), owed(loan)
	if withLoss(loan) {
		return t.paidWithLoss(loan)
	}
	// A paid loan has come back in full by its definition (seed 002, "Loan
	// Status"), even where the sum is not stated.
	f := Figures{Bar: 100}
	if back.Known() {
		f.Main = t.say(f.Main, w.RepaidAll, t.amount("amount", whole))
	} else {
		f.Main = t.say(f.Main, w.RepaidInFull, t.amount("amount", whole))
	}
	if !loan.PaidDate.IsZero() {
		f.Aside = t.then(f.Aside, w.AsideOn, t.date(loan.PaidDate))
	}
	return f
}

func (t *telling) paidWithLoss(loan *kiva.Loan) Figures {
	w, back, whole := t.words, repaid(loan), owed(loan)
	f := Figures{Bar: filled(back, whole)}
	if back.Known() {
		f.Main = t.say(f.Main, w.RepaidOf, t.amount("repaid", back), t.amount("amount", whole))
	} else {
		f.Main = t.say(f.Main, w.RepaidLess, t.amount("amount", whole))
	}
	switch short := whole.Sub(back); {
	case loan.CurrencyLoss.Positive():
		f.Aside = t.then(f.Aside, w.AsideExchange, t.amount("lost", loan.CurrencyLoss))
	case short.Positive():
		f.Aside = t.then(f.Aside, w.AsideShort, t.amount("lost", short))
	case back.Known():
		f.Aside = t.thenText(f.Aside, w.AsideSomeLost)
	}
	f.Loss = f.Aside
	return f
}

func (t *telling) defaulted(loan *kiva.Loan) Figures {
	w, back, whole := t.words, repaid(loan), owed(loan)
	f := Figures{Bar: filled(back, whole)}
	if !back.Known() {
		f.Main = t.say(f.Main, w.NotRepaid, t.amount("amount", whole))
		return f
	}
	f.Main = t.say(f.Main, w.RepaidOf, t.amount("repaid", back), t.amount("amount", whole))
	f.Aside = t.withPercent(f.Bar)
	if lost := whole.Sub(back); lost.Positive() {
		before := len(f.Aside)
		f.Aside = t.then(f.Aside, w.AsideLost, t.amount("lost", lost))
		f.Loss = f.Aside[before+min(before, 1):] // without the percentage, and what is between them
	}
	return f
}

func (t *telling) refunded(loan *kiva.Loan) Figures {
	f := Figures{Bar: -1}
	if sum := raised(loan); sum.Positive() {
		f.Main = t.say(f.Main, t.words.Returned, t.amount("raised", sum))
	} else {
		f.Main = t.plain(t.words.ReturnedAny)
	}
	return f
}

func (t *telling) expired(loan *kiva.Loan) Figures {
	w, sum := t.words, raised(loan)
	f := Figures{Bar: filled(sum, loan.Amount)}
	switch {
	case sum.Positive():
		f.Main = t.say(f.Main, w.ExpiredReturned, t.amount("raised", sum), t.amount("amount", loan.Amount))
		if f.Bar >= 0 {
			percent := value{"percent", Span{Text: t.percent(f.Bar)}}
			f.Aside = t.then(f.Aside, w.AsideEnded, percent)
		}
	case sum.Known():
		f.Main = t.say(f.Main, w.ExpiredNothing, t.amount("amount", loan.Amount))
	default:
		f.Main = t.say(f.Main, w.ExpiredUnknown, t.amount("amount", loan.Amount))
	}
	return f
}

// statusHeading is the heading of the list of a status; empty for those that
// have no list.
func statusHeading(w *locale.Words, status kiva.Status) string {
	switch status {
	case kiva.Fundraising:
		return w.ListFundraising
	case kiva.Funded:
		return w.ListFunded
	case kiva.InRepayment:
		return w.ListInRepayment
	case kiva.Paid:
		return w.ListPaid
	case kiva.Defaulted:
		return w.ListDefaulted
	case kiva.Refunded:
		return w.ListRefunded
	case kiva.Expired:
		return w.ListExpired
	}
	return ""
}
