package snapshot

import (
	"bytes"
	"io"
	"slices"
)

// row is one record of a CSV table, cut into its cells.
type row struct {
	raw   []byte // what it was cut out of, line end included
	cells []cell
	fault fault
	lines bool // it runs over several lines
	ended bool // the stream ended with it, without a line end
}

// cell is where the text of a cell stands in the row.
type cell struct {
	from, to int
	doubled  bool // quotation marks in it are written twice
}

// fault is why a row cannot be cut.
type fault uint8

const (
	fine     fault = iota
	strayEnd       // a quoted cell goes on behind its closing mark
	unclosed       // the stream ended inside a quoted cell
	tooLong        // it has more than MaxRecord bytes
	tooWide        // it has more cells than the table has columns
)

// rowEnds are the bytes an unquoted cell may end at.
var rowEnds = [256]bool{',': true, '\n': true}

// row cuts the next row out of the stream, by RFC 4180: cells are parted by
// commas, and a cell that begins with a quotation mark runs to the next single
// one, line ends and commas included, "" standing for one. Beyond it, as files
// have them: lines end in LF or CRLF, the last one may lack its end, and a
// mark inside a cell that did not begin with one is a letter like any other.
//
// A row of a fault ends nowhere: pos stands behind the first line end of it,
// or at the end of the stream. So it does behind a row that is not as wide as
// the table and runs over several lines, which may be two or more of which one
// lacks a mark. encoding/csv does without that: it reads on behind a mark that
// is missing until the next one, or to the end of the file.
//
// A row is given up as soon as it is too wide: a file made to do harm could have
// every line run on to the end of the file otherwise, and now has it run on for
// as many cells as the table is wide.
//
// The row is valid until the next call. At the end of the stream it fails with
// io.EOF.
func (s *splitter) row(r *row, width int) error {
	*r = row{cells: r.cells[:0]}
	s.hold = s.pos
	defer func() { s.hold = -1 }()
	if s.pos == s.end {
		if _, err := s.fill(); err != nil {
			return err
		}
	}
	i, err := s.cut(r, width)
	if err != nil {
		return err
	}
	r.raw = s.buf[s.hold:i]
	first := bytes.IndexByte(r.raw, '\n')
	r.lines = first >= 0 && first < len(r.raw)-1
	s.pos = i
	switch {
	case r.fault == fine && (len(r.cells) == width || !r.lines):
		return nil
	case first >= 0:
		s.pos = s.hold + first + 1
		return nil
	}
	// What is passed over may move the buffer under the row.
	r.raw = bytes.Clone(r.raw[:min(len(r.raw), prefixKept)])
	r.cells = slices.DeleteFunc(r.cells, func(c cell) bool { return c.to > len(r.raw) })
	s.hold = -1
	return s.skipLine()
}

// header cuts the first row out of the stream, however wide it is.
func (s *splitter) header(r *row) error {
	*r = row{}
	s.hold = s.pos
	defer func() { s.hold = -1 }()
	i, err := s.cut(r, mostColumns)
	if err == nil {
		r.raw, s.pos = s.buf[s.hold:i], i
	}
	return err
}

// cut finds the cells of the row that begins at hold, and where it ends.
func (s *splitter) cut(r *row, width int) (i int, err error) {
	i = s.hold
	for {
		var c cell
		if i, err = s.room(r, i); r.fault != fine || err != nil {
			return i, err
		}
		if i < s.end && s.buf[i] == '"' {
			i, err = s.quoted(r, &c, i+1)
		} else {
			i, err = s.unquoted(r, &c, i)
		}
		if r.fault != fine || err != nil {
			return i, err
		}
		r.cells = append(r.cells, c)
		switch {
		case i == s.end:
			r.ended = true
			return i, nil
		case s.buf[i] == '\n':
			return i + 1, nil
		}
		i++ // the comma
		if len(r.cells) >= width {
			r.fault = tooWide
			return i, nil
		}
	}
}

// room makes sure that there is a byte at i, unless the stream ends there or
// the row has grown too long.
func (s *splitter) room(r *row, i int) (int, error) {
	if i < s.end {
		return i, nil
	}
	moved, err := s.fill()
	switch {
	case err == errOverlong:
		r.fault = tooLong
	case err != nil && err != io.EOF:
		return i - moved, err
	}
	return i - moved, nil
}

// unquoted finds the end of the cell that begins at i: a comma, a newline or
// the end of the stream.
func (s *splitter) unquoted(r *row, c *cell, i int) (int, error) {
	c.from = i - s.hold
	for {
		for i < s.end && !rowEnds[s.buf[i]] {
			i++
		}
		if i < s.end {
			break
		}
		var err error
		if i, err = s.room(r, i); err != nil || r.fault != fine {
			return i, err
		}
		if i == s.end {
			break
		}
	}
	c.to = i - s.hold
	if c.to > c.from && s.buf[i-1] == '\r' && (i == s.end || s.buf[i] == '\n') {
		c.to--
	}
	return i, nil
}

// quoted finds the end of the quoted cell whose first byte behind the mark is
// at i.
func (s *splitter) quoted(r *row, c *cell, i int) (int, error) {
	c.from = i - s.hold
	for {
		mark := bytes.IndexByte(s.buf[i:s.end], '"')
		if mark < 0 {
			var err error
			if i, err = s.room(r, s.end); err != nil || r.fault != fine {
				return i, err
			}
			if i == s.end {
				r.fault = unclosed
				return i, nil
			}
			continue
		}
		i += mark + 1
		c.to = i - 1 - s.hold
		at, err := s.room(r, i)
		if err != nil || r.fault != fine {
			return at, err
		}
		if i = at; i == s.end {
			return i, nil
		}
		switch s.buf[i] {
		case ',', '\n':
			return i, nil
		case '"':
			c.doubled = true
			i++
		case '\r':
			if i, err = s.room(r, i+1); err != nil || r.fault != fine {
				return i, err
			}
			if i < s.end && s.buf[i] != '\n' {
				r.fault = strayEnd
			}
			return i, nil
		default:
			r.fault = strayEnd
			return i, nil
		}
	}
}

// text is what stands in the cell; buffer has room for it when marks in it are
// written twice.
func (r *row) text(c cell, buffer *[]byte) []byte {
	v := r.raw[c.from:c.to]
	if !c.doubled {
		return v
	}
	out := (*buffer)[:0]
	for {
		i := bytes.IndexByte(v, '"')
		if i < 0 {
			*buffer = append(out, v...)
			return *buffer
		}
		out = append(out, v[:i+1]...)
		v = v[min(i+2, len(v)):]
	}
}

// empty tells whether the row is an empty line.
func (r *row) empty() bool { return r.fault == fine && len(r.cells) == 1 && blank(r.raw) }
