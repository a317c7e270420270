package server

import (
	"net/http"
	"strings"

	"loanleaf/generator/page"
	"loanleaf/server/limit"
	"loanleaf/site"
)

// visit is one request on its way through the server: what is known of it, and
// where its answer goes. It is used again when the request has ended.
type visit struct {
	http.ResponseWriter
	front   *front   // nil: the request is one of our own
	limiter *limiter // nil: nothing is limited

	family family
	path   string // as this site writes it; empty where the request names nothing of ours
	status int    // 0: nothing was written yet
	bytes  int64

	client            limit.Client
	clientKnown       bool
	overall, specific limit.Verdict // without a Limit: it was not counted
	kind              limited       // of specific
}

// WriteHeader adds what is true of this one answer to what is true of all like
// it. Nothing of it is in an answer that is kept to be given again.
func (v *visit) WriteHeader(status int) {
	if v.status == 0 {
		v.status = status
		if v.front != nil && v.front.draining.Load() {
			v.Header().Set("Connection", "close")
		}
		if v.overall.Limit > 0 || v.specific.Limit > 0 {
			v.tellLimits()
		}
	}
	v.ResponseWriter.WriteHeader(status)
}

func (v *visit) Write(p []byte) (int, error) {
	if v.status == 0 {
		v.WriteHeader(http.StatusOK)
	}
	n, err := v.ResponseWriter.Write(p)
	v.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the writer underneath.
func (v *visit) Unwrap() http.ResponseWriter { return v.ResponseWriter }

// ownOnly is what caches that serve several clients are told instead of value:
// nothing but the client's own may keep the answer.
func ownOnly(value string) string {
	if value == page.Never {
		return value
	}
	for field := range strings.SplitSeq(value, ",") {
		if field = strings.TrimSpace(field); strings.HasPrefix(field, "max-age=") {
			return "private, " + field
		}
	}
	return "private"
}

// family is a kind of request as far as measures tell them apart.
type family uint8

const (
	otherFamily family = iota // names nothing here
	assetFamily
	badgeFamily
	cardFamily
	documentFamily
	embedFamily
	feedFamily
	fileFamily
	healthFamily
	listFamily
	loanFamily
	machineFamily
	oembedFamily
	pictureFamily
	previewFamily
	searchFamily
	tryFamily
	widgetFamily
)

// familyNames are the values of a label, and what access logs say.
var familyNames = [...]string{
	otherFamily: "other", assetFamily: "asset", badgeFamily: "badge", cardFamily: "card", documentFamily: "document", embedFamily: "embed",
	feedFamily: "feed", fileFamily: "file", healthFamily: "health", listFamily: "list", loanFamily: "loan", machineFamily: "machine",
	oembedFamily: "oembed", pictureFamily: "picture", previewFamily: "preview", searchFamily: "search", tryFamily: "try", widgetFamily: "widget",
}

// familyOf is that of an address.
func familyOf(a site.Address) family {
	switch a.Kind {
	case site.Loan:
		return loanFamily
	case site.Badge, site.ListBadge:
		return badgeFamily
	case site.CardJPEG, site.CardPNG, site.SiteCard, site.ListCard:
		return cardFamily
	case site.Favicon:
		return assetFamily
	}
	switch page.AnswerTo(a) {
	case page.SearchPage:
		return searchFamily
	case page.EmbedPage:
		return embedFamily
	case page.DocumentPage:
		return documentFamily
	case page.WidgetDocument:
		return widgetFamily
	case page.StaticAnswer:
		return oembedFamily
	case page.FeedDocument:
		return feedFamily
	case page.Machine:
		return machineFamily
	case page.AssetFile, page.SharedScript:
		return assetFamily
	case page.Missing:
		return otherFamily
	}
	return listFamily
}
