package command

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/store"
)

// anyPicture has a picture of every number.
type anyPicture struct{}

func (anyPicture) PictureSize(string, int64) (width, height int, ok bool) { return 1, 1, true }
func (anyPicture) Picture(string, int64) ([]byte, error)                  { return []byte("picture"), nil }

// pictured is a store of so many loans, of which every third has no picture and some
// share one. Pictures have ten times the loan's number.
func pictured(t *testing.T, loans int64) *data {
	t.Helper()
	folder := t.TempDir()
	im, err := store.Create(filepath.Join(folder, storeFile))
	if err != nil {
		t.Fatal(err)
	}
	defer im.Abort()
	for id := int64(1); id <= loans; id++ {
		l := &kiva.Loan{ID: id * 7, Name: "Ana", Status: kiva.Paid, Amount: kiva.USD(100)}
		if id%3 != 0 {
			l.ImageID = id / 2 * 10
		}
		if _, err := im.AddLoan(t.Context(), l); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := im.Commit(t.Context(), store.Meta{}); err != nil {
		t.Fatal(err)
	}
	d := stored(t, folder)
	d.Key = "data"
	return d
}

func wantPictures(t *testing.T, when string, s *shown, loans int64) {
	t.Helper()
	has := map[int64]bool{}
	for id := int64(1); id <= loans; id++ {
		has[id/2*10] = has[id/2*10] || id%3 != 0
	}
	for id := range 10*loans + 10 {
		_, err := s.Picture("s300", id)
		if want := id != 0 && has[id]; want != (err == nil) || err != nil && !errors.Is(err, kiva.ErrNotFound) {
			t.Fatalf("%s: picture %d: %v", when, id, err)
		}
	}
}

func TestPicturesOfLoansThatAreShownAreGivenOut(t *testing.T) {
	p := &Program{Now: time.Now}
	const few, many = 100, indexedAtOnce*2 + 5
	known := &pictureIDs{later: true}
	s, err := p.showPictures(t.Context(), pictured(t, few), anyPicture{}, known, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	wantPictures(t, "few loans are looked at before the server answers", s, few)

	d := pictured(t, many)
	d.Key = "other data"
	var log strings.Builder
	if s, err = p.showPictures(t.Context(), d, anyPicture{}, known, slog.New(slog.NewTextHandler(&log, nil))); err != nil || d.stopLooking == nil {
		t.Fatalf("many loans are looked at before the server answers: %v", err)
	}
	for wait := time.Now().Add(20 * time.Second); !s.found.Load().all && time.Now().Before(wait); {
		time.Sleep(5 * time.Millisecond)
	}
	wantPictures(t, "many loans are looked at later", s, many)
	if err := d.Close(); err != nil || !strings.Contains(log.String(), "the pictures of all loans are known") {
		t.Errorf("%v, the log says %q", err, log.String())
	}

	again := pictured(t, 1) // whose loans would say something else
	again.Key = "other data"
	if s, err = p.showPictures(t.Context(), again, anyPicture{}, known, nil); err != nil || again.stopLooking != nil {
		t.Fatal(err)
	}
	wantPictures(t, "the same data again", s, many)

	known.later = false
	d = pictured(t, many)
	if s, err = p.showPictures(t.Context(), d, anyPicture{}, known, nil); err != nil || d.stopLooking != nil {
		t.Fatalf("data that is taken in again is looked at later: %v", err)
	}
	wantPictures(t, "data that is taken in again", s, many)
}

// TestWhilePicturesAreLookedForNoOtherIsGivenOut asks before all loans were looked at.
func TestWhilePicturesAreLookedForNoOtherIsGivenOut(t *testing.T) {
	s := &shown{gallery: anyPicture{}}
	s.found.Store(&foundPictures{})
	for _, id := range []int64{10, 15, 30} {
		if _, err := s.Picture("s300", id); !errors.Is(err, kiva.ErrNotYet) {
			t.Errorf("at first: picture %d: %v", id, err)
		}
	}
	s.found.Store(&foundPictures{parts: [][]int64{{30, 40}, {10, 20}}})
	for id, want := range map[int64]error{10: nil, 40: nil, 15: kiva.ErrNotYet, 50: kiva.ErrNotYet} {
		if _, err := s.Picture("s300", id); !errors.Is(err, want) {
			t.Errorf("halfway: picture %d: %v, want %v", id, err, want)
		}
	}
}

func TestAServerThatStopsEndsItsLookAtPictures(t *testing.T) {
	p := &Program{Now: time.Now}
	d := pictured(t, indexedAtOnce+1)
	ctx, cancel := context.WithCancel(t.Context())
	s, err := p.showPictures(ctx, d, anyPicture{}, &pictureIDs{later: true}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	cancel() // ends what made the state, and not the look
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if _, err := s.Picture("s300", 15); err == nil {
		t.Error("a picture of no loan is given out")
	}
}

// TestTheNewestLoansArePicturedFirst sees the order.
func TestTheNewestLoansArePicturedFirst(t *testing.T) {
	d := pictured(t, 4000)
	var ids []int64
	for id, err := range picturesOf(t.Context(), d) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	first, last := slices.Index(ids, int64(20_000)), slices.Index(ids, int64(20))
	if first < 0 || last < 0 || first > last {
		t.Errorf("of %d, the newest is at %d and the oldest at %d", len(ids), first, last)
	}
}
