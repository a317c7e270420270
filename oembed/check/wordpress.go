package check

import (
	"regexp"
	"slices"
	"strings"
)

// What WordPress does with a page and with an answer, after the code of its
// wp-includes/class-wp-oembed.php (discover), wp-includes/embed.php
// (wp_filter_oembed_result) and wp-includes/kses.php, as far as it decides
// whether something is shown. Expressions are translated, not copied: Go's know
// no lookaround and need none here.
var (
	wordpressTypes = []string{typeJSON, typeXML, "application/xml+oembed"}

	wordpressLink = regexp.MustCompile(`(?i)<link([^<>]+?)/??>`)
	wordpressAttr = regexp.MustCompile(`([\w-]+)\s*=\s*"([^"]*)"(?:\s|$)|([\w-]+)\s*=\s*'([^']*)'(?:\s|$)|([\w-]+)\s*=\s*([^\s'"]+)(?:\s|$)`)
	wordpressHead = regexp.MustCompile(`(?i)</head>`)

	ksesTag  = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)|<[^>]*(?:>|$)|>`)
	ksesName = regexp.MustCompile(`(?s)^<\s*(/\s*)?([a-zA-Z0-9-]+)([^>]*)>?$`)
	ksesAttr = regexp.MustCompile(`(?s)^\s*([_a-zA-Z][-_a-zA-Z0-9:.]*)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"']+))?`)

	// A frame has to end with a tag, its own end tag behind it.
	wordpressFrame = regexp.MustCompile(`(?ms)(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)`)
)

// wordpressReads is how much of a page WordPress fetches.
const wordpressReads = 150 << 10

// wordpressDiscovers gives the address that WordPress asks for a page; empty:
// it finds none.
func wordpressDiscovers(page []byte) string {
	body := string(page[:min(len(page), wordpressReads)])
	if end := wordpressHead.FindStringIndex(body); end != nil && end[0] > 0 {
		body = body[:end[0]]
	}
	found := ""
	for _, link := range wordpressLink.FindAllStringSubmatch(body, -1) {
		attrs := map[string]string{}
		for _, m := range wordpressAttr.FindAllStringSubmatch(link[1], -1) {
			for i := 1; i < len(m); i += 2 {
				if m[i] != "" {
					attrs[strings.ToLower(m[i])] = m[i+1]
				}
			}
		}
		if attrs["href"] == "" || !slices.Contains(wordpressTypes, attrs["type"]) {
			continue
		}
		if attrs["type"] == typeJSON {
			return attrs["href"]
		}
		found = attrs["href"]
	}
	return found
}

// wordpressAllowed are the elements and attributes that WordPress leaves in the
// html of a provider that is not on its list.
var wordpressAllowed = map[string][]string{
	"a":          {"href"},
	"blockquote": nil,
	"iframe":     {"src", "width", "height", "frameborder", "marginwidth", "marginheight", "scrolling", "title"},
}

// kept is what WordPress makes of html.
type kept struct {
	frame string // the iframe; empty: nothing is shown but a link
	quote bool   // a blockquote stands before it, and the frame is hidden
}

// wordpressKeeps filters html as WordPress does.
func wordpressKeeps(source string) kept {
	clean := ksesTag.ReplaceAllStringFunc(source, kses)
	m := wordpressFrame.FindStringSubmatch(clean)
	if m == nil {
		return kept{}
	}
	return kept{frame: m[2], quote: m[1] != ""}
}

// kses gives what is left of a tag.
func kses(tag string) string {
	if tag == ">" {
		return "&gt;"
	}
	m := ksesName.FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	name := strings.ToLower(m[2])
	allowed, ok := wordpressAllowed[name]
	if !ok {
		return ""
	}
	if m[1] != "" {
		return "</" + name + ">"
	}
	var b strings.Builder
	b.WriteString("<" + name)
	rest := m[3]
	for {
		a := ksesAttr.FindStringSubmatch(rest)
		if a == nil {
			break
		}
		rest = rest[len(a[0]):]
		key := strings.ToLower(a[1])
		if !slices.Contains(allowed, key) {
			continue
		}
		b.WriteString(" " + key)
		if a[2] != "" {
			b.WriteString(`="` + strings.Trim(a[2], `"'`) + `"`)
		}
	}
	if strings.HasSuffix(strings.TrimSpace(m[3]), "/") {
		b.WriteString(" /")
	}
	b.WriteString(">")
	return b.String()
}
