package generator

import (
	"bytes"
	"context"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
)

func TestEveryFeedIsReadByAReader(t *testing.T) {
	_, files := built(t, 150, everything)
	feeds, byFormat := 0, map[string][]string{}
	for name, body := range files {
		ending := path.Ext(name)
		if !strings.HasPrefix(name, "feeds/") {
			continue
		}
		feeds++
		read, err := gofeed.NewParser().Parse(bytes.NewReader(body))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if read.FeedLink != base+"/"+name || !strings.HasPrefix(read.Title, "Our loans - ") || read.Description == "" || read.Language != "en" || len(read.Items) == 0 || len(read.Items) > 50 {
			t.Errorf("%s: %q of %q, %q, in %q, %d items", name, read.Title, read.FeedLink, read.Description, read.Language, len(read.Items))
		}
		if listed := strings.TrimPrefix(read.Link, base+"/") + "index.html"; files[listed] == nil {
			t.Errorf("%s is of %s, which is not there", name, read.Link)
		}
		var ids []string
		for i, item := range read.Items {
			ids = append(ids, item.GUID)
			if loan := strings.TrimPrefix(item.Link, base+"/") + ".html"; files[loan] == nil {
				t.Errorf("%s: %s leads nowhere", name, item.Link)
			}
			if i > 0 && item.PublishedParsed.After(*read.Items[i-1].PublishedParsed) {
				t.Errorf("%s: item %d is newer than the one before it", name, i)
			}
			if strings.HasPrefix(item.Title, "A loan from") && (len(item.Extensions["georss"]) > 0 || strings.Contains(item.Content, "<img")) {
				t.Errorf("%s: %s names nobody, and says where they live or shows them", name, item.Link)
			}
		}
		stem := strings.TrimSuffix(name, ending)
		if other, ok := byFormat[stem]; ok && !slices.Equal(other, ids) {
			t.Errorf("%s: the formats hold different loans", stem)
		}
		byFormat[stem] = ids
	}
	if len(byFormat) < 20 || feeds != 3*len(byFormat) || len(byFormat["feeds/newest"]) != 50 {
		t.Errorf("%d feeds of %d lists", feeds, len(byFormat))
	}
}

func TestPagesNameTheirFeeds(t *testing.T) {
	_, files := built(t, 0, everything)
	for name, want := range map[string]int{
		"index.html": 3, "country/vn/index.html": 3, "sector/food/index.html": 3, "status/fundraising/index.html": 0, "lend/100001.html": 0, "404.html": 0,
	} {
		if files[name] == nil {
			t.Errorf("%s is not there", name)
		}
		if got := bytes.Count(files[name], []byte(`"`+base+`/feeds/`)); got != want {
			t.Errorf("%s names %d feeds, want %d", name, got, want)
		}
	}
	if want := `<link rel="alternate" type="application/rss+xml" href="` + base + `/feeds/country/vn.rss" title="Loans in Vietnam (RSS)">`; !bytes.Contains(files["country/vn/index.html"], []byte(want)) {
		t.Errorf("no %s", want)
	}
}

func TestIdentifiersSurviveAMove(t *testing.T) {
	loans := sampleStore(t, 0)
	var ids [2][]string
	for i, base := range []string{"https://loans.example/of/ours", "http://elsewhere.example"} {
		s, err := site.New(site.Config{BaseURL: base, Name: "Our loans", Languages: locale.Shipped(), OEmbed: site.Static, Images: site.NoImages})
		if err != nil {
			t.Fatal(err)
		}
		var w bytes.Buffer
		if err := page.New(s, loans, time.Time{}, nil).Render(t.Context(), &w, site.Address{Kind: site.FeedAtom}); err != nil {
			t.Fatal(err)
		}
		read, err := gofeed.NewParser().Parse(&w)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range read.Items {
			ids[i] = append(ids[i], item.GUID)
		}
	}
	if len(ids[0]) < 20 || !slices.Equal(ids[0], ids[1]) {
		t.Errorf("%q\n%q", ids[0], ids[1])
	}
}

// posted is a source of one list: loans by the time at which they were posted,
// oldest first, with ids from 1.
type posted struct {
	page.Source
	at []time.Time
}

func (p posted) ListInfo(_ context.Context, list kiva.List) (kiva.ListInfo, error) {
	if len(p.at) == 0 || list.Kind != kiva.AllLoans {
		return kiva.ListInfo{}, kiva.ErrNotFound
	}
	return kiva.ListInfo{List: list, Count: len(p.at)}, nil
}

