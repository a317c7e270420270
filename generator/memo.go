package generator

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"loanleaf/generator/page"
)

// A memo is what a generation leaves to the next one: the digests of what its
// pages were made from. Its form is
//
//	loanleaf-inputs 2, and a line break
//	of each loan in the order of ids: the id, its Pages, its Card
//	an id of 0
//	of each other page, sorted: half the SHA-256 of its file's name, its digest,
//	that of the answers it was made from; zeros where these are not digested
//
// with ids of eight bytes, the lowest first, and digests of sixteen. Both
// generations have their loans in one order, so old and new are compared as they
// come and neither is held in memory. Package output vouches for every byte.
const memoMagic = "loanleaf-inputs 2\n"

// memoLoan is the length of a loan's entry, memoPage that of another page's.
const (
	memoLoan = 8 + 16 + 16
	memoPage = 16 + 16 + 16
)

// pageDigests are what a page that is not a loan's was made from: by [page.Inputs.Page],
// and by [page.Inputs.Answers] where it has any.
type pageDigests struct{ page, answers page.Digest }

// keeper is a Writer that has the files of the last generation, and a memo from
// it for us: *output.Folder.
type keeper interface {
	Keep(name string) (bool, error)
	Memo() (io.ReadCloser, error)
	NewMemo() (io.Writer, error)
}

// packer is a Writer that takes the files of loans in sections, each of the loans
// n*Span to n*Span+Span-1: *pack.Writer. All files of a section come between the
// first one and EndSection; where nothing of it changed, TakeSection may do
// instead.
type packer interface {
	Span() int64
	TakeSection(n int64) (bool, error)
	EndSection(n int64) error
	// EndLoans says that no file of a loan comes any more.
	EndLoans()
}

// lastMemo reads the last generation's memo. Without one it knows nothing.
type lastMemo struct {
	in    io.Closer // nil: none, or read
	buf   *bufio.Reader
	next  int64 // the loan that head is of; 0: none is left
	head  page.LoanDigests
	pages map[page.Digest]pageDigests // by name; filled when the loans are read
}

var errMemo = errors.New("the memo of the last build ends too early")

func openMemo(k keeper) (*lastMemo, error) {
	file, err := k.Memo()
	if errors.Is(err, fs.ErrNotExist) {
		return &lastMemo{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("memo of the last build: %w", err)
	}
	return readMemo(file)
}

// readMemo reads what nextMemo wrote; of a memo of another version nothing, and buf
// is nil then.
func readMemo(file io.ReadCloser) (*lastMemo, error) {
	m := &lastMemo{}
	m.in, m.buf = file, bufio.NewReaderSize(file, 64<<10)
	if magic, _ := m.buf.Peek(len(memoMagic)); string(magic) != memoMagic {
		return &lastMemo{}, file.Close() // of another version of the program
	}
	m.buf.Discard(len(memoMagic))
	return m, m.step()
}

// step reads the next loan.
func (m *lastMemo) step() error {
	var entry [memoLoan]byte
	if _, err := io.ReadFull(m.buf, entry[:8]); err != nil {
		return errMemo
	}
	m.next = int64(binary.LittleEndian.Uint64(entry[:]))
	if m.next == 0 {
		return nil
	}
	if _, err := io.ReadFull(m.buf, entry[8:]); err != nil {
		return errMemo
	}
	copy(m.head.Pages[:], entry[8:])
	copy(m.head.Card[:], entry[24:])
	return nil
}

// loan gives the digests that a loan had, zero ones if it was not there. It is
// asked for ids in order; skip has been called for them.
func (m *lastMemo) loan(id int64) (d page.LoanDigests, err error) {
	if m.next != id || m.next == 0 {
		return d, nil
	}
	d = m.head
	return d, m.step()
}

// skip passes the loans with smaller ids: those nobody asked for are gone, and
// some tells whether there were any.
func (m *lastMemo) skip(id int64) (some bool, err error) {
	for m.next != 0 && m.next < id {
		some = true
		if err := m.step(); err != nil {
			return some, err
		}
	}
	return some, nil
}

// readPages reads what comes behind the loans.
func (m *lastMemo) readPages() error {
	if m.buf == nil {
		return nil
	}
	for m.next != 0 {
		if err := m.step(); err != nil {
			return err
		}
	}
	m.pages = map[page.Digest]pageDigests{}
	var entry [memoPage]byte
	for {
		_, err := io.ReadFull(m.buf, entry[:])
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errMemo
		}
		m.pages[page.Digest(entry[:16])] = pageDigests{page.Digest(entry[16:32]), page.Digest(entry[32:])}
	}
}

