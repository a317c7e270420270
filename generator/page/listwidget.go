package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"loanleaf/kiva"
	"loanleaf/oembed"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// ListCard looks up what the widget of a list tells, in the language of the list's
// address; [kiva.ErrNotFound] for a list that no loan is on. A site without loans
// has the list of all loans all the same, as it has its front page.
func (r *Renderer) ListCard(ctx context.Context, a site.Address) (view.ListCard, error) {
	list := listAt(a)
	info, err := r.source.ListInfo(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) && list.Kind == kiva.AllLoans {
		info, err = kiva.ListInfo{List: list}, nil
	}
	if err != nil {
		return view.ListCard{}, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	ids, err := r.source.RaisingIDs(ctx, list, view.MostRows)
	if err != nil {
		return view.ListCard{}, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	loans, err := r.source.Listings(ctx, ids)
	if err != nil {
		return view.ListCard{}, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	return r.Teller(a.Language).ListCard(info, loans), nil
}

// renderListWidget writes the widget document of a list, or its static oEmbed
// answer.
func (r *Renderer) renderListWidget(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	list := a.List()
	card, err := r.ListCard(ctx, list)
	if err != nil {
		return err
	}
	if a.Kind == site.ListWidget {
		return templates.ListWidget(card, r.listWidget).Render(ctx, w)
	}
	format := oembed.JSON
	if a.Kind == site.ListAnswerXML {
		format = oembed.XML
	}
	answer := oembed.ForList(r.site, card, oembed.Request{Format: format})
	w.Write(answer.Append(w.AvailableBuffer(), format, ""))
	return nil
}

// listWidgets names the widget of a list, and its answers where they are static.
func (r *Renderer) listWidgets(list site.Address) []site.Address {
	kinds := []site.Kind{site.ListWidget}
	if _, live := r.site.Endpoint(); !live {
		kinds = append(kinds, site.ListAnswerJSON, site.ListAnswerXML)
	}
	var all []site.Address
	for _, kind := range kinds {
		if a, ok := list.ListWidget(kind); ok {
			all = append(all, a)
		}
	}
	return all
}

// walkListWidgets names those of lists, at whose newest ends pages are.
func (r *Renderer) walkListWidgets(pages []listed, yield func(site.Address, error) bool) bool {
	for _, p := range pages {
		if p.Page > 0 {
			continue
		}
		for _, a := range r.listWidgets(p.Address) {
			if !yield(a, nil) {
				return false
			}
		}
	}
	return true
}

// listOffer is what the newest end of a list says of its widget; nil for a list that
// has none.
func (r *Renderer) listOffer(a site.Address, info kiva.ListInfo) *templates.ListOffer {
	if !a.Kind.Embeddable() {
		return nil
	}
	card := r.Teller(a.Language).ListCard(info, nil)
	json, xml := r.site.Discovery(a)
	offer := &templates.ListOffer{
		Subject:   snippet.OfList(card, site.ListName(a), r.listAddresses(a), r.site.Colour()),
		Discovery: templates.Discovery{JSON: json, XML: xml, JSONTitle: card.DiscoveryJSON, XMLTitle: card.DiscoveryXML},
	}
	if _, live := r.site.Endpoint(); live {
		offer.More = r.site.EmbedForList(a)
	}
	return offer
}

// listAddresses are where the snippets of a list lead.
func (r *Renderer) listAddresses(list site.Address) snippet.Addresses {
	widget, _ := list.ListWidget(site.ListWidget)
	json, _ := r.site.Discovery(list)
	_, live := r.site.Endpoint()
	return snippet.Addresses{
		Page: r.site.URL(list), Widget: r.site.URL(widget), Script: r.site.URL(site.Address{Kind: site.EmbedScript}), OEmbed: json, Bounds: live,
	}
}
