package sample

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// chunk is how much is gathered before it is written.
const chunk = 64 << 10

// Write streams n loans of the volume named by seed to w: API v1 loan details as JSON lines, each line ending in \n,
// without an enclosing list. Memory does not grow with n. A negative n is an error, as is any error of w, which is
// wrapped with the loan reached.
func Write(w io.Writer, n int, seed uint64) error {
	return write(w, n, seed, newPress(), func(*draft) {})
}

func write(w io.Writer, n int, seed uint64, p *press, seen func(*draft)) error {
	if n < 0 {
		return fmt.Errorf("write sample: cannot write %d loans", n)
	}
	p.out = p.out[:0]
	for i := range n {
		p.draw(seed, i)
		p.out = p.appendTo(p.out)
		seen(&p.loan)
		if len(p.out) >= chunk || i == n-1 {
			if _, err := w.Write(p.out); err != nil {
				return fmt.Errorf("write sample: near loan %d of %d: %w", i+1, n, err)
			}
			p.out = p.out[:0]
		}
	}
	return nil
}

// WriteFolder writes the same loans as a snapshot folder: loans.json (JSON lines, as [Write]) and partners.json (an
// API v1 partners body whose loans_posted and total_amount_raised are counted from these loans). The folder is made
// when it is missing, and must be empty when it is not; nothing is ever written over, and loans.json does not stay
// behind half written.
func WriteFolder(dir string, n int, seed uint64) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("write sample folder: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("write sample folder: %w", err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("write sample folder: %s is not empty (it holds %s)", dir, entries[0].Name())
	}
	loans, err := os.OpenFile(filepath.Join(dir, "loans.json"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("write sample folder: %w", err)
	}
	partners, err := writeCounted(loans, n, seed)
	if err := errors.Join(err, loans.Close()); err != nil {
		return fmt.Errorf("write sample folder: %w", errors.Join(err, os.Remove(loans.Name())))
	}
	body := appendPartners(nil, partners)
	if err := os.WriteFile(filepath.Join(dir, "partners.json"), body, 0o666); err != nil {
		return fmt.Errorf("write sample folder: %w", err)
	}
	return nil
}

// writeCounted writes the loans and gives a copy of the partners with what these loans add up to.
func writeCounted(w io.Writer, n int, seed uint64) ([]*partner, error) {
	counted := map[int]*partner{}
	var partners []*partner
	for _, p := range world().partners {
		own := *p
		counted[p.id] = &own
		partners = append(partners, &own)
	}
	err := write(w, n, seed, newPress(), func(l *draft) {
		if l.partner != nil {
			p := counted[l.partner.id]
			p.posted++
			p.raised += int64(l.raised)
		}
	})
	return partners, err
}
