package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"loanleaf/kiva"
)

// fullLoan has every field that a store keeps.
func fullLoan() *kiva.Loan {
	day := time.Date(2012, 9, 18, 0, 0, 0, 0, time.UTC)
	usd := kiva.USD
	return &kiva.Loan{
		ID: 1 << 40, Name: "Mwajuma's Group", Status: kiva.Defaulted, EndedWithLoss: true, Use: "to buy ducks", Activity: "Poultry", Sector: "Agriculture",
		Themes: []string{"Green"}, Tags: []string{"#Parent", "#Woman-Owned Business"},
		Amount: usd(1675), Raised: usd(1675), Basket: usd(25), Repaid: kiva.Money{Units: 11615800, Currency: "USD"}, CurrencyLoss: kiva.Money{Units: -1, Currency: "USD"},
		BorrowerCount: 300, LenderCount: 70000,
		Borrowers: []kiva.Borrower{{FirstName: "Mwajuma", LastName: "Salehe", Gender: "F", Pictured: true}, {FirstName: "Ýmir"}},
		Location:  kiva.Location{CountryCode: "TZ", Country: "Tanzania", Town: "Mbeya", Geo: &kiva.Geo{Level: "town", Latitude: -8.9, Longitude: 33.45}},
		PartnerID: 215, ImageID: 5_000_000_000, Video: &kiva.Video{ID: 7, YouTubeID: "abc"},
		Posted: day, Expires: day.AddDate(0, 1, 0), FundedDate: time.Unix(-5, 0).UTC(), PaidDate: day.AddDate(1, 0, 0),
		Languages: []string{"sw", "en"}, Story: []kiva.Text{{Language: "sw", Body: "Habari"}, {Language: "en", Body: "Hello\n\nagain"}}, Delinquent: true,
		Terms: &kiva.Terms{
			Disbursed: day, LocalAmount: kiva.Money{Units: 1, Currency: "TZS"}, Interval: "Monthly", Months: 14,
			LocalPayments: []kiva.Instalment{{Due: day, Amount: usd(2)}}, ScheduledPayments: []kiva.Instalment{{Due: day, Amount: usd(3)}},
			Liability: &kiva.LossLiability{Nonpayment: "lender", CurrencyExchange: "shared", CoveragePercent: 10},
		},
		Payments: []kiva.Payment{{ID: 9, Amount: usd(4), Processed: day, Settled: day}},
		Journals: &kiva.JournalTotals{Entries: 2, Bulk: 1},
	}
}

func storedLoans(t testing.TB) (c codec, records [][2][]byte) {
	t.Helper()
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	bare := &kiva.Loan{ID: 1, Status: kiva.Fundraising, Amount: kiva.USD(25)}
	for _, loan := range []*kiva.Loan{fullLoan(), bare, {ID: 2, Terms: &kiva.Terms{}}} {
		listing, rest, err := c.encodeLoan(loan)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, [2][]byte{listing, rest})
	}
	return c, records
}

func TestWhatTheStoreWritesIsReadByHand(t *testing.T) {
	c, records := storedLoans(t)
	for _, record := range records {
		var loan kiva.Loan
		if r := newCBORReader(record[0]); !r.listing(&loan) {
			t.Errorf("listing %x was left to the library", record[0])
		}
		var d detail
		if r := newCBORReader(record[1]); record[1] != nil && !r.detail(&d) {
			t.Errorf("detail %x was left to the library", record[1])
		}
	}
	got, err := c.decodeLoan(records[0][0], records[0][1])
	if diff := cmp.Diff(*fullLoan(), got); diff != "" || err != nil {
		t.Errorf("a loan comes back changed: %v\n%s", err, diff)
	}
}

// Whatever bytes are read by hand, the library reads as the same; what is cut off or
// changed is no loan by hand either, or the same one as by the library.
func FuzzReadingByHandIsReadingByTheLibrary(f *testing.F) {
	c, records := storedLoans(f)
	for _, record := range records {
		f.Add(record[0])
		f.Add(record[1])
	}
	f.Add([]byte("\xa1\x01\x1b\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Add([]byte("\xa2\x01\x01\x01\x02"))
	f.Add([]byte("\xa1\x16\x1b\x00\x00\x00\x3a\xff\xf4\x41\x80"))
	same := cmp.Options{cmpopts.EquateEmpty(), cmpopts.EquateNaNs(), cmp.AllowUnexported(detail{})}
	f.Fuzz(func(t *testing.T, b []byte) {
		var byHand kiva.Loan
		if r := newCBORReader(b); r.listing(&byHand) {
			byLibrary, err := c.decodeListing(b)
			if diff := cmp.Diff(byLibrary, byHand, same); diff != "" || err != nil {
				t.Errorf("listing %x: %v\n%s", b, err, diff)
			}
		}
		var d detail
		if r := newCBORReader(b); r.detail(&d) {
			var long detail
			err := c.dec.Unmarshal(b, &long)
			if d.Terms != nil && long.Terms != nil {
				long.Terms.Disbursed = long.Terms.Disbursed.UTC()
			}
			if diff := cmp.Diff(long, d, same); diff != "" || err != nil {
				t.Errorf("detail %x: %v\n%s", b, err, diff)
			}
		}
	})
}
