package sample

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"strconv"
	"strings"
)

const (
	largestSide = 1200 // of a size asked for, in pixels
	quality     = 82   // of the JPEG
)

// Picture draws the picture of an image id as a JPEG, in a size of Kiva's grammar (seed 002, "Images and Other Media"):
// h<n>, w<n>, w<n>h<n> or h<n>w<n> (fits inside), s<n> (square) with n from 1 to 1200, or fullsize (1200×800,
// 1200×900 or 900×1200). Any id has a picture; id modulo 20 chooses what it shows. The same arguments give the same
// bytes on one kind of processor; between kinds, an edge may be rounded differently. A size outside the grammar is an error.
func Picture(size string, id int64) ([]byte, error) {
	cut, ok := parseSize(size, id)
	if !ok {
		return nil, fmt.Errorf("picture %d: size %q is none of h<n>, w<n>, w<n>h<n>, s<n> with n from 1 to %d, or fullsize", id, size, largestSide)
	}
	s := sceneOf(id)
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, cut.wholeWidth, cut.wholeHeight))}
	c.scale = float64(cut.wholeWidth) / s.width
	s.paint(c)
	left := (cut.wholeWidth - cut.width) / 2
	seen := c.img.SubImage(image.Rect(left, 0, left+cut.width, cut.height))
	var out bytes.Buffer
	if err := jpeg.Encode(&out, seen, &jpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("picture %d at %s: %w", id, size, err)
	}
	return out.Bytes(), nil
}

// PictureSize gives the pixel size [Picture] would draw, without drawing; ok is false for a size outside the grammar.
func PictureSize(size string, id int64) (w, h int, ok bool) {
	cut, ok := parseSize(size, id)
	return cut.width, cut.height, ok
}

// cutting is what is seen of a picture: width and height, out of the whole. Where they differ the sides are cut evenly,
// or the bottom.
type cutting struct {
	width, height           int
	wholeWidth, wholeHeight int
}

func parseSize(size string, id int64) (cutting, bool) {
	ow, oh := originalOf(id)
	if size == "fullsize" {
		return cutting{ow, oh, ow, oh}, true
	}
	numbers := map[byte]int{}
	for size != "" {
		key := size[0]
		end := 1
		for end < len(size) && size[end] >= '0' && size[end] <= '9' {
			end++
		}
		n, err := strconv.Atoi(size[1:end])
		if err != nil || n < 1 || n > largestSide || size[1] == '0' || numbers[key] != 0 || !strings.ContainsRune("hws", rune(key)) {
			return cutting{}, false
		}
		numbers[key] = n
		size = size[end:]
	}
	w, h, side := numbers['w'], numbers['h'], numbers['s']
	switch {
	case side > 0 && len(numbers) == 1:
		return squareOf(ow, oh, side), true
	case side > 0 || len(numbers) == 0:
		return cutting{}, false
	case h == 0 || w > 0 && w*oh <= h*ow:
		h = max((w*oh+ow/2)/ow, 1)
	default:
		w = max((h*ow+oh/2)/oh, 1)
	}
	return cutting{w, h, w, h}, true
}

// squareOf follows Kiva's rule: of a wide picture the sides are cut evenly, of a tall one the bottom.
func squareOf(ow, oh, side int) cutting {
	if ow > oh {
		return cutting{side, side, (side*ow + oh/2) / oh, side}
	}
	return cutting{side, side, side, (side*oh + ow/2) / ow}
}
