package oembed

import (
	"flag"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/view"
)

var update = flag.Bool("update", false, "write the golden files anew")

// gallery has every picture but that of loan 9, at Kiva's sizes.
type gallery struct{}

func (gallery) PictureSize(size string, id int64) (width, height int, ok bool) {
	if size == "s300" {
		return 300, 300, id != 9
	}
	return 450, 338, id != 9
}

func newSite(t testing.TB) *site.Site {
	t.Helper()
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loanleaf", Languages: []string{"en"},
		Images: site.ServedImages, Gallery: gallery{}, OEmbed: "https://loans.example/services/oembed",
		Aliases: []string{"www.kiva.org"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// mai is a loan with a picture, a partner and a story.
func mai(t testing.TB, change ...func(*kiva.Loan)) view.Loan {
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
	s := newSite(t)
	en, _ := locale.Get("en")
	partner := &kiva.Partner{ID: 145, Name: "River & Hill Fund", Status: "active"}
	return view.In(s, en, posted.AddDate(0, 0, 20)).Loan(&loan, partner)
}
