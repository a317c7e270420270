package templates

import (
	"time"

	"loanleaf/locale"
	"loanleaf/templates/view"
)

// shownRows is the most lines of a table that are shown without being asked for.
const shownRows = 12

// amount is a cell of a table, empty where the line has none.
func amount(row view.Row, column int) string {
	if column < len(row.Amounts) {
		return row.Amounts[column]
	}
	return ""
}

// showAll is what the fold of a long table says.
func showAll(l *locale.Language, rows []view.Row) string {
	return l.Words.ShowAllRows.Fill("n", l.Number(int64(len(rows))))
}

// day is a date as machines read it.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
