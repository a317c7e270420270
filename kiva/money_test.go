package kiva

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestParseMoney(t *testing.T) {
	tests := map[string]struct {
		text string
		want string // Decimal
		err  error
	}{
		"a whole number":                      {"125", "125", nil},
		"a float of a table program":          {"125.0", "125", nil},
		"cents":                               {"48.34", "48.34", nil},
		"noise of a float sum is rounded":     {"67.06000000000002", "67.06", nil},
		"a fifth decimal of five rounds up":   {"0.00005", "0.0001", nil},
		"a fifth decimal of four rounds down": {"0.00004", "0", nil},
		"an exponent":                         {"1.5e3", "1500", nil},
		"an exponent with sign and zeros":     {"1E+03", "1000", nil},
		"a negative exponent":                 {"15000e-2", "150", nil},
		"an exponent that leaves nothing":     {"1e-999", "0", nil},
		"nothing, however long":               {"0e99", "0", nil},
		"minus nothing is nothing":            {"-0", "0", nil},
		"the largest amount":                  {"1000000000000", "1000000000000", nil},
		"one more than that":                  {"1000000000001", "", ErrTooLarge},
		"an exponent beyond all amounts":      {"1e400", "", ErrTooLarge},
		"thirty digits":                       {strings.Repeat("9", 30), "", ErrTooLarge},
		"below nothing":                       {"-25", "", ErrNegative},
		"not a number at all":                 {"many", "", ErrNotANumber},
		"nothing written":                     {"", "", ErrNotANumber},
		"a point alone":                       {".", "", ErrNotANumber},
		"a point without digits behind it":    {"1.", "", ErrNotANumber},
		"a point without digits before it":    {".5", "", ErrNotANumber},
		"two points":                          {"1.2.3", "", ErrNotANumber},
		"thousands with commas":               {"1,000", "", ErrNotANumber},
		"a currency sign":                     {"$5", "", ErrNotANumber},
		"an exponent without digits":          {"1e", "", ErrNotANumber},
		"an exponent with two signs":          {"1e+-2", "", ErrNotANumber},
		"words that floats know":              {"NaN", "", ErrNotANumber},
		"infinity":                            {"Infinity", "", ErrNotANumber},
		"hexadecimal":                         {"0x10", "", ErrNotANumber},
		"a space":                             {" 5", "", ErrNotANumber},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m, err := ParseMoney(test.text, "USD")
			if !errors.Is(err, test.err) || (err == nil) != (test.err == nil) {
				t.Fatalf("ParseMoney(%q): error %v, want %v", test.text, err, test.err)
			}
			if m.Decimal() != test.want {
				t.Errorf("ParseMoney(%q) = %q, want %q", test.text, m.Decimal(), test.want)
			}
		})
	}
}

func TestAbsentMoneyIsNotZero(t *testing.T) {
	var absent Money
	zero := USD(0)
	if absent.Known() || !zero.Known() || absent == zero {
		t.Error("the zero Money must be absent, and $0 known")
	}
	if got := absent.String(); got != "" {
		t.Errorf("absent money reads %q", got)
	}
	if got := zero.String(); got != "0 USD" {
		t.Errorf("no dollars read %q", got)
	}
	if absent.Add(zero).Known() || zero.Add(absent).Known() || absent.Sub(zero).Known() || zero.Sub(absent).Known() {
		t.Error("a sum with an absent amount must be absent")
	}
	if local := (Money{Units: 1, Currency: "KHR"}); local.Add(zero).Known() || zero.Sub(local).Known() {
		t.Error("a sum of two currencies must be absent")
	}
}

func TestPercentOf(t *testing.T) {
	tests := map[string]struct {
		part, whole Money
		want        int
		known       bool
	}{
		"a half":                          {USD(50), USD(100), 50, true},
		"almost all is not all":           {Money{9999999, "USD"}, USD(1000), 99, true},
		"more than all is all":            {USD(150), USD(100), 100, true},
		"nothing":                         {USD(0), USD(100), 0, true},
		"below nothing is nothing":        {Money{-5, "USD"}, USD(100), 0, true},
		"of nothing is not known":         {USD(5), USD(0), 0, false},
		"of an absent amount":             {USD(5), Money{}, 0, false},
		"of an absent part":               {Money{}, USD(5), 0, false},
		"of another currency":             {Money{5, "KHR"}, USD(5), 0, false},
		"the largest amounts fit":         {USD(MaxMoney - 1), USD(MaxMoney), 99, true},
		"a hair of the largest is zero":   {Money{1, "USD"}, USD(MaxMoney), 0, true},
		"all of the largest is a hundred": {USD(MaxMoney), USD(MaxMoney), 100, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, known := test.part.PercentOf(test.whole)
			if got != test.want || known != test.known {
				t.Errorf("= %d, %v; want %d, %v", got, known, test.want, test.known)
			}
		})
	}
}

func TestDecimalOfTheSmallestInteger(t *testing.T) {
	if got := (Money{math.MinInt64, "USD"}).Decimal(); got != "-922337203685477.5808" {
		t.Errorf("= %s", got)
	}
}

// FuzzParseMoney: what is read is within bounds, reads back as itself, and is
// the same both ways of reading.
func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"125", "125.0", "67.06000000000002", "1.5e3", "-0", "1e-999", "9e99", "", ".", "0.00005", "48.34", "007", "0.", "999999999999", "1000000000000.0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMoney(text, "USD")
		if units, ok := plainUnits(text); ok {
			if other, err := anyUnits(text); err != nil || other != units {
				t.Fatalf("%q: %d units read plainly, %d, %v otherwise", text, units, other, err)
			}
		}
		if err != nil {
			if m.Known() {
				t.Fatalf("%q: an amount beside an error", text)
			}
			return
		}
		if m.Units < 0 || m.Units > MaxMoney*MoneyScale {
			t.Fatalf("%q: %d units", text, m.Units)
		}
		again, err := ParseMoney(m.Decimal(), "USD")
		if err != nil || again != m {
			t.Fatalf("%q: %v reads back as %v, %v", text, m, again, err)
		}
	})
}
