package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
)

// Dir is the folder for the store of the sources with this key, under the
// user's cache directory: cacheDir/loanleaf/KEY.
func Dir(cacheDir, key string) string { return filepath.Join(cacheDir, "loanleaf", key) }

// Key tells sources apart: 32 hexadecimal digits, made from the paths in
// their order, of each file its name and all that is in it, of each folder all
// files in it, in the order of names. Neither modification times nor where the
// paths lie count, so that a copy has the key of its original. known spares reading
// long files that nobody touched since the last time; it may be nil.
//
// Whatever else decides what is imported, such as a file of excluded ids, is
// given as one more path. Links in folders count as the file they lead to;
// what is neither file nor folder counts by its name alone.
func Key(ctx context.Context, paths []string, known *Digests) (string, error) {
	h := sha256.New()
	for _, path := range paths {
		if err := keySource(ctx, h, path, known); err != nil {
			return "", fmt.Errorf("key of the sources: %w", err)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func keySource(ctx context.Context, h hash.Hash, path string, known *Digests) error {
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
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		digest, err := known.of(ctx, file)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(h, "content %x\n", digest)
		return nil
	})
}
