package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"iter"
	"math"

	"loanleaf/kiva"
)

// recordSpan is how many ids share a row of records: so many that a row costs little to
// come by, so few (some 40 KB) that one is read where a share of a build wants one.
const recordSpan = 1000

// digestBytes is the length of each digest of a record.
const digestBytes = len(kiva.Record{}.Listing)

// writeRecords writes the records of all loans, in one walk over what packRecord made of
// them.
func (im *Import) writeRecords(ctx context.Context) error {
	insert, err := im.prepare(ctx, "INSERT INTO record (span, loans) VALUES (?, ?)")
	if err != nil {
		return err
	}
	rows, err := im.conn.QueryContext(ctx, "SELECT id, record FROM loan ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	packed, span, last := []byte(nil), int64(-1), int64(0)
	flush := func() error {
		if len(packed) == 0 {
			return nil
		}
		_, err := insert.Exec(span, packed)
		packed = packed[:0]
		return err
	}
	for rows.Next() {
		var id int64
		var record sql.RawBytes
		if err := rows.Scan(&id, &record); err != nil {
			return err
		}
		if id/recordSpan != span {
			if err := flush(); err != nil {
				return err
			}
			span = id / recordSpan
			last = span * recordSpan
		}
		packed = binary.AppendUvarint(packed, uint64(id-last))
		packed = append(packed, record...)
		last = id
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}

// packRecord is the record of a loan with this body, but for its id.
func packRecord(loan *kiva.Loan, listing, rest []byte) []byte {
	b := make([]byte, 0, 2*binary.MaxVarintLen64+1+2*digestBytes)
	b = binary.AppendVarint(b, loan.PartnerID)
	b = binary.AppendVarint(b, loan.ImageID)
	b = append(b, byte(loan.Status))
	for _, part := range [...][]byte{listing, rest} {
		sum := sha256.Sum256(part)
		b = append(b, sum[:digestBytes]...)
	}
	return b
}

// unpackRecords appends the records of a span, those with from ≤ id < to. Each begins
// with how far its id is from the one before.
func unpackRecords(records []kiva.Record, b []byte, span, from, to int64) ([]kiva.Record, error) {
	damaged := fmt.Errorf("%w: the records of ids from %d", ErrDamaged, span*recordSpan)
	last := span * recordSpan
	for len(b) > 0 {
		var r kiva.Record
		step, n := binary.Uvarint(b)
		if n <= 0 || step >= recordSpan {
			return records, damaged
		}
		b, last = b[n:], last+int64(step)
		for _, number := range [...]*int64{&r.PartnerID, &r.ImageID} {
			if *number, n = binary.Varint(b); n <= 0 {
				return records, damaged
			}
			b = b[n:]
		}
		if len(b) < 1+2*digestBytes {
			return records, damaged
		}
		r.ID, r.Status = last, kiva.Status(b[0])
		copy(r.Listing[:], b[1:])
		copy(r.Rest[:], b[1+digestBytes:])
		b = b[1+2*digestBytes:]
		if r.ID/recordSpan != span {
			return records, damaged
		}
		if from <= r.ID && r.ID < to {
			records = append(records, r)
		}
	}
	return records, nil
}

// Records gives what tells whether loans changed, of all of them in the order of their
// ids, without reading the loans. After an error it ends.
func (s *Store) Records(ctx context.Context) iter.Seq2[kiva.Record, error] {
	return s.RecordsBetween(ctx, math.MinInt64, math.MaxInt64)
}

// RecordsBetween gives those with from ≤ id < to so.
func (s *Store) RecordsBetween(ctx context.Context, from, to int64) iter.Seq2[kiva.Record, error] {
	from = max(from, 0)
	return func(yield func(kiva.Record, error) bool) {
		if from >= to {
			return
		}
		var records []kiva.Record
		next, end := from/recordSpan, (to-1)/recordSpan
		for next <= end {
			var err error
			if records, next, err = s.span(ctx, records[:0], next, end, from, to); err != nil {
				yield(kiva.Record{}, fmt.Errorf("records of loans from %d: %w", from, err))
				return
			}
			for _, record := range records {
				if !yield(record, nil) {
					return
				}
			}
		}
	}
}

// span appends the records with from ≤ id < to of the first span that is not before
// next, and tells where to go on: behind end, when there is none.
func (s *Store) span(ctx context.Context, records []kiva.Record, next, end, from, to int64) ([]kiva.Record, int64, error) {
	found := end + 1
	err := s.read(ctx, func(r *reader) error {
		rows, err := r.records.Query(next, end)
		if err != nil {
			return err
		}
		defer rows.Close()
		if !rows.Next() {
			return rows.Err()
		}
		var span int64
		var packed sql.RawBytes
		if err := rows.Scan(&span, &packed); err != nil {
			return err
		}
		found = span + 1
		records, err = unpackRecords(records, packed, span, from, to)
		return err
	})
	return records, found, err
}
