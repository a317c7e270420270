package snapshot

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"loanleaf/kiva"
)

// rows reads a record from each row of a table.
//
// A row with too many or too few cells may be the beginning of one whose text
// lost its marks: it ends at the next line that has an id where ids stand. A
// row that cannot be cut, because a quotation mark is missing or out of place,
// ends at the next line that has one and is a row as wide as the table. The
// lines between are set aside with it, and its reason says so.
func (b *body) rows() error {
	names, why, err := b.names()
	switch {
	case err != nil:
		return err
	case why != nil:
		return errors.New(why.what)
	}
	t, why := tableWith(names)
	if why != nil {
		return errors.New(why.what)
	}
	var r row
	var lost *lostRow
	for {
		line, offset := b.place()
		err := b.row(&r, t.width)
		if lost != nil && err == io.EOF && lost.open {
			return b.cutRow(lost.Place)
		}
		if lost != nil && (err == io.EOF || err == nil && t.begins(&r, lost.clean)) {
			if last := line - 1; last > lost.Line {
				lost.Reason += fmt.Sprintf("; lines %d to %d are set aside", lost.Line, last)
			}
			if !b.yield(Record{Problem: &lost.Problem, Place: lost.Place}, nil) {
				return errStopped
			}
			lost = nil
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case lost != nil || r.empty():
			continue
		}
		b.records++
		b.d.place = Place{File: b.file, Record: b.records, Line: line, Offset: offset}
		if lost, err = b.readRow(t, &r); err != nil {
			return err
		}
		b.shrink()
	}
}

// lostRow is a row of which it is not known where it ends.
type lostRow struct {
	Problem
	open  bool // in a quoted cell, and so at the end of the file
	clean bool // it was cut and is one line, but has too many or too few cells
}

// cutRow says that the file ends inside of a row.
func (b *body) cutRow(at Place) error {
	return b.cutShort(io.ErrUnexpectedEOF, fmt.Sprintf("record %d, which begins at byte %d", at.Record, at.Offset))
}

// readRow hands on what comes of a row, or returns it as lost.
func (b *body) readRow(t *table, r *row) (lost *lostRow, err error) {
	reason := ""
	switch {
	case r.fault == fine && r.ended && len(r.cells) < t.width:
		return nil, b.cutRow(b.d.place)
	case r.fault == strayEnd:
		reason = "has a quotation mark out of place" + t.near(r) + ", or lacks one before"
	case r.fault == unclosed:
		reason = "has a quotation mark that none closes" + t.near(r)
	case r.fault == tooLong:
		reason = fmt.Sprintf("is longer than %d MiB", MaxRecord>>20)
	case r.fault == tooWide:
		reason = fmt.Sprintf("has more cells than the %d columns of the header", t.width)
	case len(r.cells) != t.width:
		reason = fmt.Sprintf("has %s, but the header has %d columns", cellCount(len(r.cells)), t.width)
	}
	if reason == "" {
		if !b.yield(b.d.row(t, r), nil) {
			return nil, errStopped
		}
		return nil, nil
	}
	problem := Problem{Place: b.d.place, ID: t.id(r), Reason: "the record " + reason}
	return &lostRow{Problem: problem, open: r.fault == unclosed, clean: (r.fault == fine || r.fault == tooWide) && !r.lines}, nil
}

// near names the column in which a row could not be cut further.
func (t *table) near(r *row) string {
	if len(r.cells) >= t.width {
		return " behind its last cell"
	}
	return " in " + clip(t.header[len(r.cells)])
}

func cellCount(n int) string {
	if n == 1 {
		return "1 cell"
	}
	return fmt.Sprintf("%d cells", n)
}

// begins tells whether the row has an id and, unless the one before was clean,
// the width of the table.
func (t *table) begins(r *row, clean bool) bool {
	if t.at[colID] >= len(r.cells) || !clean && (r.fault != fine || len(r.cells) != t.width) {
		return false
	}
	var buffer []byte
	n, err := parseInteger(trimmed(r.text(r.cells[t.at[colID]], &buffer)))
	return err == nil && n > 0 && n <= maxID
}

// id is what stands in the row for its id, for messages.
func (t *table) id(r *row) string {
	at := t.at[colID]
	if at >= len(r.cells) {
		return ""
	}
	var buffer []byte
	return strings.TrimSpace(clip(string(r.text(r.cells[at], &buffer))))
}

// cell is the text of a column, nil where there is none. It is valid until the
// next one.
func (d *decoder) cell(t *table, r *row, col column) []byte {
	if at := t.at[col]; at >= 0 {
		return r.text(r.cells[at], &d.plain)
	}
	return nil
}

// row decodes a row that has all its cells. What it says of nobody stays
// absent: a table knows nothing of repayments.
func (d *decoder) row(t *table, r *row) Record {
	d.err, d.path, d.field, d.reason = nil, d.path[:0], "", ""
	c := rowReader{d, t, r}
	var l kiva.Loan
	l.ID = d.asID(t.names[colID], c.value(colID))
	l.Amount = d.asMoney(t.names[colAmount], c.value(colAmount), "USD")
	if !t.kaggle {
		l.Status, l.EndedWithLoss = d.asStatus(t.names[colStatus], string(c.value(colStatus)))
		if l.Status == kiva.Hidden && l.ID > 0 {
			return Record{Loan: &kiva.Loan{ID: l.ID, Status: kiva.Hidden}, Place: d.place}
		}
	}
	c.figures(&l)
	c.texts(&l)
	c.story(&l)
	c.people(&l)
	if t.kaggle {
		l.Status = raisedOrExpired(&l)
	}
	switch {
	case !l.Amount.Known():
		d.fail(t.names[colAmount], "is missing")
	case !l.Amount.Positive():
		d.fail(t.names[colAmount], "is 0")
	}
	if d.reason != "" {
		p := &Problem{Place: d.place, ID: t.id(r), Field: d.field, Reason: d.reason}
		return Record{Problem: p, Place: d.place}
	}
	l.Redact()
	return Record{Loan: &l, Place: d.place}
}

// raisedOrExpired is the status of a loan in kiva_loans.csv, which has none:
// the loan raised all it asked for, or its time to do so ended long ago, the
// file being of 2017.
func raisedOrExpired(l *kiva.Loan) kiva.Status {
	if !l.FundedDate.IsZero() || l.Raised.Known() && l.Raised.Units >= l.Amount.Units {
		return kiva.Funded
	}
	return kiva.Expired
}
