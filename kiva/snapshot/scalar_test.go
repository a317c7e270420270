package snapshot

import (
	"math/big"
	"strings"
	"testing"
	"time"
)

func TestParseInteger(t *testing.T) {
	good := map[string]int64{
		"145": 145, "145.0": 145, "145.000": 145, "1e9": 1_000_000_000, "1.5e3": 1500, "1500e-2": 15, "-3": -3, "0": 0, "-0": 0,
		"0.0": 0, "0e50": 0, "9007199254740991": maxID, "9007199254740993": maxID + 2, "1E+02": 100,
	}
	for text, want := range good {
		if got, err := parseInteger([]byte(text)); err != nil || got != want {
			t.Errorf("parseInteger(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "-", ".", ".5", "1.5", "1e", "1e-1", "1e1000", "e5", "0x10", "007", "1 2", " 1", "1,000", "+5", "--1", "1.2.3", "NaN",
		strings.Repeat("9", 30), "1e30", "99999999999999999999", "1" + strings.Repeat("0", 100),
	} {
		if got, err := parseInteger([]byte(text)); err == nil {
			t.Errorf("parseInteger(%q) = %d, want an error", text, got)
		}
	}
}

// FuzzInteger holds parseInteger to exact arithmetic.
func FuzzInteger(f *testing.F) {
	for _, s := range []string{"145", "145.0", "1e9", "1.5e3", "-3", "9007199254740993", "1500e-2", "0.000e5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseInteger([]byte(text))
		if err != nil {
			return
		}
		exact, ok := new(big.Rat).SetString(text)
		if !ok || !exact.IsInt() || exact.Num().Cmp(big.NewInt(got)) != 0 {
			t.Fatalf("parseInteger(%q) = %d, is %v", text, got, exact)
		}
	})
}

func TestParseTime(t *testing.T) {
	day := time.Date(2014, 1, 15, 4, 48, 22, 0, time.UTC)
	for _, text := range []string{
		"2014-01-15T04:48:22Z", "2014-01-15 04:48:22", "2014-01-15 04:48:22.000 +0000", "2014-01-15 04:48:22+00:00",
		"2014-01-15T04:48:22.999Z", "2014-01-15t04:48:22z", "2014-01-14T21:48:22-07:00", "2014-01-15 10:18:22 +0530", "2014-01-15T06:48:22+02",
	} {
		got, err := parseTime([]byte(text))
		if err != nil || !got.Equal(day) || got.Location() != time.UTC {
			t.Errorf("parseTime(%q) = %v, %v", text, got, err)
		}
	}
	if got, err := parseTime([]byte("2014-01-15")); err != nil || !got.Equal(time.Date(2014, 1, 15, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("a date alone is %v, %v", got, err)
	}
	for text, want := range map[string]error{
		"1990-01-01T00:00:00Z": nil, "2099-12-31T23:59:59Z": nil, "2012-02-29": nil,
		"1989-12-31T23:59:59Z": errDateRange, "2100-01-01T00:00:00Z": errDateRange, "1990-01-01T00:00:00+01:00": errDateRange,
		"9999-12-31T23:59:59Z": errDateRange, "0001-01-01T00:00:00Z": errDateRange,
		"2013-02-29": errNoDate, "2014-13-01": errNoDate, "2014-00-10": errNoDate, "2014-01-00": errNoDate, "2014-1-5": errNoDate,
		"2014-01-15T24:00:00Z": errNoDate, "2014-01-15T10:60:00Z": errNoDate, "2014-01-15T10:00:60Z": errNoDate,
		"2014-01-15T10:00Z": errNoDate, "2014-01-15T10:00:00.Z": errNoDate, "2014-01-15T10:00:00+15:00": errNoDate,
		"2014-01-15T10:00:00 ": errNoDate, "2014-01-15T10:00:00Zx": errNoDate, "2014-01-15x": errNoDate, "15/01/2014": errNoDate, "now": errNoDate,
	} {
		if _, err := parseTime([]byte(text)); err != want {
			t.Errorf("parseTime(%q): %v, want %v", text, err, want)
		}
	}
}

func TestCountryCodes(t *testing.T) {
	for name, want := range map[string]string{
		"Viet Nam": "VN", "Vietnam": "VN", "The Democratic Republic of the Congo": "CD", "Congo (Dem. Rep.)": "CD", "Congo (Rep.)": "CG",
		"Cote D'Ivoire": "CI", "Côte d’Ivoire": "CI", "Lao People's Democratic Republic": "LA", "Lao PDR": "LA", "Myanmar (Burma)": "MM",
		"Palestine": "PS", "Kosovo": "XK", "Namibia": "NA", "namibia": "NA", "Timor-Leste": "TL", "The Gambia": "GM", "Atlantis": "", "": "",
	} {
		if got := countryCode(name); got != want {
			t.Errorf("countryCode(%q) = %q, want %q", name, got, want)
		}
	}
	if n := len(countryCodes); n < 150 {
		t.Errorf("only %d names", n)
	}
}

func TestCompareNames(t *testing.T) {
	order := []string{"a.json", "loans/1.json", "loans/2.json", "loans/010.json", "loans/11.json", "loans/11a.json", "loans/99999999999999999999999.json", "loans.json"}
	// '.' stands before '/' in ASCII, so the folder's files come after its namesake.
	order = append([]string{order[0], order[len(order)-1]}, order[1:len(order)-1]...)
	for i, a := range order {
		for j, b := range order {
			if got := compareNames(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("compareNames(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func TestPrivateNames(t *testing.T) {
	for name, want := range map[string]bool{
		"2015-my-loans-listing.json": true, "my_loans.json": true, "my-loans.json": true, "MyLoans.json": true, "my/loans.json": true,
		"my%2Floans.json": true, "my.balance.json": true, "my-stats.json": true, "dummy/my-account.json.gz": true,
		"loans.json": false, "tommy-loans.json": false, "my-partner-loans.json": false, "mylow.json": false, "army/loans.json": false, "my.json": false,
		"my-loanstar.json": false,
	} {
		if got := privateName(name); got != want {
			t.Errorf("privateName(%q) = %v, want %v", name, got, want)
		}
	}
}
