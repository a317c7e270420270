package templates

import (
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// ListOffer is what the page of a list says for people who show the list
// elsewhere: the text to copy, the discovery links, and the address within the site
// of the page with more forms, which takes a program that answers; empty where there
// is none, and the page then has more forms itself.
type ListOffer struct {
	Subject   snippet.Subject
	Discovery Discovery
	// Card is the list as a drawn picture, for previews of links to its page; nil
	// where nobody serves one.
	Card *view.Picture
	More string
}

// listDiscovery is the pair of discovery links of the list that the page shows; empty
// where it shows none that has a widget.
func (f Frame) listDiscovery() Discovery {
	if f.List == nil {
		return Discovery{}
	}
	return f.List.Discovery
}

// listCard is the drawn card of the list that the page shows the newest end of; nil
// where there is none. A numbered page has the site's, so that it stays as it is.
func (f Frame) listCard() *view.Picture {
	if f.List == nil {
		return nil
	}
	return f.List.Card
}

// write is a form of the list's widget at its standard size, light.
func (o ListOffer) write(f snippet.Form) string {
	return f.Write(o.Subject, snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
}

// others are the forms besides the frame and the address that people paste who have
// no page with more forms.
func (o ListOffer) others() []snippet.Form {
	return []snippet.Form{snippet.Component, snippet.Quote, snippet.Markdown, snippet.BBCode, snippet.Email}
}
