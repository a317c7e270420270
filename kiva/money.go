package kiva

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// MoneyScale is how many units of [Money] make one unit of its currency:
// ten thousand. Four decimals hold every ISO 4217 currency exactly (the most
// divided ones have three, UYW's four aside) and every figure of API v1.
const MoneyScale = 10_000

// MaxMoney is the largest amount taken for a figure of a loan, in units of
// its currency: a trillion, some forty million dollars in the cheapest
// currency. More is a mistake in the data, not a loan.
const MaxMoney = 1_000_000_000_000

// Money is an exact amount of a currency. The zero value is an amount that
// was not stated, which is not the same as [USD](0).
type Money struct {
	// Units counts ten-thousandths of the currency: $48.34 is 483400.
	Units int64 `cbor:"1,keyasint,omitempty"`
	// Currency is an ISO 4217 code such as USD or KHR; empty when the
	// amount is absent.
	Currency string `cbor:"2,keyasint,omitempty"`
}

// USD is a whole number of United States dollars, the currency in which all
// figures of a loan but the local ones are given.
func USD(dollars int64) Money { return Money{Units: dollars * MoneyScale, Currency: "USD"} }

// Known tells whether the amount was stated at all.
func (m Money) Known() bool { return m.Currency != "" }

// Positive tells whether the amount was stated and is above nothing.
func (m Money) Positive() bool { return m.Known() && m.Units > 0 }

// Sub takes other from m; absent when either is, or when the currencies differ.
func (m Money) Sub(other Money) Money {
	if !m.Known() || m.Currency != other.Currency {
		return Money{}
	}
	return Money{Units: m.Units - other.Units, Currency: m.Currency}
}

// Add sums m and other; absent when either is, or when the currencies differ.
func (m Money) Add(other Money) Money {
	if !m.Known() || m.Currency != other.Currency {
		return Money{}
	}
	return Money{Units: m.Units + other.Units, Currency: m.Currency}
}

// PercentOf is how many whole hundredths of whole m makes, rounded down and
// held between 0 and 100, so that 99.6 % is 99 and never full too early. It
// is false when either amount is absent, or whole is not above nothing.
func (m Money) PercentOf(whole Money) (int, bool) {
	if !m.Known() || !whole.Positive() || m.Currency != whole.Currency {
		return 0, false
	}
	if m.Units <= 0 {
		return 0, true
	}
	if m.Units >= whole.Units {
		return 100, true
	}
	return int(m.Units * 100 / whole.Units), true
}

// String writes the amount plainly, for messages and machines: "48.34 USD",
// "550 USD", or "" when absent. What people read comes from package locale.
func (m Money) String() string {
	if !m.Known() {
		return ""
	}
	return m.Decimal() + " " + m.Currency
}

// Decimal is the number alone, exact and with no more decimals than it needs:
// "48.34", "550"; "" when absent.
func (m Money) Decimal() string {
	if !m.Known() {
		return ""
	}
	var room [24]byte
	return string(m.AppendDecimal(room[:0]))
}

// AppendDecimal appends what [Money.Decimal] gives.
func (m Money) AppendDecimal(dst []byte) []byte {
	if !m.Known() {
		return dst
	}
	units := uint64(m.Units)
	if m.Units < 0 {
		dst, units = append(dst, '-'), uint64(-(m.Units+1))+1
	}
	dst = strconv.AppendUint(dst, units/MoneyScale, 10)
	part := units % MoneyScale
	if part == 0 {
		return dst
	}
	dst = append(dst, '.')
	for scale := uint64(MoneyScale / 10); part > 0; scale /= 10 {
		dst = append(dst, byte('0'+part/scale))
		part %= scale
	}
	return dst
}

// Errors of [ParseMoney]; the caller adds field and place.
var (
	ErrNotANumber = errors.New("is not a number")
	ErrNegative   = errors.New("is negative")
	ErrTooLarge   = errors.New("is larger than any loan (1,000,000,000,000)")
)

// ParseMoney reads a decimal number as JSON or CSV writes it ("125", "125.0",
// "1.5e3", "48.3400") as an amount of currency, without ever passing through
// a float. A fifth decimal and those after it are noise of somebody else's
// float arithmetic and are rounded away, half away from zero. It fails with
// [ErrNotANumber], [ErrNegative] or [ErrTooLarge].
func ParseMoney(text, currency string) (Money, error) {
	units, ok := plainUnits(text)
	if !ok {
		var err error
		if units, err = anyUnits(text); err != nil {
			return Money{}, err
		}
	}
	return Money{Units: units, Currency: currency}, nil
}

// plainUnits reads what nearly all amounts are, "125" and "48.34", in
// ten-thousandths; ok is false for everything else, which anyUnits reads.
func plainUnits(text string) (units int64, ok bool) {
	const mostDigits = 12
	if text == "" || len(text) > mostDigits {
		return 0, false
	}
	decimals, dotted := 0, false
	for i := range len(text) {
		c := text[i]
		if c == '.' && !dotted && i > 0 && i < len(text)-1 {
			dotted = true
			continue
		}
		if c < '0' || c > '9' {
			return 0, false
		}
		if dotted {
			decimals++
		}
		units = units*10 + int64(c-'0')
	}
	for ; decimals < 4; decimals++ {
		units *= 10
	}
	return units, decimals == 4 && units <= MaxMoney*MoneyScale
}

// anyUnits reads every number in ten-thousandths.
func anyUnits(text string) (int64, error) {
	s, negative := strings.CutPrefix(text, "-")
	mantissa, exponent, err := cutExponent(s)
	if err != nil {
		return 0, err
	}
	whole, part, dotted := strings.Cut(mantissa, ".")
	if whole == "" || (dotted && part == "") || !digits(whole) || !digits(part) {
		return 0, ErrNotANumber
	}
	all := whole + part
	// The decimal point stands this many digits into all, once the number
	// counts ten-thousandths.
	point := len(whole) + exponent + 4
	var units int64
	for i := range max(point, 0) {
		digit := int64(0)
		if i < len(all) {
			digit = int64(all[i] - '0')
		}
		if units > (math.MaxInt64-digit)/10 {
			return 0, ErrTooLarge
		}
		units = units*10 + digit
		if units == 0 && i >= len(all) {
			break
		}
	}
	if point >= 0 && point < len(all) && all[point] >= '5' {
		units++
	}
	if units > MaxMoney*MoneyScale {
		return 0, ErrTooLarge
	}
	if negative && units != 0 {
		return 0, ErrNegative
	}
	return units, nil
}

// cutExponent splits "1.5e3" into "1.5" and 3. An exponent of more than two
// digits is no figure of a loan.
func cutExponent(s string) (mantissa string, exponent int, err error) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, 0, nil
	}
	mantissa, power := s[:i], s[i+1:]
	minus := strings.HasPrefix(power, "-")
	power = strings.TrimLeft(power, "+-")
	if power == "" || len(s[i+1:])-len(power) > 1 || !digits(power) {
		return "", 0, ErrNotANumber
	}
	power = strings.TrimLeft(power, "0")
	if len(power) > 2 {
		if minus {
			return mantissa, -99, nil
		}
		return "", 0, ErrTooLarge
	}
	for _, c := range power {
		exponent = exponent*10 + int(c-'0')
	}
	if minus {
		exponent = -exponent
	}
	return mantissa, exponent, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
