package smoke

import (
	"context"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/store"
)

// kind is a loan of the matrix, without its picture; nil where there is none.
type kind struct {
	name string
	loan *kiva.Loan
}

// kinds are every state of the design, with figures and with as few as data may
// have, and what is hard to fit: groups, long names, names in other scripts,
// nobody's name, and no loan at all.
func kinds() []kind {
	on := func(year, month, day int) time.Time {
		return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	}
	made := func(status kiva.Status, changes ...func(*kiva.Loan)) *kiva.Loan {
		l := &kiva.Loan{
			Name: "Mai", Status: status, Amount: kiva.USD(550), Use: "to buy more ducks and chickens for her small farm",
			Activity: "Poultry", Sector: "Agriculture", Location: kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoá"},
			PartnerID: 1, Languages: []string{"en"},
		}
		for _, change := range changes {
			change(l)
		}
		return l
	}
	known := func(l *kiva.Loan) {
		l.Posted, l.Expires = on(2026, 11, 2), on(2026, 12, 12)
		l.Raised, l.LenderCount = kiva.USD(125), 5
		if l.Status != kiva.Fundraising && l.Status != kiva.Expired && l.Status != kiva.Refunded {
			l.Raised, l.FundedDate = l.Amount, on(2026, 3, 3)
		}
	}
	repaid := func(dollars int64) func(*kiva.Loan) {
		return func(l *kiva.Loan) {
			known(l)
			l.Repaid = kiva.USD(dollars)
			l.Payments = []kiva.Payment{{Amount: l.Repaid, Settled: on(2026, 9, 17)}}
			if l.Status == kiva.Paid {
				l.PaidDate = on(2026, 9, 17)
			}
		}
	}
	loss := func(l *kiva.Loan) { l.CurrencyLoss = kiva.Money{Units: 1_240 * kiva.MoneyScale / 100, Currency: "USD"} }
	long := func(l *kiva.Loan) {
		known(l)
		l.Name = "Genossenschaft der Reisbäuerinnen von Thanh Hoa und Umgebung (Gruppe 14)"
		l.Amount, l.Raised, l.Basket = kiva.USD(7425), kiva.Money{Units: 685_025 * kiva.MoneyScale / 100, Currency: "USD"}, kiva.USD(575)
		l.Activity = "Personal Products Sales and Services"
		l.Location = kiva.Location{CountryCode: "CD", Country: "The Democratic Republic of the Congo", Town: "Santiago Ixcuintla de los Caballeros"}
		l.Use = "to buy certified seed, fertiliser, two second-hand pumps and the fuel that they need for a whole season, and to pay the " +
			"workers who plant, weed and harvest until the rice is sold at the market in the provincial capital"
	}
	return []kind{
		{"fundraising", made(kiva.Fundraising, known)}, {"fundraising, no figures", made(kiva.Fundraising)},
		{"reserved", made(kiva.Fundraising, known, func(l *kiva.Loan) { l.Basket = kiva.USD(425) })},
		{"funded", made(kiva.Funded, known)}, {"funded, no figures", made(kiva.Funded)},
		{"in repayment", made(kiva.InRepayment, repaid(220), func(l *kiva.Loan) { l.Delinquent = true })}, {"in repayment, no figures", made(kiva.InRepayment)},
		{"paid", made(kiva.Paid, repaid(550))}, {"paid, no figures", made(kiva.Paid)},
		{"paid with a loss", made(kiva.Paid, repaid(530), loss)},
		{"defaulted", made(kiva.Defaulted, repaid(310))}, {"defaulted, no figures", made(kiva.Defaulted)},
		{"refunded", made(kiva.Refunded, known)}, {"refunded, no figures", made(kiva.Refunded)},
		{"expired", made(kiva.Expired, known)}, {"expired, no figures", made(kiva.Expired)},
		{"group", made(kiva.InRepayment, repaid(220), func(l *kiva.Loan) { l.Name, l.BorrowerCount = "Tumaini Women's Group", 14 })},
		{"long", made(kiva.Fundraising, long)},
		{"long group", made(kiva.Defaulted, long, func(l *kiva.Loan) { l.BorrowerCount, l.Repaid = 14, kiva.USD(310) })},
		{"one long word", made(kiva.Paid, repaid(550), func(l *kiva.Loan) { l.Name, l.Use = strings.Repeat("Nahas", 12), "to "+strings.Repeat("buy", 60) })},
		{"Khmer", made(kiva.Fundraising, known, func(l *kiva.Loan) {
			l.Name, l.Location.Town = "ស្រីមុំ និងក្រុមគ្រួសារ", "ខេត្តព្រះវិហារ"
		})},
		{"Arabic", made(kiva.Expired, known, func(l *kiva.Loan) { l.Name, l.Location.Town = "سلمى بنت عبد الرحمن", "جرش" })},
		{"nobody's name", made(kiva.Fundraising, known, func(l *kiva.Loan) { l.Name, l.Use, l.Location.Town = "Anonymous", "", "" })},
		{"nobody's name, no figures", made(kiva.InRepayment, func(l *kiva.Loan) { l.Name, l.Use, l.Location.Town = "Anonymous", "", "" })},
		{"gone", nil},
	}
}

// pictured tells whether a loan of this kind may have a picture.
func (k kind) pictured() bool { return k.loan != nil && !k.loan.Anonymous() }

// images are the pictures of the matrix: none, a wide one, a high one, by the
// sample's numbers.
var images = []struct {
	name string
	id   int64
}{{"no picture", 0}, {"wide picture", 7080}, {"high picture", 7097}}

// matrixID is the number of a kind's loan with one of the images.
func matrixID(kind, image int) int64 { return int64(1000 + 10*kind + image) }

// matrixStore has the loan of every kind with every image.
func matrixStore(t *testing.T) *store.Store {
	t.Helper()
	return storeOf(t, func(ctx context.Context, into *store.Import) error {
		for i, k := range kinds() {
			for j, image := range images {
				if k.loan == nil || image.id != 0 && !k.pictured() {
					continue
				}
				loan := *k.loan
				loan.ID, loan.ImageID = matrixID(i, j), image.id
				if _, err := into.AddLoan(ctx, &loan); err != nil {
					return err
				}
			}
		}
		_, err := into.AddPartner(ctx, &kiva.Partner{ID: 1, Name: "Green Valley Fund", Rating: 45})
		return err
	})
}
