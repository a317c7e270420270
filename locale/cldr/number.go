package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// currency is an ISO 4217 code, in use or historical, and the number of
// decimals its amounts are written with.
type currency struct {
	code   string
	digits int
}

// money is the currency pattern of a language: what stands outermost around the
// number, for amounts from 0 on and for those below, and the side of the symbol.
type money struct {
	symbolFirst                            bool
	head, tail, negativeHead, negativeTail string
}

// readCurrencies lists the codes English has a name for, which is all of them.
func readCurrencies(from fs.FS) ([]currency, error) {
	var names currencyNames
	if err := readMain(from, "numbers-full", "en", "currencies.json", &names); err != nil {
		return nil, err
	}
	var doc struct {
		Supplemental struct {
			CurrencyData struct {
				Fractions map[string]struct {
					Digits string `json:"_digits"`
				}
			}
		}
	}
	if err := read(from, "cldr-core/supplemental/currencyData.json", &doc); err != nil {
		return nil, err
	}
	fractions := doc.Supplemental.CurrencyData.Fractions
	var currencies []currency
	for _, code := range slices.Sorted(maps.Keys(names.Numbers.Currencies)) {
		fraction, ok := fractions[code]
		if !ok {
			fraction = fractions["DEFAULT"]
		}
		digits, err := strconv.Atoi(fraction.Digits)
		if err != nil || digits < 0 || digits > 4 {
			return nil, fmt.Errorf("currency %s has %q digits; amounts have four at most", code, fraction.Digits)
		}
		currencies = append(currencies, currency{code, digits})
	}
	return currencies, nil
}

type currencyNames struct {
	Numbers struct {
		Currencies map[string]struct {
			DisplayName, Symbol, Decimal, Group, Pattern string
		}
	}
}

// readSymbols joins each symbol with the space CLDR puts between it and a
// digit (currencySpacing: where its near end is neither a symbol nor a space).
func (l *language) readSymbols(from fs.FS, currencies []currency) error {
	var doc currencyNames
	if err := readMain(from, "numbers-full", l.tag, "currencies.json", &doc); err != nil {
		return err
	}
	for _, c := range currencies {
		entry := doc.Numbers.Currencies[c.code]
		if entry.Decimal+entry.Group+entry.Pattern != "" {
			return fmt.Errorf("currency %s has separators of its own", c.code)
		}
		symbol := entry.Symbol
		if symbol == "" {
			symbol = c.code
		}
		if l.money.symbolFirst {
			last, _ := utf8.DecodeLastRuneInString(symbol)
			if !unicode.In(last, unicode.S, unicode.Z) {
				symbol += nbsp
			}
		}
		l.symbols = append(l.symbols, symbol)
		l.currencies = append(l.currencies, entry.DisplayName)
	}
	return nil
}

// nbsp is the space of currencySpacing in all four languages.
const nbsp = "\u00a0"

func (l *language) readNumbers(from fs.FS) error {
	var doc struct {
		Numbers struct {
			DefaultNumberingSystem string
			MinimumGroupingDigits  string
			Symbols                struct {
				Decimal, Group, PercentSign, MinusSign string
			} `json:"symbols-numberSystem-latn"`
			Decimal struct{ Standard string } `json:"decimalFormats-numberSystem-latn"`
			Percent struct{ Standard string } `json:"percentFormats-numberSystem-latn"`
			Money   struct {
				Standard string
				Spacing  struct {
					Before struct{ InsertBetween string } `json:"beforeCurrency"`
					After  struct{ InsertBetween string } `json:"afterCurrency"`
				} `json:"currencySpacing"`
			} `json:"currencyFormats-numberSystem-latn"`
		}
	}
	if err := readMain(from, "numbers-full", l.tag, "numbers.json", &doc); err != nil {
		return err
	}
	n := doc.Numbers
	if n.DefaultNumberingSystem != "latn" {
		return fmt.Errorf("digits are %s, not latn", n.DefaultNumberingSystem)
	}
	if n.Decimal.Standard != "#,##0.###" {
		return fmt.Errorf("number pattern %q", n.Decimal.Standard)
	}
	if n.Money.Spacing.Before.InsertBetween != nbsp || n.Money.Spacing.After.InsertBetween != nbsp {
		return errors.New("currency spacing is not U+00A0")
	}
	var err error
	if l.minGroup, err = strconv.Atoi(n.MinimumGroupingDigits); err != nil {
		return fmt.Errorf("minimum grouping digits: %w", err)
	}
	l.decimal, l.group, l.minus = n.Symbols.Decimal, n.Symbols.Group, n.Symbols.MinusSign
	percent, ok := strings.CutPrefix(n.Percent.Standard, "#,##0")
	if !ok {
		return fmt.Errorf("percent pattern %q", n.Percent.Standard)
	}
	l.percent = strings.Replace(percent, "%", n.Symbols.PercentSign, 1)
	l.money, err = parseMoney(n.Money.Standard, l.minus)
	return err
}

// parseMoney reads a pattern such as "#,##0.00 ¤" or "¤#,##0.00;-¤#,##0.00".
// Without a second half the minus sign stands before everything.
func parseMoney(pattern, minus string) (money, error) {
	positive, negative, both := strings.Cut(pattern, ";")
	if !both {
		negative = "-" + positive
	}
	head, tail, first, err := parseAffixes(positive)
	if err != nil {
		return money{}, err
	}
	negativeHead, negativeTail, negativeFirst, err := parseAffixes(negative)
	if err != nil {
		return money{}, err
	}
	if first != negativeFirst {
		return money{}, fmt.Errorf("currency pattern %q changes the side of its symbol", pattern)
	}
	negativeHead = strings.Replace(negativeHead, "-", minus, 1)
	return money{first, head, tail, negativeHead, negativeTail}, nil
}

func parseAffixes(pattern string) (head, tail string, symbolFirst bool, err error) {
	const number, symbol = "#,##0.00", "¤"
	head, tail, found := strings.Cut(pattern, number)
	if !found {
		return "", "", false, fmt.Errorf("currency pattern %q", pattern)
	}
	if before, ok := strings.CutSuffix(head, symbol); ok {
		head, symbolFirst = before, true
	} else if before, ok := strings.CutSuffix(tail, symbol); ok {
		tail = before
	} else {
		return "", "", false, fmt.Errorf("currency pattern %q has its symbol inside", pattern)
	}
	if strings.Contains(head+tail, symbol) {
		return "", "", false, fmt.Errorf("currency pattern %q has two symbols", pattern)
	}
	return head, tail, symbolFirst, nil
}
