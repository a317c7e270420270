package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/store"
)

// benchLoan is a loan of about the usual size: some 4 KB as JSON, with story,
// schedules and payments. scatter parts the order of ids from that of dates.
func benchLoan(i int) *kiva.Loan {
	day := func(n int) time.Time { return time.Date(2008, 1, 1+n, 12, 0, i%60, 0, time.UTC) }
	l := &kiva.Loan{
		ID: int64(100_000 + i), Name: "Esther", Status: kiva.Paid, Use: "to buy more ducks and chickens",
		Activity: "Poultry", Sector: fmt.Sprintf("Sector %d", i%15), Themes: []string{"Rural Exclusion"},
		Tags: []string{"#Parent", "#Animals", "user_favorite"}, Amount: kiva.USD(550), Raised: kiva.USD(550),
		Repaid: kiva.USD(550), BorrowerCount: 1, LenderCount: 18, PartnerID: int64(1 + i%300), ImageID: int64(i),
		Borrowers: []kiva.Borrower{{FirstName: "Esther", Gender: "F", Pictured: true}},
		Location: kiva.Location{CountryCode: string([]byte{'A' + byte(i%8), 'A' + byte(i%10)}), Country: "A country", Town: "Sunyani",
			Geo: &kiva.Geo{Level: "town", Latitude: 7.34, Longitude: -2.33}},
		Posted: day(i/200 + i*7919%30), Expires: day(i/200 + 60), FundedDate: day(i/200 + 40), PaidDate: day(i/200 + 400),
		Languages: []string{"en"}, Story: []kiva.Text{{Language: "en", Body: strings.Repeat("She sells eggs at the market of her town. ", 28)}},
		Terms: &kiva.Terms{Disbursed: day(i / 200), LocalAmount: kiva.Money{Units: 8_000_000, Currency: "GHS"},
			Interval: "Monthly", Months: 12, Liability: &kiva.LossLiability{Nonpayment: "lender", CurrencyExchange: "shared", CoveragePercent: 10}},
		Journals: &kiva.JournalTotals{Entries: 1},
	}
	for n := range 12 {
		due := day(i/200 + 30*n)
		l.Terms.LocalPayments = append(l.Terms.LocalPayments, kiva.Instalment{Due: due, Amount: kiva.Money{Units: 700_000, Currency: "GHS"}})
		l.Terms.ScheduledPayments = append(l.Terms.ScheduledPayments, kiva.Instalment{Due: due, Amount: kiva.USD(46)})
		if n%2 == 0 {
			l.Payments = append(l.Payments, kiva.Payment{ID: int64(n), Amount: kiva.USD(46), Local: kiva.Money{Units: 700_000, Currency: "GHS"},
				Processed: due, Settled: due})
		}
	}
	return l
}

const benchLoans = 100_000

func benchImport(b *testing.B, path string, loans int, id func(int) int64) (add, commit time.Duration) {
	im, err := store.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer im.Abort()
	// Making the loans is not the store's work: some are made beforehand and
	// given new ids and dates.
	made := make([]*kiva.Loan, 1000)
	for i := range made {
		made[i] = benchLoan(i)
	}
	start := time.Now()
	for i := range loans {
		l := made[i%len(made)]
		l.ID, l.Status = id(i), kiva.Paid
		if i%50 == 0 && i < loans/2 {
			l.Status = kiva.Fundraising
		}
		l.Posted = time.Date(2008, 1, 1, 0, i/10+i*7919%5000, 0, 0, time.UTC)
		if _, err := im.AddLoan(context.Background(), l); err != nil {
			b.Fatal(err)
		}
	}
	add = time.Since(start)
	start = time.Now()
	if _, err := im.Commit(context.Background(), store.Meta{}); err != nil {
		b.Fatal(err)
	}
	return add, time.Since(start)
}

// cpuTime is what the program has used of all cores, in itself and in the
// system; on a busy machine it says more than the clock.
func cpuTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func ascending(i int) int64 { return int64(i + 1) }

// BenchmarkImport is one import of 100,000 loans, lists and syncing included,
// with ids as snapshots mostly have them, and with ids in no order.
func BenchmarkImport(b *testing.B) {
	for _, c := range []struct {
		name string
		id   func(int) int64
	}{
		{"ascending ids", ascending},
		{"scattered ids", func(i int) int64 { return 1 + int64(i)*48_271%2_147_483_647 }},
	} {
		b.Run(c.name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), fileName)
			var add, commit time.Duration
			before := cpuTime(b)
			for b.Loop() {
				a, c := benchImport(b, path, benchLoans, c.id)
				add, commit = add+a, commit+c
			}
			loans := float64(b.N * benchLoans)
			b.ReportMetric(loans/(cpuTime(b)-before).Seconds(), "loans/cpu-s")
			b.ReportMetric(loans/(add+commit).Seconds(), "loans/s")
			b.ReportMetric(float64(add.Nanoseconds())/loans, "ns-add/loan")
			b.ReportMetric(float64(commit.Nanoseconds())/loans, "ns-commit/loan")
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(info.Size())/benchLoans, "file-bytes/loan")
			text, err := json.Marshal(benchLoan(1))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(text)), "json-bytes/loan")
		})
	}
}

// BenchmarkRead asks a store of 100,000 loans, that lies in the system's cache.
func BenchmarkRead(b *testing.B) {
	path := filepath.Join(b.TempDir(), fileName)
	benchImport(b, path, benchLoans, ascending)
	s, err := store.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	ctx := b.Context()
	b.Run("scan", func(b *testing.B) {
		n, before := 0, cpuTime(b)
		for b.Loop() {
			for _, err := range s.Loans(ctx, 0, 0) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
		}
		b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "loans/s")
		b.ReportMetric(float64(n)/(cpuTime(b)-before).Seconds(), "loans/cpu-s")
	})
	b.Run("by id", func(b *testing.B) {
		i := 0
		for b.Loop() {
			i++
			if _, err := s.Loan(ctx, 1+int64(i)*48_271%benchLoans); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, c := range []struct {
		name string
		list kiva.List
		page int
	}{
		{"first page of all", kiva.List{}, 1},
		{"last page of all", kiva.List{}, benchLoans / kiva.PageSize},
		{"page of a sector", kiva.List{Kind: kiva.BySector, Key: "sector-3"}, 30},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				ids, err := s.PageIDs(ctx, c.list, c.page)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := s.Listings(ctx, ids); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("newest 50", func(b *testing.B) {
		for b.Loop() {
			ids, err := s.NewestIDs(ctx, kiva.List{}, 50)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := s.Listings(ctx, ids); err != nil {
				b.Fatal(err)
			}
		}
	})
	// Loans that raise funds are one in fifty, all of them among the older half.
	b.Run("newest 6 that raise funds", func(b *testing.B) {
		for b.Loop() {
			ids, err := s.RaisingIDs(ctx, kiva.List{Kind: kiva.BySector, Key: "sector-5"}, 6)
			if err != nil {
				b.Fatal(err)
			}
			if loans, err := s.Listings(ctx, ids); len(loans) != 6 || err != nil {
				b.Fatal(len(loans), err)
			}
		}
	})
	b.Run("open and close", func(b *testing.B) {
		for b.Loop() {
			s, err := store.Open(path)
			if err != nil {
				b.Fatal(err)
			}
			if err := s.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
