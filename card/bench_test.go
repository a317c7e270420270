package card

import (
	"syscall"
	"testing"
	"time"

	"loanleaf/public"
)

// Cards as serve draws them: the photo is decoded anew, the letters are known.
func BenchmarkCards(b *testing.B) {
	for _, d := range drawings() {
		switch d.name {
		case "fundraising-photo", "fundraising-photo-small", "fundraising", "fundraising-small", "khmer-text", "arabic", "long-name":
		default:
			continue
		}
		b.Run(d.name, func(b *testing.B) {
			p, told := New(ColoursOf(public.Embedded())), teller(b, d.language).Card(&d.loan)
			body := jpegOf(b, d.picture)
			drawWith(b, p, told, body, d)
			b.ReportAllocs()
			began := processorTime(b)
			for b.Loop() {
				drawWith(b, p, told, body, d)
			}
			b.ReportMetric(float64((processorTime(b)-began).Microseconds())/1000/float64(b.N), "cpu-ms/op")
		})
	}
}

// processorTime is what this process has used, on a machine that others use as
// well.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// The first card in a new process also reads the typefaces.
func BenchmarkFirstCard(b *testing.B) {
	d := drawings()[2]
	told := teller(b, d.language).Card(&d.loan)
	for b.Loop() {
		drawWith(b, New(ColoursOf(public.Embedded())), told, nil, d)
	}
}
