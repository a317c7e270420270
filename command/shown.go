package command

import (
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"

	"loanleaf/kiva"
)

// shown is a gallery that gives out the pictures of loans that are shown alone: a
// folder may still hold that of a loan which was taken down or made anonymous. Which
// they are takes a look at every loan, 8 bytes of memory each. Until the last was
// looked at, those that were found are given out, and of the others nobody knows yet.
type shown struct {
	gallery
	found atomic.Pointer[foundPictures]
}

// foundPictures are the ids of pictures that loans were found to have, in sorted
// parts. It is never changed.
type foundPictures struct {
	parts [][]int64
	all   bool // every loan was looked at
}

func (f *foundPictures) has(id int64) bool {
	return slices.ContainsFunc(f.parts, func(part []int64) bool {
		_, ok := slices.BinarySearch(part, id)
		return ok
	})
}

// Picture is that of the gallery; [kiva.ErrNotFound] where no loan that is shown has
// it, and [kiva.ErrNotYet] where that is not known yet.
func (s *shown) Picture(size string, id int64) ([]byte, error) {
	switch found := s.found.Load(); {
	case found.has(id):
		return s.gallery.Picture(size, id)
	case found.all:
		return nil, fmt.Errorf("picture %d: %w", id, kiva.ErrNotFound)
	}
	return nil, fmt.Errorf("picture %d: %w", id, kiva.ErrNotYet)
}

// pictureIDs are the ids of the pictures of a store's loans, sorted, and the key of
// that store. They are kept from one state of a server to the next.
type pictureIDs struct {
	mu  sync.Mutex
	key string
	ids []int64
	// later tells whether many loans are looked at while the server answers: it has
	// nothing else to answer from.
	later bool
}

func (k *pictureIDs) of(key string) (ids []int64, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.ids, key != "" && k.key == key
}

func (k *pictureIDs) keep(key string, ids []int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.key, k.ids = key, ids
}

// showPictures gives out the pictures of the loans of a run. Where it looks at them
// later it goes on until [data.Close].
func (p *Program) showPictures(ctx context.Context, d *data, from gallery, known *pictureIDs, log *slog.Logger) (*shown, error) {
	s := &shown{gallery: from}
	s.found.Store(&foundPictures{})
	if ids, ok := known.of(d.Key); ok {
		s.found.Store(&foundPictures{[][]int64{ids}, true})
		return s, nil
	}
	if !known.later || d.Counts().Loans <= indexedAtOnce {
		return s, s.look(ctx, d, known)
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	d.stopLooking = func() { stop(); <-ended }
	began := p.Now()
	go func() {
		defer close(ended)
		if err := s.look(ctx, d, known); err != nil {
			if ctx.Err() == nil {
				log.Error("not all pictures are given out", "error", err)
			}
			return
		}
		log.Info("the pictures of all loans are known", "loans", d.Counts().Loans, "took", p.Now().Sub(began))
	}()
	return s, nil
}

// look finds the pictures of all loans.
func (s *shown) look(ctx context.Context, d *data, known *pictureIDs) error {
	var parts [][]int64
	var part []int64
	keep := func(all bool) {
		slices.Sort(part)
		parts = append(slices.Clip(parts), part)
		part = nil
		s.found.Store(&foundPictures{parts, all})
	}
	for id, err := range picturesOf(ctx, d) {
		if err != nil {
			return fmt.Errorf("pictures: %w", err)
		}
		if part = append(part, id); len(part) == indexedAtOnce {
			keep(false)
		}
	}
	part = slices.Concat(append(parts, part)...)
	slices.Sort(part)
	part, parts = slices.Clip(slices.Compact(part)), nil
	known.keep(d.Key, part)
	keep(true)
	return nil
}

// picturesOf are the ids of the pictures of all loans, those with the largest numbers
// first: they are the newest, and asked for most. The loans are not read.
func picturesOf(ctx context.Context, d *data) iter.Seq2[int64, error] {
	const width = 10_000 // numbers that are looked at together
	return func(yield func(int64, error) bool) {
		buckets, err := d.IDBuckets(ctx, width)
		if err != nil {
			yield(0, err)
			return
		}
		for _, bucket := range slices.Backward(buckets) {
			for record, err := range d.RecordsBetween(ctx, bucket*width, (bucket+1)*width) {
				if err != nil {
					yield(0, err)
					return
				}
				if record.ImageID != 0 && !yield(record.ImageID, nil) {
					return
				}
			}
		}
	}
}
