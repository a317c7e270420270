package watch

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain lets many tests wait at once: they wait for quiet, and hardly compute.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// field is a folder in which things are written, and what the watcher says.
type field struct {
	t   *testing.T
	dir string
	*Watcher
	notes chan string

	last  time.Time     // when something was done last
	stood time.Duration // the longest time between two doings in a row
}

// did notes that something was done.
func (f *field) did() {
	if !f.last.IsZero() {
		f.stood = max(f.stood, time.Since(f.last))
	}
	f.last = time.Now()
}

// calm is what counts as quiet in these tests: a busy machine may stand still
// between two steps of a save for longer than Quiet.
const calm = 2 * Quiet

func newField(t *testing.T) *field {
	t.Helper()
	// Resolved, as temporary folders lie behind a link on some systems.
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	f := &field{t: t, dir: dir, notes: make(chan string, 10)}
	f.Watcher = Start(t.Context(), Options{Note: func(sentence string) { f.notes <- sentence }, quiet: calm})
	return f
}

func (f *field) path(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f *field) must(errs ...error) {
	f.t.Helper()
	f.did()
	for _, err := range errs {
		if err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *field) write(name, body string) {
	f.t.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.path(name)), 0o755), os.WriteFile(f.path(name), []byte(body), 0o644))
}

func (f *field) rename(from, to string) { f.t.Helper(); f.must(os.Rename(f.path(from), f.path(to))) }

func (f *field) remove(name string) { f.t.Helper(); f.must(os.RemoveAll(f.path(name))) }

// long is how long a change may take to be told on a busy machine.
const long = 10 * time.Second

// next is the next change, its paths below the folder.
func (f *field) next() Change {
	f.t.Helper()
	select {
	case c := <-f.Changes():
		f.below(&c)
		return c
	case <-time.After(long):
		f.t.Fatal("no change is told")
		return Change{}
	}
}

// below cuts the folder off a change's paths.
func (f *field) below(c *Change) {
	for i, path := range c.Paths {
		c.Paths[i] = filepath.ToSlash(strings.TrimPrefix(path, f.dir+string(filepath.Separator)))
	}
}

// tells expects one change of these files, and none after it. Where this test
// itself stood still between two steps, on a busy machine, it was quiet in between,
// and several changes that come to the same are right.
func (f *field) tells(want ...string) {
	f.t.Helper()
	got := f.next()
	for more := true; more; {
		select {
		case c := <-f.Changes():
			f.below(&c)
			if f.stood < calm/2 {
				f.t.Errorf("told as well: %+v", c)
			}
			got.merge(c)
			got.tidy()
		case <-time.After(calm + Quiet/2):
			more = false
		}
	}
	if !slices.Equal(got.Paths, want) {
		f.t.Errorf("told: %q, want %q", got.Paths, want)
	}
	f.last, f.stood = time.Now(), 0
}

// quiet expects that nothing is told.
func (f *field) quiet() {
	f.t.Helper()
	select {
	case c := <-f.Changes():
		f.t.Errorf("told: %+v", c)
	case <-time.After(calm + Quiet/2):
	}
	f.last, f.stood = time.Now(), 0
}

