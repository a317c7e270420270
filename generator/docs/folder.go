package docs

import (
	"cmp"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"loanleaf/locale"
	"loanleaf/site"
)

// Form is how a content folder is laid out.
type Form uint8

// The forms, as the table of DESIGN has them for --content.
const (
	Empty      Form = iota // nothing that is read: no documentation
	Plain                  // docs/<language>/
	Root                   // <language>/
	Docusaurus             // i18n/ or docusaurus.config.*
)

// FormOf looks at a content folder.
func FormOf(files fs.FS) Form {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return Empty
	}
	for _, entry := range entries {
		if entry.Name() == "i18n" && entry.IsDir() || strings.HasPrefix(entry.Name(), "docusaurus.config.") {
			return Docusaurus
		}
	}
	switch {
	case len(languageFolders(files, "docs")) > 0:
		return Plain
	case len(languageFolders(files, ".")) > 0:
		return Root
	}
	return Empty
}

// languageFolders are the folders below dir that are named like a language.
func languageFolders(files fs.FS, dir string) []string {
	entries, err := fs.ReadDir(files, dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if entry.IsDir() && site.MeansLanguage(entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	return names
}

// reader is one reading of a content folder.
type reader struct {
	files    fs.FS
	markdown *markdown
	tree     *Tree
	attached *attachments
	findings findings
	guests   bool             // tells whether languages that the site does not speak are read
	source   *locale.Language // where the project says it

	configured map[string]bool // tags that the project's own configuration names
}

func (r *reader) find(what fault, file string, line int, format string, values ...any) {
	r.findings.find(what, file, line, format, values...)
}

// readFolders reads the folder of every language that the site has, or where it
// has none of them, of the first other one that there is.
func (r *reader) readFolders() {
	dir := "pages"
	if r.tree.kind == site.Doc {
		switch r.tree.form {
		case Docusaurus:
			r.readDocusaurus(docusaurusDocs)
			return
		case Root:
			dir = "."
		default:
			dir = "docs"
		}
	}
	if r.tree.kind == site.Prose && r.tree.form == Docusaurus && len(languageFolders(r.files, dir)) == 0 {
		r.readDocusaurus(docusaurusPages)
		return
	}
	folders := map[string]string{} // by tag
	for _, name := range languageFolders(r.files, dir) {
		if language, ok := r.spoken(path.Join(dir, name), name); ok {
			folders[language.Tag] = path.Join(dir, name)
		}
	}
	for _, language := range r.tree.site.Languages() {
		if folder, ok := folders[language.Tag]; ok {
			r.readFolder(folder, language)
			delete(folders, language.Tag)
		}
	}
	// Others in the order of the program's languages, then by tag.
	for _, tag := range slices.Compact(append(locale.Shipped(), slices.Sorted(maps.Keys(folders))...)) {
		folder, ok := folders[tag]
		if !ok || !r.guests && len(r.tree.documents) > 0 {
			continue
		}
		language := r.tree.spoken[tag]
		r.readFolder(folder, language)
		if r.guests {
			r.welcome(folder, language)
		}
		delete(folders, tag)
	}
	r.tree.unspoken = slices.Sorted(maps.Values(folders))
}

// spoken is the language of a folder; false, with a word, when there is no such
// language, or when it is none of the program's and guests are not wanted.
func (r *reader) spoken(folder, name string) (*locale.Language, bool) {
	if language, known := r.tree.spoken[name]; known {
		return language, true
	}
	language, known := locale.Get(name)
	if !known || language.Words == nil {
		if known = r.guests; known {
			language, known = locale.Guest(name, r.tree.site.Languages()[0])
		}
	}
	if !known {
		r.findOnce(unspokenLanguage, folder, 0, "is left out: the program knows no language that is called %s", name)
		return nil, false
	}
	r.tree.spoken[language.Tag] = language
	return language, true
}

// welcome makes a language that the site does not speak a guest.
func (r *reader) welcome(folder string, language *locale.Language) {
	r.tree.guests = append(r.tree.guests, language)
	slices.SortFunc(r.tree.guests, func(a, b *locale.Language) int { return cmp.Compare(a.Tag, b.Tag) })
	if r.configured[language.Tag] {
		return
	}
	around := r.tree.site.Languages()[0].Name
	if _, known := locale.Get(language.Tag); known {
		r.find(unspokenLanguage, folder, 0, "is in %s, which is none of the site's languages: pages stand around it in %s; name it in languages", language.Name, around)
		return
	}
	r.find(unspokenLanguage, folder, 0, "is in %s, which the program does not speak: pages stand around it in %s", language.Name, around)
}

// filed is a file of a document on its way to be one.
type filed struct {
	name, key string
	document  *document // nil when it is set aside or a draft
	findings  findings
}

// readFolder reads the documents of a language.
func (r *reader) readFolder(dir string, language *locale.Language) {
	documents, categories := map[string]*document{}, map[string]*category{}
	var found []*filed
	err := fs.WalkDir(r.files, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			r.find(unreadable, name, 0, "cannot be read: %v", err)
			return nil
		}
		hidden := strings.HasPrefix(entry.Name(), ".") || strings.HasPrefix(entry.Name(), "_")
		if entry.IsDir() {
			if hidden && name != dir {
				return fs.SkipDir
			}
			return nil
		}
		if info, err := fs.Stat(r.files, name); entry.Type()&fs.ModeSymlink != 0 && err == nil && info.IsDir() {
			r.find(linkedFolder, name, 0, "is a link to a folder, which is not followed; put the folder itself there")
			return nil
		}
		below := strings.TrimPrefix(name, dir+"/")
		if r.tree.kind == site.Doc && isCategory(name) {
			if c := r.readCategory(name, path.Dir(below)); c != nil {
				categories[c.folder] = c
			}
			return nil
		}
		if !hidden && isDocument(name) {
			found = append(found, &filed{name: name, key: strings.TrimSuffix(below, path.Ext(name))})
		}
		return nil
	})
	if err != nil {
		r.find(unreadable, dir, 0, "cannot be read: %v", err)
	}
	r.readAll(found, language)
	for _, f := range found {
		if documents[f.key] != nil {
			r.find(takenSlug, f.name, 0, "stands at the address of %s; give one of them another name", documents[f.key].file)
			continue
		}
		r.findings.merge(&f.findings)
		if f.document != nil {
			documents[f.key] = f.document
		} else {
			r.tree.withhold(language.Tag, f.key)
		}
	}
	if r.attached.source == "" && len(documents) > 0 {
		r.attached.source = dir
	}
	r.tree.documents[language.Tag], r.tree.categories[language.Tag] = documents, categories
}

