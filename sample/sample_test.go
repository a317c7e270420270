package sample

import (
	"bufio"
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// record is a loan as a reader of the API would see it; figures that may be absent are pointers.
type record struct {
	ID          int64
	Name        *string
	Description *struct {
		Languages []string
		Texts     map[string]string
	}
	Status   string
	Funded   *float64 `json:"funded_amount"`
	Basket   *float64 `json:"basket_amount"`
	Paid     *float64 `json:"paid_amount"`
	Image    *struct{ ID int64 }
	Video    *struct{ ID int64 }
	Activity string
	Sector   string
	Use      string
	Location struct {
		Code    string `json:"country_code"`
		Country string
		Town    *string
		Geo     struct{ Level, Type, Pairs string }
	}
	Partner   *int    `json:"partner_id"`
	Posted    string  `json:"posted_date"`
	Expires   *string `json:"planned_expiration_date"`
	Amount    float64 `json:"loan_amount"`
	Lenders   *int    `json:"lender_count"`
	Tags      []struct{ Name string }
	Borrowers []struct {
		First    string `json:"first_name"`
		Gender   string
		Pictured bool
	}
	Terms struct {
		Disbursed string      `json:"disbursal_date"`
		Currency  string      `json:"disbursal_currency"`
		Units     float64     `json:"disbursal_amount"`
		Interval  string      `json:"repayment_interval"`
		Months    int         `json:"repayment_term"`
		Locals    []dueRecord `json:"local_payments"`
		Scheduled []dueRecord `json:"scheduled_payments"`
		Liability struct {
			Exchange string   `json:"currency_exchange"`
			Rate     *float64 `json:"currency_exchange_coverage_rate"`
		} `json:"loss_liability"`
	}
	Payments []struct {
		Amount  float64
		Loss    float64 `json:"currency_exchange_loss_amount"`
		Settled string  `json:"settlement_date"`
	}
	FundedDate *string  `json:"funded_date"`
	PaidDate   *string  `json:"paid_date"`
	Loss       *float64 `json:"currency_exchange_loss_amount"`
}

type dueRecord struct {
	On     string `json:"due_date"`
	Amount float64
}

// readLines parses every line, and fails on the first that is not one JSON object.
func readLines(t testing.TB, lines []byte) []record {
	t.Helper()
	var records []record
	in := bufio.NewScanner(bytes.NewReader(lines))
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var r record
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			t.Fatalf("line %d: %v\n%.200s", len(records)+1, err, in.Bytes())
		}
		records = append(records, r)
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return records
}

// volume writes n loans and parses them.
func volume(t testing.TB, n int, seed uint64) []record {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, n, seed); err != nil {
		t.Fatal(err)
	}
	return readLines(t, out.Bytes())
}

// golden compares with a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := "testdata/" + name
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (run with -update and look at the difference):\n got %.400s\nwant %.400s", path, got, want)
	}
}

// cents is an amount of money as a whole number, so that sums can be compared exactly.
func cents(amount float64) int64 { return int64(math.Round(amount * 100)) }

// checkMoney holds a loan to what its own figures say.
func checkMoney(t *testing.T, r record) {
	t.Helper()
	sum := func(dues []dueRecord) (total int64) {
		for _, d := range dues {
			total += cents(d.Amount)
		}
		return total
	}
	if len(r.Terms.Scheduled) > 0 && sum(r.Terms.Scheduled) != cents(r.Amount) {
		t.Errorf("loan %d: scheduled payments add up to %d cents, the loan is %d", r.ID, sum(r.Terms.Scheduled), cents(r.Amount))
	}
	if len(r.Terms.Locals) > 0 && sum(r.Terms.Locals) != cents(r.Terms.Units) {
		t.Errorf("loan %d: local payments add up to %d, disbursed were %d", r.ID, sum(r.Terms.Locals), cents(r.Terms.Units))
	}
	var paid, lost int64
	for _, p := range r.Payments {
		paid += cents(p.Amount)
		lost += cents(p.Loss)
	}
	if r.Paid != nil && len(r.Payments) > 0 && paid != cents(*r.Paid) {
		t.Errorf("loan %d: payments add up to %d cents, paid_amount is %d", r.ID, paid, cents(*r.Paid))
	}
	if r.Status == "paid" && r.Paid != nil && len(r.Payments) > 0 && paid+lost != cents(r.Amount) {
		t.Errorf("loan %d is paid, but %d cents and %d lost make no %d", r.ID, paid, lost, cents(r.Amount))
	}
	if r.Status == "in_repayment" && paid >= cents(r.Amount) {
		t.Errorf("loan %d is in repayment with nothing left to pay", r.ID)
	}
	if cents(r.Amount)%2500 != 0 || r.Amount < 25 {
		t.Errorf("loan %d: amount %v is no multiple of 25", r.ID, r.Amount)
	}
	if r.Funded != nil && (*r.Funded < 0 || *r.Funded > r.Amount) {
		t.Errorf("loan %d: raised %v of %v", r.ID, *r.Funded, r.Amount)
	}
}

// checkTime holds a loan to the collection's present.
func checkTime(t *testing.T, r record) {
	t.Helper()
	now := string(present.appendTo(nil))
	dates := []string{r.Posted}
	for _, d := range []*string{r.FundedDate, r.PaidDate} {
		if d != nil {
			dates = append(dates, *d)
		}
	}
	for _, p := range r.Payments {
		dates = append(dates, p.Settled)
	}
	for _, d := range dates {
		if d > now {
			t.Errorf("loan %d: %s has happened after %s", r.ID, d, now)
		}
	}
	if r.Status == "fundraising" && r.Expires != nil && *r.Expires < now {
		t.Errorf("loan %d still raises funds, but expired on %s", r.ID, *r.Expires)
	}
	if r.Status == "expired" && (r.Expires == nil || *r.Expires > now) {
		t.Errorf("loan %d is expired before its time: %v", r.ID, r.Expires)
	}
}
