package store

import "loanleaf/kiva"

// detail reads what a loan has beyond its listing.
func (r *cborReader) detail(d *detail) bool {
	r.fields(func(key uint64) bool {
		switch key {
		case 15:
			d.BorrowerCount = int(r.int())
		case 17:
			d.Borrowers = list(r, r.borrower)
		case 21:
			d.Video = r.video()
		case 27:
			d.Story = list(r, r.story)
		case 29:
			d.Terms = r.terms()
		case 31:
			d.Journals = r.journals()
		case 100:
			d.LocalPayments = r.bytes()
		case 101:
			d.ScheduledPayments = r.bytes()
		case 102:
			d.Payments = r.bytes()
		default:
			return false
		}
		return true
	})
	return r.ended()
}

func (r *cborReader) borrower() (b kiva.Borrower) {
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			b.FirstName = r.string()
		case 2:
			b.LastName = r.string()
		case 3:
			b.Gender = kiva.Gender(r.string())
		case 4:
			b.Pictured = r.bool()
		default:
			return false
		}
		return true
	})
	return b
}

func (r *cborReader) video() *kiva.Video {
	v := &kiva.Video{}
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			v.ID = r.int()
		case 2:
			v.YouTubeID = r.string()
		default:
			return false
		}
		return true
	})
	return v
}

func (r *cborReader) story() (t kiva.Text) {
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			t.Language = r.string()
		case 2:
			t.Body = r.string()
		default:
			return false
		}
		return true
	})
	return t
}

// terms have their payments packed, beside them.
func (r *cborReader) terms() *kiva.Terms {
	t := &kiva.Terms{}
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			t.Disbursed = r.time()
		case 2:
			t.LocalAmount = r.money()
		case 3:
			t.Interval = r.string()
		case 4:
			t.Months = int(r.int())
		case 7:
			t.Liability = r.liability()
		default:
			return false
		}
		return true
	})
	return t
}

func (r *cborReader) liability() *kiva.LossLiability {
	l := &kiva.LossLiability{}
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			l.Nonpayment = r.string()
		case 2:
			l.CurrencyExchange = r.string()
		case 3:
			l.CoveragePercent = int(r.int())
		default:
			return false
		}
		return true
	})
	return l
}

func (r *cborReader) journals() *kiva.JournalTotals {
	j := &kiva.JournalTotals{}
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			j.Entries = int(r.int())
		case 2:
			j.Bulk = int(r.int())
		default:
			return false
		}
		return true
	})
	return j
}
