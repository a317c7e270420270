//go:build linux && amd64

package main

import (
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var faultsWanted = flag.Int("faults", 0, "let so many calls of the file system fail in each kind of build (0: a few, and more with CI set; -1: every one)")

// TestAnyCallOfTheFileSystemMayFail lets the n-th call fail, in the real program, for
// a choice of all n or for all: whatever reads sources, keeps loans, makes pages,
// swaps. What stood there or what was to come stands there whole, the exit code
// and the report are true, and the next build puts everything right.
func TestAnyCallOfTheFileSystemMayFail(t *testing.T) {
	for _, how := range []struct {
		name string
		args []string
	}{{"plain", nil}, {"packed", []string{"--pack"}}} {
		t.Run(how.name, func(t *testing.T) {
			t.Parallel()
			r := newRuin(t, smallEditions(), how.args...)
			random := rand.New(rand.NewPCG(20261122, uint64(len(how.args))))
			for _, what := range []struct{ of, do string }{{"changes", "fail"}, {"changes", "failon"}, {"changes", "kill"}, {"reads", "fail"}} {
				t.Run(what.of+" that "+what.do, func(t *testing.T) {
					r.t = t
					calls := r.faulted(what.of, "nothing", 0)
					if calls < 40 {
						t.Fatalf("%d calls are too few to prove anything", calls)
					}
					for _, n := range someOf(calls, random) {
						if r.faulted(what.of, what.do, n); t.Failed() {
							return
						}
					}
				})
			}
		})
	}
}

// someOf are the calls that fail.
func someOf(calls int, random *rand.Rand) (chosen []int) {
	wanted := *faultsWanted
	if wanted == 0 {
		wanted = 2
		if os.Getenv("CI") != "" {
			wanted = 12
		}
	}
	for n := 1; n <= calls; n++ {
		if wanted < 0 || random.IntN(calls) < wanted {
			chosen = append(chosen, n)
		}
	}
	return chosen
}

// faulted builds the next edition with a fault at the n-th call, judges, and builds
// it again without. It tells how many calls there were.
func (r *ruin) faulted(of, do string, n int) (calls int) {
	r.t.Helper()
	log := filepath.Join(r.dir, "log")
	args := append([]string{"-below", filepath.Join(r.dir, "work"), "-of", of, "-do", do, "-at", strconv.Itoa(n), "-log", log, "loanleaf"}, r.args(r.next())...)
	ended := r.start("faulted", args...).wait()
	said, err := os.ReadFile(log)
	if err != nil {
		r.t.Fatalf("%v: %s", err, ended.said)
	}
	number, name, _ := strings.Cut(string(said), " ")
	calls, _ = strconv.Atoi(number)
	r.t.Logf("call %d of %d: %s: %d", n, calls, name, ended.code)
	r.judge(ended, do == "kill" && n > 0)
	r.recover()
	return calls
}

// smallEditions are two editions of a site of every kind of page, one record of
// which is broken.
func smallEditions() [2]string {
	broken := `{"id":504,"name":"Bopha","status":"paid","loan_amount":-1}` + "\n"
	return [2]string{twoLoans + broken, strings.Replace(twoLoans, "Sophea", "Sopheap", 1) + broken +
		`{"id":503,"name":"Veasna","status":"paid","loan_amount":300,"posted_date":"2026-03-01T00:00:00Z"}` + "\n"}
}
