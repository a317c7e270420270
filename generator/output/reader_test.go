package output

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// TestReadersNeverSeeHalfAPageOrNone reads pages by their path, as a web server
// does, while generations swap. Every page is there at every moment, and is of
// one generation from its first byte to its last; and no reader goes back.
func TestReadersNeverSeeHalfAPageOrNone(t *testing.T) {
	const pages, generations = 40, 25
	dir := filepath.Join(scratch(t), "dist")
	edition := func(g int) site {
		s := site{"kept.html": strings.Repeat("kept\n", 1000)}
		for n := range pages {
			s[fmt.Sprintf("lend/%d.html", n)] = strings.Repeat(fmt.Sprintf("%06d\n", g), 2000+n)
		}
		return s
	}
	build(t, dir, edition(0))

	var done atomic.Bool
	var reads atomic.Int64
	var wg sync.WaitGroup
	for reader := range 3 {
		wg.Go(func() {
			last := 0
			for n := reader; !done.Load(); n++ {
				body, err := os.ReadFile(fmt.Sprintf("%s/lend/%d.html", dir, n%pages))
				if err != nil {
					t.Error(err)
					return
				}
				var g int
				fmt.Sscanf(string(body[:min(7, len(body))]), "%d\n", &g)
				if string(body) != strings.Repeat(fmt.Sprintf("%06d\n", g), 2000+n%pages) {
					t.Errorf("page %d is of no one generation: %.40q… (%d bytes)", n%pages, body, len(body))
					return
				}
				if g < last {
					t.Errorf("generation %d after %d", g, last)
				}
				last = g
				if _, err := os.Stat(dir + "/kept.html"); err != nil {
					t.Error(err)
					return
				}
				reads.Add(1)
			}
		})
	}
	for g := 1; g <= generations; g++ {
		if r := build(t, dir, edition(g)); !r.Swapped || r.Kept != 1 || r.Changed != pages {
			t.Errorf("report %+v", r)
		}
	}
	done.Store(true)
	wg.Wait()
	if reads.Load() < generations {
		t.Errorf("only %d reads in %d swaps", reads.Load(), generations)
	}
}

// TestAFolderHeldOpenIsOneGeneration looks through one open folder, before and
// after a swap: what it gives is of the generation that it was opened in, or gone.
func TestAFolderHeldOpenIsOneGeneration(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	held, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	page, err := held.Open("changes.html")
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	build(t, dir, small(2))
	buf := make([]byte, 99)
	if n, _ := page.Read(buf); string(buf[:n]) != "edition 1" {
		t.Errorf("an open page reads %q after the swap", buf[:n])
	}
	if body, err := held.ReadFile("changes.html"); !os.IsNotExist(err) {
		t.Errorf("the old folder, still open, gives %q, %v", body, err)
	}
}
