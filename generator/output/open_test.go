package output

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

func TestOpenRefuses(t *testing.T) {
	for what, c := range map[string]struct {
		arrange func(t *testing.T, dir string)
		is      error
		want    string
		beside  []string
	}{
		"a folder with files and without our marker": {
			arrange: func(t *testing.T, dir string) { put(t, dir+"/thesis.txt", "years of work") },
			is:      ErrNotOurs, want: "build to a new or empty folder", beside: []string{"dist"},
		},
		"a folder whose marker is a file": {
			arrange: func(t *testing.T, dir string) { put(t, dir+"/.loanleaf", "") },
			is:      ErrNotOurs, want: "no .loanleaf folder", beside: []string{"dist"},
		},
		"a folder whose marker has no manifest": {
			arrange: func(t *testing.T, dir string) { put(t, dir+"/.loanleaf/other", "") },
			is:      os.ErrNotExist, want: "the marker has no manifest", beside: []string{"dist"},
		},
		"a file": {
			arrange: func(t *testing.T, dir string) { put(t, dir, "a file") },
			is:      ErrNotOurs, want: "not a folder", beside: []string{"dist"},
		},
		"a symlink, even to a folder of ours": {
			arrange: func(t *testing.T, dir string) {
				build(t, filepath.Join(filepath.Dir(dir), "true"), site{"a": "a"})
				if err := os.Symlink("true", dir); err != nil {
					t.Fatal(err)
				}
			},
			is: ErrNotOurs, want: "name the folder it points to", beside: []string{"dist", "true"},
		},
		"a folder that another build is writing": {
			arrange: func(t *testing.T, dir string) { begin(t, dir) },
			is:      ErrLocked, want: "wait for it to end", beside: []string{".dist.loanleaf-lock", ".dist.loanleaf-next"},
		},
		"a stage in the way that is not ours": {
			arrange: func(t *testing.T, dir string) { put(t, filepath.Dir(dir)+"/.dist.loanleaf-next/x", "mine") },
			is:      ErrNotOurs, want: ".dist.loanleaf-next has no marker", beside: []string{".dist.loanleaf-next"},
		},
		"a file in the stage's place": {
			arrange: func(t *testing.T, dir string) { put(t, filepath.Dir(dir)+"/.dist.loanleaf-next", "mine") },
			is:      ErrNotOurs, want: "in the way", beside: []string{".dist.loanleaf-next"},
		},
	} {
		t.Run(what, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			c.arrange(t, dir)
			f, err := Open(dir, Options{})
			if f != nil || !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open: %v, want %v …%s…", err, c.is, c.want)
			}
			alone(t, dir, c.beside...)
		})
	}
}

func TestOpenRefusesFoldersItCannotSwap(t *testing.T) {
	for dir, want := range map[string]string{
		"":                       "name a folder below the root",
		"/":                      "name a folder below the root",
		t.TempDir() + "/no/dist": "first)",
		t.TempDir() + "/a\x00b":  "invalid argument",
	} {
		if f, err := Open(dir, Options{}); f != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q): %v, want …%s…", dir, err, want)
		}
	}
	for _, version := range []string{"two\nlines", strings.Repeat("v", 1025)} {
		if _, err := Open(t.TempDir()+"/dist", Options{Version: version}); err == nil {
			t.Errorf("version %.20q was accepted", version)
		}
	}
}

// A mount point cannot be renamed. /dev is one on Linux and on macOS.
func TestMountPointsAreKnown(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(dir+"/plain", 0o755); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{"/dev": true, dir + "/plain": false, dir + "/missing": false} {
		parent, err := os.Open(filepath.Dir(path))
		if err != nil {
			t.Fatal(err)
		}
		if got := isMount(int(parent.Fd()), filepath.Base(path)); got != want {
			t.Errorf("isMount(%s) = %v", path, got)
		}
		parent.Close()
	}
}

