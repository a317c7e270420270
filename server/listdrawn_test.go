package server_test

import (
	"bytes"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/server"
	"loanleaf/site"
)

// TestDrawingsOfListsAreTheSameBuiltAndServed compares those of lists of every kind,
// in the first language and in another; built are all of them.
func TestDrawingsOfListsAreTheSameBuiltAndServed(t *testing.T) {
	loans := sampleStore(t, kiva.Refunded, kiva.InRepayment, kiva.Paid, kiva.Funded, kiva.Expired, kiva.Defaulted)
	s, err := site.New(site.Config{
		BaseURL: "https://example.org/our/loans", Name: "Loanleaf", Languages: []string{"en", "ar"}, OEmbed: site.Static, Images: site.NoImages, ListCards: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	dir := buildFolder(t, s, loans, nil)
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate})
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for file := range filesOf(t, dir) {
		if _, card, ok := strings.Cut("/"+file, "/card/"); ok && card != "site.png" || strings.Contains("/"+file, "/badge/") {
			left[file] = true
		}
	}
	compared := map[site.Kind]int{}
	for a, err := range page.New(s, loans, dataDate, nil).Walk(t.Context(), []string{"en", "ar"}) {
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != site.ListCard && a.Kind != site.ListBadge {
			continue
		}
		file := s.File(a)
		if !left[file] {
			t.Errorf("%s is not built", file)
		}
		delete(left, file)
		if compared[a.Of]++; compared[a.Of] > 12 { // to draw all again would take long
			continue
		}
		built, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		got := ask(t, web, s.Path(a))
		if got.code != http.StatusOK || got.body != string(built) || got.contentType != page.ContentType(a.Kind) {
			t.Errorf("%s: answered %d %q with %d bytes, %d are built", s.Path(a), got.code, got.contentType, len(got.body), len(built))
		}
		if a.Kind == site.ListCard {
			size, err := png.DecodeConfig(bytes.NewReader(built))
			if want := map[bool]int{false: 1200, true: 600}[a.Small]; err != nil || size.Width != want {
				t.Errorf("%s is %d wide, %v", file, size.Width, err)
			}
		}
	}
	if len(left) > 0 {
		t.Errorf("nobody asked for %v", left)
	}
	for _, kind := range []site.Kind{site.Home, site.Country, site.Sector, site.Partner} {
		if compared[kind] < 6 {
			t.Errorf("%d drawings of lists of kind %d were compared", compared[kind], kind)
		}
	}
}

// TestDrawingsOfListsThatAreNotThereArePictures holds that lists do what loans do.
func TestDrawingsOfListsThatAreNotThereArePictures(t *testing.T) {
	loans := sampleStore(t, kiva.Refunded)
	s, err := site.New(site.Config{BaseURL: "https://loans.example", Name: "Loanleaf", Languages: []string{"en", "es"}, OEmbed: "https://loans.example/services/oembed", Images: site.NoImages})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate})
	if err != nil {
		t.Fatal(err)
	}
	there := ask(t, web, "/es/card/country/ke-600.png")
	gone := ask(t, web, "/es/card/country/zz-600.png")
	if gone.code != http.StatusOK || gone.contentType != "image/png" || gone.body == there.body || gone.body == ask(t, web, "/es/card/5-600.png").body {
		t.Errorf("answered %d %q", gone.code, gone.contentType)
	}
	for _, path := range []string{"/es/card/country/yy-600.png", "/es/card/partners/99999-600.png", "/es/card/sector/nothing-600.png"} {
		if got := ask(t, web, path); got.body != gone.body || got.code != http.StatusOK {
			t.Errorf("%s is another picture, with status %d", path, got.code)
		}
	}
	if badge := ask(t, web, "/es/badge/sector/nothing.svg"); badge.code != http.StatusOK || !strings.Contains(badge.body, "<title>préstamos: No disponible</title>") {
		t.Errorf("answered %d %s", badge.code, badge.body)
	}
	if badge := ask(t, web, "/es/badge/country/ke.svg"); !strings.Contains(badge.body, "<title>Préstamos en Kenia: ") {
		t.Errorf("%s", badge.body)
	}
	for path, want := range map[string]int{
		"/card/status/paid.png": http.StatusNotFound, "/card/newest.jpg": http.StatusNotFound, "/badge/country/ke-600.svg": http.StatusNotFound,
		"/card/country/ke.png.html": http.StatusMovedPermanently, "/card/newest.png?v=5": http.StatusOK,
	} {
		if got := ask(t, web, path); got.code != want {
			t.Errorf("%s: %d, want %d", path, got.code, want)
		}
	}
}
