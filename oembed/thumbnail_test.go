package oembed

import (
	"strings"
	"testing"

	"loanleaf/kiva"
	"loanleaf/site"
)

func TestThumbnails(t *testing.T) {
	const measured, pattern, one, none = "pictures that the site measures", "pictures by a pattern", "pictures of one size", "no pictures"
	pictured := func(*kiva.Loan) {}
	for _, test := range []struct {
		rule, site    string
		loan          func(*kiva.Loan)
		width, height int
		want          site.Picture
	}{
		{"the shared picture without bounds", measured, pictured, 0, 0, site.Picture{URL: "https://loans.example/img/w450h360/1.jpg", Width: 450, Height: 338}},
		{"the shared picture where it fits exactly", measured, pictured, 450, 338, site.Picture{URL: "https://loans.example/img/w450h360/1.jpg", Width: 450, Height: 338}},
		{"the next smaller one where that is too wide", measured, pictured, 449, 0, site.Picture{URL: "https://loans.example/img/w325h250/1.jpg", Width: 325, Height: 244}},
		{"the next smaller one where that is too high", measured, pictured, 0, 337, site.Picture{URL: "https://loans.example/img/w325h250/1.jpg", Width: 325, Height: 244}},
		{"a smaller one yet", measured, pictured, 0, 243, site.Picture{URL: "https://loans.example/img/w200h200/1.jpg", Width: 200, Height: 150}},
		{"the smallest", measured, pictured, 80, 60, site.Picture{URL: "https://loans.example/img/w80h80/1.jpg", Width: 80, Height: 60}},
		{"none where none fits", measured, pictured, 79, 0, site.Picture{}},
		{"a square where somebody else serves pictures", pattern, pictured, 0, 0, site.Picture{URL: "https://pictures.example/s300/1.jpg", Width: 300, Height: 300}},
		{"a smaller square", pattern, pictured, 0, 299, site.Picture{URL: "https://pictures.example/s200/1.jpg", Width: 200, Height: 200}},
		{"the smallest square", pattern, pictured, 80, 80, site.Picture{URL: "https://pictures.example/s80/1.jpg", Width: 80, Height: 80}},
		{"none where no square fits", pattern, pictured, 500, 79, site.Picture{}},
		{"none whose measure nobody knows", one, pictured, 0, 0, site.Picture{}},
		{"none on a site without pictures", none, pictured, 0, 0, site.Picture{}},
		{"none of a loan without a picture", measured, func(l *kiva.Loan) { l.ImageID = 0 }, 0, 0, site.Picture{}},
		{"none that the site does not have", measured, func(l *kiva.Loan) { l.ImageID = 9 }, 100, 0, site.Picture{}},
		{"none of somebody who is not named", measured, func(l *kiva.Loan) { l.Name = "Anonymous" }, 100, 0, site.Picture{}},
	} {
		s := newSite(t, sites[test.site])
		a := For(s, told(t, s, test.loan), Request{Format: JSON, MaxWidth: test.width, MaxHeight: test.height})
		if a.Thumbnail != test.want {
			t.Errorf("%s: got %+v, want %+v", test.rule, a.Thumbnail, test.want)
		}
		said := strings.Count(string(a.Append(nil, JSON, "")), `"thumbnail_`)
		if want := 3 * min(test.want.Width, 1); said != want {
			t.Errorf("%s: %d keys, want %d", test.rule, said, want)
		}
	}
}

// TestASizeOfHalfAMeasureIsNotSaid holds oEmbed 2.3.4: all three keys or none.
func TestASizeOfHalfAMeasureIsNotSaid(t *testing.T) {
	for _, p := range []site.Picture{{URL: "https://loans.example/1.jpg"}, {URL: "https://loans.example/1.jpg", Width: 300}, {Width: 300, Height: 300}} {
		if body := string(Answer{Type: Rich, Thumbnail: p}.Append(nil, JSON, "")); strings.Contains(body, "thumbnail") {
			t.Errorf("%+v gives %s", p, body)
		}
	}
}
