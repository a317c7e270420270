// Package docs reads documents in Markdown, a folder for each language, and
// makes of them what pages are made from: titles, bodies in HTML, a menu, the
// way from one to the next, links that stay in the reader's language.
//
// # Folders
//
// [Read] takes a content folder. Documentation stands in docs/<language>/ or in
// <language>/ itself, the operator's own pages in pages/<language>/; languages are
// tags of the site ("en", "es"). A file guides/bug.md is the document guides/bug in
// every language that has a file of that path. index.md, readme.md and a file named
// as its folder stand for the folder. A number before a name, as in 02-bug.md,
// orders it and is no part of its address; dates and versions are. Names that begin
// with a dot or a low line are passed over, but for _category_.json, .yml or .yaml,
// which gives its folder a label, a position, and a document or an index made for it.
//
// # Docusaurus
//
// A folder that holds i18n or docusaurus.config.* is read as Docusaurus 3 reads it:
// docs/ in the language of its defaultLocale, i18n/<language>/ for translations,
// words of menus in current.json, src/pages for pages of the operator's own. Its
// menu is what sidebars.json says, or sidebars.js where that is written as JSON,
// since scripts are not run; else the one that Docusaurus makes of the folders by
// itself. Documents are described as it describes them, by their first line.
// Versions are told of and passed over, plugins and pages that are scripts are
// passed over.
//
// # Front matter
//
// A file may begin with YAML between two lines of three hyphens: title,
// description, slug, sidebar_label, sidebar_position, draft (not there at all),
// unlisted (there, but in no menu and not for search engines), date, redirect_from
// (a path of the site that it had, or a list of them), and Docusaurus' id,
// last_update (date, author), custom_edit_url,
// parse_number_prefixes, pagination_label, pagination_prev, pagination_next,
// hide_title, hide_table_of_contents, toc_min_heading_level and
// toc_max_heading_level.
// Other keys are ignored, as Docusaurus does. Without a title the first heading is
// the title, without that the file's name.
//
// # Markdown
//
// CommonMark with GitHub's tables, task lists, bare addresses and > [!NOTE],
// footnotes, emoji codes, Docusaurus' admonitions (:::note[Title]), titles, marked
// lines and line numbers of code, and ids of headings ({#id}, {/* #id */},
// <!-- #id -->). Of MDX there are imports of other documents that are taken in,
// Tabs, TabItem, Admonition, CodeBlock, DocCardList, pictures as require("…") or an
// import names them, and comments; what any other component holds is kept. HTML
// passes where its element and attributes are on a list, and ends within the block
// it begins in.
//
// # Pictures and files
//
// Pictures (png, jpg, gif, webp, avif, svg) and files that links lead to (pdf, csv,
// zip and the like) are read, at most 16 MB each and 256 MB together, and are
// published under names that hold a hash of them: [Tree.Published]. A path is seen
// from the document, or from the same place in the source language; "/img/a.png"
// is static/img/a.png, "@site/…" begins at the content folder. Pages know how
// large a picture is and keep its place. A drawing in SVG that holds a script, or
// could load one, is not published. Pictures of other sites are links to them.
//
// # What is not translated
//
// Each language of the site has every document of the source language, which is
// the site's first language that there is a folder of, or where there is none
// such, another. A folder of a language that the site does not speak makes that a
// guest: it has documents, called by the name it has in itself, and what stands
// around them is in the site's first language. Where a translation is
// missing the reader gets the text of the source language, and [Page.Translated]
// says so. Links inside it lead to documents in the reader's language all the
// same. A document that only a translation has is there in that language alone.
// Where a translation has the headings of its source, level by level, they answer
// to the ids of the source's too.
//
// # Faults
//
// A document that cannot be used is set aside and the others go on; dead links
// and the like leave it as it is. Both are told as a [Finding] with file and line.
//
// # What is not here
//
// Markup around the body (package templates), and scripts of MDX.
package docs

import (
	"io/fs"
	"iter"
	"slices"

	"loanleaf/locale"
	"loanleaf/site"
)

// Tree is documents of one kind, in every language of a site. It does not
// change, but by [CheckAcross], and is safe for concurrent use.
type Tree struct {
	site     *site.Site
	kind     site.Kind
	form     Form
	source   *locale.Language // nil where there is no document
	unspoken []string
	guests   []*locale.Language
	spoken   map[string]*locale.Language // by tag: those of the site, then every other that there are documents in

	// documents are the files by language and by key. languages are what readers
	// of each language have.
	documents map[string]map[string]*document
	languages map[string]*shelf

	// withheld are the keys of drafts and of documents that were set aside, by
	// language: they are neither missing nor what a translation lacks.
	withheld map[string]map[string]bool

	// categories are what is said of folders, by language and by folder.
	categories map[string]map[string]*category

	files map[string]File // by name

	sidebar []sidebarItem // the menu that a project says; empty: that of the folders
}

// shelf is everything that readers of one language have.
type shelf struct {
	language  *locale.Language
	documents map[string]*document // by key; of this language, else of the source
	bySlug    map[string]string    // key
	menu      []Entry
	order     []string // keys, as they stand in the menu, then those that do not
	listed    int      // how many of order stand in the menu
	places    map[string]standing
}

// standing is where a document stands in a menu: at which place of the order, below
// which lines, from the top, and which line is the innermost one above others that is
// its own or above it.
type standing struct {
	at    int
	above []Entry
	line  string
}

