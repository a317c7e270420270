package view

import (
	"reflect"
	"testing"
)

// TestAnswersSayWhatTheLoanPageSays holds that an answer is the loan page's view
// without what stands on that page alone.
func TestAnswersSayWhatTheLoanPageSays(t *testing.T) {
	for _, teller := range newTellers(t) {
		for _, f := range fixtures() {
			got, want := teller.Answer(f.loan, f.partner), teller.Loan(f.loan, f.partner)
			want.Stories, want.Borrowers, want.Partner, want.Facts, want.Tags, want.Crumbs = nil, "", nil, nil, nil, nil
			want.Schedule, want.Borrower, want.Payments, want.Video, want.Card, want.Chart = Table{}, Table{}, Table{}, nil, nil, Chart{}
			want.Action = got.Action // a page does not lead to itself
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s, %s: got %+v, want %+v", f.name, teller.language.Tag, got, want)
			}
		}
	}
}
