package store

import (
	"encoding/binary"
	"errors"
	"time"

	"loanleaf/kiva"
)

// Schedules and payments are most of a loan's values and much alike, so they
// are packed: numbers as varints, times and ids as the difference to the one
// before, and a currency only where it is another than before. That is a
// fifth of their CBOR, and many times as fast.

// packer appends values to b.
type packer struct {
	b      []byte
	number int64     // the last one that was packed as a difference
	tokens [3]string // the last currency of each amount of a record
}

func (p *packer) difference(n int64) {
	p.b = binary.AppendVarint(p.b, n-p.number)
	p.number = n
}

// money packs the amount that comes as slot-th in its record: its units, then
// 0 for the slot's currency as before, or one more than the length of another.
func (p *packer) money(slot int, m kiva.Money) {
	p.b = binary.AppendVarint(p.b, m.Units)
	if m.Currency == p.tokens[slot] {
		p.b = append(p.b, 0)
		return
	}
	p.b = binary.AppendUvarint(p.b, uint64(len(m.Currency))+1)
	p.b = append(p.b, m.Currency...)
	p.tokens[slot] = m.Currency
}

func packInstalments(list []kiva.Instalment) []byte {
	if len(list) == 0 {
		return nil
	}
	p := packer{b: binary.AppendUvarint(make([]byte, 0, 8*len(list)+8), uint64(len(list)))}
	for _, i := range list {
		p.difference(i.Due.Unix())
		p.money(0, i.Amount)
	}
	return p.b
}

func packPayments(list []kiva.Payment) []byte {
	if len(list) == 0 {
		return nil
	}
	p := packer{b: binary.AppendUvarint(make([]byte, 0, 24*len(list)+8), uint64(len(list)))}
	for _, pay := range list {
		p.b = binary.AppendVarint(p.b, pay.ID)
		p.difference(pay.Processed.Unix())
		p.difference(pay.Settled.Unix())
		p.money(0, pay.Amount)
		p.money(1, pay.Local)
		p.money(2, pay.CurrencyLoss)
	}
	return p.b
}

// errPacked is every way in which packed bytes can be damaged.
var errPacked = errors.New("packed values end too early or too late")

// unpacker takes values from b; once b turns out to be damaged it gives zeros,
// and end tells so.
type unpacker struct {
	b      []byte
	number int64
	tokens [3]string
	bad    bool
}

// count is how many records follow; damaged bytes cannot make it more than
// there are bytes.
func (u *unpacker) count() int {
	n := u.uvarint()
	if n > uint64(len(u.b)) {
		u.bad, n = true, 0
	}
	return int(n)
}

func (u *unpacker) uvarint() uint64 {
	v, n := binary.Uvarint(u.b)
	return taken(u, v, n)
}

func (u *unpacker) varint() int64 {
	v, n := binary.Varint(u.b)
	return taken(u, v, n)
}

// taken takes the n bytes of v off, unless there were none.
func taken[V int64 | uint64](u *unpacker, v V, n int) V {
	if n <= 0 {
		u.bad, u.b = true, nil
		return 0
	}
	u.b = u.b[n:]
	return v
}

func (u *unpacker) time() time.Time {
	u.number += u.varint()
	return time.Unix(u.number, 0).UTC()
}

func (u *unpacker) money(slot int) kiva.Money {
	units := u.varint()
	if n := u.uvarint(); n > 0 {
		if n-1 > uint64(len(u.b)) {
			u.bad, u.b = true, nil
			return kiva.Money{}
		}
		u.tokens[slot], u.b = string(u.b[:n-1]), u.b[n-1:]
	}
	return kiva.Money{Units: units, Currency: u.tokens[slot]}
}

func (u *unpacker) end() error {
	if u.bad || len(u.b) > 0 {
		return errPacked
	}
	return nil
}

func unpackInstalments(b []byte) ([]kiva.Instalment, error) {
	if len(b) == 0 {
		return nil, nil
	}
	u := unpacker{b: b}
	list := make([]kiva.Instalment, u.count())
	for i := range list {
		list[i] = kiva.Instalment{Due: u.time(), Amount: u.money(0)}
	}
	return list, u.end()
}

func unpackPayments(b []byte) ([]kiva.Payment, error) {
	if len(b) == 0 {
		return nil, nil
	}
	u := unpacker{b: b}
	list := make([]kiva.Payment, u.count())
	for i := range list {
		list[i] = kiva.Payment{
			ID: u.varint(), Processed: u.time(), Settled: u.time(),
			Amount: u.money(0), Local: u.money(1), CurrencyLoss: u.money(2),
		}
	}
	return list, u.end()
}
