package command

import "iter"

// pair is what a sequence gives at a time.
type pair[A, B any] struct {
	a A
	b B
}

// ahead runs a sequence in a goroutine of its own, up to so many batches of
// size before the one who ranges over it, so that reading and storing have a
// processor each. It has ended the goroutine when the loop ends, however that
// does.
func ahead[A, B any](seq iter.Seq2[A, B], size, batches int) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		ready := make(chan []pair[A, B], batches)
		stop := make(chan struct{})
		go func() {
			defer close(ready)
			batch := make([]pair[A, B], 0, size)
			send := func() bool {
				select {
				case ready <- batch:
					batch = make([]pair[A, B], 0, size)
					return true
				case <-stop:
					return false
				}
			}
			for a, b := range seq {
				if batch = append(batch, pair[A, B]{a, b}); len(batch) == size && !send() {
					return
				}
			}
			if len(batch) > 0 {
				send()
			}
		}()
		defer func() {
			close(stop)
			for range ready { // until the goroutine has ended: what it reads may be closed then
			}
		}()
		for batch := range ready {
			for _, p := range batch {
				if !yield(p.a, p.b) {
					return
				}
			}
		}
	}
}
