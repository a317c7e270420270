package view

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"loanleaf/kiva"
	"loanleaf/locale"
)

// TestViews compares whole views with testdata/views.txtar: what is said of
// eight loans, field by field, absent ones left out.
func TestViews(t *testing.T) {
	teller := newTeller(t)
	var got txtar.Archive
	got.Comment = []byte("What a loan page says of eight loans. Amounts are [ ], names < >, words of the data « », dates { }.\n\n")
	for _, f := range fixtures() {
		var b bytes.Buffer
		show(&b, "", reflect.ValueOf(teller.Loan(f.loan, f.partner)))
		got.Files = append(got.Files, txtar.File{Name: f.name, Data: b.Bytes()})
	}
	compare(t, "views.txtar", &got)
}

// TestViewsInEveryLanguage compares two loans, one in detail and one repaid by
// a group, in each language with testdata/languages.txtar.
func TestViewsInEveryLanguage(t *testing.T) {
	var got txtar.Archive
	got.Comment = []byte("What a loan page says of two loans in every language, with the marks of views.txtar.\n\n")
	for _, teller := range newTellers(t) {
		for _, f := range fixtures()[:2] {
			var b bytes.Buffer
			show(&b, "", reflect.ValueOf(teller.Loan(f.loan, f.partner)))
			got.Files = append(got.Files, txtar.File{Name: f.name + ", in " + teller.language.Tag, Data: b.Bytes()})
		}
	}
	compare(t, "languages.txtar", &got)
}

// compare holds got against a file of testdata, or writes it with -update.
func compare(t *testing.T, file string, got *txtar.Archive) {
	t.Helper()
	golden := filepath.Join("testdata", file)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Files) != len(got.Files) {
		t.Fatalf("%d views, want %d", len(got.Files), len(want.Files))
	}
	for i, f := range got.Files {
		t.Run(f.Name, func(t *testing.T) {
			if f.Name != want.Files[i].Name || !bytes.Equal(f.Data, want.Files[i].Data) {
				t.Errorf("differs from %s; run with -update and read the difference\n%s", golden, f.Data)
			}
		})
	}
}

