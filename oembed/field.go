package oembed

import (
	"strconv"
	"time"

	"loanleaf/kiva"
)

// field is a key of an answer with its value, which is written when it is
// encoded: nothing is put into a string of its own before.
type field struct {
	key   string
	kind  fieldKind
	text  string
	units int64 // the number; ten-thousandths of an amount; seconds since 1970 of a day
}

type fieldKind uint8

// The kinds of values. Those but number are text to whoever reads them.
const (
	text fieldKind = iota
	number
	numeral // a number as text
	amount  // 48.34
	day     // 2026-11-01
)

// list collects fields. What has no value is not taken, so that no format has
// an empty one.
type list []field

func (l list) text(key, value string) list {
	if value = clean(value); value != "" {
		return append(l, field{key: key, text: value})
	}
	return l
}

func (l list) number(key string, value int) list {
	if value > 0 {
		return append(l, field{key: key, kind: number, units: int64(value)})
	}
	return l
}

func (l list) numeral(key string, value int64) list {
	if value >= 0 {
		return append(l, field{key: key, kind: numeral, units: value})
	}
	return l
}

func (l list) amount(key string, value kiva.Money) list {
	if value.Known() {
		return append(l, field{key: key, kind: amount, units: value.Units})
	}
	return l
}

func (l list) day(key string, value time.Time) list {
	if !value.IsZero() {
		return append(l, field{key: key, kind: day, units: value.Unix()})
	}
	return l
}

// appendPlain writes a value that no format has to escape.
func (f *field) appendPlain(dst []byte) []byte {
	switch f.kind {
	case amount:
		return kiva.Money{Units: f.units, Currency: "USD"}.AppendDecimal(dst) // of any currency
	case day:
		return time.Unix(f.units, 0).UTC().AppendFormat(dst, time.DateOnly)
	}
	return strconv.AppendInt(dst, f.units, 10)
}
