package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// visit is one request of a mix and what may be answered.
type visit struct {
	text  string // what is sent, to the last byte
	codes []int  // that are right; none: the client hangs up without an answer
	bad   bool   // nobody who means well sends it
}

func (v visit) allows(code int) bool { return slices.Contains(v.codes, code) }

// mix draws visits. What the n-th is follows from n alone, so that two runs ask
// for the same.
type mix struct {
	host string
	ids  []string
	bad  int // in ten thousand
}

// kinds are what people and programs ask for, by how many of a thousand. Their
// paths may name a loan twice. A loan that was taken out is an answer too, and so
// is that somebody asks too much of what is costly.
var kinds = []struct {
	share int
	path  func(id string) string
	costs bool // a limit on what one client may ask for can refuse it
}{
	{350, func(id string) string { return endpoint(id, "&format=json") }, false},
	{100, func(id string) string { return endpoint(id, "&format=xml&maxwidth=400") }, false},
	{50, func(id string) string { return endpoint(id, "&format=jsonp&jsonp=show") }, false},
	{50, func(id string) string { return endpoint(id, "&format=json&maxwidth=600&maxheight=750&dnt=1") }, false},
	{200, func(id string) string { return "/lend/" + id }, false},
	{150, func(id string) string { return "/embed/" + id }, false},
	{30, func(string) string { return "/" }, false},
	{20, func(string) string { return "/status/fundraising/" }, false},
	{20, func(string) string { return "/embed/newest" }, false},
	{15, func(string) string { return "/feeds/newest.atom" }, false},
	{10, func(string) string { return "/sitemap/1.xml" }, false},
	{2, func(string) string { return "/search?q=ma" }, true},
	{1, func(id string) string { return "/card/" + id + ".jpg" }, true},
	{2, func(id string) string { return "/badge/" + id + ".svg" }, false},
}

// rude is what nobody who means well sends. HOST and ID stand for what is there.
var rude = []visit{
	{text: "GET /services/oembed?url=https%3A%2F%2Floans.example%2Flend%2FID&format=yaml HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusNotImplemented}}, // oEmbed 1.0, 2.3.4.1
	{text: "GET /services/oembed HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusBadRequest}},
	{text: "GET /services/oembed?url=a&url=b HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusBadRequest}},
	{text: "GET /services/oembed?url=https%3A%2F%2Felsewhere.example%2F&format=json HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusNotFound}},
	{text: "GET /services/oembed?url=https%3A%2F%2Floans.example%2Flend%2FID&format=jsonp&jsonp=a(b) HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusBadRequest}},
	{text: "GET /lend/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusNotFound}},
	{text: "GET /lend/" + strings.Repeat("9", 4000) + " HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusNotFound}},
	{text: "POST /lend/ID HTTP/1.1\r\nHost: HOST\r\nContent-Length: 3\r\n\r\na=b", codes: []int{http.StatusMethodNotAllowed}},
	{text: "GET /%zz HTTP/1.1\r\nHost: HOST\r\n\r\n", codes: []int{http.StatusBadRequest}},
	{text: "GET / HTTP/1.1\r\n\r\n", codes: []int{http.StatusBadRequest}},
	{text: "GET / HTTP/1.1\r\nHost: HOST\r\nLong: " + strings.Repeat("a", 200<<10) + "\r\n\r\n", codes: []int{http.StatusRequestHeaderFieldsTooLarge}},
	{text: "\x16\x03\x01 no HTTP at all\r\n\r\n", codes: []int{http.StatusBadRequest}},
	{text: "GET /lend/ID HTTP/1.1\r\nHost: HOST\r\nHalf-a-hea"}, // and gone
}

// visit is the n-th request.
func (m mix) visit(n int) visit {
	chance := scatter(uint64(n))
	id := m.ids[chance>>40%uint64(len(m.ids))]
	if int(chance%10_000) < m.bad {
		v := rude[chance>>20%uint64(len(rude))]
		v.text = strings.NewReplacer("HOST", m.host, "ID", id).Replace(v.text)
		v.bad = true
		return v
	}
	at := int(chance >> 14 % 1000)
	for _, kind := range kinds {
		if at -= kind.share; at >= 0 {
			continue
		}
		v := visit{codes: []int{http.StatusOK, http.StatusNotFound}}
		if kind.costs {
			v.codes = append(v.codes, http.StatusTooManyRequests)
		}
		v.text = fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: bench\r\n", kind.path(id), m.host)
		if chance&(1<<63) != 0 {
			v.text += "Accept-Encoding: gzip\r\n"
		}
		v.text += "\r\n"
		return v
	}
	panic("the shares of the kinds do not make a thousand")
}

// scatter makes numbers that look drawn of numbers in a row: the finalizer of
// SplitMix64 (Steele, Lea, Flood 2014).
func scatter(n uint64) uint64 {
	n += 0x9e3779b97f4a7c15 * (n + 1)
	n = (n ^ n>>30) * 0xbf58476d1ce4e5b9
	n = (n ^ n>>27) * 0x94d049bb133111eb
	return n ^ n>>31
}
