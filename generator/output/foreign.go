package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"golang.org/x/sys/unix"
)

// foreignNames is how many names of files that are not ours a report lists.
const foreignNames = 10

// carry brings every file that is not ours from the last generation into the
// stage, so that removing the last generation loses none.
func (f *Folder) carry(ctx context.Context) error {
	return f.survey(ctx, f.stage)
}

// survey finds the files that are not ours, counts them, and carries them to
// the folder to, unless that is nil.
func (f *Folder) survey(ctx context.Context, to *os.File) error {
	if f.last == nil {
		return nil
	}
	return f.surveyFolder(ctx, f.old, "", to)
}

func (f *Folder) surveyFolder(ctx context.Context, folder *os.File, path string, to *os.File) error {
	if _, err := folder.Seek(0, io.SeekStart); err != nil {
		return err
	}
	for {
		entries, err := folder.ReadDir(1024)
		for _, entry := range entries {
			name := join(path, entry.Name())
			switch {
			case name == markerFolder:
			case entry.IsDir():
				err = f.surveyBelow(ctx, folder, entry.Name(), name, to)
			case !f.last.owns(name, false):
				err = f.foreign(name, to)
			}
			if err == nil {
				err = context.Cause(ctx)
			}
			if err != nil && err != io.EOF {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (f *Folder) surveyBelow(ctx context.Context, folder *os.File, base, name string, to *os.File) error {
	below, err := openFolder(folder, base)
	if err != nil {
		return err
	}
	defer below.Close()
	if to == nil || f.last.owns(name, true) {
		return f.surveyFolder(ctx, below, name, to)
	}
	if err := f.disk.mkdirs(to, name); err != nil {
		return inTheWay(name, err)
	}
	made, err := stat(to, name)
	if err == nil && !isFolder(&made) {
		err = unix.ENOTDIR
	}
	if err != nil {
		return inTheWay(name, err)
	}
	if err := f.surveyFolder(ctx, below, name, to); err != nil {
		return err
	}
	st, err := stat(below, ".")
	if err != nil || st.Mode&0o7777 == folderMode {
		return err
	}
	return f.disk.resemble(to, name, st)
}

func (f *Folder) foreign(name string, to *os.File) error {
	f.report.ForeignCount++
	if i, _ := slices.BinarySearch(f.report.Foreign, name); i < foreignNames {
		f.report.Foreign = slices.Insert(f.report.Foreign, i, name)
		f.report.Foreign = f.report.Foreign[:min(len(f.report.Foreign), foreignNames)]
	}
	if to == nil {
		return nil
	}
	st, err := stat(f.old, name)
	if err != nil {
		return err
	}
	switch uint32(st.Mode) & unix.S_IFMT {
	case unix.S_IFLNK:
		// macOS has no hard links to symlinks.
		target, err := os.Readlink(f.old.Name() + "/" + name)
		if err != nil {
			return err
		}
		if err := f.disk.mkdirs(to, parentOf(name)); err != nil {
			return inTheWay(name, err)
		}
		return inTheWay(name, f.disk.symlink(target, to, name))
	case unix.S_IFREG:
		err = f.disk.link(f.old, to, name)
		if err == nil || !unlinkable(err) {
			return inTheWay(name, err)
		}
		body, st, err := f.read(name)
		if err != nil {
			return err
		}
		if err := f.disk.create(to, name, body); err != nil {
			return inTheWay(name, err)
		}
		return f.disk.resemble(to, name, st)
	}
	return inTheWay(name, f.disk.link(f.old, to, name))
}

// inTheWay explains the errors of carrying name that come from a file of ours
// in its place.
func inTheWay(name string, err error) error {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, unix.ENOTDIR) {
		return fmt.Errorf("%s in the folder is %w and a page was made in its place (move it away)", name, ErrNotOurs)
	}
	return err
}

func join(folder, base string) string {
	if folder == "" {
		return base
	}
	return folder + "/" + base
}
