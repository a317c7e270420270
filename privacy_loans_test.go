package main

import (
	"fmt"
	"maps"
)

// object is a JSON object.
type object = map[string]any

// unlisted adds to an object what no public object has: fields of lenders, of
// the partner API, of the private user API, and of nobody.
func unlisted(o object) object {
	for i, key := range []string{
		"internal_loan_id", "internal_client_id", "client_id", "loanuse", "delinquency_notes", "delinquency_reason", "comment", "comments",
		"lender_ids", "lenders", "byline", "email", "phone", "national_id", "birth_date", "address", "user_balance", "promo_balance",
		"access_token", "notes", "_draft", "unheard_of", "$id", "Name", "STATUS", "html",
	} {
		mark := fmt.Sprintf("%s%02d", hiddenMark, i)
		switch i % 4 {
		case 0:
			o[key] = mark
		case 1:
			o[key] = []any{mark, object{"name": mark}}
		case 2:
			o[key] = object{"name": mark, "deep": object{"url": "https://" + mark + ".example/"}}
		default:
			o[key] = "<b>" + mark + "</b>"
		}
	}
	return o
}

// with is a copy of an object with one value put in its place.
func with(o object, key string, value any) object {
	o = maps.Clone(o)
	o[key] = value
	return o
}

// markedLoan is a loan that is shown. Every object in it carries unlisted
// fields, and its own fields carry public marks.
func markedLoan(id int) object {
	return unlisted(object{
		"id": id, "name": shownMark + "name", "status": "in_repayment",
		"loan_amount": 450, "funded_amount": 450, "paid_amount": 100, "lender_count": 3,
		"activity": shownMark + "activity", "sector": "Food", "use": "to buy " + shownMark + "use",
		"description": unlisted(object{"languages": []any{"en"}, "texts": object{"en": "She tells " + shownMark + "story.", "??": hiddenMark}}),
		"location": unlisted(object{"country_code": "VN", "country": "Vietnam", "town": shownMark + "town",
			"geo": unlisted(object{"level": "town", "pairs": "19.8 105.7", "type": "point"})}),
		"image": unlisted(object{"id": 73100009, "template_id": 1}), "video": unlisted(object{"id": 5, "youtube_id": "abcdefghijk", "title": hiddenMark}),
		"partner_id": 71, "posted_date": "2026-03-01T08:00:00Z", "funded_date": "2026-03-05T08:00:00Z", "planned_expiration_date": "2026-04-01T08:00:00Z",
		"borrowers": []any{unlisted(object{"first_name": shownMark + "borrower", "last_name": "", "gender": "F", "pictured": true})},
		"terms": unlisted(object{"disbursal_date": "2026-03-10T08:00:00Z", "disbursal_currency": "VND", "disbursal_amount": 11000000,
			"repayment_interval": "Monthly", "repayment_term": 12, "loan_amount": 450,
			"local_payments":     []any{unlisted(object{"due_date": "2029-04-10T08:00:00Z", "amount": 11000000})},
			"scheduled_payments": []any{unlisted(object{"due_date": "2029-05-10T08:00:00Z", "amount": 450})},
			"loss_liability":     unlisted(object{"nonpayment": "lender", "currency_exchange": "shared"})}),
		"payments": []any{unlisted(object{"amount": 100, "local_amount": 2400000, "processed_date": "2026-05-10T08:00:00Z",
			"settlement_date": "2026-05-20T08:00:00Z", "payment_id": 9, "comment": hiddenMark, "rounded_local_amount": hiddenMark})},
		"journal_totals": unlisted(object{"entries": 1, "bulkEntries": 0}),
		"tags":           []any{unlisted(object{"name": "#Parent"})},
		"translator":     unlisted(object{"byline": hiddenMark + "translator", "image": 73100001}),
	})
}

