package hosting

import (
	"path"
	"strings"

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
		{start + leaves + "/[0-9]+)(?:\\.html/?|/)$", ""},
		{start + "(?:" + lists + "/)?page/[0-9]+)(?:\\.html/?|/)$", ""},
		{start + "(?:" + lists + "/)?)index\\.html$", ""},
		{start + lists + ")$", "/"},
		{start + embed + "/)index\\.html$", ""},
		{start + embed + ")$", "/"},
	}
	if home != "^(" {
		rules = append(rules, tidy{home + ")$", "/"})
	}
	return rules
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
	if len(tags) == 0 {
		return ""
	}
	return "(?:/(?:" + strings.Join(tags, "|") + "))?"
}

// quoteRegexp takes their meaning from the signs that a path may hold.
func quoteRegexp(path string) string {
	return strings.NewReplacer(".", `\.`, "+", `\+`, "$", `\$`, "(", `\(`, ")", `\)`, "*", `\*`).Replace(path)
}
