package feed

import (
	"math"
	"strconv"
)

// String is the place as GeoRSS Simple writes it: latitude, a space, longitude.
// It is empty for nil, and for what is nowhere on earth.
func (p *Point) String() string {
	if p == nil || !(math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180) {
		return ""
	}
	return degrees(p.Latitude) + " " + degrees(p.Longitude)
}

func degrees(d float64) string {
	if d = math.Round(d*100) / 100; d == 0 {
		d = 0 // not "-0"
	}
	return strconv.FormatFloat(d, 'f', -1, 64)
}
