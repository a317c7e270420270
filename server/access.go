package server

import (
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"loanleaf/server/limit"
)

// accessLog writes a line of JSON for each request, without personal data: the
// network of the client and not its address, the path as this site writes it
// and only where something of ours was answered, of the query no values but
// those that are the same for everybody, and of the User-Agent the name of a
// program that many use. What was searched, what was typed wrong, and which loan
// somebody asked for that is not shown are in no line.
type accessLog struct{ handler slog.Handler }

func newAccessLog(w io.Writer) *accessLog {
	return &accessLog{slog.NewJSONHandler(w, &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.LevelKey {
				return slog.Attr{}
			}
			return a
		},
	})}
}

// write adds the line of a request that began at a moment and has ended.
func (l *accessLog) write(v *visit, r *http.Request, began time.Time, took time.Duration) {
	var proxies limit.Proxies
	if v.limiter != nil {
		proxies = v.limiter.proxies
	}
	path := ""
	if v.status < http.StatusBadRequest {
		path = v.path
	}
	line := slog.NewRecord(began, slog.LevelInfo, "request", 0)
	line.AddAttrs(
		slog.String("client", network(proxies.Client(r.RemoteAddr, r.Header["X-Forwarded-For"]))),
		slog.String("method", knownMethod(r.Method)),
		slog.String("family", familyNames[v.family]),
		slog.String("path", path),
		slog.String("query", harmless(r.URL.RawQuery)),
		slog.Int("status", v.status),
		slog.Int64("bytes", v.bytes),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.String("agent", agent(r.UserAgent())),
	)
	_ = l.handler.Handle(r.Context(), line) // a log that cannot be written stops no answer
}

// network is the part of an address that many share: 24 bits of IPv4, 48 of
// IPv6.
func network(a netip.Addr) string {
	if !a.IsValid() {
		return ""
	}
	bits := 48
	if a.Is4() {
		bits = 24
	}
	return netip.PrefixFrom(a, bits).Masked().String()
}

func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodConnect, http.MethodTrace:
		return method
	}
	return "other"
}

// harmlessValues are the parameters whose values say nothing of anybody, with
// those values; of the ones that are numbers the values are up to five digits.
var harmlessValues = map[string][]string{
	"dnt": {"0", "1"}, "format": {"json", "jsonp", "preview", "xml"}, "html": {"frame", "inline"},
	"maxheight": nil, "maxwidth": nil, "page": nil,
}

// harmless is what may be told of a query.
func harmless(query string) string {
	const longest = 4096 // longer ones are nobody's question
	var kept []string
	for pair := range strings.SplitSeq(query[:min(len(query), longest)], "&") {
		name, value, _ := strings.Cut(pair, "=")
		values, known := harmlessValues[name]
		if !known || len(kept) == len(harmlessValues) {
			continue
		}
		if values == nil && isNumber(value) {
			kept = append(kept, pair)
		}
		for _, v := range values {
			if v == value {
				kept = append(kept, pair)
			}
		}
	}
	return strings.Join(kept, "&")
}

func isNumber(s string) bool {
	return len(s) > 0 && len(s) <= 5 && strings.Trim(s, "0123456789") == ""
}

// programs are those that ask for pages and answers of others, by a part of
// their User-Agent in lower case; the first that fits counts.
var programs = []struct{ part, name string }{
	{"wordpress", "WordPress"}, {"mastodon", "Mastodon"}, {"misskey", "Misskey"}, {"pleroma", "Pleroma"}, {"discourse", "Discourse"},
	{"drupal", "Drupal"}, {"ghost/", "Ghost"}, {"iframely", "Iframely"}, {"embedly", "Embedly"}, {"slackbot", "Slack"}, {"discordbot", "Discord"},
	{"telegrambot", "Telegram"}, {"whatsapp", "WhatsApp"}, {"twitterbot", "Twitter"}, {"facebookexternalhit", "Facebook"}, {"linkedinbot", "LinkedIn"},
	{"googlebot", "Googlebot"}, {"bingbot", "Bingbot"}, {"curl/", "curl"}, {"wget/", "Wget"}, {"go-http-client", "Go"}, {"python-", "Python"},
	{"bot", "robot"}, {"crawler", "robot"}, {"spider", "robot"}, {"mozilla/", "browser"},
}

// agent is what kind of program asks.
func agent(userAgent string) string {
	const longest = 512
	lower := strings.ToLower(userAgent[:min(len(userAgent), longest)])
	for _, p := range programs {
		if strings.Contains(lower, p.part) {
			return p.name
		}
	}
	if lower == "" {
		return "none"
	}
	return "other"
}
