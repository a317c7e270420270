package templates

import (
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
