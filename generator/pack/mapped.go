package pack

import (
	"fmt"
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// mapFile gives the bytes of a file without reading them; the file may be closed
// then. They are given back with unix.Munmap. Ours are only ever replaced; one that
// somebody shortens in its place, as cp does before it writes, is read under [onFault].
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

// onFault makes an error of reading what a mapped file does not hold any more, which
// ends the process otherwise. It is called before the bytes are read, and its result
// deferred.
func onFault(err *error) (after func()) {
	before := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(before)
		fault := recover()
		if fault == nil {
			return
		}
		if _, ok := fault.(interface{ Addr() uintptr }); !ok {
			panic(fault)
		}
		*err = fmt.Errorf("%w: it was shortened while it was read", errShard)
	}
}
