package oembed

import (
	"flag"
	"os"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/view"
)

var update = flag.Bool("update", false, "write the golden files anew")

// gallery has every picture but that of loan 9, 800 by 600 pixels at its
// largest, at Kiva's sizes.
type gallery struct{}

func (gallery) PictureSize(size string, id int64) (width, height int, ok bool) {
	measure, ok := map[string][2]int{"w450h360": {450, 338}, "w325h250": {325, 244}, "w200h200": {200, 150}, "w80h80": {80, 60}, "s300": {300, 300}}[size]
	return measure[0], measure[1], ok && id != 9
}

func newSite(t testing.TB, change ...func(*site.Config)) *site.Site {
	t.Helper()
	config := site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: []string{"en"},
		Images: site.ServedImages, Gallery: gallery{}, OEmbed: "https://loans.example/services/oembed",
		Aliases: []string{"www.kiva.org"},
	}
	for _, c := range change {
		c(&config)
	}
	s, err := site.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mai is a loan with a picture, a partner and a story.
func mai(t testing.TB, change ...func(*kiva.Loan)) view.Loan {
	t.Helper()
	return told(t, newSite(t), change...)
}

// told is the same loan on another site.
func told(t testing.TB, s *site.Site, change ...func(*kiva.Loan)) view.Loan {
	t.Helper()
	posted := time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)
	loan := kiva.Loan{
		ID: 100000, Name: "Mai", Status: kiva.Fundraising, Use: "to buy more ducks", Activity: "Poultry", Sector: "Agriculture",
		Amount: kiva.USD(550), Raised: kiva.USD(125), BorrowerCount: 1, Borrowers: []kiva.Borrower{{FirstName: "Mai", Gender: "F", Pictured: true}},
		Location:  kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoa"},
		PartnerID: 145, ImageID: 1, Posted: posted, Expires: posted.AddDate(0, 0, 41),
		Languages: []string{"en"}, Story: []kiva.Text{{Language: "en", Body: "Mai keeps ducks beside the river.\n\nShe sells eggs on the market."}},
	}
	for _, c := range change {
		c(&loan)
	}
	en, _ := locale.Get("en")
	partner := &kiva.Partner{ID: 145, Name: "River & Hill Fund", Status: "active"}
	return view.In(s, en, posted.AddDate(0, 0, 20)).Loan(&loan, partner)
}

func read(t *testing.T, file string) string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