func (p posted) NewestIDs(_ context.Context, _ kiva.List, n int) ([]int64, error) {
	var ids []int64
	for id := len(p.at); id > 0 && len(ids) < n; id-- {
		ids = append(ids, int64(id))
	}
	return ids, nil
}

func (p posted) Listings(_ context.Context, ids []int64) ([]kiva.Loan, error) {
	var loans []kiva.Loan
	for _, id := range ids {
		loans = append(loans, kiva.Loan{ID: id, Name: "Mai", Status: kiva.Fundraising, Amount: kiva.Money{Units: 5500, Currency: "USD"}, Posted: p.at[id-1]})
	}
	return loans, nil
}

func TestPostingsInTheFutureDoNotHeadAFeedForEver(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return now.AddDate(0, 0, n) }
	many := make([]time.Time, 0, 70)
	for i := range 55 {
		many = append(many, day(i-60))
	}
	for i := range 15 {
		many = append(many, day(400+i))
	}
	for _, c := range []struct {
		name  string
		at    []time.Time
		ids   []string // the first of them
		first time.Time
		count int
	}{
		{"in order", []time.Time{day(-2), day(-1)}, []string{"2", "1"}, day(-1), 2},
		{"a clock that is some days ahead counts as the date of the data", []time.Time{day(-2), day(-1), day(5)}, []string{"3", "2", "1"}, now, 3},
		{"a year ahead is a mistake, and comes last", []time.Time{day(-2), day(-1), day(365)}, []string{"2", "1", "3"}, day(-1), 3},
		{"no date comes last", []time.Time{{}, day(-1)}, []string{"2", "1"}, day(-1), 2},
		{"mistakes push nobody out", many, []string{"55", "54", "53"}, day(-6), 50},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := site.New(site.Config{BaseURL: base, Name: "Our loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.NoImages})
			if err != nil {
				t.Fatal(err)
			}
			var w bytes.Buffer
			if err := page.New(s, posted{at: c.at}, now, nil).Render(t.Context(), &w, site.Address{Kind: site.FeedRSS}); err != nil {
				t.Fatal(err)
			}
			read, err := gofeed.NewParser().Parse(&w)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, item := range read.Items {
				ids = append(ids, path.Base(item.Link))
				if item.PublishedParsed != nil && item.PublishedParsed.After(now) {
					t.Errorf("%s is of %s", item.Link, item.Published)
				}
			}
			if len(ids) != c.count || !slices.Equal(ids[:len(c.ids)], c.ids) {
				t.Errorf("the order is %s, want %s first", ids, c.ids)
			}
			if !read.Items[0].PublishedParsed.Equal(c.first) || !read.UpdatedParsed.Equal(c.first) {
				t.Errorf("the first is of %s, the feed of %s, want %s", read.Items[0].PublishedParsed, read.UpdatedParsed, c.first)
			}
		})
	}
}

func TestASiteWithoutLoansHasAFeed(t *testing.T) {
	s, err := site.New(site.Config{BaseURL: base, Name: "Our loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.NoImages})
	if err != nil {
		t.Fatal(err)
	}
	pages := page.New(s, posted{}, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), nil)
	for _, kind := range site.FeedKinds() {
		var w bytes.Buffer
		if err := pages.Render(t.Context(), &w, site.Address{Kind: kind}); err != nil {
			t.Fatal(err)
		}
		read, err := gofeed.NewParser().Parse(&w)
		if err != nil || len(read.Items) != 0 || read.Description == "" {
			t.Errorf("kind %d: %v, %+v", kind, err, read)
		}
		err = pages.Render(t.Context(), &w, site.Address{Kind: kind, Of: site.Country, Slug: "zz"})
		if err == nil {
			t.Errorf("kind %d: a country that no loan is from has a feed", kind)
		}
	}
}

// BenchmarkFeeds makes the feeds of a build, three formats from the same loans.
func BenchmarkFeeds(b *testing.B) {
	s, err := site.New(site.Config{BaseURL: base, Name: "Our loans", Languages: []string{"en"}, OEmbed: site.Static, Images: site.ServedImages, Gallery: gallery{}})
	if err != nil {
		b.Fatal(err)
	}
	loans := sampleStore(b, 100)
	var w bytes.Buffer
	for b.Loop() {
		pages := page.New(s, loans, loans.Meta().DataDate, nil)
		for _, kind := range site.FeedKinds() {
			w.Reset()
			if err := pages.Render(b.Context(), &w, site.Address{Kind: kind}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
