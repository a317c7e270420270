package docs

import (
	"fmt"
	"html"
	"path"
	"regexp"
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
		return `<div class="tabs">`, "</div>"
	case "TabItem":
		return r.tabItem(t)
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
	if file, ok := r.prepared.imports[t.name]; ok && pictureTypes[endingOf(file)] != "" {
		return r.imageTag(t, file), ""
	}
	if t.document {
		r.partials = append(r.partials, partial{t, r.prepared.imports[t.name]})
		return partialBegins + strconv.Itoa(len(r.partials)-1) + string(tagEnds), ""
	}
	r.tell(unknownComponent, t.line, fmt.Sprintf("the component <%s> is not known; what it holds is kept", t.name))
	return "", ""
}

// isDocument tells whether a file is Markdown, by its name.
func isDocument(file string) bool {
	return strings.HasSuffix(file, ".md") || strings.HasSuffix(file, ".mdx")
}

// pathOf is the path in the content folder of a file as the text names it.
func (r *reading) pathOf(file string) string {
	if root, ok := strings.CutPrefix(file, "@site/"); ok {
		return path.Clean(root)
	}
	return path.Join(path.Dir(r.file), file)
}

// partial is another text that is taken in where a tag stands. It is read in its
// turn, so that headings and their ids come in the order of the page.
type partial struct {
	tag  tag
	file string // as the import names it
}

// partialBegins stands before the number of one, in the HTML of its tag.
const partialBegins = "\x01p"

var partialSign = regexp.MustCompile("\x01p([0-9]+)\x02")

// takeIn puts texts that are taken in into the HTML of a tag.
func (r *reading) takeIn(made string) string {
	if !strings.Contains(made, partialBegins) {
		return made
	}
	return partialSign.ReplaceAllStringFunc(made, func(sign string) string {
		number, err := strconv.Atoi(sign[len(partialBegins) : len(sign)-1])
		if err != nil || number >= len(r.partials) {
			return ""
		}
		return r.partial(r.partials[number].tag, r.pathOf(r.partials[number].file))
	})
}

// partial is the HTML of another file that is taken in.
func (r *reading) partial(t tag, file string) string {
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
	r.document.take(r.file, t.name, partialText{file, body})
	below := &reading{
		markdown: r.markdown, document: r.document, files: r.files, file: file, within: append(slices.Clone(r.within), file),
		ids: r.ids, find: r.find, groups: r.groups, taken: r.taken + 1, attached: r.attached, asset: r.asset,
	}
	root := below.parse(body, lines)
	r.groups, r.taken = below.groups, below.taken
	if below.failed {
		r.failed = true
	}
	if root == nil {
		return ""
	}
	return below.html(root)
}
