package output

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// generation is a site of 320 pages, of which most stay from one generation to
// the next, some change, some come and some go.
func generation(g int) site {
	s := site{"index.html": fmt.Sprintf("home of generation %d", g), "about.html": "never changes"}
	for n := range 400 {
		if (n+g)%5 == 0 {
			continue
		}
		name := fmt.Sprintf("lend/%d.html", n)
		if n%4 == 0 {
			name = fmt.Sprintf("country/%d/%d/index.html", n%9, n)
		}
		s[name] = strings.Repeat(fmt.Sprintf("page %d, edition %d\n", n, g*btoi(n%7 == 0)), n%40)
	}
	return s
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// buildChild builds one generation and kills its own process at a given change
// of the disk. It prints the number of changes when it lives to the end.
func buildChild() {
	at, _ := strconv.Atoi(os.Getenv("KILL_AT"))
	g, _ := strconv.Atoi(os.Getenv("GENERATION"))
	var changes atomic.Int64
	before := func(op, name string) error {
		if int(changes.Add(1)) == at || op+" "+name == os.Getenv("KILL_ON") {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		if op == "exchange" && os.Getenv("TWO_RENAMES") != "" {
			return unix.ENOTSUP
		}
		return nil
	}
	f, err := open(os.Getenv("DIST"), Options{Version: "test", SkipSync: true}, before)
	for name, body := range generation(g) {
		if err == nil {
			err = f.Write(name, []byte(body))
		}
	}
	if err == nil {
		_, err = f.Commit(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(changes.Load())
}

func child(kind string, env ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(append(os.Environ(), childVariable+"="+kind), env...)
	return cmd
}

// TestKilled kills a build at chosen changes of the disk, and at random times.
// Each time the folder is the old or the new site, whole, with the file that is
// not ours; and the next build finds its way and leaves nothing behind.
func TestKilled(t *testing.T) {
	for _, mode := range []struct{ name, variable string }{{"exchange", ""}, {"two renames", "TWO_RENAMES=1"}} {
		t.Run(mode.name, func(t *testing.T) {
			top := scratch(t)
			dir := filepath.Join(top, "dist")
			old, next := generation(1), generation(2)
			old["uploads/mine.txt"], next["uploads/mine.txt"] = "mine", "mine"
			prepare := func() {
				os.RemoveAll(dir)
				build(t, dir, generation(1))
				put(t, dir+"/uploads/mine.txt", "mine")
			}
			prepare()
			out, err := child("build", "DIST="+dir, "GENERATION=2", mode.variable).CombinedOutput()
			changes, _ := strconv.Atoi(string(out))
			if err != nil || changes < len(next) {
				t.Fatalf("a build that is not killed: %s %v", out, err)
			}
			prepare()
			for _, at := range killPoints(changes) {
				out, err := child("build", "DIST="+dir, "GENERATION=2", mode.variable, fmt.Sprint("KILL_AT=", at)).CombinedOutput()
				if !killed(err) {
					t.Fatalf("kill at %d of %d: %v\n%s", at, changes, err, out)
				}
				if afterKill(t, dir, old, next, mode.variable != "") {
					prepare()
				}
			}
			random := rand.New(rand.NewPCG(84, 2))
			for range killPoints(0) {
				cmd := child("build", "DIST="+dir, "GENERATION=2", mode.variable)
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
				cmd.Process.Kill()
				if err := cmd.Wait(); err != nil && !killed(err) {
					t.Fatal(err)
				}
				if afterKill(t, dir, old, next, mode.variable != "") {
					prepare()
				}
			}
		})
	}
}

func killed(err error) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGKILL
}

// killPoints are 10 of the changes, or all with -long. The last hundreds are the
// removal of the old generation, the swap comes before them.
func killPoints(changes int) (at []int) {
	if changes == 0 {
		return make([]int, 2+btoi(*long)*98)
	}
	random := rand.New(rand.NewPCG(523629, 1))
	for n := 1; n <= changes; n++ {
		if *long || random.IntN(changes) < 9 || n > changes-2 {
			at = append(at, n)
		}
	}
	return at
}

// afterKill judges the folder, then builds the old generation again and judges
// that. It says whether the folder had the new generation.
func afterKill(t *testing.T, dir string, old, next site, twoRenames bool) (swapped bool) {
	t.Helper()
	if _, err := os.Stat(dir); err != nil {
		if !twoRenames {
			t.Fatalf("the folder is gone: %v", err)
		}
		f := begin(t, dir) // between the two renames: Open puts it back
		if err := f.Abort(); err != nil {
			t.Fatal(err)
		}
	}
	got := read(t, dir)
	swapped = maps.Equal(got, next)
	if !swapped && !maps.Equal(got, old) {
		t.Fatalf("the folder is neither the old site nor the new: %s", describe(got))
	}
	if r := build(t, dir, generation(1)); r.ForeignCount != 1 || r.Swapped != swapped {
		t.Errorf("the next build reports %+v; the killed one had swapped: %v", r, swapped)
	}
	if got := read(t, dir); !maps.Equal(got, old) {
		t.Fatalf("after the next build: %s", describe(got))
	}
	alone(t, dir, "dist")
	return swapped
}

// TestKilledAroundTheSwap kills before each step at which a reader could notice.
func TestKilledAroundTheSwap(t *testing.T) {
	for on, c := range map[string]struct {
		mode    string
		swapped bool
		beside  []string
	}{
		"exchange .dist.loanleaf-next": {"", false, []string{"dist", ".dist.loanleaf-next"}},
		"sync PARENT":                  {"", true, []string{"dist", ".dist.loanleaf-next"}},
		"unlink manifest":              {"", true, []string{"dist", ".dist.loanleaf-next"}},
		"touch .loanleaf/manifest":     {"", true, []string{"dist"}},
		"rename .dist.loanleaf-last":   {"TWO_RENAMES=1", false, []string{"dist", ".dist.loanleaf-next"}},
		"rename dist":                  {"TWO_RENAMES=1", false, []string{".dist.loanleaf-last", ".dist.loanleaf-next"}},
		"rmdir .dist.loanleaf-last":    {"TWO_RENAMES=1", true, []string{"dist", ".dist.loanleaf-last"}},
	} {
		t.Run(on, func(t *testing.T) {
			dir := filepath.Join(scratch(t), "dist")
			build(t, dir, generation(1))
			put(t, dir+"/uploads/mine.txt", "mine")
			old, next := generation(1), generation(2)
			old["uploads/mine.txt"], next["uploads/mine.txt"] = "mine", "mine"
			on := strings.Replace(on, "PARENT", filepath.Dir(dir), 1)
			out, err := child("build", "DIST="+dir, "GENERATION=2", c.mode, "KILL_ON="+on).CombinedOutput()
			if !killed(err) {
				t.Fatalf("%v\n%s", err, out)
			}
			alone(t, dir, append(c.beside, ".dist.loanleaf-lock")...)
			if swapped := afterKill(t, dir, old, next, c.mode != ""); swapped != c.swapped {
				t.Errorf("swapped: %v, want %v", swapped, c.swapped)
			}
		})
	}
}

func TestKilledFirstBuildLeavesNothingOrAll(t *testing.T) {
	dir := filepath.Join(scratch(t), "dist")
	changes, last := 0, false
	for at := 1; !last; at += 1 + btoi(!*long)*170 {
		out, err := child("build", "DIST="+dir, "GENERATION=1", fmt.Sprint("KILL_AT=", at)).CombinedOutput()
		if last = err == nil; !last && !killed(err) {
			t.Fatalf("%v\n%s", err, out)
		}
		if _, err := os.Stat(dir); err == nil {
			whole(t, dir, generation(1))
		}
		changes++
	}
	if changes < 4 {
		t.Errorf("only %d kills", changes)
	}
	whole(t, dir, generation(1))
	alone(t, dir, "dist")
}

func TestLockDiesWithItsProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	child("build", "DIST="+dir, "GENERATION=1", "KILL_AT=50").Run()
	alone(t, dir, ".dist.loanleaf-lock", ".dist.loanleaf-next")
	f := begin(t, dir)
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("a second build: %v, want ErrLocked", err)
	}
	if err := errors.Join(f.Abort(), f.Abort()); err != nil {
		t.Error(err)
	}
	alone(t, dir)
}
