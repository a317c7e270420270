package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// newestOnHome is how many loans of each row the front page shows.
const newestOnHome = 12

// renderList writes the page of a list, or the front page.
func (r *Renderer) renderList(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	if a.Kind == site.Home && a.Page == 0 {
		return r.renderHome(ctx, w, a)
	}
	list := listAt(a)
	info, err := r.source.ListInfo(ctx, list)
	if err != nil {
		return fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	if a.Page > info.Pages() {
		return fmt.Errorf("list %s: %w", r.site.Path(a), kiva.ErrNotFound)
	}
	data := view.ListData{Info: info, Page: a.Page}
	if a.Page == 0 {
		data.Loans, err = r.source.Newest(ctx, list, kiva.PageSize)
	} else {
		data.Loans, err = r.source.ListPage(ctx, list, a.Page)
	}
	if err != nil {
		return fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	if a.Kind == site.Partner {
		if data.Partner, err = r.partner(ctx, a.ID); err != nil {
			return err
		}
	}
	return templates.ListPage(r.frameFor(a), r.Teller(a.Language).List(data)).Render(ctx, w)
}

// partner is nil where loans name a partner that the data does not have.
func (r *Renderer) partner(ctx context.Context, id int64) (*kiva.Partner, error) {
	partner, err := r.source.Partner(ctx, id)
	if errors.Is(err, kiva.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("partner %d: %w", id, err)
	}
	return &partner, nil
}

// renderHome writes the front page. A site without loans has one too.
func (r *Renderer) renderHome(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	var data view.HomeData
	var err error
	all := kiva.List{Kind: kiva.AllLoans}
	if data.All, err = r.source.ListInfo(ctx, all); err != nil && !errors.Is(err, kiva.ErrNotFound) {
		return fmt.Errorf("home: %w", err)
	}
	if data.Fundraising, err = r.source.NewestFundraising(ctx, newestOnHome); err != nil && !errors.Is(err, kiva.ErrNotFound) {
		return fmt.Errorf("home: %w", err)
	}
	if data.Newest, err = r.source.Newest(ctx, all, newestOnHome); err != nil && !errors.Is(err, kiva.ErrNotFound) {
		return fmt.Errorf("home: %w", err)
	}
	if data.Lists, err = r.source.Lists(ctx); err != nil {
		return fmt.Errorf("home: %w", err)
	}
	return templates.HomePage(r.frameFor(a), r.Teller(a.Language).Home(data)).Render(ctx, w)
}
