package docs

import (
	"path"
	"regexp"
	"strconv"
	"strings"
)

// numberPrefix is a number that only orders files, "02-" of 02-second.md, as
// Docusaurus has it; notNumberPrefix are dates and versions, which belong to the
// name.
var (
	numberPrefix    = regexp.MustCompile(`^(\d+)\s*[-_.]+\s*([^-_.\s].*)$`)
	notNumberPrefix = regexp.MustCompile(`^\d+[-_.]\d+`)
)

// cutNumber parts the number from a name; nil where it has none.
func cutNumber(name string) (rest string, number *float64) {
	found := numberPrefix.FindStringSubmatch(name)
	if found == nil || notNumberPrefix.MatchString(name) {
		return name, nil
	}
	n, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		return name, nil
	}
	return found[2], &n
}

// numbered tells whether numbers before names only order them.
func (m matter) numbered() bool { return m.NumberPrefixes == nil || *m.NumberPrefixes }

// isIndex tells whether a document stands for its folder: by its name, or by
// that of the folder itself.
func isIndex(key string) bool {
	folder, name := path.Split(key)
	lower := strings.ToLower(name)
	return lower == "index" || lower == "readme" || folder != "" && lower == strings.ToLower(path.Base(folder))
}

// folderOf is the folder of a document, without the numbers of an ordered one.
func folderOf(key string, ordered bool) string {
	folder := strings.Trim(path.Dir(key), "./")
	if !ordered || folder == "" {
		return folder
	}
	var segments []string
	for segment := range strings.SplitSeq(folder, "/") {
		segment, _ = cutNumber(segment)
		segments = append(segments, segment)
	}
	return strings.Join(segments, "/")
}

// slugOf is where a document stands: at its key, that of the folder for an
// index, or where its front matter says, from the root or from its folder.
// ordered documents lose the numbers of their names and of their folders'.
func slugOf(key string, m matter, ordered bool) string {
	ordered = ordered && m.numbered()
	folder := folderOf(key, ordered)
	if m.Slug != nil {
		slug := *m.Slug
		if !strings.HasPrefix(slug, "/") {
			slug = path.Join("/", folder) + "/" + strings.TrimPrefix(slug, "./")
		}
		return strings.TrimSuffix(strings.TrimLeft(slug, "/"), "/")
	}
	if isIndex(key) {
		return folder
	}
	return path.Join(folder, nameOf(key, m, ordered))
}

// nameOf is the last part of a document's address.
func nameOf(key string, m matter, ordered bool) string {
	if m.ID != "" {
		return m.ID
	}
	name := path.Base(key)
	if ordered {
		name, _ = cutNumber(name)
	}
	return name
}

// id is what front matter and categories call a document by.
func (d *document) id() string {
	return path.Join(folderOf(d.key, d.matter.numbered()), nameOf(d.key, d.matter, d.matter.numbered()))
}
