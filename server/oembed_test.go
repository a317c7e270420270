package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/generator/page"
	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/oembed"
	"loanleaf/server/httpscript"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// TestOEmbed runs the scripts of testdata/oembed on a whole server. The loans
// they ask for are those of oembedLoans.
func TestOEmbed(t *testing.T) {
	httpscript.Test(t, "testdata/oembed/*.txt", func(t *testing.T) http.Handler {
		s, err := New(Config{
			Site: oembedSite(t), Source: oembedSource{oembedLoans: newOEmbedLoans()},
			DataDate: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), Modified: time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC),
			Private: func(id int64) bool { return id == privateLoan },
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

// oembedSource has loans, and the newest ends of their lists; whoever asks it for
// more panics.
type oembedSource struct {
	oembedLoans
	noLists
}

func (s oembedSource) Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error) {
	return s.oembedLoans.Listings(ctx, ids)
}

type noLists interface {
	page.Lists
	page.IDs
}

// PageIDs is the list of all loans, which the entry for lists of providers takes
// its example from.
func (s oembedSource) PageIDs(context.Context, kiva.List, int) ([]int64, error) {
	return slices.Sorted(maps.Keys(s.oembedLoans)), nil
}

// oembedLoans is what the scripts ask for, by id.
type oembedLoans map[int64]kiva.Loan

func (l oembedLoans) Loan(_ context.Context, id int64) (kiva.Loan, error) {
	if id == brokenLoan {
		return kiva.Loan{}, errors.New("disk /var/secret is on fire")
	}
	loan, ok := l[id]
	if !ok {
		return kiva.Loan{}, fmt.Errorf("loan %d: %w", id, kiva.ErrNotFound)
	}
	return loan, nil
}

func (l oembedLoans) Listings(ctx context.Context, ids []int64) ([]kiva.Loan, error) {
	var loans []kiva.Loan
	for _, id := range ids {
		loan, err := l.Loan(ctx, id)
		if err != nil {
			return nil, err
		}
		loans = append(loans, loan.Listing())
	}
	return loans, nil
}

func (oembedLoans) Partner(_ context.Context, id int64) (kiva.Partner, error) {
	switch id {
	case 145:
		return kiva.Partner{ID: id, Name: "River & Hill Fund", Status: "active"}, nil
	case brokenLoan:
		return kiva.Partner{}, errors.New("disk /var/secret is on fire")
	}
	return kiva.Partner{}, fmt.Errorf("partner %d: %w", id, kiva.ErrNotFound)
}

// Loans that are answered with a refusal, or with a fault.
const (
	privateLoan = 300000
	hiddenLoan  = 300001
	brokenLoan  = 300002
	halfLoan    = 300003 // its partner cannot be read
)

func newOEmbedLoans() oembedLoans {
	posted := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	mai := kiva.Loan{
		ID: 100000, Name: "Mai", Status: kiva.Fundraising, Use: "to buy more ducks", Activity: "Poultry", Sector: "Agriculture",
		Amount: kiva.USD(550), Raised: kiva.USD(125), BorrowerCount: 1, Borrowers: []kiva.Borrower{{FirstName: "Mai", Gender: "F", Pictured: true}},
		Location:  kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoa"},
		PartnerID: 145, ImageID: 1, Posted: posted, Expires: posted.AddDate(0, 0, 41),
		Languages: []string{"en"}, Story: []kiva.Text{{Language: "en", Body: strings.Repeat("Mai keeps ducks beside the river and sells their eggs. ", 20)}},
	}
	anonymous := kiva.Loan{
		ID: 100001, Status: kiva.InRepayment, Sector: "Food", Amount: kiva.USD(300), Raised: kiva.USD(300), Repaid: kiva.USD(100),
		Location: kiva.Location{CountryCode: "KE", Country: "Kenya"}, Posted: posted,
	}
	hostile := mai
	hostile.ID, hostile.ImageID, hostile.PartnerID = 100002, 0, 999
	hostile.Name, hostile.Use = `A "</script><b>`+"\u2028", "to say ]]> & <!--"
	group := mai
	group.ID, group.Name, group.Status, group.PartnerID = 100003, "គ្រុម ម៉ៃ Group", kiva.Paid, 0
	loans := oembedLoans{mai.ID: mai, anonymous.ID: anonymous, hostile.ID: hostile, group.ID: group}
	for _, id := range []int64{privateLoan, hiddenLoan, halfLoan} {
		loan := mai
		loan.ID = id
		loans[id] = loan
	}
	hidden := loans[hiddenLoan]
	hidden.Status = kiva.Hidden
	loans[hiddenLoan] = hidden
	half := loans[halfLoan]
	half.PartnerID = brokenLoan
	loans[halfLoan] = half
	return loans
}

// oembedGallery has picture 1, 800 by 600 pixels at its largest.
type oembedGallery struct{}

func (oembedGallery) PictureSize(size string, id int64) (width, height int, ok bool) {
	measure, ok := map[string][2]int{"w450h360": {450, 338}, "w325h250": {325, 244}, "w200h200": {200, 150}, "w80h80": {80, 60}, "s300": {300, 300}}[size]
	return measure[0], measure[1], ok && id == 1
}

func oembedSite(t testing.TB) *site.Site {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: []string{"en", "es", "fr", "ar"},
		Images: site.ServedImages, Gallery: oembedGallery{}, OEmbed: "https://loans.example/services/oembed",
		Aliases: []string{"www.kiva.org"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func oembedEndpoint(t testing.TB) *oembedHandler {
	t.Helper()
	s := oembedSite(t)
	tellers := map[*locale.Language]*view.Teller{}
	for _, language := range s.Languages() {
		tellers[language] = view.In(s, language, time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC))
	}
	return newOEmbedHandler(s, func(l *locale.Language) *view.Teller { return tellers[l] }, newOEmbedLoans(),
		func(id int64) bool { return id == privateLoan }, time.Date(2026, 11, 21, 10, 30, 0, 0, time.UTC))
}

func TestOEmbedFaultsGoToTheLogAlone(t *testing.T) {
	for _, id := range []int64{brokenLoan, halfLoan} {
		var log bytes.Buffer
		o := oembedEndpoint(t)
		o.log = slog.New(slog.NewTextHandler(&log, nil))
		w := httptest.NewRecorder()
		o.ServeHTTP(w, httptest.NewRequest(http.MethodGet, fmt.Sprintf("/services/oembed?url=https://loans.example/lend/%d", id), nil))
		if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("loan %d: %d %s", id, w.Code, w.Body)
		}
		if !strings.Contains(log.String(), "secret") || !strings.Contains(log.String(), fmt.Sprint(brokenLoan)) {
			t.Errorf("loan %d: the log says %q", id, log.String())
		}
	}
}

func TestOEmbedWritesNothingToAClientThatHasGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, fmt.Sprintf("/services/oembed?url=https://loans.example/lend/%d", brokenLoan), nil)
	defer func() {
		if fault := recover(); fault != http.ErrAbortHandler || w.Body.Len() != 0 {
			t.Errorf("got %d %s, %v", w.Code, w.Body, fault)
		}
	}()
	oembedEndpoint(t).ServeHTTP(w, request.WithContext(ctx))
}

