package sample

import (
	"bytes"
	"image"
	"image/jpeg"
	"slices"
	"strings"
	"testing"
)

func decode(t *testing.T, size string, id int64) image.Image {
	t.Helper()
	body, err := Picture(size, id)
	if err != nil {
		t.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestThereAreTwentyMotifsInColoursThatExist(t *testing.T) {
	a := drawings()
	if len(a.motifs) != 20 {
		t.Errorf("%d motifs, want 20: image ids of the newcomer's collection rely on it", len(a.motifs))
	}
	for _, m := range moods {
		p := m.palette(cloths[0])
		for name, d := range a.named {
			if !slices.Contains([]string{"land", "water"}, d.ground) {
				t.Errorf("drawing %s stands on %q", name, d.ground)
			}
			for _, s := range d.shapes {
				if _, known := p[s.color]; s.part == nil && !known {
					t.Errorf("drawing %s uses colour %q", name, s.color)
				}
			}
		}
	}
}

func TestBrokenDrawingsAreRefusedWithTheirLine(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a shape before any drawing", "red o 1 2 3", "line 1"},
		{"an unknown shape", "= a land\nred k 1 2 3", "line 2"},
		{"a disc without its radius", "= a land\nred o 1 2", "line 2"},
		{"a path that stops early", "= a land\nred M 1 2 L 3", "line 2: path stops"},
		{"a number that is none", "= a land\nred o 1 2 x", "line 2"},
		{"a part that is not drawn", "= a land\n@ b 1 2 3", `"b" is used`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := readAlbum(tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}
