package server

import (
	"hash/maphash"
	"math"
	"net/http"
	"strconv"
	"time"

	"loanleaf/oembed"
	"loanleaf/server/limit"
	"loanleaf/templates/view"
)

// Limits are how many answers one client may have a minute. A client is an
// address of IPv4 or a network of IPv6 (package server/limit). 0 means as many
// as it likes; the most is [limit.Most].
//
// Answers that were counted say how many are left, in the fields of Kiva's API
// (seed 002, "Data Rate and Throttling") and in those of
// draft-ietf-httpapi-ratelimit-headers-11, and may be kept by nobody but that
// client. Those beyond are refused with 429 or 403 and Retry-After.
type Limits struct {
	Overall int // of everything but styles, scripts and the state of the program

	// What costs more than other answers: cards that have to be drawn, those
	// that are kept being free; pictures in sizes that no page and no answer
	// names; searches; trials of the endpoint and previews.
	Cards, Pictures, Searches, Trials int

	Forbidden bool // refuse with the seed's 403 in place of 429
	Proxies   limit.Proxies
}

// CostlyLimits are the limits of what is costly, as they are by default: a
// client can then keep a processor busy for no more than some 3 of 60 seconds.
func CostlyLimits() Limits { return Limits{Cards: 60, Pictures: 60, Searches: 60, Trials: 30} }

// limited is a kind of what is counted.
type limited uint8

const (
	anything limited = iota
	cards
	pictures
	searches
	trials
	kindsLimited
)

// policies name what is counted, to programs that read the draft's fields.
var policies = [kindsLimited]string{anything: "overall", cards: "cards", pictures: "pictures", searches: "search", trials: "try"}

// limiter is Limits at work.
type limiter struct {
	most      [kindsLimited]int
	policy    [kindsLimited]string // of RateLimit-Policy
	mostText  [kindsLimited]string
	refusal   int
	proxies   limit.Proxies
	table     *limit.Table
	now       func() time.Time
	untrusted chan struct{} // takes the one remark on proxies that are not believed
}

func newLimiter(l Limits, now func() time.Time) *limiter {
	made := &limiter{
		most:    [kindsLimited]int{anything: l.Overall, cards: l.Cards, pictures: l.Pictures, searches: l.Searches, trials: l.Trials},
		refusal: http.StatusTooManyRequests, proxies: l.Proxies, now: now,
		table: limit.NewTable(limit.Places, maphash.MakeSeed(), now()), untrusted: make(chan struct{}, 1),
	}
	if l.Forbidden {
		made.refusal = http.StatusForbidden
	}
	window := strconv.Itoa(int(limit.Window / time.Second))
	for kind, most := range made.most {
		made.mostText[kind] = strconv.Itoa(most)
		made.policy[kind] = `"` + policies[kind] + `";q=` + made.mostText[kind] + ";w=" + window
	}
	return made
}

// may counts a request and tells whether its client may have an answer. What is
// not limited is not counted.
func (v *visit) may(r *http.Request, kind limited) bool {
	l := v.limiter
	if l == nil || l.most[kind] == 0 {
		return true
	}
	if !v.clientKnown {
		forwarded := r.Header["X-Forwarded-For"]
		v.client, v.clientKnown = limit.ClientOf(l.proxies.Client(r.RemoteAddr, forwarded)), true
		if len(forwarded) > 0 && len(l.proxies) == 0 {
			v.remark()
		}
	}
	verdict := l.table.Take(v.client, uint8(kind), l.most[kind], l.now())
	if kind == anything {
		v.overall = verdict
	} else {
		v.specific, v.kind = verdict, kind
	}
	if !verdict.Allowed && v.front != nil {
		v.front.refused(v)
	}
	return verdict.Allowed
}

// remark says once that a proxy seems to be in front whom nobody told us to
// believe: all of its readers are one client then.
func (v *visit) remark() {
	select {
	case v.limiter.untrusted <- struct{}{}:
		v.front.log.Warn("requests come with X-Forwarded-For, and --trusted-proxies names nobody who is believed: all that come through one proxy count as one client")
	default:
	}
}

// wait is the verdict that refused a client.
func (v *visit) wait() limit.Verdict {
	if v.overall.Limit == 0 || v.overall.Allowed {
		return v.specific
	}
	return v.overall
}

// retryAfter is the time to wait, in whole seconds.
func (v *visit) retryAfter() string { return seconds(v.wait().Reset) }

func seconds(d time.Duration) string { return strconv.Itoa(int(math.Ceil(d.Seconds()))) }

// refuse answers a client that asked for too much with a sentence.
func (v *visit) refuse(r *http.Request) {
	wait := v.retryAfter()
	v.Header().Set("Retry-After", wait)
	plain(v, r, v.limiter.refusal, "Rate Limit Exceeded: ask again in "+wait+" seconds.")
}

// tellLimits writes what was counted. The names are spelled as the seed and the
// draft spell them; HTTP does not care, people who search for them do.
func (v *visit) tellLimits() {
	h, l := v.Header(), v.limiter
	policy, rate := "", ""
	tell := func(kind limited, of limit.Verdict, limitName, remainingName string) {
		if of.Limit == 0 {
			return
		}
		remaining := strconv.Itoa(of.Remaining)
		values := []string{l.mostText[kind], remaining}
		h[limitName], h[remainingName] = values[:1:1], values[1:]
		if policy != "" {
			policy, rate = policy+", ", rate+", "
		}
		policy += l.policy[kind]
		rate += `"` + policies[kind] + `";r=` + remaining + ";t=" + seconds(of.Reset)
	}
	tell(anything, v.overall, "X-RateLimit-Overall-Limit", "X-RateLimit-Overall-Remaining")
	tell(v.kind, v.specific, "X-RateLimit-Specific-Limit", "X-RateLimit-Specific-Remaining")
	values := []string{policy, rate}
	h["RateLimit-Policy"], h["RateLimit"] = values[:1:1], values[1:]
	if caching := h["Cache-Control"]; len(caching) == 1 {
		h["Cache-Control"] = []string{ownOnly(caching[0])}
	}
}

// usualSizes are those of the pictures that pages and answers name.
var usualSizes = func() map[string]bool {
	usual := map[string]bool{}
	for _, size := range append(view.PictureSizes(), oembed.ThumbnailSizes()...) {
		usual[size] = true
	}
	return usual
}()
