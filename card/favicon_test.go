package card

import (
	"bytes"
	"encoding/binary"
	"image/color"
	"image/png"
	"testing"

	"loanleaf/public"
)

func TestTheFaviconIsTheSignInTheBrandsColour(t *testing.T) {
	set, err := public.Embedded().Branded(public.Brand{Light: public.Shades{Brand: "#0b6650"}})
	if err != nil {
		t.Fatal(err)
	}
	ico, err := Favicon(ColoursOf(set))
	if err != nil {
		t.Fatal(err)
	}
	if len(ico) > 3<<10 {
		t.Errorf("it has %d bytes", len(ico))
	}
	if !bytes.HasPrefix(ico, []byte{0, 0, 1, 0, 3, 0}) {
		t.Fatalf("it begins with % x", ico[:6])
	}
	for i, size := range faviconSizes {
		entry := ico[6+16*i:][:16]
		length, at := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
		picture, err := png.Decode(bytes.NewReader(ico[at:][:length]))
		if err != nil {
			t.Fatal(err)
		}
		if picture.Bounds().Dx() != size || picture.Bounds().Dy() != size || int(entry[0]) != size {
			t.Errorf("picture %d is %v, its entry says %d", size, picture.Bounds(), entry[0])
		}
		brand, white, nothing := color.NRGBA{0x0b, 0x66, 0x50, 0xff}, color.NRGBA{0xff, 0xff, 0xff, 0xff}, color.NRGBA{}
		for what, c := range map[string]struct {
			x, y int // on a grid of 32
			want color.NRGBA
		}{
			"a corner is clear":           {0, 0, nothing},
			"the other corner is clear":   {31, 31, nothing},
			"the ground has the colour":   {16, 3, brand},
			"the leaf is white":           {21, 18, white},
			"the rib of the leaf divides": {13, 18, brand},
			"below the leaf is ground":    {26, 28, brand},
		} {
			got := color.NRGBAModel.Convert(picture.At(c.x*size/32, c.y*size/32)).(color.NRGBA)
			if size >= 32 && got != c.want {
				t.Errorf("%d pixels: %s: %v, want %v", size, what, got, c.want)
			}
		}
	}
}
