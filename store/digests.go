package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// Digests remembers what is in long files, for [Key]: gigabytes take seconds to read, and
// a server has its data again before that. A file is the one it was while the
// system says the same of it: device, number, length, and the times at which its
// content and its entry changed, the second of which no program can set.
type Digests struct {
	path  string
	now   time.Time
	known map[fileState]string // SHA-256, in hexadecimal
	used  map[fileState]string // by this run
}

// fileState is what the system says of a file. Times are in nanoseconds.
type fileState struct {
	Device, Number, Length, Modified, Changed int64
}

// remembered is a line of the file that Digests are kept in.
type remembered struct {
	fileState
	SHA256 string
}

const (
	// longFile is from what length on in bytes a file is worth remembering; what is
	// shorter takes no millisecond to read.
	longFile = 1 << 20
	// settled is how long ago a file must have changed: until then a later change
	// could bear the same time.
	settled = 2 * time.Second
	// mostRemembered bounds the files that are remembered though this run did not use them.
	mostRemembered = 1000
)

// OpenDigests reads what an earlier run saved at path. Where there is nothing, or
// nothing that can be read, every file is read once more. now is the time.
func OpenDigests(path string, now time.Time) *Digests {
	d := &Digests{path: path, now: now, known: map[fileState]string{}, used: map[fileState]string{}}
	file, err := os.Open(path)
	if err != nil {
		return d
	}
	defer file.Close()
	for lines := json.NewDecoder(file); ; {
		var r remembered
		if err := lines.Decode(&r); err != nil {
			return d
		}
		if sum, err := hex.DecodeString(r.SHA256); err == nil && len(sum) == sha256.Size {
			d.known[r.fileState] = r.SHA256
		}
	}
}

// Save writes what is known now for the next run, if this one learned anything. Its
// folder is made. An error costs that run time alone.
func (d *Digests) Save() error {
	news := false
	for state := range d.used {
		if _, is := d.known[state]; !is {
			news = true
		}
	}
	if !news {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(d.path), 0o700); err != nil {
		return fmt.Errorf("digests of files: %w", err)
	}
	// Others may save at the same time: each has a file of its own.
	file, err := os.CreateTemp(filepath.Dir(d.path), "."+filepath.Base(d.path)+"-")
	if err != nil {
		return fmt.Errorf("digests of files: %w", err)
	}
	lines := json.NewEncoder(file)
	for state, sum := range d.used {
		err = errors.Join(err, lines.Encode(remembered{state, sum}))
	}
	others := 0
	for state, sum := range d.known {
		if _, is := d.used[state]; is || others == mostRemembered {
			continue
		}
		others++
		err = errors.Join(err, lines.Encode(remembered{state, sum}))
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), d.path)
	}
	if err != nil {
		os.Remove(file.Name())
		return fmt.Errorf("digests of files: %w", err)
	}
	return nil
}

// of is the SHA-256 of a file, in hexadecimal, read or remembered.
func (d *Digests) of(ctx context.Context, file *os.File) (string, error) {
	before, err := stateOf(file)
	if err != nil {
		return "", err
	}
	if d != nil {
		if sum, is := d.known[before]; is {
			d.used[before] = sum
			return sum, nil
		}
	}
	h := sha256.New()
	if _, err := io.Copy(h, &interruptible{ctx, file}); err != nil {
		return "", err
	}
	sum := hex.EncodeToString(h.Sum(nil))
	if d == nil || before.Length < longFile || before.Changed > d.now.Add(-settled).UnixNano() {
		return sum, nil
	}
	if after, err := stateOf(file); err == nil && after == before {
		d.used[before] = sum
	}
	return sum, nil
}

func stateOf(file *os.File) (fileState, error) {
	var s unix.Stat_t
	if err := unix.Fstat(int(file.Fd()), &s); err != nil {
		return fileState{}, fmt.Errorf("state: %w", err)
	}
	return fileState{int64(s.Dev), int64(s.Ino), s.Size, unix.TimespecToNsec(s.Mtim), unix.TimespecToNsec(s.Ctim)}, nil
}

// interruptible is a reader that ends with its context.
type interruptible struct {
	ctx context.Context
	io.Reader
}

func (r *interruptible) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(b)
}
