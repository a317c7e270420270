package locale

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	bojanz "github.com/bojanz/currency"
)

// in returns a language of the table.
func in(t testing.TB, tag string) *Language {
	t.Helper()
	l, ok := Get(tag)
	if !ok {
		t.Fatalf("no language %s", tag)
	}
	return l
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		name, tag string
		amount    int64
		code      string
		want      string
	}{
		{"a whole amount has no decimals", "en", 5500000, "USD", "$550"},
		{"nor has a whole amount of thousands", "en", 12345670000, "USD", "$1,234,567"},
		{"other amounts have all of the currency's decimals", "en", 485000, "USD", "$48.50"},
		{"half of the last digit is rounded away from zero", "en", 50, "USD", "$0.01"},
		{"below zero too", "en", -50, "USD", "-$0.01"},
		{"less than half is dropped, and the sign with it", "en", -49, "USD", "$0"},
		{"an amount that becomes whole by rounding is written whole", "en", 5499999, "USD", "$550"},
		{"a currency without decimals is rounded to its unit", "en", 15000, "VND", "₫2"},
		{"a currency of three decimals has three", "en", 12345, "KWD", "KWD\u00a01.235"},
		{"a currency of four decimals has four", "en", 12345, "CLF", "CLF\u00a01.2345"},
		{"a code in front is held off by a no-break space", "en", 20000000, "KHR", "KHR\u00a02,000"},
		{"Spanish separates from five digits on", "es", 12340000, "USD", "1234\u00a0US$"},
		{"and then with a dot", "es", 123455000, "USD", "12.345,50\u00a0US$"},
		{"French has the symbol last and a comma", "fr", 483400, "USD", "48,34\u00a0$US"},
		{"French separates with a narrow no-break space", "fr", 12345000, "EUR", "1\u202f234,50\u00a0€"},
		{"Arabic begins with a right-to-left mark", "ar", 483400, "USD", "\u200f48.34\u00a0US$\u200e"},
		{"and writes its sign after a left-to-right mark", "ar", -483400, "USD", "\u200f\u200e-48.34\u00a0US$\u200e"},
		{"an unknown code stands as it is", "en", 483400, "QQQ", "QQQ\u00a048.34"},
		{"behind the number as well", "fr", 483400, "QQQ", "48,34\u00a0QQQ"},
		{"a code in lower case is unknown", "en", 10000, "usd", "usd\u00a01"},
		{"without a code the number stands alone", "en", 12345000, "", "1,234.50"},
		{"also where the symbol would be last", "es", -485000, "", "-48,50"},
		{"the smallest amount there is", "en", math.MinInt64, "USD", "-$922,337,203,685,477.58"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := in(t, c.tag).Money(c.amount, c.code); got != c.want {
				t.Errorf("Money(%d, %q) = %+q, want %+q", c.amount, c.code, got, c.want)
			}
		})
	}
}

// Two things are not compared. bojanz has decimals on whole amounts too. And
// where CLDR's symbol in a language is the code itself it shows the symbol of
// English instead (24,00 £ in Spanish, where ICU has 24,00 GBP); so there it is
// told to show the code. The symbols themselves are held to ICU.
func TestMoneyIsThatOfBojanzCurrency(t *testing.T) {
	random := rand.New(rand.NewPCG(48, 2))
	compared := 0
	for _, l := range all {
		formatter := bojanz.NewFormatter(bojanz.NewLocale(l.Tag))
		for _, code := range bojanz.GetCurrencyCodes() {
			index, known := findCurrency(code)
			if !known {
				t.Errorf("bojanz has %s, which is not in the table", code)
				continue
			}
			digits := CurrencyDigits(code)
			formatter.CurrencyDisplay = bojanz.DisplaySymbol
			if strings.TrimSuffix(l.symbols[index], "\u00a0") == code {
				formatter.CurrencyDisplay = bojanz.DisplayCode
			}
			formatter.MinDigits, formatter.MaxDigits = uint8(digits), uint8(digits)
			for range 40 {
				amount := (random.Int64() >> random.IntN(62)) / int64(1+random.IntN(100))
				whole, fraction := round(amount, digits)
				if fraction == 0 && digits > 0 || whole|fraction == 0 {
					continue
				}
				exact, err := bojanz.NewAmount(decimal(amount), code)
				if err != nil {
					t.Fatal(err)
				}
				compared++
				// The mark behind US$ is ours.
				if got, want := strings.TrimSuffix(l.Money(amount, code), "\u200e"), formatter.Format(exact); got != want {
					t.Fatalf("%s: Money(%d, %s) = %+q, bojanz has %+q", l.Tag, amount, code, got, want)
				}
			}
		}
	}
	if compared < 10_000 {
		t.Errorf("only %d amounts compared", compared)
	}
}

