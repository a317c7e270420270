package pack

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"loanleaf/generator/output"
)

// Site is a packed site that is read. Find may be called by many goroutines.
type Site struct {
	sections map[string]*mapped
}

// mapped is a shard in memory. Its directory is read when it is first asked, and again
// while it cannot be read: who overwrites a file makes it whole in the end.
type mapped struct {
	data  []byte
	mu    sync.Mutex // held while it is read
	shard atomic.Pointer[shard]
}

// Is tells whether the folder dir holds a packed site.
func Is(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(IndexName)))
	return err == nil && info.Mode().IsRegular()
}

// Open maps the shards of the packed site in dir. A generation that is swapped in
// afterwards is not seen: the old one stays whole, its files being held. Of a shard it
// reads where it ends, so it takes milliseconds however large the site is, and a shard that
// is there in part is an error.
func Open(dir string) (_ *Site, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("packed site: %w", err)
	}
	defer root.Close()
	text, err := root.ReadFile(IndexName)
	if err != nil {
		return nil, fmt.Errorf("packed site %s: %w", dir, err)
	}
	places, err := readIndex(text)
	if err != nil {
		return nil, fmt.Errorf("packed site %s: %s: %w", dir, IndexName, err)
	}
	s := &Site{sections: map[string]*mapped{}}
	for name, p := range places {
		file, err := root.Open(p.file)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("packed site %s: %w", dir, err), s.Close())
		}
		data, err := mapFile(file)
		file.Close()
		if err == nil {
			s.sections[name] = &mapped{data: data}
			err = hasEnd(data)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("packed site %s: %s: %w", dir, p.file, err), s.Close())
		}
	}
	return s, nil
}

// Find gives the entry of a file; the error wraps fs.ErrNotExist when the site has
// none of this name. The entry is good until Close.
func (s *Site) Find(name string) (Entry, error) {
	section := SectionOf(name)
	e, err := s.findIn(section, name)
	if isLoans(section) && errors.Is(err, fs.ErrNotExist) {
		return s.findIn(strays, name)
	}
	return e, err
}

func (s *Site) findIn(section, name string) (_ Entry, err error) {
	defer onFault(&err)()
	m, ok := s.sections[section]
	if !ok {
		return Entry{}, fs.ErrNotExist
	}
	shard, err := m.read()
	if err != nil {
		return Entry{}, err
	}
	e, ok := shard.Find(name)
	if !ok {
		return Entry{}, fs.ErrNotExist
	}
	return e, nil
}

// hasEnd tells whether a shard is there to its end.
func hasEnd(data []byte) (err error) {
	defer onFault(&err)()
	_, _, _, err = readEnd(data)
	return err
}

func (m *mapped) read() (read *shard, err error) {
	if read := m.shard.Load(); read != nil {
		return read, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if read := m.shard.Load(); read != nil {
		return read, nil
	}
	defer onFault(&err)()
	if read, err = readShard(m.data); err == nil {
		m.shard.Store(read)
	}
	return read, err
}

// Close gives the memory back. Nobody may hold an entry any more.
func (s *Site) Close() error {
	var errs []error
	for _, m := range s.sections {
		errs = append(errs, unix.Munmap(m.data))
	}
	s.sections = nil
	return errors.Join(errs...)
}

// Unpack writes the files of the packed site in dir into out, which is then
// committed: the folder that the same build makes without packing, but for the
// memo.
func Unpack(ctx context.Context, dir string, out *output.Folder) (output.Report, error) {
	s, err := Open(dir)
	if err != nil {
		return output.Report{}, err
	}
	defer s.Close()
	var body []byte
	for name, m := range s.sections {
		if err := context.Cause(ctx); err != nil {
			return output.Report{}, err
		}
		shard, err := m.read()
		if err != nil {
			return output.Report{}, fmt.Errorf("unpack %s, section %s: %w", dir, name, err)
		}
		for i := range shard.Len() {
			e := shard.Entry(i)
			if body, err = e.AppendContent(body[:0]); err != nil {
				return output.Report{}, fmt.Errorf("unpack %s: %w", dir, err)
			}
			if err := out.Write(e.Name, body); err != nil {
				return output.Report{}, err
			}
		}
	}
	return out.Commit(ctx)
}
