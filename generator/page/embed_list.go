package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/snippet"
)

// renderEmbedList writes the page that hands out code for the list whose address
// was typed where that of a loan is; false where none was, or none that is there.
// The language of the card is the one chosen, else that of the address, else that of
// the page.
func (r *Renderer) renderEmbedList(ctx context.Context, w *bytes.Buffer, a site.Address, sent url.Values) (bool, error) {
	list, err := r.site.ParseListURL(asked(sent.Get("loan")))
	if err != nil {
		return false, nil
	}
	language := r.site.Language(sent.Get("language"))
	if language == nil || sent.Get("language") == "" {
		if language = r.site.Language(a.Language); list.Language != "" {
			language = r.site.Language(list.Language)
		}
	}
	list.Language = language.Tag
	card, err := r.ListCard(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("embed: %w", err)
	}
	widget, _ := list.ListWidget(site.ListWidget)
	e := templates.ListEmbedding{
		Subject: snippet.OfList(card, site.ListName(list), r.listAddresses(list), r.site.Colour()),
		Choice:  snippet.Choice{Size: snippet.SizeNamed(sent.Get("size")), Theme: snippet.ThemeNamed(sent.Get("theme"))},
		Form:    snippet.FormNamed(sent.Get("form")), Dark: sent.Get("ground") == "dark",
		Asked: asked(sent.Get("loan")), Action: r.site.Path(a), Style: r.makerStyle, Preview: r.site.Path(widget),
		Language: language.Tag, ScriptTenths: tenths(packed(r.embedScript())),
	}
	for _, language := range r.site.Languages() {
		e.Languages = append(e.Languages, templates.CardLanguage{Tag: language.Tag, Name: language.Name})
	}
	frame := r.frameFor(a)
	frame.Policy = templates.EmbedPolicy(frame.Policy)
	return true, templates.EmbedListPage(frame, e).Render(ctx, w)
}
