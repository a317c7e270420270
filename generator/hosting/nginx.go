package hosting

import (
	"bytes"
	"fmt"
	"strings"

	"loanleaf/generator/page"
	"loanleaf/site"
)

const nginxHead = `# How nginx answers for this site as "loanleaf serve" does. Include it:
#
#   server {
#     listen 80;
#     root /srv/loans;%s
#     include /srv/loans%s/_nginx.conf;
#   }
#
# It sets locations and headers, nothing of names, ports, TLS or compression.

absolute_redirect off;
charset off;
`

// nginxFile writes one location for each place. A header that a location adds
// hides those of the server block, so each has all of its own.
func nginxFile(s *host) []byte {
	var w bytes.Buffer
	root := rootOf(s)
	note := ""
	if root != "" {
		note = "   # and the site's files in /srv/loans" + root
	}
	fmt.Fprintf(&w, nginxHead, note, root)
	w.WriteString("\n# One address each: no ending, a slash after lists only.\n")
	for _, rule := range tidied(s) {
		fmt.Fprintf(&w, "rewrite \"%s\" $1%s permanent;\n", rule.pattern, rule.add)
	}

	missing := s.Path(site.Address{Kind: site.NotFound})
	fmt.Fprintf(&w, "\nerror_page 404 %s.html;\n", missing)
	for _, m := range s.moves {
		fmt.Fprintf(&w, "\nlocation = %s {\n\treturn 301 %s;\n}\n", nginxPath(m.from), m.quoted())
	}
	for _, p := range places(s) {
		if p.documents {
			nginxDocuments(&w, s, p)
		}
		if p.answer == page.Missing {
			nginxMissing(&w, s, p)
			continue
		}
		nginxPlace(&w, s, p)
	}
	for _, index := range indexes(s) {
		fmt.Fprintf(&w, "\nlocation = %s {\n\ttry_files ${uri}index.html =404;\n", index.path)
		nginxAnswer(&w, s, index)
		w.WriteString("}\n")
	}
	w.WriteString("\n# Nothing else, these settings neither.\n")
	for _, home := range homes(s) {
		own := s.Path(site.Address{Kind: site.NotFound, Language: home.language})
		fmt.Fprintf(&w, "location %s {\n\terror_page 404 %s.html;\n\treturn 404;\n}\n", home.path, own)
	}
	return w.Bytes()
}

// nginxPath is a path as nginx compares it: decoded, and quoted where it has
// signs that mean something in settings.
func nginxPath(path string) string {
	path = decoded(path)
	if !strings.ContainsFunc(path, func(r rune) bool { return strings.ContainsRune("\"'\\;{}# \t$", r) }) {
		return path
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(path) + `"`
}

// nginxDocuments writes what is below documents and is none: their texts, and
// addresses that are only written differently, which lead on where there is a file.
func nginxDocuments(w *bytes.Buffer, s *host, p place) {
	texts := p
	texts.types = typesOf(site.Twin)
	fmt.Fprintf(w, "\nlocation ~ \"^%s.+\\.md$\" {\n\terror_page 404 %s.html;\n\ttry_files $uri =404;\n", quoteRegexp(decoded(p.path)), p.missing)
	nginxAnswer(w, s, texts)
	w.WriteString("}\n")
	pattern := untidied(p)
	// A group by number would come percent-encoded into the path of a file.
	named := strings.Replace(pattern, "(", "(?<document>", 1)
	fmt.Fprintf(w, "\nlocation ~ \"%s\" {\n\terror_page 404 %s.html;\n", named, p.missing)
	for _, ending := range []string{".html", ""} {
		fmt.Fprintf(w, "\tif (-f \"$document_root${document}%s\") {\n\t\trewrite \"%s\" $1 permanent;\n\t}\n", ending, pattern)
	}
	w.WriteString("\treturn 404;\n}\n")
}

func nginxPlace(w *bytes.Buffer, s *host, p place) {
	sign := "= "
	if p.below() {
		sign = ""
	}
	fmt.Fprintf(w, "\nlocation %s%s {\n", sign, nginxPath(p.path))
	if p.missing != s.Path(site.Address{Kind: site.NotFound}) {
		fmt.Fprintf(w, "\terror_page 404 %s.html;\n", p.missing)
	}
	if p.types == nil {
		w.WriteString("\ttry_files $uri.html ${uri}index.html =404;\n")
	} else {
		w.WriteString("\ttry_files $uri =404;\n")
	}
	nginxAnswer(w, s, p)
	w.WriteString("}\n")
}

// nginxMissing writes the page for what is not there: the answer to its own
// address is no page, as that of every other that names nothing.
func nginxMissing(w *bytes.Buffer, s *host, p place) {
	fmt.Fprintf(w, "\nlocation = %s {\n\terror_page 404 %s.html;\n\treturn 404;\n}\n", p.path, p.path)
	fmt.Fprintf(w, "\nlocation = %s.html {\n\tinternal;\n", p.path)
	nginxAnswer(w, s, p)
	w.WriteString("}\n")
}

func nginxAnswer(w *bytes.Buffer, s *host, p place) {
	w.WriteString("\ttypes {")
	for _, t := range p.types {
		fmt.Fprintf(w, " %q %s;", t.contentType, t.ending)
	}
	w.WriteString(" }\n")
	if p.types == nil {
		fmt.Fprintf(w, "\tdefault_type %q;\n", pageType)
	}
	for _, header := range p.headers(s) {
		fmt.Fprintf(w, "\tadd_header %s %q always;\n", header.Name, header.Value)
	}
}
