package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"loanleaf/kiva"
)

// Import is a store being written. Its methods may be called at the same
// time; of two records of one id the later call wins.
type Import struct {
	codec codec
	path  string

	mu     sync.Mutex
	file   *staged // nil: committed or aborted
	db     *sql.DB
	conn   *sql.Conn
	failed error // why nothing more can be added
	counts Counts

	spellings []spelling
	spelled   map[spelling]int64 // its place in spellings

	insertLoan, replaceLoan, removeLoan *sql.Stmt
	insertPartner, replacePartner       *sql.Stmt
	prepared                            []*sql.Stmt // all there are
}

// spelling is a country or sector as loans spell it. Loans refer to it by its
// place in Import.spellings, where 0 is none.
type spelling struct {
	kind kiva.ListKind
	code string // of a country
	name string
}

// list is the list that the loans of this spelling are on; false when it is none.
func (s spelling) list() (kiva.List, bool) {
	key := strings.ToUpper(s.code)
	if s.kind == kiva.BySector {
		key = kiva.Slug(s.name)
	}
	return kiva.List{Kind: s.kind, Key: key}, key != ""
}

// Create begins an import into the file at path, whose folder it makes when
// there is none. Nothing is seen at path before [Import.Commit]; until then
// the data is in a hidden file beside it, and the next Create in the folder
// removes what a killed import left there.
//
// It gives [ErrBusy] while another import into path is at work, and refuses a
// path where something else than a store stands. A full disk is syscall.ENOSPC, here
// and in what follows.
func Create(path string) (*Import, error) {
	im, err := create(path)
	if err != nil {
		return nil, fmt.Errorf("store %s: %w", path, plain(err))
	}
	return im, nil
}

func create(path string) (*Import, error) {
	c, err := newCodec()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	im := &Import{codec: c, path: path, spellings: []spelling{{}}, spelled: map[spelling]int64{}}
	if im.file, err = stage(path, storeKind); err != nil {
		return nil, err
	}
	if err := im.begin(); err != nil {
		return nil, errors.Join(err, im.end())
	}
	return im, nil
}

