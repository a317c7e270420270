package check_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"loanleaf/kiva/snapshot"
	"loanleaf/oembed/check"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
	"loanleaf/store"
)

// ownPage is the address of a loan of the server of these tests.
func ownPage(id int64, language string) string {
	return fmt.Sprintf("https://loans.example/of/ours%s/lend/%d", language, id)
}

// newOwnServer serves the sample, with pictures and in all languages.
func newOwnServer(t *testing.T) (check.Handler, []int64) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "loans.sqlite")
	into, err := store.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer into.Abort()
	var ids []int64
	for name, body := range map[string][]byte{"loans.jsonl": sample.Loans(), "partners.json": sample.Partners()} {
		source := filepath.Join(dir, name)
		if err := os.WriteFile(source, body, 0o600); err != nil {
			t.Fatal(err)
		}
		snap, err := snapshot.Open(source)
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Close()
		for record, err := range snap.Records() {
			switch {
			case err != nil:
			case record.Loan != nil:
				ids = append(ids, record.Loan.ID)
				_, err = into.AddLoan(t.Context(), record.Loan)
			case record.Partner != nil:
				_, err = into.AddPartner(t.Context(), record.Partner)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	date := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	if _, err := into.Commit(t.Context(), store.Meta{DataDate: date}); err != nil {
		t.Fatal(err)
	}
	loans, err := store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { loans.Close() })
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example/of/ours", Name: "Loans", Languages: []string{"en", "es", "fr", "ar"},
		Images: site.ServedImages, Gallery: drawings{}, OEmbed: "https://loans.example/of/ours/services/oembed",
	})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: date, Picture: sample.Picture, Loans: loans.Counts().Loans})
	if err != nil {
		t.Fatal(err)
	}
	return check.Handler{Handler: web, Host: "loans.example"}, ids
}

// Loanleaf's own pages survive everywhere, and need no advice.
func TestOwnPagesSurviveEverywhere(t *testing.T) {
	own, ids := newOwnServer(t)
	if len(ids) < 50 {
		t.Fatalf("%d loans are too few to be the sample", len(ids))
	}
	if testing.Short() {
		ids = ids[:8]
	}
	for _, language := range []string{"", "/es", "/fr", "/ar"} {
		some := ids
		if language != "" {
			some = ids[:8] // words differ, and no more
		}
		for _, id := range some {
			report, err := check.Run(t.Context(), own, ownPage(id, language))
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range report.Rules {
				if r.State == check.Broken || r.State == check.Advice {
					t.Errorf("%s: %s: %s: %s", report.URL, r.State, r.ID, r.Seen)
				}
			}
			for _, v := range report.Consumers {
				if !v.Survives || v.Shows == "" {
					t.Errorf("%s: %s: %v, shows %q", report.URL, v.Name, v.Survives, v.Shows)
				}
			}
		}
	}
}

// The page that is not there has nothing to report but that.
func TestAPageThatIsNotThereIsReported(t *testing.T) {
	own, _ := newOwnServer(t)
	report, err := check.Run(t.Context(), own, ownPage(1, ""))
	if err != nil {
		t.Fatal(err)
	}
	if report.Clean() || report.Count(check.Broken) != 1 || report.Rules[0].Seen != "status 404" {
		t.Errorf("got %d broken, the first rule says %q", report.Count(check.Broken), report.Rules[0].Seen)
	}
}

// What is drawn for the sample is as large as it says.
type drawings struct{}

func (drawings) PictureSize(size string, id int64) (width, height int, ok bool) {
	return sample.PictureSize(size, id)
}
