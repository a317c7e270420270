package snapshot

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"loanleaf/kiva"
)

// real is the path of a stored body of API v1. Such bodies are not part of
// this project; where they are not at hand there is nothing to test.
func real(t *testing.T, name string) string {
	t.Helper()
	const root = "../../../shared/data/kiva"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the folder of stored API bodies, ../shared/data, is not here")
	}
	return filepath.Join(root, name)
}

func TestRealBodiesAreReadWhole(t *testing.T) {
	tests := map[string]struct {
		format          string
		loans, partners int
		first           int64
	}{
		"2009-loans-search.json":                 {"API v1 listing", 20, 0, 95939},
		"2013-loan-523629-group-es-en.json":      {"API v1 detail", 1, 0, 523629},
		"2014-loans-listing-theme-singular.json": {"API v1 listing", 6, 0, 718077},
		"2015-loan-829958.json":                  {"API v1 detail", 1, 0, 829958},
		"2009-partners.json":                     {"API v1 partners", 0, 55, 128},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := readPath(t, real(t, "api-v1/"+name))
			if got.format != test.format || len(got.loans) != test.loans || len(got.partners) != test.partners || len(got.problems) > 0 || got.err != nil {
				t.Fatalf("%s: %d loans, %d partners, problems %v, error %v", got.format, len(got.loans), len(got.partners), got.problems, got.err)
			}
			first := int64(0)
			if test.loans > 0 {
				first = got.loans[0].ID
			} else {
				first = got.partners[0].ID
			}
			if first != test.first {
				t.Errorf("the first is %d, want %d", first, test.first)
			}
			for _, l := range got.loans {
				if l.Location.CountryCode == "" || l.Name == "" || l.Posted.IsZero() {
					t.Errorf("loan %d lacks country code, name or date: %+v", l.ID, l)
				}
				mustBeClean(t, l.Name, false)
				mustBeClean(t, l.Use, false)
				for _, s := range l.Story {
					mustBeClean(t, s.Body, true)
				}
			}
		})
	}
}

func TestRealDetail2015(t *testing.T) {
	l := readPath(t, real(t, "api-v1/2015-loan-829958.json")).loans[0]
	due := time.Date(2015, 7, 1, 7, 0, 0, 0, time.UTC)
	switch {
	case l.Status != kiva.InRepayment, l.Repaid != kiva.USD(0), l.Amount != kiva.USD(725), l.LenderCount != 23:
		t.Errorf("figures: %+v", l)
	case len(l.Borrowers) != 1 || l.Borrowers[0].Gender != "F" || !l.Borrowers[0].Pictured:
		t.Errorf("borrowers: %+v", l.Borrowers)
	case l.Terms.LocalAmount != kiva.Money{Units: 15_000_000 * kiva.MoneyScale, Currency: "VND"}:
		t.Errorf("local amount: %v", l.Terms.LocalAmount)
	case len(l.Terms.ScheduledPayments) != 18 || l.Terms.ScheduledPayments[3].Amount.Decimal() != "48.34" || !l.Terms.ScheduledPayments[3].Due.Equal(due):
		t.Errorf("schedule: %+v", l.Terms.ScheduledPayments)
	case l.Terms.ScheduledPayments[0].Amount != kiva.USD(0):
		t.Error("an instalment of 0 in the months of grace is absent")
	case l.Terms.Liability.CoveragePercent != 10:
		t.Errorf("coverage: %d", l.Terms.Liability.CoveragePercent)
	case len(l.Tags) != 3 || l.Themes[0] != "Water and Sanitation":
		t.Errorf("tags %q, themes %q", l.Tags, l.Themes)
	}
	sum := kiva.USD(0)
	for _, p := range l.Terms.ScheduledPayments {
		sum = sum.Add(p.Amount)
	}
	if sum != l.Amount {
		t.Errorf("the schedule sums to %v of %v", sum, l.Amount)
	}
}