func markedGroup(id int) object {
	o := markedLoan(id)
	o["borrowers"] = []any{
		unlisted(object{"first_name": shownMark + "borrower", "last_name": "", "gender": "F", "pictured": true}),
		unlisted(object{"first_name": "Linh", "last_name": "", "gender": "F", "pictured": false}),
	}
	o["image"] = unlisted(object{"id": 73100010, "template_id": 1})
	o["status"] = "fundraising"
	o["funded_amount"], o["paid_amount"], o["payments"], o["funded_date"] = 100, nil, nil, nil
	o["planned_expiration_date"] = "2027-04-01T08:00:00Z"
	return o
}

// secretLoan is a loan of which nothing may be shown: every value that can is
// marked, the public ones too.
func secretLoan(id int) object {
	return unlisted(object{
		"id": id, "name": hiddenMark + "name", "status": "in_repayment",
		"loan_amount": 450, "funded_amount": 450, "paid_amount": 100, "lender_count": 3,
		"activity": "Poultry", "sector": "Food", "use": "to buy " + hiddenMark + "use",
		"description": unlisted(object{"languages": []any{"en"}, "texts": object{"en": "She tells " + hiddenMark + "story."}}),
		"location": unlisted(object{"country_code": "VN", "country": "Vietnam", "town": hiddenMark + "town",
			"geo": unlisted(object{"level": "exact", "pairs": "61.73219 44.51937", "type": "point"})}),
		"image": unlisted(object{"id": 73100001 + id%3, "template_id": 1}), "video": unlisted(object{"id": 5, "youtube_id": hiddenMark}),
		"partner_id": 71, "posted_date": "2026-03-01T08:00:00Z", "planned_expiration_date": "2026-04-01T08:00:00Z",
		"borrowers": []any{unlisted(object{"first_name": hiddenMark + "first", "last_name": hiddenMark + "last", "gender": "F", "pictured": true})},
		"terms": unlisted(object{"disbursal_date": "2031-03-10T08:00:00Z", "disbursal_currency": "VND", "disbursal_amount": 987654.61,
			"repayment_interval": hiddenMark, "repayment_term": 12, "loan_amount": 450,
			"local_payments":     []any{unlisted(object{"due_date": "2031-04-10T08:00:00Z", "amount": 987654.61})},
			"scheduled_payments": []any{unlisted(object{"due_date": "2032-05-10T08:00:00Z", "amount": 987654.61})},
			"loss_liability":     unlisted(object{"nonpayment": "lender", "currency_exchange": "shared"})}),
		"payments": []any{unlisted(object{"amount": 987654.61, "local_amount": 987654.61, "processed_date": "2031-05-10T08:00:00Z",
			"settlement_date": "2032-05-20T08:00:00Z", "payment_id": 73100001})},
		"journal_totals": unlisted(object{"entries": 1, "bulkEntries": 0}),
		"tags":           []any{unlisted(object{"name": "#" + hiddenMark})}, "themes": []any{hiddenMark},
		"translator": unlisted(object{"byline": hiddenMark + "translator", "image": 73100001}),
	})
}

// anonymous is a loan that is shown, of somebody who must not be found: all
// that could lead to a person is marked. Where it has no name it has no
// borrowers either, which is how such loans come.
func anonymous(id int, name string) object {
	o := secretLoan(id)
	o["name"] = name
	if name == "" {
		delete(o, "name")
		delete(o, "borrowers")
	}
	return o
}

// markedPartner is shown, and carries unlisted fields.
func markedPartner() object {
	return unlisted(object{
		"id": 71, "name": shownMark + "partner", "status": "active", "rating": "3.5", "start_date": "2008-01-01T08:00:00Z",
		"image": unlisted(object{"id": 73100001, "template_id": 1}),
		"countries": []any{unlisted(object{"iso_code": "VN", "name": "Vietnam", "region": "Asia",
			"location": unlisted(object{"geo": unlisted(object{"level": "country", "pairs": "61.73219 44.51937", "type": "point"})})})},
		"delinquency_rate": 0.5, "default_rate": 0.1, "total_amount_raised": 5000, "loans_posted": 12, "charges_fees_and_interest": true,
		"delinquency_rate_note": hiddenMark, "default_rate_note": hiddenMark, "portfolio_yield_note": hiddenMark, "profitability_note": hiddenMark,
	})
}
