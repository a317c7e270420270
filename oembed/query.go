package oembed

import (
	"net/url"
	"strings"
)

// The parameters that mean something here; all others are ignored, as oEmbed
// 2.2 asks. None begins like an HTML entity, because unfurl decodes hrefs twice.
const (
	paramURL = iota
	paramFormat
	paramMaxWidth
	paramMaxHeight
	paramJSONP
	paramCallback
	paramHTML
	paramLang
	paramDNT
	paramCount
)

var paramNames = [paramCount]string{"url", "format", "maxwidth", "maxheight", "jsonp", "callback", "html", "lang", "dnt"}

// query holds the known parameters of a request. A parameter without a value
// counts as absent.
type query struct {
	values [paramCount]string
	faults [paramCount]fault
}

type fault uint8

const (
	sound     fault = iota
	repeated        // given twice, even with the same value
	malformed       // a percent sign without two hexadecimal digits
)

// readQuery splits the raw query by hand. url.ParseQuery would lose pairs
// that hold a semicolon, which is data in a url here, and would let the first
// of two urls win in silence, so that a cache and we might disagree about which
// one was meant.
func readQuery(raw string) query {
	var q query
	var seen [paramCount]bool
	for pair := range strings.SplitSeq(raw, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if strings.ContainsAny(key, "%+") {
			plain, err := url.QueryUnescape(key)
			if err != nil {
				continue
			}
			key = plain
		}
		i := paramIndex(key)
		if i < 0 {
			continue
		}
		if seen[i] {
			q.faults[i] = repeated
			continue
		}
		seen[i] = true
		plain, err := url.QueryUnescape(value)
		if err != nil {
			q.faults[i] = malformed
			continue
		}
		q.values[i] = plain
	}
	return q
}

func paramIndex(key string) int {
	for i, name := range paramNames {
		if name == key {
			return i
		}
	}
	return -1
}
