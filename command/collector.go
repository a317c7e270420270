package command

import "runtime/debug"

// collectLess lets the heap grow to five times what is alive before garbage is
// collected. A build holds some 20 MB alive however many loans there are, and
// makes garbage by the gigabyte: this saves it a tenth of the processor's time
// for some 60 MB. Whoever sets GOGC knows better.
func (p *Program) collectLess() {
	if _, set := p.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(400)
	}
}
