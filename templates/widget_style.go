package templates

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"strings"

	"loanleaf/public"
)

// The style and the script with their hashes are computed once: the bytes are
// constants of the program, and every widget document carries the same. The
// script stands at the end of the body, where there is a card to measure.
var (
	widgetStyle        = condense(public.WidgetStyle())
	widgetStyleElement = "<style>" + widgetStyle + "</style>"
	widgetStyleSource  = hashSource(widgetStyle)

	frameScript        = condense(public.FrameScript())
	frameScriptElement = "<script>" + frameScript + "</script>"
	frameScriptSource  = hashSource(frameScript)
)

// WidgetStyle is the text of the one style element of every widget document,
// byte for byte: what the hash of [WidgetCSP] is made from.
func WidgetStyle() string { return widgetStyle }

// WidgetCSP is the content security policy of a widget document, for its meta
// element and for a header alike: nothing but the one inline style, the one
// inline script and pictures from imgSources, which are CSP source expressions
// ("https://loans.example" or "https://loans.example/img/"); with none of them no
// picture loads. Answers are the same for the same sources, so a site mints it
// once.
//
// frame-ancestors is not here: browsers ignore it in a meta element, and the
// widget may be framed anywhere.
func WidgetCSP(imgSources []string) string {
	images := "'none'"
	if len(imgSources) > 0 {
		images = strings.Join(imgSources, " ")
	}
	return "default-src 'none'; style-src " + widgetStyleSource + "; script-src " + frameScriptSource +
		"; img-src " + images + "; base-uri 'none'; form-action 'none'"
}

func hashSource(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

var blockComment = regexp.MustCompile(`(?s)/\*.*?\*/`)

// condense leaves out comments and indentation, which are for the readers of
// the source. It joins lines without a space, so each must end where none is
// needed: in a brace, a comma or a semicolon.
func condense(source string) string {
	var b strings.Builder
	for line := range strings.Lines(blockComment.ReplaceAllString(source, "")) {
		b.WriteString(strings.TrimSpace(line))
	}
	return b.String()
}
