package page

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"

	"loanleaf/kiva"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// Drive is where a shelf is: a file that is read and written at any place.
type Drive interface {
	io.ReaderAt
	io.WriterAt
}

// shelf has the list cards of all loans on a drive. A loan is on five lists, on
// each among others that came on the same day or in the same country; to read
// its row and write its card for each of them is most of what lists cost, and
// memory has room for a few thousand cards. So a build that holds every loan once
// puts its card on the shelf then, in all languages, and lists take it from there.
type shelf struct {
	drive Drive
	size  atomic.Int64

	mu     sync.Mutex
	places []shelved // sorted when closed
	closed bool
}

// shelved is where the cards of a loan lie: 16 bytes a loan.
type shelved struct {
	id int64
	at uint64 // the place, and in the lowest lengthBits the length, of its cards in all languages
}

const lengthBits = 20

// Shelve makes the renderer take the cards of lists from a drive, once loans
// were put there with a [Tray]; about so many loans are expected. Without it, and for loans that are not on
// the drive, cards are made when a list asks for them.
func (r *Renderer) Shelve(drive Drive, loans int) {
	r.shelf = &shelf{drive: drive, places: make([]shelved, 0, loans)}
}

// Shelved says that trays are empty, for now: lists take from then on what is there.
// It tells how many loans have their cards there.
func (r *Renderer) Shelved() int {
	s := r.shelf
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	slices.SortFunc(s.places, func(a, b shelved) int { return cmp.Compare(a.id, b.id) })
	s.closed = true
	return len(s.places)
}

// Tray carries cards to the shelf, for one worker. The zero one carries none.
type Tray struct {
	r     *Renderer
	body  bytes.Buffer
	held  []shelved // whose places count from the beginning of body
	begun int       // where the present loan begins
	ends  []uint32  // of its cards so far, counted from there
}

// trayBytes is how much is carried at a time.
const trayBytes = 128 << 10

// Tray is an empty tray for the cards of whole loans, one after the other.
func (r *Renderer) Tray() *Tray { return &Tray{r: r} }

// put adds a card of the present loan, in the next language.
func (t *Tray) put(ctx context.Context, card view.Loan) error {
	if t.r == nil || t.r.shelf == nil {
		return nil
	}
	if len(t.ends) == 0 {
		t.begun = t.body.Len()
	}
	if err := templates.ListItem(card).Render(ctx, &t.body); err != nil {
		return err
	}
	t.ends = append(t.ends, uint32(t.body.Len()-t.begun))
	return nil
}

// Card adds the card of a loan in a language, for a caller that makes no page of it.
// Cards come in the order of the site's languages.
func (t *Tray) Card(ctx context.Context, language string, loan *kiva.Loan) error {
	return t.put(ctx, t.r.Teller(language).Card(loan))
}

// Done ends a loan. Its cards count when there is one in every language.
func (t *Tray) Done(id int64) error {
	ends := t.ends
	if t.ends = t.ends[:0]; len(ends) == 0 {
		return nil
	}
	for _, end := range ends { // behind the cards, so that they are where they were written
		t.body.Write(binary.LittleEndian.AppendUint32(t.body.AvailableBuffer(), end))
	}
	length := t.body.Len() - t.begun
	if len(ends) != len(t.r.site.Languages()) || length >= 1<<lengthBits {
		t.body.Truncate(t.begun)
		return nil
	}
	t.held = append(t.held, shelved{id, uint64(t.begun)<<lengthBits | uint64(length)})
	if t.body.Len() < trayBytes {
		return nil
	}
	return t.Empty()
}

// Empty puts what the tray carries on the shelf.
func (t *Tray) Empty() error {
	if len(t.held) == 0 {
		return nil
	}
	s := t.r.shelf
	at := s.size.Add(int64(t.body.Len())) - int64(t.body.Len())
	if _, err := s.drive.WriteAt(t.body.Bytes(), at); err != nil {
		return fmt.Errorf("cards of loans: %w", err)
	}
	for i := range t.held {
		t.held[i].at += uint64(at) << lengthBits
	}
	s.mu.Lock()
	s.places = append(s.places, t.held...)
	s.mu.Unlock()
	t.held = t.held[:0]
	t.body.Reset()
	return nil
}

// OnShelf tells whether a loan's cards are there to be taken.
func (r *Renderer) OnShelf(id int64) bool {
	_, ok := r.shelf.find(id)
	return ok
}

func (s *shelf) find(id int64) (place shelved, ok bool) {
	if s == nil || !s.closed {
		return shelved{}, false
	}
	i, ok := slices.BinarySearchFunc(s.places, id, func(p shelved, id int64) int { return cmp.Compare(p.id, id) })
	if !ok {
		return shelved{}, false
	}
	return s.places[i], true
}

// read gives the card of a loan in the n-th of so many languages, in the room of buf.
func (s *shelf) read(buf []byte, p shelved, n, languages int) (card, room []byte, err error) {
	length := int(p.at & (1<<lengthBits - 1))
	buf = slices.Grow(buf[:0], length)[:length]
	if _, err := s.drive.ReadAt(buf, int64(p.at>>lengthBits)); err != nil {
		return nil, buf, fmt.Errorf("card of loan %d: %w", p.id, err)
	}
	ends := buf[length-4*languages:]
	begin := uint32(0)
	if n > 0 {
		begin = binary.LittleEndian.Uint32(ends[4*(n-1):])
	}
	return buf[begin:binary.LittleEndian.Uint32(ends[4*n:])], buf, nil
}
