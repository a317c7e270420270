package templates

import (
	"time"

	"github.com/a-h/templ"

	"loanleaf/locale"
)

// Document is a page of documentation or of the operator's own. HTML in it was
// made by package docs, which lets no markup of an author through.
type Document struct {
	Title, Description string
	Language           *locale.Language // of the text
	Reader             *locale.Language // whose readers the page is for; another than the frame's where the site does not speak it
	Untranslated       bool             // tells whether the text is in another language than the reader's
	Hidden             bool             // kept out of search engines

	HeadingID string
	Heading   string // HTML
	// HeadingHidden leaves the heading to those who do not see the page.
	HeadingHidden bool
	Body          string // HTML
	Code          bool   // tells whether there is code to copy in it
	Contents      []DocumentHeading

	Find       *Find  // the box that searches documents; nil: none
	Crumbs     []Way  // the way to it, without itself; empty: none is shown
	Menu       *Menu  // nil: none is shown
	Here       string // the page's path, as the menu leads to it
	Prev, Next *Way

	Updated time.Time // the day of the last change; zero: not known
	Author  string    // of that change; may be empty
	EditURL string    // where the text is edited; empty: nowhere
	// TranslateURL is where the translation would be written, of a document that is
	// not translated; empty: nowhere.
	TranslateURL string
	Twin         string // path of the text in Markdown
	Changes      string // path of the feed of changes; empty: there is none

	Style  string // path of the stylesheet of documents
	Script string // path of their script; empty: no button that copies
}

// documentStart is the id of where the text of a document begins. No heading has
// it: their ids have no full stop, and package docs keeps this one from being given.
const documentStart = "document.start"

// twinType is the media type of Markdown (RFC 7763).
const twinType = "text/markdown"

// DocumentHeading is a line of the table of contents.
type DocumentHeading struct {
	ID, Text string
	Deeper   bool // below the line before it
}

// fewestContents is from how many headings on a table of contents helps.
const fewestContents = 3

// updated says when the document changed last, with the day as programs read it.
func updated(f Frame, d Document) templ.Component {
	return written(func(w *markupWriter) {
		sentence := f.Language.Words.Docs.Updated
		if d.Author != "" {
			sentence = f.Language.Words.Docs.UpdatedBy
		}
		for text, name := range sentence.Parts() {
			switch name {
			case "date":
				w.date(d.Updated, f.Language.Date(d.Updated))
			case "author":
				w.isolated(d.Author)
			default:
				w.text(text)
			}
		}
	})
}

// movedTo is the sentence with the link to where a document is now.
func movedTo(f Frame, to Way) templ.Component {
	return written(func(w *markupWriter) {
		for text, name := range f.Language.Words.Docs.MovedTo.Parts() {
			if name == "" {
				w.text(text)
				continue
			}
			w.markup(`<a href="`)
			w.text(to.URL)
			w.markup(`">`)
			w.isolated(to.Label)
			w.markup("</a>")
		}
	})
}

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
