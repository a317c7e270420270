package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// root is a path that somebody wants watched.
type root struct {
	given   string
	trail   []string               // the links that lead to it, then where they lead
	files   map[string]fs.FileInfo // by the way from the target; "." when it is a file itself
	folders []string               // directories whose reports it needs
	dirty   bool                   // something was reported
	named   []string               // what the reports were of
}

func (r *root) target() string { return r.trail[len(r.trail)-1] }

// concerns tells whether a report of path is one of this root: of itself, of a
// link or folder on the way to it, or of what is in it.
func (r *root) concerns(path string, except []string) bool {
	if excepted(path, except) {
		return false
	}
	for _, stop := range r.trail {
		if path == stop || below(stop, path) {
			return true
		}
	}
	if !below(path, r.target()) {
		return false
	}
	way, _ := filepath.Rel(r.target(), path)
	return !slices.ContainsFunc(strings.Split(way, string(filepath.Separator)), dropping)
}

// changed are the files that differ from before, and those that were reported
// and exist or existed: a file may be written twice within one tick of its clock.
func (r *root) changed(before map[string]fs.FileInfo, named []string) []string {
	var ways []string
	for way, info := range r.files {
		if old, ok := before[way]; !ok || !same(old, info) {
			ways = append(ways, way)
		}
	}
	for way := range before {
		if _, ok := r.files[way]; !ok {
			ways = append(ways, way)
		}
	}
	for _, path := range named {
		way, err := filepath.Rel(r.target(), path)
		if err != nil {
			continue
		}
		_, is := r.files[way]
		_, was := before[way]
		if is || was {
			ways = append(ways, way)
		}
	}
	for i, way := range ways {
		ways[i] = filepath.Join(r.given, way)
	}
	return ways
}

func same(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) && a.Mode() == b.Mode()
}

// below tells whether path lies in dir, at any depth.
func below(path, dir string) bool {
	rest, ok := strings.CutPrefix(path, dir)
	return ok && rest != "" && (rest[0] == filepath.Separator || strings.HasSuffix(dir, string(filepath.Separator)))
}

func excepted(path string, except []string) bool {
	return slices.ContainsFunc(except, func(e string) bool { return path == e || below(path, e) })
}

// mostLinks bounds how many links are followed, as the kernel does (ELOOP).
const mostLinks = 40

// trail follows a path through links: every link on the way, as an absolute path
// without links before its last part, and at the end where they all lead, which
// need not exist.
func trail(path string) []string {
	path, err := filepath.Abs(path)
	if err != nil {
		return []string{path} // no working directory: nothing can be found at all
	}
	var links []string
	done, rest := volume(path)
	for rest != "" {
		part, after, _ := strings.Cut(rest, string(filepath.Separator))
		rest = after
		here := filepath.Join(done, part)
		to, err := os.Readlink(here)
		if err != nil || len(links) == mostLinks {
			done = here
			continue
		}
		links = append(links, here)
		if !filepath.IsAbs(to) {
			to = filepath.Join(done, to)
		}
		done, rest = volume(filepath.Join(to, rest))
	}
	return append(links, done)
}

// volume parts an absolute path into its root and the rest.
func volume(path string) (top, rest string) {
	top = filepath.VolumeName(path) + string(filepath.Separator)
	return top, strings.TrimPrefix(path, top)
}

// dropping tells what editors and file managers leave in folders for a moment
// or for ever: nothing that a person wrote.
func dropping(name string) bool {
	switch {
	case strings.HasPrefix(name, "."): // .x.swp (vim), .#x (emacs), .goutputstream-, .DS_Store, .git
		return true
	case strings.HasSuffix(name, "~"), // backups of vim, emacs, gedit
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"), // emacs
		strings.HasSuffix(name, "___jb_tmp___"), strings.HasSuffix(name, "___jb_old___"):
		return true
	}
	switch name {
	case "4913", // vim tries whether it can write here
		"Thumbs.db", "node_modules":
		return true
	}
	return false
}
