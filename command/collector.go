package command

import "runtime/debug"

// What the heap may grow to, in bytes, before garbage is collected more often
// again. A build holds some 20 MB alive; a server besides as much as it keeps of
// cards and of oEmbed answers, at most 112 MB.
const (
	buildHeap  = 96 << 20
	serverHeap = 320 << 20
)

// collectLess lets the heap grow to five times what is alive before garbage is
// collected, up to goal. Builds and servers make garbage by the gigabyte: this
// saves a tenth of the processor's time for some 60 MB. Whoever sets GOGC or
// GOMEMLIMIT knows better.
func (p *Program) collectLess(goal int64) {
	if _, set := p.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(400)
	}
	if _, set := p.LookupEnv("GOMEMLIMIT"); !set {
		debug.SetMemoryLimit(goal)
	}
}
