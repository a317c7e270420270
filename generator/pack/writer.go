package pack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sync"

	"github.com/klauspost/compress/flate"
	"golang.org/x/sys/unix"

	"loanleaf/generator/output"
)

// level of compression. Of pages of a loan of 14.5 KB it takes 87 µs for 4.7 KB, where
// level 6 takes 118 µs for 4.5 KB, and level 1 74 µs for 4.9 KB: deflating is more
// than half of a packed build.
const level = 3

// Writer makes the next generation of a packed site. Its methods but Commit and
// Abort may be called by many goroutines.
type Writer struct {
	out     *output.Folder
	last    map[string]place // the last generation's sections; none where it was not packed
	packers sync.Pool

	mu      sync.Mutex
	noLoans bool // no file of a loan comes any more
	open    map[string]*section
	made    map[string]place // sections that are whole
	spool   output.ScratchFile
	spooled int64
	packed  int // entries compressed for this generation
}

// Report says what a generation did.
type Report struct {
	output.Report     // of the shards, and the index
	Shards        int // all of them
	Files         int // in all shards
	Packed        int // of those, the ones that were compressed for this generation
}

// section is one that is being filled.
type section struct {
	name string
	last *shard // of the last generation; nil: none that can be used
	data []byte // of last, mapped until the section ends

	mu      sync.Mutex
	entries []pending
	ended   bool
}

// pending is an entry of a shard that is not written yet.
type pending struct {
	Entry
	// The deflate stream is in Entry, or in the spool from at on.
	spooled bool
	at      int64
	length  int
	copied  bool // from the last generation's shard
}

// Begin makes a Writer of a generation that was opened for nothing else. The folder
// may hold a plain site so far.
func Begin(out *output.Folder) (*Writer, error) {
	w := &Writer{out: out, open: map[string]*section{}, made: map[string]place{}}
	w.packers.New = func() any {
		packer, _ := flate.NewWriter(io.Discard, level) // fails for levels that there are not
		return packer
	}
	file, err := out.Last(IndexName)
	if errors.Is(err, fs.ErrNotExist) {
		return w, nil
	}
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	text, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	if w.last, err = readIndex(text); err != nil {
		w.last = nil // of another version: everything is packed anew
	}
	return w, nil
}

// Span is how many ids of loans are in a section.
func (w *Writer) Span() int64 { return Span }

// Memo and NewMemo are the folder's.
func (w *Writer) Memo() (io.ReadCloser, error) { return w.out.Memo() }

// Scratch is the folder's.
func (w *Writer) Scratch() (output.ScratchFile, error) { return w.out.Scratch() }

// NewMemo begins the memo of this generation.
func (w *Writer) NewMemo() (io.Writer, error) { return w.out.NewMemo() }

// at is the section of a name, begun by whoever comes first.
func (w *Writer) at(name string) (*section, error) {
	if err := output.CheckName(name); err != nil {
		return nil, err
	}
	of := SectionOf(name)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.noLoans && isLoans(of) {
		of = strays
	}
	if s, ok := w.open[of]; ok {
		return s, nil
	}
	if _, ended := w.made[of]; ended {
		return nil, fmt.Errorf("pack %s: its section %s is written already", name, of)
	}
	s := &section{name: of}
	if p, ok := w.last[of]; ok {
		var err error
		if err = w.readLast(s, p); err != nil {
			return nil, fmt.Errorf("pack %s: %w", name, err)
		}
	}
	w.open[of] = s
	return s, nil
}

