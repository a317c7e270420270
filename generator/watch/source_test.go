package watch

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// played is a source that a test plays: it says what it is told to say.
type played struct {
	events  chan fsnotify.Event
	errors  chan error
	watched map[string]bool
	most    int // watches it has to give
	closed  bool
}

func newPlayed(most int) *played {
	return &played{events: make(chan fsnotify.Event), errors: make(chan error), watched: map[string]bool{}, most: most}
}

func (p *played) Add(dir string) error {
	if len(p.watched) >= p.most {
		return fmt.Errorf("add: %w", syscall.ENOSPC)
	}
	p.watched[dir] = true
	return nil
}

func (p *played) Remove(dir string) error       { delete(p.watched, dir); return nil }
func (p *played) Events() <-chan fsnotify.Event { return p.events }
func (p *played) Errors() <-chan error          { return p.errors }
func (p *played) Close() error                  { p.closed = true; return nil }

// play runs a test under a clock of its own, with a source it plays.
func play(t *testing.T, most int, test func(f *field, p *played)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		p := newPlayed(most)
		f := &field{t: t, dir: t.TempDir(), notes: make(chan string, 10)}
		f.Watcher = Start(ctx, Options{Note: func(s string) { f.notes <- s }, open: func() (source, error) { return p, nil }})
		test(f, p)
		stop()
		<-f.Done()
		if !p.closed {
			t.Error("the source is not closed")
		}
	})
}

func TestNothingIsToldBeforeItIsQuiet(t *testing.T) {
	play(t, 100, func(f *field, p *played) {
		f.write("site.yaml", "x")
		f.Watch([]string{f.path("site.yaml")}, nil)
		began := time.Now()
		for range 20 {
			f.write("site.yaml", "y")
			p.events <- fsnotify.Event{Name: f.path("site.yaml"), Op: fsnotify.Write}
			time.Sleep(Quiet - time.Millisecond)
		}
		p.events <- fsnotify.Event{Name: f.path("neighbour"), Op: fsnotify.Write} // does not count
		f.next()
		if took, want := time.Since(began), 20*(Quiet-time.Millisecond)+time.Millisecond; took != want {
			t.Errorf("told after %s, want %s", took, want)
		}
	})
}

func TestLostReportsCostALookAtEverything(t *testing.T) {
	play(t, 100, func(f *field, p *played) {
		f.write("a/one", "x")
		f.write("b/two", "x")
		f.Watch([]string{f.path("a"), f.path("b"), f.path("c")}, nil)
		f.write("a/one", "changed, and nobody reports it")
		f.write("b/new/three", "new, and nobody reports it")
		f.quiet()
		p.errors <- fsnotify.ErrEventOverflow
		if got := f.next(); !got.All || !slices.Equal(got.Paths, []string{"a/one", "b/new/three"}) || len(got.Roots) != 2 {
			t.Errorf("told: %+v", got)
		}
		if !p.watched[f.path("b/new")] {
			t.Error("a folder that was found is not watched")
		}
		p.errors <- fsnotify.ErrEventOverflow
		if got := f.next(); !got.All || len(got.Paths) > 0 {
			t.Errorf("nothing changed and yet it is told, or it is not said that reports were lost: %+v", got)
		}
		if len(f.notes) > 0 {
			t.Error("a note says more than there is to say")
		}
	})
}

