package oembed

import (
	"time"

	"loanleaf/kiva"
	"loanleaf/templates/view"
)

// Facts are the keys that oEmbed does not have (2.3.4 welcomes them; the table
// is in the package comment). They are flat and the same in every format, and
// all of them are text, numbers too: consumers that know a key expect what the
// specification says of it, and of these it says nothing. No key begins like an
// HTML entity. There is no price, because a loan is not for sale.
type Facts struct {
	Description   string
	WebPage       string // absolute address of the loan's page
	ID            int64
	Status        string // API v1's word
	Country       string
	CountryCode   string // ISO 3166-1, two letters
	Sector        string
	Activity      string
	Amount        kiva.Money
	Raised        kiva.Money // of Amount; absent when it is not known
	PercentRaised int        // 0 to 100; said where Raised is
	Repaid        kiva.Money // absent when it is not known
	Posted        time.Time  // day; zero when it is not known
	Expires       time.Time  // day until which it raises funds; zero when it does not
}

func factsOf(loan view.Loan) Facts {
	d := loan.Data
	f := Facts{
		Description: loan.Description, WebPage: loan.Page, ID: loan.ID, Status: loan.Status.String(),
		Country: loan.Country, CountryCode: d.CountryCode, Sector: loan.Sector.Text, Activity: loan.Activity.Text,
		Amount: d.Amount, Raised: d.Raised, PercentRaised: d.PercentFunded, Repaid: d.Repaid, Posted: d.Posted,
	}
	if loan.Status == kiva.Fundraising {
		f.Expires = d.Expires
	}
	return f
}

func (f *Facts) addTo(l list) list {
	l = l.text("description", f.Description)
	l = l.text("web_page", f.WebPage)
	if f.ID > 0 {
		l = l.numeral("loan_id", f.ID)
		l = l.text("status", f.Status)
	}
	l = l.text("country", f.Country)
	l = l.text("country_code", f.CountryCode)
	l = l.text("loan_sector", f.Sector)
	l = l.text("activity", f.Activity)
	l = l.amount("loan_amount", f.Amount)
	l = l.text("loan_currency", f.Amount.Currency)
	if f.of(f.Raised) {
		l = l.amount("funded_amount", f.Raised)
		l = l.numeral("percent_funded", int64(f.PercentRaised))
	}
	if f.of(f.Repaid) {
		l = l.amount("repaid_amount", f.Repaid)
	}
	l = l.day("posted_date", f.Posted)
	l = l.day("planned_expiration_date", f.Expires)
	return l
}

// of tells whether a figure is in the currency that loan_currency names.
func (f *Facts) of(m kiva.Money) bool { return m.Known() && m.Currency == f.Amount.Currency }
