package main

import (
	"bytes"
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMoneyPatterns(t *testing.T) {
	for _, c := range []struct {
		name, pattern, minus string
		want                 money
		fault                string
	}{
		{"symbol first", "¤#,##0.00", "-", money{symbolFirst: true, negativeHead: "-"}, ""},
		{"symbol last", "#,##0.00\u00a0¤", "-", money{tail: "\u00a0", negativeHead: "-", negativeTail: "\u00a0"}, ""},
		{"a negative half of its own", "x#,##0.00 ¤;x-#,##0.00 ¤", "−", money{head: "x", tail: " ", negativeHead: "x−", negativeTail: " "}, ""},
		{"other groups", "¤#,##,##0.00", "-", money{}, "currency pattern"},
		{"no symbol", "#,##0.00", "-", money{}, "symbol inside"},
		{"two symbols", "¤#,##0.00¤", "-", money{}, "two symbols"},
		{"two sides", "¤#,##0.00;-#,##0.00¤", "-", money{}, "changes the side"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := parseMoney(c.pattern, c.minus)
			if got != c.want || !faulty(err, c.fault) {
				t.Errorf("parseMoney(%q) = %+v, %v", c.pattern, got, err)
			}
		})
	}
}

func TestDatePatterns(t *testing.T) {
	for _, c := range []struct{ name, pattern, want, fault string }{
		{"fields and text", "MMMM d, y", `{kind: monthField}, {text: " "}, {kind: dayField}, {text: ", "}, {kind: yearField}`, ""},
		{"letters in apostrophes are text", "d 'de' MMM", `{kind: dayField}, {text: " de "}, {kind: shortMonthField}`, ""},
		{"marks stay", "dd\u200f/MM", `{kind: twoDigitDayField}, {text: "\u200f/"}, {kind: twoDigitMonthField}`, ""},
		{"weekdays are refused", "EEEE d", "", `no field for "EEEE"`},
		{"an open apostrophe", "d 'de MMM", "", "apostrophe"},
		{"nothing at all", "", "", "empty"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := dateFields(c.pattern)
			if got != c.want || !faulty(err, c.fault) {
				t.Errorf("dateFields(%q) = %s, %v", c.pattern, got, err)
			}
		})
	}
}

func faulty(err error, part string) bool {
	if part == "" {
		return err == nil
	}
	return err != nil && strings.Contains(err.Error(), part)
}

