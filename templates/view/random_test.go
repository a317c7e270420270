package view

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"loanleaf/kiva"
)

// TestWhateverALoanIs tells thousands of loans whose fields are there or not by
// chance, and looks for what no reader should ever see.
func TestWhateverALoanIs(t *testing.T) {
	tellers := newTellers(t)
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range 6000 {
		teller := tellers[i%len(tellers)]
		loan := randomLoan(chance)
		before := *loan
		v := teller.Loan(loan, randomPartner(chance))
		if !reflect.DeepEqual(before, *loan) {
			t.Fatalf("telling changed the loan: %+v", loan)
		}
		texts(reflect.ValueOf(v), func(text string) {
			for _, wrong := range []string{"%!", "{", "}", "  ", "NaN", "0001", "<nil>"} {
				if strings.Contains(text, wrong) {
					t.Errorf("%q holds %q\n%+v", text, wrong, *loan)
				}
			}
		})
		held(t, loan, v)
		if t.Failed() {
			return
		}
	}
}

// held checks what is true of every view.
func held(t *testing.T, loan *kiva.Loan, v Loan) {
	t.Helper()
	figures := v.Figures.Main.String() + " " + v.Figures.Aside.String()
	for sum, money := range map[string]kiva.Money{"$0 raised": loan.Raised, "$0 repaid": loan.Repaid} {
		if strings.Contains(figures, sum) && !money.Known() {
			t.Errorf("%q, but it is not known\n%+v", figures, *loan)
		}
	}
	if v.Figures.Bar < -1 || v.Figures.Bar > 100 {
		t.Errorf("a bar of %d", v.Figures.Bar)
	}
	if n := utf8.RuneCountInString(v.ShareTitle); n > mostShareTitle || n == 0 {
		t.Errorf("a title of %d characters: %q", n, v.ShareTitle)
	}
	if n := utf8.RuneCountInString(v.Description); n > mostDescription || n == 0 {
		t.Errorf("a description of %d characters: %q", n, v.Description)
	}
	if v.Action != nil && v.Action.URL != v.Page && strings.HasPrefix(v.Action.URL, "https://lend.example/") &&
		letters(v.Action.Label, 100) > mostLabelName+letters(v.Language.Words.ActLend.Fill("name", ""), 100) {
		t.Errorf("a button of %q", v.Action.Label)
	}
	for what, text := range map[string]string{"use": v.Use.String(), "name": v.Name, "title": v.Title, "chip": v.State.Chip, "figures": v.Figures.Main.String()} {
		if text == "" {
			t.Errorf("no %s\n%+v", what, *loan)
		}
	}
	if use := v.Use.String(); !strings.HasSuffix(use, ".") || strings.HasSuffix(use, "..") {
		t.Errorf("the use ends %q", use)
	}
}

// texts visits every string of a value but addresses.
func texts(v reflect.Value, visit func(string)) {
	switch v.Kind() {
	case reflect.String:
		if !strings.HasPrefix(v.String(), "https://") {
			visit(v.String())
		}
	case reflect.Pointer:
		if v.Type() != reflect.TypeFor[*kiva.Loan]() && !v.IsNil() && v.Type().Elem().PkgPath() == reflect.TypeFor[Loan]().PkgPath() {
			texts(v.Elem(), visit)
		}
	case reflect.Slice:
		if s, ok := v.Interface().(Sentence); ok {
			visit(s.String())
			return
		}
		for i := range v.Len() {
			texts(v.Index(i), visit)
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Machine]() {
			return // it holds the data as it is
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				texts(v.Field(i), visit)
			}
		}
	}
}

func pick[T any](chance *rand.Rand, values ...T) T { return values[chance.IntN(len(values))] }

func randomMoney(chance *rand.Rand) kiva.Money {
	return pick(chance, kiva.Money{}, kiva.USD(0), kiva.USD(chance.Int64N(1000)), usd(chance.Int64N(100_000)), kiva.USD(-3),
		kiva.USD(1_000_000_000), kiva.Money{Units: chance.Int64N(1 << 40), Currency: "KHR"})
}

func randomDay(chance *rand.Rand) time.Time {
	if chance.IntN(2) == 0 {
		return time.Time{}
	}
	return date("2005-01-01").Add(time.Duration(chance.Int64N(20*365*24)) * time.Hour)
}

func randomText(chance *rand.Rand) string {
	return pick(chance, "", " ", "to buy ducks", "To buy  ducks.\n", "BUY DUCKS AND HENS!!", "buying ducks…", "...", "I", "ATM", "Personal Use",
		"ដើម្បីទិញទា", "نور", "e\u0301\u0301\u0301", "👩‍👩‍👧‍👦", strings.Repeat("ducks and ", 60), strings.Repeat("ម៉ៃ", 50), strings.Repeat("x", 200))
}

