package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"golang.org/x/sys/unix"
)

// Write puts one file into the new generation: body under name, a slash path
// relative to the folder. A file that the last generation had with the same
// bytes is not written; it is brought over at Commit with its inode and times.
// The body is not kept after the return. Safe for concurrent use.
//
// It refuses a name that is empty, absolute, not clean ("a//b", "./a", ".."),
// longer than 1,024 bytes or 255 a segment, not UTF-8, with a backslash or a
// control character, or inside .loanleaf; a name written before; a name that is a
// file here and a folder there; and a name where the folder holds a file that is
// not ours ([ErrNotOurs]). A refusal leaves the rest of the generation as it was.
// A failure to write does not: Commit will return it.
func (f *Folder) Write(name string, body []byte) error {
	if err := checkName(name); err != nil {
		return err
	}
	f.life.RLock()
	defer f.life.RUnlock()
	if f.over {
		return fmt.Errorf("write %s: %w", name, ErrClosed)
	}
	sum := sha256.Sum256(body)
	place, err := f.place(name, sum)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	kept, doubted := false, false
	if place.same {
		kept, doubted = f.untouched(name, body)
	}
	if !kept {
		if err := f.disk.create(f.stage, name, body); err != nil {
			err = fmt.Errorf("write %s: %w", name, err)
			f.fail(err)
			return err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count(place, kept, doubted, len(body))
	entry := Entry{Name: name, Size: int64(len(body)), Sum: sum}
	if err := f.spool.add(record{Entry: entry, kept: kept}); err != nil {
		f.broken = errors.Join(f.broken, err)
		return err
	}
	return nil
}

// fail remembers the first failure: a page that could not be written must not
// be missing from a site that says it is whole.
func (f *Folder) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken == nil {
		f.broken = err
	}
}

func (f *Folder) count(p place, kept, doubted bool, size int) {
	switch {
	case kept:
		f.report.Kept++
	case p.known:
		f.report.Changed++
	default:
		f.report.Made++
	}
	if p.known {
		f.lastKept++
	}
	if doubted {
		f.doubted++
	}
	f.report.Bytes += int64(size)
}

// place is where a name stands between the last generation and this one.
type place struct {
	known bool // the last generation had a file of this name
	same  bool // and, by its manifest, with this content
}

// place claims a name for this generation.
func (f *Folder) place(name string, sum [sha256.Size]byte) (p place, err error) {
	k := keyOf(name)
	row := f.last.find(k)
	p.known = row >= 0 && !f.last.rows[row].folder

	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.folders[k]; ok {
		return p, errors.New("a folder of this name holds other files")
	}
	if f.written(k) {
		return p, errors.New("written twice")
	}
	plain, err := f.enter(parentOf(name))
	if err != nil {
		return p, err
	}
	if !p.known {
		if plain {
			if err := f.vacant(name); err != nil {
				return p, err
			}
		}
		f.fresh[k] = struct{}{}
		return p, nil
	}
	f.last.claims[row] = written
	p.same = plain && f.last.rows[row].content == key(sum[:16])
	return p, nil
}

func (f *Folder) written(k key) bool {
	if i := f.last.find(k); i >= 0 && f.last.claims[i] != unclaimed {
		return true
	}
	_, ok := f.fresh[k]
	return ok
}

// enter claims a folder and those above it, and says whether the last generation
// has it as a plain folder: nothing is looked up or linked through a symlink that
// somebody put in its place.
func (f *Folder) enter(folder string) (plain bool, err error) {
	if folder == "" {
		return f.last != nil, nil
	}
	k := keyOf(folder)
	if plain, ok := f.folders[k]; ok {
		return plain, nil
	}
	if f.written(k) {
		return false, fmt.Errorf("%s is a file", folder)
	}
	plain, err = f.enter(parentOf(folder))
	if err != nil {
		return false, err
	}
	if plain {
		st, err := stat(f.old, folder)
		switch {
		case err != nil:
			plain = false
		case !isFolder(&st):
			plain = false
			if !f.last.owns(folder, false) {
				return false, fmt.Errorf("%s in the folder is %w (move it away)", folder, ErrNotOurs)
			}
		}
	}
	f.folders[k] = plain
	return plain, nil
}

// vacant refuses a name that the folder has already, without being ours. What
// lies in a folder of this name is seen only at Commit.
func (f *Folder) vacant(name string) error {
	st, err := stat(f.old, name)
	if err == nil && !isFolder(&st) {
		return fmt.Errorf("the file of this name in the folder is %w (move it away)", ErrNotOurs)
	}
	return nil
}

// untouched says whether the file of the last generation is still what its
// manifest says. Its size, mode and change time prove that without a read. When
// the times prove nothing, after a copy of the folder, a chown or an edit, its
// bytes are compared: doubted.
func (f *Folder) untouched(name string, body []byte) (kept, doubted bool) {
	st, err := stat(f.old, name)
	if err != nil || !isFile(&st) || st.Size != int64(len(body)) || st.Mode&0o7777 != fileMode {
		return false, false
	}
	if before(st.Ctim, f.stamp) {
		return true, false
	}
	file, err := openFile(f.old, name)
	if err != nil {
		return false, false
	}
	defer file.Close()
	buf := make([]byte, min(len(body)+1, 64<<10))
	for {
		n, err := file.Read(buf)
		if !bytes.HasPrefix(body, buf[:n]) {
			return false, false
		}
		body = body[n:]
		if err != nil {
			return err == io.EOF && len(body) == 0, true
		}
	}
}

func before(a, b unix.Timespec) bool {
	return a.Sec < b.Sec || a.Sec == b.Sec && a.Nsec < b.Nsec
}

func ignoreEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
