package oembed

import (
	"loanleaf/site"
	"loanleaf/templates/view"
)

// Sizes of thumbnails in Kiva's grammar (seed 002, "Images and Other Media"),
// the largest first, below the size at which views link pictures. A whole
// picture only fits inside its size, so it is named where the site measures it;
// a square is as large as it says, and is named where pictures come from
// somebody else.
var (
	wholeSizes  = []string{"w325h250", "w200h200", "w80h80"}
	squareSizes = []string{"s200", "s80"}
)

// ThumbnailSizes are the sizes of pictures that answers name beside those of
// [view.PictureSizes], on a site that serves pictures itself: an endpoint is
// asked for any bounds, so whoever writes pictures as files writes these too.
func ThumbnailSizes() []string { return wholeSizes }

// thumbnail is the largest picture of the loan that fits both bounds, of which
// 0 is none. Its stated size is the real one; a picture whose measure is not
// known is never offered, since the numbers beside it would be made up.
func thumbnail(s *site.Site, loan view.Loan, maxWidth, maxHeight int) site.Picture {
	shared := loan.Share
	if shared == nil || shared.Width <= 0 || shared.Height <= 0 {
		return site.Picture{}
	}
	if p := shared.Picture; fits(p, maxWidth, maxHeight) {
		return p
	}
	sizes := squareSizes
	if whole := loan.Picture; whole != nil && whole.Width > 0 && whole.Height > 0 {
		sizes = wholeSizes
	}
	for _, size := range sizes {
		p, ok := s.Picture(loan.Data.ImageID, size)
		if ok && p.Width > 0 && p.Height > 0 && fits(p, maxWidth, maxHeight) {
			return p
		}
	}
	return site.Picture{}
}

func fits(p site.Picture, maxWidth, maxHeight int) bool {
	return within(p.Width, maxWidth) == p.Width && within(p.Height, maxHeight) == p.Height
}
