package sample

import "strconv"

// appendTo writes the drawn loan as one line of API v1 detail (kiva-data §1), absent values left out as the API does. An
// anonymous loan keeps its town and terms, as in real snapshots: taking those away is the duty of whoever reads it.
func (p *press) appendTo(b []byte) []byte {
	l := &p.loan
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, l.id, 10)
	if !l.anonymous {
		b = appendField(b, `,"name":`, l.name)
		b = p.appendDescription(b)
	}
	b = appendField(b, `,"status":`, string(l.state))
	b = appendInt(b, `,"funded_amount":`, l.raised)
	if l.state == fundraising {
		b = appendInt(b, `,"basket_amount":`, l.basket)
	}
	if l.state == inRepayment || l.state == paid || l.state == defaulted {
		b = appendCents(append(b, `,"paid_amount":`...), l.paidCents)
	}
	if l.imageID != 0 && !l.anonymous {
		b = appendInt(b, `,"image":{"id":`, int(l.imageID))
		b = append(b, `,"template_id":1}`...)
	}
	if l.video && !l.anonymous {
		b = appendInt(b, `,"video":{"id":`, int(l.id%10_000))
		b = append(b, `,"youtube_id":"sample`...)
		b = strconv.AppendInt(b, 10_000+l.id%90_000, 10)
		b = append(b, `"}`...)
	}
	b = appendField(b, `,"activity":`, l.activity.name)
	b = appendField(b, `,"sector":`, l.activity.sector)
	b = p.appendTheme(b)
	if l.anonymous {
		b = append(b, `,"use":""`...)
	} else {
		b = appendText(append(b, `,"use":`...), l.use)
	}
	b = p.appendLocation(b)
	if l.partner != nil {
		b = appendInt(b, `,"partner_id":`, l.partner.id)
	}
	b = appendMoment(b, `,"posted_date":"`, l.posted)
	if l.expires != 0 {
		b = appendMoment(b, `,"planned_expiration_date":"`, l.expires)
	}
	b = appendInt(b, `,"loan_amount":`, l.amount)
	b = appendInt(b, `,"lender_count":`, l.lenders)
	b = append(b, `,"bonus_credit_eligibility":`...)
	b = strconv.AppendBool(b, l.amount < 1000 && l.posted >= expiryBegins)
	b = p.appendTags(b)
	b = p.appendBorrowers(b)
	b = p.appendTerms(b)
	b = p.appendPayments(b)
	if l.fundedAt != 0 {
		b = appendMoment(b, `,"funded_date":"`, l.fundedAt)
	}
	if l.state == paid {
		b = appendMoment(b, `,"paid_date":"`, l.payments[len(l.payments)-1].settled)
	}
	if l.lostCents > 0 {
		b = appendCents(append(b, `,"currency_exchange_loss_amount":`...), l.lostCents)
	}
	return append(p.appendJournals(b), "}\n"...)
}

func (p *press) appendDescription(b []byte) []byte {
	s := &p.loan.story
	b = append(b, `,"description":{"languages":[`...)
	for i, tongue := range s.tongues {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, languages[tongue])
	}
	b = append(b, `],"texts":{`...)
	for i, text := range s.texts {
		if len(text) == 0 {
			break
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, languages[s.tongues[i]]), ':')
		b = appendText(b, text)
	}
	return append(b, `}}`...)
}

// appendTheme writes the one "theme" of 2014 or the list of later years.
func (p *press) appendTheme(b []byte) []byte {
	l := &p.loan
	switch {
	case l.theme == "":
		return b
	case l.posted < date(2015, 1, 1).at(0):
		return appendField(b, `,"theme":`, l.theme)
	default:
		return append(appendField(b, `,"themes":[`, l.theme), ']')
	}
}

func (p *press) appendLocation(b []byte) []byte {
	l := &p.loan
	b = appendField(b, `,"location":{"country_code":`, l.country.code)
	b = appendField(b, `,"country":`, l.country.name)
	if l.town != "" {
		b = appendField(b, `,"town":`, l.town)
	}
	b = append(b, `,"geo":{"level":"country"`...)
	b = appendField(b, `,"pairs":`, l.country.center)
	return append(b, `,"type":"point"}}`...)
}

func (p *press) appendTags(b []byte) []byte {
	b = append(b, `,"tags":[`...)
	for i, tag := range p.loan.tags {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendField(b, `{"name":`, tag), '}')
	}
	return append(b, ']')
}

