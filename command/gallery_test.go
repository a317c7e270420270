package command

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"

	"loanleaf/kiva"
)

func TestAFolderOfPictures(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, width, height int) {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, width, height)), nil); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("w450h360/1.jpg", 450, 300)
	put("1.jpg", 1200, 800)
	put("2.jpg", 640, 480)
	put("../outside.jpg", 10, 10)
	if err := os.WriteFile(filepath.Join(dir, "3.jpg"), []byte("not a picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../outside.jpg", filepath.Join(dir, "4.jpg")); err != nil {
		t.Fatal(err)
	}
	pictures, err := openFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name          string
		size          string
		id            int64
		width, height int
	}{
		{"at its own size", "w450h360", 1, 450, 300},
		{"at a size that has no file, the whole picture", "s300", 1, 1200, 800},
		{"only the whole picture is there", "w450h360", 2, 640, 480},
		{"a file that is no picture", "s300", 3, 0, 0},
		{"a link that leads out of the folder", "s300", 4, 0, 0},
		{"no file", "s300", 5, 0, 0},
		{"a size that leads out of the folder", "..", 1, 1200, 800},
	} {
		width, height, ok := pictures.PictureSize(test.size, test.id)
		if width != test.width || height != test.height || ok != (test.width > 0) {
			t.Errorf("%s: %d×%d %t, want %d×%d", test.name, width, height, ok, test.width, test.height)
		}
		body, err := pictures.Picture(test.size, test.id)
		if ok {
			config, err := jpeg.DecodeConfig(bytes.NewReader(body))
			if err != nil || config.Width != width || config.Height != height {
				t.Errorf("%s: the picture is %d×%d: %v", test.name, config.Width, config.Height, err)
			}
		} else if !errors.Is(err, kiva.ErrNotFound) {
			t.Errorf("%s: %v is not kiva.ErrNotFound", test.name, err)
		}
	}
	some := &shown{gallery: pictures, ids: []int64{2}}
	if _, err := some.Picture("s300", 1); !errors.Is(err, kiva.ErrNotFound) {
		t.Errorf("a picture of no loan that is shown: %v", err)
	}
	if body, err := some.Picture("s300", 2); err != nil || len(body) == 0 {
		t.Errorf("a picture of a loan that is shown: %v", err)
	}
}

func TestDrawingsAreForTheSampleAlone(t *testing.T) {
	d, err := newDrawn()
	if err != nil || len(d.ids) < 20 {
		t.Fatalf("%d pictures: %v", len(d.ids), err)
	}
	own := int64(1)
	for d.ids[own] {
		own++
	}
	if _, _, ok := d.PictureSize("s300", own); ok {
		t.Error("somebody's own loan gets a drawing")
	}
	if _, err := d.Picture("s300", own); !errors.Is(err, kiva.ErrNotFound) {
		t.Errorf("somebody's own loan gets a drawing: %v", err)
	}
	for id := range d.ids {
		first, err := d.Picture("s40", id)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := d.Picture("s40", id); err != nil || !bytes.Equal(first, again) {
			t.Errorf("picture %d is another one the second time: %v", id, err)
		}
	}
}

func TestAFolderThatIsNotThere(t *testing.T) {
	_, err := openFolder(filepath.Join(t.TempDir(), "nowhere"))
	if h, ok := errors.AsType[*hinted](err); !ok || h.hint == "" {
		t.Errorf("got %v without a hint", err)
	}
}
