package command

import "runtime/debug"

// heapGoal is what the heap may grow to before garbage is collected more often
// again.
const heapGoal = 96 << 20

// collectLess lets the heap grow to five times what is alive before garbage is
// collected, up to heapGoal. A build and a server hold some 20 MB alive and make
// garbage by the gigabyte: this saves a tenth of the processor's time for some
// 60 MB. Whoever sets GOGC or GOMEMLIMIT knows better.
func (p *Program) collectLess() {
	if _, set := p.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(400)
	}
	if _, set := p.LookupEnv("GOMEMLIMIT"); !set {
		debug.SetMemoryLimit(heapGoal)
	}
}