func (p *press) appendBorrowers(b []byte) []byte {
	l := &p.loan
	b = append(b, `,"borrowers":[`...)
	if l.anonymous {
		return append(b, ']')
	}
	for i, who := range l.borrowers {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(b, `{"first_name":`, who.first)
		if l.posted < expiryBegins { // family names were left out from 2012 on
			b = appendField(b, `,"last_name":`, who.last)
		} else {
			b = append(b, `,"last_name":""`...)
		}
		if who.woman {
			b = append(b, `,"gender":"F","pictured":`...)
		} else {
			b = append(b, `,"gender":"M","pictured":`...)
		}
		b = append(strconv.AppendBool(b, who.pictured && l.imageID != 0), '}')
	}
	return append(b, ']')
}

func (p *press) appendTerms(b []byte) []byte {
	l := &p.loan
	t := &l.terms
	b = appendMoment(b, `,"terms":{"disbursal_date":"`, t.disbursed.pacificMidnight())
	b = appendField(b, `,"disbursal_currency":`, l.currency)
	b = appendInt(b, `,"disbursal_amount":`, int(t.localAmount))
	if !t.intervalUnstated {
		b = appendField(b, `,"repayment_interval":`, t.interval)
		b = appendInt(b, `,"repayment_term":`, t.months)
	}
	b = appendInt(b, `,"loan_amount":`, l.amount)
	b = appendDues(b, `,"local_payments":[`, t.local)
	b = appendDues(b, `,"scheduled_payments":[`, t.scheduled)
	b = appendField(b, `,"loss_liability":{"nonpayment":`, t.nonpayment)
	b = appendField(b, `,"currency_exchange":`, t.exchange)
	if t.coverage != "" {
		b = append(append(b, `,"currency_exchange_coverage_rate":`...), t.coverage...)
	}
	return append(b, `}}`...)
}

func appendDues(b []byte, key string, dues []due) []byte {
	b = append(b, key...)
	for i, d := range dues {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendMoment(b, `{"due_date":"`, d.on.pacificMidnight())
		b = append(appendCents(append(b, `,"amount":`...), d.cents), '}')
	}
	return append(b, ']')
}

func (p *press) appendPayments(b []byte) []byte {
	b = append(b, `,"payments":[`...)
	for i, pay := range p.loan.payments {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCents(append(b, `{"amount":`...), pay.cents)
		b = appendCents(append(b, `,"local_amount":`...), pay.local)
		b = appendMoment(b, `,"processed_date":"`, pay.processed)
		b = appendMoment(b, `,"settlement_date":"`, pay.settled)
		b = appendInt(b, `,"rounded_local_amount":`, int((pay.local+50)/100))
		b = appendCents(append(b, `,"currency_exchange_loss_amount":`...), pay.lost)
		b = appendInt(b, `,"payment_id":`, int(pay.id))
		if pay.remark != "" {
			b = appendField(b, `,"comment":`, pay.remark)
		}
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendJournals writes journal totals and, for a translated story, who translated it.
func (p *press) appendJournals(b []byte) []byte {
	l := &p.loan
	n := 0
	if l.state != fundraising && p.often(35_000) {
		n = p.between(1, 3)
	}
	b = appendInt(b, `,"journal_totals":{"entries":`, n)
	b = append(appendInt(b, `,"bulkEntries":`, min(n, p.IntN(3))), '}')
	if len(l.story.tongues) > 1 && l.story.tongues[0] != english && !l.anonymous {
		who := p.IntN(len(translators))
		b = appendField(b, `,"translator":{"byline":`, translators[who])
		b = append(appendInt(b, `,"image":`, 900+who), '}')
	}
	return b
}

var translators = [...]string{"Ada Example", "Bruno Sample", "Clara Muster", "Dmitri Obrazets", "Elena Ejemplo", "Fanny Exemple"}

func appendInt(b []byte, key string, n int) []byte {
	return strconv.AppendInt(append(b, key...), int64(n), 10)
}

func appendMoment(b []byte, key string, m moment) []byte {
	return append(m.appendTo(append(b, key...)), '"')
}

// appendCents writes cents as a number of whole units, as short as it goes: 4834 is 48.34, 5000 is 50.
func appendCents(b []byte, cents int64) []byte {
	b = strconv.AppendInt(b, cents/100, 10)
	switch rest := cents % 100; {
	case rest == 0:
		return b
	case rest%10 == 0:
		return append(b, '.', byte('0'+rest/10))
	default:
		return append(b, '.', byte('0'+rest/10), byte('0'+rest%10))
	}
}

func appendField(b []byte, key, value string) []byte { return appendText(append(b, key...), value) }

// appendText writes a JSON string. The text is our own: valid UTF-8, and no control characters beyond \t, \n and \r.
func appendText[T string | []byte](b []byte, s T) []byte {
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		if c := s[i]; c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		escaped := s[i]
		switch escaped {
		case '\t':
			escaped = 't'
		case '\n':
			escaped = 'n'
		case '\r':
			escaped = 'r'
		}
		b = append(append(b, s[from:i]...), '\\', escaped)
		from = i + 1
	}
	return append(append(b, s[from:]...), '"')
}
