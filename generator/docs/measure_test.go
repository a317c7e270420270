package docs

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
)

// FuzzMeasure: whatever a picture's bytes are, it is refused or has a size, and one
// that is drawn holds nothing that runs.
func FuzzMeasure(f *testing.F) {
	endings := []string{".svg", ".webp", ".avif", ".png", ".jpg", ".gif"}
	var drawn, photo bytes.Buffer
	dot := image.NewGray(image.Rect(0, 0, 3, 2))
	if err := png.Encode(&drawn, dot); err != nil {
		f.Fatal(err)
	}
	if err := jpeg.Encode(&photo, dot, nil); err != nil {
		f.Fatal(err)
	}
	turned := append([]byte("\xff\xd8\xff\xe1\x00\x22Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"), photo.Bytes()[2:]...)
	for _, seed := range []struct {
		ending uint8
		body   string
	}{
		{0, "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'/>"}, {0, "<svg width='1e3' height='2in'><script>x</script></svg>"}, {0, "<svg onload='x'/>"}, {0, "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"},
		{1, "RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x01\x00\x00"}, {1, "RIFF\x00\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\x02\x40\x00\x00\x00\x00\x00\x00\x00\x00"},
		{2, "\x00\x00\x00\x14ftypavif\x00\x00\x00\x00\x00\x00\x00\x14ispe\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x02"},
		{3, drawn.String()}, {4, photo.String()}, {4, string(turned)}, {5, "GIF89a\x03\x00\x02\x00\x00\x00\x00"},
	} {
		f.Add(seed.ending, []byte(seed.body))
	}
	f.Fuzz(func(t *testing.T, ending uint8, body []byte) {
		of := endings[int(ending)%len(endings)]
		width, height, err := measure(of, body)
		if err == nil && of != ".svg" && (width <= 0 || height <= 0) || width < 0 || height < 0 {
			t.Errorf("%d × %d pixels, %v", width, height, err)
		}
		if err == nil && of == ".svg" && bytes.Contains(bytes.ToLower(body), []byte("<script")) && !bytes.Contains(body, []byte("<!--")) && !bytes.Contains(body, []byte("<![CDATA[")) && !bytes.Contains(body, []byte("<?")) {
			t.Errorf("a drawing with a script is published: %q", body)
		}
	})
}
