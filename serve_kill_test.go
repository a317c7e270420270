package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/store"
)

// servePhases are those of a serve, as far as they are seen from outside.
var servePhases = []string{"import", "index", "after the index"}

// servedRuin is a server of two editions, to whose process something happens. There is
// nothing but its store, and the search index beside that.
type servedRuin struct {
	*ruin
	address string
	answers [2]map[string]string // by edition: what searches are answered
	took    map[string]time.Duration
}

// searchesAsked are by every letter that names begin with, and more.
var searchesAsked = []string{"a", "e", "m", "s", "ma", "rosa", "kenya", "food", "vietnam"}

// TestKilledServes kills the real program with SIGKILL while it imports, while it makes
// the index that searches are answered from, beside the store and after its start, and
// while it answers. Nothing half is ever there, the next serve answers every search as
// one does that nothing happened to, and nothing is left lying about.
func TestKilledServes(t *testing.T) {
	kills, loans := *killsWanted/2, 11_000 // the index of so many is made while it answers
	if *killsWanted == 0 && os.Getenv("CI") != "" {
		kills = 10
	}
	if kills == 0 {
		kills, loans = 3, 600
	}
	r := newServedRuin(t, volume(t, loans))
	random := rand.New(rand.NewPCG(killSeed, 77))
	tally := map[string]int{}
	for n := range kills {
		switch n % 4 { // what the process finds
		case 0:
			r.remove("work/store")
		case 1, 3:
			r.remove("work/store/search.sqlite")
		case 2:
			r.stands = r.next() // the store and the index are of other data
		}
		tally[r.kill(servePhases[n%len(servePhases)], random.Float64())]++
		if t.Failed() {
			t.Fatalf("seed %d, kill %d", killSeed, n)
		}
	}
	t.Logf("seed %d: %d serves of %d loans were killed: %v", killSeed, kills, loans, tally)
	for _, phase := range servePhases {
		if kills >= 40 && tally[phase] == 0 {
			t.Errorf("none was killed in phase %q", phase)
		}
	}
}

func newServedRuin(t *testing.T, data [2]string) *servedRuin {
	t.Helper()
	r := &servedRuin{ruin: &ruin{t: t, dir: memoryDir(t)}, took: map[string]time.Duration{}}
	for edition := range data {
		r.editions[edition].data = data[edition]
		r.stands = edition
		r.remove("work/store")
		r.answers[edition] = r.serves()
	}
	return r
}

func (r *servedRuin) remove(path string) {
	r.t.Helper()
	if err := os.RemoveAll(filepath.Join(r.dir, path)); err != nil {
		r.t.Fatal(err)
	}
}

// begin starts a server of the edition that stands.
func (r *servedRuin) begin() *started {
	r.t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.t.Fatal(err)
	}
	r.address = "http://" + free.Addr().String()
	free.Close()
	r.put("work/loans.jsonl", r.editions[r.stands].data)
	return r.start("loanleaf", "serve", "--data", filepath.Join(r.dir, "work/loans.jsonl"), "--base-url", "https://loans.example",
		"--store", filepath.Join(r.dir, "work/store"), "--addr", strings.TrimPrefix(r.address, "http://"), "--costly-limit", "search=0")
}

// ask is the answer to a path; an error as long as there is none.
func (r *servedRuin) ask(path string) (string, error) {
	ctx, cancel := context.WithTimeout(r.t.Context(), 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.address+path, nil)
	if err != nil {
		return "", err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("answered %d", answer.StatusCode)
	}
	return string(body), err
}

