package smoke

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"golang.org/x/net/html"

	"loanleaf/locale"
	"loanleaf/public"
	"loanleaf/sample"
	"loanleaf/store"
	"loanleaf/templates/snippet"
)

// How many loans of the sample's volume are measured: by default, in CI, and with
// -matrix.
const (
	someLoans = 150
	manyLoans = 600
	allLoans  = 20_000
)

// measured is one line of the table of budgets.
type measured struct {
	what       string
	got, limit int
	unit       string
}

// packed is how long a text is after gzip at its usual level.
func packed(t *testing.T, body []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// fetched is a body straight from the handler.
func (x *exhibition) fetched(t *testing.T, path string) []byte {
	t.Helper()
	answer := httptest.NewRecorder()
	x.loans.Config.Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, answer.Code)
	}
	return answer.Body.Bytes()
}

// requests is how many a document costs when it is shown: itself, and what its
// elements fetch. One that is not in sight is not fetched, and counts all the same.
func requests(t *testing.T, document []byte) int {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	addresses := map[string]bool{"itself": true}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			loads := a.Key == "src" || a.Key == "href" && n.Data == "link" && slices.ContainsFunc(n.Attr, func(rel html.Attribute) bool {
				return rel.Key == "rel" && (rel.Val == "stylesheet" || rel.Val == "icon")
			})
			if loads {
				addresses[a.Val] = true
			}
		}
	}
	return len(addresses)
}

// volume is a store of so many loans of the sample's volume, and their numbers.
func volume(t *testing.T, n int) (*store.Store, []int64) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "volume")
	if err := sample.WriteFolder(dir, n, 1); err != nil {
		t.Fatal(err)
	}
	loans := storeOf(t, func(ctx context.Context, into *store.Import) error { return importFile(ctx, into, dir) })
	var ids []int64
	for loan, err := range loans.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, loan.ID)
	}
	if len(ids) < n*9/10 {
		t.Fatalf("%d of %d loans", len(ids), n)
	}
	return loans, ids
}

// part is the number that a share of all, in hundredths, are not above.
func part(all []int, hundredths int) int {
	slices.Sort(all)
	return all[(len(all)-1)*hundredths/100]
}

// TestBudgets holds what is sent to the limits of the design, and prints them.
func TestBudgets(t *testing.T) {
	n := someLoans
	switch {
	case *matrix:
		n = allLoans
	case *everything:
		n = manyLoans
	}
	loans, ids := volume(t, n)
	x := exhibit(t, "127.0.0.1", loans)
	var page, pagePacked, widgetRequests, pageRequests []int
	widget := map[string][]int{}
	for _, id := range ids {
		body := x.fetched(t, fmt.Sprintf("/lend/%d", id))
		page, pagePacked = append(page, len(body)), append(pagePacked, packed(t, body))
		pageRequests = append(pageRequests, requests(t, body))
		for _, language := range locale.Shipped() {
			prefix := "/" + language
			if language == "en" {
				prefix = ""
			}
			body = x.fetched(t, fmt.Sprintf("%s/embed/%d", prefix, id))
			widget[language], widgetRequests = append(widget[language], packed(t, body)), append(widgetRequests, requests(t, body))
		}
	}
	var photos, badges, cards, photoCards []int
	for _, id := range ids[:60] {
		if photo, err := sample.Picture("w450h360", 7000+id%1000); err != nil {
			t.Error(err)
		} else {
			photos = append(photos, len(photo))
		}
		badges = append(badges, len(x.fetched(t, fmt.Sprintf("/badge/%d.svg", id))))
	}
	for _, id := range ids[:12] {
		cards = append(cards, len(x.fetched(t, fmt.Sprintf("/card/%d.png", id))))
		photoCards = append(photoCards, len(x.fetched(t, fmt.Sprintf("/card/%d.jpg", id))))
	}
	files := public.Embedded()
	of := map[string]int{}
	for _, asset := range files.Assets() {
		of[asset.Name] = packed(t, asset.Body)
	}
	table := []measured{
		{"widget document, median, gzip", part(widget["en"], 50), 4 << 10, "B"},
		{"widget document, the largest, gzip", part(widget["en"], 100), 4 << 10, "B"},
		{"the largest in Spanish, gzip", part(widget["es"], 100), 4 << 10, "B"},
		{"the largest in French, gzip", part(widget["fr"], 100), 4 << 10, "B"},
		{"the largest in Arabic, gzip", part(widget["ar"], 100), 4 << 10, "B"},
		{"its style, gzip", packed(t, []byte(files.WidgetStyle())), 2500, "B"},
		{"its script, gzip", packed(t, []byte(files.FrameScript())), 512, "B"},
		{"its requests, with the picture", part(widgetRequests, 100), 2, ""},
		{"scripts on the page around a frame", strings.Count(snippet.Frame.Write(x.subject(), snippet.Choice{Size: snippet.Standard, Theme: snippet.Auto}), "<script"), 0, ""},
		{"loan-card.js, gzip", packed(t, files.CardScript("https://loans.example", locale.Shipped())), 2048, "B"},
		{"embed.js, gzip", of[public.EmbedScript], 4096, "B"},
		{"loan page, median", part(page, 50), 24 << 10, "B"},
		{"loan page, median, gzip", part(pagePacked, 50), 8 << 10, "B"},
		{"loan page, 99 of 100, gzip", part(pagePacked, 99), 14 << 10, "B"},
		{"its requests, with style, icon, script and picture", part(pageRequests, 100), 5, ""},
		{"style of pages, gzip", of[public.SiteStyle], 6 << 10, "B"},
		{"photo at 450 pixels, the largest", part(photos, 100), 30 << 10, "B"},
		{"badge, the largest", part(badges, 100), 1 << 10, "B"},
		{"card without a photo, PNG, the largest", part(cards, 100), 120 << 10, "B"},
		{"card with a photo, JPEG, the largest", part(photoCards, 100), 300 << 10, "B"},
	}
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, m := range table {
		fmt.Fprintf(w, "%d %s\tof %d\t  %s\n", m.got, m.unit, m.limit, m.what)
		if m.got > m.limit {
			t.Errorf("%s: %d %s, at most %d are right", m.what, m.got, m.unit, m.limit)
		}
	}
	_ = w.Flush()
	t.Logf("of %d loans:\n%s", len(ids), text.String())
}
