package snapshot

import (
	"bytes"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"loanleaf/kiva"
)

// maxID is the largest id taken: 2^53-1, the largest integer that scripts in
// browsers hold exactly.
const maxID = 1<<53 - 1

// maxCount is the largest count taken, of lenders or of months; no loan comes
// near it.
const maxCount = 10_000_000

// scalar reads a number, or text that stands for one, as it is written
// without quotes. It is nil for null and "", which say nothing.
func (d *decoder) scalar(field string) []byte {
	v := d.raw()
	switch k := v.Kind(); {
	case d.err != nil:
		return nil
	case k == 'n':
		return nil
	case k == '0':
		return v
	case k == '"':
		return d.unquote(v)
	default:
		d.fail(field, "is "+kindName(k))
		return nil
	}
}

// unquote is the text of a JSON string, valid until the next one.
func (d *decoder) unquote(v jsontext.Value) []byte {
	inner := v[1 : len(v)-1]
	if bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner
	}
	// The error is about invalid UTF-8, which has become U+FFFD.
	d.plain, _ = jsontext.AppendUnquote(d.plain[:0], v)
	return d.plain
}

// id reads the id of a record.
func (d *decoder) id(field string) int64 { return d.asID(field, d.scalar(field)) }

func (d *decoder) asID(field string, v []byte) int64 {
	if len(v) == 0 {
		d.fail(field, "is empty")
		return 0
	}
	n, err := parseInteger(v)
	switch {
	case err != nil:
		d.fail(field, fmt.Sprintf("%s %v", shown(v), err))
	case n <= 0:
		d.fail(field, fmt.Sprintf("%d is not above 0", n))
	case n > maxID:
		d.fail(field, fmt.Sprintf("%d is larger than any id (9007199254740991)", n))
	default:
		return n
	}
	return 0
}

// reference reads the id of something else; 0 and null are none.
func (d *decoder) reference(field string) int64 {
	return d.integer(field, maxID)
}

// count reads a number of things.
func (d *decoder) count(field string) int {
	return int(d.integer(field, maxCount))
}

func (d *decoder) integer(field string, most int64) int64 {
	return d.asInteger(field, d.scalar(field), most)
}

func (d *decoder) asInteger(field string, v []byte, most int64) int64 {
	if len(v) == 0 {
		return 0
	}
	n, err := parseInteger(v)
	switch {
	case err != nil:
		d.fail(field, fmt.Sprintf("%s %v", shown(v), err))
	case n < 0:
		d.fail(field, fmt.Sprintf("%d is negative", n))
	case n > most:
		d.fail(field, fmt.Sprintf("%d is larger than %d", n, most))
	default:
		return n
	}
	return 0
}

// shown is a value as messages show it.
func shown(v []byte) string { return `"` + clip(string(v)) + `"` }

var (
	errNotWhole = errors.New("is not a whole number")
	errTooLong  = errors.New("has too many digits")
)

// parseInteger reads a whole number: "145", "145.0", "1e9", "-3". It never
// passes through a float.
func parseInteger(v []byte) (int64, error) {
	rest, negative := v, false
	if len(rest) > 0 && rest[0] == '-' {
		rest, negative = rest[1:], true
	}
	var n int64
	digits, fraction := 0, 0 // fraction: decimals that are not a trailing zero
	dotted := false
	i := 0
	for ; i < len(rest); i++ {
		c := rest[i]
		if c == '.' && !dotted && digits > 0 {
			dotted = true
			continue
		}
		if !isDigit(c) {
			break
		}
		digits++
		if n > (maxID*100-9)/10 {
			return 0, errTooLong
		}
		n = n*10 + int64(c-'0')
		if dotted {
			fraction++
		}
	}
	power, err := parsePower(rest[i:])
	if digits == 0 || err != nil || (len(rest) > 1 && rest[0] == '0' && isDigit(rest[1])) {
		return 0, errNotWhole
	}
	for power -= fraction; power > 0 && n != 0; power-- {
		if n > maxID {
			return 0, errTooLong
		}
		n *= 10
	}
	for ; power < 0 && n != 0; power++ {
		if n%10 != 0 {
			return 0, errNotWhole
		}
		n /= 10
	}
	if negative {
		n = -n
	}
	return n, nil
}

