package pack

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// mapFile gives the bytes of a file without reading them; the file may be closed
// then. They are given back with unix.Munmap. A file that somebody shortens
// in its place meanwhile ends the process when it is read: ours are only ever replaced.
func mapFile(file *os.File) ([]byte, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() == 0 || info.Size() > 1<<32 {
		return nil, fmt.Errorf("%s: %w", file.Name(), errShard)
	}
	data, err := unix.Mmap(int(file.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, &os.PathError{Op: "map", Path: file.Name(), Err: err}
	}
	return data, nil
}
