package snapshot

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"
)

// longestDirectory is how many bytes the list of its files may have that stands at
// the end of a zip: some 400,000 files, of which 500 MB are held while they are read.
const longestDirectory = 32 << 20

var errManyFiles = fmt.Errorf("is a zip whose list of files is longer than %d MiB: nothing of it is read", longestDirectory>>20)

// openZip reads the directory of a zip. The file is the caller's to close.
func openZip(path string, size int64) (*zip.Reader, *os.File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	bounded := &directory{file: file, left: longestDirectory}
	archive, err := zip.NewReader(bounded, size)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	bounded.read = true
	return archive, file, nil
}

// directory is a zip of which so much is read until its directory is known. How many
// files there are the zip says too, and it may lie.
type directory struct {
	file io.ReaderAt
	left int
	read bool
}

func (d *directory) ReadAt(p []byte, offset int64) (int, error) {
	if !d.read {
		if d.left -= len(p); d.left < 0 {
			return 0, errManyFiles
		}
	}
	return d.file.ReadAt(p, offset)
}
