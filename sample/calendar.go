package sample

// day counts days from 1 January 1970; moment counts seconds from its midnight UTC. Plain numbers, because a volume
// writes some forty dates a loan.
type (
	day    int
	moment int64
)

const daySeconds = 24 * 60 * 60

// present is when the collection was "taken": the newest loans were posted on this day.
var present = date(2026, 11, 20).at(15 * 60 * 60)

// firstPosted is when the oldest loans were posted: Kiva's first spring with many partners.
var firstPosted = date(2006, 4, 15).at(0)

// expiryBegins is when loans began to carry planned_expiration_date (kiva-data §1).
var expiryBegins = date(2012, 1, 25).at(0)

func (d day) at(seconds int) moment { return moment(int64(d)*daySeconds + int64(seconds)) }

func (m moment) day() day { return day(floorDiv(int64(m), daySeconds)) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// date and civil convert between a day and the Gregorian calendar, by the era arithmetic of Howard Hinnant's
// "chrono-Compatible Low-Level Date Algorithms".
func date(year, month, dayOfMonth int) day {
	if month <= 2 {
		year--
	}
	era := int(floorDiv(int64(year), 400))
	yoe := year - era*400
	doy := (153*((month+9)%12)+2)/5 + dayOfMonth - 1
	return day(era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468)
}

func (d day) civil() (year, month, dayOfMonth int) {
	z := int(d) + 719468
	era := int(floorDiv(int64(z), 146097))
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	dayOfMonth = doy - (153*mp+2)/5 + 1
	month = (mp+2)%12 + 1
	year = yoe + era*400
	if month <= 2 {
		year++
	}
	return year, month, dayOfMonth
}

// plusMonths moves by whole months; days past the 28th fall on the 28th, as partners' schedules do.
func (d day) plusMonths(n int) day {
	y, m, dd := d.civil()
	m += n - 1
	y += int(floorDiv(int64(m), 12))
	m = m - int(floorDiv(int64(m), 12))*12
	return date(y, m+1, min(dd, 28))
}

// weekday is 0 on a Sunday.
func (d day) weekday() int { return int(((int64(d)+4)%7 + 7) % 7) }

// pacificMidnight is the moment the day begins in California, where Kiva's due dates begin: 08:00Z, or 07:00Z under
// daylight time (from 2007: second Sunday of March to first of November; before: first of April to last of October).
func (d day) pacificMidnight() moment {
	y, _, _ := d.civil()
	from, until := date(y, 3, 8).nextSunday(), date(y, 11, 1).nextSunday()
	if y < 2007 {
		from, until = date(y, 4, 1).nextSunday(), date(y, 10, 25).nextSunday()
	}
	if d > from && d <= until {
		return d.at(7 * 60 * 60)
	}
	return d.at(8 * 60 * 60)
}

// nextSunday is the first Sunday that is not before d.
func (d day) nextSunday() day { return d + day((7-d.weekday())%7) }

// appendTo writes the moment as API v1 does: 2009-01-09T09:50:08Z.
func (m moment) appendTo(b []byte) []byte {
	d := m.day()
	y, mo, dd := d.civil()
	s := int(int64(m) - int64(d)*daySeconds)
	b = append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-')
	b = append(two(b, mo), '-')
	b = append(two(b, dd), 'T')
	b = append(two(b, s/3600), ':')
	b = append(two(b, s/60%60), ':')
	return append(two(b, s%60), 'Z')
}

func two(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }
