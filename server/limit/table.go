// Package limit counts what clients ask for, so that one of them cannot take
// all of a machine.
//
// # What a limit promises
//
// A client gets at most so many answers in any 60 seconds, wherever they begin,
// and one that asks for no more in any 65 seconds is never refused. Requests
// that are refused do not count. That is exact because a [Table] counts in
// slots of five seconds and lets a slot go when the last moment of it is a
// minute old; one counter and one date would let twice as many through around
// the date.
//
// # Who a client is
//
// An address of IPv4, or a network of IPv6 of 64 bits, which is the least that
// a subscriber has. [Proxies] finds it behind proxies.
//
// # Memory
//
// A Table has as many places from the beginning to the end, however many
// clients there are. Where they are too many, the one that asked least is
// forgotten: who asks much stays counted while others come by in millions. The
// place of a client depends on a secret, so that nobody can choose addresses
// that push each other out.
//
// # What is not here
//
// No HTTP, no clock, and no numbers: what is limited to how much is for package
// server. Several processes do not share their counts.
package limit

import (
	"hash/maphash"
	"sync"
	"time"
)

// Window is the time that limits are for.
const Window = 60 * time.Second

// Most is the largest limit that a [Table] keeps.
const Most = 10_000_000

const (
	slotTime = 5 * time.Second
	// slots are those of a window and the one that is being filled.
	slots = int64(Window/slotTime) + 1
	// ways are the places that a client may have.
	ways  = 8
	locks = 256
	// Places is how many clients a [Table] of usual size counts at a time, each
	// kind of what they ask for apart: 6.3 MB.
	Places = 1 << 16
)

// Table counts. It may be used by several goroutines at a time.
type Table struct {
	began time.Time
	seed  maphash.Seed
	sets  [][ways]place
	mu    [locks]sync.Mutex // each for every locks-th set
}

// place counts one client's requests of one kind.
type place struct {
	who    key
	used   bool
	last   int64 // the newest slot that counts has
	counts [slots]uint32
}

type key struct {
	client Client
	kind   uint8
}

// NewTable makes a table of at least so many places, a power of two from 256
// on, such as [Places]. seed is a secret of this process (maphash.MakeSeed),
// began any moment before the first request; its clock is that of all others.
func NewTable(places int, seed maphash.Seed, began time.Time) *Table {
	return &Table{began: began, seed: seed, sets: make([][ways]place, max(1, places/ways))}
}

// Verdict is what a table says of one request.
type Verdict struct {
	Allowed   bool
	Limit     int           // answers a [Window]
	Remaining int           // that may be asked for at once
	Reset     time.Duration // until there is one more than now, at most 65 seconds
}

// Take counts a request of a kind, if there were fewer than limit of them. A
// limit is from 1 to [Most]; a client has one limit for each kind.
func (t *Table) Take(c Client, kind uint8, limit int, now time.Time) Verdict {
	who := key{c, kind}
	since := max(0, now.Sub(t.began)) // a clock may be set back
	slot := int64(since / slotTime)
	set := maphash.Comparable(t.seed, who) % uint64(len(t.sets))
	mu := &t.mu[set%locks]
	mu.Lock()
	defer mu.Unlock()
	p := find(&t.sets[set], who, slot)
	p.forward(slot)
	count, oldest := p.counted()
	v := Verdict{Allowed: count < limit, Limit: limit}
	if v.Allowed {
		p.counts[p.last%slots]++
		count++
		if count == 1 {
			oldest = p.last
		}
	}
	v.Remaining = max(0, limit-count)
	v.Reset = time.Duration(oldest+slots)*slotTime - since
	return v
}

// find is the place of a client: the one it has, one that nobody needs, or that
// of the client which asked least.
func find(set *[ways]place, who key, slot int64) *place {
	var free *place
	least := 0
	for i := range set {
		p := &set[i]
		if p.used && p.who == who {
			return p
		}
		count := 0
		if p.used && p.last+slots > slot {
			count, _ = p.counted()
		}
		if free == nil || count < least {
			free, least = p, count
		}
	}
	*free = place{who: who, used: true, last: slot}
	return free
}

// forward lets the slots go that are too old to count at a slot.
func (p *place) forward(slot int64) {
	if slot-p.last >= slots {
		p.counts, p.last = [slots]uint32{}, slot
		return
	}
	for p.last < slot {
		p.last++
		p.counts[p.last%slots] = 0
	}
}

// counted is how many requests count, and the oldest slot with one of them.
func (p *place) counted() (count int, oldest int64) {
	oldest = p.last
	for slot := p.last; slot > p.last-slots && slot >= 0; slot-- {
		if n := p.counts[slot%slots]; n > 0 {
			count += int(n)
			oldest = slot
		}
	}
	return count, oldest
}
