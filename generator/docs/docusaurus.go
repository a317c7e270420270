package docs

import (
	"errors"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"loanleaf/locale"
	"loanleaf/site"
)

// docusaurusFolders are where a Docusaurus project has what: texts of its first
// language, translations of them below i18n/<language>/, and words of menus in a
// file of messages beside those.
type docusaurusFolders struct{ source, translations, messages string }

var (
	docusaurusDocs  = docusaurusFolders{"docs", "docusaurus-plugin-content-docs/current", "docusaurus-plugin-content-docs/current.json"}
	docusaurusPages = docusaurusFolders{source: "src/pages", translations: "docusaurus-plugin-content-pages"}
)

// readDocusaurus reads the documents of a Docusaurus project for every language
// of the site, and for guests.
func (r *reader) readDocusaurus(at docusaurusFolders) {
	source := r.docusaurusSource(at)
	r.tree.spoken[source.Tag], r.source = source, source
	if isFolder(r.files, at.source) {
		r.readFolder(at.source, source)
	}
	if at.messages != "" && len(r.tree.documents[source.Tag]) > 0 {
		r.readSidebars(source)
		r.noteVersions()
	}
	if r.guests && r.tree.site.Language(source.Tag) == nil && len(r.tree.documents[source.Tag]) > 0 {
		r.welcome(at.source, source)
	}
	for _, name := range languageFolders(r.files, "i18n") {
		language, ok := r.spoken(path.Join("i18n", name), name)
		if !ok || language == source {
			continue
		}
		dir := path.Join("i18n", name, at.translations)
		guest := r.tree.site.Language(language.Tag) == nil
		if guest && !r.guests {
			r.tree.unspoken = append(r.tree.unspoken, path.Join("i18n", name))
			continue
		}
		if isFolder(r.files, dir) {
			r.readFolder(dir, language)
		}
		if guest && len(r.tree.documents[language.Tag]) > 0 {
			r.welcome(dir, language)
		}
		if at.messages != "" {
			r.tree.categories[language.Tag] = r.translateCategories(source, path.Join("i18n", name, at.messages))
		}
		if r.tree.documents[language.Tag] == nil && !guest {
			r.tree.documents[language.Tag] = map[string]*document{}
		}
	}
}

var (
	defaultLocale = regexp.MustCompile(`\bdefaultLocale\s*:\s*['"\x60]([A-Za-z0-9-]+)['"\x60]`)
	allLocales    = regexp.MustCompile(`\blocales\s*:\s*\[([^\]]*)\]`)
	oneLocale     = regexp.MustCompile(`['"\x60]([A-Za-z0-9-]+)['"\x60]`)
)

// docusaurusSource is the language of the first folder: what the project's
// configuration says, which is a script and is not run, but looked through for
// its defaultLocale and its locales; without one the site's first language that
// is no translation there, and English where all are.
func (r *reader) docusaurusSource(at docusaurusFolders) *locale.Language {
	names, _ := fs.Glob(r.files, "docusaurus.config.*")
	for _, name := range names {
		text, err := readText(r.files, name)
		if err != nil {
			r.findOnce(unreadable, name, 0, "%v", err)
			continue
		}
		r.configured = map[string]bool{}
		if found := allLocales.FindStringSubmatch(text); found != nil {
			for _, one := range oneLocale.FindAllStringSubmatch(found[1], -1) {
				r.configured[one[1]] = true
			}
		}
		found := defaultLocale.FindStringSubmatch(text)
		if found == nil {
			continue
		}
		r.configured[found[1]] = true
		if language, known := r.tree.spoken[found[1]]; known {
			return language
		}
		if language, known := locale.Get(found[1]); known && language.Words != nil {
			return language
		}
		if language, known := locale.Guest(found[1], r.tree.site.Languages()[0]); known {
			return language
		}
		line := 1 + strings.Count(text[:strings.Index(text, found[0])], "\n")
		r.findOnce(unspokenLanguage, name, line, "the program knows no language that is called %s", found[1])
	}
	for _, language := range r.tree.site.Languages() {
		if !isFolder(r.files, path.Join("i18n", language.Tag, docusaurusDocs.translations)) {
			return language
		}
	}
	language, _ := locale.Get("en")
	return language
}

// findOnce is find for what is the same for documentation and for pages: a site
// has both, and it is told once.
func (r *reader) findOnce(what fault, file string, line int, format string, values ...any) {
	if r.tree.kind == site.Doc {
		r.find(what, file, line, format, values...)
	}
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
