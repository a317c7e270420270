package main

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"loanleaf/generator/output"
)

// TestKilledSharesAndMerges kills the processes that make the shares of a build, and the
// one that puts them together, over the whole of the time that they take: a share is
// missing then or whole, the site is the old one or the new one, and the next attempt
// comes to its end and leaves nothing lying about.
func TestKilledSharesAndMerges(t *testing.T) {
	kills, loans := *killsWanted/2, 3000
	if *killsWanted == 0 && os.Getenv("CI") != "" {
		kills, loans = 8, 500
	}
	if kills == 0 {
		kills, loans = 2, 200
	}
	r := &sharedRuin{ruin: newRuin(t, volume(t, loans))}
	// A whole build stands there, and the shares of the next edition are made beside it.
	r.shares()
	r.merge()
	random := rand.New(rand.NewPCG(killSeed, 3))
	tally := map[string]int{}
	for n := range kills {
		what := []string{"share", "merge"}[n%2]
		if n%8 == 5 { // over nothing
			if err := os.RemoveAll(filepath.Join(r.dir, "work/site/dist")); err != nil {
				t.Fatal(err)
			}
			r.stands = -1
		}
		signal := syscall.SIGKILL
		if random.IntN(6) == 0 {
			signal = syscall.SIGTERM
		}
		if what == "share" {
			tally[r.killShare(random.Float64(), signal)]++
			r.shares()
		} else {
			r.shares()
			tally[r.killMerge(random.Float64(), signal)]++
			r.merge()
		}
		if t.Failed() {
			t.Fatalf("seed %d, kill %d", killSeed, n)
		}
	}
	t.Logf("seed %d: of %d processes were killed or stopped: %v", killSeed, kills, tally)
	if kills > 4 && tally["too late"] > kills/2 {
		t.Errorf("most were faster: %v", tally)
	}
}

// sharedRuin is a ruin whose builds are made in two shares.
type sharedRuin struct {
	*ruin
	share, whole time.Duration // that they took last
}

const shareFolder = "work/site/dist.shares"

// shares makes both shares of the next edition, undisturbed.
func (r *sharedRuin) shares() {
	r.t.Helper()
	for _, name := range []string{"1/2", "2/2"} {
		began := time.Now()
		ended := r.start("loanleaf", append(r.args(r.next()), "--shard", name)...).wait()
		if ended.code != 0 {
			r.t.Fatalf("share %s ended with %d: %s", name, ended.code, ended.said)
		}
		r.share = time.Since(began)
	}
	if left := strings.Join(r.names(shareFolder), " "); left != "1-of-2 2-of-2" {
		r.t.Errorf("among the shares lie %s", left)
	}
}

// merge puts them together, undisturbed.
func (r *sharedRuin) merge() {
	r.t.Helper()
	next := r.editions[r.next()]
	began := time.Now()
	ended := r.start("loanleaf", append(r.args(r.next()), "--merge")...).wait()
	r.whole = time.Since(began)
	if stands := r.edition(); ended.code != next.code || stands != r.next() || r.report() != next.report {
		r.t.Fatalf("the next merge ended with %d, and edition %d stands there: %s", ended.code, stands, ended.said)
	}
	if left := strings.Join(r.names("work/site"), " "); left != "dist dist.shares" {
		r.t.Errorf("beside the site lie %s", left)
	}
	r.stands = r.next()
}

// strike ends a process at a fraction of the time that it usually takes.
func (r *sharedRuin) strike(fraction float64, usual time.Duration, signal syscall.Signal, how ...string) (ended *started, hit bool) {
	r.t.Helper()
	s := r.start("loanleaf", append(r.args(r.next()), how...)...)
	time.Sleep(time.Duration(fraction * float64(usual)))
	if hit = !s.over(); hit {
		s.cmd.Process.Signal(signal) // it may have just ended
	}
	return s.wait(), hit
}

// killShare ends the making of the first share, after its old one was taken away now and
// then, and holds what is left of it to its manifest.
func (r *sharedRuin) killShare(fraction float64, signal syscall.Signal) string {
	r.t.Helper()
	dir := filepath.Join(r.dir, shareFolder, "1-of-2")
	if fraction < 0.7 {
		if err := os.RemoveAll(dir); err != nil {
			r.t.Fatal(err)
		}
	}
	ended, hit := r.strike(fraction, r.share, signal, "--shard", "1/2")
	r.t.Logf("signal %d %.2f into a share: ended with %d", signal, fraction, ended.code)
	manifest, err := output.ReadManifest(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
			r.t.Errorf("%d files of a share that is not whole stand there", len(entries))
		}
	} else if err != nil {
		r.t.Error(err)
	} else {
		for _, entry := range manifest.Entries {
			if _, err := os.Stat(filepath.Join(dir, entry.Name)); err != nil {
				r.t.Errorf("of a share that is there: %v", err)
			}
		}
	}
	return r.tell("share", ended, hit)
}

// killMerge ends the putting together, and judges as of any build.
func (r *sharedRuin) killMerge(fraction float64, signal syscall.Signal) string {
	r.t.Helper()
	ended, hit := r.strike(fraction, r.whole, signal, "--merge")
	r.t.Logf("signal %d %.2f into a merge: ended with %d", signal, fraction, ended.code)
	r.judge(ended, signal == syscall.SIGKILL)
	return r.tell("merge", ended, hit)
}

func (r *sharedRuin) tell(what string, ended *started, hit bool) string {
	if !hit || ended.code == 0 || ended.code == 3 {
		return "too late"
	}
	return what
}
