package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// changeLoans copies a sample snapshot, changes what a hundredth of its loans is
// for, and prints the ids of these: of the last in the file ("newest"), as on a platform
// whose newest loans change, or of every hundredth ("spread"), as no platform's do. It
// fails when it finds less to change than one in two hundred.
func changeLoans(_ context.Context, args []string) error {
	from, to, which := args[0], args[1], args[2]
	if err := os.MkdirAll(to, 0o777); err != nil {
		return err
	}
	partners, err := os.ReadFile(filepath.Join(from, partnersFile))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(to, partnersFile), partners, 0o666); err != nil {
		return err
	}
	in, err := os.Open(filepath.Join(from, loansFile))
	if err != nil {
		return err
	}
	defer in.Close()
	isMeant := func(line int) bool { return line%100 == 0 }
	if which == "newest" {
		all, err := countLines(in)
		if err != nil {
			return err
		}
		isMeant = func(line int) bool { return line > all-all/100 }
	}
	out, err := os.Create(filepath.Join(to, loansFile))
	if err != nil {
		return err
	}
	lines, changed, err := changeLines(out, in, os.Stdout, isMeant)
	if err := errors.Join(err, out.Close()); err != nil {
		return err
	}
	if changed*200 < lines {
		return fmt.Errorf("changed %d of %d loans only: the sample's form is another", changed, lines)
	}
	return nil
}

// What WriteFolder of package sample writes.
const (
	loansFile    = "loans.json"
	partnersFile = "partners.json"
)

// countLines leaves the file at its beginning.
func countLines(file io.ReadSeeker) (n int, err error) {
	in := bufio.NewReaderSize(file, 1<<20)
	for {
		_, err := in.ReadSlice('\n')
		switch {
		case err == nil:
			n++
		case errors.Is(err, io.EOF):
			_, err := file.Seek(0, io.SeekStart)
			return n, err
		case !errors.Is(err, bufio.ErrBufferFull):
			return n, err
		}
	}
}

// changeLines changes the lines that isMeant says, the first being 1.
func changeLines(w io.Writer, r io.Reader, ids io.Writer, isMeant func(line int) bool) (lines, changed int, err error) {
	in, out := bufio.NewReaderSize(r, 1<<20), bufio.NewWriterSize(w, 1<<20)
	use, other := []byte(`"use":"`), []byte(`"use":"for the time being `)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 && errors.Is(err, io.EOF) {
			return lines, changed, out.Flush()
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return lines, changed, err
		}
		if lines++; isMeant(lines) && bytes.Contains(line, use) {
			line = bytes.Replace(line, use, other, 1)
			changed++
			var loan struct{ ID int64 }
			if err := json.Unmarshal(line, &loan); err != nil {
				return lines, changed, err
			}
			if _, err := fmt.Fprintln(ids, loan.ID); err != nil {
				return lines, changed, err
			}
		}
		if _, err := out.Write(line); err != nil {
			return lines, changed, err
		}
	}
}
