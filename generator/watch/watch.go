// Package watch tells that files have changed: given files and folders, it
// says in batches which of them somebody has written, made, renamed or removed.
//
// # How a change is told
//
// Directories are watched, never files: an editor that saves by renaming a new
// file over the old one takes the watch of a file away with it. What the system
// reports only says where to look. When nothing has been reported for [Quiet],
// the files are compared with how they were, by identity, size, time and mode,
// and one [Change] tells what is different. So a burst of writes is one change,
// a file that came and went is none, and reports that were lost (the system says
// so) cost a look at everything and nothing else.
//
// A file that is written without a pause is told when the pause comes, however
// late: nobody wants half of it.
//
// Where the system has no watches to give, the files are looked at twice a
// second instead, and [Options.Note] is told once. File systems that report
// nothing (some network drives) are watched in vain.
//
// # What is left out
//
// Inside folders: names that begin with a dot, editors' backups, locks and
// probes, and links to folders, as package io/fs does not follow them either. A path
// that is given itself is watched whatever its name, and through links: a link
// that is led elsewhere is a change.
//
// # What is not here
//
// What the files are for, and what to do about a change.
package watch

import (
	"context"
	"slices"
	"time"
)

// Quiet is how long nothing must happen before a change is told.
const Quiet = 100 * time.Millisecond

// pollEvery is how often files are looked at where there are no watches.
const pollEvery = 500 * time.Millisecond

// Change is what happened since the last one.
type Change struct {
	// Roots are the watched paths in which something changed, as they were
	// given, sorted.
	Roots []string
	// Paths are the files that changed, that are new or that are gone: below a
	// root, its path as given with the rest of the way; sorted. A folder that is
	// renamed is told as the files in it.
	Paths []string
	// All is set when reports were lost: anything may have changed, and Paths is
	// what a comparison found.
	All bool
}

func (c *Change) empty() bool { return len(c.Roots) == 0 && !c.All }

func (c *Change) add(root string, paths []string) {
	c.Roots = append(c.Roots, root)
	c.Paths = append(c.Paths, paths...)
}

func (c *Change) merge(other Change) {
	c.Roots = append(c.Roots, other.Roots...)
	c.Paths = append(c.Paths, other.Paths...)
	c.All = c.All || other.All
}

// tidy puts a change in the form in which it is told.
func (c *Change) tidy() {
	slices.Sort(c.Roots)
	c.Roots = slices.Compact(c.Roots)
	slices.Sort(c.Paths)
	c.Paths = slices.Compact(c.Paths)
}

// Options say how to watch. The zero value is fine.
type Options struct {
	// Note is called, at most once, with a sentence for people when watches have
	// run out and files are looked at instead; may be nil.
	Note func(sentence string)

	open  func() (source, error) // nil: the system's
	quiet time.Duration          // 0: Quiet
}

// Watcher watches files and folders. Its methods may be called from any
// goroutine.
type Watcher struct {
	changes chan Change
	wanted  chan wanted
	done    chan struct{}
}

// wanted is a request to watch other paths.
type wanted struct {
	paths, except []string
	stands        chan struct{}
}

// Start begins to watch, nothing at first, until ctx ends.
func Start(ctx context.Context, o Options) *Watcher {
	w := &Watcher{changes: make(chan Change), wanted: make(chan wanted), done: make(chan struct{})}
	if o.open == nil {
		o.open = openSystem
	}
	if o.Note == nil {
		o.Note = func(string) {}
	}
	if o.quiet == 0 {
		o.quiet = Quiet
	}
	l := &lookout{note: o.Note, open: o.open}
	go func() {
		defer close(w.done)
		w.run(ctx, l, o.quiet)
		l.close()
	}()
	return w
}

// Changes gives changes, one after another. While nobody takes one it grows, so
// that a slow reader hears of everything once. It is never closed.
func (w *Watcher) Changes() <-chan Change { return w.changes }

// Done is closed when the watcher has ended and holds nothing of the system's
// any more.
func (w *Watcher) Done() <-chan struct{} { return w.done }

// Watch makes these the paths that are watched, in place of those before: files
// or folders, which need not exist yet. What lies in except, or is it, is left
// out. When Watch returns, whatever is written from then on will be told; what
// stands in paths that are new to it is taken as it is.
func (w *Watcher) Watch(paths, except []string) {
	request := wanted{paths, except, make(chan struct{})}
	select {
	case w.wanted <- request:
	case <-w.done:
		return
	}
	select {
	case <-request.stands:
	case <-w.done:
	}
}

// run is the one goroutine that knows what is watched.
func (w *Watcher) run(ctx context.Context, l *lookout, pause time.Duration) {
	quiet := time.NewTimer(pause)
	quiet.Stop()
	defer quiet.Stop()
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	var seen, ready Change // seen: it goes on changing; ready: to be told
	look := func() {
		c := l.look()
		seen.merge(c)
		if l.polling && !c.empty() {
			quiet.Reset(pause) // somebody may be writing still, and nobody says so
			return
		}
		ready.merge(seen)
		seen = Change{}
	}
	for {
		var out chan<- Change
		if !ready.empty() {
			ready.tidy()
			out = w.changes
		}
		select {
		case <-ctx.Done():
			return
		case request := <-w.wanted:
			l.watch(request.paths, request.except)
			close(request.stands)
		case event, ok := <-l.events():
			if !ok {
				l.poll(errEnded)
			} else if l.heard(event) {
				quiet.Reset(pause)
			}
		case err, ok := <-l.errors():
			if !ok {
				err = errEnded
			}
			l.failed(err)
			quiet.Reset(pause)
		case <-quiet.C:
			if l.hearsMore() {
				quiet.Reset(pause)
			} else {
				look()
			}
		case <-poll.C:
			if l.polling && seen.empty() { // else it is being written, and waited for
				look()
			}
		case out <- ready:
			ready = Change{}
		}
	}
}