// unprivilegedChild gives up root, to which everything is writable.
func unprivilegedChild() {
	if os.Geteuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			fmt.Print(err)
			return
		}
	}
	_, err := Open(os.Getenv("DIST"), Options{})
	fmt.Print(err)
}

func TestOpenRefusesAnUnwritableParent(t *testing.T) {
	top := t.TempDir()
	if err := errors.Join(os.Chmod(filepath.Dir(top), 0o755), os.Chmod(top, 0o555)); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(top, 0o755)
	out, err := child("unprivileged", "DIST="+top+"/dist").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "the folder "+top+" must be writable") {
		t.Errorf("%s %v", out, err)
	}
	alone(t, top+"/dist")
}

func TestFirstGeneration(t *testing.T) {
	for what, arrange := range map[string]func(dir string) error{
		"where nothing is":         func(string) error { return nil },
		"where an empty folder is": func(dir string) error { return os.Mkdir(dir, 0o700) },
		"after a stage was killed": func(dir string) error { return os.MkdirAll(filepath.Dir(dir)+"/.dist.loanleaf-next/.loanleaf", 0o755) },
		"after a mkdir was killed": func(dir string) error { return os.Mkdir(filepath.Dir(dir)+"/.dist.loanleaf-next", 0o755) },
		"after a lock was left":    func(dir string) error { return os.WriteFile(filepath.Dir(dir)+"/.dist.loanleaf-lock", nil, 0o644) },
	} {
		t.Run(what, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "dist")
			if err := arrange(dir); err != nil {
				t.Fatal(err)
			}
			want := site{"index.html": "home", "lend/1.html": "one", "empty": ""}
			r := build(t, dir, want)
			if r.Made != 3 || r.Changed+r.Kept+r.Removed != 0 || r.Bytes != 7 || !r.Swapped {
				t.Errorf("report %+v", r)
			}
			whole(t, dir, want)
			alone(t, dir, "dist")
		})
	}
}

func TestARelativePathIsTheFolderItNamesAtOpen(t *testing.T) {
	top := t.TempDir()
	t.Chdir(top)
	f := begin(t, "dist")
	t.Chdir(t.TempDir())
	write(t, f, site{"a": "a"})
	commit(t, f)
	whole(t, filepath.Join(top, "dist"), site{"a": "a"})
}

func TestPermissionsDoNotDependOnTheUmask(t *testing.T) {
	for _, umask := range []int{0, 0o022, 0o077, 0o777} {
		dir := filepath.Join(t.TempDir(), "dist")
		old := syscall.Umask(umask)
		f, err := Open(dir, Options{SkipSync: true})
		if err == nil {
			err = f.Write("a/b/c.html", []byte("c"))
		}
		if err == nil {
			_, err = f.Commit(t.Context())
		}
		syscall.Umask(old)
		if err != nil {
			t.Fatalf("umask %03o: %v", umask, err)
		}
		for name, want := range map[string]os.FileMode{
			"": 0o755, "a": 0o755, "a/b": 0o755, "a/b/c.html": 0o644, ".loanleaf": 0o755, ".loanleaf/manifest": 0o644,
		} {
			st, err := os.Stat(filepath.Join(dir, name))
			if err != nil || st.Mode().Perm() != want {
				t.Errorf("umask %03o: %q is %v, want %o (%v)", umask, name, st.Mode(), want, err)
			}
		}
	}
}

func TestALockHasOneHolder(t *testing.T) {
	parent, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer parent.Close()
	var holders, held atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 500 {
				l, err := acquire(parent, "lock")
				if errors.Is(err, ErrLocked) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if n := holders.Add(1); n != 1 {
					t.Errorf("%d holders at once", n)
				}
				held.Add(1)
				runtime.Gosched()
				holders.Add(-1)
				if err := l.release(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if held.Load() < 50 {
		t.Errorf("the lock was had %d times", held.Load())
	}
}
