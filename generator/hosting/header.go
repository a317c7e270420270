package hosting

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"loanleaf/generator/page"
	"loanleaf/site"
)

// rank puts pages of the operator's own behind all others.
func rank(p place) int {
	if p.own {
		return 1
	}
	return 0
}

// mostRules is how many rules of _headers Cloudflare Pages takes.
const mostRules = 100

// headersFile writes _headers. Hosts add up all rules that match, so no two of
// these match the same address, and there is no rule for everything. Pages that
// only lead on have none: Cloudflare Pages, which takes 100 rules, never shows them,
// and their policy stands in them.
func headersFile(s *host) []byte {
	var w bytes.Buffer
	w.WriteString("# Headers of this site for Netlify and Cloudflare Pages.\n")
	all := places(s)
	// Cloudflare Pages reads the first ones, so pages of the operator's own, each
	// with a rule of its own, come last.
	slices.SortStableFunc(all, func(a, b place) int { return cmp.Compare(rank(a), rank(b)) })
	if rules := len(all) + len(indexes(s)); rules > mostRules {
		fmt.Fprintf(&w, "# There are %d rules or more. Cloudflare Pages reads the first %d; the rest are for pages of your own, which it serves with headers of its own.\n", rules, mostRules)
	}
	rule := func(path string, p place) {
		fmt.Fprintf(&w, "\n%s\n", path)
		for _, header := range p.headers(s) {
			fmt.Fprintf(&w, "  %s: %s\n", header.Name, header.Value)
		}
	}
	for _, index := range indexes(s) {
		rule(index.path, index)
	}
	for _, p := range all {
		if p.answer == page.Missing && p.path != s.Path(site.Address{Kind: site.NotFound, Language: p.language}) {
			continue // below another place, whose rule matches it
		}
		path := p.path
		switch {
		case p.numbered: // the star would match the index as well
			rule(path+":list/:key", p)
			path += ":number"
		case p.below():
			path += "*"
		}
		rule(path, p)
	}
	return w.Bytes()
}

// RedirectsFile is the name of the file that [Root] reads, in the folder of a site.
const RedirectsFile = "_redirects"

// Root is the path of the base address that a site was built for, without a final slash,
// as its _redirects lead to it from the top of the host; "" where they do not.
func Root(redirects []byte) string {
	for line := range bytes.Lines(redirects) {
		if rule := bytes.Fields(line); len(rule) > 1 && string(rule[0]) == "/" && rule[1][0] == '/' {
			return strings.TrimRight(string(rule[1]), "/")
		}
	}
	return ""
}

// redirectsFile writes _redirects. Both hosts serve "/a" from a.html, "/a/" from
// a/index.html and what is not there from the nearest 404.html by themselves, and
// a rule that took a slash away would lead Netlify, which matches paths without
// looking at it, in circles. What is left are front pages, other indexes, and where
// documents were: Netlify shows the page that stands there, which leads on.
func redirectsFile(s *host) []byte {
	var w bytes.Buffer
	w.WriteString("# Redirects of this site for Netlify and Cloudflare Pages.\n")
	home := s.Path(site.Address{})
	if home != "/" {
		fmt.Fprintf(&w, "/ %s 302\n", home)
	}
	for _, index := range indexes(s) {
		fmt.Fprintf(&w, "%sindex.html %s 301\n", index.path, index.path)
	}
	for _, m := range s.moves {
		fmt.Fprintf(&w, "%s %s 301\n", m.from, strings.ReplaceAll(m.to, " ", "%20"))
	}
	return w.Bytes()
}
