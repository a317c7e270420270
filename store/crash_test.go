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

// importer imports some loans without end ("hang"), or under a limit that is
// less than they need ("limit").
func importer(path, fate string) error {
	ctx := context.Background()
	if fate == "limit" {
		signal.Ignore(syscall.SIGXFSZ)
		limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			return err
		}
	}
	im, err := store.Create(path)
	if err != nil {
		return err
	}
	defer im.Abort()
	for i := range 30_000 {
		if _, err := im.AddLoan(ctx, testLoan(i+1, "new")); err != nil {
			return err
		}
	}
	if fate == "hang" {
		fmt.Println("half way")
		select {}
	}
	_, err = im.Commit(ctx, store.Meta{})
	return err
}

func child(t *testing.T, path, fate string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), pathVariable+"="+path, fateVariable+"="+fate)
	return cmd
}

func TestAKilledImportLeavesTheOldStoreAndIsClearedAway(t *testing.T) {
	path := filepath.Join(t.TempDir(), store.FileName)
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
	path := filepath.Join(t.TempDir(), store.FileName)
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
