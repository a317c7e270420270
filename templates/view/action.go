package view

import (
	"strings"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
)

// RepaymentSection is the fragment of a loan page's section on what came back.
const RepaymentSection = "repayment"

// mostLabelName is how many letters of a name a button has room for.
const mostLabelName = 24

// act sets the buttons. A loan that can still be lent to leads to where that
// is done, and has no button where the operator named no such place; this
// program lends nothing itself (seed 002, "Linking Loans back").
func (t *telling) act(v *Loan, loan *kiva.Loan) {
	w := t.words
	switch {
	case loan.Status == kiva.Fundraising && !reserved(loan):
		target, ok := t.site.LendURL(loan.ID)
		if !ok {
			return
		}
		label := t.lendLabel(v)
		v.Action = t.blocks.actions.one(Action{Label: label, URL: target})
		v.WidgetAction = t.blocks.actions.one(Action{Label: label, URL: v.Page})
		return
	case loan.Status == kiva.InRepayment:
		v.Action = t.blocks.actions.one(Action{Label: w.ActFollow, URL: t.repaymentURL(v, loan), Quiet: true})
	case loan.Status == kiva.Defaulted:
		v.Action = t.blocks.actions.one(Action{Label: w.ActRead, URL: t.repaymentURL(v, loan), Quiet: true})
	default:
		v.Action = t.similar(v)
	}
	v.WidgetAction = v.Action
}

// repaymentURL is the section of the loan page where it has one.
func (t *telling) repaymentURL(v *Loan, loan *kiva.Loan) string {
	if !hasRepayment(loan) {
		return v.Page
	}
	return t.join(v.Page, "#"+RepaymentSection)
}

// hasRepayment tells whether anything is known of what is planned or came back.
func hasRepayment(loan *kiva.Loan) bool {
	terms := loan.Terms
	return len(loan.Payments) > 0 || terms != nil && len(terms.ScheduledPayments)+len(terms.LocalPayments) > 0
}

// similar leads to the loans of the same sector, or to the front page.
func (t *telling) similar(v *Loan) *Action {
	url := v.Sector.URL
	if url == "" {
		url = t.home
	}
	return t.blocks.actions.one(Action{Label: t.words.ActSimilar, URL: url})
}

// lendLabel names the borrower where the button has room: the whole name, or
// the first of several names.
func (t *telling) lendLabel(v *Loan) string {
	if v.Anonymous {
		return t.words.ActLendShort
	}
	if letters(v.Name, mostLabelName) <= mostLabelName {
		return t.fill(t.words.ActLend, "name", v.Name)
	}
	if v.Group {
		return t.words.ActLendGroup
	}
	first, _, several := strings.Cut(v.Name, " ")
	if several && letters(first, mostLabelName) <= mostLabelName {
		return t.fill(t.words.ActLend, "name", first)
	}
	return t.words.ActLendShort
}

// age dates what is told. Only a loan that raises funds is dated by the data,
// since only its figures move from day to day; the others carry the date of
// their own last event, so that their pages stay the same bytes while nothing
// of them changes (DESIGN).
func (t *telling) age(loan *kiva.Loan) Dated {
	w := t.words
	last := lastPayment(loan.Payments)
	switch {
	case loan.Status == kiva.Fundraising:
		return t.data
	case loan.Status == kiva.Paid && !loan.PaidDate.IsZero():
		return t.dated(w.RepaidOn, loan.PaidDate)
	case !last.IsZero():
		return t.dated(w.LastPayment, last)
	case loan.Status == kiva.Expired && !loan.Expires.IsZero():
		return t.dated(w.EndedOn, loan.Expires)
	case !loan.FundedDate.IsZero():
		return t.dated(w.FundedOn, loan.FundedDate)
	}
	return t.dated(w.PostedOn, loan.Posted)
}

// dated is empty for the zero time.
func (t *telling) dated(p locale.Pattern, day time.Time) Dated {
	if day.IsZero() {
		return Dated{}
	}
	return Dated{Label: t.say(nil, p, t.date(day)), Time: day}
}

func lastPayment(payments []kiva.Payment) time.Time {
	var last time.Time
	for i := range payments {
		if day := payday(&payments[i]); day.After(last) {
			last = day
		}
	}
	return last
}