func TestEveryWayOfSavingIsOneChangeOfOneFile(t *testing.T) {
	for name, save := range map[string]func(f *field){
		"written in place": func(f *field) { f.write("site.yaml", "name: New\n") },
		"written in pieces": func(f *field) {
			file, err := os.Create(f.path("site.yaml"))
			f.must(err)
			for range 5 {
				_, err := file.WriteString("# a line\n")
				f.must(err)
				time.Sleep(calm / 5)
			}
			f.must(file.Close())
		},
		"a new file over the old one (most editors)": func(f *field) {
			f.write("site.yaml~new", "name: New\n")
			f.rename("site.yaml~new", "site.yaml")
		},
		"the old one kept as a backup, with a probe and a swap file (vim)": func(f *field) {
			f.write(".site.yaml.swp", "swap")
			f.write("4913", "")
			f.remove("4913")
			f.rename("site.yaml", "site.yaml~")
			f.write("site.yaml", "name: New\n")
			f.remove("site.yaml~")
			f.remove(".site.yaml.swp")
		},
		"a lock that is a dangling link, and a backup that stays (emacs)": func(f *field) {
			f.must(os.Symlink("somebody@host.1234", f.path(".#site.yaml")))
			f.write("#site.yaml#", "auto")
			f.rename("site.yaml", "site.yaml~")
			f.write("site.yaml", "name: New\n")
			f.remove("#site.yaml#")
			f.remove(".#site.yaml")
		},
		"a hidden file renamed over it (gedit)": func(f *field) {
			f.write(".goutputstream-X1Y2Z3", "name: New\n")
			f.rename(".goutputstream-X1Y2Z3", "site.yaml")
		},
		"a safe write by way of a second file (JetBrains)": func(f *field) {
			f.write("site.yaml___jb_tmp___", "name: New\n")
			f.rename("site.yaml", "site.yaml___jb_old___")
			f.rename("site.yaml___jb_tmp___", "site.yaml")
			f.remove("site.yaml___jb_old___")
		},
		"a temporary file with any name, renamed (sed -i)": func(f *field) {
			f.write("sedKq3x7", "name: New\n")
			f.rename("sedKq3x7", "site.yaml")
		},
		"removed, then written again (git checkout)": func(f *field) {
			f.remove("site.yaml")
			f.write("site.yaml", "name: New\n")
		},
		"the same length within a moment": func(f *field) { f.write("site.yaml", "name: Odl\n") },
		"its mode alone":                  func(f *field) { f.must(os.Chmod(f.path("site.yaml"), 0o600)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newField(t)
			f.write("site.yaml", "name: Old\n")
			f.write("neighbour.txt", "nobody asked")
			f.Watch([]string{f.path("site.yaml")}, nil)
			save(f)
			f.tells("site.yaml")
			// The watch has outlived it.
			f.write("site.yaml", "name: Newer\n")
			f.tells("site.yaml")
		})
		t.Run(name+", in a folder that is watched", func(t *testing.T) {
			t.Parallel()
			f := newField(t)
			f.write("site.yaml", "name: Old\n")
			f.Watch([]string{f.dir}, nil)
			save(f)
			f.tells("site.yaml")
			f.write("site.yaml", "name: Newer\n")
			f.tells("site.yaml")
		})
	}
}

func TestFoldersComeGoAndMove(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(f *field)
		told   []string
	}{
		{"a file in a new folder", func(f *field) { f.write("docs/fr/new.md", "x") }, []string{"docs/fr/new.md"}},
		{"new folders, one in the other", func(f *field) { f.write("docs/a/b/c/d.md", "x") }, []string{"docs/a/b/c/d.md"}},
		{"an empty folder is nothing", func(f *field) {
			f.must(os.Mkdir(f.path("docs/empty"), 0o755))
			f.write("docs/en/one.md", "changed")
		}, []string{"docs/en/one.md"}},
		{"a folder that is removed", func(f *field) { f.remove("docs/en") }, []string{"docs/en/deep/two.md", "docs/en/one.md"}},
		{"a folder that is renamed", func(f *field) { f.rename("docs/en", "docs/es") },
			[]string{"docs/en/deep/two.md", "docs/en/one.md", "docs/es/deep/two.md", "docs/es/one.md"}},
		{"a folder that is moved out", func(f *field) { f.rename("docs/en", "elsewhere") }, []string{"docs/en/deep/two.md", "docs/en/one.md"}},
		{"a folder that is moved in", func(f *field) {
			f.write("ready/a.md", "x")
			f.write("ready/b/c.md", "x")
			f.rename("ready", "docs/ready")
		}, []string{"docs/ready/a.md", "docs/ready/b/c.md"}},
		{"the watched folder itself is removed", func(f *field) { f.remove("docs") }, []string{"docs/en/deep/two.md", "docs/en/one.md"}},
		{"the watched folder is swapped for another", func(f *field) {
			f.write("next/en/one.md", "new")
			f.rename("docs", "before")
			f.rename("next", "docs")
		}, []string{"docs/en/deep/two.md", "docs/en/one.md"}},
		{"what is written elsewhere is nothing", func(f *field) {
			f.write("other/x.md", "x")
			f.write("docs/en/one.md", "changed")
		}, []string{"docs/en/one.md"}},
		{"hidden files and folders are nothing", func(f *field) {
			f.write("docs/.git/index", "x")
			f.write("docs/.DS_Store", "x")
			f.write("docs/node_modules/a/b.md", "x")
			f.write("docs/en/one.md", "changed")
		}, []string{"docs/en/one.md"}},
		{"what is left out is nothing", func(f *field) {
			f.write("docs/store/loans.sqlite", "x")
			f.write("docs/en/one.md", "changed")
		}, []string{"docs/en/one.md"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newField(t)
			f.write("docs/en/one.md", "one")
			f.write("docs/en/deep/two.md", "two")
			f.must(os.Mkdir(f.path("docs/store"), 0o755))
			f.Watch([]string{f.path("docs")}, []string{f.path("docs/store")})
			test.change(f)
			f.tells(test.told...)
			// Whatever happened, what comes after it is told too.
			f.write("docs/en/deep/after.md", "after")
			f.tells("docs/en/deep/after.md")
		})
	}
}

