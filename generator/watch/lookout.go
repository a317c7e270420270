package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/fsnotify/fsnotify"
)

// lookout knows what is watched and how it was when it was last looked at.
type lookout struct {
	note    func(string)
	open    func() (source, error)
	source  source // nil: not opened yet, or polling
	polling bool

	roots   []*root
	except  []string               // resolved
	watched map[string]fs.FileInfo // directories, by resolved path
	lost    bool                   // reports were lost
}

func (l *lookout) events() <-chan fsnotify.Event {
	if l.source == nil {
		return nil
	}
	return l.source.Events()
}

func (l *lookout) errors() <-chan error {
	if l.source == nil {
		return nil
	}
	return l.source.Errors()
}

func (l *lookout) close() {
	if l.source != nil {
		l.source.Close() // what is not watched any more cannot fail
		l.source = nil
	}
}

// watch replaces the roots. Those that were watched before keep what is known
// of them, so that a change between two calls is told.
func (l *lookout) watch(paths, except []string) {
	if l.source == nil && !l.polling {
		var err error
		if l.source, err = l.open(); err != nil {
			l.poll(err)
		}
	}
	l.except = nil
	for _, path := range except {
		l.except = append(l.except, trail(path)...)
	}
	before := map[string]*root{}
	for _, r := range l.roots {
		before[r.given] = r
	}
	l.roots = nil
	l.forgetMoved()
	for _, path := range paths {
		if slices.ContainsFunc(l.roots, func(r *root) bool { return r.given == path }) {
			continue
		}
		r := before[path]
		if r == nil {
			r = &root{given: path}
			l.scan(r)
		}
		l.roots = append(l.roots, r)
	}
	l.dropUnneeded()
}

// heard takes a report in and tells whether it is of anything watched.
func (l *lookout) heard(e fsnotify.Event) bool {
	if e.Name == "" {
		return false
	}
	concerns := false
	for _, r := range l.roots {
		if !r.concerns(e.Name, l.except) {
			continue
		}
		concerns, r.dirty = true, true
		if e.Op != fsnotify.Chmod {
			r.named = append(r.named, e.Name)
		}
	}
	return concerns
}

// hearsMore takes in what is reported at this moment. On a busy machine reports
// and the end of the pause may have been waiting together.
func (l *lookout) hearsMore() bool {
	more := false
	for {
		select {
		case event, ok := <-l.events():
			if !ok {
				l.poll(errEnded)
				return true
			}
			more = l.heard(event) || more
		default:
			return more
		}
	}
}

// failed takes an error of the source in: lost reports cost a look at
// everything, any other ends the use of the source.
func (l *lookout) failed(err error) {
	l.lost = true
	if !errors.Is(err, fsnotify.ErrEventOverflow) {
		l.poll(err)
	}
}

// poll gives watches up for looking.
func (l *lookout) poll(why error) {
	if l.polling {
		return
	}
	l.polling = true
	l.close()
	l.watched = nil
	l.note(fmt.Sprintf("files cannot be watched (%v); they are looked at twice a second instead", why))
}

// look compares what may have changed with how it was.
func (l *lookout) look() Change {
	c := Change{All: l.lost}
	l.forgetMoved()
	for _, r := range l.roots {
		if !r.dirty && !l.lost && !l.polling {
			continue
		}
		before, named := r.files, r.named
		r.dirty, r.named = false, nil
		l.scan(r)
		if paths := r.changed(before, named); len(paths) > 0 {
			c.add(r.given, paths)
		}
	}
	l.lost = false
	l.dropUnneeded()
	return c
}

// scan finds a root's files as they are. Each directory is watched before it is
// read, so that whatever comes after the reading is reported.
func (l *lookout) scan(r *root) {
	r.trail = trail(r.given)
	r.files, r.folders = map[string]fs.FileInfo{}, nil
	for _, stop := range r.trail {
		r.folders = append(r.folders, l.nearest(filepath.Dir(stop)))
	}
	target := r.target()
	info, err := os.Stat(target)
	switch {
	case err != nil || excepted(target, l.except):
	case info.IsDir():
		l.walk(r, target, ".")
	default:
		r.files["."] = info
	}
}

// nearest watches a directory, or the nearest one above it that exists.
func (l *lookout) nearest(dir string) string {
	for {
		if l.add(dir) || dir == filepath.Dir(dir) {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

func (l *lookout) walk(r *root, dir, way string) {
	l.add(dir)
	r.folders = append(r.folders, dir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // it has just gone, or is not for us
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		if dropping(entry.Name()) || excepted(path, l.except) {
			continue
		}
		if entry.IsDir() {
			l.walk(r, path, filepath.Join(way, entry.Name()))
			continue
		}
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			r.files[filepath.Join(way, entry.Name())] = info
		}
	}
}

// add watches a directory and tells whether it exists.
func (l *lookout) add(dir string) (exists bool) {
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return false
	}
	if _, ok := l.watched[dir]; ok || l.source == nil {
		return true
	}
	switch err := l.source.Add(dir); {
	case err == nil:
		if l.watched == nil {
			l.watched = map[string]fs.FileInfo{}
		}
		l.watched[dir] = info
	case errors.Is(err, fs.ErrNotExist):
		return false
	case errors.Is(err, fs.ErrPermission):
	default: // ENOSPC and EMFILE: there are no more
		l.poll(err)
	}
	return true
}

// forgetMoved gives up watches whose directory is not where it was: the system
// goes on watching it under its new name and reports the old one.
func (l *lookout) forgetMoved() {
	for _, dir := range slices.Sorted(maps.Keys(l.watched)) {
		if info, err := os.Stat(dir); err != nil || !os.SameFile(info, l.watched[dir]) {
			l.remove(dir)
		}
	}
}

// dropUnneeded gives up watches that no root asks for any more.
func (l *lookout) dropUnneeded() {
	needed := map[string]bool{}
	for _, r := range l.roots {
		for _, dir := range r.folders {
			needed[dir] = true
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(l.watched)) {
		if !needed[dir] {
			l.remove(dir)
		}
	}
}

func (l *lookout) remove(dir string) {
	delete(l.watched, dir)
	if l.source != nil {
		l.source.Remove(dir) // an error says that the system has done so before us
	}
}
