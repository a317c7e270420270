package view

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"

	"loanleaf/kiva"
)

// TestViewsAreNotWrittenToAgain has several goroutines tell loans with one teller, and
// looks at all that was told when they are done: it is what a teller says that tells
// of nothing else.
func TestViewsAreNotWrittenToAgain(t *testing.T) {
	const goroutines, loansEach = 4, 120
	for _, teller := range newTellers(t) {
		var all [goroutines]struct {
			loans    []*kiva.Loan
			partners []*kiva.Partner
			told     []Loan
		}
		var working sync.WaitGroup
		for n := range all {
			working.Go(func() {
				mine, chance := &all[n], rand.New(rand.NewPCG(uint64(n), 7))
				for i := range loansEach {
					loan, partner := randomLoan(chance), randomPartner(chance)
					mine.loans, mine.partners = append(mine.loans, loan), append(mine.partners, partner)
					if i%3 > 0 {
						mine.told = append(mine.told, teller.Loan(loan, partner))
					} else {
						mine.told = append(mine.told, teller.Answer(loan, partner))
					}
				}
			})
		}
		working.Wait()
		for n := range all {
			for i, told := range all[n].told {
				loan, partner := all[n].loans[i], all[n].partners[i]
				alone := teller.alone()
				want := alone.loan(public(loan), partner)
				if i%3 == 0 {
					want = alone.answer(public(loan), partner)
				}
				if !reflect.DeepEqual(told, want) {
					t.Fatalf("%s: loan %d was told as\n%+v\nand alone as\n%+v", teller.language.Tag, loan.ID, told, want)
				}
			}
		}
	}
}

func TestNothingIsCutTwice(t *testing.T) {
	var b block[int]
	chance := rand.New(rand.NewPCG(3, 4))
	var cuts [][]int
	for i := range 2000 {
		cut := b.cut(chance.IntN(2*blockLength + 1))
		if slices.ContainsFunc(cut, func(n int) bool { return n != 0 }) || cap(cut) != len(cut) {
			t.Fatalf("a cut of %d, with room for %d: %v", len(cut), cap(cut), cut)
		}
		for j := range cut {
			cut[j] = i + 1
		}
		cuts = append(cuts, cut)
	}
	for i, cut := range cuts {
		if slices.ContainsFunc(cut, func(n int) bool { return n != i+1 }) {
			t.Fatalf("cut %d was written to by another: %v", i, cut)
		}
	}
}

func TestTextsAreKept(t *testing.T) {
	w := newTeller(t).alone()
	chance := rand.New(rand.NewPCG(5, 6))
	var kept, want []string
	for i := range 3000 {
		text := make([]byte, chance.IntN(40))
		if i%100 == 0 {
			text = make([]byte, chance.IntN(2*textBlock))
		}
		for j := range text {
			text[j] = byte('a' + i%26)
		}
		want = append(want, string(text))
		kept = append(kept, w.keep(append(w.empty(), text...)))
	}
	if !slices.Equal(kept, want) {
		t.Error("texts that were kept are not what they were")
	}
}
