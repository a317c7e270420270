package sample

import (
	"testing"
	"time"
)

func TestDaysAgreeWithTheStandardLibrary(t *testing.T) {
	for d := date(1899, 12, 30); d < date(2105, 3, 1); d++ {
		want := time.Unix(int64(d)*daySeconds, 0).UTC()
		y, m, dd := d.civil()
		if y != want.Year() || m != int(want.Month()) || dd != want.Day() || d.weekday() != int(want.Weekday()) {
			t.Fatalf("day %d is %d-%d-%d, weekday %d; want %s", d, y, m, dd, d.weekday(), want.Format("2006-01-02 Mon"))
		}
		if back := date(y, m, dd); back != d {
			t.Fatalf("%d-%d-%d is day %d, not %d", y, m, dd, back, d)
		}
	}
}

func TestMomentsAreWrittenAsTheAPIWritesThem(t *testing.T) {
	for _, s := range []string{"2009-01-09T09:50:08Z", "1999-12-31T23:59:59Z", "2024-02-29T00:00:00Z", "1969-07-20T20:17:40Z"} {
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(moment(at.Unix()).appendTo(nil)); got != s {
			t.Errorf("%s is written %s", s, got)
		}
	}
}

func TestDueDatesBeginAtMidnightInCalifornia(t *testing.T) {
	tests := []struct {
		y, m, d int
		want    string
	}{
		{2015, 2, 15, "2015-02-15T08:00:00Z"}, {2015, 3, 15, "2015-03-15T07:00:00Z"}, // kiva-data §1
		{2015, 3, 8, "2015-03-08T08:00:00Z"}, {2015, 3, 9, "2015-03-09T07:00:00Z"}, // the clocks change at two
		{2015, 11, 1, "2015-11-01T07:00:00Z"}, {2015, 11, 2, "2015-11-02T08:00:00Z"},
		{2006, 4, 2, "2006-04-02T08:00:00Z"}, {2006, 4, 3, "2006-04-03T07:00:00Z"}, // the rule before 2007
		{2006, 10, 29, "2006-10-29T07:00:00Z"}, {2006, 10, 30, "2006-10-30T08:00:00Z"},
	}
	for _, tt := range tests {
		if got := string(date(tt.y, tt.m, tt.d).pacificMidnight().appendTo(nil)); got != tt.want {
			t.Errorf("%d-%d-%d begins at %s, want %s", tt.y, tt.m, tt.d, got, tt.want)
		}
	}
}

func TestMonthsAreAddedWithoutLeavingTheMonth(t *testing.T) {
	tests := []struct {
		from day
		n    int
		want day
	}{
		{date(2020, 1, 31), 1, date(2020, 2, 28)},
		{date(2020, 12, 5), 1, date(2021, 1, 5)},
		{date(2020, 5, 5), 195, date(2036, 8, 5)},
		{date(2020, 11, 5), 1, date(2020, 12, 5)},
		{date(2020, 3, 5), -3, date(2019, 12, 5)},
	}
	for _, tt := range tests {
		if got := tt.from.plusMonths(tt.n); got != tt.want {
			t.Errorf("%d plus %d months is %d, want %d", tt.from, tt.n, got, tt.want)
		}
	}
}