func TestRealGroup2013(t *testing.T) {
	l := readPath(t, real(t, "api-v1/2013-loan-523629-group-es-en.json")).loans[0]
	if len(l.Borrowers) != 9 || l.BorrowerCount != 9 || !l.Group() {
		t.Errorf("%d borrowers, count %d", len(l.Borrowers), l.BorrowerCount)
	}
	if len(l.Story) != 2 || l.Story[0].Language != "es" || l.Story[1].Language != "en" {
		t.Errorf("stories: %d, languages %q", len(l.Story), l.Languages)
	}
	if l.Terms.Months != 0 || l.Terms.LocalAmount.Decimal() != "26262.62" || l.Terms.LocalAmount.Currency != "BOB" {
		t.Errorf("terms: %+v", l.Terms)
	}
}

func TestRealListing2009(t *testing.T) {
	for _, l := range readPath(t, real(t, "api-v1/2009-loans-search.json")).loans {
		if n := len(l.Languages); n == 0 || n != len(slices.Compact(slices.Sorted(slices.Values(l.Languages)))) {
			t.Errorf("loan %d has the languages %q, each must come once", l.ID, l.Languages)
		}
		if l.Status == kiva.Fundraising && !l.Basket.Known() {
			t.Errorf("loan %d is fundraising and has no basket", l.ID)
		}
	}
}

func TestRealPartners2009(t *testing.T) {
	rated := 0
	for _, p := range readPath(t, real(t, "api-v1/2009-partners.json")).partners {
		if p.Rating > 0 {
			rated++
		}
		if p.Name == "" || p.Status == "" || len(p.Countries) == 0 || p.Countries[0].Region == "" || p.DelinquencyRate == nil {
			t.Errorf("partner %d came out as %+v", p.ID, p)
		}
		if p.ID == 116 && (p.Rating != 50 || p.TotalRaised != kiva.USD(45650) || p.LoansPosted != 72 || p.Countries[0].Code != "MN") {
			t.Errorf("partner 116 came out as %+v", p)
		}
	}
	if rated == 0 {
		t.Error("no partner has a rating")
	}
}

// TestRealTables: the tables of loans there are, and what must be in them.
func TestRealTables(t *testing.T) {
	got := readPath(t, real(t, "snapshot/kiva_ds_csv-loans-header-and-5rows.csv"))
	if got.format != csvKind || !slices.Equal(got.ids(), []int64{1737446, 1274681, 1552694, 1756537, 343721}) || len(got.problems) > 0 || got.err != nil {
		t.Fatalf("%s: the loans %d, problems %v, error %v", got.format, got.ids(), got.problems, got.err)
	}
	for _, l := range got.loans {
		if l.Status != kiva.Funded || l.Repaid.Known() || l.Raised != l.Amount || l.Name == "" || len(l.Borrowers) != 1 || l.Borrowers[0].Gender != "F" ||
			l.Posted.IsZero() || l.FundedDate.IsZero() || l.Terms.Disbursed.IsZero() || l.Terms.Months == 0 || l.ImageID == 0 || l.PartnerID == 0 || l.Journals == nil {
			t.Errorf("loan %d came out as %+v", l.ID, l)
		}
	}
	if l := got.loans[2]; !slices.Equal(l.Languages, []string{"fr", "en"}) || len(l.Story) != 2 || l.Location.CountryCode != "TG" {
		t.Errorf("the loan of a French story came out as %+v", l)
	}
	if l := got.loans[1]; l.Terms.Liability != nil || len(l.Tags) != 2 {
		t.Errorf("the loan in dollars came out as %+v", l)
	}
	if l := got.loans[4]; len(l.Story) != 1 || l.Terms.Liability.CoveragePercent != 20 || l.Location.Town != "Kabankalan, Negros Occidental" {
		t.Errorf("the loan without a translation came out as %+v", l)
	}
}

func TestRealTableOfKaggle(t *testing.T) {
	got := readPath(t, real(t, "snapshot/kaggle-kiva_loans-600rows.csv"))
	if got.format != kaggleKind || len(got.loans) != 600 || len(got.problems) > 0 || got.err != nil {
		t.Fatalf("%s: %d loans, problems %v, error %v", got.format, len(got.loans), got.problems, got.err)
	}
	expired := 0
	for _, l := range got.loans {
		if l.Status == kiva.Expired {
			expired++
		}
		if !l.Anonymous() || l.Use != "" || l.Tags != nil || l.Location.Town != "" || l.Location.CountryCode == "" || l.Posted.IsZero() {
			t.Errorf("loan %d came out as %+v", l.ID, l)
		}
	}
	if expired != 52 {
		t.Errorf("%d loans expired, want 52", expired)
	}
}

