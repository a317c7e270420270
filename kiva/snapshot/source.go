package snapshot

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Open looks at a file or a folder and tells from its content, never from its
// ending, what it is. It fails with a [*RefusedError] when there is nothing in
// it to read; a single file that is not read is refused, and in a folder or a
// zip the refused ones are listed by [Snapshot.Files] and do not stop the
// others. The tables of lenders and of who lent to which loan, which belong to a
// snapshot, are listed there too: alone they are a snapshot without records. The
// caller closes the snapshot.
func Open(path string) (*Snapshot, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &RefusedError{Path: path, What: "does not exist", Hint: "check the path", cause: err}
	case err != nil:
		return nil, fmt.Errorf("opening the snapshot: %w", err)
	}
	name := baseName(path)
	s := &Snapshot{}
	var closers closers
	switch {
	case info.IsDir():
		s.members, err = walkFolder(path, name, &closers)
	case !info.Mode().IsRegular():
		err = &refusal{what: "is neither a file nor a folder (a pipe or device)", hint: "save it to a file first"}
	default:
		s.members, err = openPath(path, name, name, info.Size(), &closers)
	}
	if err == nil {
		err = s.settle(info.IsDir())
	}
	if err != nil {
		closers.Close()
		if why, ok := errors.AsType[*refusal](err); ok {
			return nil, &RefusedError{Path: path, What: why.what, Hint: why.hint, Private: why.private, cause: why.cause}
		}
		return nil, fmt.Errorf("opening the snapshot %s: %w", printable(path), err)
	}
	s.closer = closers
	return s, nil
}

// Error makes a refusal an error until Open puts the path to it.
func (r *refusal) Error() string { return r.what }

// closers close several things.
type closers []io.Closer

func (c closers) Close() error {
	var errs []error
	for _, one := range c {
		errs = append(errs, one.Close())
	}
	return errors.Join(errs...)
}

// baseName is the last part of a path, also of "." and "..".
func baseName(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	return filepath.Base(path)
}

// settle names the format of the whole, and refuses when nothing is readable.
func (s *Snapshot) settle(folder bool) error {
	var formats []string
	readable := 0
	for _, m := range s.members {
		f := m.format()
		if f == "" && m.failure == nil {
			continue
		}
		readable++
		if f != "" && !slices.Contains(formats, f) {
			formats = append(formats, f)
		}
	}
	if readable == 0 && len(s.members) > 0 && !slices.ContainsFunc(s.members, func(m *member) bool { return !m.beside }) {
		s.format = "parts of a snapshot that have no loans"
		return nil
	}
	if readable == 0 {
		return s.nothing(folder)
	}
	for _, m := range s.members {
		if m.note != "" && !m.private && !m.beside && bearsData.MatchString(path.Base(m.local)) {
			m.failure = fmt.Errorf("%s %s, though its name is that of a snapshot's data: mend it, or take it out, or the site loses what it held", printable(m.name), m.note)
		}
	}
	s.format = strings.Join(formats, ", ")
	files := fmt.Sprintf("%d files", readable)
	if readable == 1 {
		files = "1 file"
	}
	switch first := s.members[0]; {
	case folder:
		s.format = "folder of " + files + ": " + s.format
	case first.zipped:
		s.format = "zip of " + files + ": " + s.format
	case first.failure != nil:
		return &refusal{what: "cannot be read: " + first.failure.Error(), hint: "check that it is whole and that you may read it", cause: first.failure}
	}
	return nil
}

// bearsData matches the names of the files of a snapshot that loans and partners
// come from. What else is in a folder may be anything, and is passed over; one of
// these that is something else is damage.
var bearsData = regexp.MustCompile(`(?i)^(loans|partners)[-_.0-9]*\.(json|jsonl|ndjson|csv)(\.gz)?$`)

// nothing says why none of the members is read.
func (s *Snapshot) nothing(folder bool) error {
	if len(s.members) == 0 && folder {
		return &refusal{what: "is a folder without files", hint: dataHint}
	}
	if len(s.members) == 0 {
		return &refusal{what: "is a zip without files", hint: "get the file again"}
	}
	m := s.members[0]
	if !folder && !m.zipped {
		return &refusal{what: m.note, hint: m.hint, private: m.private}
	}
	private := slices.ContainsFunc(s.members, func(m *member) bool { return m.private })
	what := fmt.Sprintf("its one file, %s, %s", printable(m.local), m.note)
	if len(s.members) > 1 {
		what = fmt.Sprintf("none of its %d files is read; the first, %s, %s", len(s.members), printable(m.local), m.note)
	}
	return &refusal{what: "has no public loans: " + what, hint: m.hint, private: private}
}

