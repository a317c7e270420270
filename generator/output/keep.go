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
)

// Keep puts a file of the last generation into the new one as it is, without
// its body: for a caller that knows from elsewhere, as from a memo
// ([Folder.Memo]), that Write would be given the same bytes. It says false when
// there is no such file, or when it is not as it was left (the file is edited, gone,
// or a link is in its place): the caller then makes the body and calls Write.
// Names are refused as Write refuses them. Safe for concurrent use.
//
// It costs a look at the file and no read, and the name takes no more memory
// than the last generation's does anyway. A file whose times prove nothing is
// read, and compared by its hash.
func (f *Folder) Keep(name string) (bool, error) {
	if err := checkName(name); err != nil {
		return false, err
	}
	f.life.RLock()
	defer f.life.RUnlock()
	if f.over {
		return false, fmt.Errorf("keep %s: %w", name, ErrClosed)
	}
	k := keyOf(name)
	row := f.last.find(k)
	if row < 0 || f.last.rows[row].folder {
		return false, nil
	}
	size, kept, doubted := f.unaltered(name, f.last.rows[row].content)
	if !kept {
		return false, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.folders[k]; ok {
		return false, fmt.Errorf("keep %s: a folder of this name holds other files", name)
	}
	if f.written(k) {
		return false, fmt.Errorf("keep %s: written twice", name)
	}
	if plain, err := f.enter(parentOf(name)); err != nil || !plain {
		return false, err
	}
	f.last.claims[row] = keptUnread
	f.unread++
	f.count(place{known: true, same: true}, true, doubted, size)
	return true, nil
}

// unaltered says whether the file of the last generation is what its manifest
// says, when nobody has the body at hand: untouched, by the hash.
func (f *Folder) unaltered(name string, content key) (size int, kept, doubted bool) {
	st, err := stat(f.old, name)
	if err != nil || !isFile(&st) || st.Mode&0o7777 != fileMode {
		return 0, false, false
	}
	if before(st.Ctim, f.stamp) {
		return int(st.Size), true, false
	}
	file, err := openFile(f.old, name)
	if err != nil {
		return 0, false, false
	}
	defer file.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, file)
	if err != nil || key(sum.Sum(nil)[:16]) != content {
		return 0, false, false
	}
	return int(n), true, true
}

// errEnough ends a scan before the end.
var errEnough = errors.New("enough")

// entries gives every file of this generation by name: those of the spool, and
// those that were kept unread, whose lines are in the last manifest. Both are
// sorted, so neither is held in memory. It ends after the first error.
func (f *Folder) entries() iter.Seq2[record, error] {
	if f.unread == 0 {
		return f.spool.sorted()
	}
	return func(yield func(record, error) bool) {
		next, stop := iter.Pull2(f.spool.sorted())
		defer stop()
		r, err, more := next()
		// upTo gives what the spool has before a name, or to its end for "".
		upTo := func(name string) error {
			for more && (err != nil || name == "" || r.Name < name) {
				if !yield(r, err) || err != nil {
					return errEnough
				}
				r, err, more = next()
			}
			return nil
		}
		path := filepath.Join(f.path, filepath.FromSlash(manifestName))
		_, scanned := scanManifest(path, io.Discard, func(e Entry) error {
			row := f.last.find(keyOf(e.Name))
			if row < 0 || f.last.claims[row] != keptUnread {
				return nil
			}
			if err := upTo(e.Name); err != nil {
				return err
			}
			if !yield(record{Entry: e, kept: true}, nil) {
				return errEnough
			}
			return nil
		})
		if scanned == nil {
			scanned = upTo("")
		}
		if scanned != nil && !errors.Is(scanned, errEnough) {
			yield(record{}, scanned)
		}
	}
}

// Last opens a file of the last generation for reading, if it is as it was left;
// the error wraps fs.ErrNotExist when it is not, or there is none. The caller closes it.
func (f *Folder) Last(name string) (*os.File, error) {
	f.life.RLock()
	defer f.life.RUnlock()
	if f.over {
		return nil, fmt.Errorf("open %s: %w", name, ErrClosed)
	}
	row := f.last.find(keyOf(name))
	if row < 0 || f.last.rows[row].folder {
		return nil, fmt.Errorf("%s in the last generation: %w", name, fs.ErrNotExist)
	}
	if _, kept, _ := f.unaltered(name, f.last.rows[row].content); !kept {
		return nil, fmt.Errorf("%s is not as the last generation left it: %w", name, fs.ErrNotExist)
	}
	return openFile(f.old, name)
}

// ScratchFile is read and written at any place.
type ScratchFile = interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
}

// Scratch makes a file for the caller's own use, on the drive of the folder. It has
// no name, and is gone when it is closed.
func (f *Folder) Scratch() (ScratchFile, error) {
	const name = markerFolder + "/scratch"
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.over {
		return nil, fmt.Errorf("scratch: %w", ErrClosed)
	}
	if err := f.disk.create(f.stage, name, nil); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(f.stage.Name(), name), os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err := f.disk.unlink(f.stage, name); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}
