package snapshot

import (
	"bytes"
	"errors"
	"io"
)

// MaxRecord is the most bytes one raw record may have, 16 MiB. A longer one is
// skipped to its end without being held, and set aside.
const MaxRecord = 16 << 20

const (
	startBuffer = 256 << 10
	maxDepth    = 64      // levels of nesting in one record whose brackets are told apart
	prefixKept  = 4 << 10 // of an over-long record, to read its id from
)

// splitter cuts raw values out of a stream of JSON. It follows depth, strings
// and escapes, and never validates: a record that is broken inside but
// balanced comes out whole, so that it can be set aside alone.
type splitter struct {
	r        io.Reader
	buf      []byte
	pos, end int   // what is yet to be read: buf[pos:end]
	hold     int   // from here on bytes must stay; -1: from pos
	base     int64 // offset in the stream of buf[0]
	lines    int   // newlines before buf[counted]
	counted  int
	resyncs  int   // see resync
	err      error // of r, sticky, io.EOF included
}

// newSplitter reads into room, or into room of its own where there is none.
func newSplitter(r io.Reader, room []byte) *splitter {
	if len(room) < startBuffer {
		room = make([]byte, startBuffer)
	}
	return &splitter{r: r, buf: room, hold: -1}
}

// errOverlong asks the scan to go on without holding.
var errOverlong = errors.New("over-long")

// fill reads more after end. It moves what must stay to the front first, and
// returns how far it moved. The buffer grows for what is held, up to
// MaxRecord; then fill fails with errOverlong and has read nothing.
func (s *splitter) fill() (moved int, err error) {
	if s.err != nil {
		return 0, s.err
	}
	keep := s.pos
	if s.hold >= 0 {
		keep = s.hold
	}
	if keep > 0 && (s.end == len(s.buf) || keep == s.end) {
		s.countLines(keep)
		copy(s.buf, s.buf[keep:s.end])
		s.pos -= keep
		s.end -= keep
		s.counted -= keep
		s.base += int64(keep)
		if s.hold >= 0 {
			s.hold = 0
		}
		moved = keep
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= MaxRecord {
			return moved, errOverlong
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.r.Read(s.buf[s.end:])
		s.end += n
		if err != nil {
			s.err = err
		}
		if n > 0 {
			return moved, nil
		}
		if err != nil {
			return moved, err
		}
	}
	s.err = io.ErrNoProgress
	return moved, s.err
}

// shrink gives back what an unusually long record made the buffer grow to.
func (s *splitter) shrink() {
	if len(s.buf) <= 16*startBuffer || s.end-s.pos > startBuffer {
		return
	}
	s.countLines(s.pos)
	smaller := make([]byte, startBuffer)
	n := copy(smaller, s.buf[s.pos:s.end])
	s.base += int64(s.pos)
	s.counted -= s.pos
	s.buf, s.pos, s.end = smaller, 0, n
}

// countLines brings the count of newlines up to buf[at].
func (s *splitter) countLines(at int) {
	if at > s.counted {
		s.lines += bytes.Count(s.buf[s.counted:at], []byte{'\n'})
		s.counted = at
	}
}

// place is the line and offset of the next byte.
func (s *splitter) place() (line int, offset int64) {
	s.countLines(s.pos)
	return s.lines + 1, s.base + int64(s.pos)
}

// peek is the next byte that is not white space, or an error such as io.EOF.
func (s *splitter) peek() (byte, error) {
	for {
		for ; s.pos < s.end; s.pos++ {
			if c := s.buf[s.pos]; classes[c] != space {
				return c, nil
			}
		}
		if _, err := s.fill(); err != nil {
			return 0, err
		}
	}
}

// skipMark passes over a byte order mark at the start of the stream.
func (s *splitter) skipMark() error {
	for s.end-s.pos < len(byteOrderMark) {
		if _, err := s.fill(); err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
	}
	if bytes.HasPrefix(s.buf[s.pos:s.end], byteOrderMark) {
		s.pos += len(byteOrderMark)
	}
	return nil
}

var byteOrderMark = []byte("\ufeff")

// line cuts the next line out of the stream, without its newline. The bytes
// are valid until the next call. An over-long line is skipped; raw is then its
// beginning. At the end of the stream it fails with io.EOF.
func (s *splitter) line() (raw []byte, state cut, err error) {
	s.hold = s.pos
	defer func() { s.hold = -1 }()
	scanned := s.pos
	for {
		if i := bytes.IndexByte(s.buf[scanned:s.end], '\n'); i >= 0 {
			raw = s.buf[s.hold : scanned+i]
			s.pos = scanned + i + 1
			return raw, whole, nil
		}
		scanned = s.end
		moved, err := s.fill()
		scanned -= moved
		switch {
		case err == errOverlong:
			prefix := bytes.Clone(s.buf[s.hold : s.hold+prefixKept])
			s.hold = -1
			return prefix, overlong, s.skipLine()
		case err == io.EOF && s.end > s.hold:
			raw = s.buf[s.hold:s.end]
			s.pos = s.end
			return raw, whole, nil
		case err != nil:
			return nil, whole, err
		}
	}
}

// skipLine drops everything up to and with the next newline.
func (s *splitter) skipLine() error {
	for {
		if i := bytes.IndexByte(s.buf[s.pos:s.end], '\n'); i >= 0 {
			s.pos += i + 1
			return nil
		}
		s.pos = s.end
		if _, err := s.fill(); err != nil {
			if err == io.EOF {
				return nil
			}
			return err
		}
	}
}
