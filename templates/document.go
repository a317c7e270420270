package templates

import (
	"github.com/a-h/templ"

	"loanleaf/locale"
)

// Document is a page of documentation or of the operator's own. HTML in it was
// made by package docs, which lets no markup of an author through.
type Document struct {
	Title, Description string
	Language           *locale.Language // of the text; another than the frame's where it is not translated
	Hidden             bool             // kept out of search engines

	HeadingID string
	Heading   string // HTML
	Body      string // HTML
	Contents  []DocumentHeading

	Find       *Find // the box that searches documents; nil: none
	Crumbs     []Way // the way to it, without itself; empty: none is shown
	Menu       []MenuEntry
	Prev, Next *Way

	Style string // path of the stylesheet of documents
}

// DocumentHeading is a line of the table of contents.
type DocumentHeading struct {
	ID, Text string
	Deeper   bool // below the line before it
}

// MenuEntry is a line of a menu; without a URL it is a heading of those below.
type MenuEntry struct {
	Way
	Below []MenuEntry
}

// fewestContents is from how many headings on a table of contents helps.
const fewestContents = 3

// languageName is a language's name in the frame's language.
func (f Frame) languageName(l *locale.Language) string {
	if name, ok := f.Language.LanguageName(l.Tag); ok {
		return name
	}
	return l.Name
}

// langOf marks text that is in another language than the page.
func langOf(f Frame, d Document) templ.Attributes {
	if d.Language == f.Language {
		return nil
	}
	return templ.Attributes{"lang": d.Language.Tag, "dir": d.Language.Direction}
}