// openPath looks at one regular file: a zip with members, or itself.
func openPath(path, name, local string, size int64, closers *closers) ([]*member, error) {
	isZip, err := beginsLikeZip(path)
	if err != nil {
		return []*member{{name: name, local: local, failure: err}}, nil
	}
	if !isZip {
		m := &member{name: name, local: local, open: openFile(path), stored: size}
		m.look()
		return []*member{m}, nil
	}
	archive, file, err := openZip(path, size)
	if err != nil {
		why := &refusal{what: "is a damaged zip: " + plainError(err).Error(), hint: "get the file again"}
		switch {
		case errors.Is(err, zip.ErrFormat):
			why.what = "is a zip whose end is missing or damaged: the file was cut short"
		case errors.Is(err, errManyFiles):
			why = &refusal{what: errManyFiles.Error(), hint: "unpack it and give the folder"}
		}
		return []*member{{name: name, local: local, note: why.what, hint: why.hint}}, nil
	}
	*closers = append(*closers, file)
	members := zipMembers(archive, name, size)
	if len(members) == 0 {
		return []*member{{name: name, local: local, note: "is a zip without files", hint: "get the file again"}}, nil
	}
	return members, nil
}

func beginsLikeZip(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	var begin [4]byte
	n, err := io.ReadFull(f, begin[:])
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return false, err
	}
	return n == 4 && string(begin[:]) == "PK\x03\x04", nil
}

// zipMembers are the files of an archive, in natural order of their names.
// Names are only ever names here: nothing is written to them.
func zipMembers(archive *zip.Reader, name string, size int64) []*member {
	budget := &budget{stored: size}
	var members []*member
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/") || passedOver(f.Name) {
			continue
		}
		m := &member{name: name + "/" + f.Name, local: f.Name, open: f.Open, budget: budget, zipped: true}
		switch {
		case f.Flags&1 != 0:
			m.note, m.hint = "is locked with a password", "unpack it and give the folder"
		case !f.Mode().IsRegular():
			m.note, m.hint = "is a link or device inside a zip, which is not followed", "pack the file itself"
		case f.Method != zip.Store && f.Method != zip.Deflate:
			m.note, m.hint = fmt.Sprintf("is packed by method %d, which is not read", f.Method), "pack it again with deflate"
		default:
			m.look()
		}
		members = append(members, m)
	}
	sortMembers(members)
	return members
}

// walkFolder finds the files below a folder. Links are not followed: a folder
// unpacked from somebody's archive must not lead out of itself or in circles.
func walkFolder(root, name string, closers *closers) ([]*member, error) {
	var members []*member
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		local, relErr := filepath.Rel(root, path)
		if relErr != nil {
			return relErr
		}
		local = filepath.ToSlash(local)
		full := name + "/" + local
		if err != nil {
			if local == "." {
				return err
			}
			members = append(members, &member{name: full, local: local, failure: err})
			return nil
		}
		if local != "." && passedOver(local) {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			return nil
		}
		if !entry.Type().IsRegular() {
			m := &member{name: full, local: local, note: "is a link, pipe or device, which is not followed", hint: "put the file itself into the folder"}
			members = append(members, m)
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		found, err := openPath(path, full, local, info.Size(), closers)
		members = append(members, found...)
		return err
	})
	sortMembers(members)
	return members, err
}

// passedOver tells whether a path has a part that is an operating system's own
// litter or hidden: .git, .DS_Store, __MACOSX.
func passedOver(path string) bool {
	for part := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(part, ".") && part != "." && part != ".." || part == "__MACOSX" || part == "Thumbs.db" {
			return true
		}
	}
	return false
}

func sortMembers(members []*member) {
	slices.SortStableFunc(members, func(a, b *member) int { return compareNames(a.name, b.name) })
}

// compareNames orders names so that numbers in them count as numbers:
// 2.json stands before 10.json.
func compareNames(a, b string) int {
	for i, j := 0, 0; ; {
		if i >= len(a) || j >= len(b) {
			return (len(a) - i) - (len(b) - j)
		}
		if isDigit(a[i]) && isDigit(b[j]) {
			m, n := digitsEnd(a, i), digitsEnd(b, j)
			x, y := strings.TrimLeft(a[i:m], "0"), strings.TrimLeft(b[j:n], "0")
			if len(x) != len(y) {
				return len(x) - len(y)
			}
			if c := strings.Compare(x, y); c != 0 {
				return c
			}
			i, j = m, n
			continue
		}
		if a[i] != b[j] {
			return int(a[i]) - int(b[j])
		}
		i++
		j++
	}
}

func digitsEnd(s string, i int) int {
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
