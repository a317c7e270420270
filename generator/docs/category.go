package docs

import (
	"errors"
	"path"
	"strings"

	"loanleaf/locale"
	"loanleaf/site"
)

// category is what a file _category_.json, .yml or .yaml says of its folder.
type category struct {
	Label       string        `yaml:"label"`
	Key         string        `yaml:"key"` // that translations call it by, in the place of its label
	Description string        `yaml:"description"`
	Position    *float64      `yaml:"position"`
	Link        *categoryLink `yaml:"link"`

	folder string // as keys have it
	file   string
	lines  map[string]int
}

// categoryLink is where the line of a folder leads to.
type categoryLink struct {
	Type        string `yaml:"type"` // "doc" or "generated-index"
	ID          string `yaml:"id"`
	Title       string `yaml:"title"`
	Description string `yaml:"description"`
	Slug        string `yaml:"slug"`
}

const (
	linkDocument = "doc"
	linkIndex    = "generated-index"
)

// categoryName is the name of such a file, without its ending, and the last
// part of the key of the index that is made for a folder: no document has it,
// since names with a low line are passed over.
const categoryName = "_category_"

// isCategory tells whether a file says something of its folder.
func isCategory(name string) bool {
	base, ending, _ := strings.Cut(path.Base(name), ".")
	return base == categoryName && (ending == "json" || ending == "yml" || ending == "yaml")
}

// readCategory reads such a file; nil when it is set aside.
func (r *reader) readCategory(file, folder string) *category {
	text, err := readText(r.files, file)
	c := &category{folder: folder, file: file}
	if err == nil {
		c.lines, err = decode(text, 0, "it", c)
	}
	if err == nil && c.Link != nil && c.Link.Type != linkDocument && c.Link.Type != linkIndex {
		err = &matterError{c.lines["link"], "its link is of the type " + c.Link.Type + ", which is neither doc nor generated-index"}
	}
	if err != nil {
		line := 0
		if at, ok := errors.AsType[*matterError](err); ok {
			line = at.line
		}
		r.find(badCategory, file, line, "%v", err)
		return nil
	}
	return c
}

// message is how translations call the folder in a file of messages.
func (c *category) message() string {
	if c.Key != "" {
		return c.Key
	}
	return c.label()
}

// label is what its line says; without words of its own, the folder's name.
func (c *category) label() string {
	if c.Label != "" {
		return c.Label
	}
	name, _ := cutNumber(path.Base(c.folder))
	return name
}

// makeIndexes makes documents of the indexes that categories ask for, in the
// source language and in those that have words for them.
func (r *reader) makeIndexes(source *locale.Language) {
	t := r.tree
	taken := newAnchors()
	for _, folder := range keysOf(t.categories[source.Tag]) {
		c := t.categories[source.Tag][folder]
		if c.Link == nil || c.Link.Type != linkIndex {
			continue
		}
		slug := strings.Trim(c.Link.Slug, "/")
		if slug == "" {
			slug = "category/" + taken.id(c.label())
		}
		if err := site.CheckSlug(site.Address{Kind: t.kind, Slug: slug}); err != nil {
			r.find(badSlug, c.file, c.lines["link"], "its index cannot stand at %q: %v", slug, err)
			continue
		}
		for tag, documents := range t.documents {
			own := t.categories[tag][folder]
			if own == nil {
				continue
			}
			d := &document{file: own.file, key: path.Join(folder, categoryName), slug: slug, category: own, title: own.label(), anchors: map[string]bool{}}
			d.language = t.spoken[tag]
			if own.Link != nil {
				d.title, d.description = firstOf(own.Link.Title, d.title), own.Link.Description
			}
			d.description = firstOf(d.description, own.Description)
			d.matter.Label = own.label()
			documents[d.key] = d
		}
	}
}

// firstOf is the first text that is not empty.
func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
