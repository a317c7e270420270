package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// soak asks one server for a long time, while its data changes.
type soak struct {
	suite
	long, reload time.Duration
	asked        int // requests a second
	bad          int // in ten thousand
	growth       float64
	slow         time.Duration

	web     *server
	metrics string // where the server says how many goroutines it has; empty: nowhere
	asking  *asking
	sent    struct{ good, broken int } // reloads that were asked for
}

// soakServer is the part "soak": it prints what it counts while it runs, and then
// a verdict, which is its error.
func soakServer(ctx context.Context, args []string) error {
	s := soak{}
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	flags.DurationVar(&s.long, "for", time.Minute, "how long it asks")
	flags.DurationVar(&s.reload, "reload", 30*time.Second, "how often the data changes and is taken in again; every fifth time it cannot be read")
	flags.IntVar(&s.asked, "rate", 1000, "requests a second, whether or not they are answered")
	bad := flags.Float64("bad", 1, "how many of a hundred requests are bad ones")
	flags.IntVar(&s.loans, "loans", 2000, "how many loans are served")
	flags.Float64Var(&s.growth, "growth", 1, "megabytes a minute that the resident memory may grow by; of a run shorter than 30 minutes, 25 MB in all")
	flags.DurationVar(&s.slow, "slow", 0, "the 99th of a hundred answers has to come within it; 0: however long")
	dir := flags.String("dir", memoryDisk(), "folder for everything that is made, which is removed again")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 || s.asked < 1 || s.long < 4*s.reload {
		return errors.New("soak: it needs a rate, time for four reloads, and nothing but flags; see -help")
	}
	s.bad = int(*bad * 100)
	var err error
	if s.dir, err = os.MkdirTemp(*dir, "loanleaf-soak-"); err != nil {
		return err
	}
	defer os.RemoveAll(s.dir)
	if err := s.compile(ctx); err != nil {
		return err
	}
	return s.run(ctx)
}

// Of a soak, beside the folders of a suite.
const (
	currentData = "current.json" // the loans that are served
	brokenData  = "broken"
)

func (s *soak) run(ctx context.Context) error {
	if err := s.data(ctx); err != nil {
		return err
	}
	if err := os.Mkdir(s.at(brokenData), 0o777); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(s.at(brokenData), loansFile), []byte("no loans at all"), 0o666); err != nil {
		return err
	}
	if err := s.put(dataFolder); err != nil {
		return err
	}
	if err := s.start(ctx); err != nil {
		return err
	}
	defer s.web.stop()

	// A minute of questions more than time to ask them: a server that does not
	// keep up is a finding, and no reason to wait for ever.
	ctx, stop := context.WithTimeout(ctx, s.long+time.Minute)
	defer stop()
	s.asking = newAsking(mix{host: s.web.address, ids: s.ids, bad: s.bad})
	done := make(chan struct{})
	var lost error
	go func() {
		defer close(done)
		lost = s.asking.loop(ctx, s.web.address, s.asked, s.long)
	}()
	watched, err := s.watch(ctx, done)
	<-done
	for range 300 {
		if s.settled() {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	used := s.web.stop()
	return errors.Join(err, lost, s.verdict(watched, used))
}

// put makes the server's loans those of a folder, at once.
func (s *soak) put(folder string) error {
	next := s.at(loansFile)
	if err := os.Link(filepath.Join(s.at(folder), loansFile), next); err != nil {
		return err
	}
	return os.Rename(next, s.at(currentData))
}

// start runs the server, with metrics where it has them.
func (s *soak) start(ctx context.Context) error {
	args := []string{"serve", "--data", s.at(currentData), "--data", filepath.Join(s.at(dataFolder), partnersFile), "--addr", "ADDRESS", "--base-url", "https://loans.example", "--store", s.at(storeFolder)}
	_, help, err := spend(ctx, s.program, "help", "serve")
	if err != nil {
		return err
	}
	if strings.Contains(help, "--metrics-addr") {
		address, err := freeAddress()
		if err != nil {
			return err
		}
		s.metrics = "http://" + address + "/metrics"
		args = append(args, "--metrics-addr", address)
	}
	s.web, err = start(ctx, nil, "/", s.program, args...)
	return err
}

// again changes the data and has the server take it in: now the changed loans,
// now those from before, and every fifth time what nobody can read.
func (s *soak) again() error {
	folder := dataFolder
	switch n := s.sent.good + s.sent.broken; {
	case n%5 == 4:
		folder = brokenData
		s.sent.broken++
	default:
		if s.sent.good%2 == 0 {
			folder = changedFolder
		}
		s.sent.good++
	}
	if err := s.put(folder); err != nil {
		return err
	}
	return s.web.command.Process.Signal(syscall.SIGHUP)
}

// reloads are those that the server says have ended, well and badly.
func (s *soak) reloads() (done, refused int) {
	text := s.web.said.String()
	return strings.Count(text, "msg=reloaded"), strings.Count(text, "reload failed, the old data stays")
}

// settled tells whether all reloads that were asked for have ended: the server
// takes those that come meanwhile as one.
func (s *soak) settled() bool {
	done, refused := s.reloads()
	return done == s.sent.good && refused == s.sent.broken
}

// verdict prints what came of it, and is an error that says which bounds do not
// hold.
func (s *soak) verdict(w *watched, used cost) error {
	took, codes, faults := s.asking.result()
	var broken []string
	bound := func(holds bool, format string, args ...any) {
		mark := "holds "
		line := fmt.Sprintf(format, args...)
		if !holds {
			mark = "BROKEN"
			broken = append(broken, line)
		}
		fmt.Printf("  %s  %s\n", mark, line)
	}
	fmt.Printf("\n%d requests in %v, %d of them bad; %d loans; reloads: %d of changed data, %d that cannot be read\n",
		took.n+s.asking.gone, s.long, s.asking.bad, s.loans, s.sent.good, s.sent.broken)
	fmt.Printf("answers: p50 %s, p99 %s, p99.9 %s, most %s; the server took %s of processor time\n",
		millis(took.part(.5)), millis(took.part(.99)), millis(took.part(.999)), millis(took.most), seconds(used.cpu))
	fmt.Printf("by code: %s; hung up on: %d\n\n", codes, s.asking.gone)

	due := int(s.long.Seconds() * float64(s.asked))
	bound(took.n+s.asking.gone >= due*99/100, "asked %d times of %d that were due", took.n+s.asking.gone, due)
	bound(faults.n == 0, "answers that were wrong, cut short or never came: %d %s", faults.n, faults.first)
	bound(codes.of(5)-codes["501"] == 0, "answers that begin with 5, but for 501 to an unknown format: %d", codes.of(5)-codes["501"])
	reloaded, failed := s.reloads()
	bound(reloaded == s.sent.good && reloaded > 2, "reloads done: %d of %d", reloaded, s.sent.good)
	bound(failed == s.sent.broken, "reloads refused: %d of %d", failed, s.sent.broken)
	if s.slow > 0 {
		bound(took.part(.99) <= s.slow, "p99: %s, at most %s", millis(took.part(.99)), millis(s.slow))
	}
	w.bounds(s.reload, s.growth, bound)
	if len(broken) > 0 {
		return fmt.Errorf("soak: %s", strings.Join(broken, "; "))
	}
	return nil
}
