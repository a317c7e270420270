package locale

import "strconv"

// magnitude is the absolute value, of the smallest number too.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Number writes an integer with the language's separators: 12,345 or 12.345. A
// minus sign is CLDR's: the hyphen, in Arabic after a left-to-right mark.
func (l *Language) Number(n int64) string {
	var buf [48]byte
	return string(l.AppendNumber(buf[:0], n))
}

// AppendNumber appends what Number returns to dst.
func (l *Language) AppendNumber(dst []byte, n int64) []byte {
	if n < 0 {
		dst = append(dst, l.minus...)
	}
	return l.appendGrouped(dst, magnitude(n))
}

// Percent writes a whole percentage: 23 is 23% in English, has a no-break space
// before the sign in Spanish and French, and marks around it in Arabic.
func (l *Language) Percent(n int) string {
	var buf [48]byte
	return string(l.AppendPercent(buf[:0], n))
}

// AppendPercent appends what Percent returns to dst.
func (l *Language) AppendPercent(dst []byte, n int) []byte {
	return append(l.AppendNumber(dst, int64(n)), l.percent...)
}

// appendGrouped writes n in groups of three, unless the first group would be
// shorter than the language's least and the only one before a separator.
func (l *Language) appendGrouped(dst []byte, n uint64) []byte {
	var buf [20]byte
	digits := strconv.AppendUint(buf[:0], n, 10)
	if len(digits) < 3+l.minGroup {
		return append(dst, digits...)
	}
	first := (len(digits)-1)%3 + 1
	dst = append(dst, digits[:first]...)
	for i := first; i < len(digits); i += 3 {
		dst = append(dst, l.group...)
		dst = append(dst, digits[i:i+3]...)
	}
	return dst
}
