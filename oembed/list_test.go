package oembed

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// listCard is a list of one loan, told in the site's first language.
func listCard(t testing.TB, s *site.Site, name string) view.ListCard {
	t.Helper()
	loan := kiva.Loan{
		ID: 100000, Name: name, Status: kiva.Fundraising, Amount: kiva.USD(550), Raised: kiva.USD(125),
		Location: kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: name}, BorrowerCount: 1,
	}
	info := kiva.ListInfo{List: kiva.List{Kind: kiva.ByPartner, Key: "145"}, Name: name, Count: 12, Fundraising: 1}
	return view.In(s, s.Languages()[0], time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)).ListCard(info, []kiva.Loan{loan})
}

func TestForListIsRichUntilThereIsNoRoom(t *testing.T) {
	s := newSite(t)
	card := listCard(t, s, "River Fund")
	for _, c := range []struct {
		width, height int
		kind          string
		want          box
	}{
		{0, 0, Rich, box{450, 300}}, {4000, 4000, Rich, box{450, 300}}, {300, 420, Rich, box{300, 300}}, {250, 96, Rich, box{250, 96}},
		{249, 300, Link, box{}}, {450, 95, Link, box{}}, {88, 20, Link, box{}},
	} {
		a := ForList(s, card, Request{Format: JSON, MaxWidth: c.width, MaxHeight: c.height})
		if a.Type != c.kind || a.Width != c.want.width || a.Height != c.want.height || (a.HTML == "") != (c.kind == Link) {
			t.Errorf("%d by %d: %s, %d by %d, %q", c.width, c.height, a.Type, a.Width, a.Height, a.HTML)
		}
	}
	a := ForList(s, card, Request{Format: JSON})
	if a.AuthorName != "River Fund" || a.AuthorURL != card.Page || a.Facts.ID != 0 {
		t.Errorf("%+v", a)
	}
}

// Its thumbnail is its drawn card in half the size, within both bounds, or there is
// none.
func TestForListHasItsCardAsAThumbnailWhereThatFits(t *testing.T) {
	s := newSite(t)
	card := listCard(t, s, "River Fund")
	for _, c := range []struct {
		width, height int
		named         bool
	}{{0, 0, true}, {600, 0, true}, {600, 315, true}, {4000, 4000, true}, {599, 0, false}, {0, 314, false}, {600, 314, false}, {450, 300, false}} {
		got := ForList(s, card, Request{Format: JSON, MaxWidth: c.width, MaxHeight: c.height}).Thumbnail
		want := site.Picture{}
		if c.named {
			want = card.Thumbnail.Picture
		}
		if got != want {
			t.Errorf("%d by %d: %+v", c.width, c.height, got)
		}
	}
	files := newSite(t, func(c *site.Config) { c.OEmbed = site.Static })
	if got := ForList(files, listCard(t, files, "River Fund"), Request{Format: JSON}).Thumbnail; got != (site.Picture{}) {
		t.Errorf("%+v, and nobody serves it", got)
	}
}

// A list's html is read as XML and as HTML, whatever it is called and whichever
// shape it has.
func TestForListIsWellFormedWhateverItIsCalled(t *testing.T) {
	s := newSite(t)
	card := listCard(t, s, `"'><script>alert(1)</script>]]>&amp;`+"\u2028")
	for name, r := range map[string]Request{
		"frame": {Format: JSON}, "quote": {Format: XML, WordPress: true}, "fragment": {Format: Preview}, "small fragment": {Format: JSONP, Callback: "f", MaxWidth: 300, MaxHeight: 200},
	} {
		html := ForList(s, card, r).HTML
		if strings.ContainsAny(html, "\n\r") || strings.Contains(html, "<script") {
			t.Errorf("%s: %s", name, html)
		}
		reader := xml.NewDecoder(strings.NewReader("<r>" + html + "</r>"))
		for {
			_, err := reader.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Errorf("%s: %v in %s", name, err, html)
				break
			}
		}
	}
}

func TestRequestsForLists(t *testing.T) {
	s := newSite(t, func(c *site.Config) { c.Languages, c.Aliases = []string{"en", "es", "fr"}, []string{"www.kiva.org"} })
	for _, c := range []struct {
		url, lang string
		want      site.Address
		refused   bool
	}{
		{"https://loans.example/", "", site.Address{}, false},
		{"https://loans.example/", "es-MX", site.Address{Language: "es"}, false},
		{"https://loans.example/fr/country/vn/", "es", site.Address{Kind: site.Country, Slug: "vn", Language: "fr"}, false},
		{"https://loans.example/embed/partners/145", "tlh", site.Address{Kind: site.Partner, ID: 145}, false},
		{"https://loans.example/lend/5", "", site.Address{}, true},
		{"https://www.kiva.org/", "", site.Address{}, true},
	} {
		got, err := Request{URL: c.url, Language: strings.ToLower(c.lang)}.List(s)
		if got != c.want || (err != nil) != c.refused {
			t.Errorf("%s in %q: %+v, %v", c.url, c.lang, got, err)
		}
		var refusal *Error
		if c.refused && (!errors.As(err, &refusal) || refusal.Kind != NotFound) {
			t.Errorf("%s: %v", c.url, err)
		}
	}
}
