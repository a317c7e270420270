package snapshot

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

// headBytes of each file are looked at to tell what it is.
const headBytes = 64 << 10

// An archive is taken for a bomb when it unpacks to more than bombRatio times
// its own size, after the first bombFree bytes. JSON of loans packs ten times
// smaller; DEFLATE's limit is 1032 times.
const (
	bombRatio = 400
	bombFree  = 64 << 20
)

// member is one file that was found: alone, in a folder or in a zip.
type member struct {
	name    string                        // as in Place.File
	local   string                        // what the source itself calls it: name without the folder or zip it was found in
	open    func() (io.ReadCloser, error) // what is stored, gzip still around it
	gzipped bool
	zipped  bool   // it stands in a zip
	stored  int64  // size of a file on its own
	kind    kind   // how to read it
	note    string // why it is not read
	hint    string
	private bool
	beside  bool  // it belongs to a snapshot, beside the loans
	failure error // it cannot be read at all; final when its turn comes
	budget  *budget
}

// format is what a member is read as, "" when it is not.
func (m *member) format() string {
	if m.note != "" || m.failure != nil {
		return ""
	}
	if m.gzipped {
		return m.kind.name + ", gzip"
	}
	return m.kind.name
}

// content opens the member with its gzip undone.
func (m *member) content() (io.ReadCloser, error) {
	stored, err := m.open()
	if err != nil {
		return nil, err
	}
	if !m.gzipped {
		return &content{m.budget.watch(stored), stored}, nil
	}
	z, err := gzip.NewReader(bufio.NewReaderSize(stored, 64<<10))
	if err != nil {
		return nil, errors.Join(plainError(unexpected(err)), stored.Close())
	}
	return &content{m.budget.watch(z), stored}, nil
}

// content is a reader whose errors are in words for people.
type content struct {
	io.Reader
	io.Closer
}

func (c *content) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	return n, plainError(err)
}

// plainError puts what unpacking says into words for people.
func plainError(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case err == nil || err == io.EOF:
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the compressed data ends too early: the file was cut short; get it again")
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zip.ErrChecksum):
		return errors.New("the checksum does not fit: the compressed data is damaged; get the file again")
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, zip.ErrFormat), errors.As(err, &corrupt):
		return errors.New("the compressed data is damaged; get the file again")
	}
	return err
}

// head reads the beginning of the member into room. complete says that this is all
// of it.
func (m *member) head(room []byte) (head []byte, complete bool, err error) {
	c, err := m.content()
	if err != nil {
		return nil, false, err
	}
	defer c.Close()
	head = room
	n, err := io.ReadFull(c, head)
	switch {
	case err == nil:
		return head, false, nil
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return head[:n], true, nil
	case n > 0:
		// What is there may be read; the error comes again in its place.
		return head[:n], false, nil
	}
	return nil, false, err
}

// heads are for the beginnings of files, one at a time: making room for each is most
// of what it costs to look at an archive of many small ones.
var heads = sync.Pool{New: func() any { return new([headBytes]byte) }}

// look finds out what the member is. Refusals become its note.
func (m *member) look() {
	room := heads.Get().(*[headBytes]byte)
	defer heads.Put(room)
	head, complete, err := m.head(room[:])
	if err == nil && bytesAre(head, magicGzip) && !m.gzipped {
		m.gzipped = true
		if m.budget == nil {
			m.budget = &budget{stored: m.stored}
		}
		head, complete, err = m.head(room[:])
	}
	if err != nil {
		m.failure = err
		return
	}
	k, why := kindOf(head, complete)
	if m.gzipped && bytesAre(head, magicGzip) {
		why = &refusal{what: "is compressed twice", hint: "unpack it once"}
	}
	if why == nil && privateName(m.local) {
		why = &refusal{
			what:    "is named as the answer of a private address (my/…), which belongs to one user alone",
			hint:    "use a public listing such as loans/search; public loans of your own need another file name",
			private: true,
		}
	}
	m.kind = k
	if why != nil {
		m.note, m.hint, m.private, m.beside = why.what, why.hint, why.private, why.beside
	}
}

// refusal is why a file is not read.
type refusal struct {
	what, hint string
	private    bool
	cause      error
	unsure     bool // the file may be JSON lines whose first line is broken
	beside     bool // it belongs to a snapshot, beside the loans
}

// budget bounds what one archive may unpack to.
type budget struct {
	stored int64 // size of the archive
	out    int64 // unpacked so far, of all its members
}

// reset begins a new reading of the archive.
func (b *budget) reset() {
	if b != nil {
		b.out = 0
	}
}

var errBomb = fmt.Errorf("it unpacks to more than %d times its size: a damaged archive, or one made to do harm", bombRatio)

// watch counts what is read from r. Plain files have no budget.
func (b *budget) watch(r io.Reader) io.Reader {
	if b == nil {
		return r
	}
	return &watched{r: r, budget: b}
}

type watched struct {
	r      io.Reader
	budget *budget
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.budget.out += int64(n)
	if w.budget.out > max(bombFree, bombRatio*w.budget.stored) {
		return n, errBomb
	}
	return n, err
}

// openFile opens a regular file for reading.
func openFile(path string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return os.Open(path) }
}

// privateName tells whether a file was saved under the name of one of the
// private user API's addresses: my-loans.json, my/balance.json. A listing of
// somebody's own loans differs in nothing but its address from a public one
// (both have paging and loans in listing shape), so the name is all there is
// to tell it by. Only the base name of a file given alone counts.
func privateName(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "%2f", "/")
	for at := 0; ; {
		i := strings.Index(name[at:], "my")
		if i < 0 {
			return false
		}
		at += i + 2
		if at > 2 && letter(name[at-3]) {
			continue
		}
		rest := strings.TrimLeft(name[at:], "-_./ ")
		for _, resource := range [...]string{"loans", "account", "balances", "balance", "stats", "lender", "teams", "email"} {
			after, is := strings.CutPrefix(rest, resource)
			if is && (after == "" || !letter(after[0])) {
				return true
			}
		}
	}
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' }
