package feed_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"loanleaf/generator/feed"
)

var update = flag.Bool("update", false, "write the goldens")

const page = "https://loans.example/of/ours/country/vn/"

// formats are the formats by the ends of their addresses.
var formats = []struct {
	name   string
	format feed.Format
	self   string
}{
	{"rss", feed.RSS, "https://loans.example/of/ours/feeds/country/vn.rss"},
	{"atom", feed.Atom, "https://loans.example/of/ours/feeds/country/vn.atom"},
	{"json", feed.JSON, "https://loans.example/of/ours/feeds/country/vn.json"},
}

// vietnam is a feed with a full item, one of an anonymous loan, and one without
// a date.
func vietnam() feed.Feed {
	return feed.Feed{
		ID: feed.ID("Our loans", "en", "country/vn"), Title: "Our loans - Loans in Viet Nam", Description: "3 loans, 1 of them raising funds",
		Language: "en", Page: page, Author: "Our loans", Updated: time.Date(2026, 11, 19, 8, 30, 0, 0, time.UTC),
		Items: []feed.Item{
			{
				ID: feed.ID("Our loans", "en", "loan/100003"), URL: "https://loans.example/of/ours/lend/100003", Title: "Mai & Hoa's Loan from Viet Nam",
				Text: "A loan of $550 helps Mai & Hoa to buy ducks if they cost < $5.", HTML: "<p>A loan of <strong>$550</strong> helps Mai &amp; Hoa.</p>",
				Published: time.Date(2026, 11, 19, 8, 30, 0, 0, time.UTC), Tags: []string{"Agriculture", "Poultry", "Viet Nam", "Poultry", ""},
				Image: "https://loans.example/of/ours/img/w450h360/9.jpg", Point: &feed.Point{Latitude: 19.80692, Longitude: 105.785182},
			},
			{
				ID: feed.ID("Our loans", "en", "loan/100002"), URL: "https://loans.example/of/ours/lend/100002", Title: "A loan from Viet Nam",
				Text: "A loan of $300. To protect the borrower's privacy, no name is shown.", HTML: "<p>A loan of <strong>$300</strong>.</p>",
				Published: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), Tags: []string{"Food"},
			},
			{
				ID: feed.ID("Our loans", "en", "loan/100001"), URL: "https://loans.example/of/ours/lend/100001", Title: "Lan's Loan from Viet Nam",
				Text: "A loan of $100 helped Lan.",
			},
		},
	}
}

func write(t testing.TB, f feed.Feed, format feed.Format, self string) []byte {
	t.Helper()
	var w bytes.Buffer
	if err := f.Write(&w, format, self); err != nil {
		t.Fatal(err)
	}
	return w.Bytes()
}

// TestFeeds compares the feed in its three formats with testdata/feeds.txtar,
// where JSON is indented to be read.
func TestFeeds(t *testing.T) {
	got := txtar.Archive{Comment: []byte("A feed of three loans, and one of none.\n\n")}
	empty := vietnam()
	empty.Items = nil
	for _, c := range []struct {
		name string
		feed feed.Feed
	}{{"three", vietnam()}, {"empty", empty}} {
		for _, f := range formats {
			body := write(t, c.feed, f.format, f.self)
			if f.format == feed.JSON {
				var lines bytes.Buffer
				if err := json.Indent(&lines, body, "", "  "); err != nil {
					t.Fatal(err)
				}
				body = lines.Bytes()
			}
			got.Files = append(got.Files, txtar.File{Name: c.name + "." + f.name, Data: body})
		}
	}
	golden := filepath.Join("testdata", "feeds.txtar")
	if *update {
		if err := os.WriteFile(golden, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, txtar.Format(&got)) {
		t.Errorf("differs from %s; run with -update and read the difference\n%s", golden, txtar.Format(&got))
	}
}
