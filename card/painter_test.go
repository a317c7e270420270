package card

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"sync"
	"testing"

	xdraw "golang.org/x/image/draw"

	"loanleaf/kiva"
	"loanleaf/public"
)

// TestTheSameCardIsTheSameBytes draws all cards at once on one painter, so that
// canvases and letters are shared, and compares them with those of new painters.
func TestTheSameCardIsTheSameBytes(t *testing.T) {
	want := map[string][]byte{}
	for _, d := range drawings() {
		want[d.name] = d.draw(t, New(ColoursOf(public.Embedded())))
	}
	p := New(ColoursOf(public.Embedded()))
	var drawing sync.WaitGroup
	for _, d := range drawings() {
		drawing.Go(func() {
			if got := d.draw(t, p); !bytes.Equal(got, want[d.name]) {
				t.Errorf("%s is another one beside others", d.name)
			}
		})
	}
	drawing.Wait()
}

func TestCardsWithoutAPhotoHaveAPalette(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	for _, d := range drawings() {
		if d.format != PNG {
			continue
		}
		picture, err := png.Decode(bytes.NewReader(d.draw(t, p)))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := picture.(*image.Paletted); !ok || picture.Bounds().Dx() != d.size.Width || picture.Bounds().Dy() != d.size.Height {
			t.Errorf("%s: %T of %v", d.name, picture, picture.Bounds())
		}
	}
}

func TestAPhotoMayBeDrawnAsPNGToo(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	d := drawings()[0]
	d.format, d.size = PNG, Small
	if _, err := png.Decode(bytes.NewReader(d.draw(t, p))); err != nil {
		t.Error(err)
	}
}

func TestPhotosOfEveryShapeAreDrawn(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	loan := mai()
	for _, size := range []image.Point{{1, 1}, {1, 900}, {900, 1}, {2000, 3000}, {3000, 200}} {
		for _, borrowers := range []int{1, 9} {
			loan.BorrowerCount, loan.Borrowers = borrowers, make([]kiva.Borrower, borrowers)
			told := teller(t, "en").Card(&loan)
			if _, err := p.Loan(told, image.NewGray(image.Rectangle{Max: size}), Small, JPEG); err != nil {
				t.Errorf("%v: %v", size, err)
			}
		}
	}
}

func TestPhotosThatAreNoneAreRefused(t *testing.T) {
	var small bytes.Buffer
	if err := jpeg.Encode(&small, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	vast := bytes.Clone(small.Bytes())
	frame := bytes.Index(vast, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(vast[frame+5:], 60_000)
	for want, body := range map[string][]byte{
		"photo: ": []byte("<html>"), "unexpected EOF": small.Bytes()[:40], "60000 pixels are more than a card takes": vast,
	} {
		if _, err := Photo(body); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if picture, err := Photo(small.Bytes()); err != nil || picture.Bounds().Dx() != 8 {
		t.Errorf("%v", err)
	}
}

// FuzzLoan draws whatever a name, a town or a use may hold.
func FuzzLoan(f *testing.F) {
	f.Add("Mai", "Thanh Hoa", "to buy ducks", uint8(0), true)
	f.Add("نور \u202e الهدى", "ភូមិ\u17d2", "\u2068\u2067(((", uint8(3), false)
	f.Add("e\u0301\u0301\u0301\u0301", "\u200d\u200d", strings.Repeat("ក្រ", 200), uint8(1), true)
	f.Add(strings.Repeat("W", 900), strings.Repeat("﷽", 40), "\u2029a\nb\r", uint8(2), false)
	p := New(ColoursOf(public.Embedded()))
	tags := []string{"en", "es", "fr", "ar"}
	f.Fuzz(func(t *testing.T, name, town, use string, tag uint8, group bool) {
		loan := mai(named(name, "KH", "Cambodia", town))
		loan.Use = use
		if group {
			loan.BorrowerCount = 5
		}
		told := teller(t, tags[int(tag)%len(tags)]).Drawn(&loan, Covers)
		if !Covers(told.Name) || !Covers(told.Place) || !Covers(told.Use.String()) {
			t.Errorf("%q, %q or %q cannot be drawn", told.Name, told.Place, told.Use)
		}
		body, err := p.Loan(told, nil, Small, PNG)
		if err != nil || len(body) > 120<<10 {
			t.Errorf("%d bytes, %v", len(body), err)
		}
	})
}

func TestStretchingAgreesWithTheLibrary(t *testing.T) {
	from := image.NewRGBA(image.Rect(3, 5, 48, 41))
	for i := range from.Pix {
		from.Pix[i] = uint8(i * i / 7)
		if i%4 == 3 {
			from.Pix[i] = 0xff
		}
	}
	for _, size := range []image.Point{{45, 36}, {46, 90}, {500, 630}, {333, 37}} {
		got, want := image.NewRGBA(image.Rectangle{Max: size}), image.NewRGBA(image.Rectangle{Max: size})
		stretch(got, got.Rect, from, from.Rect)
		xdraw.ApproxBiLinear.Scale(want, want.Rect, from, from.Rect, xdraw.Src, nil)
		if mean, far, err := difference(got, want); err != nil || mean > 2.5 || far > 0 {
			t.Errorf("%v: %.2f on average, %.4f far, %v", size, mean, far, err)
		}
	}
}
