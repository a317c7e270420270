package server

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"loanleaf/generator/hosting"
	"loanleaf/generator/pack"
)

// renewed is a built folder that is opened anew when a build has put another
// generation in its place: a request is answered from one generation, and the last one
// stays until the next can be opened whole.
type renewed struct {
	dir string

	mu    sync.Mutex // of the three below
	now   *generation
	tried time.Time // when a next one could not be opened
	ended bool
}

// retryAgain is how long a generation that cannot be opened is left alone. Somebody who
// copies files into the folder one by one needs some time.
const retryAgain = time.Second

// generation is a folder as it was opened.
type generation struct {
	files host
	rules hosting.Rules // headers, which the folder itself says
	mark  mark
	use   sync.WaitGroup // of requests
}

// mark tells a generation from the next, by a look at the folder that reads nothing:
// the inode of its index if it is packed, else its own. Links to a file that stayed
// change neither. Of a folder that files are copied into, one by one, the files are read
// as they are, and its headers are looked at as well: pages do not work with those of others.
type mark struct {
	packed  bool
	info    os.FileInfo
	headers os.FileInfo // of a folder of files; nil: it has none
}

func markOf(dir string) (mark, error) {
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(pack.IndexName)))
	if err == nil {
		return mark{packed: true, info: info}, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return mark{}, err
	}
	headers, err := os.Lstat(filepath.Join(dir, hosting.HeadersFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return mark{}, err
	}
	info, err = os.Stat(dir)
	return mark{info: info, headers: headers}, err
}

func (m mark) same(o mark) bool {
	if m.packed != o.packed || !os.SameFile(m.info, o.info) {
		return false
	}
	if m.packed {
		return sameContent(m.info, o.info)
	}
	if m.headers == nil || o.headers == nil {
		return m.headers == nil && o.headers == nil
	}
	return os.SameFile(m.headers, o.headers) && sameContent(m.headers, o.headers)
}

// sameContent tells whether a file is as it was, as far as that can be told unread.
func sameContent(a, b os.FileInfo) bool {
	return a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func openRenewed(dir string) (*renewed, error) {
	f := &renewed{dir: dir}
	var err error
	f.now, err = f.open()
	return f, err
}

// open opens what stands in the folder now.
func (f *renewed) open() (*generation, error) {
	for range 10 {
		before, err := markOf(f.dir)
		if err != nil {
			return nil, err
		}
		files, err := openHost(f.dir)
		if err != nil {
			return nil, err
		}
		if _, err := files.file("index.html"); err != nil {
			return nil, errors.Join(errNoSite, files.Close())
		}
		rules, wrong := rulesOf(files)
		if after, err := markOf(f.dir); err == nil && after.same(before) {
			if wrong != nil {
				return nil, errors.Join(wrong, files.Close())
			}
			return &generation{files: files, rules: rules, mark: before}, nil
		}
		files.Close() // it was swapped while it was opened
	}
	return nil, errors.New("it is being replaced over and over")
}

// rulesOf reads the headers that the folder has for its files; none where it has none
// of that kind. One that cannot be read is an error: without it pages would lose what
// keeps them from being framed, and nobody would see it.
func rulesOf(files host) (hosting.Rules, error) {
	found, err := files.file(hosting.HeadersFile)
	if errors.Is(err, fs.ErrNotExist) {
		return hosting.Rules{}, nil
	}
	if err != nil {
		return hosting.Rules{}, err
	}
	text, err := found.bytes(new(bytes.Buffer), false)
	if err != nil {
		return hosting.Rules{}, err
	}
	return hosting.ParseHeaders(text)
}

var errNoSite = errors.New("it holds no index.html, so it is not a built site")

// current is the generation to answer from, the newest there is; it is to be given
// back with use.Done.
func (f *renewed) current() (*generation, error) {
	is, err := markOf(f.dir)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ended {
		return nil, fs.ErrClosed
	}
	// A folder that is not there for a moment is one that is being swapped.
	if err == nil && !is.same(f.now.mark) && time.Since(f.tried) > retryAgain {
		if next, err := f.open(); err == nil {
			go f.now.close()
			f.now, f.tried = next, time.Time{}
		} else {
			f.tried = time.Now()
		}
	}
	f.now.use.Add(1)
	return f.now, nil
}

// newer tells whether another generation can be had than g, which has not what was
// asked for: a plain folder loses its files once it is not the folder any more.
func (f *renewed) newer(g *generation) (*generation, bool) {
	next, err := f.current()
	if err != nil {
		return nil, false
	}
	if next == g {
		next.use.Done()
		return nil, false
	}
	return next, true
}

// close waits for the requests that use the generation.
func (g *generation) close() error {
	g.use.Wait()
	return g.files.Close()
}

// Close ends the use of the folder when the requests under way have ended.
func (f *renewed) Close() error {
	f.mu.Lock()
	ended := f.ended
	f.ended = true
	f.mu.Unlock() // requests under way may still ask for a newer generation, and get none
	if ended {
		return nil
	}
	return f.now.close()
}

// read finds the file behind a path below root.
func (g *generation) read(name string) (found hostedFile, file string, err error) {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.Contains(name, "/.") || strings.Contains(name, "//") || strings.Contains(name, `\`) {
		return hostedFile{}, "", fs.ErrNotExist
	}
	candidates := []string{name, name + ".html"}
	if name == "" || strings.HasSuffix(name, "/") {
		candidates = []string{name + "index.html"}
	}
	for _, file := range candidates {
		if found, err := g.files.file(file); err == nil || errors.Is(err, errDamaged) {
			return found, file, err
		}
	}
	return hostedFile{}, "", fs.ErrNotExist
}
