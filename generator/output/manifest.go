package output

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	manifestName  = markerFolder + "/manifest"
	manifestDraft = markerFolder + "/manifest.draft"
	manifestMagic = "loanleaf-manifest"
	// manifestFormat is raised when a reader of the old format would misread the new.
	manifestFormat = "1"
	// manifestLine bounds one line: a hash, a size, a name, and the header's version.
	manifestLine = 4096
)

// An Entry is one file of a generation.
type Entry struct {
	Name string            // slash path relative to the folder
	Size int64             // in bytes
	Sum  [sha256.Size]byte // SHA-256 of the content
}

// A Manifest says what one generation of a folder consists of. Its own file
// and files that are not ours are not in it.
type Manifest struct {
	Version string  // Options.Version of the build that wrote it
	Entries []Entry // sorted by Name, bytewise
}

// ReadManifest reads the manifest of dir, a folder that a [Folder] made. The
// error wraps fs.ErrNotExist when there is none, and names the line when the
// text is damaged or cut short. It needs memory for every name: about 100 bytes
// a file.
func ReadManifest(dir string) (Manifest, error) {
	var m Manifest
	version, err := scanManifest(filepath.Join(dir, filepath.FromSlash(manifestName)), io.Discard, func(e Entry) error {
		m.Entries = append(m.Entries, e)
		return nil
	})
	m.Version = version
	if err != nil {
		return Manifest{}, err
	}
	return m, nil
}

// scanManifest calls each for every entry in order and returns the version. What
// it reads also goes to tee.
// The count in the header is compared at the end, so that a file cut at a line
// break is found damaged too.
func scanManifest(path string, tee io.Writer, each func(Entry) error) (version string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read manifest: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(io.TeeReader(file, tee))
	lines.Buffer(make([]byte, 64<<10), manifestLine)
	if !lines.Scan() {
		return "", fmt.Errorf("read manifest %s: %w", path, cmpErr(lines.Err(), errors.New("it is empty")))
	}
	version, count, err := parseHeader(lines.Text())
	if err != nil {
		return "", fmt.Errorf("read manifest %s: line 1: %w", path, err)
	}
	n, last := 0, ""
	for lines.Scan() {
		n++
		entry, err := parseEntry(lines.Text())
		if err == nil && entry.Name <= last {
			err = fmt.Errorf("%q is out of order", entry.Name)
		}
		if err != nil {
			return "", fmt.Errorf("read manifest %s: line %d: %w", path, n+1, err)
		}
		last = entry.Name
		if err := each(entry); err != nil {
			return "", err
		}
	}
	if err := lines.Err(); err != nil {
		return "", fmt.Errorf("read manifest %s: line %d: %w", path, n+2, err)
	}
	if n != count {
		return "", fmt.Errorf("read manifest %s: %d files listed, its first line says %d", path, n, count)
	}
	return version, nil
}

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func writeHeader(w io.Writer, version string, count int) error {
	_, err := fmt.Fprintf(w, "%s %s %d %s\n", manifestMagic, manifestFormat, count, version)
	return err
}

func parseHeader(line string) (version string, count int, err error) {
	fields := strings.SplitN(line, " ", 4)
	if len(fields) != 4 || fields[0] != manifestMagic {
		return "", 0, errors.New("this is not a manifest of ours")
	}
	if fields[1] != manifestFormat {
		return "", 0, fmt.Errorf("format %q; this program reads format %s", fields[1], manifestFormat)
	}
	count, err = strconv.Atoi(fields[2])
	if err != nil || count < 0 {
		return "", 0, fmt.Errorf("count %q is not a number", fields[2])
	}
	return fields[3], count, nil
}

// appendEntry writes the two-space form of sha256sum with the size between.
func appendEntry(line []byte, e Entry) []byte {
	line = hex.AppendEncode(line, e.Sum[:])
	line = append(line, "  "...)
	line = strconv.AppendInt(line, e.Size, 10)
	line = append(line, "  "...)
	line = append(line, e.Name...)
	return append(line, '\n')
}

func parseEntry(line string) (Entry, error) {
	var e Entry
	sum, rest, ok := strings.Cut(line, "  ")
	size, name, ok2 := strings.Cut(rest, "  ")
	if !ok || !ok2 || len(sum) != 2*sha256.Size {
		return e, errors.New("want a SHA-256, a size and a name, two spaces between")
	}
	if _, err := hex.Decode(e.Sum[:], []byte(sum)); err != nil {
		return e, fmt.Errorf("hash %q: %w", sum, err)
	}
	n, err := strconv.ParseInt(size, 10, 64)
	if err != nil || n < 0 {
		return e, fmt.Errorf("size %q is not a number of bytes", size)
	}
	e.Size, e.Name = n, name
	return e, checkName(name)
}
