package kiva

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

// fullLoan has a value in every field.
func fullLoan(t *testing.T) Loan {
	t.Helper()
	day := time.Date(2015, 2, 1, 8, 0, 0, 0, time.UTC)
	l := Loan{
		ID: 17, Name: "Rosa", Status: InRepayment, EndedWithLoss: true,
		Use: "to buy ducks", Activity: "Poultry", Sector: "Agriculture", Themes: []string{"Green"}, Tags: []string{"#Parent"},
		Amount: USD(500), Raised: USD(500), Basket: USD(25), Repaid: USD(100), CurrencyLoss: USD(1),
		BorrowerCount: 1, LenderCount: 12, Borrowers: []Borrower{{FirstName: "Rosa", LastName: "Example", Gender: "F", Pictured: true}},
		Location:  Location{CountryCode: "PE", Country: "Peru", Town: "Puno", Geo: &Geo{Level: "town", Latitude: -15.8, Longitude: -70}},
		PartnerID: 71, ImageID: 5, Video: &Video{ID: 3, YouTubeID: "abcdefghijk"},
		Posted: day, Expires: day, FundedDate: day, PaidDate: day,
		Languages: []string{"es"}, Story: []Text{{"es", "Rosa cría patos."}}, Delinquent: true,
		Terms: &Terms{
			Disbursed: day, LocalAmount: Money{1, "PEN"}, Interval: "Monthly", Months: 14,
			LocalPayments: []Instalment{{day, Money{1, "PEN"}}}, ScheduledPayments: []Instalment{{day, USD(5)}},
			Liability: &LossLiability{Nonpayment: "lender"},
		},
		Payments: []Payment{{ID: 9, Amount: USD(5), Local: Money{1, "PEN"}, Processed: day, Settled: day}},
		Journals: &JournalTotals{Entries: 2, Bulk: 1},
	}
	v := reflect.ValueOf(l)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Fatalf("the full loan lacks %s: a new field must be thought of here, and in Redact", v.Type().Field(i).Name)
		}
	}
	return l
}

func TestRedactLeavesNothingOfThePerson(t *testing.T) {
	kept := map[string]bool{
		"ID": true, "Status": true, "EndedWithLoss": true, "Activity": true, "Sector": true,
		"Amount": true, "Raised": true, "Basket": true, "Repaid": true, "CurrencyLoss": true,
		"BorrowerCount": true, "LenderCount": true, "Location": true, "PartnerID": true,
		"Posted": true, "Expires": true, "FundedDate": true, "PaidDate": true, "Delinquent": true, "Terms": true,
	}
	l := fullLoan(t)
	l.Name = "Anonymous"
	terms := l.Terms
	l.Redact()
	v := reflect.ValueOf(l)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() == kept[name] {
			t.Errorf("%s: kept is %v, want %v", name, !v.Field(i).IsZero(), kept[name])
		}
	}
	if want := (Location{CountryCode: "PE", Country: "Peru"}); l.Location != want {
		t.Errorf("the place is %+v, finer than a country", l.Location)
	}
	if want := (Terms{Months: 14, Liability: &LossLiability{Nonpayment: "lender"}}); !reflect.DeepEqual(*l.Terms, want) {
		t.Errorf("the terms are %+v", *l.Terms)
	}
	if terms.Interval != "Monthly" {
		t.Error("Redact wrote to the terms that others may hold")
	}
}

func TestWhoIsAnonymous(t *testing.T) {
	tests := map[string]struct {
		loan Loan
		want bool
	}{
		"neither name nor borrowers":        {Loan{}, true},
		"a name":                            {Loan{Name: "Rosa"}, false},
		"borrowers alone":                   {Loan{Borrowers: []Borrower{{FirstName: "Rosa"}}}, false},
		"the word, whatever its case":       {Loan{Name: " ANONYMOUS "}, true},
		"the word with borrowers beside it": {Loan{Name: "Anonymous", Borrowers: []Borrower{{FirstName: "Rosa"}}}, true},
		"an anonymous group":                {Loan{Name: "Anonymous Group"}, true},
		"the word in Spanish":               {Loan{Name: "Anónimo"}, true},
		"the word in Arabic":                {Loan{Name: "مجهول"}, true},
		"a name that only begins like it":   {Loan{Name: "Anonymousse"}, false},
		"a person called like no value":     {Loan{Name: "Null"}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.loan.Anonymous(); got != test.want {
				t.Errorf("Anonymous() = %v, want %v", got, test.want)
			}
			before := test.loan
			test.loan.Redact()
			if changed := !reflect.DeepEqual(before, test.loan); changed && !test.want {
				t.Error("Redact changed the loan of a person who is named")
			}
		})
	}
}

func TestListing(t *testing.T) {
	l := fullLoan(t)
	l.BorrowerCount = 0
	l.Borrowers = append(l.Borrowers, Borrower{FirstName: "Ana"})
	short := l.Listing()
	if short.BorrowerCount != 2 || !short.Group() {
		t.Errorf("the listing counts %d borrowers, want 2", short.BorrowerCount)
	}
	if short.Borrowers != nil || short.Story != nil || short.Terms != nil || short.Payments != nil {
		t.Error("the listing has parts that only the detail has")
	}
	if l.Terms == nil || len(l.Borrowers) != 2 {
		t.Error("Listing changed the loan it was made of")
	}
}

func TestParseStatus(t *testing.T) {
	tests := map[string]struct {
		want Status
		loss bool
	}{
		"fundraising": {Fundraising, false}, "fundRaising": {Fundraising, false},
		"funded": {Funded, false}, "raised": {Funded, false},
		"in_repayment": {InRepayment, false}, "payingBack": {InRepayment, false},
		"paid": {Paid, false}, "ended": {Paid, false}, "ended_with_loss": {Paid, true},
		"defaulted": {Defaulted, false}, "refunded": {Refunded, false}, "expired": {Expired, false},
		"inactive": {Hidden, false}, "inactive_expired": {Hidden, false}, "reviewed": {Hidden, false},
		"issue": {Hidden, false}, "deleted": {Hidden, false},
	}
	for word, test := range tests {
		got, loss, err := ParseStatus(word)
		if err != nil || got != test.want || loss != test.loss {
			t.Errorf("ParseStatus(%q) = %v, %v, %v; want %v, %v", word, got, loss, err, test.want, test.loss)
		}
	}
	for _, word := range []string{"", "FUNDED", "Funded", "hidden", "unknown", strings.Repeat("x", 1000)} {
		_, _, err := ParseStatus(word)
		if err == nil {
			t.Errorf("ParseStatus(%.20q) did not fail", word)
		} else if len(err.Error()) > 100 {
			t.Errorf("the error repeats %d bytes of a file", len(err.Error()))
		}
	}
}

func TestPublicStatusesReadBackAsThemselves(t *testing.T) {
	for _, s := range Statuses() {
		if got, ok := ParsePublicStatus(s.String()); !ok || got != s {
			t.Errorf("%v reads back as %v, %v", s, got, ok)
		}
	}
	for _, word := range []string{"hidden", "unknown", "raised", ""} {
		if got, ok := ParsePublicStatus(word); ok {
			t.Errorf("%q is the public status %v", word, got)
		}
	}
	if got := Status(200).String(); got != "unknown" {
		t.Errorf("a status of no name reads %q", got)
	}
}
