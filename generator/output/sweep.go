package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// restore puts the last generation back in its place, when a build that had to
// swap by two renames died between them.
func (f *Folder) restore() error {
	_, err := stat(f.parent, f.base)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	aside, err := stat(f.parent, f.asideName()+"/"+manifestName)
	if err != nil || !isFile(&aside) {
		return ignoreMissing(err)
	}
	return f.disk.rename(f.parent, f.asideName(), f.parent, f.base)
}

// sweepLitter removes what a killed build left beside the folder: a stage, or
// the generation that it had swapped out.
func (f *Folder) sweepLitter() error {
	for _, name := range []string{f.stageName(), f.asideName()} {
		st, err := stat(f.parent, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		path := filepath.Join(f.parent.Name(), name)
		if !isFolder(&st) {
			return fmt.Errorf("%s is in the way and %w (move it away)", path, ErrNotOurs)
		}
		var last *index
		if _, err := stat(f.parent, name+"/"+manifestName); err == nil && f.old != nil {
			if last, err = readIndex(path); err != nil {
				return fmt.Errorf("%w (move %s away)", err, path)
			}
		} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := f.sweep(name, last, f.old); err != nil {
			return err
		}
	}
	return nil
}

// dropStage removes the stage of this build.
func (f *Folder) dropStage() error {
	if !f.staged {
		return nil
	}
	f.staged = false
	return f.sweep(f.stageName(), nil, nil)
}

// sweep removes the tree called name beside the folder. With an index it is a
// generation that was swapped out for the folder live: a file that the index does
// not own and live does not have came after the others were carried over, and is
// moved there. Without one it is a stage, and all of it is ours. The marker goes
// last: what a killed sweep leaves is still known as ours.
func (f *Folder) sweep(name string, last *index, live *os.File) error {
	tree, err := openFolder(f.parent, name)
	if err != nil {
		return ignoreMissing(err)
	}
	defer tree.Close()
	marker, err := openFolder(tree, markerFolder)
	if errors.Is(err, fs.ErrNotExist) {
		// Killed before the marker was made, or after it was removed.
		if err := f.disk.rmdir(f.parent, name); err != nil {
			return fmt.Errorf("%s has no marker and is %w (move it away): %w", tree.Name(), ErrNotOurs, err)
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer marker.Close()
	s := sweeper{disk: &f.disk, last: last, live: live}
	if err := s.folder(tree, ""); err != nil {
		return err
	}
	s.last = nil
	if err := s.folder(marker, markerFolder); err != nil {
		return err
	}
	return errors.Join(f.disk.rmdir(tree, markerFolder), f.disk.rmdir(f.parent, name))
}

type sweeper struct {
	disk *disk
	last *index
	live *os.File
}

// folder empties a folder, batch after batch from its start, since removing
// moves what a reader of the folder would have met next.
func (s *sweeper) folder(folder *os.File, path string) error {
	const batch = 1024
	for {
		if _, err := folder.Seek(0, io.SeekStart); err != nil {
			return err
		}
		entries, err := folder.ReadDir(batch)
		if err != nil && err != io.EOF {
			return err
		}
		gone := 0
		for _, entry := range entries {
			name := join(path, entry.Name())
			if name == markerFolder {
				continue
			}
			if err := s.entry(folder, entry, name); err != nil {
				return err
			}
			gone++
		}
		if gone == 0 {
			return nil
		}
	}
}

func (s *sweeper) entry(folder *os.File, entry fs.DirEntry, name string) error {
	if entry.IsDir() {
		below, err := openFolder(folder, entry.Name())
		if err != nil {
			return err
		}
		defer below.Close()
		// A foreign folder may have been closed to writing; its files are elsewhere now.
		if st, err := stat(below, "."); err == nil && st.Mode&0o700 != 0o700 {
			if err := below.Chmod(0o700); err != nil {
				return err
			}
		}
		if err := s.folder(below, name); err != nil {
			return err
		}
		return s.disk.rmdir(folder, entry.Name())
	}
	if s.last == nil || s.last.owns(name, false) {
		return s.disk.unlink(folder, entry.Name())
	}
	_, err := stat(s.live, name)
	if err == nil {
		return s.disk.unlink(folder, entry.Name())
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := s.disk.mkdirs(s.live, parentOf(name)); err != nil {
		return err
	}
	return s.disk.rename(folder, entry.Name(), s.live, name)
}
