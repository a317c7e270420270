package sample

import (
	"math/rand/v2"
	"sort"
)

// dice is one loan's own stream of chance. Where a product is added to something, the package converts it to float64
// first: that forbids the compiler to fuse the two, which rounds differently on some processors.
type dice struct {
	pcg rand.PCG
	*rand.Rand
}

func newDice() *dice {
	d := &dice{}
	d.Rand = rand.New(&d.pcg)
	return d
}

// reseed begins the stream named by seed and i. Both are mixed first: neighbouring streams of a PCG resemble each other
// in their first draws, and neighbouring loans are exactly what is asked for here.
func (d *dice) reseed(seed, i uint64) { d.pcg.Seed(mix(seed), mix(mix(seed)^i)) }

// mix is the finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection that spreads every bit.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// often is true in the given share of throws, per 100,000.
func (d *dice) often(share int) bool { return d.IntN(100_000) < share }

// between is a whole number from lo to hi, both included.
func (d *dice) between(lo, hi int) int { return lo + d.IntN(hi-lo+1) }

// pick is one of the values, each as likely as the others.
func pick[T any](d *dice, values []T) T { return values[d.IntN(len(values))] }

// shares are relative frequencies, kept as running totals.
type shares []int

func sharesOf(weights ...int) shares {
	s := make(shares, len(weights))
	total := 0
	for i, w := range weights {
		total += w
		s[i] = total
	}
	return s
}

// draw is an index, as often as its share says.
func (s shares) draw(d *dice) int {
	return sort.SearchInts(s, d.IntN(s[len(s)-1])+1)
}