// show writes the fields that are not empty, a line each.
func show(b *bytes.Buffer, path string, v reflect.Value) {
	if v.IsZero() {
		return
	}
	switch x := v.Interface().(type) {
	case *locale.Language:
		fmt.Fprintf(b, "%s: %s\n", path, x.Tag)
		return
	case Sentence:
		fmt.Fprintf(b, "%s: %s\n", path, marked(x))
		return
	case time.Time:
		fmt.Fprintf(b, "%s: %s\n", path, x.Format(time.RFC3339))
		return
	case Row:
		fmt.Fprintf(b, "%s: %s\n", path, strings.Join(append([]string{x.When}, x.Amounts...), " | "))
		return
	case []string:
		fmt.Fprintf(b, "%s: %s\n", path, strings.Join(x, " | "))
		return
	case fmt.Stringer:
		fmt.Fprintf(b, "%s: %s\n", path, x)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		show(b, path, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if path != "" {
				name = path + "." + name
			}
			show(b, name, v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			show(b, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	default:
		fmt.Fprintf(b, "%s: %v\n", path, v.Interface())
	}
}

func marked(s Sentence) string {
	marks := map[SpanKind]string{Plain: "%s", Amount: "[%s]", Name: "<%s>", Words: "«%s»", Date: "{%s}"}
	var b strings.Builder
	for _, span := range s {
		fmt.Fprintf(&b, marks[span.Kind], span.Text)
	}
	return b.String()
}

type fixture struct {
	name    string
	loan    *kiva.Loan
	partner *kiva.Partner
}

// fixtures are loans of invented people, of every shape that the pages know.
func fixtures() []fixture {
	late, lost := int64(52_000), int64(3_100)
	hoaSen := &kiva.Partner{
		ID: 67, Name: "Hoa Sen Fund", Status: "active", Rating: 40, Started: date("2007-06-05"), LoansPosted: 2345,
		Countries:   []kiva.PartnerCountry{{Code: "VN", Name: "Viet Nam", Region: "Asia"}},
		TotalRaised: kiva.USD(1_400_250), DelinquencyRate: &late, DefaultRate: &lost,
	}
	dong := func(n int64) kiva.Money { return kiva.Money{Units: n * kiva.MoneyScale, Currency: "VND"} }
	detail := mai(kiva.Fundraising, raisedSum(125), reservedSum(25), until("2026-12-12"), used("Buy more ducks and chickens "))
	detail.Activity, detail.Sector = "Poultry", "Agriculture"
	detail.Location = kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoa"}
	detail.PartnerID, detail.ImageID, detail.LenderCount, detail.BorrowerCount = 67, 7, 5, 1
	detail.Posted = date("2026-11-12")
	detail.Languages = []string{"vi", "en"}
	detail.Story = []kiva.Text{{Language: "vi", Body: "Mai nuôi vịt.\n\nBà muốn mua thêm."}, {Language: "en", Body: "Mai keeps ducks.\n\nShe wants to buy more."}}
	detail.Borrowers = []kiva.Borrower{{FirstName: "Mai", Gender: "F", Pictured: true}}
	detail.Tags = []string{"#Parent", "user_favorite"}
	detail.Terms = &kiva.Terms{
		Disbursed: date("2026-11-01"), LocalAmount: dong(14_000_000), Interval: "Monthly", Months: 2,
		LocalPayments:     []kiva.Instalment{{Due: date("2026-12-01"), Amount: dong(7_000_000)}, {Due: date("2027-01-01"), Amount: dong(7_000_000)}},
		ScheduledPayments: []kiva.Instalment{{Due: date("2027-02-01"), Amount: kiva.USD(275)}, {Due: date("2027-03-01"), Amount: kiva.USD(275)}},
		Liability:         &kiva.LossLiability{Nonpayment: "lender", CurrencyExchange: "shared", CoveragePercent: 10},
	}

	repaying := *detail
	repaying.ID, repaying.Status, repaying.Name = 100001, kiva.InRepayment, "Hoa Binh Group"
	repaying.Raised, repaying.Basket, repaying.Repaid = kiva.USD(550), kiva.Money{}, usd(22050)
	repaying.FundedDate, repaying.BorrowerCount = date("2026-11-20"), 3
	repaying.Borrowers = []kiva.Borrower{{FirstName: "An"}, {FirstName: "Binh"}, {FirstName: "Chi"}}
	repaying.Payments = []kiva.Payment{
		{ID: 1, Amount: usd(11025), Local: dong(2_800_000), Processed: date("2026-12-03"), Settled: date("2027-01-15")},
		{ID: 2, Amount: usd(11025), Local: dong(2_800_000), CurrencyLoss: usd(105), Processed: date("2027-01-03"), Settled: date("2027-02-15")},
	}

	nobody := repaying
	nobody.ID, nobody.Name, nobody.Borrowers = 100002, "Anonymous", nil

	loss := mai(kiva.Paid, raisedSum(550), repaidSum(54000), exchangeLoss(10), paidOn("2027-01-09"), used("To pay school fees."))
	loss.ID, loss.Location, loss.Posted = 100003, kiva.Location{CountryCode: "KE", Country: "Kenya"}, date("2026-01-02")

	csv := mai(kiva.Funded, raisedSum(550), fundedOn("2016-03-01"), used("for working capital"), named("Ngozi"))
	csv.ID, csv.Location, csv.Sector = 100004, kiva.Location{CountryCode: "NG", Country: "Nigeria", Town: "Lagos, Nigeria"}, "Retail"
	csv.Terms = &kiva.Terms{Interval: "bullet", Months: 14, Disbursed: date("2016-02-01")}

	defaulted := mai(kiva.Defaulted, raisedSum(550), repaidSum(31000), named("Abla"), used("BUYING CLOTH TO SELL"))
	defaulted.ID = 100005
	refunded := mai(kiva.Refunded, raisedSum(125), named("Rosa"))
	refunded.ID, refunded.Location.CountryCode = 100006, "PE"
	expired := mai(kiva.Expired, raisedSum(352), until("2026-10-01"), named("نور"), used("to buy olive seedlings"))
	expired.ID, expired.Location = 100007, kiva.Location{CountryCode: "PS", Country: "Palestine", Town: "Hebron"}
	expired.Languages, expired.Story = []string{"ar"}, []kiva.Text{{Language: "ar", Body: "تزرع نور الزيتون."}}

	return []fixture{
		{"raising funds, in detail", detail, hoaSen},
		{"a group repaying", &repaying, hoaSen},
		{"anonymous, from a source that did not redact", &nobody, hoaSen},
		{"paid with a currency loss", loss, nil},
		{"funded, as a CSV snapshot knows it", csv, nil},
		{"defaulted, little is known", defaulted, nil},
		{"refunded, little is known", refunded, nil},
		{"expired, told in Arabic", expired, nil},
	}
}
