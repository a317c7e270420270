package snapshot

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// swift reads the tokens of a record that lies in memory whole. It takes less
// than JSON allows, so that it need not explain: a syntax error, a name with an
// escape in it, names that may be the same, very many of them, or very deep
// nesting make it give up. What it takes, it reads as [thorough] does; a fuzz
// target holds the two together.
type swift struct {
	src    []byte
	at     int  // of the next byte
	ready  bool // at is the first byte of a token
	lost   bool // no token may stand where at was
	done   bool // the value has been read whole
	opened []level
	names  []uint64 // hashes of the names of all objects that are open
}

// level is an object or a list that is open.
type level struct {
	object bool
	place  place
	names  int // where the hashes of its names begin
}

// place is where a level stands between two tokens.
type place uint8

const (
	atStart    place = iota // after the opening bracket
	afterName               // before the colon
	afterValue              // before a comma or the closing bracket
)

// manyNames is how many names of one object are compared with one another.
const manyNames = 256

func (s *swift) reset(src []byte) {
	*s = swift{src: src, opened: s.opened[:0], names: s.names[:0]}
}

func (s *swift) depth() int { return len(s.opened) }

// byteKinds leads from the first byte of a token to its kind.
var byteKinds = func() (table [256]jsontext.Kind) {
	for _, c := range `{}[]"tfn` {
		table[c] = jsontext.Kind(c)
	}
	for _, c := range "-0123456789" {
		table[c] = '0'
	}
	return table
}()

func (s *swift) peek() jsontext.Kind {
	if !s.ready {
		s.lost = s.lost || !s.advance()
		if s.lost {
			return 0
		}
	}
	return byteKinds[s.src[s.at]]
}

// next passes over white space, and is the byte after it, 0 at the end.
func (s *swift) next() byte {
	for ; s.at < len(s.src); s.at++ {
		switch c := s.src[s.at]; c {
		case ' ', '\n', '\r', '\t':
		default:
			return c
		}
	}
	return 0
}

// advance passes over what stands before the next token. It is false where none
// may follow.
func (s *swift) advance() bool {
	c := s.next()
	if len(s.opened) == 0 {
		s.ready = !s.done && byteKinds[c] != 0
		return s.ready
	}
	l := &s.opened[len(s.opened)-1]
	first := l.place == atStart
	switch {
	case l.place == afterName:
		if c != ':' {
			return false
		}
		s.at++
		c = s.next()
		s.ready = byteKinds[c] != 0 && c != '}' && c != ']'
		return s.ready
	case l.place == afterValue && c == ',':
		s.at++
		c = s.next()
		first = false
	case l.place == afterValue && c != '}' && c != ']':
		return false
	case l.place == afterValue:
		first = true // the bracket that closes
	}
	switch {
	case c == '}':
		s.ready = l.object && first
	case c == ']':
		s.ready = !l.object && first
	case l.object:
		s.ready = c == '"'
	default:
		s.ready = byteKinds[c] != 0
	}
	return s.ready
}

func (s *swift) bracket() error {
	switch s.peek() {
	case '{', '[':
		if len(s.opened) >= maxDepth {
			return errUnsure
		}
		s.opened = append(s.opened, level{object: s.src[s.at] == '{', names: len(s.names)})
		s.at++
		s.ready = false
		return nil
	case '}', ']':
		top := len(s.opened) - 1
		s.names, s.opened = s.names[:s.opened[top].names], s.opened[:top]
		s.at++
		s.ended()
		return nil
	}
	return errUnsure
}

// ended notes that a value has been read.
func (s *swift) ended() {
	s.ready = false
	if len(s.opened) == 0 {
		s.done = true
		return
	}
	s.opened[len(s.opened)-1].place = afterValue
}

func (s *swift) value() (jsontext.Value, error) {
	kind, start := s.peek(), s.at
	switch kind {
	case '{', '[':
		for whole := len(s.opened); ; {
			var err error
			switch s.peek() {
			case '{', '[', '}', ']':
				err = s.bracket()
			default:
				err = s.pass()
			}
			if err != nil {
				return nil, err
			}
			if len(s.opened) == whole {
				return s.src[start:s.at], nil
			}
		}
	case '}', ']', 0:
		return nil, errUnsure
	}
	if err := s.pass(); err != nil {
		return nil, err
	}
	return s.src[start:s.at], nil
}

