package locale

import "strings"

// listPattern is what stands between the items of CLDR's standard list: between
// the only two, after the first, between those inside, and before the last.
type listPattern struct{ pair, start, middle, end string }

// List joins items as they are enumerated in prose: "A", "A and B", "A, B, and
// C". Without items it is empty. Spanish y becomes e before a word that begins
// with the sound of i, as ICU does (and before an accented í, which ICU forgets).
func (l *Language) List(items ...string) string {
	var room [256]byte
	return string(l.AppendList(room[:0], items...))
}

// AppendList appends what List returns to dst.
func (l *Language) AppendList(dst []byte, items ...string) []byte {
	if len(items) == 0 {
		return dst
	}
	last := len(items) - 1
	dst = append(dst, items[0]...)
	for i, item := range items[1:] {
		separator := l.list.middle
		switch {
		case last == 1:
			separator = l.list.pair
		case i+1 == last:
			separator = l.list.end
		case i == 0:
			separator = l.list.start
		}
		if separator == " y " && soundsLikeI(item) {
			separator = " e "
		}
		dst = append(append(dst, separator...), item...)
	}
	return dst
}

// soundsLikeI reports whether a Spanish word begins with i or hi, but not with
// the glide of hia or hie (y hielo).
func soundsLikeI(word string) bool {
	rest := strings.ToLower(word)
	rest, h := strings.CutPrefix(rest, "h")
	if strings.HasPrefix(rest, "í") {
		return true
	}
	rest, i := strings.CutPrefix(rest, "i")
	if !i {
		return false
	}
	return !h || !strings.HasPrefix(rest, "a") && !strings.HasPrefix(rest, "e")
}
