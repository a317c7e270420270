package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"loanleaf/kiva"
)

// finish builds lists and pages and writes down what the store is. It is
// what Commit does within the file.
func (im *Import) finish(ctx context.Context, meta Meta) error {
	if err := im.exec(ctx, `INSERT INTO ordered SELECT posted, id, status, country, sector, partner FROM loan`); err != nil {
		return fmt.Errorf("order the loans: %w", err)
	}
	if err := im.writeRecords(ctx); err != nil {
		return fmt.Errorf("write the records: %w", err)
	}
	p := paging{lists: map[kiva.List]*shelf{}, spellings: im.spellings}
	var err error
	if p.insert, err = im.prepare(ctx, "INSERT INTO page (list, number, loans) VALUES (?, ?, ?)"); err != nil {
		return err
	}
	if err := p.run(ctx, im.conn); err != nil {
		return fmt.Errorf("page the lists: %w", err)
	}
	if err := im.writeLists(ctx, &p); err != nil {
		return fmt.Errorf("write the lists: %w", err)
	}
	if all := p.lists[kiva.List{}]; all != nil {
		im.counts.Loans = all.info.Count
	}
	if err := im.conn.QueryRowContext(ctx, "SELECT count(*) FROM partner").Scan(&im.counts.Partners); err != nil {
		return err
	}
	err = im.exec(ctx, "INSERT INTO about (sources, date, loans, partners, replaced, withheld) VALUES (?, ?, ?, ?, ?, ?)",
		meta.Key, meta.DataDate.Unix(), im.counts.Loans, im.counts.Partners, im.counts.Replaced, im.counts.Withheld)
	if err != nil {
		return err
	}
	// What it holds is of loans that are there.
	return im.exec(ctx, "PRAGMA secure_delete = OFF; DROP TABLE ordered; COMMIT")
}

func (im *Import) exec(ctx context.Context, text string, args ...any) error {
	_, err := im.conn.ExecContext(ctx, text, args...)
	return err
}

// paging puts loans, as they come, on the pages of their lists.
type paging struct {
	spellings []spelling
	insert    *sql.Stmt
	lists     map[kiva.List]*shelf
	rows      int64
}

// shelf is a list while it grows.
type shelf struct {
	row  int64 // what its pages go by; in order of appearance
	info kiva.ListInfo
	ids  []int64 // of the page that is not full yet

	// raising are the loans that raise funds, as they came, the last MaxRaising of
	// them: a ring whose oldest is overwritten.
	raising [MaxRaising]int64
}

// newestRaising are the last loans that raise funds, newest first.
func (s *shelf) newestRaising() []int64 {
	var ids []int64
	for i := range min(s.info.Fundraising, MaxRaising) {
		ids = append(ids, s.raising[(s.info.Fundraising-1-i)%MaxRaising])
	}
	return ids
}

func (p *paging) run(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, "SELECT id, status, country, sector, partner FROM ordered ORDER BY posted, id")
	if err != nil {
		return err
	}
	defer rows.Close()
	// Most loans are on the lists of others before them: found by number,
	// not by key.
	statuses, partners := map[kiva.Status]*shelf{}, map[int64]*shelf{}
	spelled := make([]*shelf, len(p.spellings))
	all := p.shelf(kiva.List{})
	for rows.Next() {
		var id, country, sector, partner int64
		var status kiva.Status
		if err := rows.Scan(&id, &status, &country, &sector, &partner); err != nil {
			return err
		}
		if statuses[status] == nil {
			statuses[status] = p.shelf(kiva.List{Kind: kiva.ByStatus, Key: status.String()})
		}
		if partner > 0 && partners[partner] == nil {
			partners[partner] = p.shelf(kiva.List{Kind: kiva.ByPartner, Key: strconv.FormatInt(partner, 10)})
		}
		for _, n := range [...]int64{country, sector} {
			if n == 0 {
				continue
			}
			s := p.spellings[n]
			if spelled[n] == nil {
				list, _ := s.list()
				spelled[n] = p.shelf(list)
			}
			if s.name != "" {
				spelled[n].info.Name = s.name
			}
		}
		for _, s := range [...]*shelf{all, statuses[status], spelled[country], spelled[sector], partners[partner]} {
			if s == nil {
				continue
			}
			if err := p.put(s, id, status); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return p.flushAll()
}

// shelf finds or founds a list.
func (p *paging) shelf(list kiva.List) *shelf {
	s := p.lists[list]
	if s == nil {
		p.rows++
		s = &shelf{row: p.rows, info: kiva.ListInfo{List: list}}
		p.lists[list] = s
	}
	return s
}

func (p *paging) put(s *shelf, id int64, status kiva.Status) error {
	s.ids = append(s.ids, id)
	s.info.Count++
	if status == kiva.Fundraising {
		s.raising[s.info.Fundraising%MaxRaising] = id
		s.info.Fundraising++
	}
	if len(s.ids) < kiva.PageSize {
		return nil
	}
	return p.flush(s)
}

// flush writes the page that the last loan put on s is on.
func (p *paging) flush(s *shelf) error {
	_, err := p.insert.Exec(s.row, pages(s.info), encodeIDs(s.ids))
	s.ids = s.ids[:0]
	return err
}

func (p *paging) flushAll() error {
	for _, list := range slices.SortedFunc(maps.Keys(p.lists), compareLists) {
		if s := p.lists[list]; len(s.ids) > 0 {
			if err := p.flush(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// compareLists is the order of [Store.Lists].
func compareLists(a, b kiva.List) int {
	if c := cmp.Compare(a.Kind, b.Kind); c != 0 {
		return c
	}
	switch a.Kind {
	case kiva.ByStatus:
		x, _ := kiva.ParsePublicStatus(a.Key)
		y, _ := kiva.ParsePublicStatus(b.Key)
		return cmp.Compare(x, y)
	case kiva.ByPartner: // decimals without leading zeros
		return cmp.Or(cmp.Compare(len(a.Key), len(b.Key)), cmp.Compare(a.Key, b.Key))
	default:
		return cmp.Compare(a.Key, b.Key)
	}
}

// writeLists writes the lists with their names and counts.
func (im *Import) writeLists(ctx context.Context, p *paging) error {
	insert, err := im.conn.PrepareContext(ctx, "INSERT INTO list (id, kind, key, name, loans, fundraising, raising) VALUES (?, ?, ?, ?, ?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, list := range slices.SortedFunc(maps.Keys(p.lists), compareLists) {
		s := p.lists[list]
		if s.info.Count == 0 {
			continue
		}
		if list.Kind == kiva.ByPartner {
			if s.info.Name, err = im.partnerName(ctx, list.Key); err != nil {
				return err
			}
		}
		if _, err := insert.Exec(s.row, list.Kind, list.Key, s.info.Name, s.info.Count, s.info.Fundraising, encodeIDs(s.newestRaising())); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// partnerName is the name of the partner with this id, empty when the import
// has no such partner.
func (im *Import) partnerName(ctx context.Context, id string) (string, error) {
	var body []byte
	err := im.conn.QueryRowContext(ctx, "SELECT body FROM partner WHERE id = CAST(? AS INTEGER)", id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	partner, err := im.codec.decodePartner(body)
	return partner.Name, err
}
