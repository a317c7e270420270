package docs

import (
	"fmt"
	"regexp"
	"strings"

	"loanleaf/site"
)

// partialText is that of a file that another one takes in.
type partialText struct{ file, text string }

// tagIn is where a file is taken in: by a tag, in a file.
type tagIn struct{ file, name string }

// take keeps the text of a file that a document takes in.
func (d *document) take(within, component string, p partialText) {
	if d.taken == nil {
		d.taken = map[tagIn]partialText{}
	}
	d.taken[tagIn{within, component}] = p
}

// show keeps where a picture is that a document shows.
func (d *document) show(source, path string) {
	if d.shown == nil {
		d.shown = map[string]string{}
	}
	d.shown[source] = path
}

// Markdown is the text of the document at an address, as its author wrote it but
// for what means something beside its files alone: links are whole addresses, for
// readers of the address' language, other files that it takes in stand in their
// place, imports and comments are left out, and there is no front matter. It begins
// with the title.
func (t *Tree) Markdown(a site.Address) (string, bool) {
	shelf := t.shelf(a.Language)
	if shelf == nil || a.Kind != t.kind {
		return "", false
	}
	key, ok := shelf.bySlug[a.Slug]
	if !ok {
		return "", false
	}
	d := shelf.documents[key]
	w := &twin{tree: t, document: d, shelf: shelf, key: key, links: make(map[string]string, len(d.shown)+len(d.links))}
	for source, path := range d.shown {
		w.links[source] = t.whole(path)
	}
	for i := range d.links {
		l := &d.links[i]
		w.links[l.destination] = t.whole(t.href(l, shelf))
		w.lost = w.lost || w.links[l.destination] == ""
	}
	var b strings.Builder
	b.Grow(len(d.text) + len(d.title) + longerTwin)
	if d.heading == nil {
		b.WriteString("# " + d.title + "\n\n")
	}
	if d.category != nil {
		if d.description != "" {
			b.WriteString(d.description + "\n\n")
		}
		b.WriteString(w.below())
	}
	b.WriteString(strings.Trim(w.text(d.text, d.file), "\n"))
	b.WriteByte('\n')
	text := b.String()
	return text[:len(strings.TrimRight(text, "\n"))+1], true
}

// longerTwin is how much longer than its source a text is, more or less: its links
// are whole.
const longerTwin = 256

// whole is an address with the site's own host where it is a path.
func (t *Tree) whole(href string) string {
	if strings.HasPrefix(href, "/") && !strings.HasPrefix(href, "//") {
		return t.site.Origin() + href
	}
	return href
}

// twin writes a document's text for readers of a shelf.
type twin struct {
	tree     *Tree
	document *document
	shelf    *shelf
	key      string
	links    map[string]string // whole addresses by what the author wrote; empty: leads nowhere
	lost     bool              // tells whether one does
	taken    int               // bytes of other files so far
}

// text writes the text of a file. What stands in blocks of code is left alone.
func (w *twin) text(body, file string) string {
	var b strings.Builder
	b.Grow(len(body) + longerTwin)
	began, at := 0, 0 // of the words since the last block of code, and of the line
	flush := func() { b.WriteString(w.words(body[began:at], file)) }
	fence := ""
	for line := range strings.Lines(body) {
		bare := strings.TrimRight(line, "\n")
		switch {
		case fence != "":
			b.WriteString(line)
			began = at + len(line)
			if end := strings.TrimLeft(bare, " \t>"); strings.HasPrefix(end, fence) && strings.Trim(end, fence[:1]+" \t") == "" {
				fence = ""
			}
		case fenceMark(bare) != "":
			flush()
			fence = fenceMark(bare)
			b.WriteString(line)
			began = at + len(line)
		}
		at += len(line)
	}
	flush()
	return b.String()
}

var (
	blockOfScript = regexp.MustCompile(`(?m)^export\s+(?:const|let|var|function|default|class)\b[^\n]*(?:\n[^\n]+)*\n?`)
	lineOfImport  = regexp.MustCompile(`(?m)` + importLine.String())
	anyComment    = regexp.MustCompile(`(?s)[ \t]*(?:\{/\*.*?\*/\}|<!--.*?-->)`)
	codeWords     = regexp.MustCompile("``[^\n]*?``|`[^`\n]*`")
	partialTag    = regexp.MustCompile(`<([A-Z][A-Za-z0-9_.]*)[^<>\n]*/>`)
	threeLines    = regexp.MustCompile(`\n{3,}`)
)

