package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// numberLoans gives the loans of a sample snapshot ids in the order in which they were
// posted, and writes them in that order, as a platform does: in a sample the newest loans
// have ids all over, and no platform's newest loans are all over its sections.
func numberLoans(_ context.Context, args []string) error {
	path := filepath.Join(args[0], loansFile)
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	lines, err := postedLines(in)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	out, err := os.Create(path + ".numbered")
	if err != nil {
		return err
	}
	err = writeNumbered(out, in, lines)
	if err := errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.Rename(out.Name(), path)
}

// postedLine is where a loan lies in the file of a sample, what it begins with (its id)
// and when it was posted. Of a million there are 100 MB.
type postedLine struct {
	at, length int64
	id, posted string
}

const postedKey, postedLength = `"posted_date":"`, len(`2026-11-22T00:00:00Z`)

// postedLines gives the loans in the order of the file.
func postedLines(r io.Reader) (lines []postedLine, err error) {
	in, at := bufio.NewReaderSize(r, 1<<20), int64(0)
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return lines, nil
		}
		if err != nil && err != io.EOF {
			return nil, err
		}
		id, _, ok := bytes.Cut(line, []byte(","))
		_, posted, also := bytes.Cut(line, []byte(postedKey))
		if !ok || !also || !bytes.HasPrefix(id, []byte(`{"id":`)) || len(posted) < postedLength {
			return nil, errors.New("the sample's form is another")
		}
		lines = append(lines, postedLine{at, int64(len(line)), string(id), string(posted[:postedLength])})
		at += int64(len(line))
	}
}

// writeNumbered writes the loans in the order in which they were posted, the first with the
// id that was the first in the file.
func writeNumbered(w io.Writer, r io.ReaderAt, lines []postedLine) error {
	ids := make([]string, len(lines))
	for i, line := range lines {
		ids[i] = line.id
	}
	slices.SortStableFunc(lines, func(a, b postedLine) int { return cmp.Compare(a.posted, b.posted) })
	out := bufio.NewWriterSize(w, 1<<20)
	var body []byte
	for i, line := range lines {
		body = slices.Grow(body[:0], int(line.length))[:line.length]
		if _, err := r.ReadAt(body, line.at); err != nil {
			return err
		}
		out.WriteString(ids[i]) // the writer remembers its first error until Flush
		out.Write(body[len(line.id):])
	}
	return out.Flush()
}
