package view

import (
	"testing"
	"time"
)

// Days are told as package locale writes them, the first time and from memory.
func TestDaysThatAreRememberedAreWrittenAlike(t *testing.T) {
	first := time.Unix(firstDay*daySpan, 0).UTC()
	if year, month, day := first.Date(); year != 2005 || month != time.January || day != 1 {
		t.Errorf("the first day is %v", first)
	}
	for _, teller := range newTellers(t) {
		for _, n := range []int{-20000, -1, 0, 1, 4000, daysKept - 1, daysKept, 2 * daysKept} {
			at := first.AddDate(0, 0, n)
			for _, at := range []time.Time{at, at.Add(daySpan*time.Second - 1), at} {
				if got, want := teller.day(at), teller.language.Date(at); got != want {
					t.Errorf("%s: %v is told as %q, want %q", teller.language.Tag, at, got, want)
				}
			}
		}
	}
}
