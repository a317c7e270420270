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

// changeLoans copies a sample snapshot, changes what every hundredth loan is
// for, and prints the ids of these. It fails when it finds less to change than
// one in two hundred.
func changeLoans(_ context.Context, args []string) error {
	from, to := args[0], args[1]
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
	out, err := os.Create(filepath.Join(to, loansFile))
	if err != nil {
		return err
	}
	lines, changed, err := changeLines(out, in, os.Stdout)
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

func changeLines(w io.Writer, r io.Reader, ids io.Writer) (lines, changed int, err error) {
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
		if lines++; lines%100 == 0 && bytes.Contains(line, use) {
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
