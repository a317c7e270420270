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

// writeRecords writes the records of all loans, in one walk over them. It is done when no
// loan changes any more, so that no digest of one that was replaced is ever in the file.
func (im *Import) writeRecords(ctx context.Context) error {
	insert, err := im.prepare(ctx, "INSERT INTO record (span, loans) VALUES (?, ?)")
	if err != nil {
		return err
	}
	rows, err := im.conn.QueryContext(ctx, "SELECT id, partner, image, status, listing, rest FROM loan ORDER BY id")
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
		var r kiva.Record
		var listing, rest sql.RawBytes
		if err := rows.Scan(&r.ID, &r.PartnerID, &r.ImageID, &r.Status, &listing, &rest); err != nil {
			return err
		}
		if r.ID/recordSpan != span {
			if err := flush(); err != nil {
				return err
			}
			span = r.ID / recordSpan
			last = span * recordSpan
		}
		r.Listing, r.Rest = bodyDigest(listing), bodyDigest(rest)
		packed = packRecord(packed, last, &r)
		last = r.ID
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return flush()
}

func bodyDigest(body []byte) [digestBytes]byte {
	sum := sha256.Sum256(body)
	return [digestBytes]byte(sum[:])
}

// packRecord appends a record to those of its span; last is the id before it.
func packRecord(b []byte, last int64, r *kiva.Record) []byte {
	b = binary.AppendUvarint(b, uint64(r.ID-last))
	b = binary.AppendVarint(b, r.PartnerID)
	b = binary.AppendVarint(b, r.ImageID)
	b = append(b, byte(r.Status))
	b = append(b, r.Listing[:]...)
	return append(b, r.Rest[:]...)
}

// unpackRecords appends the records of a span, those with from ≤ id < to.
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
