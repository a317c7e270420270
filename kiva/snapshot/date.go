package snapshot

import (
	"errors"
	"time"
)

// Times outside these are mistakes; a single one must not decide what counts
// as now (DESIGN, principle 5).
var (
	earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
)

var (
	errNoDate    = errors.New("is not a date")
	errDateRange = errors.New("is outside 1990 to 2099")
)

// parseTime reads the forms of API v1 and of the snapshots:
// "2009-03-19T06:50:06Z", "2014-01-15 04:48:22" (UTC),
// "2019-04-02 02:35:31.000 +0000", "2014-01-01 06:12:39+00:00", and a date
// alone, which is its midnight UTC. Parts of a second are dropped. The result
// is in UTC.
func parseTime(v []byte) (time.Time, error) {
	c := clock{rest: v}
	year := c.number(4)
	c.char('-')
	month := c.number(2)
	c.char('-')
	day := c.number(2)
	var hour, minute, second, east int
	if len(c.rest) > 0 {
		if c.rest[0] != 'T' && c.rest[0] != 't' && c.rest[0] != ' ' {
			return time.Time{}, errNoDate
		}
		c.rest = c.rest[1:]
		hour = c.number(2)
		c.char(':')
		minute = c.number(2)
		c.char(':')
		second = c.number(2)
		c.fraction()
		east = c.zone()
	}
	if c.bad || len(c.rest) > 0 || hour > 23 || minute > 59 || second > 59 || month < 1 || month > 12 {
		return time.Time{}, errNoDate
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}, errNoDate
	}
	t = t.Add(-time.Duration(east) * time.Minute)
	if t.Before(earliest) || !t.Before(latest) {
		return time.Time{}, errDateRange
	}
	return t, nil
}

// clock takes a time apart from left to right.
type clock struct {
	rest []byte
	bad  bool
}

// number takes exactly n digits.
func (c *clock) number(n int) (value int) {
	if len(c.rest) < n {
		c.bad = true
		return 0
	}
	for _, digit := range c.rest[:n] {
		if !isDigit(digit) {
			c.bad = true
			return 0
		}
		value = value*10 + int(digit-'0')
	}
	c.rest = c.rest[n:]
	return value
}

// char takes one sign.
func (c *clock) char(want byte) {
	if len(c.rest) == 0 || c.rest[0] != want {
		c.bad = true
		return
	}
	c.rest = c.rest[1:]
}

// fraction passes over parts of a second.
func (c *clock) fraction() {
	if len(c.rest) == 0 || c.rest[0] != '.' {
		return
	}
	i := 1
	for i < len(c.rest) && isDigit(c.rest[i]) {
		i++
	}
	c.bad = c.bad || i == 1
	c.rest = c.rest[i:]
}

// zone is how many minutes east of UTC the clock stands.
func (c *clock) zone() int {
	if len(c.rest) > 0 && c.rest[0] == ' ' {
		c.rest = c.rest[1:]
		c.bad = c.bad || len(c.rest) == 0
	}
	if len(c.rest) == 0 {
		return 0
	}
	sign := 1
	switch c.rest[0] {
	case 'Z', 'z':
		c.rest = c.rest[1:]
		return 0
	case '-':
		sign = -1
	case '+':
	default:
		c.bad = true
		return 0
	}
	c.rest = c.rest[1:]
	hours, minutes := c.number(2), 0
	if len(c.rest) > 0 && c.rest[0] == ':' {
		c.rest = c.rest[1:]
		minutes = c.number(2)
	} else if len(c.rest) > 0 {
		minutes = c.number(2)
	}
	c.bad = c.bad || hours > 14 || minutes > 59
	return sign * (hours*60 + minutes)
}
