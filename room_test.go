package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// TestWithoutRoomTheOldSiteStays builds where files may not grow (a quota), where few
// may be open, and on a disk that is full: the build fails and says so, or it is
// done; the old site or the new one stands there whole.
func TestWithoutRoomTheOldSiteStays(t *testing.T) {
	for _, limit := range []struct {
		flag   string
		values []int
	}{{"-size", []int{0, 1, 3000, 30_000, 90_000, 1 << 24}}, {"-files", []int{11, 12, 13, 14, 16, 18, 24, 64}}} {
		t.Run(limit.flag, func(t *testing.T) {
			t.Parallel()
			r := newRuin(t, smallEditions())
			failed, worked := 0, 0
			for _, value := range fewer(limit.values) {
				ended := r.start("limited", append([]string{limit.flag, strconv.Itoa(value), "loanleaf"}, r.args(r.next())...)...).wait()
				r.judge(ended, false)
				if failed++; ended.code != 1 {
					failed, worked = failed-1, worked+1
				}
				r.recover()
				if t.Failed() {
					t.Fatalf("%s %d: it said %s", limit.flag, value, ended.said)
				}
			}
			if failed == 0 || worked == 0 {
				t.Errorf("%d builds failed and %d did not: these limits prove nothing", failed, worked)
			}
		})
	}
}

// fewer is every third of some values and the last, or with CI set all of them.
func fewer[V any](values []V) (some []V) {
	for n, value := range values {
		if os.Getenv("CI") != "" || n%3 == 1 || n == len(values)-1 {
			some = append(some, value)
		}
	}
	return some
}

// TestAFullDiskLeavesTheOldSite builds on a small disk of its own that gets full at
// another moment each time. Where nobody may mount one, TestAnyCallOfTheFileSystemMayFail
// is all there is: in it every write fails from some moment on.
func TestAFullDiskLeavesTheOldSite(t *testing.T) {
	dir := memoryDir(t)
	disk := filepath.Join(dir, "work")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	const large = 64 << 20
	if err := syscall.Mount("none", disk, "tmpfs", 0, fmt.Sprint("size=", large)); err != nil {
		t.Skip("no disk can be mounted here:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	resize := func(size int64) {
		t.Helper()
		if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, fmt.Sprint("size=", size)); err != nil {
			t.Fatal(err)
		}
	}
	r := ruinIn(t, dir, smallEditions())
	failed, worked := 0, 0
	for _, pages := range fewer([]int64{0, 1, 3, 8, 14, 20, 40, 100, 200, 2000}) {
		args := r.args(r.next())
		var used syscall.Statfs_t
		if err := syscall.Statfs(disk, &used); err != nil {
			t.Fatal(err)
		}
		resize((int64(used.Blocks-used.Bfree) + pages) * used.Bsize)
		ended := r.start("loanleaf", args...).wait()
		resize(large)
		r.judge(ended, false)
		if failed++; ended.code != 1 {
			failed, worked = failed-1, worked+1
		} else if !strings.Contains(ended.said, "no space left on device") && !strings.Contains(ended.said, "disk is full") {
			t.Errorf("with %d pages free it said %s", pages, ended.said)
		} else if !strings.Contains(ended.said, "hint: make room on the disk; what stood there before is unharmed\n") {
			t.Errorf("with %d pages free it gave no advice: %s", pages, ended.said)
		}
		if beside := r.names("work/site"); ended.code == 1 && len(beside) != 1 {
			t.Errorf("with %d pages free it left %q", pages, beside)
		}
		r.recover()
		if t.Failed() {
			return
		}
	}
	if failed < 2 || worked == 0 {
		t.Errorf("%d builds failed and %d did not: too few to prove anything", failed, worked)
	}
}

// TestWhereNothingMayBeWritten builds as a user who may not write to the site's parent,
// to the store, or to the report's folder.
func TestWhereNothingMayBeWritten(t *testing.T) {
	r := newRuin(t, smallEditions())
	for _, c := range []struct{ folder, says string }{
		{"work/site", "must be writable"}, {"work/store", "hint: name a folder that can be written for the imported loans with --store"}, {".", "hint: name a file that can be written with --report"},
	} {
		t.Run(c.folder, func(t *testing.T) {
			r.t = t
			args := r.args(r.next())
			for _, folder := range []string{".", "work/site", "work/store"} {
				mode := os.FileMode(0o777)
				if folder == c.folder {
					mode = 0o555
				}
				if err := os.Chmod(filepath.Join(r.dir, folder), mode); err != nil {
					t.Fatal(err)
				}
			}
			ended := r.start("limited", append([]string{"-user", "65534", "loanleaf"}, args...)...).wait()
			if ended.code != 1 || !strings.Contains(ended.said, c.says) {
				t.Errorf("it ended with %d and said %s", ended.code, ended.said)
			}
			r.judge(ended, false)
			if err := os.Chmod(filepath.Join(r.dir, c.folder), 0o755); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestWhereNothingMayBeRead names, to a user who may not read it, the file, and says
// who has to be let.
func TestWhereNothingMayBeRead(t *testing.T) {
	r := newRuin(t, smallEditions())
	if err := os.Chmod(r.dir, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ flag, body, says string }{
		{"--data", `{"id":5,"name":"Ana","status":"paid","loan_amount":300}`, "loanleaf: data: open "},
		{"--config", "name: Loans\n", "loanleaf: configuration: open "},
	} {
		t.Run(c.flag, func(t *testing.T) {
			r.t = t
			name := filepath.Join(r.dir, "secret"+strings.TrimPrefix(c.flag, "--"))
			if err := os.WriteFile(name, []byte(c.body), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(name, 0); err != nil {
				t.Fatal(err)
			}
			ended := r.start("limited", "-user", "65534", "loanleaf", "build", "--dry-run", c.flag, name).wait()
			if want := c.says + name + ": permission denied\nhint: let the user that runs loanleaf read it\n"; ended.code != 1 || !strings.HasSuffix(ended.said, want) {
				t.Errorf("it ended with %d and said\n%s\nwant\n%s", ended.code, ended.said, want)
			}
		})
	}
}
