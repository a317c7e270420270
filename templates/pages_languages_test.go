package templates

import (
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// TestALoanInEveryLanguageIsAsItWas compares one loan, from its data to its
// page and its widget, in each language with testdata/languages.txtar.
func TestALoanInEveryLanguageIsAsItWas(t *testing.T) {
	compareGolden(t, "languages.txtar", "One loan's page and widget in every language, a line a tag. Written by go test ./templates -update\n", loanInEveryLanguage(t))
}

func loanInEveryLanguage(t *testing.T) []testPage {
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Example Loans", Languages: locale.Shipped(),
		Images:  "https://pictures.example/img/<size>/<id>.jpg",
		LendURL: "https://lending.example/lend/<id>", OEmbed: site.Static,
	})
	if err != nil {
		t.Fatal(err)
	}
	loan, partner := toldLoan()
	var list []testPage
	for _, l := range s.Languages() {
		v := view.In(s, l, dayOf(2026, time.November, 21)).Loan(loan, partner)
		f := Frame{Site: s, Language: l, Style: "/assets/site.00000000.css", Icon: "/assets/icon.00000000.svg", Canonical: v.Page, Policy: Policy(s), Card: SiteCard(s, l)}
		for _, other := range s.Languages() {
			at := site.Address{Kind: site.Loan, ID: loan.ID, Language: other.Tag}
			f.Alternates = append(f.Alternates, Alternate{Lang: other.Tag, URL: s.URL(at)})
		}
		f.Alternates = append(f.Alternates, Alternate{Lang: "x-default", URL: s.URL(site.Address{Kind: site.Loan, ID: loan.ID})})
		json, xml := s.Discovery(site.Address{Kind: site.Loan, ID: loan.ID})
		list = append(list,
			testPage{"loan-" + l.Tag, LoanPage(f, v, Discovery{json, xml, v.DiscoveryJSON, v.DiscoveryXML}), true},
			testPage{"widget-" + l.Tag, WidgetDocument(v, shellOf(widgetPolicy)), false})
	}
	return list
}

// toldLoan is a loan of an invented person, with every block of a page.
func toldLoan() (*kiva.Loan, *kiva.Partner) {
	return &kiva.Loan{
			ID: 100000, Name: "Mai", Status: kiva.InRepayment, Use: "to buy more ducks", Activity: "Poultry", Sector: "Agriculture",
			Amount: kiva.USD(550), Raised: kiva.USD(550), Repaid: kiva.USD(125), LenderCount: 2, BorrowerCount: 1, PartnerID: 67, ImageID: 7,
			Location: kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoa"},
			Posted:   dayOf(2026, time.March, 1), FundedDate: dayOf(2026, time.March, 5),
			Languages: []string{"vi", "en"},
			Story:     []kiva.Text{{Language: "vi", Body: "Mai nuôi vịt."}, {Language: "en", Body: "Mai keeps ducks."}},
			Tags:      []string{"#Parent"},
			Terms: &kiva.Terms{
				Disbursed: dayOf(2026, time.February, 20), Interval: "Monthly", Months: 14,
				LocalAmount:       kiva.Money{Units: 14_000_000 * kiva.MoneyScale, Currency: "VND"},
				ScheduledPayments: []kiva.Instalment{{Due: dayOf(2026, time.May, 1), Amount: kiva.USD(275)}, {Due: dayOf(2026, time.June, 1), Amount: kiva.USD(275)}},
				Liability:         &kiva.LossLiability{Nonpayment: "lender", CurrencyExchange: "shared", CoveragePercent: 10},
			},
			Payments: []kiva.Payment{{ID: 1, Amount: kiva.USD(125), Settled: dayOf(2026, time.May, 15)}},
		}, &kiva.Partner{
			ID: 67, Name: "Hoa Sen Fund", Status: "active", Rating: 45, Started: dayOf(2007, time.June, 5),
			Countries: []kiva.PartnerCountry{{Code: "VN", Name: "Viet Nam"}}, LoansPosted: 2345,
		}
}
