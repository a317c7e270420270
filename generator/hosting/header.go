package hosting

import (
	"bytes"
	"fmt"
	"strings"

	"loanleaf/generator/page"
	"loanleaf/site"
)

// headersFile writes _headers. Hosts add up all rules that match, so no two of
// these match the same address, and there is no rule for everything. Pages that
// only lead on have none: Cloudflare Pages, which takes 100 rules, never shows them,
// and their policy stands in them.
func headersFile(s *host) []byte {
	var w bytes.Buffer
	w.WriteString("# Headers of this site for Netlify and Cloudflare Pages.\n")
	rule := func(path string, p place) {
		fmt.Fprintf(&w, "\n%s\n", path)
		for _, header := range p.headers(s) {
			fmt.Fprintf(&w, "  %s: %s\n", header.Name, header.Value)
		}
	}
	for _, p := range places(s) {
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
	for _, index := range indexes(s) {
		rule(index.path, index)
	}
	return w.Bytes()
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
