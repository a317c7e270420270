package view

// Sizes at which pictures are linked, both among those that Kiva keeps ready
// (seed 002, "Images and Other Media").
const (
	wholePicture  = "w450h360"
	squarePicture = "s300"
)

// PictureSizes are the sizes, in Kiva's grammar, that views link where the
// measure of pictures is known: what a build has to write.
func PictureSizes() []string { return []string{wholePicture} }