func TestWhereWatchesRunOutFilesAreLookedAt(t *testing.T) {
	for name, run := range map[string]func(t *testing.T, test func(f *field)){
		"none at all, since it cannot be opened (EMFILE)": func(t *testing.T, test func(f *field)) {
			synctest.Test(t, func(t *testing.T) {
				ctx, stop := context.WithCancel(t.Context())
				f := &field{t: t, dir: t.TempDir(), notes: make(chan string, 10)}
				f.Watcher = Start(ctx, Options{Note: func(s string) { f.notes <- s }, open: func() (source, error) { return nil, syscall.EMFILE }})
				test(f)
				stop()
				<-f.Done()
			})
		},
		"too few from the start (ENOSPC)": func(t *testing.T, test func(f *field)) { play(t, 2, func(f *field, _ *played) { test(f) }) },
		"too few when folders come":       func(t *testing.T, test func(f *field)) { play(t, 3, func(f *field, p *played) { test(f) }) },
		"the system stops reporting": func(t *testing.T, test func(f *field)) {
			play(t, 100, func(f *field, p *played) {
				close(p.events)
				synctest.Wait()
				test(f)
			})
		},
		"the system says that it cannot go on": func(t *testing.T, test func(f *field)) {
			play(t, 100, func(f *field, p *played) {
				f.Watch(nil, nil)
				p.errors <- syscall.EBADF
				f.next() // something may have been lost
				test(f)
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(f *field) {
				f.write("data/one", "x")
				f.Watch([]string{f.path("data")}, nil)
				f.must(os.MkdirAll(f.path("data/a/b/c"), 0o755))
				f.Watch([]string{f.path("data"), f.path("data/a")}, nil)
				f.quietFor(3 * pollEvery)
				f.write("data/one", "changed")
				began := time.Now()
				f.toldAfter(began, []string{"data/one"})
				f.write("data/a/b/c/two", "new")
				f.remove("data/one")
				began = time.Now()
				f.toldAfter(began, []string{"data/a/b/c/two", "data/one"})
				if len(f.notes) != 1 {
					t.Fatalf("it is noted %d times, want once", len(f.notes))
				}
				if note := <-f.notes; !strings.Contains(note, "looked at twice a second") {
					t.Errorf("noted: %s", note)
				}
			})
		})
	}
}

func (f *field) quietFor(d time.Duration) {
	f.t.Helper()
	select {
	case c := <-f.Changes():
		f.t.Errorf("told: %+v", c)
	case <-time.After(d):
	}
}

func (f *field) toldAfter(began time.Time, want []string) {
	f.t.Helper()
	if got := f.next(); !slices.Equal(got.Paths, want) {
		f.t.Errorf("told: %q, want %q", got.Paths, want)
	}
	if took := time.Since(began); took > pollEvery+Quiet {
		f.t.Errorf("told after %s, want %s at most", took, pollEvery+Quiet)
	}
}

func TestWhatIsBeingWrittenIsNotToldWhereFilesAreLookedAt(t *testing.T) {
	play(t, 0, func(f *field, _ *played) {
		f.Watch([]string{f.path("big")}, nil)
		body := ""
		for range 40 {
			body += "more "
			f.write("big", body)
			time.Sleep(Quiet / 2)
		}
		began := time.Now()
		f.toldAfter(began.Add(-Quiet), []string{"big"})
		f.quietFor(3 * pollEvery)
	})
}

// TestWhateverHappensTheSumOfTheChangesIsRight does things at random and holds
// what was told against what the files are.
func TestWhateverHappensTheSumOfTheChangesIsRight(t *testing.T) {
	t.Parallel()
	const seed = 20261122
	draw := rand.New(rand.NewPCG(seed, seed))
	f := newField(t)
	f.must(os.Mkdir(f.path("tree"), 0o755))
	f.Watch([]string{f.path("tree")}, nil)
	known := map[string]string{}
	names := []string{"a", "b", "c", "d"}
	anyPath := func() string {
		parts := []string{"tree"}
		for range 1 + draw.IntN(3) {
			parts = append(parts, names[draw.IntN(len(names))])
		}
		return filepath.Join(parts...)
	}
	for round := range 15 {
		for range 1 + draw.IntN(20) {
			path := f.path(anyPath())
			switch draw.IntN(5) {
			case 0:
				os.RemoveAll(path)
			case 1:
				os.Rename(path, f.path(anyPath()))
			case 2:
				os.MkdirAll(path, 0o755)
			default:
				os.MkdirAll(filepath.Dir(path), 0o755)
				os.WriteFile(path, fmt.Append(nil, draw.Int()), 0o644)
			}
		}
		f.write("tree/last", fmt.Sprint(round)) // so that there is something to tell
		for told := false; !told; {
			c := f.next()
			for _, path := range c.Paths {
				if body, err := os.ReadFile(f.path(path)); err == nil {
					known[path] = string(body)
				} else {
					delete(known, path)
				}
				told = told || path == "tree/last"
			}
		}
		is := map[string]string{}
		f.must(filepath.WalkDir(f.path("tree"), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			body, err := os.ReadFile(path)
			way, _ := filepath.Rel(f.dir, path)
			is[filepath.ToSlash(way)] = string(body)
			return err
		}))
		if !maps.Equal(known, is) {
			t.Fatalf("seed %d, round %d: told were %v, the files are %v", seed, round, known, is)
		}
	}
}
