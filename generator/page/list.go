package page

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/a-h/templ"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates"
	"loanleaf/templates/view"
)

// newestOnHome is how many loans of each row are looked up: twice what the
// front page shows, since a loan is not shown twice.
const newestOnHome = 24

// renderList writes the page of a list, or the front page.
func (r *Renderer) renderList(ctx context.Context, w *bytes.Buffer, a site.Address) error {
	if a.Kind == site.Home && a.Page == 0 {
		return r.renderHome(ctx, w, a)
	}
	l, err := r.listPage(ctx, a)
	if err != nil {
		return err
	}
	begun, err := l.begin(ctx, a.Language)
	if err != nil {
		return fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	return r.finish(ctx, w, a, begun)
}

// Begun is a page of a list all but its cards; the zero one is nothing of a page.
type Begun struct {
	language string
	around   []byte
	at       int     // where in around the cards belong
	ids      []int64 // of the loans they are of
}

// Finish writes the page of an address as Render does, from what was made of it
// already.
func (r *Renderer) Finish(ctx context.Context, w *bytes.Buffer, a site.Address, begun Begun) error {
	if begun.around == nil {
		return r.Render(ctx, w, a)
	}
	return r.finish(ctx, w, a, begun)
}

func (r *Renderer) finish(ctx context.Context, w *bytes.Buffer, a site.Address, begun Begun) error {
	cards, err := r.listCards(ctx, begun.language, begun.ids)
	if err != nil {
		return fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	w.Write(begun.around[:begun.at])
	if cards != nil {
		if err := cards.Render(ctx, w); err != nil {
			return fmt.Errorf("list %s: %w", r.site.Path(a), err)
		}
	}
	w.Write(begun.around[begun.at:])
	return nil
}

// begin writes the page without cards.
func (l *listPage) begin(ctx context.Context, language string) (Begun, error) {
	begun := Begun{language: language, ids: l.ids}
	var cards templ.Component
	if len(l.ids) > 0 {
		cards = templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
			begun.at = w.(interface{ Len() int }).Len() // what templates write to knows
			return nil
		})
	}
	var around bytes.Buffer
	err := templates.ListPage(l.frame, l.told, cards).Render(ctx, &around)
	begun.around = around.Bytes()
	return begun, err
}

// listPage is a page of a list without the cards of its loans.
type listPage struct {
	frame templates.Frame
	told  view.List
	ids   []int64 // of the loans whose cards belong on it
}

func (r *Renderer) listPage(ctx context.Context, a site.Address) (l listPage, err error) {
	list := listAt(a)
	info, err := r.source.ListInfo(ctx, list)
	if err != nil {
		return l, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	if a.Page > info.Pages() {
		return l, fmt.Errorf("list %s: %w", r.site.Path(a), kiva.ErrNotFound)
	}
	data := view.ListData{Info: info, Page: a.Page}
	if data.Lists, err = r.allLists(ctx); err != nil {
		return l, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	if a.Page == 0 {
		l.ids, err = r.source.NewestIDs(ctx, list, kiva.PageSize)
	} else {
		l.ids, err = r.source.PageIDs(ctx, list, a.Page)
	}
	if err != nil {
		return l, fmt.Errorf("list %s: %w", r.site.Path(a), err)
	}
	if a.Kind == site.Partner {
		if data.Partner, err = r.partner(ctx, a.ID); err != nil {
			return l, err
		}
	}
	l.told = r.Teller(a.Language).List(data)
	l.frame, err = r.listFrame(ctx, a, info)
	return l, err
}

// listFrame is the frame of a list; its newest end names the list's feeds and
// offers its widget.
func (r *Renderer) listFrame(ctx context.Context, a site.Address, info kiva.ListInfo) (f templates.Frame, err error) {
	f = r.frameFor(a)
	if a.Page == 0 {
		f.Feeds = r.feedLinks(a, info)
		f.List, err = r.listOffer(ctx, a, info)
	}
	return f, err
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
	fundraising := kiva.List{Kind: kiva.ByStatus, Key: kiva.Fundraising.String()}
	if data.Fundraising, err = r.newest(ctx, fundraising); err != nil {
		return fmt.Errorf("home: %w", err)
	}
	if data.Newest, err = r.newest(ctx, all); err != nil {
		return fmt.Errorf("home: %w", err)
	}
	if data.Lists, err = r.allLists(ctx); err != nil {
		return fmt.Errorf("home: %w", err)
	}
	frame, err := r.listFrame(ctx, a, data.All)
	if err != nil {
		return fmt.Errorf("home: %w", err)
	}
	return templates.HomePage(frame, r.Teller(a.Language).Home(data)).Render(ctx, w)
}

// newest are the loans of a row of the front page.
func (r *Renderer) newest(ctx context.Context, list kiva.List) ([]kiva.Loan, error) {
	return r.newestOf(ctx, list, newestOnHome)
}

// newestOf are the n newest loans of a list, newest first.
func (r *Renderer) newestOf(ctx context.Context, list kiva.List, n int) ([]kiva.Loan, error) {
	ids, err := r.source.NewestIDs(ctx, list, n)
	if err != nil {
		return nil, err
	}
	return r.source.Listings(ctx, ids)
}
