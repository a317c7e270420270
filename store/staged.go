package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// ErrBusy is an import into a path that another import is at work on.
var ErrBusy = errors.New("another import into it is at work")

// What the file of an import is called: the name of the path between these.
// One that a killed import left is found by its name and by its lock, which
// died with it.
const (
	stagedPrefix = "."
	stagedSuffix = ".importing"
)

// staged is a file that will be renamed over path. It is locked while it is
// staged, with flock(2), so that the system takes the lock back whatever
// becomes of the program.
type staged struct {
	path, temp string
	file       *os.File
}

// stage makes an empty locked file in the folder of path, and clears the
// folder of those that killed imports left behind. What stands at path must be
// of the same kind.
func stage(path string, kind fileKind) (*staged, error) {
	folder, name := filepath.Split(path)
	if name == "" {
		return nil, errors.New("it names a folder")
	}
	if err := kind.checkReplaceable(path); err != nil {
		return nil, err
	}
	s := &staged{path: path, temp: folder + stagedPrefix + name + stagedSuffix}
	file, err := lock(s.temp, os.O_CREATE)
	if err != nil {
		return nil, err
	}
	s.file = file
	if err := errors.Join(file.Truncate(0), sweep(folder, s.temp)); err != nil {
		return nil, errors.Join(err, s.discard())
	}
	return s, nil
}

// lock opens and locks the file called name, or gives [ErrBusy]. The one who
// held the lock before may have renamed or removed the file it opened, so it
// looks again whether the name still means the file it locked.
func lock(name string, flag int) (*os.File, error) {
	for {
		file, err := os.OpenFile(name, os.O_RDWR|flag, 0o600)
		if err != nil {
			return nil, err
		}
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if errors.Is(err, syscall.EINTR) {
			file.Close()
			continue
		}
		if errors.Is(err, syscall.EWOULDBLOCK) {
			file.Close()
			return nil, ErrBusy
		}
		if err != nil {
			file.Close()
			return nil, fmt.Errorf("lock %s: %w", name, err)
		}
		locked, err := file.Stat()
		if err == nil {
			var named fs.FileInfo
			if named, err = os.Stat(name); err == nil && os.SameFile(locked, named) {
				return file, nil
			}
		}
		file.Close()
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
}

// sweep removes staged files that nobody holds, but for the one called keep.
func sweep(folder, keep string) error {
	if folder == "" {
		folder = "."
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := filepath.Join(folder, e.Name())
		ours := e.Type().IsRegular() && strings.HasPrefix(e.Name(), stagedPrefix) && strings.HasSuffix(e.Name(), stagedSuffix)
		if !ours || name == filepath.Clean(keep) {
			continue
		}
		file, err := lock(name, 0)
		if errors.Is(err, ErrBusy) || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(os.Remove(name), file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// publish makes the file durable and puts it in place of path.
func (s *staged) publish() error {
	if err := s.file.Sync(); err != nil {
		return err
	}
	if err := os.Rename(s.temp, s.path); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(s.path))
	if err != nil {
		return errors.Join(err, s.file.Close())
	}
	return errors.Join(folder.Sync(), folder.Close(), s.file.Close())
}

// discard removes the file; path stays as it is.
func (s *staged) discard() error {
	return errors.Join(os.Remove(s.temp), s.file.Close())
}
