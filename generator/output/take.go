package output

import (
	"container/heap"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"
)

// Take puts a file of another folder's generation into this one, under its name and
// as Write does with its body: a file that this folder's last generation had with the
// same bytes is kept, another is linked, or copied where it cannot be. changed is
// false for one that is kept. Names are refused as Write refuses them. Safe for
// concurrent use.
//
// A linked file belongs to both folders; each makes its next generation by
// replacing files, never by writing into them, so neither changes the other. Their
// change times prove less from then on, and the next build compares bytes.
func (f *Folder) Take(from *Generation, e Entry) (changed bool, err error) {
	if err := checkName(e.Name); err != nil {
		return false, err
	}
	f.life.RLock()
	defer f.life.RUnlock()
	if f.over {
		return false, fmt.Errorf("take %s: %w", e.Name, ErrClosed)
	}
	place, err := f.place(e.Name, e.Sum)
	if err != nil {
		return false, fmt.Errorf("take %s: %w", e.Name, err)
	}
	kept, doubted := false, false
	if place.same {
		_, kept, doubted = f.unaltered(e.Name, key(e.Sum[:16]))
	}
	if !kept {
		if err := f.bringFrom(from, e); err != nil {
			err = fmt.Errorf("take %s: %w", e.Name, err)
			f.fail(err)
			return false, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count(place, kept, doubted, int(e.Size))
	if err := f.spool.add(record{Entry: e, kept: kept}); err != nil {
		f.broken = errors.Join(f.broken, err)
		return false, err
	}
	return !kept, nil
}

// TakeAll takes every file of the generations of other folders, several at a time.
// Two of them may have the same file; of different ones of a name it is an error that
// says whose they are. No names are held in memory but those under way.
//
// Files called one of the names but are left where they are.
func (f *Folder) TakeAll(ctx context.Context, from []*Generation, workers int, but ...string) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	files := make(chan offered, 64*workers)
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for file := range files {
				if ctx.Err() != nil {
					continue // of others' failure; the channel is read to its end
				}
				if _, err := f.Take(file.from, file.Entry); err != nil {
					stop(err)
				}
			}
		})
	}
	err := offers(from, but, func(file offered) error {
		files <- file
		return context.Cause(ctx)
	})
	close(files)
	working.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	return err
}

// offered is a file that a generation has.
type offered struct {
	Entry
	from *Generation
}

// offers calls each with the files of several generations, by name, once for those
// that are the same; but those of the names of but not.
func offers(from []*Generation, but []string, each func(offered) error) (err error) {
	var sources sourceHeap
	for _, g := range from {
		next, stop := iter.Pull2(g.Entries())
		defer stop()
		s := &source{head: offered{from: g}, next: next}
		more, err := s.step()
		if err != nil {
			return err
		}
		if more {
			sources = append(sources, s)
		}
	}
	heap.Init(&sources)
	var last offered
	for len(sources) > 0 {
		file := sources[0].head
		if slices.Contains(but, file.Name) {
			err = nil
		} else if file.Name != last.Name {
			err = each(file)
		} else if file.Sum != last.Sum {
			err = fmt.Errorf("%s and %s have different files %s", last.from.path, file.from.path, file.Name)
		}
		if err != nil {
			return err
		}
		last = file
		more, err := sources[0].step()
		switch {
		case err != nil:
			return err
		case more:
			heap.Fix(&sources, 0)
		default:
			heap.Pop(&sources)
		}
	}
	return nil
}

// source is a generation whose files are read one by one; head is the next.
type source struct {
	head offered
	next func() (Entry, error, bool)
}

func (s *source) step() (more bool, err error) {
	s.head.Entry, err, more = s.next()
	return more, err
}

// sourceHeap has the source with the first name at its head.
type sourceHeap []*source

func (h sourceHeap) Len() int           { return len(h) }
func (h sourceHeap) Less(i, j int) bool { return h[i].head.Name < h[j].head.Name }
func (h sourceHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *sourceHeap) Push(x any)        { *h = append(*h, x.(*source)) }
func (h *sourceHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// bringFrom links a file of another folder into the stage, or copies it.
func (f *Folder) bringFrom(from *Generation, e Entry) error {
	if err := from.verify(e); err != nil {
		return err
	}
	st, err := stat(from.dir, e.Name)
	if err != nil {
		return err
	}
	if st.Mode&0o7777 == fileMode {
		if err := f.disk.link(from.dir, f.stage, e.Name); err == nil || !unlinkable(err) {
			return err
		}
	}
	file, err := openFile(from.dir, e.Name)
	if err != nil {
		return err
	}
	defer file.Close()
	body, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	if sha256.Sum256(body) != e.Sum {
		return fmt.Errorf("%s in %s was %w (build it again)", e.Name, from.path, ErrAltered)
	}
	return f.disk.create(f.stage, e.Name, body)
}
