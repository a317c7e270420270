package store

import (
	"encoding/binary"
	"fmt"
	"iter"
	"math/bits"
)

// The loans of an index are numbered in the order in which they are found and
// cut into parts, so that neither making an index nor asking it holds more in
// memory than a part: which loans of it a term means is a set of at most 8 KB.
const (
	partLoans = 64_000
	partBytes = partLoans / 8
)

// set is which loans of a part are meant, a bit each.
type set [partLoans / 64]uint64

func (s *set) clear() { *s = set{} }

func (s *set) intersect(other *set) {
	for i := range s {
		s[i] &= other[i]
	}
}

func (s *set) unite(other *set) {
	for i := range s {
		s[i] |= other[i]
	}
}

func (s *set) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// from gives the places in the set in order, but for the first skip of them.
func (s *set) from(skip int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, word := range s {
			if n := bits.OnesCount64(word); n <= skip {
				skip -= n
				continue
			}
			for ; word != 0; word &= word - 1 {
				if skip > 0 {
					skip--
				} else if !yield(64*i + bits.TrailingZeros64(word)) {
					return
				}
			}
		}
	}
}

// packPlaces writes ascending places, each as the difference to the one
// before, or as a set where that would be no longer.
func packPlaces(places []uint16) []byte {
	b, last := make([]byte, 0, len(places)+16), uint16(0)
	for _, place := range places {
		b = binary.AppendUvarint(b, uint64(place-last))
		last = place
	}
	if len(b) < partBytes {
		return b
	}
	var s set
	for _, place := range places {
		s[place/64] |= 1 << (place % 64)
	}
	b = b[:0]
	for _, word := range s {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return b
}

// add adds what packPlaces wrote.
func (s *set) add(packed []byte) error {
	if len(packed) == partBytes {
		for i := range s {
			s[i] |= binary.LittleEndian.Uint64(packed[8*i:])
		}
		return nil
	}
	place := uint64(0)
	for len(packed) > 0 {
		step, n := binary.Uvarint(packed)
		if place += step; n <= 0 || step >= partLoans || place >= partLoans {
			return fmt.Errorf("%w: the places of a term", ErrDamaged)
		}
		s[place/64] |= 1 << (place % 64)
		packed = packed[n:]
	}
	return nil
}
