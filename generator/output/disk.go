package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

const (
	fileMode   = 0o644
	folderMode = 0o755
	// beneath opens a folder as itself, never through a symlink.
	beneath = unix.O_RDONLY | unix.O_DIRECTORY | unix.O_NOFOLLOW | unix.O_CLOEXEC
)

// disk makes every change this package makes to the file system but the lock,
// so that a test can fail or kill any one of them. Names are relative to an
// open folder: shorter look-ups, and no race with a folder above it renamed.
type disk struct {
	before   func(op, name string) error // nil outside tests
	unsynced bool
	// Set once by probe: whether the umask or a default ACL takes bits away.
	chmodFiles, chmodFolders bool
}

func (d *disk) allow(op, name string) error {
	if d.before == nil {
		return nil
	}
	if err := d.before(op, name); err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

// retry repeats a system call that a signal interrupted; slow and remote file
// systems do that to any of them.
func retry(op, name string, call func() error) error {
	for {
		err := call()
		if err == nil {
			return nil
		}
		if !errors.Is(err, unix.EINTR) {
			return &fs.PathError{Op: op, Path: name, Err: err}
		}
	}
}

// openFolder opens a folder below at, refusing a symlink in its last segment.
func openFolder(at *os.File, name string) (*os.File, error) {
	var fd int
	err := retry("open", name, func() (err error) {
		fd, err = unix.Openat(int(at.Fd()), name, beneath, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), filepath.Join(at.Name(), name)), nil
}

// openFile opens a file below at for reading, and never waits: a FIFO put in
// its place would.
func openFile(at *os.File, name string) (*os.File, error) {
	var fd int
	err := retry("open", name, func() (err error) {
		fd, err = unix.Openat(int(at.Fd()), name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), filepath.Join(at.Name(), name)), nil
}

// stat looks at name itself, not at what a symlink there points to.
func stat(at *os.File, name string) (st unix.Stat_t, err error) {
	err = retry("lstat", name, func() error {
		return unix.Fstatat(int(at.Fd()), name, &st, unix.AT_SYMLINK_NOFOLLOW)
	})
	return st, err
}

func isFolder(st *unix.Stat_t) bool { return uint32(st.Mode)&unix.S_IFMT == unix.S_IFDIR }
func isFile(st *unix.Stat_t) bool   { return uint32(st.Mode)&unix.S_IFMT == unix.S_IFREG }

// probe makes the marker folder in a new stage and learns there what modes
// come out, so that writing a page needs no chmod under the usual umask.
func (d *disk) probe(stage *os.File) error {
	if err := d.mkdir(stage, markerFolder, folderMode); err != nil {
		return err
	}
	const name = markerFolder + "/probe"
	d.chmodFiles = false
	if err := d.create(stage, name, nil); err != nil {
		return err
	}
	st, err := stat(stage, name)
	if err != nil {
		return err
	}
	d.chmodFiles = st.Mode&0o7777 != fileMode
	return d.unlink(stage, name)
}

// create writes a new file, making its folders where they are missing. A file
// already there is an error: a stage holds each name once, and two names that
// differ only by case meet here on a file system that ignores it.
func (d *disk) create(at *os.File, name string, body []byte) error {
	if err := d.allow("create", name); err != nil {
		return err
	}
	fd, err := d.open(at, name)
	if errors.Is(err, fs.ErrNotExist) {
		if err := d.mkdirs(at, parentOf(name)); err != nil {
			return err
		}
		fd, err = d.open(at, name)
	}
	if err != nil {
		return err
	}
	err = d.fill(fd, name, body)
	if err == nil && d.chmodFiles {
		err = retry("chmod", name, func() error { return unix.Fchmod(fd, fileMode) })
	}
	// Close is not retried: after EINTR the descriptor is gone on Linux.
	if cerr := unix.Close(fd); cerr != nil && err == nil {
		err = &fs.PathError{Op: "close", Path: name, Err: cerr}
	}
	return err
}

func (d *disk) open(at *os.File, name string) (fd int, err error) {
	err = retry("create", name, func() (err error) {
		fd, err = unix.Openat(int(at.Fd()), name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW|unix.O_CLOEXEC, fileMode)
		return err
	})
	return fd, err
}

func (d *disk) fill(fd int, name string, body []byte) error {
	if err := d.allow("write", name); err != nil {
		return err
	}
	for len(body) > 0 {
		n := 0
		err := retry("write", name, func() (err error) {
			n, err = unix.Write(fd, body)
			return err
		})
		if err != nil {
			return err
		}
		body = body[n:]
	}
	return nil
}

// mkdirs makes a folder and those above it. Another worker may make the same
// ones at the same time.
func (d *disk) mkdirs(at *os.File, name string) error {
	if name == "" {
		return nil
	}
	err := d.mkdir(at, name, folderMode)
	if errors.Is(err, fs.ErrNotExist) {
		if err := d.mkdirs(at, parentOf(name)); err != nil {
			return err
		}
		err = d.mkdir(at, name, folderMode)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil // a file in its place fails whatever is then made inside
	}
	return err
}

func (d *disk) mkdir(at *os.File, name string, mode uint32) error {
	if err := d.allow("mkdir", name); err != nil {
		return err
	}
	err := retry("mkdir", name, func() error { return unix.Mkdirat(int(at.Fd()), name, mode) })
	if err != nil {
		return err
	}
	if !d.chmodFolders && mode == folderMode {
		return nil
	}
	return retry("chmod", name, func() error { return unix.Fchmodat(int(at.Fd()), name, mode, 0) })
}

// link gives a file a second name in another folder, making that name's
// folders where they are missing.
func (d *disk) link(from, to *os.File, name string) error {
	if err := d.allow("link", name); err != nil {
		return err
	}
	call := func() error { return unix.Linkat(int(from.Fd()), name, int(to.Fd()), name, 0) }
	err := retry("link", name, call)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := d.mkdirs(to, parentOf(name)); err != nil {
		return err
	}
	return retry("link", name, call)
}

func (d *disk) symlink(target string, at *os.File, name string) error {
	if err := d.allow("symlink", name); err != nil {
		return err
	}
	return retry("symlink", name, func() error { return unix.Symlinkat(target, int(at.Fd()), name) })
}

func (d *disk) rename(from *os.File, old string, to *os.File, name string) error {
	if err := d.allow("rename", name); err != nil {
		return err
	}
	return retry("rename", name, func() error { return unix.Renameat(int(from.Fd()), old, int(to.Fd()), name) })
}

// exchange swaps two names of one folder in one step. An error that is
// errors.ErrUnsupported says that this file system cannot.
func (d *disk) exchange(at *os.File, a, b string) error {
	if err := d.allow("exchange", a); err != nil {
		return err
	}
	err := retry("exchange", a, func() error { return exchange(int(at.Fd()), a, b) })
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.ENOTSUP) {
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return err
}

func (d *disk) unlink(at *os.File, name string) error {
	if err := d.allow("unlink", name); err != nil {
		return err
	}
	return retry("unlink", name, func() error { return unix.Unlinkat(int(at.Fd()), name, 0) })
}

func (d *disk) rmdir(at *os.File, name string) error {
	if err := d.allow("rmdir", name); err != nil {
		return err
	}
	return retry("rmdir", name, func() error { return unix.Unlinkat(int(at.Fd()), name, unix.AT_REMOVEDIR) })
}

// touch renews the change time of a file and nothing else of it.
func (d *disk) touch(at *os.File, name string) error {
	if err := d.allow("touch", name); err != nil {
		return err
	}
	return retry("chmod", name, func() error { return unix.Fchmodat(int(at.Fd()), name, fileMode, 0) })
}

// resemble gives name the mode and the modification time of another file.
func (d *disk) resemble(at *os.File, name string, st unix.Stat_t) error {
	if err := d.allow("chmod", name); err != nil {
		return err
	}
	err := retry("chmod", name, func() error {
		return unix.Fchmodat(int(at.Fd()), name, uint32(st.Mode)&0o7777, 0)
	})
	if err != nil {
		return err
	}
	return retry("touch", name, func() error {
		return unix.UtimesNanoAt(int(at.Fd()), name, []unix.Timespec{st.Atim, st.Mtim}, unix.AT_SYMLINK_NOFOLLOW)
	})
}

// flush makes the content of an open file or the names of an open folder
// outlive a power cut.
func (d *disk) flush(file *os.File) error {
	if err := d.allow("sync", file.Name()); err != nil || d.unsynced {
		return err
	}
	return file.Sync()
}

// flushTree does so for every file below a folder at once.
func (d *disk) flushTree(folder *os.File) error {
	if err := d.allow("sync", folder.Name()); err != nil || d.unsynced {
		return err
	}
	return retry("sync", folder.Name(), func() error { return syncTree(int(folder.Fd())) })
}
