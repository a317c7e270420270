package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"sync"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"loanleaf/kiva"
)

// Meta is what a store says of itself.
type Meta struct {
	// Key is the [Key] of the sources the store was imported from; any
	// string, kept as it is.
	Key string
	// DataDate is what counts as now (DESIGN, principle 5), in whole
	// seconds, UTC; zero when not known.
	DataDate time.Time
}

// Counts say what an import came to.
type Counts struct {
	Loans    int // in the store
	Partners int // in the store
	Replaced int // loans and partners that a later record of their id took the place of, or took away
	Withheld int // records whose status is not public
}

// Store is a store that is read. Its methods may be called at the same time.
type Store struct {
	codec  codec
	meta   Meta
	counts Counts

	made   stamp // of the file
	pool   chan *reader
	index  atomic.Pointer[index] // nil: not made searchable
	closed chan struct{}
	close  sync.Once

	// partners are those asked for so far, by id: some hundreds, each wanted
	// by thousands of loans.
	partners sync.Map
	lists    knownLists
}

// Open opens the store at path for reading; it goes on reading the same one
// when another is swapped in. Beside errors of the file system, such as
// [io/fs.ErrNotExist], it gives [ErrStale] and [ErrDamaged]. Only the header and
// the length are examined: damage further in shows when it is read.
func Open(path string) (*Store, error) {
	c, err := newCodec()
	if err != nil {
		return nil, err
	}
	s := &Store{codec: c, closed: make(chan struct{})}
	if s.pool, s.made, err = openSame(path); err != nil {
		return nil, fmt.Errorf("store %s: %w", path, err)
	}
	if err := s.readAbout(); err != nil {
		return nil, errors.Join(fmt.Errorf("store %s: %w: %w", path, ErrDamaged, err), s.Close())
	}
	return s, nil
}

// stamp tells a store from every other that stood at its path: two of them do
// not have the same sources, length and time.
type stamp struct {
	key            string
	size, modified int64 // bytes; nanoseconds since 1970
}

// openSame opens the readers and makes sure that all of them have the same
// file, should one be swapped in meanwhile.
func openSame(path string) (chan *reader, stamp, error) {
	const most = 10
	for range most {
		file, err := os.Open(path)
		if err != nil {
			return nil, stamp{}, err
		}
		pool, info, err := openReadersOf(path, file)
		err = errors.Join(err, file.Close())
		if err != nil {
			return nil, stamp{}, err
		}
		if info != nil {
			return pool, stamp{size: info.Size(), modified: info.ModTime().UnixNano()}, nil
		}
	}
	return nil, stamp{}, errors.New("it is being replaced over and over")
}

// openReadersOf gives no info when path came to mean another file.
func openReadersOf(path string, file *os.File) (pool chan *reader, info os.FileInfo, err error) {
	if err := storeKind.check(file); err != nil {
		return nil, nil, err
	}
	pool, err = openReaders(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	was, err := file.Stat()
	if err == nil {
		var is os.FileInfo
		if is, err = os.Stat(path); err == nil && os.SameFile(was, is) {
			return pool, was, nil
		}
	}
	return nil, nil, errors.Join(err, closeReaders(pool, len(pool)))
}

func (s *Store) readAbout() error {
	return s.read(context.Background(), func(r *reader) error {
		var date int64
		err := r.db.QueryRow("SELECT sources, date, loans, partners, replaced, withheld FROM about").Scan(
			&s.meta.Key, &date, &s.counts.Loans, &s.counts.Partners, &s.counts.Replaced, &s.counts.Withheld)
		s.meta.DataDate = time.Unix(date, 0).UTC()
		s.made.key = s.meta.Key
		return err
	})
}

// Close waits for what is being answered and closes the store. Later calls of
// other methods fail; a second Close does nothing.
func (s *Store) Close() error {
	var err error
	s.close.Do(func() {
		close(s.closed)
		err = closeReaders(s.pool, cap(s.pool))
		if x := s.index.Swap(nil); x != nil {
			err = errors.Join(err, x.close())
		}
	})
	return err
}

// Meta is what was given to [Import.Commit].
func (s *Store) Meta() Meta { return s.meta }

// Counts is what [Import.Commit] gave.
func (s *Store) Counts() Counts { return s.counts }

// Loan finds a loan by its id, whole; [kiva.ErrNotFound] when there is none.
func (s *Store) Loan(ctx context.Context, id int64) (kiva.Loan, error) {
	var loan kiva.Loan
	err := s.read(ctx, func(r *reader) error {
		var listing, rest []byte
		if err := r.loan.QueryRow(id).Scan(&listing, &rest); err != nil {
			return err
		}
		var err error
		if loan, err = s.codec.decodeLoan(listing, rest); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil
	})
	if err != nil {
		return kiva.Loan{}, fmt.Errorf("loan %d: %w", id, notFound(err))
	}
	return loan, nil
}

// Partner finds a partner by its id; [kiva.ErrNotFound] when there is none. What
// it gives shares memory with other answers and is only read.
func (s *Store) Partner(ctx context.Context, id int64) (kiva.Partner, error) {
	if known, ok := s.partners.Load(id); ok {
		return known.(kiva.Partner), nil
	}
	var partner kiva.Partner
	err := s.read(ctx, func(r *reader) error {
		var body []byte
		if err := r.partner.QueryRow(id).Scan(&body); err != nil {
			return err
		}
		var err error
		if partner, err = s.codec.decodePartner(body); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil
	})
	if err != nil {
		return kiva.Partner{}, fmt.Errorf("partner %d: %w", id, notFound(err))
	}
	s.partners.Store(id, partner)
	return partner, nil
}

func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return kiva.ErrNotFound
	}
	return err
}

