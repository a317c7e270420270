package view

import "loanleaf/kiva"

// Sizes at which pictures are linked, both among those that Kiva keeps ready
// (seed 002, "Images and Other Media").
const (
	wholePicture  = "w450h360"
	squarePicture = "s300"
)

// PictureSizes are the sizes, in Kiva's grammar, that views link where the
// measure of pictures is known: what a build has to write.
func PictureSizes() []string { return []string{wholePicture} }

// pictures shows nobody on an anonymous loan; [kiva.Loan.Redact] saw to it.
func (t *telling) pictures(v *Loan, loan *kiva.Loan) {
	// A square can cut people out of a group, so the whole picture is shared
	// where its measure is known.
	picture, ok := t.site.Picture(loan.ImageID, wholePicture)
	if !ok {
		return
	}
	alt := t.fill(t.words.PhotoOf, "name", v.Name)
	v.Picture = t.blocks.pictures.one(Picture{Picture: picture, Alt: alt})
	v.Share = v.Picture
	if picture.Width == 0 {
		if share, ok := t.site.Picture(loan.ImageID, squarePicture); ok {
			v.Share = t.blocks.pictures.one(Picture{Picture: share, Alt: alt})
		}
	}
}
