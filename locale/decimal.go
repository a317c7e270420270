package locale

import "strconv"

// Tenths writes a number that is given in tenths with one decimal, or none
// where that is zero: 45 is 4.5 in English and 4,5 in Spanish, 40 is 4.
func (l *Language) Tenths(n int64) string {
	var buf [48]byte
	dst := buf[:0]
	if n < 0 {
		dst = append(dst, l.minus...)
	}
	m := magnitude(n)
	dst = l.appendGrouped(dst, m/10)
	if m%10 != 0 {
		dst = append(dst, l.decimal...)
		dst = strconv.AppendUint(dst, m%10, 10)
	}
	return string(dst)
}