func (m *lastMemo) close() error {
	if m.in == nil {
		return nil
	}
	in := m.in
	m.in = nil
	return in.Close()
}

// nextMemo is the memo being written. Workers give it what they know in any order.
type nextMemo struct {
	mu    sync.Mutex
	out   *bufio.Writer
	batch int            // the next one to be written
	early map[int][]byte // batches that came before their turn: as many as there are workers
	pages map[page.Digest]pageDigests
}

func newMemo(k keeper) (*nextMemo, error) {
	out, err := k.NewMemo()
	if err != nil {
		return nil, fmt.Errorf("memo of this build: %w", err)
	}
	m := &nextMemo{out: bufio.NewWriterSize(out, 64<<10), early: map[int][]byte{}, pages: map[page.Digest]pageDigests{}}
	m.out.WriteString(memoMagic) // the writer remembers its first error until Flush
	return m, nil
}

// loans takes the digests of the n-th batch, from 0.
func (m *nextMemo) loans(n int, entries []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.early[n] = entries
	for {
		entries, ok := m.early[m.batch]
		if !ok {
			return
		}
		m.out.Write(entries)
		delete(m.early, m.batch)
		m.batch++
	}
}

func appendLoan(b []byte, id int64, d page.LoanDigests) []byte {
	b = binary.LittleEndian.AppendUint64(b, uint64(id))
	b = append(b, d.Pages[:]...)
	return append(b, d.Card[:]...)
}

func (m *nextMemo) page(name page.Digest, d pageDigests) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pages[name] = d
}

// finish writes what was collected.
func (m *nextMemo) finish() error {
	m.out.Write(make([]byte, 8)) // the loans end
	names := slices.SortedFunc(maps.Keys(m.pages), func(a, b page.Digest) int { return bytes.Compare(a[:], b[:]) })
	for _, name := range names {
		d := m.pages[name]
		m.out.Write(name[:])
		m.out.Write(d.page[:])
		m.out.Write(d.answers[:])
	}
	if err := m.out.Flush(); err != nil {
		return fmt.Errorf("memo of this build: %w", err)
	}
	return nil
}

func nameDigest(name string) page.Digest {
	sum := sha256.Sum256([]byte(name))
	return page.Digest(sum[:16])
}

// changes are the loans whose cards are not what they were.
type changes struct {
	mu  sync.Mutex
	ids []int64 // in no order until sorted
	all bool    // too many to keep: every list counts as changed

	batches, touched int // batches of loans, and those with a loan that changed
	loans, changed   int
}

// mostChanges bounds what is remembered: 8 bytes each. Beyond it hardly a list is
// as it was.
const mostChanges = 500_000

// add takes those of a batch of so many loans.
func (c *changes) add(loans int, changed []int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batches++
	c.loans += loans
	if len(changed) == 0 {
		return
	}
	c.touched++
	c.changed += len(changed)
	if len(c.ids)+len(changed) > mostChanges {
		c.ids, c.all = nil, true
	}
	if !c.all {
		c.ids = append(c.ids, changed...)
	}
}

// spread tells whether what changed is so much and so far spread that a quarter of the
// lists changed, at a guess: then nearly every loan is on one of them. A loan is
// on five lists, of pages of a hundred.
func (c *changes) spread() bool { return 400*c.changed >= c.loans && 4*c.touched >= c.batches }

// sort is called between add and any.
func (c *changes) sort() { slices.SortFunc(c.ids, cmp.Compare[int64]) }

// any tells whether one of the loans changed.
func (c *changes) any(ids []int64) bool {
	return c.all || len(c.ids) > 0 && slices.ContainsFunc(ids, func(id int64) bool {
		_, found := slices.BinarySearch(c.ids, id)
		return found
	})
}
