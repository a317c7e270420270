package server

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"loanleaf/kiva/snapshot"
	"loanleaf/sample"
	"loanleaf/site"
	"loanleaf/store"
)

// BenchmarkOEmbedByID answers for loans chosen at random out of a store of
// 5,000 sample loans, through the whole server: route, look-up, view, answer,
// encoding, ETag; of loans that were asked for before, and of others. One core's
// worth:
//
//	go test ./server -run '^$' -bench OEmbedByID -cpu 1
func BenchmarkOEmbedByID(b *testing.B) {
	b.Run("asked-before", func(b *testing.B) { benchmarkOEmbed(b, mostRemembered) })
	b.Run("never-before", func(b *testing.B) { benchmarkOEmbed(b, 0) })
}

func benchmarkOEmbed(b *testing.B, memory int) {
	loans := openSample(b, 5000)
	ids, err := loans.LoanIDs(b.Context(), 0, 1<<53)
	if err != nil {
		b.Fatal(err)
	}
	web, err := New(Config{Site: oembedSite(b), Source: loans, DataDate: loans.Meta().DataDate})
	if err != nil {
		b.Fatal(err)
	}
	web.data.Load().oembed.memory = newCache[site.Address, *remembered](memory)
	var requests []*http.Request
	dice := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		id := ids[dice.IntN(len(ids))]
		requests = append(requests, httptest.NewRequest(http.MethodGet,
			"/services/oembed?format=json&url=https%3A%2F%2Floans.example%2Flend%2F"+strconv.FormatInt(id, 10), nil))
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		w := blank{header: http.Header{}}
		web.ServeHTTP(&w, requests[i%len(requests)])
		if w.status != http.StatusOK || w.bytes == 0 {
			b.Fatalf("got %d with %d bytes", w.status, w.bytes)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

// openSample imports n sample loans with their partners.
func openSample(b *testing.B, n int) *store.Store {
	b.Helper()
	dir := filepath.Join(b.TempDir(), "snapshot")
	if err := os.Mkdir(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	if err := sample.WriteFolder(dir, n, 1); err != nil {
		b.Fatal(err)
	}
	source, err := snapshot.Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer source.Close()
	path := filepath.Join(b.TempDir(), "loans.db")
	into, err := store.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	ctx := context.Background()
	for record, err := range source.Records() {
		switch {
		case err != nil:
		case record.Loan != nil:
			_, err = into.AddLoan(ctx, record.Loan)
		case record.Partner != nil:
			_, err = into.AddPartner(ctx, record.Partner)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if _, err := into.Commit(ctx, store.Meta{}); err != nil {
		b.Fatal(err)
	}
	opened, err := store.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { opened.Close() })
	return opened
}
