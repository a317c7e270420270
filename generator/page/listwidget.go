package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"loanleaf/card"
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
	info, err := r.cardInfo(ctx, a)
	if err != nil {
		return view.ListCard{}, err
	}
	loans, err := r.raising(ctx, a, view.MostRows)
	if err != nil {
		return view.ListCard{}, err
	}
	return r.Teller(a.Language).ListCard(info, loans), nil
}

// cardInfo looks up a list that has a card.
func (r *Renderer) cardInfo(ctx context.Context, a site.Address) (kiva.ListInfo, error) {
	list := listAt(a)
	info, err := r.source.ListInfo(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) && list.Kind == kiva.AllLoans {
		return kiva.ListInfo{List: list}, nil
	}
	if err != nil {
		return info, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	return info, nil
}

// HasList tells whether a list has a card, by the address of its page.
func (r *Renderer) HasList(ctx context.Context, list site.Address) (bool, error) {
	_, err := r.cardInfo(ctx, list)
	if errors.Is(err, kiva.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// raising are the n newest loans of a list that raise funds, newest first.
func (r *Renderer) raising(ctx context.Context, a site.Address, n int) ([]kiva.Loan, error) {
	ids, err := r.source.RaisingIDs(ctx, listAt(a), n)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	loans, err := r.source.Listings(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	return loans, nil
}

// renderListWidget writes the widget document of a list, or its static oEmbed
// answer.
func (r *Renderer) renderListWidget(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	list := a.List()
	told, err := r.ListCard(ctx, list)
	if err != nil {
		return err
	}
	if a.Kind == site.ListWidget {
		return templates.ListWidget(told, r.listWidget).Render(ctx, w)
	}
	format := oembed.JSON
	if a.Kind == site.ListAnswerXML {
		format = oembed.XML
	}
	answer := oembed.ForList(r.site, told, oembed.Request{Format: format})
	w.Write(answer.Append(w.AvailableBuffer(), format, ""))
	return nil
}

// renderListDrawing draws the card or the badge of a list.
func (r *Renderer) renderListDrawing(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	list := a.List()
	info, err := r.cardInfo(ctx, list)
	if err != nil {
		return err
	}
	loans, err := r.raising(ctx, list, view.DrawnRows)
	if err != nil {
		return err
	}
	told := r.Teller(a.Language).DrawnList(info, loans, card.Covers)
	if a.Kind == site.ListBadge {
		w.Write(r.painter.ListBadge(told))
		return nil
	}
	body, err := r.painter.List(told, sizeOf(a))
	w.Write(body)
	return err
}

// listWidgets names the widget of a list, its answers where they are static, and
// its drawings where they are files.
func (r *Renderer) listWidgets(list site.Address) []site.Address {
	kinds := []site.Kind{site.ListWidget}
	if _, live := r.site.Endpoint(); !live {
		kinds = append(kinds, site.ListAnswerJSON, site.ListAnswerXML)
	}
	if r.site.BuildsListCards() {
		kinds = append(kinds, site.ListCard, site.ListBadge)
	}
	var all []site.Address
	for _, kind := range kinds {
		a, ok := list.ListWidget(kind)
		if !ok {
			continue
		}
		all = append(all, a)
		if kind == site.ListCard {
			a.Small = true
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
// has none. The loans on its card are looked up where there is one, whose address
// changes with them.
func (r *Renderer) listOffer(ctx context.Context, a site.Address, info kiva.ListInfo) (*templates.ListOffer, error) {
	if !a.Kind.Embeddable() {
		return nil, nil
	}
	addresses := r.listAddresses(a)
	var loans []kiva.Loan
	if addresses.Card != "" {
		var err error
		if loans, err = r.raising(ctx, a, view.DrawnRows); err != nil {
			return nil, err
		}
	}
	told := r.Teller(a.Language).ListCard(info, loans)
	json, xml := r.site.Discovery(a)
	offer := &templates.ListOffer{
		Subject:   snippet.OfList(told, site.ListName(a), addresses, r.site.Colour()),
		Card:      told.Card,
		Discovery: templates.Discovery{JSON: json, XML: xml, JSONTitle: told.DiscoveryJSON, XMLTitle: told.DiscoveryXML},
	}
	if _, live := r.site.Endpoint(); live {
		offer.More = r.site.EmbedForList(a)
	}
	return offer, nil
}

// listAddresses are where the snippets of a list lead.
func (r *Renderer) listAddresses(list site.Address) snippet.Addresses {
	widget, _ := list.ListWidget(site.ListWidget)
	json, _ := r.site.Discovery(list)
	_, live := r.site.Endpoint()
	addresses := snippet.Addresses{
		Page: r.site.URL(list), Widget: r.site.URL(widget), Script: r.site.URL(site.Address{Kind: site.EmbedScript}), OEmbed: json, Bounds: live,
	}
	drawing, ok := list.ListWidget(site.ListCard)
	badge, also := list.ListWidget(site.ListBadge)
	if ok && also {
		drawing.Small = true
		addresses.Card, addresses.Badge = r.drawingURLs(drawing, badge)
	}
	return addresses
}
