package page

import (
	"bytes"

	"loanleaf/site"
)

// renderEmbedScript writes the script for the pages of others.
func (r *Renderer) renderEmbedScript(w *bytes.Buffer) {
	var languages []string
	for _, language := range r.site.Languages() {
		languages = append(languages, language.Tag)
	}
	w.Write(r.files.CardScript(r.site.URL(site.Address{Kind: site.Home}), languages))
}
