package server_test

import (
	"encoding/json"
	"fmt"
	"image"
	_ "image/jpeg" // what pictures are
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
)

// TestThumbnailsAreAsLargeAsTheySay asks for answers within bounds of many sizes
// and opens the picture that each names, as the server sends it and as a build
// with that endpoint has it.
func TestThumbnailsAreAsLargeAsTheySay(t *testing.T) {
	const base = "https://loans.example"
	loans := sampleStore(t)
	s, err := site.New(site.Config{
		BaseURL: base, Name: "Loanleaf", Languages: locale.Shipped()[:1], OEmbed: base + "/services/oembed",
		Images: site.ServedImages, Gallery: drawings{},
	})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture})
	if err != nil {
		t.Fatal(err)
	}
	built := buildFolder(t, s, loans, nil)
	measured := map[string]image.Config{}
	sizes := map[image.Point]int{}
	for _, id := range []int64{100001, 100002, 100003, 100004} {
		for _, bound := range []int{0, 449, 338, 337, 325, 250, 244, 200, 150, 100, 80, 60, 59} {
			for _, name := range []string{"maxwidth", "maxheight"} {
				query := url.Values{"url": {fmt.Sprintf("%s/lend/%d", base, id)}, "format": {"json"}}
				if bound > 0 {
					query.Set(name, fmt.Sprint(bound))
				}
				got := ask(t, web, "/services/oembed?"+query.Encode())
				var answer struct {
					URL    string `json:"thumbnail_url"`
					Width  int    `json:"thumbnail_width"`
					Height int    `json:"thumbnail_height"`
				}
				if err := json.Unmarshal([]byte(got.body), &answer); err != nil {
					t.Fatalf("%s: %v: %s", query.Encode(), err, got.body)
				}
				if answer.URL == "" {
					sizes[image.Point{}]++
					continue
				}
				path := strings.TrimPrefix(answer.URL, base)
				if _, known := measured[path]; !known {
					measured[path] = measure(t, ask(t, web, path), filepath.Join(built, filepath.FromSlash(path)))
				}
				real := measured[path]
				if real.Width != answer.Width || real.Height != answer.Height || bound > 0 && (name == "maxwidth" && real.Width > bound || name == "maxheight" && real.Height > bound) {
					t.Errorf("loan %d, %s %d: %s is %d×%d, said %d×%d", id, name, bound, path, real.Width, real.Height, answer.Width, answer.Height)
				}
				sizes[image.Pt(real.Width, real.Height)]++
			}
		}
	}
	if len(sizes) < 5 {
		t.Errorf("only these sizes were named: %v", sizes)
	}
}

// measure opens a picture that was sent, and compares it with the file of a build.
func measure(t *testing.T, sent answer, file string) image.Config {
	t.Helper()
	built, err := os.ReadFile(file)
	if err != nil || string(built) != sent.body || sent.code != http.StatusOK {
		t.Errorf("%s is %d bytes, and %d are sent with status %d: %v", file, len(built), len(sent.body), sent.code, err)
	}
	config, _, err := image.DecodeConfig(strings.NewReader(sent.body))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return config
}
