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
	for i, m := range s.moves {
		fmt.Fprintf(&w, "@moved%[1]d path %[2]s\nredir @moved%[1]d %[3]s permanent\n", i, m.from, m.quoted())
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
		if p.documents {
			caddyDocuments(&w, s, path, files, p, i)
			continue
		}
		caddyHandle(&w, s, path, files, p)
	}
	for _, index := range indexes(s) {
		caddyHandle(&w, s, index.path, "{path}index.html", index)
	}
	w.WriteString("\n# Nothing else, these settings neither.\nhandle {\n\terror 404\n}\n")
	w.WriteString("\nhandle_errors {\n")
	for _, home := range slices.Backward(homes(s)) { // the default language last: its path is above the others
		if s.docs {
			a := site.Address{Kind: site.NotFound, Of: site.Doc, Language: home.language}
			caddyMissing(&w, s, s.Path(site.Address{Kind: site.Doc, Language: home.language}), a)
		}
		caddyMissing(&w, s, home.path, site.Address{Kind: site.NotFound, Language: home.language})
	}
	w.WriteString("}\n")
	return w.Bytes()
}

// caddyMissing shows the page of an address for what is not there below a path.
func caddyMissing(w *bytes.Buffer, s *host, path string, a site.Address) {
	fmt.Fprintf(w, "\thandle %s* {\n\t\trewrite * %s.html\n", path, s.Path(a))
	caddyHeaders(w, s, place{answer: page.Missing, language: s.Language(a.Language).Tag})
	w.WriteString("\t\tfile_server\n\t}\n")
}

// caddyDocuments writes the block of documents: their texts, and addresses that are
// only written differently, which lead on where there is a file, stand in it.
func caddyDocuments(w *bytes.Buffer, s *host, path, files string, p place, number int) {
	texts := p
	texts.types = typesOf(site.Twin)
	fmt.Fprintf(w, "\nhandle %s {\n\t@texts path *.md\n\thandle @texts {\n\t\t@text file {path}\n\t\thandle @text {\n", path)
	caddyHeaders(w, s, texts)
	w.WriteString("\t\t\tfile_server\n\t\t}\n\t\thandle {\n\t\t\terror 404\n\t\t}\n\t}\n")
	fmt.Fprintf(w, "\t@untidy path_regexp untidy%[1]d %[2]s\n\thandle @untidy {\n\t\t@tidy file {re.untidy%[1]d.1}.html {re.untidy%[1]d.1}\n\t\tredir @tidy {re.untidy%[1]d.1} permanent\n\t\terror 404\n\t}\n", number, untidied(p))
	fmt.Fprintf(w, "\t@there file %s\n\thandle @there {\n\t\trewrite * {file_match.relative}\n", files)
	caddyHeaders(w, s, p)
	w.WriteString("\t\tfile_server\n\t}\n\thandle {\n\t\terror 404\n\t}\n}\n")
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
