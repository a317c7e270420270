package pack

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sort"
)

// Methods of an entry, by their numbers in ZIP (APPNOTE 4.4.5).
const (
	stored   = 0
	deflated = 8
)

// extraID marks the extra field with half the SHA-256 of the content: "LL".
const extraID = 0x4c4c

// sumBytes is the length of that half.
const sumBytes = 16

// extraBytes is the length of the whole extra field: its mark, a length, that half.
const extraBytes = 4 + sumBytes

// Entry is a file in a shard, whose memory it shares.
type Entry struct {
	Name   string
	Size   int // of the content, in bytes
	CRC    uint32
	Sum    [sumBytes]byte // the first half of the content's SHA-256
	method uint16
	packed []byte
	local  []byte // the header before it in the shard; nil: it is in none yet
}

// errShard is every way in which a shard can be damaged.
var errShard = errors.New("not a whole shard")

// AppendContent appends the content to dst, and fails if it is not what the shard
// says it is.
func (e *Entry) AppendContent(dst []byte) (_ []byte, err error) {
	defer onFault(&err)()
	if err := e.inPlace(); err != nil {
		return nil, err
	}
	begin := len(dst)
	if e.method == stored {
		dst = append(dst, e.packed...)
	} else {
		out := bytes.NewBuffer(dst)
		in := flate.NewReader(bytes.NewReader(e.packed))
		if _, err := io.Copy(out, io.LimitReader(in, int64(e.Size)+1)); err != nil {
			return nil, fmt.Errorf("%s: %w: %w", e.Name, errShard, err)
		}
		dst = out.Bytes()
	}
	if len(dst)-begin != e.Size || crc32.ChecksumIEEE(dst[begin:]) != e.CRC {
		return nil, fmt.Errorf("%s: %w: its content is another", e.Name, errShard)
	}
	return dst, nil
}

// AppendGzip appends the content in gzip framing (RFC 1952) around the deflate
// stream of the shard, which is not touched. ok is false when the entry is not
// compressed, or not there.
func (e *Entry) AppendGzip(dst []byte) (_ []byte, ok bool) {
	var fault error // leaves ok false
	defer onFault(&fault)()
	if e.method != deflated || e.inPlace() != nil {
		return dst, false
	}
	dst = append(dst, 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff) // deflate; no name, no time, system unknown
	dst = append(dst, e.packed...)
	dst = binary.LittleEndian.AppendUint32(dst, e.CRC)
	return binary.LittleEndian.AppendUint32(dst, uint32(e.Size)), true
}

// inPlace tells whether the stream begins where the central directory says, which the
// header before it knows. It is asked late: to look at that of every entry would bring
// all of an archive into memory, of which the directory is a hundredth.
func (e *Entry) inPlace() error {
	if e.local == nil {
		return nil
	}
	if string(e.local[:4]) != "PK\x03\x04" || int(binary.LittleEndian.Uint16(e.local[26:])) != len(e.Name) ||
		binary.LittleEndian.Uint16(e.local[28:]) != extraBytes {
		return fmt.Errorf("%s: %w: its header is another", e.Name, errShard)
	}
	return nil
}

// shard is an archive in memory, mapped or read.
type shard struct {
	data []byte
	at   []uint32 // where the entries stand in the central directory, in their order
}

// Lengths of ZIP's records, without their variable parts (APPNOTE 4.3.7 ff.).
const (
	localHead   = 30
	centralHead = 46
	endRecord   = 22
)

// readShard finds the entries of an archive that a [Writer] made.
func readShard(data []byte) (*shard, error) {
	count, size, offset, err := readEnd(data)
	if err != nil {
		return nil, err
	}
	s := &shard{data: data, at: make([]uint32, 0, count)}
	last := ""
	for at := offset; at < offset+size; {
		e, next, err := s.entry(at, offset+size)
		if err != nil {
			return nil, err
		}
		if e.Name <= last {
			return nil, fmt.Errorf("%w: %q is out of order", errShard, e.Name)
		}
		s.at, last, at = append(s.at, uint32(at)), e.Name, next
	}
	if len(s.at) != count {
		return nil, fmt.Errorf("%w: %d entries of %d", errShard, len(s.at), count)
	}
	return s, nil
}

// readEnd reads where an archive's central directory is, which tells whether the archive
// is there to its end.
func readEnd(data []byte) (count, size, offset int, err error) {
	if len(data) < endRecord {
		return 0, 0, 0, errShard
	}
	end := data[len(data)-endRecord:]
	count = int(binary.LittleEndian.Uint16(end[10:]))
	size, offset = int(binary.LittleEndian.Uint32(end[12:])), int(binary.LittleEndian.Uint32(end[16:]))
	if string(end[:4]) != "PK\x05\x06" || offset+size != len(data)-endRecord {
		return 0, 0, 0, errShard
	}
	return count, size, offset, nil
}

// entry reads the entry at a place in the central directory, which ends at end.
func (s *shard) entry(at, end int) (e Entry, next int, err error) {
	if at+centralHead > end {
		return e, 0, errShard
	}
	head := s.data[at:end]
	name, extra := int(binary.LittleEndian.Uint16(head[28:])), int(binary.LittleEndian.Uint16(head[30:]))
	length := centralHead + name + extra + int(binary.LittleEndian.Uint16(head[32:]))
	if string(head[:4]) != "PK\x01\x02" || length > len(head) {
		return e, 0, errShard
	}
	e.Name = string(head[centralHead : centralHead+name])
	e.method, e.CRC = binary.LittleEndian.Uint16(head[10:]), binary.LittleEndian.Uint32(head[16:])
	packed := int(binary.LittleEndian.Uint32(head[20:]))
	e.Size = int(binary.LittleEndian.Uint32(head[24:]))
	local := int(binary.LittleEndian.Uint32(head[42:]))
	field := head[centralHead+name : centralHead+name+extra]
	if len(field) != extraBytes || binary.LittleEndian.Uint16(field) != extraID || e.method != stored && e.method != deflated ||
		e.method == stored && packed != e.Size || local+localHead > len(s.data) {
		return e, 0, errShard
	}
	copy(e.Sum[:], field[4:])
	body := local + localHead + name + extraBytes // a writer of ours has the same extra field in both headers
	if body+packed > len(s.data) {
		return e, 0, errShard
	}
	e.local = s.data[local : local+localHead : local+localHead]
	e.packed = s.data[body : body+packed : body+packed]
	return e, at + length, nil
}

// name is that of the i-th entry.
func (s *shard) name(i int) []byte {
	head := s.data[s.at[i]:]
	return head[centralHead : centralHead+int(binary.LittleEndian.Uint16(head[28:]))]
}

// Len is the number of entries.
func (s *shard) Len() int { return len(s.at) }

// Entry gives the i-th entry, in the order of names.
func (s *shard) Entry(i int) Entry {
	e, _, _ := s.entry(int(s.at[i]), len(s.data)) // readShard has read it
	return e
}

// Find gives the entry of a name.
func (s *shard) Find(name string) (Entry, bool) {
	i, found := sort.Find(len(s.at), func(i int) int { return cmp.Compare(name, string(s.name(i))) })
	if !found {
		return Entry{}, false
	}
	return s.Entry(i), true
}
