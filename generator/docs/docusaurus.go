package docs

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"loanleaf/locale"
)

// Where a Docusaurus project has what: documents of its first language in docs,
// translations of them below i18n/<language>/, and words of menus in a file of
// messages beside those.
const (
	docusaurusDocs         = "docs"
	docusaurusTranslations = "docusaurus-plugin-content-docs/current"
	docusaurusMessages     = "docusaurus-plugin-content-docs/current.json"
)

// readDocusaurus reads the documents of a Docusaurus project for every language
// of the site.
func (r *reader) readDocusaurus() {
	source := r.docusaurusSource()
	r.readFolder(docusaurusDocs, source)
	spoken := map[string]bool{source.Tag: true}
	for _, language := range r.tree.site.Languages() {
		spoken[language.Tag] = true
	}
	for _, name := range languageFolders(r.files, "i18n") {
		language, ok := r.spoken(path.Join("i18n", name), name)
		if !ok || language == source {
			continue
		}
		if !spoken[language.Tag] {
			r.tree.unspoken = append(r.tree.unspoken, path.Join("i18n", name))
			continue
		}
		if dir := path.Join("i18n", name, docusaurusTranslations); isFolder(r.files, dir) {
			r.readFolder(dir, language)
		}
		r.tree.categories[language.Tag] = r.translateCategories(source, path.Join("i18n", name, docusaurusMessages))
		if r.tree.documents[language.Tag] == nil {
			r.tree.documents[language.Tag] = map[string]*document{}
		}
	}
}

var defaultLocale = regexp.MustCompile(`\bdefaultLocale\s*:\s*['"\x60]([A-Za-z0-9-]+)['"\x60]`)

// docusaurusSource is the language of docs: what the project's configuration
// says, which is a script and is not run, but looked through for its
// defaultLocale; without one the site's first language that is no translation
// there, and English where all are.
func (r *reader) docusaurusSource() *locale.Language {
	names, _ := fs.Glob(r.files, "docusaurus.config.*")
	for _, name := range names {
		text, err := readText(r.files, name)
		if err != nil {
			r.find(unreadable, name, 0, "%v", err)
			continue
		}
		found := defaultLocale.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		if language, known := locale.Get(found[1]); known && language.Words != nil {
			return language
		}
		line := 1 + strings.Count(text[:strings.Index(text, found[0])], "\n")
		r.find(unspokenLanguage, name, line, "the pages around documents do not speak %s; they speak %s", found[1], strings.Join(locale.Shipped(), ", "))
	}
	for _, language := range r.tree.site.Languages() {
		if !isFolder(r.files, path.Join("i18n", language.Tag, docusaurusTranslations)) {
			return language
		}
	}
	language, _ := locale.Get("en")
	return language
}

func isFolder(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.IsDir()
}

// message is a text of a file of messages.
type message struct {
	Message string `yaml:"message"`
}

// translateCategories gives the folders of the source language the words that a
// file of messages has for them. Those without any are left out.
func (r *reader) translateCategories(source *locale.Language, file string) map[string]*category {
	translated := map[string]*category{}
	text, err := readText(r.files, file)
	if errors.Is(err, fs.ErrNotExist) {
		return translated
	}
	all := map[string]message{}
	var lines map[string]int
	if err == nil {
		lines, err = decode(text, 0, "it", &all)
	}
	if err != nil {
		line := 0
		if at, ok := errors.AsType[*matterError](err); ok {
			line = at.line
		}
		r.find(badMessages, file, line, "%v", err)
		return translated
	}
	// Messages are called sidebar.<name>.category.<label>; names of sidebars do not
	// matter here, where there is one menu.
	words, at := map[string]string{}, map[string]int{}
	for key, m := range all {
		if rest, ok := strings.CutPrefix(key, "sidebar."); ok && m.Message != "" {
			if _, rest, ok = strings.Cut(rest, ".category."); ok {
				words[rest], at[rest] = m.Message, lines[key]
			}
		}
	}
	for folder, c := range r.tree.categories[source.Tag] {
		label, ok := words[c.message()]
		if !ok {
			continue
		}
		own := *c
		own.file, own.Label, own.lines = file, label, map[string]int{"label": at[c.message()], "link": c.lines["link"]}
		if c.Link != nil {
			link := *c.Link
			index := c.message() + ".link." + linkIndex + "."
			link.Title = firstOf(words[index+"title"], link.Title)
			link.Description = firstOf(words[index+"description"], link.Description)
			own.Link = &link
		}
		translated[folder] = &own
	}
	return translated
}
