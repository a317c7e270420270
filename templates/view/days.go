package view

import (
	"sync/atomic"
	"time"
)

// days remembers how days are written. Loans share them: a page names some
// thirty, a million pages no more than 7,000. It is filled as days are told, by
// whoever comes first, and says what [locale.Language.Date] says.
type days []atomic.Pointer[string]

// The days that are remembered: the first is the beginning of Kiva's year 2005, the
// last is in 2049. Others are written each time.
const (
	firstDay = 12784 // since 1970
	daysKept = 1 << 14
	daySpan  = 24 * 60 * 60 // in seconds
)

func newDays() days { return make(days, daysKept) }

// day is a date in words.
func (t *Teller) day(day time.Time) string {
	i := dayOf(day) - firstDay
	if i < 0 || i >= daysKept {
		return t.language.Date(day)
	}
	if known := t.days[i].Load(); known != nil {
		return *known
	}
	text := t.language.Date(day)
	t.days[i].Store(&text)
	return text
}
