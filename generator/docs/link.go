package docs

import (
	"fmt"
	"html"
	"net/url"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"loanleaf/site"
)

// link is a link of a document. Where it leads depends on the reader's
// language, but for addresses of other sites.
type link struct {
	file        string // another than the document's where that takes it in
	line        int
	destination string // as the author wrote it
	title       string

	// One of these, or none for a link that leads nowhere: its words are shown.
	elsewhere string        // an address that is written as it is
	key       string        // a document of the tree
	address   *site.Address // something else on the site

	behind string // "?query#fragment", of key and address
}

// noLink is the number of no link.
const noLink = -1 << 31

// closing is the number of a link's end, and of that its beginning's again.
func closing(number int) int { return -1 - number }

// link notes a link of the text. Where it leads is found out when all
// documents are known.
func (r *reading) link(n ast.Node, destination, title string) {
	n.SetAttributeString(linkAttribute, len(r.document.links))
	as := func(text string) string { return text }
	r.document.links = append(r.document.links, link{line: r.lineOf(n), file: r.file, destination: r.restore(destination, as), title: r.restore(title, as)})
}

func (r *reading) autoLink(n *ast.AutoLink) {
	destination := string(n.URL(r.prepared.text))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(destination), "mailto:") {
		destination = "mailto:" + destination
	}
	r.link(n, destination, "")
}

// answerAnchors lets translations answer to the anchors of their sources.
func (r *reader) answerAnchors() {
	source := r.tree.documents[r.tree.source.Tag]
	for tag, own := range r.tree.documents {
		for key, d := range own {
			if from := source[key]; from != nil && tag != r.tree.source.Tag {
				d.answer(from)
			}
		}
	}
}

// checkLinks finds out where every link leads and tells of those that lead
// nowhere.
func (r *reader) checkLinks() {
	for tag, own := range r.tree.documents {
		shelf := r.tree.languages[tag]
		if shelf == nil { // the source, of which there are no readers
			shelf = r.tree.languages[r.tree.site.Languages()[0].Tag]
		}
		for key := range own {
			for i := range own[key].links {
				l := &own[key].links[i]
				reason, ok := r.leadToFile(l, own[key])
				if ok && reason == "" {
					continue
				}
				// An address may end like a file's: that of an answer in JSON.
				other := r.tree.lead(l, own[key], shelf)
				if !ok || other == "" && (l.address == nil || l.address.Kind != site.Prose) {
					reason = other
				} else {
					l.key, l.address = "", nil
				}
				if reason != "" {
					r.find(deadLink, l.file, l.line, "the link to %q %s", l.destination, reason)
				}
			}
		}
	}
}

// leadToFile leads a link to a file that is no document, and gives what is wrong
// with it; false where the link means none.
func (r *reader) leadToFile(l *link, from *document) (reason string, ok bool) {
	ending := endingOf(l.destination)
	if u, err := url.Parse(strings.TrimSpace(l.destination)); err != nil || u.Scheme != "" && u.Scheme != "pathname" || u.Host != "" || fileTypes[ending] == "" && pictureTypes[ending] == "" {
		return "", false
	}
	found := r.attached.find(l.destination, l.file, from.key)
	if found.reason != "" {
		return found.reason + "; its words stand without it", true
	}
	_, fragment, ok := strings.Cut(l.destination, "#")
	if l.elsewhere = r.tree.site.Asset(found.name); ok {
		l.elsewhere += "#" + string(util.URLEscape([]byte(fragment), false))
	}
	return "", true
}

// lead finds out where a link of a document leads, and gives what is wrong
// with it.
func (t *Tree) lead(l *link, from *document, shelf *shelf) (reason string) {
	u, err := url.Parse(strings.TrimSpace(l.destination))
	switch {
	case err != nil:
		return "is not an address; its words stand without it"
	case u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "mailto" || u.Scheme == "tel" || u.Scheme == "" && u.Host != "":
		l.elsewhere = string(util.URLEscape([]byte(l.destination), false))
		return ""
	case u.Scheme != "":
		return fmt.Sprintf("begins with %s:, which is not let through; its words stand without it", u.Scheme)
	}
	if u.RawQuery != "" {
		l.behind = "?" + u.RawQuery
	}
	if u.Fragment != "" {
		l.behind += "#" + u.EscapedFragment()
	}
	switch {
	case u.Path == "":
		l.key = from.key
	case strings.HasSuffix(u.Path, ".md") || strings.HasSuffix(u.Path, ".mdx"):
		if !t.leadToDocument(l, u.Path, from, shelf) {
			return "leads to no document; its words stand without it"
		}
	default:
		if !t.leadToAddress(l, u.EscapedPath(), from, shelf) {
			return "leads nowhere on this site; its words stand without it"
		}
	}
	if l.address == nil && u.Fragment != "" {
		if to := shelf.documents[l.key]; !to.anchors[u.Fragment] {
			return fmt.Sprintf("leads to a heading that %s does not have", to.file)
		}
	}
	return ""
}

