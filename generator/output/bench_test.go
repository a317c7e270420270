package output

import (
	"bytes"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
)

// Set TMPDIR to a folder on tmpfs to measure the program and not the drive.
func BenchmarkBuild(b *testing.B) {
	const files = 10_000
	body := bytes.Repeat([]byte("loan page "), 820)
	page := func(i, edition int) []byte {
		return fmt.Appendf(body[:8180], "%6d %5d", i, edition) // in the capacity of body: 8,192 bytes
	}
	generation := func(b *testing.B, dir string, edition func(i int) int) Report {
		f, err := open(dir, Options{SkipSync: true}, nil)
		if err != nil {
			b.Fatal(err)
		}
		for i := range files {
			if err := f.Write(fmt.Sprintf("lend/%d.html", i), page(i, edition(i))); err != nil {
				b.Fatal(err)
			}
		}
		r, err := f.Commit(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		return r
	}
	run := func(name string, edition func(round, i int) int, want func(Report) bool) {
		b.Run(name, func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "dist")
			generation(b, dir, func(int) int { return 0 })
			b.ReportAllocs()
			for round := 1; b.Loop(); round++ {
				if r := generation(b, dir, func(i int) int { return edition(round, i) }); !want(r) {
					b.Fatalf("round %d: %+v", round, r)
				}
			}
			b.ReportMetric(files*float64(b.N)/b.Elapsed().Seconds(), "files/s")
		})
	}
	run("every file has changed", func(round, _ int) int { return round }, func(r Report) bool { return r.Changed == files })
	run("one file has changed", func(round, i int) int {
		if i == 0 {
			return round
		}
		return 0
	}, func(r Report) bool { return r.Changed == 1 && r.Kept == files-1 })
	run("nothing has changed", func(int, int) int { return 0 }, func(r Report) bool { return !r.Swapped && r.Kept == files })
}

// BenchmarkNames measures what a generation holds in memory before its Commit,
// for names of the last generation (old) and for new ones, bodies apart.
func BenchmarkNames(b *testing.B) {
	const files = 200_000
	dir := filepath.Join(scratch(b), "dist")
	for _, name := range []string{"new", "old"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				before := heapInUse()
				f, err := open(dir, Options{SkipSync: true}, nil)
				if err != nil {
					b.Fatal(err)
				}
				for i := range files {
					if err := f.Write(fmt.Sprintf("country/kh/lend/%d.html", i), nil); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(heapInUse()-before)/files, "held-B/file")
				if _, err := f.Commit(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func heapInUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