func (s *swift) pass() error {
	start := s.at
	if !s.ready {
		if s.peek() == 0 {
			return errUnsure
		}
		start = s.at
	}
	var end int
	switch byteKinds[s.src[start]] {
	case '"':
		var escaped bool
		if end, escaped = stringEnd(s.src, start+1); end > 0 && len(s.opened) > 0 {
			if l := &s.opened[len(s.opened)-1]; l.object && l.place != afterName {
				if escaped || !s.newName(l, s.src[start+1:end-1]) {
					return errUnsure
				}
				s.at, s.ready, l.place = end, false, afterName
				return nil
			}
		}
	case '0':
		end = numberEnd(s.src, start)
	case 't':
		end = wordEnd(s.src, start, "true")
	case 'f':
		end = wordEnd(s.src, start, "false")
	case 'n':
		end = wordEnd(s.src, start, "null")
	}
	if end == 0 {
		return errUnsure
	}
	s.at = end
	s.ended()
	return nil
}

func (s *swift) end() error {
	if s.ready || s.lost || !s.done || s.next() != 0 || s.at < len(s.src) {
		return errUnsure
	}
	return nil
}

// newName notes a name, and is false when there may have been the same before.
func (s *swift) newName(l *level, name []byte) bool {
	hash := hashOf(name)
	before := s.names[l.names:]
	if len(before) >= manyNames || slices.Contains(before, hash) {
		return false
	}
	s.names = append(s.names, hash)
	return true
}

// hashOf tells names apart by their first and last eight bytes and their length.
func hashOf(name []byte) uint64 {
	var first, last uint64
	if len(name) >= 8 {
		first, last = binary.LittleEndian.Uint64(name), binary.LittleEndian.Uint64(name[len(name)-8:])
	} else {
		for i, c := range name {
			first |= uint64(c) << (8 * i)
		}
	}
	const odd = 0x9e3779b97f4a7c15 // 2^64 divided by the golden ratio
	return (first*odd^bits.RotateLeft64(last, 31))*odd ^ uint64(len(name))
}

// stringEnd is where the string that goes on at i ends, after its quotation mark;
// 0 where it has a fault. escaped tells whether there are escapes in it.
func stringEnd(b []byte, i int) (end int, escaped bool) {
	for {
		i += plainRun(b[i:])
		if i >= len(b) {
			return 0, false
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1, escaped
		case c < ' ':
			return 0, false
		}
		escaped = true
		if i+1 >= len(b) {
			return 0, false
		}
		switch b[i+1] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			i += 2
		case 'u':
			if i+6 > len(b) || !isHex(b[i+2]) || !isHex(b[i+3]) || !isHex(b[i+4]) || !isHex(b[i+5]) {
				return 0, false
			}
			i += 6
		default:
			return 0, false
		}
	}
}

// plainRun is how many bytes come before a quotation mark, a backslash or a
// control character. It looks at eight at a time: in the lowest byte that is one
// of these the top bit of found is set.
func plainRun(b []byte) int {
	const each, top = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		quotes, slashes := x^(each*'"'), x^(each*'\\')
		found := ((x-each*' ')&^x | (quotes-each)&^quotes | (slashes-each)&^slashes) & top
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c == '"' || c == '\\' || c < ' ' {
			return i
		}
	}
	return i
}

func isHex(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// numberEnd is where the number at i ends, 0 where it is none of JSON's.
func numberEnd(b []byte, i int) int {
	digits := func() bool {
		from := i
		for i < len(b) && isDigit(b[i]) {
			i++
		}
		return i > from
	}
	if b[i] == '-' {
		i++
	}
	switch {
	case i < len(b) && b[i] == '0':
		i++
	case !digits():
		return 0
	}
	if i < len(b) && b[i] == '.' {
		if i++; !digits() {
			return 0
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		if i++; i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if !digits() {
			return 0
		}
	}
	return i
}

func wordEnd(b []byte, i int, word string) int {
	if len(b)-i < len(word) || string(b[i:i+len(word)]) != word {
		return 0
	}
	return i + len(word)
}
