package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// realData is a folder beside the repository with files as Kiva's API gave them
// out. Its records are not ours to copy, so it may be missing.
const realData = "../shared/data/kiva"

// TestFilesAsKivaGaveThemOut reads each whole, or says what it is.
func TestFilesAsKivaGaveThemOut(t *testing.T) {
	if _, err := os.Stat(realData); err != nil {
		t.Skipf("there is no folder %s beside the repository: %v", realData, err)
	}
	for _, test := range []struct{ file, says string }{
		{"api-v1/2009-loans-search.json", " from 20 loans and 0 partners: "},
		{"api-v1/2013-loan-523629-group-es-en.json", " from 1 loan and 0 partners: "},
		{"api-v1/2014-loans-listing-theme-singular.json", " from 6 loans and 0 partners: "},
		{"api-v1/2015-loan-829958.json", " from 1 loan and 0 partners: "},
		{"api-v1/2009-partners.json", " from 0 loans and "},
		{"api-v1/2015-my-loans-listing.json", "is named as the answer of a private address"},
		{"api-v1/2009-lender-detail.json", "is a list of lenders"},
		{"api-v1/2009-loan-95693-lenders.json", "is a list of lenders"},
		{"api-v1/2009-journal-entries-search.json", "is a list of journal entries"},
		{"api-v1/2009-loan-14077-journal-entries.json", "is a list of journal entries"},
		{"api-v1/2009-journal-15916-comments.json", "is a list of comments"},
		{"api-v1/2019-loan-1867441.xml", "is an XML answer of API v1"},
		{"snapshot/kiva_ds_csv-loans-header-and-5rows.csv", " from 5 loans and 0 partners: "},
		{"snapshot/kaggle-kiva_loans-600rows.csv", " from 600 loans and 0 partners: "},
		{"snapshot/kiva_ds_csv-lenders-header.csv", " from 0 loans and 0 partners: "},
		{"snapshot/kiva_ds_csv-loans_lenders-header.csv", " from 0 loans and 0 partners: "},
		{"snapshot/scraped-loan-pages-2019-rows.csv", "looks like a CSV table"},
		{"snapshot/2012-expired-loans-800rows.csv", " from 800 loans and 0 partners: "},
	} {
		t.Run(test.file, func(t *testing.T) {
			w := newWorld(t)
			args := []string{"build", "--data", filepath.Join(realData, test.file), "--base-url", "https://loans.example", "--out", w.path("dist")}
			code := w.run(args...)
			if !strings.HasPrefix(test.says, " ") {
				want := "loanleaf: " + filepath.Join(realData, test.file) + ": " + test.says
				if code != 1 || !strings.HasPrefix(w.err.String(), want) || !strings.Contains(w.err.String(), "\nhint: ") {
					t.Errorf("it ended with %d and said %s", code, w.err.String())
				}
				return
			}
			if code != 0 || !strings.Contains(w.out.String(), test.says) || !strings.Contains(w.out.String(), "; 0 records set aside; ") {
				t.Errorf("it ended with %d and said %s%s", code, w.out.String(), w.err.String())
			}
			w.out.take()
			if code := w.run(args...); code != 0 || !strings.Contains(w.out.String(), " 0 made, 0 changed, ") || !strings.Contains(w.out.String(), " 0 removed; ") {
				t.Errorf("the second time it ended with %d and said %s%s", code, w.out.String(), w.err.String())
			}
		})
	}
}
