package locale

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// figure is one line of testdata/icu.tsv: what ICU writes for an argument, by
// the order of Known.
type figure struct {
	kind, argument string
	want           []string
}

// figures reads what testdata/icu.mjs wrote.
func figures(t *testing.T) []figure {
	t.Helper()
	file, err := os.Open("testdata/icu.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var list []figure
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			major, _, _ := strings.Cut(CLDRVersion, ".")
			if !strings.Contains(lines.Text(), "CLDR "+major+".") {
				t.Errorf("the tables are of CLDR %s, the figures of %s", CLDRVersion, lines.Text())
			}
			continue
		}
		columns := strings.Split(lines.Text(), "\t")
		if len(columns) != 2+len(all) {
			t.Fatalf("icu.tsv: %d columns: %s", len(columns), lines.Text())
		}
		f := figure{kind: columns[0], argument: columns[1]}
		for _, column := range columns[2:] {
			text, err := strconv.Unquote(`"` + column + `"`)
			if err != nil {
				t.Fatalf("icu.tsv: %v: %s", err, lines.Text())
			}
			f.want = append(f.want, text)
		}
		list = append(list, f)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// byICU says how each kind of figure is asked of a language. A false means that
// the language has no such name.
var byICU = map[string]func(t *testing.T, l *Language, argument string) (string, bool){
	"money": func(t *testing.T, l *Language, argument string) (string, bool) {
		number, code, _ := strings.Cut(argument, " ")
		// The mark behind US$ is ours.
		return strings.TrimSuffix(l.Money(tenThousandths(t, number), code), "\u200e"), true
	},
	"number": func(t *testing.T, l *Language, argument string) (string, bool) {
		return l.Number(integer(t, argument)), true
	},
	"percent": func(t *testing.T, l *Language, argument string) (string, bool) {
		return l.Percent(int(integer(t, argument))), true
	},
	"date": func(t *testing.T, l *Language, argument string) (string, bool) {
		return l.Date(instant(t, argument)), true
	},
	"shortdate": func(t *testing.T, l *Language, argument string) (string, bool) {
		return l.ShortDate(instant(t, argument)), true
	},
	"monthyear": func(t *testing.T, l *Language, argument string) (string, bool) {
		return l.MonthYear(instant(t, argument)), true
	},
	"list": func(t *testing.T, l *Language, argument string) (string, bool) {
		return l.List(strings.Split(argument, "|")...), true
	},
	"plural": func(t *testing.T, l *Language, argument string) (string, bool) {
		return l.Plural(integer(t, argument)).String(), true
	},
	"country":      func(_ *testing.T, l *Language, code string) (string, bool) { return l.Country(code) },
	"shortcountry": func(_ *testing.T, l *Language, code string) (string, bool) { return l.Country(code) },
	"language":     func(_ *testing.T, l *Language, code string) (string, bool) { return l.LanguageName(code) },
	"currency":     func(_ *testing.T, l *Language, code string) (string, bool) { return l.Currency(code) },
}

// unlikeICU lists the names that differ from ICU's on purpose, and why.
var unlikeICU = map[string]string{
	"country CD": "CLDR's variant Congo (DRC) is what people call it; its plain name is Congo - Kinshasa",
	"country CG": "as CD: Congo (Republic) for Congo - Brazzaville",
	"country HK": "the short name, without SAR China: figure shortcountry",
	"country MM": "the short name, without (Burma): figure shortcountry",
	"country MO": "the short name, without SAR China: figure shortcountry",
	"country PS": "the short name, Palestine: figure shortcountry",
	"country EU": "not a country",
	"country EZ": "not a country",
	"country QO": "not a country",
	"country UN": "not a country",
	"country XA": "not a country",
	"country XB": "not a country",
	"country ZZ": "not a country",

	"language bh": "a code withdrawn from ISO 639-1, which ICU reads as bho; CLDR's list has no name for it",
	"language tw": "CLDR names Twi; ICU reads the code as ak, Akan",
}

func TestFiguresAreThoseOfICU(t *testing.T) {
	seen := map[string]int{}
	unlike := map[string]bool{}
	for _, f := range figures(t) {
		format, ok := byICU[f.kind]
		if !ok {
			t.Fatalf("icu.tsv has %s, which nothing here reads", f.kind)
		}
		seen[f.kind]++
		for i, l := range all {
			got, ok := format(t, l, f.argument)
			if got == f.want[i] && ok == (f.want[i] != "") {
				continue
			}
			if unlikeICU[f.kind+" "+f.argument] != "" {
				unlike[f.kind+" "+f.argument] = true
				continue
			}
			t.Errorf("%s: %s %s = %q, %t; ICU has %q", l.Tag, f.kind, f.argument, got, ok, f.want[i])
		}
	}
	for kind := range byICU {
		if seen[kind] == 0 {
			t.Errorf("icu.tsv has no %s", kind)
		}
	}
	for figure := range unlikeICU {
		if !unlike[figure] {
			t.Errorf("%s is said to differ from ICU and does not", figure)
		}
	}
}

// tenThousandths reads a decimal number with at most four decimals.
func tenThousandths(t *testing.T, number string) int64 {
	t.Helper()
	whole, fraction, _ := strings.Cut(number, ".")
	return integer(t, whole+(fraction + "0000")[:4])
}

func integer(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
