package docs

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"loanleaf/site"
)

// Origin is where a document comes from.
type Origin struct {
	File string // path in the content folder; empty of an index that was made for a folder
	// Wanted is where the translation would stand, of a document that is shown
	// untranslated; empty of every other.
	Wanted string
	// EditURL is where the author says that it is edited: an address, or "" for
	// nowhere; nil where nothing is said.
	EditURL *string
	Updated time.Time // the day, in UTC; zero where nobody said
	Author  string    // of that change; mostly empty
}

// lastUpdate is what front matter says of the last change.
type lastUpdate struct {
	Date   verbatim `yaml:"date"`
	Author string   `yaml:"author"`
}

// oneOrMore is a list of texts, or one alone.
type oneOrMore []string

// UnmarshalYAML reads either.
func (o *oneOrMore) UnmarshalYAML(read func(any) error) error {
	var one string
	if read(&one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return read((*[]string)(o))
}

// DatesFile is the name of the file of a content folder that says when documents
// changed last: a line for each, its path in the folder and the day as 2026-11-22.
const DatesFile = "last_updated.yml"

// readDates gives documents the day of their last change: what their front matter
// says, else the file of dates.
func (r *reader) readDates() {
	var noted map[string]verbatim
	var lines map[string]int
	text, err := readText(r.files, DatesFile)
	if err == nil {
		lines, err = decode(text, 0, "it", &noted)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) && r.tree.kind == site.Doc { // told once
		line := 0
		if at, ok := errors.AsType[*matterError](err); ok {
			line = at.line
		}
		r.find(badDates, DatesFile, line, "%v", err)
	}
	for _, documents := range r.tree.documents {
		for _, d := range documents {
			file, line, said := d.file, d.matter.line("date"), firstOf(string(d.matter.LastUpdate.Date), string(d.matter.Date))
			if d.matter.LastUpdate.Date != "" {
				line = d.matter.line("last_update")
			}
			if said == "" {
				file, line, said = DatesFile, lines[d.file], string(noted[d.file])
			}
			if said == "" || d.category != nil {
				continue
			}
			day, ok := parseDay(said)
			if !ok {
				r.find(badDate, file, line, "%q is not a day such as 2026-11-22; the document stands without one", said)
				continue
			}
			d.updated = day
		}
	}
}

// days are the ways in which days are written: as here, with a time behind, and
// as Docusaurus shows them.
var days = []string{time.DateOnly, time.RFC3339, "2006-01-02 15:04:05", "2006-01-02T15:04:05", "2006/1/2", "1/2/2006", "January 2, 2006", "Jan 2, 2006"}

func parseDay(text string) (day time.Time, ok bool) {
	for _, layout := range days {
		if at, err := time.Parse(layout, text); err == nil && at.Year() >= 1970 && at.Year() < 10000 {
			return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC), true
		}
	}
	return time.Time{}, false
}

// originOf is the origin of a document for readers of a shelf.
func (t *Tree) originOf(d *document, key string, to *shelf) Origin {
	if d.category != nil {
		return Origin{}
	}
	o := Origin{File: d.file, Updated: d.updated}
	if o.Author = strings.TrimSpace(d.matter.LastUpdate.Author); o.Updated.IsZero() {
		o.Author = ""
	}
	switch {
	case d.matter.CustomEdit != nil:
		o.EditURL = d.matter.CustomEdit
	case d.matter.says("custom_edit_url"):
		o.EditURL = new(string)
	}
	if d.language != to.language {
		o.Wanted = path.Join(t.folderFor(to), key+path.Ext(d.file))
	}
	return o
}

// folderFor is where the documents of a language are, or would be.
func (t *Tree) folderFor(s *shelf) string {
	for key, d := range t.documents[s.language.Tag] {
		if d.category == nil {
			return strings.TrimSuffix(strings.TrimSuffix(d.file, path.Ext(d.file)), "/"+key)
		}
	}
	switch {
	case t.kind == site.Prose:
		return "pages/" + s.language.Tag
	case t.form == Docusaurus:
		return path.Join("i18n", s.language.Tag, docusaurusDocs.translations)
	case t.form == Root:
		return s.language.Tag
	}
	return "docs/" + s.language.Tag
}

// Files are the files of all documents, by path in the content folder, in every
// language that was read.
func (t *Tree) Files() []string {
	var files []string
	for _, documents := range t.documents {
		for _, d := range documents {
			if d.category == nil {
				files = append(files, d.file)
			}
		}
	}
	slices.Sort(files)
	return files
}

// Dates is a file of dates, as [DatesFile] is: sorted by path, a line each.
func Dates(noted map[string]time.Time) []byte {
	var b strings.Builder
	b.WriteString("# When documents changed last: \"loanleaf docs mark --dates\" writes this file.\n")
	for _, file := range keysOf(noted) {
		fmt.Fprintf(&b, "%q: %s\n", file, noted[file].Format(time.DateOnly))
	}
	return []byte(b.String())
}

// Change is the last change of a document.
type Change struct {
	Address            site.Address
	Key                string // names the document, whatever its address is
	Title, Description string
	Updated            time.Time
	Author             string
}

// Changes are the last changes of documents that are in a language themselves and
// listed, the latest first. Those that nobody dated are left out.
func (t *Tree) Changes(language string) []Change {
	shelf := t.shelf(language)
	if shelf == nil {
		return nil
	}
	var list []Change
	for _, key := range shelf.order[:shelf.listed] {
		d := shelf.documents[key]
		if d.updated.IsZero() || d.language != shelf.language || d.category != nil {
			continue
		}
		o := t.originOf(d, key, shelf)
		list = append(list, Change{t.address(shelf, key), key, d.title, d.description, o.Updated, o.Author})
	}
	slices.SortStableFunc(list, func(a, b Change) int { return b.Updated.Compare(a.Updated) })
	return list
}