func TestOEmbedRefusesWhatIsTooLong(t *testing.T) {
	const loan = "format=json&url=https://loans.example/lend/100000"
	for rule, query := range map[string]string{
		"a url of 3 KB":         loan + "?" + strings.Repeat("x", 3<<10),
		"64 KB of another name": loan + "&x=" + strings.Repeat("x", 64<<10),
	} {
		w := httptest.NewRecorder()
		oembedEndpoint(t).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/services/oembed?"+query, nil))
		if w.Code != http.StatusRequestURITooLong || !strings.Contains(w.Body.String(), "too_long") {
			t.Errorf("%s: got %d %s", rule, w.Code, w.Body)
		}
	}
}

func TestOEmbedWithoutADateOfItsData(t *testing.T) {
	o := oembedEndpoint(t)
	undated := newOEmbedHandler(o.site, o.teller, o.loans, o.private, time.Time{})
	w := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodGet, "/services/oembed?url=https://loans.example/lend/100000", nil)
	request.Header.Set("If-Modified-Since", "")
	undated.ServeHTTP(w, request)
	if _, dated := w.Header()["Last-Modified"]; w.Code != http.StatusOK || dated {
		t.Errorf("got %d with Last-Modified %q", w.Code, w.Header().Get("Last-Modified"))
	}
}

func TestEveryKindOfRefusalHasAStatus(t *testing.T) {
	if len(refusals) != int(oembed.Limited)+1 {
		t.Fatalf("%d rows for %d kinds", len(refusals), oembed.Limited+1)
	}
	for kind, row := range refusals {
		if row.status < 400 || row.caching == "" {
			t.Errorf("kind %d: %+v", kind, row)
		}
	}
}

// BenchmarkOEmbed is the whole endpoint but the connection: 15,000 answers a
// second on one core are 66 µs each.
func BenchmarkOEmbed(b *testing.B) {
	for _, bench := range []struct{ query, encoding string }{
		{"format=json", ""}, {"format=json", "gzip"}, {"format=xml&maxwidth=300", ""}, {"format=jsonp&jsonp=show", ""},
	} {
		b.Run(bench.query+" "+bench.encoding, func(b *testing.B) {
			o := oembedEndpoint(b)
			request := httptest.NewRequest(http.MethodGet, "/services/oembed?url=https%3A%2F%2Floans.example%2Flend%2F100000&"+bench.query, nil)
			request.Header.Set("Accept-Encoding", bench.encoding)
			b.ReportAllocs()
			for b.Loop() {
				w := blank{header: http.Header{}}
				o.ServeHTTP(&w, request)
				if w.status != http.StatusOK || w.bytes == 0 {
					b.Fatalf("got %d with %d bytes", w.status, w.bytes)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
		})
	}
}

// blank takes an answer and keeps its status and length.
type blank struct {
	header        http.Header
	status, bytes int
}

func (w *blank) Header() http.Header    { return w.header }
func (w *blank) WriteHeader(status int) { w.status = status }
func (w *blank) Write(p []byte) (int, error) {
	w.bytes += len(p)
	return len(p), nil
}