// Read reads the documents of a kind, [site.Doc] or [site.Prose], of a content
// folder. A folder that has none makes an empty tree. Documents in languages that
// the site does not speak are read too, see [Tree.Guests]. Findings are sorted by
// file and line.
func Read(files fs.FS, s *site.Site, kind site.Kind) (*Tree, []Finding) {
	return read(files, s, kind, true)
}

// ReadSpoken is Read, but documents in other languages than the site's are left
// out; [Tree.Unspoken] names their folders.
func ReadSpoken(files fs.FS, s *site.Site, kind site.Kind) (*Tree, []Finding) {
	return read(files, s, kind, false)
}

func read(files fs.FS, s *site.Site, kind site.Kind, guests bool) (*Tree, []Finding) {
	seen := newWitness(files)
	files = seen
	r := &reader{files: files, guests: guests, markdown: newMarkdown(), attached: newAttachments(files), tree: &Tree{
		site: s, kind: kind, form: FormOf(files), spoken: map[string]*locale.Language{},
		documents: map[string]map[string]*document{}, languages: map[string]*shelf{}, withheld: map[string]map[string]bool{}, categories: map[string]map[string]*category{},
	}}
	for _, language := range s.Languages() {
		r.tree.spoken[language.Tag] = language
	}
	r.readFolders()
	r.tree.source = r.sourceLanguage()
	if r.tree.source != nil {
		r.makeIndexes(r.tree.source)
		r.readDates()
		r.settleSlugs()
		for _, language := range r.tree.readers() {
			r.tree.languages[language.Tag] = r.tree.shelve(language)
		}
		r.answerAnchors()
		r.checkSidebar()
		r.checkLinks()
		for _, shelf := range r.tree.languages {
			r.tree.arrange(shelf)
		}
	}
	r.tree.files = r.attached.made
	seen.tell(&r.findings)
	return r.tree, r.findings.list()
}

// Kind is the kind of address that the documents have.
func (t *Tree) Kind() site.Kind { return t.kind }

// Len is how many documents a reader of the language has, translated or not;
// "" is the site's first language.
func (t *Tree) Len(language string) int {
	if shelf := t.shelf(language); shelf != nil {
		return len(shelf.order)
	}
	return 0
}

// Unspoken are the folders of languages that the site does not speak, and that
// were therefore not read.
func (t *Tree) Unspoken() []string { return t.unspoken }

// Guests are the languages that there are documents in and that the site does
// not speak, by tag.
func (t *Tree) Guests() []*locale.Language { return t.guests }

// Reader is the language of a tag, the site's first for "", where it is one of
// the site's or of [Tree.Guests]; else nil.
func (t *Tree) Reader(tag string) *locale.Language {
	if l := t.site.Language(tag); l != nil {
		return l
	}
	for _, guest := range t.guests {
		if guest.Tag == tag {
			return guest
		}
	}
	return nil
}

// readers are all languages that there are readers of.
func (t *Tree) readers() []*locale.Language {
	return append(slices.Clip(t.site.Languages()), t.guests...)
}

// Source is the language that the others are translated from; nil where there
// is no document.
func (t *Tree) Source() *locale.Language { return t.source }

// Translated is how many documents there are in the language itself.
func (t *Tree) Translated(language *locale.Language) int { return len(t.documents[language.Tag]) }

// Addresses are those of all documents for readers of a language, as they stand
// in the menu, then those that are in no menu.
func (t *Tree) Addresses(language string) iter.Seq[site.Address] {
	return func(yield func(site.Address) bool) {
		shelf := t.shelf(language)
		if shelf == nil {
			return
		}
		for _, key := range shelf.order {
			if !yield(t.address(shelf, key)) {
				return
			}
		}
	}
}

// Has tells whether there is a document at an address.
func (t *Tree) Has(a site.Address) bool {
	shelf := t.shelf(a.Language)
	if shelf == nil || a.Kind != t.kind {
		return false
	}
	_, ok := shelf.bySlug[a.Slug]
	return ok
}

// Menu is the menu of a language, one entry for each document or folder.
func (t *Tree) Menu(language string) []Entry {
	if shelf := t.shelf(language); shelf != nil {
		return shelf.menu
	}
	return nil
}

// Start is the document that comes first: the one of the folder itself, else
// the first of the menu.
func (t *Tree) Start(language string) (Entry, bool) {
	shelf := t.shelf(language)
	if shelf == nil || len(shelf.order) == 0 {
		return Entry{}, false
	}
	key, ok := shelf.bySlug[""]
	if !ok {
		key = shelf.order[0]
	}
	return t.entry(shelf, key), true
}

func (t *Tree) shelf(language string) *shelf {
	if l := t.Reader(language); l != nil {
		return t.languages[l.Tag]
	}
	return nil
}

// address is that of a document for readers of a language; of the first
// language it names none.
func (t *Tree) address(of *shelf, key string) site.Address {
	a := t.frontPage(of)
	a.Kind, a.Slug = t.kind, of.documents[key].slug
	return a
}

// frontPage is that of the site for readers of a language.
func (t *Tree) frontPage(of *shelf) site.Address {
	if of.language == t.site.Languages()[0] {
		return site.Address{}
	}
	return site.Address{Language: of.language.Tag}
}

// shelve gives readers of a language its own documents and, where one is
// missing, that of the source.
func (t *Tree) shelve(language *locale.Language) *shelf {
	s := &shelf{language: language, documents: map[string]*document{}, bySlug: map[string]string{}}
	for _, from := range []*locale.Language{t.source, language} {
		for key, d := range t.documents[from.Tag] {
			s.documents[key] = d
		}
	}
	for key, d := range s.documents {
		s.bySlug[d.slug] = key
	}
	return s
}