// decimal writes ten-thousandths as a decimal number.
func decimal(amount int64) string {
	return new(big.Rat).SetFrac64(amount, 10_000).FloatString(scale)
}

// What is written can be read back, and is the amount rounded half away from
// zero to the currency's digits.
func FuzzMoneyReadsBack(f *testing.F) {
	f.Add(int64(5500000), "USD")
	f.Add(int64(-483450), "KWD")
	f.Add(int64(math.MinInt64), "VND")
	f.Add(int64(math.MaxInt64), "CLF")
	f.Add(int64(99), "")
	f.Fuzz(func(t *testing.T, amount int64, code string) {
		if !KnownCurrency(code) && code != "" {
			return // free text could hold digits of its own
		}
		for _, l := range all {
			text := l.Money(amount, code)
			if got, want := readBack(l, text), rounded(amount, CurrencyDigits(code)); got != want {
				t.Errorf("%s: Money(%d, %s) = %+q, which reads %s, want %s", l.Tag, amount, code, text, got, want)
			}
		}
	})
}

// readBack takes the number out of an amount: digits, the minus sign, and the
// last separator where it is the decimal one.
func readBack(l *Language, text string) string {
	var b strings.Builder
	if strings.Contains(text, "-") {
		b.WriteByte('-')
	}
	first := strings.IndexFunc(text, unicode.IsDigit)
	last := strings.LastIndexFunc(text, unicode.IsDigit)
	number := strings.ReplaceAll(text[first:last+1], l.group, "")
	b.WriteString(strings.Replace(number, l.decimal, ".", 1))
	return b.String()
}

// rounded is the same by arbitrary precision; FloatString rounds half away from zero.
func rounded(amount int64, digits int) string {
	s := new(big.Rat).SetFrac64(amount, 10_000).FloatString(digits)
	whole, fraction, _ := strings.Cut(s, ".")
	if strings.Trim(fraction, "0") == "" {
		s = whole
	}
	if s == "-0" {
		s = "0"
	}
	return s
}

func TestMoneyIsAppendedWithoutAllocation(t *testing.T) {
	for _, l := range all {
		dst := make([]byte, 0, 64)
		if n := testing.AllocsPerRun(100, func() { dst = l.AppendMoney(dst[:0], -12345678900, "USD") }); n != 0 {
			t.Errorf("%s: %v allocations", l.Tag, n)
		}
	}
	if got := string(in(t, "en").AppendMoney([]byte("of "), 5500000, "USD")); got != "of $550" {
		t.Errorf("AppendMoney = %q", got)
	}
}

func TestCurrencies(t *testing.T) {
	for code, digits := range map[string]int{"USD": 2, "VND": 0, "KWD": 3, "CLF": 4, "KHR": 2, "UGX": 0, "QQQ": 2, "": 2} {
		if got := CurrencyDigits(code); got != digits {
			t.Errorf("CurrencyDigits(%q) = %d, want %d", code, got, digits)
		}
	}
	for code, known := range map[string]bool{"USD": true, "ZWL": true, "QQQ": false, "usd": false, "": false, "USDX": false} {
		if KnownCurrency(code) != known {
			t.Errorf("KnownCurrency(%q) = %t", code, !known)
		}
	}
	if name, ok := in(t, "fr").Currency("KHR"); name != "riel cambodgien" || !ok {
		t.Errorf("Currency(KHR) = %q, %t", name, ok)
	}
	if name, ok := in(t, "fr").Currency("QQQ"); name != "" || ok {
		t.Errorf("Currency(QQQ) = %q, %t", name, ok)
	}
	for i := range currencies[1:] {
		if currencies[i].code >= currencies[i+1].code {
			t.Errorf("%s stands before %s; look-ups search by halves", currencies[i].code, currencies[i+1].code)
		}
	}
}

// sink keeps what a benchmark makes, as a page would.
var sink string

func BenchmarkMoney(b *testing.B) {
	for _, l := range all {
		b.Run(l.Tag, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sink = l.Money(12345678900, "USD")
			}
		})
	}
}

func BenchmarkAppendMoney(b *testing.B) {
	l := in(b, "en")
	dst := make([]byte, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		dst = l.AppendMoney(dst[:0], 12345678900, "KHR")
	}
}

func ExampleLanguage_Money() {
	en, _ := Get("en")
	fmt.Println(en.Money(550_0000, "USD"))
	fmt.Println(en.Money(48_3400, "USD"))
	fmt.Println(en.Money(-1_234_5000, "VND"))
	// Output:
	// $550
	// $48.34
	// -₫1,235
}
