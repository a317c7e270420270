package pack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"loanleaf/generator/output"
)

// Take puts everything that packed sites of other folders hold into this one: parts of
// one site, each with whole sections of loans. Their shards become this site's as
// they are; entries of other sections, which several parts may have the same of, are
// copied as they lie, deflated. It comes before every Write.
//
// A section of loans that two parts have, and a file of which they have different
// ones, are errors; so is a part that is not packed.
func (w *Writer) Take(ctx context.Context, parts []*output.Generation) error {
	held := map[string][]taken{} // by section
	for _, part := range parts {
		shards, err := shardsOf(part)
		if err != nil {
			return fmt.Errorf("pack: %w", err)
		}
		for section, shard := range shards {
			held[section] = append(held[section], shard)
		}
	}
	for _, section := range slices.Sorted(maps.Keys(held)) {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		take := w.takeEntries
		if isLoans(section) {
			take = w.takeShard
		}
		if err := take(section, held[section]); err != nil {
			return fmt.Errorf("pack: section %s: %w", section, err)
		}
	}
	return nil
}

// taken is a shard of another folder.
type taken struct {
	from  *output.Generation
	entry output.Entry
	place
}

// shardsOf gives the shards of a packed site by their sections.
func shardsOf(part *output.Generation) (map[string]taken, error) {
	files := map[string]output.Entry{}
	for e, err := range part.Entries() {
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(e.Name, folder) {
			files[e.Name] = e
		}
	}
	listed, ok := files[IndexName]
	if !ok {
		return nil, errors.New("a part of the site is not packed")
	}
	file, err := part.File(listed)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	places, err := readIndex(text)
	if err != nil {
		return nil, err
	}
	shards := map[string]taken{}
	for section, p := range places {
		entry, ok := files[p.file]
		if !ok {
			return nil, fmt.Errorf("its manifest has no %s", p.file)
		}
		shards[section] = taken{part, entry, p}
	}
	return shards, nil
}

// takeShard takes a shard over whole.
func (w *Writer) takeShard(section string, from []taken) error {
	if len(from) > 1 {
		return fmt.Errorf("%d parts of the site have it", len(from))
	}
	shard := from[0]
	changed, err := w.out.Take(shard.from, shard.entry)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.made[section] = shard.place
	if changed {
		w.packed += shard.entries
	}
	return nil
}

// takeEntries copies what shards hold.
func (w *Writer) takeEntries(_ string, from []taken) error {
	have := map[string]Entry{}
	for _, shard := range from {
		if err := w.copyEntries(shard, have); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) copyEntries(from taken, have map[string]Entry) (err error) {
	file, err := from.from.File(from.entry)
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := mapFile(file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unix.Munmap(data)) }()
	shard, err := readShard(data)
	if err != nil {
		return fmt.Errorf("%s: %w", from.entry.Name, err)
	}
	for i := range shard.Len() {
		e := shard.Entry(i)
		if before, ok := have[e.Name]; ok {
			if before.Sum != e.Sum || before.Size != e.Size {
				return fmt.Errorf("parts of the site have different files %s", e.Name)
			}
			continue
		}
		s, err := w.at(e.Name)
		if err != nil {
			return err
		}
		p := pending{Entry: e}
		if err := w.park(&p); err != nil {
			return err
		}
		have[e.Name] = p.Entry // e is memory that is given back
		s.mu.Lock()
		s.entries = append(s.entries, p)
		s.mu.Unlock()
	}
	return nil
}
