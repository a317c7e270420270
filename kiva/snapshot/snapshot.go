package snapshot

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"loanleaf/kiva"
)

// Snapshot is an opened file or folder of public loan data.
type Snapshot struct {
	members []*member
	format  string
	closer  io.Closer
}

// Record is one thing a snapshot says. Exactly one of the first four fields
// is set.
type Record struct {
	Loan    *kiva.Loan    // a public loan, or a tombstone: an id with the status kiva.Hidden
	Partner *kiva.Partner // a field partner
	Header  *Header       // what the source says of itself
	Problem *Problem      // a record that was set aside

	Place Place
}

// Header is what a JSON snapshot's file says of itself.
type Header struct {
	Date  time.Time // when the snapshot was taken, UTC; zero when not stated
	Total int64     // records in the whole snapshot; 0 when not stated
}

// Place is where a record stands. The zero Record, Line and Offset speak of
// the file as a whole.
type Place struct {
	// File is the base name of a file; inside a folder or zip the path
	// below it follows, with slashes: "kiva_ds_json.zip/loans/12.json".
	File   string `json:"file"`
	Record int    `json:"record,omitempty"` // 1-based within the file; 0 for headers
	Line   int    `json:"line,omitempty"`   // 1-based; the line the record begins on
	Offset int64  `json:"offset"`           // byte of the uncompressed file the record begins at, from 0
}

// String is the place for people: "loans.jsonl, line 12 (byte 4096)".
func (p Place) String() string {
	var b strings.Builder
	b.WriteString(printable(p.File))
	if p.Record > 0 {
		fmt.Fprintf(&b, ", record %d", p.Record)
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, ", line %d (byte %d)", p.Line, p.Offset)
	}
	return b.String()
}

// Problem is a record set aside: where it stands, and why. Its JSON encoding
// is a line of the report a build writes.
type Problem struct {
	Place

	ID     string `json:"id,omitempty"`    // as written in the source, at most 40 bytes; empty when unreadable
	Field  string `json:"field,omitempty"` // "terms.local_payments[2].due_date"; empty when no one field is to blame
	Reason string `json:"reason"`          // completes a sentence that begins with the field
}

// String is the problem in one line for people:
// "loans.jsonl, record 3, line 3 (byte 812): loan 17: loan_amount is missing".
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.Place.String())
	b.WriteString(": ")
	if p.ID != "" {
		b.WriteString("id " + printable(p.ID) + ": ")
	}
	if p.Field != "" {
		b.WriteString(p.Field + " ")
	}
	b.WriteString(p.Reason)
	return b.String()
}

// File is one file that was found, and what became of it.
type File struct {
	Name   string // as in [Place.File]
	Format string // what it is read as; empty when it is not read
	Note   string // why it is not read; empty when it is
}

// RefusedError says that a file or folder is not public loan data that this
// package reads, what it is instead, and what to do.
type RefusedError struct {
	Path string // as given to [Open]
	What string // completes "PATH: ": "is a list of lenders (API v1)"
	Hint string // what to do: "give a file of loans or of partners"
	// Private is set when the file holds somebody's protected data
	// (seed 002, "How do I know what data is private?").
	Private bool

	cause error
}

// Error is the whole sentence, hint included.
func (e *RefusedError) Error() string {
	if e.Hint == "" {
		return printable(e.Path) + " " + e.What
	}
	return printable(e.Path) + " " + e.What + "; " + e.Hint
}

// Unwrap is the cause underneath, such as fs.ErrNotExist; often nil.
func (e *RefusedError) Unwrap() error { return e.cause }

// Format names what was found, for reports: "JSON lines, gzip",
// "folder of 3 files: API v1 detail, API v1 partners".
func (s *Snapshot) Format() string { return s.format }

// Files lists what was found, in the order it is read, refused files among it.
func (s *Snapshot) Files() []File {
	files := make([]File, len(s.members))
	for i, m := range s.members {
		files[i] = File{Name: m.name, Format: m.format(), Note: m.note}
	}
	return files
}

// Close releases the source. Records must not be used afterwards.
func (s *Snapshot) Close() error {
	if s.closer == nil {
		return nil
	}
	return s.closer.Close()
}

// Records reads the source from its beginning. Records of one source come in
// the order of the files' names, natural order (2.json before 10.json), and in
// file order within each. An error is final: the source broke (a truncated
// archive, an unreadable file, JSON that ends nowhere); everything before it
// was yielded. A bad record is no error: it comes as a [Problem], and the
// records after it follow. A snapshot may be read again and again, but by one
// caller at a time; what was yielded is the caller's to keep.
func (s *Snapshot) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		d := newDecoder()
		for _, m := range s.members {
			m.budget.reset()
		}
		for _, m := range s.members {
			if m.private {
				p := Problem{Place: Place{File: m.name}, Reason: m.note}
				if !yield(Record{Problem: &p, Place: p.Place}, nil) {
					return
				}
			}
			if m.failure != nil {
				yield(Record{Place: Place{File: m.name}}, m.failure)
				return
			}
			if m.note != "" {
				continue
			}
			if err := m.read(d, yield); err != nil {
				if !errors.Is(err, errStopped) {
					yield(Record{Place: Place{File: m.name}}, fmt.Errorf("%s: %w", printable(m.name), err))
				}
				return
			}
		}
	}
}

// errStopped says that the caller of Records wants no more.
var errStopped = errors.New("stopped")

// printable keeps control characters of names out of messages.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if dropped(r) || r < ' ' {
			return -1
		}
		return r
	}, s)
}
