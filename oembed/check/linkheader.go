package check

import "strings"

// readLinkHeaders reads the oEmbed links of the HTTP headers Link (RFC 8288).
// What is not well-formed is left out.
func readLinkHeaders(headers []string) []Link {
	var links []Link
	for _, header := range headers {
		for header != "" {
			var link Link
			var ok bool
			link, header, ok = readLinkValue(header)
			if ok && oembedType.MatchString(link.Type) {
				links = append(links, link)
			}
		}
	}
	return links
}

// readLinkValue reads one link of a header and gives what is behind its comma.
func readLinkValue(s string) (link Link, rest string, ok bool) {
	s = strings.TrimLeft(s, " \t,")
	target, behind, found := strings.Cut(s, ">")
	if !found || !strings.HasPrefix(target, "<") {
		_, rest, _ = strings.Cut(s, ",")
		return Link{}, rest, false
	}
	link = Link{Href: strings.TrimSpace(target[1:]), Offset: -1}
	s = behind
	for {
		s = strings.TrimLeft(s, " \t")
		if s == "" || s[0] == ',' {
			return link, s, true
		}
		if s[0] != ';' {
			_, rest, _ = strings.Cut(s, ",")
			return Link{}, rest, false
		}
		var name, value string
		name, value, s = readLinkParam(s[1:])
		switch strings.ToLower(name) {
		case "rel":
			link.Rel = value
		case "type":
			link.Type = value
		case "title":
			link.Title = value
		}
	}
}

// readLinkParam reads `name=token` or `name="text"`.
func readLinkParam(s string) (name, value, rest string) {
	s = strings.TrimLeft(s, " \t")
	end := strings.IndexAny(s, "=;,")
	if end < 0 {
		return strings.TrimSpace(s), "", ""
	}
	name = strings.TrimSpace(s[:end])
	if s[end] != '=' {
		return name, "", s[end:]
	}
	s = strings.TrimLeft(s[end+1:], " \t")
	if !strings.HasPrefix(s, `"`) {
		end = strings.IndexAny(s, ";,")
		if end < 0 {
			end = len(s)
		}
		return name, strings.TrimSpace(s[:end]), s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return name, b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return name, b.String(), ""
}
