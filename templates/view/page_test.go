package view

import (
	"slices"
	"strings"
	"testing"

	"loanleaf/kiva"
)

func TestStoriesBeginWithThePagesLanguage(t *testing.T) {
	told := func(languages string, texts ...string) func(*kiva.Loan) {
		return func(l *kiva.Loan) {
			l.Languages = strings.Fields(languages)
			for i, language := range l.Languages {
				l.Story = append(l.Story, kiva.Text{Language: language, Body: texts[i]})
			}
		}
	}
	tests := []struct {
		when string
		loan *kiva.Loan
		want string // language, direction, label and paragraphs of each
	}{
		{"told in English alone", mai(kiva.Paid, told("en", "One.\n\nTwo.")), "en ltr [] One.|Two."},
		{"told in Vietnamese and translated", mai(kiva.Paid, told("vi en", "Một.", "One.")),
			"en ltr [Translated into English] One. / vi ltr [Original, in Vietnamese] Một."},
		{"told in English and translated", mai(kiva.Paid, told("en es", "One.", "Uno.")),
			"en ltr [Original, in English] One. / es ltr [Translated into Spanish] Uno."},
		{"told in another language alone", mai(kiva.Paid, told("ar", "واحد.")), "ar rtl [Original, in Arabic] واحد."},
		{"translated, the original has no text", mai(kiva.Paid, told("es en", " ", "One.")), "en ltr [Translated into English] One."},
		{"a language without a name keeps its code", mai(kiva.Paid, told("qqq", "One.")), "qqq ltr [Original, in qqq] One."},
		{"wrapped lines are one paragraph", mai(kiva.Paid, told("en", "One\ntwo.\n\n\n\nThree.\n\n")), "en ltr [] One two.|Three."},
		{"languages are not stated", mai(kiva.Paid, func(l *kiva.Loan) { l.Story = []kiva.Text{{Language: "en", Body: "One."}} }), "en ltr [] One."},
		{"anonymous: nothing is told", mai(kiva.Paid, anonymous, told("en", "One.")), ""},
		{"no story", mai(kiva.Paid), ""},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			var got []string
			for _, s := range teller.Loan(test.loan, nil).Stories {
				got = append(got, s.Language+" "+s.Direction+" ["+s.Label+"] "+strings.Join(s.Paragraphs, "|"))
			}
			if got := strings.Join(got, " / "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestAVideoIsALink(t *testing.T) {
	filmed := func(l *kiva.Loan) { l.Video = &kiva.Video{ID: 1, YouTubeID: "abc_DEF-123"} }
	teller := newTeller(t)
	want := Action{Label: "Watch the video on YouTube", URL: "https://www.youtube.com/watch?v=abc_DEF-123"}
	if got := teller.Loan(mai(kiva.Paid, filmed), nil).Video; got == nil || *got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := teller.Loan(mai(kiva.Paid), nil).Video; got != nil {
		t.Errorf("a loan without a video leads to %+v", got)
	}
	if got := teller.Loan(mai(kiva.Paid, filmed, anonymous), nil).Video; got != nil {
		t.Errorf("the video of an anonymous loan is at %+v", got)
	}
}

// Every term is explained in every language.
func TestEveryTermSaysWhatItMeans(t *testing.T) {
	for _, teller := range newTellers(t) {
		for _, f := range fixtures() {
			v := teller.Loan(f.loan, f.partner)
			for _, fact := range v.Facts {
				if fact.Why == "" || fact.Why == fact.Label {
					t.Errorf("%s: %s is not explained", teller.language.Tag, fact.Label)
				}
			}
			if v.Partner != nil && v.Partner.Why == "" {
				t.Errorf("%s: a rating is not explained", teller.language.Tag)
			}
		}
	}
}

func TestAGroupNamesItsMembers(t *testing.T) {
	people := func(names ...string) func(*kiva.Loan) {
		return func(l *kiva.Loan) {
			for _, name := range names {
				first, last, _ := strings.Cut(name, " ")
				l.Borrowers = append(l.Borrowers, kiva.Borrower{FirstName: first, LastName: last})
			}
		}
	}
	teller := newTeller(t)
	for want, loan := range map[string]*kiva.Loan{
		"In this group: Anh and Binh":          mai(kiva.Paid, group, people("Anh", "Binh")),
		"In this group: Anh, Binh Le, and Chi": mai(kiva.Paid, group, people("Anh", "Binh Le", "Chi")),
		"":                                     mai(kiva.Paid, group, people("Anh", "Anonymous")),
	} {
		if got := teller.Loan(loan, nil).Borrowers; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := teller.Loan(mai(kiva.Paid, people("Mai")), nil).Borrowers; got != "" {
		t.Errorf("one borrower is told as a group: %q", got)
	}
}

func TestThePlanHasBothMoneysWhereTheirDaysAreTheSame(t *testing.T) {
	riel := func(n int64) kiva.Money { return kiva.Money{Units: n * kiva.MoneyScale, Currency: "KHR"} }
	lenders := []kiva.Instalment{
		{Due: date("2026-01-01"), Amount: usd(4834)}, {Due: date("2026-02-01"), Amount: usd(4833)}, {Due: date("2026-02-01"), Amount: kiva.USD(0)},
	}
	same := []kiva.Instalment{
		{Due: date("2026-01-01"), Amount: riel(200_000)}, {Due: date("2026-02-01"), Amount: riel(199_900)}, {Due: date("2026-02-01"), Amount: riel(0)},
	}
	earlier := slices.Clone(same)
	earlier[0].Due = date("2025-12-15")
	tests := []struct {
		when  string
		terms *kiva.Terms
		want  string
	}{
		{"the same days", &kiva.Terms{ScheduledPayments: lenders, LocalPayments: same},
			"Due|To lenders|From the borrower; January 1, 2026|$48.34|KHR\u00a0200,000; February 1, 2026|$48.33|KHR\u00a0199,900; February 1, 2026|$0|KHR\u00a00"},
		{"other days", &kiva.Terms{ScheduledPayments: lenders, LocalPayments: earlier},
			"Due|To lenders; January 1, 2026|$48.34; February 1, 2026|$48.33; February 1, 2026|$0"},
		{"fewer days", &kiva.Terms{ScheduledPayments: lenders[:1], LocalPayments: same}, "Due|To lenders; January 1, 2026|$48.34"},
		{"the borrower's plan alone", &kiva.Terms{LocalPayments: same[:1]}, "Due|From the borrower; January 1, 2026|KHR\u00a0200,000"},
		{"no plan", &kiva.Terms{}, ""},
		{"no terms", nil, ""},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			v := teller.Loan(mai(kiva.Paid, func(l *kiva.Loan) { l.Terms = test.terms }), nil)
			if got := tableText(v.Schedule); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestPaymentsHaveTheColumnsThatAreStated(t *testing.T) {
	dong := kiva.Money{Units: 500_000 * kiva.MoneyScale, Currency: "VND"}
	tests := []struct {
		when     string
		payments []kiva.Payment
		want     string
	}{
		{"in dollars", []kiva.Payment{{Amount: usd(2050), Settled: date("2026-01-01")}}, "Received|Amount; January 1, 2026|$20.50"},
		{"local money, once", []kiva.Payment{{Amount: kiva.USD(20), Local: dong, Processed: date("2026-01-01")}, {Amount: kiva.USD(21)}},
			"Received|Amount|In local currency; January 1, 2026|$20|₫500,000; |$21|"},
		{"an exchange loss", []kiva.Payment{{Amount: kiva.USD(20), CurrencyLoss: usd(25), Settled: date("2026-01-01")}},
			"Received|Amount|Lost to exchange rates; January 1, 2026|$20|$0.25"},
		{"local money that is dollars", []kiva.Payment{{Amount: kiva.USD(20), Local: kiva.USD(20)}}, "Received|Amount; |$20"},
		{"none", nil, ""},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			v := teller.Loan(mai(kiva.Paid, func(l *kiva.Loan) { l.Payments = test.payments }), nil)
			if got := tableText(v.Payments); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func tableText(table Table) string {
	if len(table.Rows) == 0 {
		return strings.Join(table.Columns, "|")
	}
	lines := []string{strings.Join(table.Columns, "|")}
	for _, row := range table.Rows {
		lines = append(lines, strings.Join(append([]string{row.When}, row.Amounts...), "|"))
	}
	return strings.Join(lines, "; ")
}

func TestTheTermsOfALoan(t *testing.T) {
	facts := func(change ...func(*kiva.Loan)) string {
		var lines []string
		for _, f := range newTeller(t).Loan(mai(kiva.Paid, change...), nil).Facts {
			line := f.Label + ": " + f.Value.String()
			if f.Note != "" {
				line += " (" + f.Note + ")"
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	}
	terms := func(terms kiva.Terms) func(*kiva.Loan) { return func(l *kiva.Loan) { l.Terms = &terms } }
	liability := func(l kiva.LossLiability) func(*kiva.Loan) { return terms(kiva.Terms{Liability: &l}) }
	const direct = "How it is lent: Directly to the borrower"
	tests := []struct {
		when   string
		change func(*kiva.Loan)
		want   string
	}{
		{"a partner", func(l *kiva.Loan) { l.PartnerID = 3 }, "How it is lent: Through a field partner"},
		{"one month", terms(kiva.Terms{Months: 1}), "Loan length: 1 month\n" + direct},
		{"more months", terms(kiva.Terms{Months: 14}), "Loan length: 14 months\n" + direct},
		{"API v1: monthly", terms(kiva.Terms{Interval: "Monthly"}), "Repayments: Every month\n" + direct},
		{"API v1: at end of term", terms(kiva.Terms{Interval: "At end of term"}), "Repayments: All at the end\n" + direct},
		{"API v1: irregularly", terms(kiva.Terms{Interval: "Irregularly"}), "Repayments: At irregular times\n" + direct},
		{"snapshot: bullet", terms(kiva.Terms{Interval: "bullet"}), "Repayments: All at the end\n" + direct},
		{"snapshot: irregular", terms(kiva.Terms{Interval: "irregular"}), "Repayments: At irregular times\n" + direct},
		{"snapshot: weekly", terms(kiva.Terms{Interval: "weekly"}), "Repayments: Every week\n" + direct},
		{"another word", terms(kiva.Terms{Interval: "Every full moon"}), "Repayments: Every full moon\n" + direct},
		{"paid out, in local money", terms(kiva.Terms{Disbursed: date("2026-01-02"), LocalAmount: kiva.Money{Units: 14_000_000 * kiva.MoneyScale, Currency: "VND"}}),
			"Paid out to the borrower: January 2, 2026 (₫14,000,000 in local currency)\n" + direct},
		{"paid out, in dollars", terms(kiva.Terms{Disbursed: date("2026-01-02"), LocalAmount: kiva.USD(550)}),
			"Paid out to the borrower: January 2, 2026\n" + direct},
		{"local money without a day", terms(kiva.Terms{LocalAmount: kiva.Money{Units: 10_000, Currency: "EUR"}}),
			"Paid out to the borrower: €1 in local currency\n" + direct},
		{"one lender", func(l *kiva.Loan) { l.LenderCount = 1 }, "Supported by: 1 lender\n" + direct},
		{"many lenders", func(l *kiva.Loan) { l.LenderCount = 3045 }, "Supported by: 3,045 lenders\n" + direct},
		{"a group", func(l *kiva.Loan) { l.BorrowerCount = 12 }, "Borrowed by: 12 people\n" + direct},
		{"lenders carry it all", liability(kiva.LossLiability{Nonpayment: "lender", CurrencyExchange: "lender"}),
			direct + "\nIf it is not repaid: Lenders carry the loss\nIf exchange rates change: Lenders carry a loss"},
		{"the partner carries it all", liability(kiva.LossLiability{Nonpayment: "partner", CurrencyExchange: "partner"}),
			direct + "\nIf it is not repaid: The field partner carries the loss\nIf exchange rates change: The field partner carries a loss"},
		{"shared above a share", liability(kiva.LossLiability{CurrencyExchange: "shared", CoveragePercent: 10}),
			direct + "\nIf exchange rates change: The field partner carries the first 10% of a fall in value, lenders what goes beyond"},
		{"shared", liability(kiva.LossLiability{CurrencyExchange: "shared"}),
			direct + "\nIf exchange rates change: Lenders and the field partner share a loss"},
		{"tied to the dollar", liability(kiva.LossLiability{CurrencyExchange: "none"}),
			direct + "\nIf exchange rates change: Nothing changes: the currency is tied to the US dollar"},
		{"a liability in other words", liability(kiva.LossLiability{Nonpayment: "x", CurrencyExchange: "y"}), direct},
		{"days", func(l *kiva.Loan) {
			l.Posted, l.Expires, l.FundedDate, l.PaidDate = date("2026-01-01"), date("2026-02-01"), date("2026-01-20"), date("2026-10-01")
		}, "Posted: January 1, 2026\nFunded: January 20, 2026\nRepaid: October 1, 2026\n" + direct},
	}
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			if got := facts(test.change); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestAPartner(t *testing.T) {
	rate := func(n int64) *int64 { return &n }
	yes, no := true, false
	teller := newTeller(t)
	// A partner's own list tells all of them.
	tell := func(p *kiva.Partner) *Partner {
		return teller.List(ListData{Info: kiva.ListInfo{List: kiva.List{Kind: kiva.ByPartner, Key: "67"}, Name: p.Name, Count: 1}, Partner: p}).About
	}
	p := tell(&kiva.Partner{
		ID: 67, Name: "Hoa Sen Fund", Status: "active", Rating: 45, Started: date("2007-06-05"),
		Countries:       []kiva.PartnerCountry{{Code: "VN", Name: "Viet Nam"}, {Code: "KH"}},
		DelinquencyRate: rate(476_130), DefaultRate: rate(4), TotalRaised: kiva.USD(1_234_500), LoansPosted: 2345, ChargesInterest: &yes,
	})
	var got []string
	for _, f := range p.Facts {
		got = append(got, f.Label+": "+f.Value.String())
	}
	want := []string{
		"Works in: Vietnam and Cambodia", "Partner since: June 2007", "Status: Active", "Loans posted: 2,345",
		"Raised so far: $1,234,500", "Payments that are late: 48%", "Loans that defaulted: less than 1%", "Charges interest and fees: Yes",
	}
	if !slices.Equal(got, want) || p.Rating != "4.5 of 5 stars" || p.URL != "https://loans.example/partners/67/" {
		t.Errorf("got %q %q %q", got, p.Rating, p.URL)
	}
	for rating, want := range map[int]string{0: "Not rated", 5: "0.5 of 5 stars", 40: "4 of 5 stars", 99: "5 of 5 stars"} {
		if got := teller.begin().partner(&kiva.Partner{ID: 1, Name: "A", Rating: rating}).Rating; got != want {
			t.Errorf("%d tenths: got %q, want %q", rating, got, want)
		}
	}
	if p := tell(&kiva.Partner{ID: 1, Name: "A", DefaultRate: rate(0), ChargesInterest: &no}); len(p.Facts) != 2 ||
		p.Facts[0].Value.String() != "0%" || p.Facts[1].Value.String() != "No" {
		t.Errorf("a rate of nothing is stated: %+v", p.Facts)
	}
	if p := teller.begin().partner(&kiva.Partner{ID: 1, Name: "A", LoansPosted: 5, DefaultRate: rate(0)}); len(p.Facts) != 0 {
		t.Errorf("a loan page tells of its partner what changes with other loans: %+v", p.Facts)
	}
	if teller.begin().partner(nil) != nil || teller.begin().partner(&kiva.Partner{ID: 1}) != nil {
		t.Error("there is a partner without a name")
	}
}

func TestTagsOfTheLendingSiteAreNotShown(t *testing.T) {
	got := newTeller(t).Loan(mai(kiva.Paid, func(l *kiva.Loan) {
		l.Tags = []string{"user_favorite", "#Parent", "#", "#Woman-Owned  Business"}
	}), nil).Tags
	if want := []string{"#Parent", "#Woman-Owned Business"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestInAnotherLanguageTheDataIsMarkedAsEnglish(t *testing.T) {
	loan := mai(kiva.Fundraising, used("to buy ducks"), func(l *kiva.Loan) {
		l.Sector, l.Activity, l.Location.CountryCode = "Beekeeping", "Poultry", "KE"
	})
	v := newTellers(t)[1].Loan(loan, nil)
	if v.Sector.Lang != "en" || v.Activity.Lang != "en" || v.Crumbs[1].Lang != "en" || v.Crumbs[1].Label != "Beekeeping" {
		t.Errorf("%+v %+v %+v", v.Sector, v.Activity, v.Crumbs)
	}
	if got := marked(v.Use); got != "Un préstamo de [550\u00a0US$] ayuda a <Mai>: ««to buy ducks»»." || v.Use[5].Lang != "en" {
		t.Errorf("%s %+v", got, v.Use)
	}
	if v.Country != "Kenia" || v.Page != "https://loans.example/es/lend/100000" {
		t.Errorf("%s %s", v.Country, v.Page)
	}
}

func TestSectorsOfKivaHaveANameInEachLanguage(t *testing.T) {
	for i, want := range []Action{
		{Label: "Personal Use loans", URL: "https://loans.example/sector/personal-use/"},
		{Label: "Préstamos del sector Uso personal", URL: "https://loans.example/es/sector/personal-use/"},
		{Label: "Prêts du secteur Usage personnel", URL: "https://loans.example/fr/sector/personal-use/"},
		{Label: "قروض قطاع الاستخدام الشخصي", URL: "https://loans.example/ar/sector/personal-use/"},
	} {
		v := newTellers(t)[i].Loan(mai(kiva.Paid, func(l *kiva.Loan) { l.Sector = "Personal Use" }), nil)
		if v.Crumbs[0] != want || v.Data.Sector != "Personal Use" {
			t.Errorf("got %+v and %q, want %+v", v.Crumbs[0], v.Data.Sector, want)
		}
	}
}
