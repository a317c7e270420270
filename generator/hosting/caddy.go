package hosting

import (
	"bytes"
	"fmt"
	"slices"

	"loanleaf/generator/page"
	"loanleaf/site"
)

const caddyHead = `# How Caddy answers for this site as "loanleaf serve" does. Import it:
#
#   loans.example {
#     root * /srv/loans%s
#     import /srv/loans%s/_Caddyfile
#   }

# One address each: no ending, a slash after lists only.
`

// caddyFile writes one handle block for each place; the first that matches
// answers, the longest path first.
func caddyFile(s *host) []byte {
	var w bytes.Buffer
	root, note := rootOf(s), ""
	if root != "" {
		note = "   # and the site's files in /srv/loans" + root
	}
	fmt.Fprintf(&w, caddyHead, note, root)
	for i, rule := range tidied(s) {
		fmt.Fprintf(&w, "@tidy%d path_regexp tidy%d %s\nredir @tidy%d {re.tidy%d.1}%s permanent\n", i, i, rule.pattern, i, i, rule.add)
	}
	for i, p := range places(s) {
		if p.answer == page.Missing {
			fmt.Fprintf(&w, "\nhandle %s {\n\terror 404\n}\n", p.path)
			continue
		}
		path, files := p.path, "{path}"
		switch {
		case p.numbered:
			// A star would be the longer path, and go before the index.
			path = fmt.Sprintf("@numbered%d", i)
			fmt.Fprintf(&w, "\n%s path_regexp ^%s.+$", path, quoteRegexp(p.path))
		case p.below():
			path += "*"
		}
		if p.types == nil {
			files = "{path}.html {path}index.html"
		}
		caddyHandle(&w, s, path, files, p)
	}
	for _, index := range indexes(s) {
		caddyHandle(&w, s, index.path, "{path}index.html", index)
	}
	w.WriteString("\n# Nothing else, these settings neither.\nhandle {\n\terror 404\n}\n")
	w.WriteString("\nhandle_errors {\n")
	for _, home := range slices.Backward(homes(s)) { // the default language last: its path is above the others
		page404 := place{answer: page.Missing, language: home.language}
		fmt.Fprintf(&w, "\thandle %s* {\n\t\trewrite * %s.html\n", home.path, s.Path(site.Address{Kind: site.NotFound, Language: home.language}))
		caddyHeaders(&w, s, page404)
		w.WriteString("\t\tfile_server\n\t}\n")
	}
	w.WriteString("}\n")
	return w.Bytes()
}

func caddyHandle(w *bytes.Buffer, s *host, path, files string, p place) {
	fmt.Fprintf(w, "\nhandle %s {\n\t@there file %s\n\thandle @there {\n\t\trewrite * {file_match.relative}\n", path, files)
	caddyHeaders(w, s, p)
	w.WriteString("\t\tfile_server\n\t}\n\thandle {\n\t\terror 404\n\t}\n}\n")
}

func caddyHeaders(w *bytes.Buffer, s *host, p place) {
	for _, t := range p.types {
		fmt.Fprintf(w, "\t\t@%[1]s path *.%[1]s\n\t\theader @%[1]s Content-Type %[2]q\n", t.ending, t.contentType)
	}
	if p.types == nil {
		fmt.Fprintf(w, "\t\theader Content-Type %q\n", pageType)
	}
	for _, header := range p.headers(s) {
		fmt.Fprintf(w, "\t\theader %s %q\n", header.Name, header.Value)
	}
}