// replace is a pattern's ReplaceAllStringFunc on texts that have a sign of it. Most
// have none, and patterns are slow.
func replace(text, sign string, pattern *regexp.Regexp, by func(found []string) string) string {
	if !strings.Contains(text, sign) {
		return text
	}
	return pattern.ReplaceAllStringFunc(text, func(whole string) string { return by(pattern.FindStringSubmatch(whole)) })
}

func nothing([]string) string { return "" }

// words writes what stands between blocks of code.
func (w *twin) words(text, file string) string {
	text = replace(text, "import", lineOfImport, nothing)
	text = replace(text, "export", blockOfScript, nothing)
	text = w.outsideCode(text, func(text string) string {
		text = replace(text, "{/*", anyComment, nothing)
		return w.addresses(replace(text, "<!--", anyComment, nothing))
	})
	text = replace(text, "/>", partialTag, func(found []string) string {
		if found[1] == "DocCardList" {
			return strings.TrimRight(w.below(), "\n")
		}
		// A document in which files take one another in was set aside, so this ends;
		// it ends soon.
		taken, ok := w.document.taken[tagIn{file, found[1]}]
		if w.taken += len(taken.text); ok && w.taken <= maxSize {
			return strings.Trim(w.text(taken.text, taken.file), "\n")
		}
		return found[0]
	})
	return replace(text, "\n\n\n", threeLines, func([]string) string { return "\n\n" })
}

// outsideCode changes what is not between backticks.
func (w *twin) outsideCode(text string, change func(string) string) string {
	if !strings.Contains(text, "`") {
		return change(text)
	}
	var b strings.Builder
	at := 0
	for _, span := range codeWords.FindAllStringIndex(text, -1) {
		b.WriteString(change(text[at:span[0]]))
		b.WriteString(text[span[0]:span[1]])
		at = span[1]
	}
	b.WriteString(change(text[at:]))
	return b.String()
}

// Where a destination stands in a text: "](…", "[label]: …", href="…".
const destination = `(<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)`

var (
	plainLink = regexp.MustCompile(`\[([^\[\]\n]*)\]\(\s*` + destination + `(\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)`)
	linkEnd   = regexp.MustCompile(`(\]\(\s*)` + destination)
	linkLabel = regexp.MustCompile(`(?m)^([ >]*\[[^\]\n]+\]:[ \t]*)(<[^<>\n]*>|\S+)`)
	linkValue = regexp.MustCompile(`(\b(?:href|src|to)\s*=\s*["'])([^"'\n]*)`)
)

// addresses makes the links of a text whole. Of one that leads nowhere the words
// are left.
func (w *twin) addresses(text string) string {
	if w.lost {
		text = replace(text, "](", plainLink, func(found []string) string {
			if to, ok := w.links[strings.Trim(found[2], "<>")]; ok && to == "" {
				return found[1]
			}
			return found[0]
		})
	}
	whole := func(found []string) string {
		to, ok := w.links[strings.Trim(found[2], "<>")]
		switch {
		case !ok || found[2] == "":
			return found[0]
		case to == "":
			return found[1] + "#"
		}
		return found[1] + to
	}
	text = replace(text, "](", linkEnd, whole)
	text = replace(text, "]:", linkLabel, whole)
	return replace(text, "=", linkValue, whole)
}

// below lists what is below the document in the menu.
func (w *twin) below() string {
	var b strings.Builder
	for _, e := range below(w.shelf.menu, w.key) {
		first := e
		if !e.HasPage {
			for first = range Pages(e.Entries) {
				break
			}
		}
		if !first.HasPage {
			continue
		}
		fmt.Fprintf(&b, "- [%s](%s)", EscapeMarkdown(e.Label), w.tree.site.URL(first.Address))
		if e.Description != "" {
			b.WriteString(": " + EscapeMarkdown(e.Description))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// EscapeMarkdown is a text on one line that means nothing else in Markdown.
func EscapeMarkdown(text string) string {
	return markdownSigns.Replace(strings.Join(strings.Fields(text), " "))
}

var markdownSigns = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "`", "\\`", "*", `\*`, "_", `\_`, "<", `\<`)
