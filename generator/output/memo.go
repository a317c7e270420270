package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

const (
	memoName = markerFolder + "/inputs"
	// memoSeal is what stands behind the text of a memo: the SHA-256 of the text,
	// and that of the manifest it was left with.
	memoSeal = 2 * sha256.Size
)

// memo is one being written.
type memo struct {
	file *os.File
	sum  hash.Hash
	size int64
}

// NewMemo begins the memo of this generation: bytes of the caller's that the next
// generation can read with [Folder.Memo], such as what its files were made from.
// It is not for concurrent use, and all of it is written before Commit.
func (f *Folder) NewMemo() (io.Writer, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.over || f.memo != nil {
		return nil, fmt.Errorf("memo: %w, or has one", ErrClosed)
	}
	if err := f.disk.create(f.stage, memoName, nil); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(filepath.Join(f.stage.Name(), memoName), os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	f.memo = &memo{file: file, sum: sha256.New()}
	return f.memo, nil
}

func (m *memo) Write(p []byte) (int, error) {
	n, err := m.file.Write(p)
	m.sum.Write(p[:n])
	m.size += int64(n)
	return n, err
}

// seal ties the memo to the manifest of its generation.
func (m *memo) seal(manifest [sha256.Size]byte) error {
	_, err := m.file.Write(append(m.sum.Sum(nil), manifest[:]...))
	return err
}

// Memo opens what the last generation left for this one. It wraps fs.ErrNotExist
// when it left none, and says so too when what lies there is damaged, or was left
// with another manifest than the folder's: then nothing of it can be believed.
// Whoever opens it closes it, before Commit.
func (f *Folder) Memo() (io.ReadCloser, error) {
	if f.last == nil {
		return nil, fmt.Errorf("memo: %w", os.ErrNotExist)
	}
	memo, err := openMemo(f.old, f.last.sum)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.believed = true
	return memo, nil
}

// openMemo opens the memo of the folder dir if it is whole, and was left with the
// manifest of that hash.
func openMemo(dir *os.File, manifest [sha256.Size]byte) (io.ReadCloser, error) {
	file, err := openFile(dir, memoName)
	if err != nil {
		return nil, err
	}
	size, seal, err := readSeal(file)
	if err == nil && !bytes.Equal(seal[sha256.Size:], manifest[:]) {
		err = errors.New("it was left with another manifest")
	}
	sum := sha256.New()
	if err == nil {
		_, err = io.Copy(sum, io.NewSectionReader(file, 0, size))
	}
	if err == nil && !bytes.Equal(seal[:sha256.Size], sum.Sum(nil)) {
		err = errors.New("it is damaged")
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("memo: %w: %w", os.ErrNotExist, err), file.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{io.NewSectionReader(file, 0, size), file}, nil
}

// readSeal gives the length of a memo's text, and its seal.
func readSeal(file *os.File) (size int64, seal []byte, err error) {
	info, err := file.Stat()
	if err != nil {
		return 0, nil, err
	}
	if size = info.Size() - memoSeal; size < 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	seal = make([]byte, memoSeal)
	_, err = file.ReadAt(seal, size)
	return size, seal, err
}

// renewMemo leaves the memo of a generation that equals the last: the files are
// the same, though what they were made from may not be. One that says the same,
// and was found whole, is not touched.
func (f *Folder) renewMemo() error {
	if f.memo == nil {
		return nil
	}
	if f.believed {
		same, err := f.saysTheSame()
		if same || err != nil {
			return err
		}
	}
	if err := f.memo.seal(f.last.sum); err != nil {
		return err
	}
	return f.disk.rename(f.stage, memoName, f.old, memoName)
}

// saysTheSame compares the memo with the last generation's.
func (f *Folder) saysTheSame() (bool, error) {
	old, err := openFile(f.old, memoName)
	if err != nil {
		return false, ignoreMissing(err)
	}
	defer old.Close()
	size, seal, err := readSeal(old)
	return size == f.memo.size && bytes.Equal(seal, append(f.memo.sum.Sum(nil), f.last.sum[:]...)), err
}