// parsePower reads "", "e3", "E+03" or "e-3".
func parsePower(v []byte) (int, error) {
	if len(v) == 0 {
		return 0, nil
	}
	if v[0] != 'e' && v[0] != 'E' {
		return 0, errNotWhole
	}
	v, sign := v[1:], 1
	if len(v) > 0 && (v[0] == '+' || v[0] == '-') {
		if v[0] == '-' {
			sign = -1
		}
		v = v[1:]
	}
	if len(v) == 0 || len(v) > 2 {
		return 0, errNotWhole
	}
	n := 0
	for _, c := range v {
		if !isDigit(c) {
			return 0, errNotWhole
		}
		n = n*10 + int(c-'0')
	}
	return sign * n, nil
}

// dollars reads an amount in USD.
func (d *decoder) dollars(field string) kiva.Money { return d.money(field, "USD") }

// money reads an amount of a currency; null is absent.
func (d *decoder) money(field, currency string) kiva.Money {
	return d.asMoney(field, d.scalar(field), currency)
}

func (d *decoder) asMoney(field string, v []byte, currency string) kiva.Money {
	if len(v) == 0 {
		return kiva.Money{}
	}
	m, err := kiva.ParseMoney(string(v), currency)
	if err != nil {
		d.fail(field, shown(v)+" "+err.Error())
		return kiva.Money{}
	}
	return m
}

// truth reads true, false, 1, 0 or any number, or text of these; null is false.
func (d *decoder) truth(field string) bool {
	v := d.raw()
	if d.err != nil {
		return false
	}
	switch v.Kind() {
	case 't':
		return true
	case 'f', 'n':
		return false
	case '0':
		m, err := kiva.ParseMoney(string(v), "USD")
		if err == nil {
			return m.Units != 0
		}
	case '"':
		switch string(d.unquote(v)) {
		case "true", "1":
			return true
		case "false", "0", "":
			return false
		}
	}
	d.fail(field, "is neither true nor false")
	return false
}

// date reads a time; null and "" are absent.
func (d *decoder) date(field string) time.Time {
	v := d.raw()
	switch k := v.Kind(); {
	case d.err != nil || k == 'n':
		return time.Time{}
	case k != '"':
		d.fail(field, "is "+kindName(k)+", not a date")
		return time.Time{}
	}
	return d.asTime(field, d.unquote(v))
}

func (d *decoder) asTime(field string, text []byte) time.Time {
	if len(text) == 0 {
		return time.Time{}
	}
	t, err := parseTime(text)
	if err != nil {
		d.fail(field, shown(text)+" "+err.Error())
		return time.Time{}
	}
	return t
}

// word reads a short word that chooses between things; "" when absent.
func (d *decoder) word(field string) string {
	v := d.raw()
	switch k := v.Kind(); {
	case d.err != nil || k == 'n':
		return ""
	case k != '"':
		d.fail(field, "is "+kindName(k)+", not text")
		return ""
	}
	return string(d.unquote(v))
}

// line reads a text of one line of at most most characters.
func (d *decoder) line(field string, most int) string { return d.cleaned(field, most, false) }

// story reads a text of paragraphs.
func (d *decoder) story(field string) string { return d.cleaned(field, maxStory, true) }

func (d *decoder) cleaned(field string, most int, paragraphs bool) string {
	v := d.raw()
	switch k := v.Kind(); {
	case d.err != nil || k == 'n':
		return ""
	case k != '"':
		d.fail(field, "is "+kindName(k)+", not text")
		return ""
	}
	return d.asText(field, d.unquote(v), most, paragraphs)
}

// asText cleans a text of at most most characters.
func (d *decoder) asText(field string, v []byte, most int, paragraphs bool) string {
	clean := d.text.clean(v, paragraphs)
	if len(clean) > most {
		if n := utf8.RuneCount(clean); n > most {
			d.fail(field, fmt.Sprintf("has %d characters, more than %d", n, most))
			return ""
		}
	}
	return string(clean)
}
