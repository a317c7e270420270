package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"unicode/utf8"

	"loanleaf/kiva"
)

// index is the index of a store, open for reading.
type index struct {
	pool  chan *finder
	loans int
}

// finders is how many searches are answered at once; more wait.
const finders = 4

// finder is one connection to an index. It is used by one goroutine at a time.
type finder struct {
	db                 *sql.DB
	term, words, block *sql.Stmt
	loans              int

	all, one, name, start set // of the part at hand; kept for their memory
}

func openFinder(path string, of stamp) (*finder, error) {
	db, err := openFinished(path)
	if err != nil {
		return nil, err
	}
	f := &finder{db: db}
	if err := f.prepare(of); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return f, nil
}

func (f *finder) prepare(of stamp) error {
	if _, err := f.db.Exec(fmt.Sprintf("PRAGMA cache_size = -%d", readerCache)); err != nil {
		return err
	}
	var is stamp
	if err := f.db.QueryRow("SELECT sources, size, modified, loans FROM about").Scan(&is.key, &is.size, &is.modified, &f.loans); err != nil {
		return err
	}
	if is != of {
		return fmt.Errorf("%w: of another store", ErrStale)
	}
	for _, s := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&f.term, "SELECT places FROM term WHERE part = ? AND kind = ? AND text = ?"},
		{&f.words, "SELECT places FROM term WHERE part = ? AND kind = ? AND text >= ? AND text < ?"},
		{&f.block, "SELECT loans FROM block WHERE number = ?"},
	} {
		stmt, err := f.db.Prepare(s.text)
		if err != nil {
			return err
		}
		*s.stmt = stmt
	}
	return nil
}

// close waits for the searches under way.
func (x *index) close() error {
	var errs []error
	for range finders {
		errs = append(errs, (<-x.pool).db.Close())
	}
	return errors.Join(errs...)
}

// closeOpened closes those that were opened before one could not be.
func (x *index) closeOpened() error {
	var errs []error
	for len(x.pool) > 0 {
		errs = append(errs, (<-x.pool).db.Close())
	}
	return errors.Join(errs...)
}

// ErrNotSearchable is a search of a store that [Store.MakeSearchable] was not
// called on, or has not finished with. It wraps [kiva.ErrNotYet].
var ErrNotSearchable = fmt.Errorf("store has no search index: %w", kiva.ErrNotYet)

// Search finds loans by id, or by name, country and sector: those that raise
// funds first, then the others, each the newest first. A list of another kind
// than those two is an error, and so is a Limit or Offset below 0. It takes
// about as long wherever Offset lies.
func (s *Store) Search(ctx context.Context, q kiva.Query) (kiva.Found, error) {
	found, err := s.search(ctx, q)
	if err != nil {
		return kiva.Found{}, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

func (s *Store) search(ctx context.Context, q kiva.Query) (kiva.Found, error) {
	if err := checkQuery(q); err != nil {
		return kiva.Found{}, err
	}
	if q.ID != 0 {
		var id int64
		err := s.read(ctx, func(r *reader) error { return r.next.QueryRow(q.ID).Scan(&id) })
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return kiva.Found{}, err
		}
		if err == nil && id == q.ID {
			found := kiva.Found{Total: 1}
			if q.Offset == 0 && q.Limit > 0 {
				found.IDs = []int64{id}
			}
			return found, nil
		}
	}
	x := s.index.Load()
	select {
	case <-s.closed:
		return kiva.Found{}, errClosed
	default:
	}
	if x == nil {
		return kiva.Found{}, ErrNotSearchable
	}
	if len(q.Terms) == 0 {
		return kiva.Found{}, nil
	}
	select {
	case f := <-x.pool:
		defer func() { x.pool <- f }()
		return f.find(ctx, q)
	case <-ctx.Done():
		return kiva.Found{}, ctx.Err()
	case <-s.closed:
		return kiva.Found{}, errClosed
	}
}

func checkQuery(q kiva.Query) error {
	if q.Offset < 0 || q.Limit < 0 {
		return fmt.Errorf("%d loans from the %d. on", q.Limit, q.Offset)
	}
	for _, term := range q.Terms {
		for _, list := range term.Lists {
			if list.Kind != kiva.ByCountry && list.Kind != kiva.BySector {
				return fmt.Errorf("by list %s", list)
			}
		}
	}
	return nil
}

// find goes through the parts: all of them, to count.
func (f *finder) find(ctx context.Context, q kiva.Query) (kiva.Found, error) {
	var found kiva.Found
	block, ids := -1, []int64(nil)
	for part := 0; part*partLoans < f.loans; part++ {
		if err := ctx.Err(); err != nil {
			return kiva.Found{}, err
		}
		if err := f.meeting(part, q.Terms); err != nil {
			return kiva.Found{}, err
		}
		skip := max(q.Offset-found.Total, 0)
		found.Total += f.all.count()
		for place := range f.all.from(skip) {
			if len(found.IDs) >= q.Limit {
				break
			}
			number := part*partLoans + place
			if number/kiva.PageSize != block {
				block = number / kiva.PageSize
				var err error
				if ids, err = f.idsOf(block); err != nil {
					return kiva.Found{}, err
				}
			}
			if number%kiva.PageSize >= len(ids) {
				return kiva.Found{}, fmt.Errorf("%w: block %d", ErrDamaged, block)
			}
			found.IDs = append(found.IDs, ids[number%kiva.PageSize])
		}
	}
	return found, nil
}

func (f *finder) idsOf(block int) ([]int64, error) {
	var packed []byte
	if err := f.block.QueryRow(block).Scan(&packed); err != nil {
		return nil, fmt.Errorf("%w: block %d: %w", ErrDamaged, block, err)
	}
	return decodeIDs(packed)
}

// meeting puts the loans of a part that meet all terms into f.all.
func (f *finder) meeting(part int, terms []kiva.Term) error {
	for i, term := range terms {
		f.one.clear()
		for _, list := range term.Lists {
			if err := f.addTerm(&f.one, part, onList+int(list.Kind), list.Key); err != nil {
				return err
			}
		}
		if err := f.named(part, term.Words); err != nil {
			return err
		}
		f.one.unite(&f.name)
		if i == 0 {
			f.all = f.one
		} else {
			f.all.intersect(&f.one)
		}
		if f.all == (set{}) {
			return nil
		}
	}
	return nil
}

// named puts the loans of a part whose names have all words into f.name.
func (f *finder) named(part int, words []string) error {
	f.name.clear()
	for i, word := range words {
		f.start.clear()
		if err := f.addStart(&f.start, part, word); err != nil {
			return err
		}
		if i == 0 {
			f.name = f.start
		} else {
			f.name.intersect(&f.start)
		}
		if f.name == (set{}) {
			return nil
		}
	}
	return nil
}

// afterWords is greater than every letter.
const afterWords = string(utf8.MaxRune)

// addStart adds the loans that have a word that begins so.
func (f *finder) addStart(s *set, part int, start string) error {
	if utf8.RuneCountInString(start) <= shortStart {
		return f.addTerm(s, part, wordStart, start)
	}
	rows, err := f.words.Query(part, wholeWord, start, start+afterWords)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var packed sql.RawBytes
		if err := rows.Scan(&packed); err != nil {
			return err
		}
		if err := s.add(packed); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (f *finder) addTerm(s *set, part, kind int, text string) error {
	var packed []byte
	err := f.term.QueryRow(part, kind, text).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.add(packed)
}
