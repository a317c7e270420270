package docs

import (
	"errors"
	"io"
	"io/fs"
	"sync"
)

// witness is a content folder that remembers which of its files and folders could
// not be read. Much that is not there is fine, and whoever looks for it goes on
// without; what is there and fails must not be missing in silence, be it a folder,
// a picture, or a file of dates. Whoever reads may be many.
type witness struct {
	fs.FS
	mu     sync.Mutex
	failed map[string]error
}

func newWitness(files fs.FS) *witness { return &witness{FS: files, failed: map[string]error{}} }

// saw notes an error of something that is there. Links that lead nowhere, out of the
// folder or in a circle are not.
func (w *witness) saw(name string, err error) {
	if err == nil || err == io.EOF || errors.Is(err, fs.ErrNotExist) {
		return
	}
	if _, statErr := fs.Stat(w.FS, name); statErr != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed[name] == nil {
		w.failed[name] = err
	}
}

// errNoFile is what can be opened and may never end, or never begin.
var errNoFile = errors.New("it is a pipe or a device")

// Open implements [fs.FS]. It opens files and folders alone: whoever opens a pipe waits
// for somebody to write.
func (w *witness) Open(name string) (file fs.File, err error) {
	info, err := fs.Stat(w.FS, name)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	} else {
		file, err = w.FS.Open(name)
	}
	if err != nil {
		w.saw(name, err)
		return nil, err
	}
	return &witnessed{file, name, w}, nil
}

// ReadDir implements [fs.ReadDirFS].
func (w *witness) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(w.FS, name)
	if info, statErr := fs.Stat(w.FS, name); statErr != nil || info.IsDir() {
		w.saw(name, err)
	}
	return entries, err
}

// Stat implements [fs.StatFS].
func (w *witness) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.FS, name) }

// tell adds one for each failure that no other error is about.
func (w *witness) tell(to *findings) {
	for name, err := range w.failed {
		if of := to.files[name]; of == nil || of.all[Error] == 0 {
			to.find(unreadable, name, 0, "cannot be read: %v", err)
		}
	}
}

// witnessed is an open file.
type witnessed struct {
	fs.File
	name string
	seen *witness
}

// Read implements [fs.File].
func (f *witnessed) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.seen.saw(f.name, err)
	return n, err
}
