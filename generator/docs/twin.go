package docs

import (
	"fmt"
	"regexp"
	"strings"

	"loanleaf/site"
)

// take keeps the text of a file that a document takes in.
func (d *document) take(component, text string) {
	if d.taken == nil {
		d.taken = map[string]string{}
	}
	d.taken[component] = text
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
	w := &twin{tree: t, document: d, shelf: shelf, key: key, links: map[string]string{}}
	for i := range d.links {
		l := &d.links[i]
		w.links[l.destination] = t.whole(t.href(l, shelf))
	}
	var b strings.Builder
	if d.heading == nil {
		b.WriteString("# " + d.title + "\n\n")
	}
	if d.category != nil {
		if d.description != "" {
			b.WriteString(d.description + "\n\n")
		}
		b.WriteString(w.below())
	}
	b.WriteString(strings.Trim(w.text(d.text, 0), "\n"))
	return strings.TrimRight(b.String(), "\n") + "\n", true
}

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
}

// text writes a text that was taken in so deep. What stands in blocks of code is
// left alone.
func (w *twin) text(body string, deep int) string {
	var b, words strings.Builder
	flush := func() {
		b.WriteString(w.words(words.String(), deep))
		words.Reset()
	}
	fence := ""
	for line := range strings.Lines(body) {
		bare := strings.TrimRight(line, "\n")
		switch {
		case fence != "":
			b.WriteString(line)
			if end := strings.TrimLeft(bare, " \t>"); strings.HasPrefix(end, fence) && strings.Trim(end, fence[:1]+" \t") == "" {
				fence = ""
			}
		case fenceMark(bare) != "":
			flush()
			fence = fenceMark(bare)
			b.WriteString(line)
		default:
			words.WriteString(line)
		}
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

// words writes what stands between blocks of code.
func (w *twin) words(text string, deep int) string {
	// Expressions are tried where there is something for them to find: a site has
	// thousands of texts, and most have none of it.
	if strings.Contains(text, "import") {
		text = lineOfImport.ReplaceAllString(text, "")
	}
	if strings.Contains(text, "export") {
		text = blockOfScript.ReplaceAllString(text, "")
	}
	text = w.outsideCode(text, func(text string) string {
		if strings.Contains(text, "{/*") || strings.Contains(text, "<!--") {
			text = anyComment.ReplaceAllString(text, "")
		}
		return w.addresses(text)
	})
	if strings.Contains(text, "/>") {
		text = w.components(text, deep)
	}
	if strings.Contains(text, "\n\n\n") {
		text = threeLines.ReplaceAllString(text, "\n\n")
	}
	return text
}

// components puts what is taken in where it is named.
func (w *twin) components(text string, deep int) string {
	return partialTag.ReplaceAllStringFunc(text, func(tag string) string {
		name := partialTag.FindStringSubmatch(tag)[1]
		if name == "DocCardList" {
			return strings.TrimRight(w.below(), "\n")
		}
		if taken, ok := w.document.taken[name]; ok && deep < deepestPartial {
			return strings.Trim(w.text(taken, deep+1), "\n")
		}
		return tag
	})
}

// outsideCode changes what is not between backticks.
func (w *twin) outsideCode(text string, change func(string) string) string {
	var b strings.Builder
	at := 0
	if strings.IndexByte(text, '`') < 0 {
		return change(text)
	}
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

	// sign is what every text has that the pattern finds something in.
	linkPatterns = []struct {
		pattern *regexp.Regexp
		sign    string
	}{{linkEnd, "]("}, {linkLabel, "]:"}, {linkValue, "="}}
)

// addresses makes the links of a text whole. Of one that leads nowhere the words
// are left.
func (w *twin) addresses(text string) string {
	if !strings.Contains(text, "](") && !strings.Contains(text, "]:") && !strings.Contains(text, "=") {
		return text
	}
	text = plainLink.ReplaceAllStringFunc(text, func(link string) string {
		found := plainLink.FindStringSubmatch(link)
		if to, ok := w.links[strings.Trim(found[2], "<>")]; ok && to == "" {
			return found[1]
		}
		return link
	})
	for _, one := range linkPatterns {
		pattern := one.pattern
		if !strings.Contains(text, one.sign) {
			continue
		}
		text = pattern.ReplaceAllStringFunc(text, func(link string) string {
			found := pattern.FindStringSubmatch(link)
			to, ok := w.links[strings.Trim(found[2], "<>")]
			switch {
			case !ok || found[2] == "":
				return link
			case to == "":
				return found[1] + "#"
			}
			return found[1] + to
		})
	}
	return text
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
