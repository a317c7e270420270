package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"loanleaf/kiva"
)

// MaxNewest is the most loans [Store.NewestIDs] gives, MaxRaising the most that
// [Store.RaisingIDs] does.
const (
	MaxNewest  = 200
	MaxRaising = 24
)

// pages is how many pages of kiva.PageSize a list is cut into, also where the site
// shows all of it on one.
func pages(info kiva.ListInfo) int { return (info.Count + kiva.PageSize - 1) / kiva.PageSize }

// listed is a list and the number its pages go by.
type listed struct {
	row  int64
	info kiva.ListInfo
}

// knownLists are all lists, read when the first of them is asked for: some 100 bytes
// each, and asked for again for every page.
type knownLists struct {
	mu    sync.Mutex
	all   map[kiva.List]listed // nil: not read yet
	order []kiva.ListInfo      // as [Store.Lists] gives them
}

// known reads the lists, once.
func (s *Store) known(ctx context.Context) (*knownLists, error) {
	if err := s.answers(ctx); err != nil {
		return nil, err
	}
	k := &s.lists
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all != nil {
		return k, nil
	}
	all, order := map[kiva.List]listed{}, []kiva.ListInfo(nil)
	err := s.read(ctx, func(r *reader) error {
		rows, err := r.lists.Query()
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var l listed
			if err := rows.Scan(&l.row, &l.info.Kind, &l.info.Key, &l.info.Name, &l.info.Count, &l.info.Fundraising); err != nil {
				return err
			}
			all[l.info.List] = l
			order = append(order, l.info)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(order, func(a, b kiva.ListInfo) int { return compareLists(a.List, b.List) })
	k.all, k.order = all, order
	return k, nil
}

// find gives a list; [kiva.ErrNotFound] when no loan is on it.
func (s *Store) find(ctx context.Context, list kiva.List) (listed, error) {
	k, err := s.known(ctx)
	if err != nil {
		return listed{}, err
	}
	l, ok := k.all[list]
	if !ok {
		return listed{}, kiva.ErrNotFound
	}
	return l, nil
}

// Lists gives every list that has loans: all, then statuses in the order of a
// loan's life, countries and sectors by key, partners by id.
func (s *Store) Lists(ctx context.Context) ([]kiva.ListInfo, error) {
	k, err := s.known(ctx)
	if err != nil {
		return nil, fmt.Errorf("lists: %w", err)
	}
	return slices.Clone(k.order), nil
}

// ListInfo describes one list; [kiva.ErrNotFound] when no loan is on it.
func (s *Store) ListInfo(ctx context.Context, list kiva.List) (kiva.ListInfo, error) {
	l, err := s.find(ctx, list)
	if err != nil {
		return kiva.ListInfo{}, fmt.Errorf("list %s: %w", list, err)
	}
	return l.info, nil
}

// PageIDs gives the loans on a page of a list, 1 being the oldest: their ids by
// date of posting, then id. Loans without a date of posting come before all
// others. [kiva.ErrNotFound] when there is no such page.
func (s *Store) PageIDs(ctx context.Context, list kiva.List, page int) ([]int64, error) {
	var ids []int64
	l, err := s.find(ctx, list)
	if err == nil {
		err = s.read(ctx, func(r *reader) (err error) {
			ids, err = r.pageIDs(l.row, page)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("list %s, page %d: %w", list, page, err)
	}
	return ids, nil
}

// NewestIDs gives the n newest loans of a list, newest first; fewer when the
// list has fewer, none when there is no such list. n is at most [MaxNewest].
func (s *Store) NewestIDs(ctx context.Context, list kiva.List, n int) ([]int64, error) {
	if n > MaxNewest {
		return nil, fmt.Errorf("list %s: %d newest loans asked for, %d is the most", list, n, MaxNewest)
	}
	l, err := s.find(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("newest of list %s: %w", list, err)
	}
	var newest []int64
	err = s.read(ctx, func(r *reader) error {
		for page := pages(l.info); page > 0 && len(newest) < n; page-- {
			ids, err := r.pageIDs(l.row, page)
			if err != nil {
				return err
			}
			slices.Reverse(ids)
			newest = append(newest, ids[:min(len(ids), n-len(newest))]...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("newest of list %s: %w", list, err)
	}
	return newest, nil
}

// RaisingIDs gives the n newest loans of a list that raise funds, newest first;
// fewer when there are fewer, none when there is no such list. n is at most
// [MaxRaising]. It costs the same however long the list is and wherever in it they
// are.
func (s *Store) RaisingIDs(ctx context.Context, list kiva.List, n int) ([]int64, error) {
	if n > MaxRaising {
		return nil, fmt.Errorf("list %s: %d loans that raise funds asked for, %d is the most", list, n, MaxRaising)
	}
	var ids []int64
	err := s.read(ctx, func(r *reader) (err error) {
		ids, err = r.raisingIDs(list)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("loans of list %s that raise funds: %w", list, err)
	}
	return ids[:min(len(ids), n)], nil
}

// Listings gives loans by their ids, in the order of ids and in listing shape
// ([kiva.Loan.Listing]): what lists show, without reading stories.
// [kiva.ErrNotFound] when one of them is not there.
func (s *Store) Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error) {
	loans := make([]kiva.Loan, 0, len(ids))
	err := s.read(ctx, func(r *reader) error {
		if len(ids) == 1 {
			loan, err := s.listing(r, ids[0])
			loans = append(loans, loan)
			return err
		}
		for chunk := range slices.Chunk(ids, kiva.PageSize) {
			more, err := s.listings(r, chunk)
			if err != nil {
				return err
			}
			loans = append(loans, more...)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listings: %w", err)
	}
	return loans, nil
}

// listing reads one loan.
func (s *Store) listing(r *reader, id int64) (kiva.Loan, error) {
	var body []byte
	if err := r.listing.QueryRow(id).Scan(&body); err != nil {
		return kiva.Loan{}, notFound(err)
	}
	loan, err := s.codec.decodeLoan(body, nil)
	if err != nil {
		return kiva.Loan{}, fmt.Errorf("loan %d: %w: %w", id, ErrDamaged, err)
	}
	return loan, nil
}

// listings reads at most kiva.PageSize loans.
func (s *Store) listings(r *reader, ids []int64) ([]kiva.Loan, error) {
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	// The statement has room for a whole page; a short one is filled up
	// with an id that no loan has.
	args := make([]any, kiva.PageSize)
	for i := range args {
		args[i] = int64(0)
		if i < len(ids) {
			args[i] = ids[i]
		}
	}
	rows, err := r.listings.Query(args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	loans, found := make([]kiva.Loan, len(ids)), 0
	for rows.Next() {
		var id int64
		var body sql.RawBytes
		if err := rows.Scan(&id, &body); err != nil {
			return nil, err
		}
		l, err := s.codec.decodeLoan(body, nil)
		if err != nil {
			return nil, fmt.Errorf("loan %d: %w: %w", id, ErrDamaged, err)
		}
		loans[place[id]] = l
		found++
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if found != len(place) {
		return nil, fmt.Errorf("%d of %d loans: %w", len(place)-found, len(place), kiva.ErrNotFound)
	}
	return loans, nil
}

// encodeIDs writes the ids of a page, each as the difference to the one before.
func encodeIDs(ids []int64) []byte {
	b, last := make([]byte, 0, 3*len(ids)), int64(0)
	for _, id := range ids {
		b = binary.AppendVarint(b, id-last)
		last = id
	}
	return b
}

func decodeIDs(b []byte) ([]int64, error) {
	ids, last := make([]int64, 0, kiva.PageSize), int64(0)
	for len(b) > 0 {
		step, n := binary.Varint(b)
		if n <= 0 || len(ids) == kiva.PageSize {
			return nil, fmt.Errorf("%w: the ids of a page", ErrDamaged)
		}
		last += step
		ids, b = append(ids, last), b[n:]
	}
	return ids, nil
}
