package snapshot

import (
	"unicode"
	"unicode/utf8"

	"loanleaf/kiva"
)

// marks are what the keys of a record tell of it beside its values.
type marks struct {
	id, status, amount bool
	partner            bool     // it has keys that only partners have
	foreign            *refusal // it has keys that neither has
}

// note looks at a key that is not read.
func (m *marks) note(name []byte) {
	switch string(name) {
	case "countries", "loans_posted", "total_amount_raised", "start_date", "delinquency_rate", "default_rate", "rating":
		m.partner = true
	case "bonus_credit_eligibility", "translator":
	default:
		if _, known := foreignKeys[string(name)]; known && m.foreign == nil {
			m.foreign = foreign(string(name))
		}
	}
}

// loan reads a record as a loan, in whichever shape: the listing and the
// detail of API v1, or the JSON snapshot's.
func (d *decoder) loan() (l kiva.Loan, seen marks) {
	d.currency = ""
	if !d.root() {
		return l, seen
	}
	for name := d.member(); name != nil; name = d.member() {
		switch string(name) {
		case "id":
			seen.id = true
			l.ID = d.id("id")
		case "status":
			seen.status = true
			l.Status, l.EndedWithLoss = d.status("status")
		case "loan_amount":
			seen.amount = true
			l.Amount = d.dollars("loan_amount")
		default:
			if !d.loanFigure(&l, name) && !d.loanText(&l, name) && !d.loanPart(&l, name) {
				seen.note(name)
				d.skip()
			}
		}
	}
	l.Terms, l.Payments = inCurrency(d.currency, l.Terms, l.Payments)
	return l, seen
}

// require notes what a loan cannot do without.
func (d *decoder) require(l *kiva.Loan, seen marks) {
	switch {
	case !seen.id:
		d.fail("id", "is missing")
	case !seen.status:
		d.fail("status", "is missing")
	case !l.Amount.Known():
		d.fail("loan_amount", "is missing")
	case !l.Amount.Positive():
		d.fail("loan_amount", "is 0")
	}
}

// loanFigure reads a figure or date of a loan; false when name is none.
func (d *decoder) loanFigure(l *kiva.Loan, name []byte) bool {
	switch string(name) {
	case "funded_amount":
		l.Raised = d.dollars("funded_amount")
	case "basket_amount":
		l.Basket = d.dollars("basket_amount")
	case "paid_amount":
		l.Repaid = d.dollars("paid_amount")
	case "currency_exchange_loss_amount":
		l.CurrencyLoss = d.dollars("currency_exchange_loss_amount")
	case "borrower_count":
		l.BorrowerCount = d.count("borrower_count")
	case "lender_count":
		l.LenderCount = d.count("lender_count")
	case "partner_id":
		l.PartnerID = d.reference("partner_id")
	case "delinquent":
		l.Delinquent = d.truth("delinquent")
	case "posted_date":
		l.Posted = d.date("posted_date")
	case "planned_expiration_date":
		l.Expires = d.date("planned_expiration_date")
	case "funded_date":
		l.FundedDate = d.date("funded_date")
	case "paid_date":
		l.PaidDate = d.date("paid_date")
	default:
		return false
	}
	return true
}

// loanText reads a text of a loan; false when name is none.
func (d *decoder) loanText(l *kiva.Loan, name []byte) bool {
	switch string(name) {
	case "name":
		l.Name = d.line("name", maxName)
	case "use":
		l.Use = d.line("use", maxLine)
	case "activity":
		l.Activity = d.line("activity", maxLine)
	case "sector":
		l.Sector = capitalised(d.line("sector", maxLine))
	case "theme":
		l.Themes = d.labels("theme", l.Themes)
	case "themes":
		l.Themes = d.labels("themes", l.Themes)
	case "tags":
		l.Tags = d.labels("tags", nil)
	case "description":
		l.Languages, l.Story = d.description("description")
	default:
		return false
	}
	return true
}

// loanPart reads a part of a loan that has parts itself; false when name is none.
func (d *decoder) loanPart(l *kiva.Loan, name []byte) bool {
	switch string(name) {
	case "image":
		l.ImageID = d.image("image")
	case "video":
		l.Video = d.video("video")
	case "location":
		l.Location = d.location("location")
	case "borrowers":
		l.Borrowers = d.borrowers("borrowers")
	case "terms":
		l.Terms = d.terms("terms")
	case "payments":
		l.Payments = d.payments("payments")
	case "journal_totals":
		l.Journals = d.journals("journal_totals")
	default:
		return false
	}
	return true
}

// status reads where a loan stands.
func (d *decoder) status(field string) (kiva.Status, bool) {
	return d.asStatus(field, d.word(field))
}

func (d *decoder) asStatus(field, word string) (kiva.Status, bool) {
	if word == "" {
		d.fail(field, "is missing")
		return kiva.StatusUnknown, false
	}
	status, withLoss, err := kiva.ParseStatus(word)
	if err != nil {
		d.fail(field, err.Error())
	}
	return status, withLoss
}

// capitalised makes the seed's "agriculture" the "Agriculture" of all data.
func capitalised(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(r) {
		return s
	}
	return string(unicode.ToTitle(r)) + s[size:]
}

// labels reads names of themes or tags: one text, a list of texts, or a list
// of {id, name}. Each comes once, after those known already. What is none of
// this is left out.
func (d *decoder) labels(field string, known []string) []string {
	all := distinct{list: known}
	label := func() {
		switch d.json.peek() {
		case '"':
			all.add(d.line(field, maxLine))
		case '{':
			d.object(field)
			for name := d.member(); name != nil; name = d.member() {
				if string(name) == "name" {
					all.add(d.line("name", maxLine))
				} else {
					d.skip()
				}
			}
		default:
			d.skip()
		}
	}
	d.optional(func() {
		if d.json.peek() != '[' {
			label()
			return
		}
		for more := d.list(field); more && d.element(); {
			label()
		}
	})
	return all.list
}

// image reads the id of a picture; a broken one is none.
func (d *decoder) image(field string) (id int64) {
	d.optional(func() {
		if !d.object(field) {
			return
		}
		for name := d.member(); name != nil; name = d.member() {
			if string(name) == "id" {
				id = d.reference("id")
			} else {
				d.skip()
			}
		}
	})
	return id
}

// video reads a video of YouTube; one whose id is no such id is none.
func (d *decoder) video(field string) *kiva.Video {
	var v kiva.Video
	d.optional(func() {
		if !d.object(field) {
			return
		}
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "id":
				v.ID = d.reference("id")
			case "youtube_id":
				v.YouTubeID = d.word("youtube_id")
			default:
				d.skip()
			}
		}
	})
	if !youTubeID(v.YouTubeID) {
		return nil
	}
	return &v
}

// youTubeID holds ids to what may stand in an address.
func youTubeID(id string) bool {
	if len(id) < 6 || len(id) > 20 {
		return false
	}
	for i := range len(id) {
		c := id[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '-') {
			return false
		}
	}
	return true
}

// journals reads how many updates there are; broken counts are none.
func (d *decoder) journals(field string) *kiva.JournalTotals {
	var j *kiva.JournalTotals
	fine := d.optional(func() {
		if !d.object(field) {
			return
		}
		j = &kiva.JournalTotals{}
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "entries":
				j.Entries = d.count("entries")
			case "bulkEntries", "bulk_entries":
				j.Bulk = d.count("bulkEntries")
			default:
				d.skip()
			}
		}
	})
	if !fine {
		return nil
	}
	return j
}
