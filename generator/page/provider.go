package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"loanleaf/kiva"
	"loanleaf/oembed"
	"loanleaf/site"
)

// renderProviders writes what lists of providers say of the site: the entry for
// the public registry, or the site's own list with its aliases. Its sample
// request is for the oldest loan, so that new ones leave the file as it is.
func (r *Renderer) renderProviders(ctx context.Context, w *bytes.Buffer, kind site.Kind) error {
	example := int64(0)
	switch ids, err := r.source.PageIDs(ctx, kiva.List{Kind: kiva.AllLoans}, 1); {
	case err == nil && len(ids) > 0:
		example = ids[0]
	case err != nil && !errors.Is(err, kiva.ErrNotFound):
		return fmt.Errorf("providers: %w", err)
	}
	p, ok := oembed.ProviderOf(r.site, example, kind == site.ProvidersJSON)
	if !ok {
		return fmt.Errorf("providers: oEmbed answers are static: %w", kiva.ErrNotFound)
	}
	if kind == site.ProvidersJSON {
		w.Write(p.AppendJSON(w.AvailableBuffer()))
	} else {
		w.Write(p.AppendYAML(w.AvailableBuffer()))
	}
	return nil
}
