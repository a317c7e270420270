package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// lock is held by the one build that may change a folder. It is flock's, so
// it ends with the process however that ends; the file itself says nothing.
type lock struct {
	file   *os.File
	parent *os.File
	name   string
}

// acquire takes the lock or fails at once with [ErrLocked].
func acquire(parent *os.File, name string) (*lock, error) {
	for {
		var fd int
		err := retry("lock", name, func() (err error) {
			fd, err = unix.Openat(int(parent.Fd()), name, unix.O_RDWR|unix.O_CREAT|unix.O_NOFOLLOW|unix.O_CLOEXEC, fileMode)
			return err
		})
		if err != nil {
			return nil, err
		}
		l := &lock{file: os.NewFile(uintptr(fd), name), parent: parent, name: name}
		err = retry("lock", name, func() error { return unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB) })
		if errors.Is(err, unix.EWOULDBLOCK) {
			return nil, errors.Join(ErrLocked, l.file.Close())
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("lock the folder: %w", err), l.file.Close())
		}
		// The last holder removes the file as it leaves: a lock on a file that
		// has no name any more would keep nobody out.
		current, err := l.current()
		if err != nil {
			return nil, errors.Join(err, l.file.Close())
		}
		if current {
			return l, nil
		}
		l.file.Close()
	}
}

func (l *lock) current() (bool, error) {
	var held unix.Stat_t
	if err := unix.Fstat(int(l.file.Fd()), &held); err != nil {
		return false, &fs.PathError{Op: "stat", Path: l.name, Err: err}
	}
	named, err := stat(l.parent, l.name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && held.Ino == named.Ino && held.Dev == named.Dev, err
}

func (l *lock) release() error {
	err := unix.Unlinkat(int(l.parent.Fd()), l.name, 0)
	if err != nil {
		err = &fs.PathError{Op: "unlink", Path: l.name, Err: err}
	}
	return errors.Join(err, l.file.Close())
}
