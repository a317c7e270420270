package docs

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"loanleaf/locale"
	"loanleaf/site"
)

// document is one file: a document in one language.
type document struct {
	file     string // path in the content folder
	key      string // path below the language's folder, without its ending
	language *locale.Language
	matter   matter
	slug     string
	number   *float64  // that its name begins with
	category *category // of an index that is made for a folder; its body is a list

	title       string
	description string
	heading     []piece // what stands in the first heading, where the text begins with one
	body        []piece
	headings    []Heading
	anchors     map[string]bool
	answers     map[int]string        // ids of the source's headings, by the numbers of these
	links       []link                // as pieces number them
	hash        string                // of its normalized text
	text        string                // without its front matter, as it was written
	first       int                   // how many lines stand before it
	taken       map[tagIn]partialText // files that it takes in
	shown       map[string]string     // paths of the pictures that it shows, by what the author wrote
	updated     time.Time
	outline     outline
}

// Heading is a heading of a body, for a table of contents.
type Heading struct {
	Level int // 1 to 6
	ID    string
	Text  string // plain
}

// piece is HTML, and after it, where link is not -1, the address of that link
// of the document, which depends on the reader's language.
type piece struct {
	html string
	link int
}

// maxSize is the largest file that is read: a book has less.
const maxSize = 1 << 20

// readDocument reads a file; nil when it is set aside or a draft.
func (r *reader) readDocument(file, key string, language *locale.Language, find func(what fault, file string, line int, format string, values ...any)) *document {
	text, err := readText(r.files, file)
	if err != nil {
		find(unreadable, file, 0, "%v", err)
		return nil
	}
	d := &document{file: file, key: key, language: language}
	front, body, lines, err := cutMatter(text)
	if err == nil {
		d.matter, err = parseMatter(front)
	}
	if err != nil {
		line := 1
		if at, ok := errors.AsType[*matterError](err); ok {
			line = at.line
		}
		find(badMatter, file, line, "%v", err)
		return nil
	}
	if d.matter.Draft {
		return nil
	}
	d.slug = slugOf(d.key, d.matter, r.tree.kind == site.Doc)
	if r.tree.kind == site.Doc && d.matter.numbered() {
		_, d.number = cutNumber(path.Base(d.key))
	}
	if d.slug == "" && r.tree.kind == site.Prose && r.tree.form == Docusaurus {
		find(frontPage, file, 0, "is no page of the site: the front page shows loans")
		return nil
	}
	if err := site.CheckSlug(site.Address{Kind: r.tree.kind, Slug: d.slug}); err != nil {
		find(badSlug, file, d.matter.line("slug"), "cannot stand at %q: %v", d.slug, err)
		return nil
	}
	d.hash, d.text = hashOf(body), body
	d.first = lines
	reading := &reading{markdown: r.markdown, files: r.files, document: d, file: file, within: []string{file}, ids: newAnchors(), find: find, excerpts: r.tree.form == Docusaurus, attached: r.attached, asset: r.tree.site.Asset}
	if !reading.read(body, lines) {
		return nil
	}
	return d
}

// readText reads a file as text: UTF-8, with or without a mark of it, lines
// ending in a line feed.
func readText(files fs.FS, name string) (string, error) {
	file, err := files.Open(name)
	if err != nil {
		return "", fmt.Errorf("cannot be read: %w", err)
	}
	defer file.Close()
	body := buffers.Get().(*written)
	defer buffers.Put(body)
	body.Reset()
	_, err = body.ReadFrom(io.LimitReader(file, maxSize+1))
	text := strings.TrimPrefix(body.String(), "\ufeff")
	switch {
	case err != nil:
		return "", fmt.Errorf("cannot be read: %w", err)
	case body.Len() > maxSize:
		return "", fmt.Errorf("has more than %d MB, which is more than a page can be", maxSize>>20)
	case !utf8.ValidString(text):
		return "", errors.New("is not UTF-8")
	case !strings.ContainsAny(text, "\r\x00\x01\x02"): // as most have none
		return text, nil
	}
	return unwanted.Replace(text), nil
}

// unwanted are line ends of other systems, and signs that [prepare] and [cut] mark
// places with.
var unwanted = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd", "\x01", "\ufffd", "\x02", "\ufffd")