// readLast maps the last generation's shard of a section, if it is as it was left.
func (w *Writer) readLast(s *section, p place) error {
	file, err := w.out.Last(p.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	if s.data, err = mapFile(file); err != nil {
		return err
	}
	if shard, err := readShard(s.data); err == nil && shard.Len() == p.entries {
		s.last = shard
	}
	return nil
}

// unmap gives the last generation's shard back.
func (s *section) unmap() error {
	data := s.data
	s.data, s.last = nil, nil
	if data == nil {
		return nil
	}
	return unix.Munmap(data)
}

// Write puts a file into its shard. The body is not kept after the return.
func (w *Writer) Write(name string, body []byte) error {
	s, err := w.at(name)
	if err != nil {
		return err
	}
	p := pending{Entry: w.compress(name, body)}
	if !isLoans(s.name) {
		if err := w.park(&p); err != nil {
			return fmt.Errorf("pack %s: %w", name, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return fmt.Errorf("pack %s: its section %s is written already", name, s.name)
	}
	s.entries = append(s.entries, p)
	return nil
}

// Keep puts a file of the last generation's shard into the next one as it is,
// without its body; false when there is none.
func (w *Writer) Keep(name string) (bool, error) {
	s, err := w.at(name)
	if err != nil {
		return false, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return false, fmt.Errorf("pack %s: its section %s is written already", name, s.name)
	}
	if s.last == nil {
		return false, nil
	}
	e, ok := s.last.Find(name)
	if !ok {
		return false, nil
	}
	s.entries = append(s.entries, pending{Entry: e, copied: true})
	return true, nil
}

// park writes a stream to the spool: sections that are not loans' stay open until
// Commit, and their pages are more than fit into memory. Nothing of the entry is in a
// mapped shard then.
func (w *Writer) park(p *pending) error {
	if err := p.inPlace(); err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.spool == nil {
		var err error
		if w.spool, err = w.out.Scratch(); err != nil {
			return err
		}
	}
	if _, err := w.spool.WriteAt(p.Entry.packed, w.spooled); err != nil {
		return err
	}
	p.spooled, p.at, p.length = true, w.spooled, len(p.Entry.packed)
	w.spooled += int64(p.length)
	p.Entry.packed, p.Entry.local = nil, nil
	return nil
}

// TakeSection takes a section of loans over from the last generation, whole and
// unread: for a caller that knows that none of its files is another, and none is
// gone or new. It says false when there is none, or its shard is not as it was left.
func (w *Writer) TakeSection(n int64) (bool, error) {
	name := LoanSection(n)
	p, ok := w.last[name]
	if !ok {
		return false, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, begun := w.open[name]; begun {
		return false, nil
	}
	kept, err := w.out.Keep(p.file)
	if kept {
		w.made[name] = p
	}
	return kept, err
}

// EndSection writes the shard of a section of loans, of which all files have come.
// A section without files has none.
func (w *Writer) EndSection(n int64) error {
	w.mu.Lock()
	s, ok := w.open[LoanSection(n)]
	w.mu.Unlock()
	if !ok {
		return nil
	}
	return w.end(s)
}

// EndLoans says that all files of loans have come. A file whose name looks like one
// of theirs is put elsewhere from here on, where [Site.Find] looks too.
func (w *Writer) EndLoans() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.noLoans = true
}

// Commit writes the shards that are still open, and the index, and ends the
// generation as [output.Folder.Commit] does.
func (w *Writer) Commit(ctx context.Context) (Report, error) {
	defer w.close()
	for _, name := range slices.Sorted(maps.Keys(w.open)) {
		if err := context.Cause(ctx); err != nil {
			return Report{}, err
		}
		if err := w.end(w.open[name]); err != nil {
			return Report{}, err
		}
	}
	if err := w.out.Write(IndexName, appendIndex(nil, w.made)); err != nil {
		return Report{}, err
	}
	report := Report{Shards: len(w.made), Packed: w.packed}
	for _, p := range w.made {
		report.Files += p.entries
	}
	var err error
	report.Report, err = w.out.Commit(ctx)
	return report, err
}

// Abort ends the generation without a trace. After Commit it does nothing.
func (w *Writer) Abort() error {
	return errors.Join(w.close(), w.out.Abort())
}

// close gives up what is held in memory and on the drive.
func (w *Writer) close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var errs []error
	for _, s := range w.open {
		errs = append(errs, s.unmap())
	}
	if w.spool != nil {
		errs = append(errs, w.spool.Close())
		w.spool = nil
	}
	return errors.Join(errs...)
}