// invented is CLDR as small as it can be: every language is called Aleph.
func invented() fstest.MapFS {
	files := fstest.MapFS{}
	put := func(name string, value any) {
		data, err := json.Marshal(value)
		if err != nil {
			panic(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	type object = map[string]any
	for _, pkg := range []string{"core", "numbers-full", "dates-full", "localenames-full", "misc-full"} {
		put("cldr-"+pkg+"/package.json", object{"version": "1.2.3"})
	}
	put("cldr-core/supplemental/currencyData.json", object{"supplemental": object{"currencyData": object{
		"fractions": object{"DEFAULT": object{"_digits": "2"}, "AAB": object{"_digits": "0"}}}}})
	months := object{}
	for _, month := range strings.Fields("1 2 3 4 5 6 7 8 9 10 11 12") {
		months[month] = "m" + month
	}
	spacing := object{"insertBetween": nbsp}
	for _, tag := range tags {
		main := func(pkg, file string, value any) {
			put("cldr-"+pkg+"/main/"+tag+"/"+file, object{"main": object{tag: value}})
		}
		main("numbers-full", "currencies.json", object{"numbers": object{"currencies": object{
			"AAA": object{"displayName": "A", "symbol": "$"}, "AAB": object{"displayName": "B"}}}})
		main("numbers-full", "numbers.json", object{"numbers": object{
			"defaultNumberingSystem": "latn", "minimumGroupingDigits": "1",
			"symbols-numberSystem-latn":        object{"decimal": ".", "group": ",", "percentSign": "%", "minusSign": "-"},
			"decimalFormats-numberSystem-latn": object{"standard": "#,##0.###"},
			"percentFormats-numberSystem-latn": object{"standard": "#,##0%"},
			"currencyFormats-numberSystem-latn": object{"standard": "¤#,##0.00",
				"currencySpacing": object{"beforeCurrency": spacing, "afterCurrency": spacing}},
		}})
		main("dates-full", "ca-gregorian.json", object{"dates": object{"calendars": object{"gregorian": object{
			"months":          object{"format": object{"wide": months, "abbreviated": months}},
			"dateFormats":     object{"long": "d MMMM y", "medium": "d MMM y"},
			"dateTimeFormats": object{"availableFormats": object{"yMMMM": "MMMM y"}},
		}}}})
		main("localenames-full", "territories.json", object{"localeDisplayNames": object{"territories": object{
			"001": "World", "EU": "Union", "PS": "long", "PS-alt-short": "short", "US": "plain", "US-alt-short": "abbreviated"}}})
		main("localenames-full", "languages.json", object{"localeDisplayNames": object{"languages": object{
			tag: "aleph", "zz-Hans": "no"}}})
		main("misc-full", "layout.json", object{"layout": object{"orientation": object{"characterOrder": "left-to-right"}}})
		main("misc-full", "listPatterns.json", object{"listPatterns": object{"listPattern-type-standard": object{
			"2": "{0} & {1}", "start": "{0}, {1}", "middle": "{0}, {1}", "end": "{0} & {1}"}}})
	}
	return files
}

func TestTablesAreWrittenTheSameEveryTime(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for _, to := range []string{first, second} {
		if err := run(invented(), to); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"table_currency.gen.go", "table_en.gen.go", "table_es.gen.go", "table_fr.gen.go", "table_ar.gen.go"} {
		a, err := os.ReadFile(filepath.Join(first, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(second, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s comes out in two ways", name)
		}
		if _, err := parser.ParseFile(token.NewFileSet(), name, a, 0); err != nil {
			t.Error(err)
		}
	}
}

func TestLanguageIsReadAsThePackageWantsIt(t *testing.T) {
	currencies, err := readCurrencies(invented())
	if err != nil {
		t.Fatal(err)
	}
	l, err := readLanguage(invented(), "en", currencies)
	if err != nil {
		t.Fatal(err)
	}
	if l.name != "Aleph" {
		t.Errorf("a language is called %q in a list", l.name)
	}
	if got := l.symbols; len(got) != 2 || got[0] != "$" || got[1] != "AAB\u00a0" {
		t.Errorf("symbols %q: a code is held off the number, a sign is not", got)
	}
	want := []named{{"PS", "short"}, {"US", "plain"}}
	if len(l.territories) != 2 || l.territories[0] != want[0] || l.territories[1] != want[1] {
		t.Errorf("countries %q, want %q", l.territories, want)
	}
	if currencies[0].digits != 2 || currencies[1].digits != 0 {
		t.Errorf("currencies %v", currencies)
	}
}

func TestSurprisesAreRefused(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, fault string }{
		{"other digits", "cldr-numbers-full/main/ar/numbers.json", `"latn"`, `"arab"`, "ar: digits are arab"},
		{"other groups", "cldr-numbers-full/main/es/numbers.json", `"#,##0.###"`, `"#,##,##0.###"`, "es: number pattern"},
		{"a list with brackets", "cldr-misc-full/main/fr/listPatterns.json", `"{0}, {1}"`, `"[{0}, {1}"`, "fr: list pattern"},
		{"a month without a name", "cldr-dates-full/main/en/ca-gregorian.json", `"m7"`, `""`, "en: a month has no name"},
		{"packages of two versions", "cldr-misc-full/package.json", "1.2.3", "1.2.4", "cldr-misc-full is version 1.2.4"},
		{"broken JSON", "cldr-core/package.json", "{", "", "cldr-core/package.json: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := invented()
			data := string(files[c.file].Data)
			if !strings.Contains(data, c.old) {
				t.Fatalf("%s has no %s", c.file, c.old)
			}
			files[c.file] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(data, c.old, c.new))}
			to := t.TempDir()
			if err := run(files, to); !faulty(err, c.fault) {
				t.Errorf("run: %v, want %q", err, c.fault)
			}
			if left, err := os.ReadDir(to); err != nil || len(left) > 0 {
				t.Errorf("%d files were written, %v", len(left), err)
			}
		})
	}
}
