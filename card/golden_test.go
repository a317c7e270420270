package card

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"os"
	"path/filepath"
	"testing"

	"loanleaf/locale"
	"loanleaf/public"
)

var update = flag.Bool("update", false, "write the goldens")

// What differs between two processors: the shade of an edge here and there. A
// letter that moves by a pixel, or is another one, differs by far more.
const (
	mostMean   = 0.25 // of 255, over all pixels
	farOff     = 64   // of 255, of one pixel
	mostFarOff = 0.0005
)

// difference tells how far apart two pictures are; an error when they are not
// of one size.
func difference(a, b image.Image) (mean, far float64, err error) {
	if a.Bounds() != b.Bounds() {
		return 0, 0, fmt.Errorf("%v, not %v", a.Bounds(), b.Bounds())
	}
	r := a.Bounds()
	var sum, off int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			worst := max(apart(r1, r2), apart(g1, g2), apart(b1, b2))
			sum += worst
			if worst > farOff {
				off++
			}
		}
	}
	pixels := float64(r.Dx() * r.Dy())
	return float64(sum) / pixels, float64(off) / pixels, nil
}

func apart(a, b uint32) int {
	d := int(a>>8) - int(b>>8)
	return max(d, -d)
}

// compare holds a picture to testdata/NAME, tolerantly.
func compare(t *testing.T, name string, body []byte) {
	t.Helper()
	golden := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(golden, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(old, body) {
		return
	}
	want, _, err := image.Decode(bytes.NewReader(old))
	if err != nil {
		t.Fatal(err)
	}
	got, _, err := image.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	mean, far, err := difference(got, want)
	if err != nil || mean > mostMean || far > mostFarOff {
		t.Errorf("%s differs: %.3f on average, %.3f %% of the pixels by much, %v; run with -update and look at it", golden, mean, 100*far, err)
	}
}

func (f Format) ending() string {
	if f == JPEG {
		return ".jpg"
	}
	return ".png"
}

// TestCards draws every kind of card. The limits are those of readers of
// previews: 300 KB where there is a photo, and 120 KB for text.
func TestCards(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	for _, d := range drawings() {
		t.Run(d.name, func(t *testing.T) {
			body := d.draw(t, p)
			most := 120 << 10
			if d.format == JPEG {
				most = 300 << 10
			}
			if len(body) > most {
				t.Errorf("%d bytes, at most %d are right", len(body), most)
			}
			compare(t, d.name+d.format.ending(), body)
		})
	}
}

func TestCardsWithoutALoan(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	for _, tag := range []string{"en", "ar"} {
		gone, err := p.Gone(teller(t, tag).Gone(), Large, PNG)
		if err != nil {
			t.Fatal(err)
		}
		compare(t, "gone-"+tag+".png", gone)
	}
	l, _ := locale.Get("en")
	site, err := p.Site("Loanleaf", "loans.example", l.Words.HeadingHome, l, Large)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "site.png", site)
}

func TestTheComparisonSeesALetterThatIsAnother(t *testing.T) {
	p := New(ColoursOf(public.Embedded()))
	d := drawings()[3]
	one, _, err := image.Decode(bytes.NewReader(d.draw(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	d.loan.Use = "to buy more bucks and chickens for her small farm."
	two, _, err := image.Decode(bytes.NewReader(d.draw(t, p)))
	if err != nil {
		t.Fatal(err)
	}
	if _, far, err := difference(one, two); err != nil || far <= mostFarOff/4 {
		t.Errorf("%.5f of the pixels differ, %v: a comparison would hardly see it", far, err)
	}
}
