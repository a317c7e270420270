package storetest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"loanleaf/kiva"
)

// day is the n-th day of the invented records.
func day(n int) time.Time { return time.Date(2015, 1, 1+n, 9, 30, 0, 0, time.UTC) }

// plain is a loan with what lists go by.
func plain(id int64, posted time.Time) kiva.Loan {
	return kiva.Loan{
		ID: id, Name: fmt.Sprintf("Borrower %d", id), Status: kiva.Fundraising, Sector: "Agriculture",
		Amount: kiva.USD(550), Posted: posted, PartnerID: 7,
		Location: kiva.Location{CountryCode: "KE", Country: "Kenya"},
		Story:    []kiva.Text{{Language: "en", Body: fmt.Sprintf("The story of %d.", id)}},
	}
}

// Filled is a T every field of which is set, at any depth, each differently:
// the means to see that nothing is lost on the way. Times are whole seconds
// in UTC. It panics on a kind of field that it does not know.
func Filled[T any]() T {
	var v T
	n := 0
	fillValue(reflect.ValueOf(&v).Elem(), &n)
	return v
}

func fillValue(v reflect.Value, n *int) {
	*n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(day(*n)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fillValue(v.Field(i), n)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillValue(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fillValue(v.Index(0), n)
		fillValue(v.Index(1), n)
	case reflect.String:
		v.SetString(fmt.Sprintf("Text %d – văn bản", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1000 + *n))
	case reflect.Float64:
		v.SetFloat(float64(*n) + 0.1)
	case reflect.Uint8: // kiva.Status
		v.SetUint(uint64(kiva.InRepayment))
	default:
		panic(fmt.Sprintf("storetest: no value for a field of type %s", v.Type()))
	}
}

// randomLoan is a loan of few ids, days, places and partners, so that records
// collide in every way.
func randomLoan(r *rand.Rand) kiva.Loan {
	l := plain(1+r.Int64N(400), day(r.IntN(30)))
	l.Name = fmt.Sprintf("Borrower %d", r.Int())
	statuses := append(kiva.Statuses(), kiva.Hidden)
	l.Status = statuses[r.IntN(len(statuses))]
	l.PartnerID = r.Int64N(12)
	l.Sector = []string{"", "Food", "food", "Personal Use", "personal use!", "Retail"}[r.IntN(6)]
	l.Location = []kiva.Location{{}, {CountryCode: "KE", Country: "Kenya"}, {CountryCode: "ke", Country: "KENYA"},
		{CountryCode: "VN"}, {CountryCode: "VN", Country: "Viet Nam"}, {Country: "Nowhere"}}[r.IntN(6)]
	switch r.IntN(4) {
	case 0:
		l.Posted = time.Time{}
	case 1:
		l.Story = nil
	case 2:
		l.Borrowers = []kiva.Borrower{{FirstName: "Ana"}, {FirstName: "Bo", Pictured: true}}
	}
	return l
}

// collect reads a scan to its end.
func collect[T any](t *testing.T, scan iter.Seq2[T, error]) []T {
	t.Helper()
	var all []T
	for v, err := range scan {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// ids are the ids of loans, in their order.
func ids(loans []kiva.Loan) []int64 {
	var ids []int64
	for _, l := range loans {
		ids = append(ids, l.ID)
	}
	return ids
}
