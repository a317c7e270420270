package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestWhatIsNotOursIsCarriedOver(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "dist")
	build(t, dir, small(1))
	put(t, top+"/outside/precious", "precious")
	put(t, dir+"/CNAME", "loans.example")
	put(t, dir+"/deep/beside-a-page", "mine")
	put(t, dir+"/only/in-a-folder-that-goes", "mine")
	put(t, dir+"/.well-known/pki/token", "mine")
	for _, err := range []error{
		os.Mkdir(dir+"/empty", 0o710),
		os.Chmod(dir+"/.well-known/pki", 0o500),
		os.Symlink("../outside", dir+"/link"),
		os.Symlink("nowhere", dir+"/only/dangling"),
		unix.Mkfifo(dir+"/pipe", 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(dir+"/.well-known/pki", 0o700) }) // or the test's folder cannot be removed
	token := lstat(t, dir+"/.well-known/pki/token")
	want := []string{".well-known/pki/token", "CNAME", "deep/beside-a-page", "link", "only/dangling", "only/in-a-folder-that-goes", "pipe"}
	for g := 1; g < 4; g++ {
		r := build(t, dir, small(g))
		if r.Swapped != (g > 1) || r.ForeignCount != len(want) || !slices.Equal(r.Foreign, want) {
			t.Errorf("generation %d: report %+v", g, r)
		}
	}
	if st := lstat(t, dir+"/.well-known/pki/token"); st.Ino != token.Ino || st.Nlink != 1 {
		t.Error("a foreign file lost its inode, or has a second name left")
	}
	for name, mode := range map[string]uint32{
		"empty":           unix.S_IFDIR | 0o710,
		".well-known/pki": unix.S_IFDIR | 0o500,
		"pipe":            unix.S_IFIFO | 0o600,
	} {
		if st := lstat(t, dir+"/"+name); uint32(st.Mode) != mode {
			t.Errorf("%s has mode %o, want %o", name, st.Mode, mode)
		}
	}
	for name, want := range map[string]string{"link": "../outside", "only/dangling": "nowhere"} {
		if target, err := os.Readlink(dir + "/" + name); err != nil || target != want {
			t.Errorf("%s points to %q, %v", name, target, err)
		}
	}
	if body, err := os.ReadFile(top + "/outside/precious"); string(body) != "precious" {
		t.Errorf("a symlink was followed: %q %v", body, err)
	}
	if _, err := os.Stat(dir + "/only/1.html"); err == nil {
		t.Error("our page beside them is still there")
	}
	alone(t, dir, "dist", "outside")
}

func TestAForeignFileInPlaceOfOurFolderIsCarriedOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	if err := os.RemoveAll(dir + "/only"); err != nil {
		t.Fatal(err)
	}
	put(t, dir+"/only", "mine")
	f := begin(t, dir)
	if err := f.Write("only", []byte("ours")); !errors.Is(err, ErrNotOurs) {
		t.Errorf("Write over it: %v", err)
	}
	f.Abort()
	s := small(2)
	delete(s, "only/2.html")
	if r := build(t, dir, s); r.ForeignCount != 1 {
		t.Errorf("report %+v", r)
	}
	s["only"] = "mine"
	if got := read(t, dir); describe(got) != describe(s) {
		t.Errorf("holds %s", describe(got))
	}
}

func TestAReportListsTenForeignFilesAndCountsAll(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	var want []string
	for n := range 1500 { // more than one batch of a folder's reader
		name := fmt.Sprintf("mine-%04d", n)
		put(t, dir+"/"+name, "mine")
		want = append(want, name)
	}
	r := build(t, dir, small(2))
	if r.ForeignCount != 1500 || !slices.Equal(r.Foreign, want[:10]) {
		t.Errorf("counted %d, listed %q", r.ForeignCount, r.Foreign)
	}
	if got := read(t, dir); len(got) != 1504 {
		t.Errorf("%d files after the swap", len(got))
	}
}

func TestAForeignFileInTheWayOfAFolderOrAFileFailsTheCommit(t *testing.T) {
	for what, c := range map[string]struct {
		foreign string
		page    string
	}{
		"a page where a foreign folder has files": {"new/mine", "new"},
		"a page of ours became a foreign folder":  {"same.html/mine", "same.html"},
	} {
		t.Run(what, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			build(t, dir, small(1))
			os.Remove(dir + "/same.html")
			put(t, dir+"/"+c.foreign, "mine")
			f := begin(t, dir)
			if err := f.Write(c.page, []byte("page")); err != nil {
				t.Fatal(err)
			}
			if _, err := f.Commit(t.Context()); !errors.Is(err, ErrNotOurs) || !strings.Contains(err.Error(), "move it away") {
				t.Errorf("Commit: %v", err)
			}
			if body, err := os.ReadFile(dir + "/" + c.foreign); string(body) != "mine" {
				t.Errorf("the foreign file holds %q, %v", body, err)
			}
			alone(t, dir, "dist")
		})
	}
}

// TestAFileThatComesInTheInstantOfTheSwapIsMoved puts files into the old
// generation after its foreign files were carried over.
func TestAFileThatComesInTheInstantOfTheSwapIsMoved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	f, err := open(dir, Options{Version: "test", SkipSync: true}, func(op, _ string) error {
		if op == "exchange" {
			put(t, dir+"/late", "mine")
			put(t, dir+"/uploads/late", "mine")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	write(t, f, small(2))
	commit(t, f)
	want := small(2)
	want["late"], want["uploads/late"] = "mine", "mine"
	if got := read(t, dir); describe(got) != describe(want) {
		t.Errorf("holds %s", describe(got))
	}
	alone(t, dir, "dist")
}

// TestALateFileOutlivesAFailedRemoval lets the removal of the old generation
// fail as well: the next build must know what to move.
func TestALateFileOutlivesAFailedRemoval(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	swapped := false
	r, err := tryBuild(dir, small(2), func(op, _ string) error {
		if op == "exchange" {
			put(t, dir+"/late", "mine")
			swapped = true
		}
		if swapped && (op == "unlink" || op == "rename") {
			swapped = false
			return unix.EIO
		}
		return nil
	})
	if !r.Swapped || !errors.Is(err, unix.EIO) || !strings.Contains(err.Error(), "the new generation stands") {
		t.Errorf("report %+v, %v", r, err)
	}
	alone(t, dir, "dist", ".dist.loanleaf-next")
	if r := build(t, dir, small(2)); r.ForeignCount != 1 || r.Swapped {
		t.Errorf("report %+v", r)
	}
	want := small(2)
	want["late"] = "mine"
	if got := read(t, dir); describe(got) != describe(want) {
		t.Errorf("holds %s", describe(got))
	}
	alone(t, dir, "dist")
}

func TestAFolderReplacedDuringTheBuildIsNotSwappedOut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "dist")
	build(t, dir, small(1))
	f := begin(t, dir)
	write(t, f, small(2))
	if err := os.Rename(dir, dir+"-moved"); err != nil {
		t.Fatal(err)
	}
	put(t, dir+"/thesis.txt", "years of work")
	if _, err := f.Commit(t.Context()); err == nil || !strings.Contains(err.Error(), "replaced while the build ran") {
		t.Errorf("Commit: %v", err)
	}
	if got := read(t, dir); got["thesis.txt"] != "years of work" || len(got) != 1 {
		t.Errorf("holds %s", describe(got))
	}
	alone(t, dir, "dist", "dist-moved")
}
