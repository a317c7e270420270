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

// appendDay appends a date as machines read it.
func appendDay(b []byte, t time.Time) []byte {
	year, month, day := t.UTC().Date()
	if year < 1000 || year > 9999 {
		return t.UTC().AppendFormat(b, time.DateOnly)
	}
	return append(b, '0'+byte(year/1000), '0'+byte(year/100%10), '0'+byte(year/10%10), '0'+byte(year%10), '-',
		'0'+byte(month/10), '0'+byte(month%10), '-', '0'+byte(day/10), '0'+byte(day%10))
}