func randomLoan(chance *rand.Rand) *kiva.Loan {
	text := func() string { return randomText(chance) }
	loan := &kiva.Loan{
		ID: 1 + chance.Int64N(1_000_000), Name: text(), Status: pick(chance, kiva.Statuses()...), EndedWithLoss: chance.IntN(5) == 0,
		Use: text(), Activity: text(), Sector: text(), Tags: []string{text(), "#" + text()},
		Amount: kiva.USD(25 + 25*chance.Int64N(100)), Raised: randomMoney(chance), Basket: randomMoney(chance), Repaid: randomMoney(chance), CurrencyLoss: randomMoney(chance),
		BorrowerCount: chance.IntN(3), LenderCount: chance.IntN(3), PartnerID: chance.Int64N(3), ImageID: chance.Int64N(3),
		Location: kiva.Location{CountryCode: pick(chance, "", "KE", "NA", "XX", "k"), Country: text(), Town: text()},
		Posted:   randomDay(chance), Expires: randomDay(chance), FundedDate: randomDay(chance), PaidDate: randomDay(chance),
		Delinquent: chance.IntN(5) == 0,
	}
	for range chance.IntN(4) {
		loan.Borrowers = append(loan.Borrowers, kiva.Borrower{FirstName: text(), LastName: text()})
		loan.Languages = append(loan.Languages, pick(chance, "en", "es", "ar", "xx"))
		loan.Story = append(loan.Story, kiva.Text{Language: pick(chance, "en", "es", "ar", "xx"), Body: text() + "\n\n" + text()})
		loan.Payments = append(loan.Payments, kiva.Payment{Amount: randomMoney(chance), Local: randomMoney(chance), CurrencyLoss: randomMoney(chance), Settled: randomDay(chance), Processed: randomDay(chance)})
	}
	if chance.IntN(3) > 0 {
		loan.Terms = &kiva.Terms{
			Disbursed: randomDay(chance), LocalAmount: randomMoney(chance), Interval: text(), Months: chance.IntN(20),
			Liability: &kiva.LossLiability{Nonpayment: pick(chance, "", "lender", "x"), CurrencyExchange: pick(chance, "", "shared", "none"), CoveragePercent: chance.IntN(30)},
		}
		for range chance.IntN(3) {
			loan.Terms.ScheduledPayments = append(loan.Terms.ScheduledPayments, kiva.Instalment{Due: randomDay(chance), Amount: randomMoney(chance)})
			loan.Terms.LocalPayments = append(loan.Terms.LocalPayments, kiva.Instalment{Due: randomDay(chance), Amount: randomMoney(chance)})
		}
	}
	return loan
}

func randomPartner(chance *rand.Rand) *kiva.Partner {
	if chance.IntN(2) == 0 {
		return nil
	}
	rate := chance.Int64N(2_000_000) - 10
	return &kiva.Partner{
		ID: 1 + chance.Int64N(100), Name: randomText(chance), Status: randomText(chance), Rating: chance.IntN(60), Started: randomDay(chance),
		Countries:   []kiva.PartnerCountry{{Code: pick(chance, "KE", "", "XX"), Name: randomText(chance)}, {Name: randomText(chance)}},
		TotalRaised: randomMoney(chance), LoansPosted: chance.IntN(5), DefaultRate: &rate,
	}
}

// TestAnAnonymousLoanNamesNobody marks every text that could lead to a person
// in a loan that its source did not redact, and looks for the mark in all that
// is said of it.
func TestAnAnonymousLoanNamesNobody(t *testing.T) {
	const mark = "Xanthippe"
	teller := newTeller(t)
	chance := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		loan := randomLoan(chance)
		loan.Name = pick(chance, "Anonymous", "", " \t", "anónimo", "Anonymous Group")
		loan.Use, loan.Location.Town, loan.Tags, loan.Themes = "to help "+mark, mark+" Town", []string{"#" + mark}, []string{mark}
		loan.Borrowers = []kiva.Borrower{{FirstName: mark}, {FirstName: mark, LastName: mark}}
		loan.Story = []kiva.Text{{Language: "en", Body: "I am " + mark}}
		loan.ImageID = 424242
		v := teller.Loan(loan, nil)
		texts(reflect.ValueOf(v), func(text string) {
			if strings.Contains(text, mark) {
				t.Errorf("%q names somebody", text)
			}
		})
		if v.Picture != nil || v.Share != nil || v.Data.ImageID != 0 || len(v.Payments.Rows)+len(v.Schedule.Rows)+len(v.Stories) > 0 {
			t.Errorf("something of a person is left: %+v", v)
		}
		if !v.Anonymous || v.Data.Repaid != repaid(loan) {
			t.Errorf("anonymous %v, repaid %v of %v", v.Anonymous, v.Data.Repaid, loan.Repaid)
		}
	}
}
