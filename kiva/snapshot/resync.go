package snapshot

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// mostResyncs are tried in one file: each may look through MaxRecord bytes, and
// a file made to do harm could ask for one at every other byte.
const mostResyncs = 1000

// resync looks for the end of a record whose brackets never matched, as after
// a quotation mark that is missing: from there on text and structure are
// taken for each other, to the end of the file. raw begins with the record; the
// end is the first place behind the first error of its syntax where an object
// closes and another one follows that begins with the same key. It is -1 when
// the record has no error but that it is not finished, or no such place.
func resync(raw []byte) int {
	key := firstKey(raw)
	if key == nil {
		return -1
	}
	d := jsontext.NewDecoder(bytes.NewBuffer(raw), jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true))
	// The error shows one token late when a text ran on into the next record.
	var from, at int64
	for {
		if _, err := d.ReadToken(); err != nil {
			if errors.Is(err, io.ErrUnexpectedEOF) || err == io.EOF {
				return -1
			}
			break
		}
		from, at = at, d.InputOffset()
	}
	return nextRecord(raw, int(from), key)
}

// nextRecord is the end of the first object at or behind from that another
// one follows which begins with key, -1 when there is none.
func nextRecord(raw []byte, from int, key []byte) int {
	for {
		i := bytes.IndexByte(raw[from:], '}')
		if i < 0 {
			return -1
		}
		from += i + 1
		rest := bytes.TrimLeft(raw[from:min(len(raw), from+200)], " \t\r\n")
		rest, found := bytes.CutPrefix(rest, []byte{','})
		if !found {
			continue
		}
		rest, found = bytes.CutPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte{'{'})
		if found && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), key) {
			return from
		}
	}
}

// firstKey is the first key of a record, quotes and all, nil when it has none.
func firstKey(raw []byte) []byte {
	if raw[0] != '{' {
		return nil
	}
	rest := bytes.TrimLeft(raw[1:min(len(raw), 200)], " \t\r\n")
	if len(rest) == 0 || rest[0] != '"' {
		return nil
	}
	end, ended := endOfString(rest, 1)
	if !ended {
		return nil
	}
	return rest[:end]
}