// begin opens the staged file and lays the tables. Journal and syncing are
// off: the file is nobody's until it is published, and SQLite's own locks are
// off because flock holds it, which some systems count as the same lock.
func (im *Import) begin() error {
	name, err := source(im.file.temp, "mode=rw&nolock=1")
	if err != nil {
		return err
	}
	if im.db, err = sql.Open("sqlite", name); err != nil {
		return err
	}
	ctx := context.Background()
	if im.conn, err = im.db.Conn(ctx); err != nil {
		return err
	}
	for _, text := range []string{
		fmt.Sprintf("PRAGMA page_size = %d", pageBytes),
		"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE",
		// Of a record that another takes the place of, or takes away, no byte stays in
		// the file: it may have been anonymised since. What this leaves, eraseGaps erases.
		"PRAGMA secure_delete = ON",
		fmt.Sprintf("PRAGMA cache_size = -%d", importCache),
		fmt.Sprintf("PRAGMA application_id = %d", applicationID),
		fmt.Sprintf("PRAGMA user_version = %d", schemaVersion),
		"BEGIN", tables,
	} {
		if _, err := im.conn.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("%s: %w", text, err)
		}
	}
	for _, s := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&im.insertLoan, `INSERT OR IGNORE INTO loan (posted, status, country, sector, partner, record, listing, rest, id)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&im.replaceLoan, `UPDATE loan SET posted = ?, status = ?, country = ?, sector = ?, partner = ?, record = ?, listing = ?, rest = ?
			WHERE id = ?`},
		{&im.removeLoan, "DELETE FROM loan WHERE id = ?"},
		{&im.insertPartner, "INSERT OR IGNORE INTO partner (body, id) VALUES (?, ?)"},
		{&im.replacePartner, "UPDATE partner SET body = ? WHERE id = ?"},
	} {
		if *s.stmt, err = im.prepare(ctx, s.text); err != nil {
			return err
		}
	}
	return nil
}

// prepare makes a statement that closeDB closes: SQLite keeps the file of a
// closed connection open for as long as it has statements.
func (im *Import) prepare(ctx context.Context, text string) (*sql.Stmt, error) {
	stmt, err := im.conn.PrepareContext(ctx, text)
	if err == nil {
		im.prepared = append(im.prepared, stmt)
	}
	return stmt, err
}

// AddLoan adds a loan, in listing or detail shape, in place of an earlier one
// of its id; replaced tells whether there was one. A loan that is
// [kiva.Hidden] takes the earlier one away, counts as withheld, and is not
// added itself. The loan's id must be above 0 and below 2^63-1, and its status
// known.
//
// After an error of the file (a full disk, say) every further call gives the
// same error; only Abort is left.
func (im *Import) AddLoan(ctx context.Context, loan *kiva.Loan) (replaced bool, err error) {
	replaced, err = im.addLoan(ctx, loan)
	if err != nil {
		return false, fmt.Errorf("loan %d: %w", loan.ID, err)
	}
	return replaced, nil
}

func (im *Import) addLoan(ctx context.Context, loan *kiva.Loan) (replaced bool, err error) {
	if err := checkID(loan.ID); err != nil {
		return false, err
	}
	if loan.Status == kiva.StatusUnknown || loan.Status > kiva.Hidden {
		return false, errors.New("no status")
	}
	if loan.Status == kiva.Hidden {
		return im.add(ctx, im.removeLoan, nil, &im.counts.Withheld, loan.ID)
	}
	listing, rest, err := im.codec.encodeLoan(loan)
	if err != nil {
		return false, err
	}
	country := im.spell(spelling{kiva.ByCountry, loan.Location.CountryCode, loan.Location.Country})
	sector := im.spell(spelling{kind: kiva.BySector, name: loan.Sector})
	return im.add(ctx, im.insertLoan, im.replaceLoan, nil,
		loan.Posted.Unix(), int64(loan.Status), country, sector, loan.PartnerID, packRecord(loan, listing, rest), listing, rest, loan.ID)
}

// AddPartner adds a partner in place of an earlier one of its id; replaced
// tells whether there was one. Errors are those of AddLoan.
func (im *Import) AddPartner(ctx context.Context, partner *kiva.Partner) (replaced bool, err error) {
	replaced, err = im.addPartner(ctx, partner)
	if err != nil {
		return false, fmt.Errorf("partner %d: %w", partner.ID, err)
	}
	return replaced, nil
}

func (im *Import) addPartner(ctx context.Context, partner *kiva.Partner) (replaced bool, err error) {
	if err := checkID(partner.ID); err != nil {
		return false, err
	}
	body, err := im.codec.enc.Marshal(partner)
	if err != nil {
		return false, err
	}
	return im.add(ctx, im.insertPartner, im.replacePartner, nil, body, partner.ID)
}

// checkID leaves the largest number out because ranges of ids end before
// their upper bound.
func checkID(id int64) error {
	if id < 1 || id == math.MaxInt64 {
		return errors.New("an id is above 0 and below 2^63-1")
	}
	return nil
}

// add runs first, and then, when it met a row of the same id and changed
// nothing, second. A nil second means that first itself changes such a row.
func (im *Import) add(ctx context.Context, first, second *sql.Stmt, tally *int, args ...any) (replaced bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.failed != nil {
		return false, im.failed
	}
	changed, err := change(first, args)
	replaced = changed
	if second != nil && err == nil {
		if replaced = !changed; replaced {
			_, err = change(second, args)
		}
	}
	if err != nil {
		im.failed = fmt.Errorf("store %s cannot be written: %w", im.path, plain(err))
		return false, im.failed
	}
	if replaced {
		im.counts.Replaced++
	}
	if tally != nil {
		*tally++
	}
	return replaced, nil
}

// change runs a statement that changes one row or none. It is not given the
// caller's context, for which the driver would start a goroutine a call.
func change(stmt *sql.Stmt, args []any) (bool, error) {
	result, err := stmt.Exec(args...)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// spell gives the place of a spelling that makes a list, else 0.
func (im *Import) spell(s spelling) int64 {
	im.mu.Lock()
	defer im.mu.Unlock()
	place, ok := im.spelled[s]
	if ok {
		return place
	}
	if _, ok := s.list(); ok {
		place = int64(len(im.spellings))
		im.spellings = append(im.spellings, s)
	}
	im.spelled[s] = place
	return place
}

// errEnded is every call after Commit or Abort.
var errEnded = errors.New("the import has ended")

// Commit ends the import: it builds the lists, makes the file durable and
// swaps it in at the path. After an error the path is as it was, and the
// import is aborted; but when only the folder could not be made durable, the
// new store is in place and the error says so.
func (im *Import) Commit(ctx context.Context, meta Meta) (Counts, error) {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.file == nil {
		return Counts{}, fmt.Errorf("store %s: %w", im.path, errEnded)
	}
	err := im.failed
	if err == nil {
		err = im.finish(ctx, meta)
	}
	if err == nil {
		err = im.closeDB()
	}
	if err == nil && im.counts.Replaced+im.counts.Withheld > 0 {
		err = eraseGaps(im.file.file)
	}
	if err != nil {
		return Counts{}, errors.Join(fmt.Errorf("store %s: %w", im.path, plain(err)), im.end())
	}
	file := im.file
	im.file, im.failed = nil, errEnded
	if err := file.publish(); err != nil {
		return Counts{}, fmt.Errorf("store %s: %w", im.path, err)
	}
	return im.counts, nil
}

// Abort ends the import and leaves the path as it was. After Commit or Abort
// it does nothing, so that it may be deferred.
func (im *Import) Abort() error {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.file == nil {
		return nil
	}
	if err := im.end(); err != nil {
		return fmt.Errorf("store %s: %w", im.path, err)
	}
	return nil
}

// end closes and discards what the import has open.
func (im *Import) end() error {
	file := im.file
	im.file, im.failed = nil, errEnded
	return errors.Join(im.closeDB(), file.discard())
}

func (im *Import) closeDB() error {
	var errs []error
	for _, stmt := range im.prepared {
		errs = append(errs, stmt.Close())
	}
	im.prepared = nil
	if im.conn != nil {
		errs = append(errs, im.conn.Close())
		im.conn = nil
	}
	if im.db != nil {
		errs = append(errs, im.db.Close())
		im.db = nil
	}
	return errors.Join(errs...)
}
