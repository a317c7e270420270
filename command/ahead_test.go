package command

import (
	"iter"
	"testing"
)

func TestAheadGivesTheSameInTheSameOrder(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 9, 100} {
		var got []int
		for a, b := range ahead(countTo(n, nil), 8, 2) {
			if b != -a {
				t.Fatalf("%d beside %d", b, a)
			}
			got = append(got, a)
		}
		if len(got) != n || n > 0 && got[n-1] != n-1 {
			t.Errorf("of %d: %v", n, got)
		}
	}
}

func TestAheadHasEndedWhenTheLoopHas(t *testing.T) {
	for _, after := range []int{0, 5, 8, 63} {
		ended := false
		for a := range ahead(countTo(1_000_000, &ended), 8, 2) {
			if a == after {
				break
			}
		}
		if !ended {
			t.Errorf("left after %d, it goes on", after)
		}
	}
}

// countTo notes in ended that it was left, or came to its end.
func countTo(n int, ended *bool) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		if ended != nil {
			defer func() { *ended = true }()
		}
		for i := range n {
			if !yield(i, -i) {
				return
			}
		}
	}
}
