package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	if len(os.Args) > 1 {
		if part, ok := parts[os.Args[1]]; ok {
			return part(ctx, os.Args[2:])
		}
	}
	loans := flag.String("loans", "10000", "how many loans, several numbers with commas between them")
	dir := flag.String("dir", memoryDisk(), "folder for everything that is made, which is removed again; best on a memory disk")
	only := flag.String("only", "", "only stages whose name this regular expression matches; what they need runs too")
	plain := flag.Int("plain", 500_000, "up to how many loans sites of a file a page are built; they take 20 KB a loan, twice where they change")
	input := flag.String("data", "", "folder for the snapshots, of 4 KB a loan each, where -dir has no room for them")
	everything := flag.Int("everything", 100_000, "up to how many loans all outputs in four languages are built")
	s := suite{}
	flag.IntVar(&s.rounds, "rounds", 9, "how many times each server is asked, in turns")
	flag.DurationVar(&s.turn, "turn", 2*time.Second, "how long each of these times is")
	flag.IntVar(&s.rate, "rate", 2000, "requests a second of the open loop")
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("what is %q? see -help", flag.Arg(0))
	}
	var err error
	if s.only, err = regexp.Compile(*only); err != nil {
		return fmt.Errorf("-only: %w", err)
	}
	numbers, err := counts(*loans)
	if err != nil {
		return err
	}
	if s.dir, err = os.MkdirTemp(*dir, "loanleaf-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(s.dir)
	if *input != "" {
		if s.input, err = os.MkdirTemp(*input, "loanleaf-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(s.input)
	}
	if err := s.compile(ctx); err != nil {
		return err
	}
	fmt.Printf("%s, %s/%s, %d cores, %s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), s.dir)
	for _, n := range numbers {
		s.loans, s.everything, s.plain = n, n <= *everything, n <= *plain
		if err := s.measure(ctx); err != nil {
			return fmt.Errorf("%d loans: %w", n, err)
		}
	}
	return nil
}

// counts reads numbers of loans.
func counts(text string) ([]int, error) {
	var numbers []int
	for field := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.ReplaceAll(strings.TrimSpace(field), "_", ""))
		if err != nil || n < 100 {
			return nil, fmt.Errorf("-loans: %q is not a number of at least 100 loans", field)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}

// memoryDisk is where Linux has one; elsewhere the folder for temporary files.
func memoryDisk() string {
	const shared = "/dev/shm"
	if info, err := os.Stat(shared); err == nil && info.IsDir() {
		return shared
	}
	return os.TempDir()
}

// compile makes the program that is measured, of the module we are in.
func (s *suite) compile(ctx context.Context) error {
	root, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return errors.New("run it in the folder of Loanleaf: go run ./bench")
	}
	s.program = filepath.Join(s.dir, "loanleaf")
	build := exec.CommandContext(ctx, "go", "build", "-o", s.program, ".")
	build.Dir = strings.TrimSpace(string(root))
	if said, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	s.self, err = os.Executable()
	return err
}
