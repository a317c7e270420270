package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

// applicationID marks our files among SQLite's: "LOAN".
const applicationID = 0x4c4f414e

// schemaVersion counts the shapes of the file: tables, codec, order of pages.
// Whoever changes one of them, or what a stored field of kiva means, raises it;
// stores of other versions are imported anew.
const schemaVersion = 3

// pageBytes is SQLite's page size.
const pageBytes = 16384

// importCache bounds the import's memory, in KiB.
const importCache = 24 << 10

// tables has no index besides the primary keys: list pages name their loans.
//
// record has what tells whether loans changed (kiva.Record), of all loans of recordSpan
// ids in a row: loans are thirty times as long. A loan's own is in its row too, until Commit
// has all of them.
//
// raising of a list names the newest of its loans that raise funds, at most
// MaxRaising: somewhere in a list of millions there may be only these few.
//
// ordered is what Commit reads the lists from, and is dropped by it. It is a
// table rather than a sort because SQLite's sorter would spill into whatever
// folder the system keeps temporary files in.
const tables = `
CREATE TABLE loan (id INTEGER PRIMARY KEY, posted INTEGER NOT NULL, status INTEGER NOT NULL, country INTEGER NOT NULL,
	sector INTEGER NOT NULL, partner INTEGER NOT NULL, record BLOB NOT NULL, listing BLOB NOT NULL, rest BLOB);
CREATE TABLE record (span INTEGER PRIMARY KEY, loans BLOB NOT NULL);
CREATE TABLE partner (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE list (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL,
	loans INTEGER NOT NULL, fundraising INTEGER NOT NULL, raising BLOB NOT NULL, UNIQUE (kind, key));
CREATE TABLE page (list INTEGER NOT NULL, number INTEGER NOT NULL, loans BLOB NOT NULL, PRIMARY KEY (list, number)) WITHOUT ROWID;
CREATE TABLE ordered (posted INTEGER NOT NULL, id INTEGER NOT NULL, status INTEGER NOT NULL, country INTEGER NOT NULL,
	sector INTEGER NOT NULL, partner INTEGER NOT NULL, PRIMARY KEY (posted, id)) WITHOUT ROWID;
CREATE TABLE about (sources TEXT NOT NULL, date INTEGER NOT NULL, loans INTEGER NOT NULL, partners INTEGER NOT NULL,
	replaced INTEGER NOT NULL, withheld INTEGER NOT NULL);
`

// Why a file at the path of a store cannot be read; in both cases importing
// again is the cure.
var (
	// ErrStale is a store that another version of the program wrote.
	ErrStale = errors.New("store was written by another version")
	// ErrDamaged is a file that is no store, or not a whole one.
	ErrDamaged = errors.New("not a whole store")
)

// fileKind is what tells a file of ours: the number that marks it among
// SQLite's, and the version of its shape.
type fileKind struct{ application, version uint32 }

var (
	storeKind = fileKind{applicationID, schemaVersion}
	indexKind = fileKind{indexApplicationID, indexVersion}
)

// check tells from SQLite's own header (file format, §1.3) whether file is of
// this kind and version, and as long as it says it is.
func (k fileKind) check(file *os.File) error {
	var head [100]byte
	if _, err := io.ReadFull(io.NewSectionReader(file, 0, int64(len(head))), head[:]); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("%w: shorter than a header", ErrDamaged)
		}
		return err
	}
	if string(head[:16]) != "SQLite format 3\x00" || binary.BigEndian.Uint32(head[68:]) != k.application {
		return fmt.Errorf("%w: another kind of file", ErrDamaged)
	}
	if v := binary.BigEndian.Uint32(head[60:]); v != k.version {
		return fmt.Errorf("%w: %d, this one writes %d", ErrStale, v, k.version)
	}
	info, err := file.Stat()
	if err != nil {
		return err
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 65536
	}
	if want := page * int64(binary.BigEndian.Uint32(head[28:])); info.Size() != want {
		return fmt.Errorf("%w: %d bytes of %d", ErrDamaged, info.Size(), want)
	}
	return nil
}

// checkReplaceable refuses a path where something stands that no import of
// ours can have put there.
func (k fileKind) checkReplaceable(path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is in the way and not a file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var head [72]byte
	if _, err := io.ReadFull(file, head[:]); err != nil || binary.BigEndian.Uint32(head[68:]) != k.application {
		return fmt.Errorf("%s is in the way and none of the files of a store", path)
	}
	return nil
}

// source is SQLite's name of the file at path, with parameters of its own.
func source(path, parameters string) (string, error) {
	whole, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return (&url.URL{Scheme: "file", Path: whole, RawQuery: parameters}).String(), nil
}
