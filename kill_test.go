package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var killsWanted = flag.Int("kills", 0, "kill builds of 3,000 loans so many times, and servers and shares of builds half as often (0: a few times of fewer loans, or some ten or twenty times with CI set)")

const killSeed = 20261122

// phases of a build, as far as they are seen from outside.
var phases = []string{"import", "pages", "commit", "after the swap"}

// TestKilledBuilds kills the real program with SIGKILL, and now and then stops it with
// SIGTERM, at moments drawn at random from all its phases: while it imports, makes
// pages, brings over what stays, and removes the old site. Each time the old site or
// the new one stands there whole, so does the store, and the next build comes to its
// end and leaves nothing lying about.
func TestKilledBuilds(t *testing.T) {
	kills, loans := *killsWanted, 3000
	if kills == 0 && os.Getenv("CI") != "" {
		kills = 20
	}
	if kills == 0 {
		kills, loans = 3, 500
	}
	data := volume(t, loans)
	for _, how := range []struct {
		name  string
		flags []string
		kills int
	}{{"plain", nil, kills - kills/2}, {"packed", []string{"--pack"}, kills / 2}} {
		t.Run(how.name, func(t *testing.T) {
			t.Parallel()
			r := newRuin(t, data, how.flags...)
			r.build() // measures
			random := rand.New(rand.NewPCG(killSeed, uint64(len(how.flags))))
			tally := map[string]int{}
			for n := range how.kills {
				if n%5 == 4 {
					r.clear()
				}
				signal := syscall.SIGKILL
				if random.IntN(6) == 0 {
					signal = syscall.SIGTERM
				}
				tally[r.kill(phases[n%len(phases)], random.Float64(), signal)]++
				if t.Failed() {
					t.Fatalf("seed %d, kill %d", killSeed, n)
				}
			}
			t.Logf("seed %d: %d builds of %d loans were killed or stopped: %v", killSeed, how.kills, loans, tally)
			if how.kills > 4 && tally["too late"] > how.kills/2 {
				t.Errorf("most builds were faster: %v", tally)
			}
			for _, phase := range phases {
				// To commit a packed site takes a few milliseconds.
				if how.kills >= 40 && tally[phase] == 0 && (phase != "commit" || how.flags == nil) {
					t.Errorf("none was killed in phase %q", phase)
				}
			}
		})
	}
}

// volume is two editions of so many loans, of which some are changed, some gone and
// some new.
func volume(t *testing.T, loans int) [2]string {
	w := newWorld(t)
	if code := w.run("sample", "--loans", fmt.Sprint(loans)); code != 0 {
		t.Fatal(w.err.String())
	}
	var editions [2]strings.Builder
	n := 0
	for line := range strings.Lines(w.out.String()) {
		if n++; n%50 != 7 {
			editions[0].WriteString(line)
		}
		if n%9 == 0 {
			line = strings.Replace(line, `"loan_amount":`, `"loan_amount":1`, 1)
		}
		if n%50 != 9 {
			editions[1].WriteString(line)
		}
	}
	return [2]string{editions[0].String(), editions[1].String()}
}

// kill ends a build of the next edition in a phase, at a fraction of its usual time,
// judges, and builds it again. It tells in which phase it was.
func (r *ruin) kill(phase string, fraction float64, signal syscall.Signal) (hit string) {
	r.t.Helper()
	w := r.watch(r.start("loanleaf", r.args(r.next())...))
	hit = "too late"
	for w.follow() {
		now, wanted := slices.Index(phases, w.phase), slices.Index(phases, phase)
		if now > wanted || now == wanted && time.Since(w.since) >= time.Duration(fraction*float64(r.took[phase])) {
			hit = w.phase
			w.cmd.Process.Signal(signal) // it may have just ended
			break
		}
	}
	ended := w.wait()
	r.t.Logf("signal %d %.2f into %q: %s, ended with %d", signal, fraction, phase, hit, ended.code)
	r.judge(ended, signal == syscall.SIGKILL)
	if ended.code == 1 {
		for _, name := range r.names("work/site") {
			if name != "dist" {
				r.t.Errorf("it was stopped, and left %s", name)
			}
		}
		if !strings.Contains(ended.said, "stopped before it was done; what stood there is unharmed\n") {
			r.t.Errorf("it was stopped, and said %s", ended.said)
		}
	}
	r.recover()
	return hit
}

// build builds the next edition undisturbed, and measures its phases.
func (r *ruin) build() *started {
	r.t.Helper()
	w := r.watch(r.start("loanleaf", r.args(r.next())...))
	for w.follow() {
	}
	if r.took == nil {
		r.took = map[string]time.Duration{}
	}
	for phase, took := range w.took {
		r.took[phase] = took
	}
	ended := w.wait()
	r.stands = r.next()
	return ended
}

// clear leaves neither a site nor a store, as before the first build.
func (r *ruin) clear() {
	r.t.Helper()
	for _, path := range []string{"work/site/dist", "work/store"} {
		if err := os.RemoveAll(filepath.Join(r.dir, path)); err != nil {
			r.t.Fatal(err)
		}
	}
	r.stands = -1
}

// watched is a build that is looked at from outside.
type watched struct {
	*started
	r           *ruin
	dist, store os.FileInfo // as they were
	phase       string
	since       time.Time
	took        map[string]time.Duration
}

func (r *ruin) watch(s *started) *watched {
	w := &watched{started: s, r: r, phase: phases[0], since: time.Now(), took: map[string]time.Duration{}}
	w.dist, w.store = r.stat("work/site/dist"), r.before
	return w
}

// stat is what stands at a path; nil is nothing.
func (r *ruin) stat(path string) os.FileInfo {
	info, err := os.Stat(filepath.Join(r.dir, path))
	if err != nil {
		return nil
	}
	return info
}

func other(a, b os.FileInfo) bool { return b != nil && (a == nil || !os.SameFile(a, b)) }

// follow waits a moment and notes in which phase the build is. It says whether the
// build still runs.
func (w *watched) follow() bool {
	time.Sleep(200 * time.Microsecond)
	phase := w.phase
	switch {
	case other(w.dist, w.r.stat("work/site/dist")):
		phase = phases[3]
	case w.r.stat("work/site/.dist.loanleaf-next/.loanleaf/manifest.draft") != nil || w.r.stat("work/site/.dist.loanleaf-next/.loanleaf/manifest") != nil:
		phase = phases[2]
	case phase == phases[0] && other(w.store, w.r.stat("work/store/loans.sqlite")):
		phase = phases[1]
	}
	running := !w.over()
	if phase != w.phase || !running {
		w.took[w.phase] = time.Since(w.since)
		w.phase, w.since = phase, time.Now()
	}
	return running
}
