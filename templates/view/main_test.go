package view

import (
	"flag"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

var update = flag.Bool("update", false, "write the golden files anew")

// gallery has every picture, in sizes that are known.
type gallery struct{}

func (gallery) PictureSize(size string, _ int64) (width, height int, ok bool) {
	if size == "s300" {
		return 300, 300, true
	}
	return 450, 338, true
}

// newTeller tells in English of a site with pictures and a place to lend.
func newTeller(t testing.TB, change ...func(*site.Config)) *Teller {
	t.Helper()
	config := site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: []string{"en"},
		Images: site.ServedImages, Gallery: gallery{}, OEmbed: site.Static,
		LendURL: "https://lend.example/<id>",
	}
	for _, c := range change {
		c(&config)
	}
	s, err := site.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return In(s, english(t), date("2026-11-21"))
}

// newTellers tell of the same site in each of its four languages.
func newTellers(t testing.TB) []*Teller {
	t.Helper()
	tellers := []*Teller{newTeller(t, func(c *site.Config) { c.Languages = locale.Shipped() })}
	for _, l := range tellers[0].site.Languages()[1:] {
		tellers = append(tellers, In(tellers[0].site, l, date("2026-11-21")))
	}
	return tellers
}

func english(t testing.TB) *locale.Language {
	t.Helper()
	en, ok := locale.Get("en")
	if !ok {
		t.Fatal("there is no English")
	}
	return en
}

func date(day string) time.Time {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return d
}

func usd(cents int64) kiva.Money {
	return kiva.Money{Units: cents * kiva.MoneyScale / 100, Currency: "USD"}
}

// mai is a loan of $550 of which nothing else is known than who asks for it.
func mai(status kiva.Status, change ...func(*kiva.Loan)) *kiva.Loan {
	loan := &kiva.Loan{ID: 100000, Name: "Mai", Status: status, Amount: kiva.USD(550)}
	for _, c := range change {
		c(loan)
	}
	return loan
}

func raisedSum(dollars int64) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Raised = kiva.USD(dollars) }
}

func reservedSum(dollars int64) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Basket = kiva.USD(dollars) }
}

func repaidSum(cents int64) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Repaid = usd(cents) }
}

func exchangeLoss(dollars int64) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.CurrencyLoss = kiva.USD(dollars) }
}

func until(day string) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Expires = date(day) }
}

func fundedOn(day string) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.FundedDate = date(day) }
}

func paidOn(day string) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.PaidDate = date(day) }
}

func endedWithLoss(l *kiva.Loan) { l.EndedWithLoss = true }

func late(l *kiva.Loan) { l.Delinquent = true }

func anonymous(l *kiva.Loan) { l.Name = "Anonymous" }

func group(l *kiva.Loan) { l.Name, l.BorrowerCount = "Thanh Hoa Group", 12 }

func used(text string) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Use = text }
}

func named(name string) func(*kiva.Loan) {
	return func(l *kiva.Loan) { l.Name = name }
}

func withoutLending(c *site.Config) { c.LendURL = "" }