func TestRealTableCollectedIn2012(t *testing.T) {
	got := readPath(t, real(t, "snapshot/2012-expired-loans-800rows.csv"))
	if got.format != collectedKind || len(got.loans) != 800 || len(got.problems) > 0 || got.err != nil {
		t.Fatalf("%s: %d loans, problems %v, error %v", got.format, len(got.loans), got.problems, got.err)
	}
	count := map[kiva.Status]int{}
	dated := 0
	for _, l := range got.loans {
		count[l.Status]++
		if !l.FundedDate.IsZero() {
			dated++
		}
		if !l.Anonymous() || l.Location.CountryCode == "" || l.Posted.IsZero() || l.Expires.IsZero() ||
			l.Terms.Months == 0 || l.PartnerID == 0 || !l.Raised.Known() || l.Activity == "" {
			t.Errorf("loan %d came out as %+v", l.ID, l)
		}
	}
	if count[kiva.Expired] != 797 || count[kiva.Refunded] != 3 || dated != 1 {
		t.Errorf("statuses %v, %d with a day on which they were funded", count, dated)
	}
}

// TestRealTablesBesideTheLoans: the other tables of a snapshot have no loans,
// and are no mistake.
func TestRealTablesBesideTheLoans(t *testing.T) {
	for name, note := range map[string]string{
		"kiva_ds_csv-lenders-header.csv":       "is a CSV snapshot of lenders",
		"kiva_ds_csv-loans_lenders-header.csv": "is a CSV snapshot of who lent to which loan",
	} {
		got := readPath(t, real(t, "snapshot/"+name))
		if len(got.loans)+len(got.problems) > 0 || got.err != nil || len(got.files) != 1 || got.files[0].Note != note {
			t.Errorf("%s: %d loans, problems %v, error %v, files %v", name, len(got.loans), got.problems, got.err, got.files)
		}
	}
}

func TestRealBodiesThatAreRefused(t *testing.T) {
	for name, want := range map[string]string{
		"api-v1/2009-journal-15916-comments.json":            "is a list of comments (API v1)",
		"api-v1/2009-journal-entries-search.json":            "is a list of journal entries (API v1)",
		"api-v1/2009-loan-14077-journal-entries.json":        "is a list of journal entries (API v1)",
		"api-v1/2009-lender-detail.json":                     "is a list of lenders (API v1)",
		"api-v1/2009-loan-95693-lenders.json":                "is a list of lenders (API v1)",
		"api-v1/2009-lending-actions-recent.json":            "is a list of lending actions (API v1)",
		"api-v1/2009-release.json":                           "is the API's release number (API v1)",
		"api-v1/2009-templates-images.json":                  "is the list of image templates (API v1)",
		"api-v1/2015-my-loans-listing.json":                  "is named as the answer of a private address (my/…), which belongs to one user alone",
		"api-v1/2019-loan-1867441.xml":                       "is an XML answer of API v1, which this version does not read",
		"snapshot/scraped-loan-pages-2019-rows.csv":          "looks like a CSV table, but has not the columns of Kiva's loans",
		"partner-api/loan_draft-template.json":               "is a body of the partner API (a loan draft or journals), which is not public",
		"partner-api/journals-sample.json":                   "is a body of the partner API (a loan draft or journals), which is not public",
		"partner-api/repayments-sample.json":                 "is a body of the partner API (repayments), which is not public",
		"partner-api/KivaPartnerAPI.postman_collection.json": "is a collection of requests (Postman)",
	} {
		t.Run(name, func(t *testing.T) {
			if why := refused(t, real(t, name)); why.What != want {
				t.Errorf("refused: it %s\nwant: it %s", why.What, want)
			}
		})
	}
}

func TestRealFolder(t *testing.T) {
	got := readPath(t, real(t, "api-v1"))
	if len(got.loans) != 28 || len(got.partners) != 55 || got.err != nil || len(got.files) != 15 {
		t.Errorf("%d loans, %d partners, %d files, error %v", len(got.loans), len(got.partners), len(got.files), got.err)
	}
	if len(got.problems) != 1 || got.problems[0].File != "api-v1/2015-my-loans-listing.json" {
		t.Errorf("problems: %v", got.problems)
	}
}
