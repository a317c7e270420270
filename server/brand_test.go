package server_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"loanleaf/generator/hosting"
	"loanleaf/generator/page"
	"loanleaf/public"
	"loanleaf/server"
	"loanleaf/site"
)

// TestASiteInItsOwnColours asks for everything that the files of a site reach:
// its assets, the widget and the policies that allow its style, in the answer's
// header, in the document and in the settings for file hosts, and the fragment of
// oEmbed.
func TestASiteInItsOwnColours(t *testing.T) {
	files, err := public.Embedded().Branded(public.Brand{Light: public.Shades{Brand: "#b91c1c"}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en"}, Images: site.NoImages,
		OEmbed: "https://loans.example/services/oembed", Colour: files.LinkColour(),
	})
	if err != nil {
		t.Fatal(err)
	}
	loans := sampleStore(t)
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Public: files})
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		web.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}

	home := get("/").Body.String()
	coloured := func(all []public.Asset) []public.Asset {
		return slices.DeleteFunc(all, func(a public.Asset) bool {
			return slices.Contains([]string{public.CopyScript, public.DocsStyle, public.DocsScript, public.EmbedScript, public.EmbedStyle, public.FindScript, public.World}, a.Name)
		})
	}
	for _, asset := range coloured(files.Assets()) {
		if w := get(s.Asset(asset.File)); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "#b91c1c") || !strings.Contains(home, s.Asset(asset.File)) {
			t.Errorf("%s: %d, or not in the brand's colour, or the page has no link to it", asset.File, w.Code)
		}
	}
	for _, asset := range coloured(public.Embedded().Assets()) {
		if w := get(s.Asset(asset.File)); w.Code != http.StatusNotFound || strings.Contains(home, s.Asset(asset.File)) {
			t.Errorf("%s in other colours is still there", asset.File)
		}
	}

	sum := sha256.Sum256([]byte(files.WidgetStyle()))
	hash := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	for _, path := range []string{"/embed/100001", "/embed/1"} { // there, and not there
		widget := get(path)
		_, style, _ := strings.Cut(widget.Body.String(), "<style>")
		style, _, _ = strings.Cut(style, "</style>")
		if style != files.WidgetStyle() || !strings.Contains(style, "--brand:light-dark(#b91c1c,") {
			t.Errorf("%s has another style", path)
		}
		if policy := widget.Header().Get("Content-Security-Policy"); !strings.Contains(policy, hash) {
			t.Errorf("%s: the header allows %s", path, policy)
		}
	}
	for _, file := range hosting.Files(page.New(s, loans, dataDate, files)) {
		if file.Name != "_redirects" && !strings.Contains(string(file.Body), hash) {
			t.Errorf("%s does not allow the widget's style", file.Name)
		}
	}

	preview := get("/services/oembed?format=preview&url=https://loans.example/lend/100001")
	if body := preview.Body.String(); preview.Code != http.StatusOK || !strings.Contains(body, `style="color:#b91c1c"`) || strings.Contains(body, "4338a8") {
		t.Errorf("preview: %d, %s", preview.Code, body)
	}
}
