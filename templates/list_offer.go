package templates

import "loanleaf/templates/snippet"

// ListOffer is what the page of a list says for people who show the list
// elsewhere: the text to copy, the discovery links, and the address within the site
// of the page with more forms.
type ListOffer struct {
	Subject   snippet.Subject
	Discovery Discovery
	More      string
}

// listDiscovery is the pair of discovery links of the list that the page shows; nil
// where it shows none that has a widget.
func (f Frame) listDiscovery() *Discovery {
	if f.List == nil {
		return nil
	}
	return &f.List.Discovery
}

// code is the list's widget at its standard size, light.
func (o ListOffer) code() string {
	return snippet.Frame.Write(o.Subject, snippet.Choice{Size: snippet.Standard, Theme: snippet.Light})
}
