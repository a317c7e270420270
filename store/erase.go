package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// Kinds of pages that hold rows, as the first byte of one says (the file format of
// SQLite, "B-tree Pages"). Other pages begin with the number of a page, whose first
// byte is 0 below 16 million pages.
const (
	innerIndex, innerTable = 0x02, 0x05
	leafIndex, leafTable   = 0x0a, 0x0d
)

// eraseGaps overwrites what rows left in the room between those of each page when
// SQLite moved them to other pages: secure_delete overwrites a row that goes, but not
// the copies that balancing pages leaves. Nothing that can be read changes.
func eraseGaps(file *os.File) error {
	page, zeros := make([]byte, pageBytes), make([]byte, pageBytes)
	for at := int64(0); ; at += pageBytes {
		if _, err := file.ReadAt(page, at); err != nil {
			if err == io.EOF {
				return nil
			}
			return fmt.Errorf("erase what records left: %w", err)
		}
		begin, end, err := gap(page, at == 0)
		if err != nil {
			return fmt.Errorf("erase what records left: page at %d: %w", at, err)
		}
		if begin == end {
			continue
		}
		if _, err := file.WriteAt(zeros[:end-begin], at+int64(begin)); err != nil {
			return fmt.Errorf("erase what records left: %w", err)
		}
	}
}

// gap is the room of a page between the places of its rows and the rows; empty where
// the page holds no rows or the room has been used for nothing.
func gap(page []byte, first bool) (begin, end int, err error) {
	head := 0
	if first {
		head = 100 // of the file
	}
	switch page[head] {
	case leafIndex, leafTable:
		begin = head + 8
	case innerIndex, innerTable:
		begin = head + 12
	default:
		return 0, 0, nil
	}
	begin += 2 * int(binary.BigEndian.Uint16(page[head+3:]))
	end = int(binary.BigEndian.Uint16(page[head+5:]))
	if end < begin || end > len(page) {
		return 0, 0, errors.New("is no page of rows")
	}
	for _, b := range page[begin:end] {
		if b != 0 {
			return begin, end, nil
		}
	}
	return begin, begin, nil
}
