package output

import (
	"bufio"
	"cmp"
	"container/heap"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
)

// spoolBatch records are held in memory before they go to disk as one sorted
// run: about 2 MB, and 2 million files make 123 runs.
const spoolBatch = 16 << 10

// record is one written name on its way to the manifest.
type record struct {
	Entry
	kept bool // still lies in the last generation, to be linked at commit
}

// spool sorts the names of a generation by external merge, because the names of
// two million files are more than the memory a build may use. Not safe for
// concurrent use.
type spool struct {
	dir   string
	batch []record
	runs  []string
	count int
}

func (s *spool) add(r record) error {
	s.batch = append(s.batch, r)
	s.count++
	if len(s.batch) < spoolBatch {
		return nil
	}
	return s.flush()
}

// runName is where the spool's i-th run lies in the stage.
func runName(i int) string { return fmt.Sprintf("%s/run-%04d", markerFolder, i) }

func (s *spool) sortBatch() {
	slices.SortFunc(s.batch, func(a, b record) int { return cmp.Compare(a.Name, b.Name) })
}

func (s *spool) flush() (err error) {
	s.sortBatch()
	path := filepath.Join(s.dir, filepath.Base(runName(len(s.runs))))
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("spool names: %w", err)
	}
	s.runs = append(s.runs, path)
	out := bufio.NewWriterSize(file, 64<<10)
	var line []byte
	for _, r := range s.batch {
		line = append(line[:0], mark(r.kept))
		out.Write(appendEntry(line, r.Entry)) // the writer remembers its first error until Flush
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		return fmt.Errorf("spool names: %w", err)
	}
	clear(s.batch)
	s.batch = s.batch[:0]
	return nil
}

func mark(kept bool) byte {
	if kept {
		return '='
	}
	return '+'
}

// sorted gives every record by name. It ends after the first error.
func (s *spool) sorted() iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		s.sortBatch()
		runs := mergeHeap{&run{rest: s.batch}}
		defer func() {
			for _, r := range runs {
				r.close()
			}
		}()
		for _, path := range s.runs {
			r, err := openRun(path)
			if err != nil {
				yield(record{}, err)
				return
			}
			runs = append(runs, r)
		}
		for i := len(runs) - 1; i >= 0; i-- {
			if more, err := runs[i].next(); err != nil {
				yield(record{}, err)
				return
			} else if !more {
				runs[i].close()
				runs = slices.Delete(runs, i, i+1)
			}
		}
		heap.Init(&runs)
		for len(runs) > 0 {
			first := runs[0]
			if !yield(first.head, nil) {
				return
			}
			more, err := first.next()
			switch {
			case err != nil:
				yield(record{}, err)
				return
			case more:
				heap.Fix(&runs, 0)
			default:
				first.close()
				heap.Pop(&runs)
			}
		}
	}
}

// run is one sorted source of a merge: a file, or the batch still in memory.
type run struct {
	head  record
	rest  []record
	file  *os.File
	lines *bufio.Reader
}

func openRun(path string) (*run, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("merge names: %w", err)
	}
	return &run{file: file, lines: bufio.NewReaderSize(file, 32<<10)}, nil
}

func (r *run) close() {
	if r.file != nil {
		r.file.Close()
	}
}

func (r *run) next() (more bool, err error) {
	if r.file == nil {
		if len(r.rest) == 0 {
			return false, nil
		}
		r.head, r.rest = r.rest[0], r.rest[1:]
		return true, nil
	}
	line, err := r.lines.ReadString('\n')
	if err == io.EOF && line == "" {
		return false, nil
	}
	if err != nil || len(line) < 2 {
		return false, fmt.Errorf("merge names: %s: %w", r.file.Name(), cmpErr(err, io.ErrUnexpectedEOF))
	}
	entry, err := parseEntry(line[1 : len(line)-1])
	if err != nil {
		return false, fmt.Errorf("merge names: %s: %w", r.file.Name(), err)
	}
	r.head = record{Entry: entry, kept: line[0] == mark(true)}
	return true, nil
}

type mergeHeap []*run

func (h mergeHeap) Len() int           { return len(h) }
func (h mergeHeap) Less(i, j int) bool { return h[i].head.Name < h[j].head.Name }
func (h mergeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *mergeHeap) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *mergeHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
