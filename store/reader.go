package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"loanleaf/kiva"
)

// readerCache bounds the memory of one reader, in KiB. The system's own cache
// of the file does most of the work.
const readerCache = 2 << 10

// reader is one connection to the file with its statements. It is used by one
// goroutine at a time.
type reader struct {
	db *sql.DB

	loan, partner, loans, records, partners *sql.Stmt
	next                                    *sql.Stmt
	lists, raising, page, listing, listings *sql.Stmt
}

// openFinished opens a file that nobody writes to any more, with the one
// connection that it will have.
func openFinished(path string) (*sql.DB, error) {
	name, err := source(path, "mode=ro&immutable=1")
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	return db, nil
}

// openReader opens the file at path. The connection is opened at once and kept
// until close: one opened later would find whatever was swapped in since.
func openReader(path string) (*reader, error) {
	db, err := openFinished(path)
	if err != nil {
		return nil, err
	}
	r := &reader{db: db}
	if err := r.prepare(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return r, nil
}

func (r *reader) prepare() error {
	if _, err := r.db.Exec(fmt.Sprintf("PRAGMA cache_size = -%d", readerCache)); err != nil {
		return err
	}
	for _, s := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&r.loan, "SELECT listing, rest FROM loan WHERE id = ?"},
		{&r.partner, "SELECT body FROM partner WHERE id = ?"},
		{&r.loans, "SELECT id, listing, rest FROM loan WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"},
		{&r.records, "SELECT span, loans FROM record WHERE span >= ? AND span <= ? ORDER BY span LIMIT 1"},
		{&r.partners, "SELECT id, body, NULL FROM partner WHERE id >= ? ORDER BY id LIMIT ?"},
		{&r.next, "SELECT id FROM loan WHERE id >= ? ORDER BY id LIMIT 1"},
		{&r.listing, "SELECT listing FROM loan WHERE id = ?"},
		{&r.lists, "SELECT id, kind, key, name, loans, fundraising FROM list"},
		{&r.raising, "SELECT raising FROM list WHERE kind = ? AND key = ?"},
		{&r.page, "SELECT loans FROM page WHERE list = ? AND number = ?"},
		{&r.listings, "SELECT id, listing FROM loan WHERE id IN (" + strings.Repeat("?, ", kiva.PageSize-1) + "?)"},
	} {
		stmt, err := r.db.Prepare(s.text)
		if err != nil {
			return err
		}
		*s.stmt = stmt
	}
	return nil
}

func (r *reader) close() error { return r.db.Close() }

func (r *reader) pageIDs(row int64, page int) ([]int64, error) {
	var packed []byte
	err := r.page.QueryRow(row, page).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, kiva.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return decodeIDs(packed)
}

// raisingIDs are none where there is no such list.
func (r *reader) raisingIDs(list kiva.List) ([]int64, error) {
	var packed []byte
	err := r.raising.QueryRow(list.Kind, list.Key).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return decodeIDs(packed)
}

// readers is how many questions a store answers at once; more wait, each for
// some tens of microseconds.
const readers = 8

// openReaders opens all readers of the store at path.
func openReaders(path string) (chan *reader, error) {
	pool := make(chan *reader, readers)
	for range readers {
		r, err := openReader(path)
		if err != nil {
			return nil, errors.Join(err, closeReaders(pool, len(pool)))
		}
		pool <- r
	}
	return pool, nil
}

// closeReaders waits for n readers to come back and closes them.
func closeReaders(pool chan *reader, n int) error {
	var errs []error
	for range n {
		errs = append(errs, (<-pool).close())
	}
	return errors.Join(errs...)
}

// read runs f with a reader of its own. f asks little, so that nobody who
// waits for a reader waits long; ctx ends the waiting, not f.
func (s *Store) read(ctx context.Context, f func(*reader) error) error {
	if err := s.answers(ctx); err != nil {
		return err
	}
	select {
	case r := <-s.pool:
		defer func() { s.pool <- r }()
		return f(r)
	case <-s.closed:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answers tells why nothing is answered any more.
func (s *Store) answers(ctx context.Context) error {
	select {
	case <-s.closed:
		return errClosed
	default:
		return ctx.Err()
	}
}

var errClosed = errors.New("store is closed")
