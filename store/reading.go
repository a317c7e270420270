package store

import (
	"encoding/binary"
	"math"
	"time"

	"loanleaf/kiva"
)

// Loans are read by hand: a build reads each one, lists read it again, and a
// library that goes by reflection took a sixth of a build for it. What is read
// here is what the library writes for kiva.Loan: maps with numbered fields in
// ascending order, every value in its shortest type. Everything else makes the
// cborReader bad, and the library reads the whole of it again; a fuzz target holds the
// two together.

// cborReader takes values off a record. Once bad it gives zeros, and what
// was read is worth nothing.
type cborReader struct {
	b    []byte
	text string // the same bytes: what is read shares them, in one allocation
	at   int
	bad  bool
}

func newCBORReader(b []byte) cborReader { return cborReader{b: b, text: string(b)} }

// Major types of CBOR (RFC 8949, 3.1).
const (
	cborUnsigned = iota
	cborNegative
	cborBytes
	cborText
	cborArray
	cborMap
	cborTag
	cborSimple
)

// head takes the head of a value: its major type, and its argument.
func (r *cborReader) head() (major byte, argument uint64) {
	if r.at >= len(r.b) {
		r.bad = true
		return 0, 0
	}
	first := r.b[r.at]
	r.at++
	major, argument = first>>5, uint64(first&31)
	if argument < 24 {
		return major, argument
	}
	size := 1 << (argument - 24)
	if argument > 27 || len(r.b)-r.at < size {
		r.bad = true
		return 0, 0
	}
	rest := r.b[r.at:]
	r.at += size
	switch size {
	case 1:
		return major, uint64(rest[0])
	case 2:
		return major, uint64(binary.BigEndian.Uint16(rest))
	case 4:
		return major, uint64(binary.BigEndian.Uint32(rest))
	}
	return major, binary.BigEndian.Uint64(rest)
}

// length takes the head of a value that has a length: no more than bytes are left.
func (r *cborReader) length(want byte) int {
	major, n := r.head()
	if major != want || n > uint64(len(r.b)-r.at) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *cborReader) string() string {
	n := r.length(cborText)
	r.at += n
	return r.text[r.at-n : r.at]
}

// bytes shares memory with the record.
func (r *cborReader) bytes() []byte {
	n := r.length(cborBytes)
	r.at += n
	return r.b[r.at-n : r.at : r.at]
}

func (r *cborReader) int() int64 {
	major, n := r.head()
	if major > cborNegative || n > math.MaxInt64 {
		r.bad = true
		return 0
	}
	if major == cborNegative {
		return -1 - int64(n)
	}
	return int64(n)
}

func (r *cborReader) bool() bool {
	const no, yes = cborSimple<<5 | 20, cborSimple<<5 | 21
	if r.at >= len(r.b) || r.b[r.at] != no && r.b[r.at] != yes {
		r.bad = true
		return false
	}
	r.at++
	return r.b[r.at-1] == yes
}

func (r *cborReader) float() float64 {
	const double = cborSimple<<5 | 27
	if len(r.b)-r.at < 9 || r.b[r.at] != double {
		r.bad = true
		return 0
	}
	r.at += 9
	return math.Float64frombits(binary.BigEndian.Uint64(r.b[r.at-8:]))
}

// latest is the last second of the year 9999: the library takes no number above it
// for a time.
const latest = 253402300799

func (r *cborReader) time() time.Time {
	seconds := r.int()
	if seconds < -latest || seconds > latest {
		r.bad = true
	}
	return time.Unix(seconds, 0).UTC()
}

// fields calls field with each field of a map, until one is not known.
func (r *cborReader) fields(field func(key uint64) (known bool)) {
	last := -1
	for range r.length(cborMap) {
		major, key := r.head()
		if r.bad || major != cborUnsigned || key > 1<<16 || int(key) <= last || !field(key) {
			r.bad = true
			return
		}
		last = int(key)
	}
}

// list takes an array of values.
func list[T any](r *cborReader, value func() T) []T {
	n := r.length(cborArray)
	if r.bad {
		return nil
	}
	values := make([]T, n)
	for i := range values {
		values[i] = value()
	}
	return values
}

func (r *cborReader) strings() []string { return list(r, r.string) }

func (r *cborReader) money() (m kiva.Money) {
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			m.Units = r.int()
		case 2:
			m.Currency = r.string()
		default:
			return false
		}
		return true
	})
	return m
}

// ended tells whether the whole of a record was read, and none of it was strange.
func (r *cborReader) ended() bool { return !r.bad && r.at == len(r.b) }

// listing reads a loan in listing shape.
func (r *cborReader) listing(l *kiva.Loan) bool {
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			l.ID = r.int()
		case 2:
			l.Name = r.string()
		case 3:
			status := r.int()
			r.bad = r.bad || status < 0 || status > math.MaxUint8
			l.Status = kiva.Status(status)
		case 4:
			l.EndedWithLoss = r.bool()
		case 5:
			l.Use = r.string()
		case 6:
			l.Activity = r.string()
		case 7:
			l.Sector = r.string()
		case 8:
			l.Themes = r.strings()
		case 9:
			l.Tags = r.strings()
		case 10:
			l.Amount = r.money()
		case 11:
			l.Raised = r.money()
		case 12:
			l.Basket = r.money()
		case 13:
			l.Repaid = r.money()
		case 14:
			l.CurrencyLoss = r.money()
		case 15:
			l.BorrowerCount = int(r.int())
		case 16:
			l.LenderCount = int(r.int())
		case 18:
			l.Location = r.location()
		case 19:
			l.PartnerID = r.int()
		case 20:
			l.ImageID = r.int()
		case 22:
			l.Posted = r.time()
		case 23:
			l.Expires = r.time()
		case 24:
			l.FundedDate = r.time()
		case 25:
			l.PaidDate = r.time()
		case 26:
			l.Languages = r.strings()
		case 28:
			l.Delinquent = r.bool()
		default:
			return false
		}
		return true
	})
	return r.ended()
}

func (r *cborReader) location() (l kiva.Location) {
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			l.CountryCode = r.string()
		case 2:
			l.Country = r.string()
		case 3:
			l.Town = r.string()
		case 4:
			l.Geo = r.geo()
		default:
			return false
		}
		return true
	})
	return l
}

func (r *cborReader) geo() *kiva.Geo {
	g := &kiva.Geo{}
	r.fields(func(key uint64) bool {
		switch key {
		case 1:
			g.Level = r.string()
		case 2:
			g.Latitude = r.float()
		case 3:
			g.Longitude = r.float()
		default:
			return false
		}
		return true
	})
	return g
}
