package output

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

func TestSpoolSortsMoreNamesThanItHolds(t *testing.T) {
	for _, count := range []int{0, 1, spoolBatch - 1, spoolBatch, spoolBatch + 1, 3*spoolBatch + 5} {
		s := spool{dir: filepath.Join(scratch(t), markerFolder)}
		if err := os.Mkdir(s.dir, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, n := range rand.New(rand.NewPCG(1, uint64(count))).Perm(count) {
			name := fmt.Sprintf("lend/%06d", n)
			if err := s.add(record{Entry: entryOf(name, name), kept: n%3 == 0}); err != nil {
				t.Fatal(err)
			}
		}
		if len(s.runs) != count/spoolBatch || len(s.batch) >= spoolBatch || s.count != count {
			t.Errorf("%d names: %d runs, %d in memory, counted %d", count, len(s.runs), len(s.batch), s.count)
		}
		n := 0
		for r, err := range s.sorted() {
			name := fmt.Sprintf("lend/%06d", n)
			if want := (record{Entry: entryOf(name, name), kept: n%3 == 0}); err != nil || r != want {
				t.Fatalf("%d names: place %d has %+v, %v", count, n, r, err)
			}
			n++
		}
		if n != count {
			t.Errorf("%d names in, %d out", count, n)
		}
	}
}

func TestADamagedRunIsAnErrorAndNotALostName(t *testing.T) {
	line := "+" + string(appendEntry(nil, entryOf("b", "b")))
	for what, text := range map[string]string{
		"cut inside a line":  line + line[:40],
		"without a line end": line[:len(line)-1],
		"an empty line":      line + "\n",
		"not a line of ours": "+hello\n",
	} {
		s := spool{dir: t.TempDir(), runs: []string{filepath.Join(t.TempDir(), "run")}}
		put(t, s.runs[0], text)
		var failed error
		for _, err := range s.sorted() {
			failed = err
		}
		if failed == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