// readAll reads files, as many at a time as there are processors. Which of them
// reads a file changes nothing in what becomes of it.
func (r *reader) readAll(found []*filed, language *locale.Language) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(len(found), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(found) {
					return
				}
				f := found[i]
				f.document = r.readDocument(f.name, f.key, language, f.findings.find)
			}
		})
	}
	workers.Wait()
}

// sourceLanguage is the one that a project names, else the first language of the site that has documents, else
// the first of the program's that has, else the first by tag; nil where there are
// none.
func (r *reader) sourceLanguage() *locale.Language {
	if r.source != nil && len(r.tree.documents[r.source.Tag]) > 0 {
		return r.source
	}
	tags := append(locale.Shipped(), keysOf(r.tree.documents)...)
	for i, language := range r.tree.site.Languages() {
		tags = slices.Insert(tags, i, language.Tag)
	}
	for _, tag := range tags {
		if len(r.tree.documents[tag]) > 0 {
			return r.tree.spoken[tag]
		}
	}
	return nil
}

// settleSlugs sets documents aside until no two stand at one address.
func (r *reader) settleSlugs() {
	t := r.tree
	source := t.documents[t.source.Tag]
	taken := map[string]*document{}
	for _, key := range keysOf(source) {
		if first, ok := taken[source[key].slug]; ok {
			r.find(takenSlug, source[key].file, source[key].matter.line("slug"), "stands at the address of %s; give one of them another slug", first.file)
			delete(source, key)
			t.withhold(t.source.Tag, key)
			continue
		}
		taken[source[key].slug] = source[key]
	}
	for _, language := range t.readers() {
		if language != t.source {
			r.settleTranslations(t.documents[language.Tag], source)
		}
	}
}

// settleTranslations does so for a language whose missing documents are those
// of the source. A translation that is set aside leaves its source in its place,
// which may collide anew.
func (r *reader) settleTranslations(own, source map[string]*document) {
	for collide := true; collide; {
		collide = false
		taken := map[string]*document{}
		for _, d := range merged(source, own) {
			first, ok := taken[d.slug]
			if !ok {
				taken[d.slug] = d
				continue
			}
			if own[d.key] != d {
				d, first = first, d
			}
			r.find(takenSlug, d.file, d.matter.line("slug"), "stands at the address of %s; give one of them another slug", first.file)
			delete(own, d.key)
			r.tree.withhold(d.language.Tag, d.key)
			collide = true
			break
		}
	}
}

// merged are the documents of both, those of over before those of under, by
// key.
func merged(under, over map[string]*document) []*document {
	all := maps.Clone(under)
	maps.Copy(all, over)
	list := make([]*document, 0, len(all))
	for _, key := range keysOf(all) {
		list = append(list, all[key])
	}
	return list
}

func keysOf[V any](all map[string]V) []string { return slices.Sorted(maps.Keys(all)) }
