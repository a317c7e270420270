package store

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPlacesComeBackInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, dense := range []int{1, 2, 3, 100, 30_000} {
		var places []uint16
		for place := range partLoans {
			if place == partLoans-1 || r.IntN(dense) == 0 {
				places = append(places, uint16(place))
			}
		}
		packed := packPlaces(places)
		if len(packed) > partBytes {
			t.Errorf("1 of %d: %d bytes", dense, len(packed))
		}
		var s set
		if err := s.add(packed); err != nil || s.count() != len(places) {
			t.Fatalf("1 of %d: %d places of %d, %v", dense, s.count(), len(places), err)
		}
		for _, skip := range []int{0, 1, 63, 64, 65, len(places) / 2, len(places) - 1, len(places), len(places) + 5} {
			i := skip
			for place := range s.from(skip) {
				if uint16(place) != places[i] {
					t.Fatalf("1 of %d, from the %d. on: %d, want %d", dense, skip, place, places[i])
				}
				i++
			}
			if i != max(skip, len(places)) {
				t.Errorf("1 of %d, from the %d. on: ended at the %d. of %d", dense, skip, i, len(places))
			}
		}
	}
}

func TestDamagedPlacesAreRefused(t *testing.T) {
	for _, packed := range [][]byte{{0x80}, {0xff, 0xff, 0x7f}, slices.Repeat([]byte{0xff}, 11)} {
		var s set
		if err := s.add(packed); !errors.Is(err, ErrDamaged) {
			t.Errorf("%x: %v", packed, err)
		}
	}
}