// serves runs a server to which nothing happens until it answers all searches, and stops
// it: it leaves the store, its report and the index, and nothing else.
func (r *servedRuin) serves() map[string]string {
	r.t.Helper()
	answers := map[string]string{}
	s := r.begin()
	for patience := time.Now().Add(90 * time.Second); len(answers) < len(searchesAsked); time.Sleep(10 * time.Millisecond) {
		if s.over() || time.Now().After(patience) {
			s.cmd.Process.Kill()
			r.t.Fatalf("it does not answer, and said %s", s.wait().said)
		}
		for _, query := range searchesAsked {
			if answers[query] != "" {
				continue
			}
			body, err := r.ask("/search?q=" + query)
			if err != nil {
				break
			}
			answers[query] = body
		}
	}
	http.DefaultClient.CloseIdleConnections()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		r.t.Error(err)
	}
	if ended := s.wait(); ended.code != 0 {
		r.t.Errorf("it was stopped, and ended with %d: %s", ended.code, ended.said)
	}
	if got, want := strings.Join(r.names("work/store"), " "), "loans.sqlite report.jsonl search.sqlite summary.json"; got != want {
		r.t.Errorf("in the store's folder lie %s, want %s", got, want)
	}
	for _, name := range r.names(".") {
		if strings.HasPrefix(name, "loanleaf-") {
			r.t.Errorf("%s lies among the temporary files", name)
		}
	}
	return answers
}

// kill ends a server in a phase, at a fraction of the time that the phase took last,
// judges what it left, and lets the next one answer. It tells in which phase it was.
func (r *servedRuin) kill(phase string, fraction float64) (hit string) {
	r.t.Helper()
	before := [2]os.FileInfo{r.stat("work/store/loans.sqlite"), r.stat("work/store/search.sqlite")}
	s := r.begin()
	hit = servePhases[0]
	since := time.Now()
	for patience := since.Add(90 * time.Second); ; time.Sleep(200 * time.Microsecond) {
		now := hit
		switch {
		case other(before[1], r.stat("work/store/search.sqlite")):
			now = servePhases[2]
		case r.stat("work/store/.search.sqlite.importing") != nil:
			now = servePhases[1]
		}
		if now != hit {
			r.took[hit] = max(time.Since(since), time.Millisecond)
			hit, since = now, time.Now()
		}
		if s.over() || time.Now().After(patience) {
			s.cmd.Process.Kill()
			ended := s.wait()
			r.t.Fatalf("it ended by itself with %d: %s", ended.code, ended.said)
		}
		is, wanted := slices.Index(servePhases, hit), slices.Index(servePhases, phase)
		usual, known := r.took[hit]
		if !known {
			usual = 100 * time.Millisecond
		}
		if is > wanted || is == wanted && time.Since(since) >= time.Duration(fraction*float64(usual)) {
			break
		}
	}
	if err := s.cmd.Process.Kill(); err != nil {
		r.t.Error(err)
	}
	if code := s.wait().code; code != killedCode {
		r.t.Errorf("it was killed, and ended with %d", code)
	}
	r.t.Logf("%.2f into %q: %s; left were %s", fraction, phase, hit, strings.Join(r.left(), " "))
	r.judgeIndex(before[1])
	if !maps.Equal(r.serves(), r.answers[r.stands]) {
		r.t.Error("the next server answers searches otherwise")
	}
	return hit
}

// left are the files in the store's folder, which may not be there.
func (r *servedRuin) left() []string {
	names, err := filepath.Glob(filepath.Join(r.dir, "work/store/*"))
	if err != nil {
		r.t.Fatal(err)
	}
	for i := range names {
		names[i] = filepath.Base(names[i])
	}
	return names
}

// judgeIndex holds what a killed server left to being whole: the store, and an index
// that was put there since.
func (r *servedRuin) judgeIndex(before os.FileInfo) {
	r.t.Helper()
	dir := filepath.Join(r.dir, "work/store")
	s, err := store.Open(filepath.Join(dir, "loans.sqlite"))
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		r.t.Errorf("the store is no whole one: %v", err)
		return
	}
	defer s.Close()
	if !other(before, r.stat("work/store/search.sqlite")) {
		return
	}
	if err := s.OpenIndex(filepath.Join(dir, "search.sqlite")); err != nil {
		r.t.Errorf("the index is no whole one: %v", err)
		return
	}
	found, err := s.Search(r.t.Context(), kiva.Query{Terms: []kiva.Term{{Words: []string{"a"}}}, Limit: 1})
	if err != nil || found.Total == 0 {
		r.t.Errorf("the index finds %d loans: %v", found.Total, err)
	}
}
