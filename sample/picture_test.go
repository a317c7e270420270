package sample

import (
	"bytes"
	"image/jpeg"
	"strings"
	"testing"
)

// Ids whose originals are 3:2, 4:3 and upright 3:4.
func formats(t *testing.T) map[string]int64 {
	t.Helper()
	ids := map[string]int64{}
	for id := int64(1); len(ids) < 3; id++ {
		switch w, h := originalOf(id); {
		case w*2 == h*3:
			ids["3:2"] = id
		case w*3 == h*4:
			ids["4:3"] = id
		default:
			ids["3:4"] = id
		}
	}
	return ids
}

func TestSizesFollowKivasGrammar(t *testing.T) {
	tests := []struct {
		size, format string
		w, h         int
	}{
		{"w80h80", "4:3", 80, 60},
		{"w200h200", "3:2", 200, 133},
		{"w200h200", "3:4", 150, 200},
		{"w325h250", "4:3", 325, 244},
		{"w450h360", "4:3", 450, 338},
		{"h360w450", "4:3", 450, 338},
		{"w450h360", "3:4", 270, 360},
		{"s300", "3:2", 300, 300},
		{"s300", "3:4", 300, 300},
		{"h300", "3:2", 450, 300},
		{"w300", "3:4", 300, 400},
		{"w1", "3:2", 1, 1},
		{"w1200", "4:3", 1200, 900},
		{"fullsize", "3:2", 1200, 800},
		{"fullsize", "3:4", 900, 1200},
	}
	ids := formats(t)
	for _, tt := range tests {
		t.Run(tt.size+" of "+tt.format, func(t *testing.T) {
			w, h, ok := PictureSize(tt.size, ids[tt.format])
			if !ok || w != tt.w || h != tt.h {
				t.Errorf("PictureSize says %d×%d, %v; want %d×%d", w, h, ok, tt.w, tt.h)
			}
			body, err := Picture(tt.size, ids[tt.format])
			if err != nil {
				t.Fatal(err)
			}
			drawn, err := jpeg.DecodeConfig(bytes.NewReader(body))
			if err != nil || drawn.Width != tt.w || drawn.Height != tt.h {
				t.Errorf("drawn %d×%d, %v; want %d×%d", drawn.Width, drawn.Height, err, tt.w, tt.h)
			}
		})
	}
}

func TestOtherSizesAreRefused(t *testing.T) {
	for _, size := range []string{
		"", "w", "h", "s", "w0", "w-1", "w+5", "w1201", "w99999999999999999999", "300", "x300", "w300w300", "s300w20", "h20s300",
		"w300h", "w300x200", "W300", "w 300", "w0300", "full", "fullsize ", "w300h200s100", "w３00", "w300\x00", "wh300",
	} {
		if w, h, ok := PictureSize(size, 1); ok {
			t.Errorf("%q is taken for %d×%d", size, w, h)
		}
		if _, err := Picture(size, 1); err == nil || !strings.Contains(err.Error(), "size") {
			t.Errorf("%q: %v", size, err)
		}
	}
}

func TestPicturesAreAlwaysTheSameAndEachItsOwn(t *testing.T) {
	seen := map[string]int64{}
	for id := int64(1); id <= 60; id++ {
		first, err := Picture("w200h200", id)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Picture("w200h200", id)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Errorf("picture %d came out differently the second time", id)
		}
		if other := seen[string(first)]; other != 0 {
			t.Errorf("pictures %d and %d are the same", other, id)
		}
		seen[string(first)] = id
	}
}

func TestThePicturesOfTheSampleAreLight(t *testing.T) {
	for _, r := range readLines(t, Loans()) {
		if r.Image == nil {
			continue
		}
		body, err := Picture("w450h360", r.Image.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(body) > 30<<10 {
			t.Errorf("picture %d takes %d bytes", r.Image.ID, len(body))
		}
	}
}

func TestAnyIdHasAPicture(t *testing.T) {
	for _, id := range []int64{0, -1, -1 << 63, 1<<63 - 1} {
		if _, err := Picture("s40", id); err != nil {
			t.Error(err)
		}
	}
}

// A square of a wide picture loses its sides evenly, one of a tall picture its foot (kiva-data and the seed leave the
// rest of the picture untouched): so the square must be a part of the whole at the same scale.
func TestSquaresAreCutNotSquashed(t *testing.T) {
	for format, id := range formats(t) {
		w, h := originalOf(id)
		whole := decode(t, "h300", id)
		left, top := (300*w/h-300)/2, 0
		if h > w {
			whole, left = decode(t, "w300", id), 0
		}
		square := decode(t, "s300", id)
		off := 0
		for y := 0; y < 300; y += 3 {
			for x := 0; x < 300; x += 3 {
				r, g, b, _ := square.At(x, y).RGBA()
				wr, wg, wb, _ := whole.At(x+left, y+top).RGBA()
				if apart(r, wr) > 40 || apart(g, wg) > 40 || apart(b, wb) > 40 {
					off++
				}
			}
		}
		if off > 200 { // of 10,000; compression blurs edges
			t.Errorf("%s: %d of 10,000 points of the square are not where the whole has them", format, off)
		}
	}
}

func apart(a, b uint32) int { return max(int(a>>8)-int(b>>8), int(b>>8)-int(a>>8)) }

func FuzzPictureSize(f *testing.F) {
	for _, s := range []string{"w80h80", "s300", "fullsize", "h1200", "w0", "h300w300", "ｗ80", "s", "w12s3"} {
		f.Add(s, int64(7))
	}
	f.Fuzz(func(t *testing.T, size string, id int64) {
		w, h, ok := PictureSize(size, id)
		if ok != (w > 0 && h > 0) || w > 1800 || h > 1800 {
			t.Errorf("%q of %d: %d×%d, %v", size, id, w, h, ok)
		}
	})
}

func BenchmarkPicture(b *testing.B) {
	b.ReportAllocs()
	for i := range b.N {
		if _, err := Picture("w450h360", int64(i)); err != nil {
			b.Fatal(err)
		}
	}
}
