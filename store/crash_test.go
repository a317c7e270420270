package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"loanleaf/store"
)

// The test program is run again as an importer that can be killed, or that
// meets the limit of a file's size; these name the path and what it does.
const (
	pathVariable = "LOANLEAF_TEST_STORE"
	fateVariable = "LOANLEAF_TEST_FATE"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(pathVariable); path != "" {
		if err := importer(path, os.Getenv(fateVariable)); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// importer imports some loans and waits ("hang"), imports under a limit that
// is less than it needs ("limit"), or imports and reads so many loans.
func importer(path, fate string) error {
	ctx := context.Background()
	loans := 3000
	switch fate {
	case "hang":
	case "limit":
		loans = 20_000 // more than the cache holds: the limit is met while adding
		signal.Ignore(syscall.SIGXFSZ)
		limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
	default:
		var err error
		if loans, err = strconv.Atoi(fate); err != nil {
			return err
		}
	}
	im, err := store.Create(path)
	if err != nil {
		return err
	}
	defer im.Abort()
	for i := range loans {
		if _, err := im.AddLoan(ctx, testLoan(i+1, "new")); err != nil {
			return err
		}
	}
	if fate == "hang" {
		fmt.Println("half way")
		select {}
	}
	if _, err := im.Commit(ctx, store.Meta{}); err != nil {
		return err
	}
	s, err := store.Open(path)
	if err != nil {
		return err
	}
	defer s.Close()
	for _, err := range s.Loans(ctx, 0, 0) {
		if err != nil {
			return err
		}
	}
	return nil
}

func child(t *testing.T, path, fate string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), pathVariable+"="+path, fateVariable+"="+fate)
	return cmd
}

func TestAKilledImportLeavesTheOldStoreAndIsClearedAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	write(t, path, "old", 10)
	cmd := child(t, path, "hang")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "half way\n" {
		t.Fatalf("the importer said %q, %v", line, err)
	}
	if _, err := store.Create(path); !errors.Is(err, store.ErrBusy) {
		t.Errorf("while another process imports: %v", err)
	}
	holds(t, path, "old", 10)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // killed, and so an error
	holds(t, path, "old", 10)
	if got, want := files(t, path), "[.loans.sqlite.importing loans.sqlite]"; got != want {
		t.Fatalf("a killed import leaves %s, want %s", got, want)
	}
	write(t, filepath.Join(filepath.Dir(path), "other"), "other", 1)
	if got, want := files(t, path), "[loans.sqlite other]"; got != want {
		t.Errorf("the next import leaves %s, want %s", got, want)
	}
	holds(t, path, "old", 10)
}

func TestAnImportWithoutRoomFailsAndLeavesTheOldStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), fileName)
	write(t, path, "old", 10)
	out, err := child(t, path, "limit").CombinedOutput()
	if err == nil || !strings.HasPrefix(string(out), "failed: ") {
		t.Fatalf("the importer ended with %v and said %q", err, out)
	}
	t.Logf("it said: %s", out)
	holds(t, path, "old", 10)
	if got := files(t, path); got != "[loans.sqlite]" {
		t.Errorf("left behind: %s", got)
	}
}

func TestMemoryDoesNotGrowWithTheNumberOfLoans(t *testing.T) {
	peak := func(loans string) int64 {
		cmd := child(t, filepath.Join(t.TempDir(), fileName), loans)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		bytes := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
		if runtime.GOOS == "linux" {
			bytes *= 1024
		}
		return bytes
	}
	few, many := peak("15000"), peak("40000")
	t.Logf("15,000 loans: %d MB; 40,000 loans: %d MB", few>>20, many>>20)
	if more := many - few; more > 16<<20 { // their bodies are 50 MB more
		t.Errorf("25,000 loans more take %d MB more", more>>20)
	}
}
