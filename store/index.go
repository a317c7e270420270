package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"loanleaf/kiva"
	"loanleaf/locale"
)

// indexApplicationID marks the file of an index among SQLite's: "LOAS".
const indexApplicationID = 0x4c4f4153

// indexVersion counts the shapes of an index: its tables, how words are folded,
// the order of what is found.
const indexVersion = 1

// indexTables: term holds, for a part of the loans, which of them a term
// means; block their ids, kiva.PageSize at a time; about the store it is of.
const indexTables = `
CREATE TABLE term (part INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL, places BLOB NOT NULL,
	PRIMARY KEY (part, kind, text)) WITHOUT ROWID;
CREATE TABLE block (number INTEGER PRIMARY KEY, loans BLOB NOT NULL);
CREATE TABLE about (sources TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, loans INTEGER NOT NULL);
`

// Kinds of terms. A word of a name is found by its beginning: short beginnings
// have a row of their own, since thousands of words share them; for longer ones
// the rows of all words that begin so are read.
const (
	wholeWord = 0 // of more than shortStart runes
	wordStart = 1 // of shortStart runes or fewer
	onList    = 2 // and the kind of list
)

const shortStart = 3

// entry is a row of term within a part.
type entry struct {
	kind int
	text string
}

// MakeSearchable makes [Store.Search] answer, with an index in the file at
// path: the one that stands there, if it was made of this very store, else one
// made now, which takes a core some 20 seconds per million loans and 21 bytes
// a loan, and put there in whole. An index that was not finished is never seen, and the next one
// clears it away. [ErrBusy] when another index is being made for path. What is
// searchable already stays as it is, and path is not looked at. path may be
// removed afterwards; that costs making the index again.
//
// Imports make none, since most stores are only ever built from.
func (s *Store) MakeSearchable(ctx context.Context, path string) error {
	if s.OpenIndex(path) == nil {
		return nil
	}
	if err := s.writeIndex(ctx, path); err != nil {
		return fmt.Errorf("search index %s: %w", path, err)
	}
	return s.OpenIndex(path)
}

// OpenIndex is MakeSearchable with an index that stands at path already; an error where
// there is none, or it was made of another store. It takes milliseconds.
func (s *Store) OpenIndex(path string) error {
	if s.index.Load() != nil {
		return nil
	}
	x, err := openIndex(path, s.made)
	if err != nil {
		return fmt.Errorf("search index %s: %w", path, err)
	}
	if !s.index.CompareAndSwap(nil, x) {
		return x.close()
	}
	return nil
}

func (s *Store) writeIndex(ctx context.Context, path string) (err error) {
	file, err := stage(path, indexKind)
	if err != nil {
		return err
	}
	if err := s.fillIndex(ctx, file.temp); err != nil {
		return errors.Join(err, file.discard())
	}
	return file.publish()
}

// fillIndex opens the staged file as [Import] does: it is nobody's until it is
// published.
func (s *Store) fillIndex(ctx context.Context, temp string) (err error) {
	name, err := source(temp, "mode=rw&nolock=1")
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	for _, text := range []string{
		fmt.Sprintf("PRAGMA page_size = %d", pageBytes),
		"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE",
		fmt.Sprintf("PRAGMA cache_size = -%d", readerCache),
		fmt.Sprintf("PRAGMA application_id = %d", indexApplicationID),
		fmt.Sprintf("PRAGMA user_version = %d", indexVersion),
		"BEGIN", indexTables,
	} {
		if _, err := db.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	w := indexWriter{store: s, terms: map[entry][]uint16{}}
	if w.insertTerm, err = db.PrepareContext(ctx, "INSERT INTO term (part, kind, text, places) VALUES (?, ?, ?, ?)"); err != nil {
		return err
	}
	if w.insertBlock, err = db.PrepareContext(ctx, "INSERT INTO block (number, loans) VALUES (?, ?)"); err != nil {
		return err
	}
	if err := w.run(ctx); err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "INSERT INTO about (sources, size, modified, loans) VALUES (?, ?, ?, ?)",
		s.made.key, s.made.size, s.made.modified, w.loans); err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "COMMIT")
	return err
}

