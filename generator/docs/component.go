package docs

import (
	"fmt"
	"html"
	"path"
	"slices"
	"strconv"
	"strings"
)

// listHere is the number, in place of a link's, that stands where the documents
// below this one are to be listed.
const listHere = 1 << 30

// deepestPartial is how many files may take one another in.
const deepestPartial = 16

// component is what one of MDX' components becomes. Of one that is not known what
// it holds is kept.
func (r *reading) component(t tag) (begin, end string) {
	switch t.name {
	case "Tabs":
		r.tabs++
		r.tab = 0
		return `<div class="tabs">`, "</div>"
	case "TabItem":
		label, _ := t.value("label")
		value, _ := t.value("value")
		open := ""
		if r.tab++; r.tab == 1 {
			open = " open"
		}
		// One of a name is open at a time, without a script.
		return fmt.Sprintf(`<details name="tabs-%d"%s><summary>%s</summary><div>`, r.tabs, open, html.EscapeString(firstOf(label, value, strconv.Itoa(r.tab)))), "</div></details>"
	case "Admonition":
		kind, _ := t.value("type")
		title, _ := t.value("title")
		if calloutKinds[kind] == "" {
			kind = "note"
		}
		return calloutBegin(kind) + `<p class="callout-title">` + html.EscapeString(firstOf(title, r.calloutTitle(kind))) + "</p>", "</div>"
	case "DocCardList":
		return mark + strconv.Itoa(listHere) + mark, ""
	}
	if file, ok := r.prepared.imports[t.name]; ok && (strings.HasSuffix(file, ".md") || strings.HasSuffix(file, ".mdx")) {
		return r.partial(t, file), ""
	}
	r.tell(unknownComponent, t.line, fmt.Sprintf("the component <%s> is not known; what it holds is kept", t.name))
	return "", ""
}

// partial is the HTML of another file that is taken in.
func (r *reading) partial(t tag, file string) string {
	if root, ok := strings.CutPrefix(file, "@site/"); ok {
		file = root
	} else {
		file = path.Join(path.Dir(r.file), file)
	}
	if slices.Contains(r.within, file) || len(r.within) == deepestPartial {
		r.tell(cycle, t.line, fmt.Sprintf("takes in %s, which takes in this file again", file))
		return ""
	}
	text, err := readText(r.files, file)
	if err != nil {
		r.tell(badPartial, t.line, fmt.Sprintf("%s, which is taken in here, %v", file, err))
		return ""
	}
	_, body, lines, err := cutMatter(text)
	if err != nil {
		r.tell(badPartial, t.line, fmt.Sprintf("%s, which is taken in here: %v", file, err))
		return ""
	}
	r.document.take(t.name, body)
	below := &reading{
		markdown: r.markdown, document: r.document, files: r.files, file: file, within: append(slices.Clone(r.within), file),
		ids: r.ids, find: r.find, tabs: r.tabs,
	}
	root := below.parse(body, lines)
	r.tabs = below.tabs
	if below.failed {
		r.failed = true
	}
	if root == nil {
		return ""
	}
	return below.html(root)
}