// leadToDocument reads the path of its file, from the folder of the document or from
// the root.
func (t *Tree) leadToDocument(l *link, file string, from *document, shelf *shelf) bool {
	if root, ok := strings.CutPrefix(file, "/"); ok {
		file = strings.TrimPrefix(root, "docs/")
	} else {
		file = path.Join(path.Dir(from.key), file)
	}
	key := strings.TrimSuffix(file, path.Ext(file))
	if shelf.documents[key] == nil {
		return false
	}
	l.key = key
	return true
}

// leadToAddress reads the path of an address, as a browser would, seen from the
// document's own in the first language.
func (t *Tree) leadToAddress(l *link, escaped string, from *document, shelf *shelf) bool {
	root := strings.TrimSuffix(t.site.Path(site.Address{}), "/")
	if strings.HasPrefix(escaped, "/") {
		escaped = root + escaped
	} else {
		own := t.site.Path(site.Address{Kind: t.kind, Slug: from.slug})
		if isIndex(from.key) { // as where addresses of folders end in a slash
			own += "/"
		}
		escaped = path.Join(own[:strings.LastIndexByte(own, '/')], escaped)
	}
	a, ok := t.site.Resolve(escaped)
	if !ok {
		return false
	}
	if a.Kind != t.kind {
		l.address = &a
		return true
	}
	if other := t.shelf(a.Language); a.Language != "" && other != nil && other.language != shelf.language {
		_, ok := other.bySlug[a.Slug]
		l.address = &a
		return ok
	}
	key, ok := shelf.bySlug[a.Slug]
	if source := t.languages[t.source.Tag]; !ok && source != nil {
		key, ok = source.bySlug[a.Slug]
	}
	if !ok || shelf.documents[key] == nil {
		return false
	}
	l.key = key
	return true
}

// href is where a link leads for readers of a shelf; empty when nowhere.
func (t *Tree) href(l *link, to *shelf) string {
	switch {
	case l.elsewhere != "":
		return l.elsewhere
	case l.address != nil:
		a := *l.address
		if a.Language == "" && to.language != t.site.Languages()[0] {
			a.Language = to.language.Tag
		}
		return t.site.Path(a) + l.behind
	case to.documents[l.key] != nil && (l.key != "" || l.behind != ""):
		return t.site.Path(t.address(to, l.key)) + l.behind
	}
	return ""
}

// lengthOf is about how many bytes pieces make, put together.
func lengthOf(pieces []piece) int {
	const ofLink = 40
	size := 0
	for _, p := range pieces {
		size += len(p.html) + ofLink
	}
	return size
}

// write puts the pieces of a document together for readers of a shelf.
func (t *Tree) write(pieces []piece, d *document, to *shelf) string {
	var b strings.Builder
	b.Grow(lengthOf(pieces))
	for _, p := range pieces {
		b.WriteString(p.html)
		switch p.link {
		case noLink:
			continue
		case listHere:
			b.WriteString(t.cards(to, d.key))
			continue
		}
		if p.link >= aliasHere {
			if id := d.answers[p.link-aliasHere]; id != "" {
				b.WriteString(`<span id="` + html.EscapeString(id) + `"></span>`)
			}
			continue
		}
		number := p.link
		if number < 0 {
			number = closing(number)
		}
		href := t.href(&d.links[number], to)
		switch {
		case href == "":
		case p.link < 0:
			b.WriteString("</a>")
		default:
			b.WriteString(`<a href="` + html.EscapeString(href) + `"`)
			if title := d.links[number].title; title != "" {
				b.WriteString(` title="` + html.EscapeString(title) + `"`)
			}
			b.WriteByte('>')
		}
	}
	return b.String()
}
