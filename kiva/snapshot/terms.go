package snapshot

import (
	"slices"
	"strings"

	"loanleaf/kiva"
)

// unsettled stands for the local currency until the whole record is read, for
// its name may come after the amounts.
const unsettled = "local"

// terms reads how the loan is disbursed and repaid.
func (d *decoder) terms(field string) *kiva.Terms {
	if !d.object(field) {
		return nil
	}
	var t kiva.Terms
	for name := d.member(); name != nil; name = d.member() {
		switch string(name) {
		case "disbursal_date":
			t.Disbursed = d.date("disbursal_date")
		case "disbursal_amount":
			t.LocalAmount = d.money("disbursal_amount", unsettled)
		case "disbursal_currency":
			d.optional(func() { d.currency = currencyCode(d.word("disbursal_currency")) })
		case "repayment_interval":
			t.Interval = d.line("repayment_interval", maxName)
		case "repayment_term":
			t.Months = d.count("repayment_term")
		case "local_payments":
			t.LocalPayments = d.instalments("local_payments", unsettled)
		case "scheduled_payments":
			t.ScheduledPayments = d.instalments("scheduled_payments", "USD")
		case "loss_liability":
			t.Liability = d.liability("loss_liability")
		default:
			d.skip()
		}
	}
	return &t
}

// currencyCode holds a code to ISO 4217's shape, in capitals; else "".
func currencyCode(word string) string {
	word = strings.ToUpper(strings.TrimSpace(word))
	if len(word) != 3 || !capital(word[0]) || !capital(word[1]) || !capital(word[2]) {
		return ""
	}
	return word
}

// inCurrency gives the local amounts their currency. Where it is not known
// they are left out: an amount of nothing known says nothing.
func inCurrency(currency string, t *kiva.Terms, payments []kiva.Payment) (*kiva.Terms, []kiva.Payment) {
	settle := func(m *kiva.Money) {
		if m.Currency != unsettled {
			return
		}
		if m.Currency = currency; currency == "" {
			*m = kiva.Money{}
		}
	}
	if t != nil {
		settle(&t.LocalAmount)
		if currency == "" {
			t.LocalPayments = nil
		}
		for i := range t.LocalPayments {
			settle(&t.LocalPayments[i].Amount)
		}
	}
	for i := range payments {
		settle(&payments[i].Local)
	}
	return t, payments
}

// instalments reads a schedule. An instalment needs both its parts.
func (d *decoder) instalments(field, currency string) []kiva.Instalment {
	d.schedule = d.schedule[:0]
	for more := d.list(field); more && d.element(); {
		if !d.object("") {
			continue
		}
		var one kiva.Instalment
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "due_date":
				one.Due = d.date("due_date")
			case "amount":
				one.Amount = d.money("amount", currency)
			default:
				d.skip()
			}
		}
		switch {
		case d.err != nil:
		case one.Due.IsZero():
			d.fail("due_date", "is missing")
		case !one.Amount.Known():
			d.fail("amount", "is missing")
		}
		d.schedule = append(d.schedule, one)
	}
	if len(d.schedule) == 0 {
		return nil
	}
	return slices.Clone(d.schedule)
}

// liability reads who bears a loss. Words that API v1 does not have are left
// out.
func (d *decoder) liability(field string) *kiva.LossLiability {
	if !d.object(field) {
		return nil
	}
	var l kiva.LossLiability
	for name := d.member(); name != nil; name = d.member() {
		switch string(name) {
		case "nonpayment":
			l.Nonpayment = d.oneOf("nonpayment", "lender", "partner")
		case "currency_exchange":
			l.CurrencyExchange = d.oneOf("currency_exchange", "shared", "partner", "lender", "none")
		case "currency_exchange_coverage_rate":
			l.CoveragePercent = d.asPercent("currency_exchange_coverage_rate", d.scalar("currency_exchange_coverage_rate"))
		default:
			d.skip()
		}
	}
	return &l
}

// asPercent reads a share of 1 in hundredths; 0 when it is absent.
func (d *decoder) asPercent(field string, v []byte) int {
	// A share has the form of an amount.
	rate := d.asMoney(field, v, "USD")
	if rate.Units > kiva.MoneyScale {
		d.fail(field, "is above 1")
		return 0
	}
	return int((rate.Units + kiva.MoneyScale/200) / (kiva.MoneyScale / 100))
}

// oneOf reads one of a few words; anything else is not stated.
func (d *decoder) oneOf(field string, words ...string) (found string) {
	d.optional(func() {
		word := d.word(field)
		for _, known := range words {
			if word == known {
				found = word
			}
		}
	})
	return found
}

// payments reads what came back and was reconciled.
func (d *decoder) payments(field string) []kiva.Payment {
	var payments []kiva.Payment
	for more := d.list(field); more && d.element(); {
		if !d.object("") {
			continue
		}
		var p kiva.Payment
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "payment_id":
				p.ID = d.reference("payment_id")
			case "amount":
				p.Amount = d.dollars("amount")
			case "local_amount":
				p.Local = d.money("local_amount", unsettled)
			case "currency_exchange_loss_amount":
				p.CurrencyLoss = d.dollars("currency_exchange_loss_amount")
			case "processed_date":
				p.Processed = d.date("processed_date")
			case "settlement_date":
				p.Settled = d.date("settlement_date")
			default:
				d.skip()
			}
		}
		payments = append(payments, p)
	}
	return payments
}
