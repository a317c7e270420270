package main

import (
	"bufio"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"loanleaf/kiva/snapshot"
	"loanleaf/store"
)

// parts are what this program does in processes of its own, by first argument.
var parts = map[string]func(ctx context.Context, args []string) error{
	"read-records": readRecords,
	"import-loans": importLoans,
	"write-files":  writeFiles,
	"number-loans": numberLoans,
	"change-loans": changeLoans,
	"serve-bare":   serveBare,
	"soak":         soakServer,
}

// readRecords reads a snapshot and throws it away.
func readRecords(_ context.Context, args []string) error {
	return records(args[0], func(snapshot.Record) error { return nil })
}

// importLoans reads a snapshot into a store.
func importLoans(ctx context.Context, args []string) error {
	into, err := store.Create(args[1])
	if err != nil {
		return err
	}
	defer into.Abort()
	err = records(args[0], func(r snapshot.Record) error {
		switch {
		case r.Loan != nil:
			_, err = into.AddLoan(ctx, r.Loan)
		case r.Partner != nil:
			_, err = into.AddPartner(ctx, r.Partner)
		}
		return err
	})
	if err != nil {
		return err
	}
	_, err = into.Commit(ctx, store.Meta{Key: "bench"})
	return err
}

func records(path string, take func(snapshot.Record) error) error {
	snap, err := snapshot.Open(path)
	if err != nil {
		return err
	}
	defer snap.Close()
	for record, err := range snap.Records() {
		if err != nil {
			return err
		}
		if err := take(record); err != nil {
			return err
		}
	}
	return nil
}

// writeFiles writes the files that a list names, each of the length that stands
// before its name, with one processor's thought for each: open, write, close.
func writeFiles(_ context.Context, args []string) error {
	list, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer list.Close()
	block := make([]byte, 1<<20)
	for i := range block {
		block[i] = byte('a' + i%26)
	}
	made := map[string]bool{}
	lines := bufio.NewScanner(list)
	for lines.Scan() {
		var length int
		var name string
		if _, err := fmt.Sscanf(lines.Text(), "%d %q", &length, &name); err != nil {
			return err
		}
		path := filepath.Join(args[1], name)
		if folder := filepath.Dir(path); !made[folder] {
			if err := os.MkdirAll(folder, 0o777); err != nil {
				return err
			}
			made[folder] = true
		}
		if err := writeFile(path, length, block); err != nil {
			return err
		}
	}
	return lines.Err()
}

func writeFile(path string, length int, block []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	for length > 0 {
		n, err := file.Write(block[:min(length, len(block))])
		if err != nil {
			file.Close()
			return err
		}
		length -= n
	}
	return file.Close()
}

// listFiles writes down length and name of every file of a folder.
func listFiles(folder, list string) (files int, bytes int64, err error) {
	out, err := os.Create(list)
	if err != nil {
		return 0, 0, err
	}
	defer out.Close()
	lines := bufio.NewWriter(out)
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		files++
		bytes += info.Size()
		_, err = fmt.Fprintf(lines, "%d %s\n", info.Size(), strconv.Quote(name))
		return err
	})
	if err != nil {
		return 0, 0, err
	}
	return files, bytes, lines.Flush()
}
