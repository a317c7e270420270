package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// small is a site with every kind of change against small(1), and a folder deep
// enough for every kind of call.
func small(g int) site {
	s := site{"same.html": "same", "deep/er/same.html": "same", "changes.html": fmt.Sprint("edition ", g)}
	s[fmt.Sprintf("only/%d.html", g)] = "here"
	return s
}

// TestEveryChangeOfTheDiskMayFail lets the n-th change fail, for every n. Before
// the swap the old site stands and no trace is left; after it the new one does.
func TestEveryChangeOfTheDiskMayFail(t *testing.T) {
	for n := 1; ; n++ {
		dir := filepath.Join(scratch(t), "dist")
		build(t, dir, small(1))
		put(t, dir+"/mine", "mine")
		old, next := small(1), small(2)
		old["mine"], next["mine"] = "mine", "mine"

		var count atomic.Int64
		failed := ""
		before := func(op, name string) error {
			if int(count.Add(1)) == n {
				failed = op + " " + name
				return unix.ENOSPC
			}
			return nil
		}
		r, err := tryBuild(dir, small(2), before)
		if failed == "" {
			if err != nil || n < 30 {
				t.Errorf("%d changes, none failed: %v", n, err)
			}
			return
		}
		// Removing the probe or the stage may be what fails: the next Open does it.
		removal := strings.HasPrefix(failed, "unlink") || strings.HasPrefix(failed, "rmdir")
		switch {
		case !errors.Is(err, unix.ENOSPC):
			t.Errorf("%s failed as change %d, and the build says %v", failed, n, err)
		case r.Swapped:
			if got := read(t, dir); describe(got) != describe(next) {
				t.Errorf("%s failed after the swap: %s", failed, describe(got))
			}
		default:
			if got := read(t, dir); describe(got) != describe(old) {
				t.Errorf("%s failed before the swap: %s", failed, describe(got))
			}
			if !removal {
				alone(t, dir, "dist")
			}
		}
		build(t, dir, small(2))
		if got := read(t, dir); describe(got) != describe(next) {
			t.Errorf("%s failed, then a build: %s", failed, describe(got))
		}
		alone(t, dir, "dist")
	}
}

func tryBuild(dir string, s site, before func(op, name string) error) (r Report, err error) {
	f, err := open(dir, Options{Version: "test", SkipSync: true}, before)
	if err != nil {
		return r, err
	}
	for name, body := range s {
		if err := f.Write(name, []byte(body)); err != nil {
			_, cerr := f.Commit(context.Background())
			if !errors.Is(cerr, err) {
				return r, fmt.Errorf("Write failed with %w, and Commit with %v", err, cerr)
			}
			return r, err
		}
	}
	return f.Commit(context.Background())
}

// limitChild builds under a limit on the size of a file, as a full disk or a
// quota would stop it: in the middle of a page, when half of it is written.
func limitChild() {
	signal.Ignore(syscall.SIGXFSZ)
	limit := unix.Rlimit{Cur: 10_000, Max: 10_000}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		fmt.Print("no limit: ", err)
		os.Exit(2)
	}
	_, err := tryBuild(os.Getenv("DIST"), site{"index.html": "new", "long.html": strings.Repeat("long", 5000)}, nil)
	fmt.Print(err)
	if err != nil {
		os.Exit(1)
	}
}

func TestAPageThatDoesNotFitLeavesTheOldSite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	out, err := child("limit", "DIST="+dir).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "write long.html: file too large") {
		t.Errorf("%v\n%s", err, out)
	}
	whole(t, dir, small(1))
	alone(t, dir, "dist")
}

func TestAFileSystemWithoutHardLinksGetsCopies(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	put(t, dir+"/mine/file", "mine")
	if err := os.Chmod(dir+"/mine/file", 0o640); err != nil {
		t.Fatal(err)
	}
	before := lstat(t, dir+"/same.html")
	r, err := tryBuild(dir, small(2), func(op, _ string) error {
		if op == "link" {
			return unix.EPERM
		}
		return nil
	})
	if err != nil || r.Kept != 2 || r.ForeignCount != 1 {
		t.Fatalf("report %+v, %v", r, err)
	}
	want := small(2)
	want["mine/file"] = "mine"
	if got := read(t, dir); describe(got) != describe(want) {
		t.Errorf("holds %s", describe(got))
	}
	after := lstat(t, dir+"/same.html")
	if after.Ino == before.Ino || after.Mtim != before.Mtim {
		t.Errorf("a copy has its own inode and the old time, got %+v after %+v", after, before)
	}
	if mine := lstat(t, dir+"/mine/file"); mine.Mode&0o777 != 0o640 {
		t.Errorf("the copy of a foreign file has mode %o", mine.Mode)
	}
}

func TestCancelledCommit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	why := errors.New("interrupted")
	for _, stop := range []string{"at once", "link", "rename"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		f, err := open(dir, Options{}, func(op, _ string) error {
			if op == stop {
				cancel(why)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		write(t, f, small(2))
		if stop == "at once" {
			cancel(why)
		}
		if _, err := f.Commit(ctx); !errors.Is(err, why) {
			t.Errorf("cancelled %s: %v", stop, err)
		}
		whole(t, dir, small(1))
		alone(t, dir, "dist")
		cancel(nil)
	}
}

// TestTheDriveIsWaitedForInOrder builds with every sync there is, and looks at
// the order of the steps that a power cut would find.
func TestTheDriveIsWaitedForInOrder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	var steps []string
	for g := range 2 {
		steps = nil
		f, err := open(dir, Options{}, func(op, name string) error {
			step := op + " " + filepath.Base(name)
			if f := strings.Fields("create link unlink"); slices.Contains(f, op) {
				step = op
			}
			if op != "write" && op != "mkdir" && op != "rmdir" && !slices.Contains(steps[max(0, len(steps)-1):], step) {
				steps = append(steps, step)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		write(t, f, small(g))
		commit(t, f)
	}
	whole(t, dir, small(1))
	want := []string{
		"create", "unlink", // the probe
		"create", "link",
		"sync manifest.draft", "rename manifest",
		"sync .dist.loanleaf-next", "exchange .dist.loanleaf-next", "sync " + filepath.Base(filepath.Dir(dir)),
		"unlink", "touch manifest",
	}
	if !slices.Equal(steps, want) {
		t.Errorf("steps\n%q, want\n%q", steps, want)
	}
}

// TestAFolderThatCannotBeRenamed stands for mounts that Open cannot know.
func TestAFolderThatCannotBeRenamed(t *testing.T) {
	for _, errno := range []unix.Errno{unix.EBUSY, unix.EXDEV} {
		dir := filepath.Join(t.TempDir(), "dist")
		build(t, dir, small(1))
		_, err := tryBuild(dir, small(2), func(op, _ string) error {
			if op == "exchange" {
				return errno
			}
			return nil
		})
		if !errors.Is(err, errno) || !strings.Contains(err.Error(), "build to a folder inside it") {
			t.Errorf("%v", err)
		}
		whole(t, dir, small(1))
		alone(t, dir, "dist")
	}
}

func TestAbort(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	before := inodes(t, dir)
	f := begin(t, dir)
	write(t, f, small(2))
	for range 3 {
		if err := f.Abort(); err != nil {
			t.Error(err)
		}
	}
	if !slices.Equal(before, inodes(t, dir)) {
		t.Error("Abort touched the folder")
	}
	alone(t, dir, "dist")
	if _, err := f.Commit(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("Commit after Abort: %v", err)
	}
}
