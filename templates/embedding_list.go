package templates

import (
	"loanleaf/locale"
	"loanleaf/templates/snippet"
)

// ListEmbedding is what the page that hands out code shows for a list. A server
// answers its form; sites of files have the code on the list's own page.
type ListEmbedding struct {
	Subject snippet.Subject
	Choice  snippet.Choice
	Form    snippet.Form

	Asked   string // the address that was typed
	Action  string // path of the page, where the form is sent
	Style   string // path of its stylesheet, after that of all pages
	Preview string // path of the widget, without fragment
	Dark    bool   // the background of the preview

	Languages []CardLanguage // of the card; one alone leaves no choice
	Language  string         // tag of the one chosen

	ScriptTenths int64 // of a kilobyte: the script of the component, compressed
}

// formHelp says what a form is for. What there is no more to say of than of a
// loan is said in the same words.
func (e ListEmbedding) formHelp(l *locale.Language, f snippet.Form) string {
	w := &l.Words.Embed
	switch f {
	case snippet.Frame:
		return w.FrameHelp
	case snippet.Component:
		return w.ComponentHelp.Fill("kb", l.Tenths(e.ScriptTenths))
	case snippet.Quote:
		return w.QuoteHelp
	case snippet.Address:
		return w.AddressHelp
	case snippet.Markdown:
		return w.MarkdownHelp
	case snippet.BBCode:
		return w.BBCodeHelp
	case snippet.Text:
		return w.TextHelp
	case snippet.Email:
		return w.EmailHelp
	}
	return w.OEmbedHelp
}
