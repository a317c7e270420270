package page_test

import (
	"bytes"
	"testing"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/site"
)

// mostAllocations is how many a loan's page may take, its view among them; it takes 15
// on a site of one language, and four more of each further one.
const mostAllocations = 20

func TestALoansPageTakesFewAllocations(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: with the race detector pools forget at random")
	}
	s := sampleStore(t, 200)
	var loans []kiva.Loan
	for loan, err := range s.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		loans = append(loans, loan)
	}
	r := page.New(sampleSite(t, "en"), s, sampleDate, nil)
	partner := &kiva.Partner{ID: 7, Name: "Green Valley Fund", Rating: 35}
	var w bytes.Buffer
	all := testing.AllocsPerRun(5, func() {
		for i := range loans {
			w.Reset()
			a := site.Address{Kind: site.Loan, ID: loans[i].ID}
			if err := r.RenderLoan(t.Context(), &w, a, &loans[i], partner); err != nil {
				t.Fatal(err)
			}
		}
	})
	if each := all / float64(len(loans)); each > mostAllocations {
		t.Errorf("a page takes %.1f allocations, more than %d", each, mostAllocations)
	} else {
		t.Logf("%.1f allocations a page", each)
	}
}
