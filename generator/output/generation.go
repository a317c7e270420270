package output

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// A Generation is a whole one of another folder, of which a [Folder] takes files
// ([Folder.Take]). It is held: no build writes that folder until Close.
type Generation struct {
	path   string
	parent *os.File
	dir    *os.File
	lock   *lock
	stamp  unix.Timespec     // of the manifest: times of files before it prove something
	sum    [sha256.Size]byte // of the manifest
}

// OpenGeneration opens what stands in the folder dir. The error wraps
// fs.ErrNotExist when there is no generation of ours, and [ErrLocked] while one is
// being made; a manifest that is damaged is an error too.
func OpenGeneration(dir string) (_ *Generation, err error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open generation %s: %w", dir, err)
	}
	g := &Generation{path: path}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("open generation %s: %w", dir, err), g.Close())
		}
	}()
	if g.parent, err = os.Open(filepath.Dir(path)); err != nil {
		return nil, err
	}
	if g.dir, err = openFolder(g.parent, filepath.Base(path)); err != nil {
		return nil, err
	}
	if g.lock, err = acquire(g.parent, "."+filepath.Base(path)+".loanleaf-lock"); err != nil {
		return nil, err
	}
	manifest, err := stat(g.dir, manifestName)
	if err != nil {
		return nil, err
	}
	sum := sha256.New()
	if _, err := scanManifest(g.manifest(), sum, func(Entry) error { return nil }); err != nil {
		return nil, err
	}
	g.stamp = manifest.Ctim
	sum.Sum(g.sum[:0])
	return g, nil
}

func (g *Generation) manifest() string {
	return filepath.Join(g.path, filepath.FromSlash(manifestName))
}

// Close lets the folder go. A second Close does nothing.
func (g *Generation) Close() error {
	var errs []error
	if g.lock != nil {
		errs = append(errs, g.lock.release())
		g.lock = nil
	}
	for _, file := range []*os.File{g.dir, g.parent} {
		if file != nil {
			errs = append(errs, file.Close())
		}
	}
	g.dir, g.parent = nil, nil
	return errors.Join(errs...)
}

// Entries gives the files by name, one at a time. It ends after the first error.
func (g *Generation) Entries() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		_, err := scanManifest(g.manifest(), io.Discard, func(e Entry) error {
			if !yield(e, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(Entry{}, err)
		}
	}
}

// File opens a file for reading, if it is what the manifest says of it: an error
// wraps [ErrAltered] when it is not.
func (g *Generation) File(e Entry) (*os.File, error) {
	if err := g.verify(e); err != nil {
		return nil, err
	}
	return openFile(g.dir, e.Name)
}

// Memo opens what was left with the files. It wraps fs.ErrNotExist as
// [Folder.Memo] does.
func (g *Generation) Memo() (io.ReadCloser, error) { return openMemo(g.dir, g.sum) }

// ErrAltered is wrapped when a file of a generation is not what it was when the
// generation was made.
var ErrAltered = errors.New("altered or gone since it was made")

// verify looks at a file as [Folder] does at those of its last generation, and
// compares its bytes where the times prove nothing.
func (g *Generation) verify(e Entry) error {
	st, err := stat(g.dir, e.Name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	altered := fmt.Errorf("%s in %s was %w (build it again)", e.Name, g.path, ErrAltered)
	if err != nil || !isFile(&st) || st.Size != e.Size {
		return altered
	}
	if before(st.Ctim, g.stamp) {
		return nil
	}
	file, err := openFile(g.dir, e.Name)
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return err
	}
	if [sha256.Size]byte(sum.Sum(nil)) != e.Sum {
		return altered
	}
	return nil
}
