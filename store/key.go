package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// keyedBytes is how much of the head, and of the tail, of a file its key is
// made from.
const keyedBytes = 64 << 10

// Dir is the folder for the store of the sources with this key, under the
// user's cache directory: cacheDir/loanleaf/KEY.
func Dir(cacheDir, key string) string { return filepath.Join(cacheDir, "loanleaf", key) }

// Key tells sources apart: 32 hexadecimal digits, made from the paths in
// their order, of each file its name, its size, and its first and last 64 KiB,
// of each folder all that is in it, in the order of names (DESIGN, the row on
// --store). Neither modification times nor where the paths lie count, so that
// a copy has the key of its original; an edit in the middle of a large file
// that keeps its size is not seen.
//
// Whatever else decides what is imported, such as a file of excluded ids, is
// given as one more path. Links in folders count as the file they lead to;
// what is neither file nor folder counts by its name alone.
func Key(paths []string) (string, error) {
	h := sha256.New()
	for _, path := range paths {
		if err := keySource(h, path); err != nil {
			return "", fmt.Errorf("key of the sources: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func keySource(h hash.Hash, path string) error {
	// The base of "." or of a path with a trailing slash is the folder's name.
	whole, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "source %q\n", filepath.Base(whole))
	if whole, err = filepath.EvalSymlinks(whole); err != nil {
		return err
	}
	return filepath.WalkDir(whole, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		inside, err := filepath.Rel(whole, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "entry %q\n", filepath.ToSlash(inside))
		info, err := os.Stat(name)
		if err != nil && (entry.Type()&fs.ModeSymlink != 0 || errors.Is(err, fs.ErrNotExist)) {
			return nil // a link to nothing, or one that leads in a circle
		}
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return nil
		}
		return keyFile(h, name, info.Size())
	})
}

func keyFile(h hash.Hash, name string, size int64) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	fmt.Fprintf(h, "%d bytes\n", size)
	head := io.NewSectionReader(file, 0, min(size, keyedBytes))
	tail := io.NewSectionReader(file, max(size-keyedBytes, 0), keyedBytes)
	for _, part := range []io.Reader{head, tail} {
		if _, err := io.Copy(h, part); err != nil {
			return err
		}
	}
	return nil
}
