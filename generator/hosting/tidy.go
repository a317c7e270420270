package hosting

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loanleaf/site"
)

// tidy is a redirect from addresses that are only written differently: to what
// the pattern's group matches, with add behind it. Patterns are of the kind that
// PCRE and RE2 read alike.
type tidy struct{ pattern, add string }

// tidied are the redirects that the program's server gives as well.
func tidied(s *host) []tidy {
	leaves := folderNames(s, site.Address{Kind: site.Loan, ID: 1}, site.Address{Kind: site.Widget, ID: 1})
	lists := folderNames(s, listAddresses...) + "/[^/]+"
	embed := folderNames(s, site.Address{Kind: site.Widget, ID: 1})
	home := "^(" + quoteRegexp(rootOf(s)) + languagesPattern(s)
	start := home + "/"
	rules := []tidy{
		{start + embed + "/" + listWidgetsPattern(s) + ")(?:\\.html/?|/)$", ""},
		{start + leaves + "/[0-9]+)(?:\\.html/?|/)$", ""},
		{start + "(?:" + lists + "/)?page/[0-9]+)(?:\\.html/?|/)$", ""},
		{start + "(?:" + lists + "/)?)index\\.html$", ""},
		{start + lists + ")$", "/"},
		{start + embed + "/)index\\.html$", ""},
		{start + embed + ")$", "/"},
	}
	if s.docs {
		documents := folderNames(s, documentAddress)
		rules = append(rules, tidy{start + documents + ")(?:/index\\.html)?$", "/"})
	}
	if pattern := prosePattern(s); pattern != "" {
		rules = append(rules, tidy{"^(" + pattern + ")(?:\\.html/?|/)$", ""})
	}
	if home != "^(" {
		rules = append(rules, tidy{home + ")$", "/"})
	}
	return rules
}

// untidied matches, below the path of documents, what is only written differently
// where there is a document, or a text of one, at what its group matches. Any path
// could be one: what is not there is not sent somewhere first.
func untidied(p place) string {
	return "^(" + quoteRegexp(decoded(p.path)) + ".+?)(?:/index\\.html|\\.html/?|/)$"
}

// prosePattern matches the pages of the operator's own; empty where there are
// none.
func prosePattern(s *host) string {
	var paths []string
	for _, tag := range slices.Sorted(maps.Keys(s.prose)) {
		for _, a := range s.prose[tag] {
			twin, _ := a.Twin()
			paths = append(paths, quoteRegexp(decoded(s.Path(a))), quoteRegexp(decoded(s.Path(twin))))
		}
		for _, a := range s.gone[tag] {
			paths = append(paths, quoteRegexp(decoded(s.Path(a))))
		}
	}
	if len(paths) == 0 {
		return ""
	}
	return "(?:" + strings.Join(paths, "|") + ")"
}

// decoded is a path without percent signs, as hosts compare it.
func decoded(path string) string {
	if plain, err := url.PathUnescape(path); err == nil {
		return plain
	}
	return path
}

// folderNames matches the folders of some addresses.
func folderNames(s *host, addresses ...site.Address) string {
	var names []string
	for _, a := range addresses {
		names = append(names, quoteRegexp(path.Base(folderOf(s, a))))
	}
	return "(?:" + strings.Join(names, "|") + ")"
}

// rootOf is the path of the base address, "" at the top of a host.
func rootOf(s *host) string { return strings.TrimSuffix(s.Path(site.Address{}), "/") }

// languagesPattern matches the prefix of any language, the default one's empty.
func languagesPattern(s *host) string {
	var tags []string
	for _, language := range s.Languages()[1:] {
		tags = append(tags, quoteRegexp(language.Tag))
	}
	for _, guest := range s.guests {
		tags = append(tags, quoteRegexp(guest))
	}
	if len(tags) == 0 {
		return ""
	}
	return "(?:/(?:" + strings.Join(tags, "|") + "))?"
}

// quoteRegexp takes their meaning from the signs that a path may hold, also the
// one that a space or a quotation mark has in settings.
func quoteRegexp(path string) string {
	var b strings.Builder
	for _, r := range path {
		switch {
		case r == '.':
			b.WriteString(`\.`)
		case r >= utf8.RuneSelf || r == '/' || r == '-' || r == '_' || r == '~' || unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, `\x%02x`, r)
		}
	}
	return b.String()
}
