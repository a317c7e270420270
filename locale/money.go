package locale

// currency is an ISO 4217 code, in use or historical, and the decimals CLDR
// writes its amounts with.
type currency struct {
	code   string
	digits uint8
}

// moneyPattern is CLDR's standard currency pattern: what stands outermost before
// and after the number and its symbol, and on which side the symbol is.
type moneyPattern struct {
	symbolFirst                            bool
	head, tail, negativeHead, negativeTail string
}

// scale is the number of decimals an amount is given with, as kiva.Money's.
const scale = 4

// Money writes an amount, given in ten-thousandths of the currency's unit, with
// the currency's ISO 4217 code, upper case.
//
// It follows CLDR's standard pattern and symbol, as ICU does, save that an amount
// that is whole, or becomes so by rounding, has no decimals: $550, but $48.34,
// and in Spanish 48,34 US$. In Arabic a left-to-right
// mark follows a sign that stands behind Latin letters. Digits below the currency's last are rounded half
// away from zero, here at the display only; what is rounded to zero has no sign.
// The symbol is the one CLDR has for the language, often the code (KHR 2,000 in
// English), never the narrow one, which many currencies share. A code CLDR does
// not know stands as it is, with a no-break space and two decimals; with no code
// at all the number stands alone.
func (l *Language) Money(amount int64, code string) string {
	var buf [64]byte
	return string(l.AppendMoney(buf[:0], amount, code))
}

// AppendMoney appends what Money returns to dst, without allocating where dst
// has room.
func (l *Language) AppendMoney(dst []byte, amount int64, code string) []byte {
	symbol, digits := code, 2
	index, known := findCurrency(code)
	if known {
		symbol, digits = l.symbols[index], int(currencies[index].digits)
	}
	whole, fraction := round(amount, digits)
	head, tail := l.money.head, l.money.tail
	if amount < 0 && whole|fraction != 0 {
		head, tail = l.money.negativeHead, l.money.negativeTail
	}
	dst = append(dst, head...)
	if l.money.symbolFirst {
		dst = append(dst, symbol...)
		if !known && code != "" {
			dst = append(dst, "\u00a0"...)
		}
	}
	dst = l.appendGrouped(dst, whole)
	if fraction != 0 {
		dst = append(dst, l.decimal...)
		for place := power(digits - 1); place > 0; place /= 10 {
			dst = append(dst, '0'+byte(fraction/place%10))
		}
	}
	if code == "" {
		return dst
	}
	dst = append(dst, tail...)
	if !l.money.symbolFirst {
		dst = append(dst, symbol...)
		if l.Direction == "rtl" && signAfterLetters(symbol) {
			dst = append(dst, "\u200e"...)
		}
	}
	return dst
}

// signAfterLetters tells US$ and its like. Between Arabic words their sign would
// be set before their letters.
func signAfterLetters(symbol string) bool {
	isLetter := func(b byte) bool { return 'A' <= b && b <= 'Z' }
	return symbol != "" && isLetter(symbol[0]) && !isLetter(symbol[len(symbol)-1])
}

// round splits the absolute value of an amount into its whole units and what
// remains of them in the given number of digits, rounded half away from zero.
func round(amount int64, digits int) (whole, fraction uint64) {
	dropped := power(scale - digits)
	units := (magnitude(amount) + dropped/2) / dropped
	unit := power(digits)
	return units / unit, units % unit
}

// power is ten to the n; 0 below the zeroth, so that a loop over places ends.
func power(n int) uint64 {
	if n < 0 {
		return 0
	}
	p := uint64(1)
	for range n {
		p *= 10
	}
	return p
}

// CurrencyDigits returns the number of decimals of a currency by CLDR: 2 for
// USD, 0 for VND, 3 for KWD; 2 for a code CLDR does not know. CLDR tells common
// use, which for some currencies (IDR, LAK, COP …) is fewer than ISO 4217 has.
func CurrencyDigits(code string) int {
	if i, ok := findCurrency(code); ok {
		return int(currencies[i].digits)
	}
	return 2
}

// KnownCurrency reports whether CLDR knows the ISO 4217 code, in upper case.
// Currencies of the past are known too.
func KnownCurrency(code string) bool {
	_, ok := findCurrency(code)
	return ok
}

// Currency returns the name of a currency, in the case CLDR lists it: US
// Dollar, dólar estadounidense. It is false for a code CLDR has no name for.
func (l *Language) Currency(code string) (name string, ok bool) {
	i, ok := findCurrency(code)
	if !ok {
		return "", false
	}
	name = l.currencies[i]
	return name, name != ""
}

// findCurrency returns the place of a currency in currencies, and so in the
// symbols and names of every language. A page asks for fifty amounts, and few codes
// begin with the same letter.
func findCurrency(code string) (int, bool) {
	if len(code) != 3 || code[0] < 'A' || code[0] > 'Z' {
		return 0, false
	}
	letter := code[0] - 'A'
	for i := currenciesFrom[letter]; i < currenciesFrom[letter+1]; i++ {
		if currencies[i].code == code {
			return i, true
		}
	}
	return 0, false
}

// currenciesFrom is where the currencies begin that begin with a letter from A to Z,
// and behind them where the last ones end.
var currenciesFrom = func() (from [27]int) {
	i := 0
	for letter := range from {
		for i < len(currencies) && currencies[i].code < string(rune('A'+letter)) {
			i++
		}
		from[letter] = i
	}
	return from
}()
