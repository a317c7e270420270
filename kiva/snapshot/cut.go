package snapshot

import (
	"bytes"
	"io"
)

// cut says how a raw value ended.
type cut uint8

const (
	whole    cut = iota // its brackets match
	broken              // it ended where its brackets could no longer match
	overlong            // it has more than MaxRecord bytes; only its beginning was kept
	deep                // its brackets match, but nest deeper than maxDepth
)

// The classes of bytes outside strings.
const (
	plain byte = iota
	space
	quote
	opening
	closing
	comma
)

var classes = [256]byte{
	' ': space, '\t': space, '\n': space, '\r': space,
	'"': quote, '{': opening, '[': opening, '}': closing, ']': closing, ',': comma,
}

// brackets follows the nesting of one value. It tells objects from arrays
// down to maxDepth levels; below, it only counts.
type brackets struct {
	depth   int
	objects uint64 // bit i: level i+1 is an object
	deepest int
}

func (b *brackets) open(c byte) {
	if b.depth < maxDepth {
		bit := uint64(1) << b.depth
		b.objects &^= bit
		if c == '{' {
			b.objects |= bit
		}
	}
	b.depth++
	b.deepest = max(b.deepest, b.depth)
}

func (b *brackets) inObject() bool {
	return b.depth > 0 && b.depth <= maxDepth && b.objects>>(b.depth-1)&1 == 1
}

// shut closes the innermost level that c can close, and those inside of it.
// It is exact when that is the innermost of all.
func (b *brackets) shut(c byte) (exact bool) {
	if b.depth > maxDepth {
		b.depth--
		return true
	}
	for level := b.depth; level > 0; level-- {
		if (b.objects>>(level-1)&1 == 1) == (c == '}') {
			exact = level == b.depth
			b.depth = level - 1
			return exact
		}
	}
	return false
}

// value cuts the object or array that begins at pos out of the stream. The
// bytes are valid until the next call.
//
// Three rules keep a record whose brackets do not match from swallowing its
// neighbours: a bracket closes the innermost level of its kind, whatever is
// open inside; a bracket that closes nothing is passed over; and an object
// that follows a comma inside an object, where only a name can
// stand, begins the next record.
//
// A value that swallows others all the same is cut where resync says. At the
// end of the stream inside the value it fails with io.ErrUnexpectedEOF.
func (s *splitter) value() (raw []byte, state cut, err error) {
	s.hold = s.pos
	defer func() { s.hold = -1 }()
	var (
		level      brackets
		afterComma bool
		prefix     []byte
	)
	// lost is for when the stream or the room to hold it ends inside the
	// value: perhaps another record begins on the way.
	lost := func(err error) ([]byte, cut, error) {
		if err == io.EOF && prefix == nil && s.resyncs < mostResyncs {
			if end := resync(s.buf[s.hold:s.end]); end > 0 {
				s.resyncs++
				raw := s.buf[s.hold : s.hold+end]
				s.pos = s.hold + end
				return raw, broken, nil
			}
		}
		s.pos = s.end
		return nil, whole, unexpected(err)
	}
	finish := func(at int) []byte {
		begin := s.hold
		s.pos = at
		if prefix != nil {
			state = overlong
			return prefix
		}
		if level.deepest > maxDepth && state == whole {
			state = deep
		}
		return s.buf[begin:at]
	}
	i := s.pos
	for {
		for i < s.end {
			c := s.buf[i]
			switch classes[c] {
			case plain:
				afterComma = false
			case comma:
				afterComma = true
			case quote:
				afterComma = false
				if i, err = s.stringEnd(i+1, &prefix); err != nil {
					return lost(err)
				}
				continue
			case opening:
				if c == '{' && afterComma && level.inObject() {
					state = broken
					return finish(i), state, nil
				}
				afterComma = false
				level.open(c)
			case closing:
				afterComma = false
				if exact := level.shut(c); !exact {
					state = broken
				}
				if level.depth == 0 {
					raw = finish(i + 1)
					return raw, state, nil
				}
			}
			i++
		}
		if i, err = s.more(i, &prefix); err != nil {
			return lost(err)
		}
	}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// more fills the buffer while a scan stands at i, and returns where i is now.
// When the value has grown over-long it keeps a prefix and lets the rest go,
// or fails with io.EOF when resync finds another record in it.
func (s *splitter) more(i int, prefix *[]byte) (int, error) {
	if *prefix != nil {
		s.pos = i
	}
	moved, err := s.fill()
	if err == errOverlong {
		if s.resyncs < mostResyncs && resync(s.buf[s.hold:s.end]) > 0 {
			return i - moved, io.EOF
		}
		*prefix = bytes.Clone(s.buf[s.hold : s.hold+prefixKept])
		i -= moved
		s.hold, s.pos = -1, i
		moved, err = s.fill()
	}
	return i - moved, err
}

// stringEnd finds the byte after the string whose first byte after the quote
// is at i.
func (s *splitter) stringEnd(i int, prefix *[]byte) (int, error) {
	for {
		at, ended := endOfString(s.buf[:s.end], i)
		if ended {
			return at, nil
		}
		var err error
		if i, err = s.more(at, prefix); err != nil {
			return i, err
		}
	}
}

// endOfString finds the byte after the string that b holds at i, i standing
// inside of it and not on an escaped byte. When the string does not end in b
// it is false, and at is where to go on once there is more of it.
func endOfString(b []byte, i int) (at int, ended bool) {
	for i < len(b) {
		stop, found := len(b), false
		if q := bytes.IndexByte(b[i:], '"'); q >= 0 {
			stop, found = i+q, true
		}
		for i <= stop {
			e := bytes.IndexByte(b[i:stop], '\\')
			if e < 0 {
				if !found {
					return len(b), false
				}
				return stop + 1, true
			}
			if i+e+1 >= len(b) {
				return i + e, false
			}
			i += e + 2
		}
	}
	return i, false
}