func TestAFileInARenamedFolderIsWatchedUnderItsNewName(t *testing.T) {
	t.Parallel()
	f := newField(t)
	f.write("docs/en/deep/two.md", "two")
	f.Watch([]string{f.path("docs")}, nil)
	f.rename("docs/en", "docs/es")
	f.tells("docs/en/deep/two.md", "docs/es/deep/two.md")
	f.write("docs/es/deep/two.md", "changed")
	f.tells("docs/es/deep/two.md")
	f.write("docs/en/deep/two.md", "again")
	f.tells("docs/en/deep/two.md")
}

func TestAPathThatIsNotThereYet(t *testing.T) {
	t.Parallel()
	f := newField(t)
	f.Watch([]string{f.path("a/b/site.yaml")}, nil)
	f.must(os.MkdirAll(f.path("a/c"), 0o755))
	f.quiet()
	f.write("a/b/other.yaml", "x")
	f.quiet()
	f.write("a/b/site.yaml", "x")
	f.tells("a/b/site.yaml")
	f.remove("a")
	f.tells("a/b/site.yaml")
	f.write("a/b/site.yaml", "x")
	f.tells("a/b/site.yaml")
}

func TestLinksThatLeadToAWatchedPath(t *testing.T) {
	t.Parallel()
	f := newField(t)
	f.write("2025/loans.jsonl", "old")
	f.write("2026/loans.jsonl", "new")
	f.must(os.Symlink("2025", f.path("latest")), os.Symlink(f.path("latest/loans.jsonl"), f.path("loans.jsonl")))
	f.Watch([]string{f.path("loans.jsonl")}, nil)
	f.write("2025/loans.jsonl", "changed")
	f.tells("loans.jsonl")
	f.write("2026/loans.jsonl", "changed")
	f.quiet()
	f.must(os.Symlink("2026", f.path("next")))
	f.rename("next", "latest")
	f.tells("loans.jsonl")
	f.write("2026/loans.jsonl", "changed again")
	f.tells("loans.jsonl")
	f.write("2025/loans.jsonl", "changed again")
	f.quiet()
}

func TestLinksThatLeadInACircleEnd(t *testing.T) {
	t.Parallel()
	f := newField(t)
	f.must(os.Symlink("b", f.path("a")), os.Symlink("a", f.path("b")))
	f.Watch([]string{f.path("a")}, nil)
	f.remove("a")
	f.write("a", "a file now")
	f.tells("a")
}

func TestABurstIsOneChange(t *testing.T) {
	t.Parallel()
	f := newField(t)
	f.write("data/0.json", "x")
	f.Watch([]string{f.path("data"), f.path("site.yaml")}, nil)
	for i := range 1000 {
		f.write(fmt.Sprintf("data/%d.json", i%50), fmt.Sprint("version ", i))
	}
	var all []string
	for i := range 50 {
		all = append(all, fmt.Sprintf("data/%d.json", i))
	}
	slices.Sort(all)
	f.tells(all...)
}

func TestAReaderThatIsBusyHearsOfEverythingOnce(t *testing.T) {
	t.Parallel()
	f := newField(t)
	f.Watch([]string{f.path("a"), f.path("b")}, nil)
	for range 3 {
		f.write("a/x", "x")
		f.write("b/y", "y")
		time.Sleep(2 * calm)
		f.last = time.Time{}
	}
	if got := f.next(); !slices.Equal(got.Paths, []string{"a/x", "b/y"}) || len(got.Roots) != 2 {
		t.Errorf("told: %+v", got)
	}
	f.quiet()
}

func TestOtherPathsAreWatched(t *testing.T) {
	t.Parallel()
	f := newField(t)
	f.write("a", "x")
	f.write("b", "x")
	f.Watch([]string{f.path("a")}, nil)
	f.write("a", "changed just before")
	f.Watch([]string{f.path("a"), f.path("b"), f.path("a")}, nil)
	f.tells("a")
	f.write("b", "changed")
	f.tells("b")
	f.Watch([]string{f.path("b")}, nil)
	f.write("a", "nobody asks any more")
	f.quiet()
	f.Watch(nil, nil)
	f.write("b", "nobody asks any more")
	f.quiet()
}

func TestDroppings(t *testing.T) {
	for name, want := range map[string]bool{
		"loan.md": false, "4912": false, "a#b": false, "#1.md": false, "swp": false, "README": false,
		".loan.md.swp": true, ".#loan.md": true, "#loan.md#": true, "loan.md~": true, "4913": true, ".DS_Store": true, ".git": true,
		"loan.md___jb_tmp___": true, "node_modules": true, "Thumbs.db": true,
	} {
		if got := dropping(name); got != want {
			t.Errorf("%s: %t, want %t", name, got, want)
		}
	}
}
