package page

import (
	"bytes"
	"errors"
	"fmt"
	"image"

	"loanleaf/card"
	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// cardPicture is the size at which cards take photos: one that every gallery
// has, since pages show it too.
var cardPicture = view.PictureSizes()[0]

// Photos gives cards the pictures that the site serves itself, as JPEG; without
// them cards have none. It is called before anything is rendered.
func (r *Renderer) Photos(picture func(size string, id int64) ([]byte, error)) { r.photos = picture }

// Drawn are the addresses of a loan's drawings in a language: its card in both
// sizes, as pages name it, and its badge.
func (r *Renderer) Drawn(loan *kiva.Loan, language string) []site.Address {
	teller := r.Teller(language)
	told := teller.Card(loan)
	kind := site.CardPNG
	if r.photos != nil && teller.HasPhoto(&told) {
		kind = site.CardJPEG
	}
	return []site.Address{
		{Kind: kind, Language: language, ID: loan.ID}, {Kind: kind, Language: language, ID: loan.ID, Small: true},
		{Kind: site.Badge, Language: language, ID: loan.ID},
	}
}

// renderDrawn draws the card or the badge of a loan.
func (r *Renderer) renderDrawn(w *bytes.Buffer, a site.Address, loan *kiva.Loan) error {
	teller := r.Teller(a.Language)
	if a.Kind == site.Badge {
		w.Write(card.Badge(teller.Card(loan), r.colours))
		return nil
	}
	told := teller.Drawn(loan, card.Covers)
	photo, err := r.photo(a, teller, &told, loan.ImageID)
	if err != nil {
		return fmt.Errorf("card of loan %d: %w", loan.ID, err)
	}
	body, err := r.painter.Loan(told, photo, sizeOf(a), formatOf(a))
	w.Write(body)
	return err
}

// Badge is where the badge of a loan stands, and its size.
func (r *Renderer) Badge(loan view.Loan) site.Picture {
	size := card.BadgeSize(loan)
	address := site.Address{Kind: site.Badge, Language: loan.Language.Tag, ID: loan.ID}
	return site.Picture{URL: r.site.URL(address), Width: size.Width, Height: size.Height}
}

// photo is the picture for a card; nil where it has none. A file that is no
// picture is as good as none: the page, whose reader's browser finds out, leaves
// it out in the same way.
func (r *Renderer) photo(a site.Address, teller *view.Teller, told *view.Loan, id int64) (image.Image, error) {
	if a.Kind != site.CardJPEG || r.photos == nil || !teller.HasPhoto(told) {
		return nil, nil
	}
	body, err := r.photos(cardPicture, id)
	if errors.Is(err, kiva.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	picture, err := card.Photo(body)
	if err != nil {
		return nil, nil
	}
	return picture, nil
}

// renderGoneDrawing draws what stands for a loan, or a list, that is not there.
func (r *Renderer) renderGoneDrawing(w *bytes.Buffer, a site.Address) error {
	gone := r.Teller(a.Language).Gone()
	switch a.Kind {
	case site.Badge:
		w.Write(card.GoneBadge(gone, r.colours))
		return nil
	case site.ListBadge:
		w.Write(r.painter.GoneListBadge(r.Teller(a.Language).GoneList()))
		return nil
	case site.ListCard:
		gone = r.Teller(a.Language).GoneList()
	}
	body, err := r.painter.Gone(gone, sizeOf(a), formatOf(a))
	w.Write(body)
	return err
}

// renderSiteCard draws the card of the whole site.
func (r *Renderer) renderSiteCard(w *bytes.Buffer, a site.Address) error {
	language := r.site.Language(a.Language)
	body, err := r.painter.Site(r.site.Name(), r.site.Host(), language.Words.HeadingHome, language, card.Large)
	w.Write(body)
	return err
}

func sizeOf(a site.Address) card.Size {
	if a.Small {
		return card.Small
	}
	return card.Large
}

func formatOf(a site.Address) card.Format {
	if a.Kind == site.CardJPEG {
		return card.JPEG
	}
	return card.PNG
}
