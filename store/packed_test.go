package store

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"loanleaf/kiva"
)

func randomMoney(r *rand.Rand) kiva.Money {
	units := []int64{0, 1, -1, 483400, math.MaxInt64, math.MinInt64}
	return kiva.Money{Units: units[r.IntN(len(units))], Currency: []string{"", "USD", "KHR", "a name that is no code"}[r.IntN(4)]}
}

func randomTime(r *rand.Rand) time.Time {
	switch r.IntN(4) {
	case 0:
		return time.Time{}
	case 1:
		return time.Unix(r.Int64N(1<<40)-1<<39, 0).UTC()
	default:
		return time.Date(2010, 1, r.IntN(2000), 0, 0, 0, 0, time.UTC)
	}
}

func TestPackedValuesComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		var instalments []kiva.Instalment
		var payments []kiva.Payment
		for range r.IntN(20) {
			instalments = append(instalments, kiva.Instalment{Due: randomTime(r), Amount: randomMoney(r)})
			payments = append(payments, kiva.Payment{ID: r.Int64() >> r.IntN(64), Amount: randomMoney(r), Local: randomMoney(r),
				CurrencyLoss: randomMoney(r), Processed: randomTime(r), Settled: randomTime(r)})
		}
		if got, err := unpackInstalments(packInstalments(instalments)); !slices.Equal(got, instalments) || err != nil {
			t.Fatalf("%v became %v, %v", instalments, got, err)
		}
		packed := packPayments(payments)
		if got, err := unpackPayments(packed); !slices.Equal(got, payments) || err != nil {
			t.Fatalf("%v became %v, %v", payments, got, err)
		}
		for n := 1; n < len(packed); n++ {
			if _, err := unpackPayments(packed[:n]); err == nil {
				t.Fatalf("%d of %d bytes were taken for all", n, len(packed))
			}
		}
		if _, err := unpackInstalments(append(packInstalments(instalments), 0, 0)); err == nil {
			t.Fatal("a tail was overlooked")
		}
	}
}

func TestIDsOfAPageComeBack(t *testing.T) {
	for _, ids := range [][]int64{{}, {5}, {5, 3, 9}, {1<<63 - 1, 1, 1<<63 - 1}, slices.Repeat([]int64{7}, kiva.PageSize)} {
		if got, err := decodeIDs(encodeIDs(ids)); !slices.Equal(got, ids) || err != nil {
			t.Errorf("%d became %d, %v", ids, got, err)
		}
	}
	if _, err := decodeIDs([]byte{0x80}); err == nil {
		t.Error("half a number was taken")
	}
	if _, err := decodeIDs(make([]byte, kiva.PageSize+1)); err == nil {
		t.Error("more than a page was taken")
	}
}

// FuzzUnpack: damaged bytes are an error or values, never a panic, and what
// was taken for values packs to something that gives them again.
func FuzzUnpack(f *testing.F) {
	day := time.Date(2013, 2, 3, 0, 0, 0, 0, time.UTC)
	f.Add(packInstalments([]kiva.Instalment{{Due: day, Amount: kiva.USD(46)}, {Due: day, Amount: kiva.Money{}}}))
	f.Add(packPayments([]kiva.Payment{{ID: 1, Amount: kiva.USD(46), Local: kiva.Money{Units: 1, Currency: "GHS"}, Processed: day}}))
	f.Add([]byte{0xff, 0xff, 0x03})
	f.Fuzz(func(t *testing.T, b []byte) {
		was := bytes.Clone(b)
		if list, err := unpackInstalments(b); err == nil {
			if again, err := unpackInstalments(packInstalments(list)); !slices.Equal(list, again) || err != nil {
				t.Errorf("%v became %v, %v", list, again, err)
			}
		}
		if list, err := unpackPayments(b); err == nil {
			if again, err := unpackPayments(packPayments(list)); !slices.Equal(list, again) || err != nil {
				t.Errorf("%v became %v, %v", list, again, err)
			}
		}
		if ids, err := decodeIDs(b); err == nil {
			if again, err := decodeIDs(encodeIDs(ids)); !slices.Equal(ids, again) || err != nil {
				t.Errorf("%v became %v, %v", ids, again, err)
			}
		}
		if !bytes.Equal(b, was) {
			t.Error("the bytes were changed")
		}
	})
}
