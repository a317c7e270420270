package locale

import (
	"strconv"
	"time"
)

// datePattern is a date format of CLDR, taken apart by locale/cldr.
type datePattern []dateField

// dateField is a part of the date, or text where kind is textField.
type dateField struct {
	kind fieldKind
	text string
}

type fieldKind uint8

const (
	textField fieldKind = iota
	dayField
	twoDigitDayField
	monthField
	shortMonthField
	twoDigitMonthField
	yearField
)

// Date writes the day of t in UTC in CLDR's long form: January 9, 2009;
// 9 de enero de 2009. The calendar is Gregorian, the year as it is counted by
// package time.
func (l *Language) Date(t time.Time) string { return l.format(l.long, t) }

// ShortDate writes the day of t in UTC in CLDR's medium form: Jan 9, 2009;
// in Arabic in digits.
func (l *Language) ShortDate(t time.Time) string { return l.format(l.medium, t) }

// MonthYear writes the month of t in UTC, as CLDR's yMMMM: January 2009; enero de 2009.
func (l *Language) MonthYear(t time.Time) string { return l.format(l.monthYear, t) }

// AppendMonthYear appends what MonthYear returns to dst.
func (l *Language) AppendMonthYear(dst []byte, t time.Time) []byte {
	return l.appendDate(dst, l.monthYear, t)
}

func (l *Language) format(pattern datePattern, t time.Time) string {
	var buf [64]byte
	return string(l.appendDate(buf[:0], pattern, t))
}

func (l *Language) appendDate(dst []byte, pattern datePattern, t time.Time) []byte {
	year, month, day := t.UTC().Date()
	for _, field := range pattern {
		switch field.kind {
		case textField:
			dst = append(dst, field.text...)
		case dayField:
			dst = strconv.AppendInt(dst, int64(day), 10)
		case twoDigitDayField:
			dst = append(dst, '0'+byte(day/10), '0'+byte(day%10))
		case monthField:
			dst = append(dst, l.months[month-1]...)
		case shortMonthField:
			dst = append(dst, l.shortMonths[month-1]...)
		case twoDigitMonthField:
			dst = append(dst, '0'+byte(month/10), '0'+byte(month%10))
		case yearField:
			dst = strconv.AppendInt(dst, int64(year), 10)
		}
	}
	return dst
}