// indexWriter numbers the loans and collects the terms of a part.
type indexWriter struct {
	store                   *Store
	insertTerm, insertBlock *sql.Stmt
	terms                   map[entry][]uint16
	loans                   int
	block                   []int64
}

// run takes the loans in the order in which they are found: those that raise
// funds, then the others, from the newest end of the lists to the oldest.
func (w *indexWriter) run(ctx context.Context) error {
	fundraising := kiva.List{Kind: kiva.ByStatus, Key: kiva.Fundraising.String()}
	if err := w.list(ctx, fundraising, true); err != nil {
		return err
	}
	if err := w.list(ctx, kiva.List{}, false); err != nil {
		return err
	}
	if len(w.block) > 0 {
		if err := w.flushBlock(); err != nil {
			return err
		}
	}
	return w.flushPart((w.loans - 1) / partLoans)
}

// list takes the loans of a list that raise funds, or those that do not.
func (w *indexWriter) list(ctx context.Context, list kiva.List, fundraising bool) error {
	info, err := w.store.ListInfo(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for page := pages(info); page > 0; page-- {
		ids, err := w.store.PageIDs(ctx, list, page)
		if err != nil {
			return err
		}
		slices.Reverse(ids)
		loans, err := w.store.Listings(ctx, ids)
		if err != nil {
			return err
		}
		for i := range loans {
			if (loans[i].Status == kiva.Fundraising) != fundraising {
				continue
			}
			if err := w.loan(&loans[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *indexWriter) loan(l *kiva.Loan) error {
	if w.loans > 0 && w.loans%partLoans == 0 {
		if err := w.flushPart(w.loans/partLoans - 1); err != nil {
			return err
		}
	}
	place := uint16(w.loans % partLoans)
	w.loans++
	if !l.Anonymous() { // whoever is not named is not found by name
		for _, word := range locale.SearchWords(l.Name) {
			w.word(word, place)
		}
	}
	for _, s := range [...]spelling{{kiva.ByCountry, l.Location.CountryCode, ""}, {kind: kiva.BySector, name: l.Sector}} {
		if list, ok := s.list(); ok {
			w.mean(entry{onList + int(list.Kind), list.Key}, place)
		}
	}
	if w.block = append(w.block, l.ID); len(w.block) == kiva.PageSize {
		return w.flushBlock()
	}
	return nil
}

func (w *indexWriter) word(word string, place uint16) {
	runes := 0
	for i := range word {
		if runes > 0 {
			w.mean(entry{wordStart, word[:i]}, place)
		}
		if runes++; runes > shortStart {
			w.mean(entry{wholeWord, word}, place)
			return
		}
	}
	w.mean(entry{wordStart, word}, place)
}

// mean notes that a term means the loan at a place, once.
func (w *indexWriter) mean(e entry, place uint16) {
	places := w.terms[e]
	if n := len(places); n > 0 && places[n-1] == place {
		return
	}
	if len(places) == 0 {
		e.text = strings.Clone(e.text) // not to keep the name it is part of
	}
	w.terms[e] = append(places, place)
}

func (w *indexWriter) flushBlock() error {
	_, err := w.insertBlock.Exec((w.loans-1)/kiva.PageSize, encodeIDs(w.block))
	w.block = w.block[:0]
	return err
}

func (w *indexWriter) flushPart(part int) error {
	for _, e := range slices.SortedFunc(maps.Keys(w.terms), compareEntries) {
		if _, err := w.insertTerm.Exec(part, e.kind, e.text, packPlaces(w.terms[e])); err != nil {
			return err
		}
	}
	clear(w.terms)
	return nil
}

func compareEntries(a, b entry) int {
	if a.kind != b.kind {
		return a.kind - b.kind
	}
	return strings.Compare(a.text, b.text)
}

// openIndex opens the index at path; an error when it is not of the store.
func openIndex(path string, of stamp) (*index, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	err = errors.Join(indexKind.check(file), file.Close())
	if err != nil {
		return nil, err
	}
	x := &index{pool: make(chan *finder, finders)}
	for range finders {
		f, err := openFinder(path, of)
		if err != nil {
			return nil, errors.Join(err, x.closeOpened())
		}
		x.pool <- f
		x.loans = f.loans
	}
	return x, nil
}