// The scans read this many records at a time, or fewer when they are long; so
// little is held even where stories run to megabytes.
const (
	chunk      = 256
	chunkBytes = 1 << 20
)

// Loans gives the loans with from ≤ id < to, whole and in the order of their
// ids; all of them when from and to are 0. After an error it ends.
func (s *Store) Loans(ctx context.Context, from, to int64) iter.Seq2[kiva.Loan, error] {
	if from == 0 && to == 0 {
		from, to = math.MinInt64, math.MaxInt64
	}
	return func(yield func(kiva.Loan, error) bool) {
		for from < to {
			query := func(r *reader) (*sql.Rows, error) { return r.loans.Query(from, to, chunk) }
			loans, last, err := readChunk(ctx, s, query, s.codec.decodeLoan)
			for _, loan := range loans {
				if !yield(loan, nil) {
					return
				}
			}
			if err != nil {
				yield(kiva.Loan{}, fmt.Errorf("loans from %d: %w", from, err))
			}
			if err != nil || len(loans) == 0 {
				return
			}
			from = last + 1
		}
	}
}

// Partners gives all partners in the order of their ids. After an error it ends.
func (s *Store) Partners(ctx context.Context) iter.Seq2[kiva.Partner, error] {
	return func(yield func(kiva.Partner, error) bool) {
		for from := int64(math.MinInt64); ; {
			query := func(r *reader) (*sql.Rows, error) { return r.partners.Query(from, chunk) }
			partners, last, err := readChunk(ctx, s, query, func(body, _ []byte) (kiva.Partner, error) { return s.codec.decodePartner(body) })
			for _, partner := range partners {
				if !yield(partner, nil) {
					return
				}
			}
			if err != nil {
				yield(kiva.Partner{}, fmt.Errorf("partners from %d: %w", from, err))
			}
			if err != nil || len(partners) == 0 {
				return
			}
			from = last + 1
		}
	}
}

// readChunk reads the records that query asks for, rows of an id and both
// parts of a body, until it has read enough; those before an error too. last
// is the id of the last of them.
func readChunk[T any](ctx context.Context, s *Store, query func(*reader) (*sql.Rows, error), decode func(a, b []byte) (T, error)) (found []T, last int64, err error) {
	found = make([]T, 0, chunk)
	err = s.read(ctx, func(r *reader) error {
		rows, err := query(r)
		if err != nil {
			return err
		}
		defer rows.Close()
		for size := 0; size < chunkBytes && rows.Next(); {
			var id int64
			var a, b sql.RawBytes
			if err := rows.Scan(&id, &a, &b); err != nil {
				return err
			}
			v, err := decode(a, b)
			if err != nil {
				return fmt.Errorf("%d: %w: %w", id, ErrDamaged, err)
			}
			found, last = append(found, v), id
			size += len(a) + len(b)
		}
		return rows.Err()
	})
	return found, last, err
}

// IDBuckets gives, in order, the numbers k for which there is a loan with
// k*width ≤ id < (k+1)*width. width is above 0.
func (s *Store) IDBuckets(ctx context.Context, width int64) ([]int64, error) {
	if width < 1 {
		return nil, fmt.Errorf("buckets of %d ids", width)
	}
	var buckets []int64
	for from := int64(0); ; {
		var id int64
		err := s.read(ctx, func(r *reader) error { return r.next.QueryRow(from).Scan(&id) })
		if errors.Is(err, sql.ErrNoRows) {
			return buckets, nil
		}
		if err != nil {
			return nil, fmt.Errorf("buckets of %d ids: %w", width, err)
		}
		bucket := id / width
		buckets = append(buckets, bucket)
		if bucket >= math.MaxInt64/width {
			return buckets, nil
		}
		from = (bucket + 1) * width
	}
}

// LoanIDs gives the ids of the loans with from ≤ id < to, in order; all of
// them when from and to are 0. They are in memory at once: ask for a range
// that is bounded, such as a bucket of [Store.IDBuckets].
func (s *Store) LoanIDs(ctx context.Context, from, to int64) ([]int64, error) {
	if from == 0 && to == 0 {
		from, to = math.MinInt64, math.MaxInt64
	}
	var ids []int64
	for record, err := range s.RecordsBetween(ctx, from, to) {
		if err != nil {
			return nil, fmt.Errorf("ids of loans from %d to %d: %w", from, to, err)
		}
		ids = append(ids, record.ID)
	}
	return ids, nil
}
