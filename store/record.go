package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math"

	"loanleaf/kiva"
)

// Records gives all loans unread, in the order of their ids; [Store.Decode] reads
// them. After an error it ends. The bytes are the caller's, and 256 records or
// 1 MB of them share memory.
func (s *Store) Records(ctx context.Context) iter.Seq2[kiva.Record, error] {
	return s.RecordsBetween(ctx, math.MinInt64, math.MaxInt64)
}

// RecordsBetween gives those with from ≤ id < to so.
func (s *Store) RecordsBetween(ctx context.Context, from, to int64) iter.Seq2[kiva.Record, error] {
	return func(yield func(kiva.Record, error) bool) {
		room := 0 // as much as the last ones needed
		for {
			records, used, err := s.recordsFrom(ctx, from, to, room)
			room = max(room, used)
			for _, record := range records {
				if !yield(record, nil) {
					return
				}
			}
			if err != nil {
				yield(kiva.Record{}, fmt.Errorf("records of loans from %d: %w", from, err))
			}
			if err != nil || len(records) == 0 {
				return
			}
			from = records[len(records)-1].ID + 1
		}
	}
}

// recordsFrom gives the next records, and how many bytes they have.
func (s *Store) recordsFrom(ctx context.Context, from, to int64, room int) ([]kiva.Record, int, error) {
	records := make([]kiva.Record, 0, chunk)
	bodies := make([]byte, 0, room+room/8)
	ends := make([][2]int, 0, chunk) // of listing and rest in bodies
	err := s.read(ctx, func(r *reader) error {
		rows, err := r.records.Query(from, to, chunk)
		if err != nil {
			return err
		}
		defer rows.Close()
		for len(bodies) < chunkBytes && rows.Next() {
			var record kiva.Record
			var listing, rest sql.RawBytes
			if err := rows.Scan(&record.ID, &record.PartnerID, &record.Status, &listing, &rest); err != nil {
				return err
			}
			bodies = append(bodies, listing...)
			end := len(bodies)
			bodies = append(bodies, rest...)
			records, ends = append(records, record), append(ends, [2]int{end, len(bodies)})
		}
		return rows.Err()
	})
	begin := 0
	for i, end := range ends {
		records[i].Listing, records[i].Rest = bodies[begin:end[0]:end[0]], bodies[end[0]:end[1]:end[1]]
		begin = end[1]
	}
	return records, len(bodies), err
}

// Decode reads a loan of [Store.Records], whole.
func (s *Store) Decode(record *kiva.Record) (kiva.Loan, error) {
	loan, err := s.codec.decodeLoan(record.Listing, record.Rest)
	if err != nil {
		return kiva.Loan{}, fmt.Errorf("loan %d: %w: %w", record.ID, ErrDamaged, err)
	}
	return loan, nil
}
