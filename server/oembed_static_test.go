package server_test

import (
	"net/http"
	"net/url"
	"testing"

	"loanleaf/generator/page"
	"loanleaf/locale"
	"loanleaf/sample"
	"loanleaf/server"
	"loanleaf/site"
)

// TestStaticAnswersAreTheLiveOnes asks an endpoint for every loan of the sample,
// in every language and both formats, without bounds, and compares what it says
// with the static answers that the loan's page names, byte for byte.
func TestStaticAnswersAreTheLiveOnes(t *testing.T) {
	loans := sampleStore(t)
	s, err := site.New(site.Config{
		BaseURL: "https://example.org/our/loans", Name: "Loanleaf", Languages: locale.Shipped(), OEmbed: site.Static,
		Images: site.ServedImages, Gallery: drawings{},
	})
	if err != nil {
		t.Fatal(err)
	}
	web, err := server.New(server.Config{Site: s, Source: loans, DataDate: dataDate, Picture: sample.Picture})
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := url.Parse(s.OwnEndpoint())
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for loan, err := range loans.Loans(t.Context(), 0, 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, language := range s.Languages() {
			a := site.Address{Kind: site.Loan, ID: loan.ID, Language: language.Tag}
			json, xml := s.Discovery(a)
			for format, address := range map[string]string{"json": json, "xml": xml} {
				named, err := url.Parse(address)
				if err != nil {
					t.Fatal(err)
				}
				live := ask(t, web, endpoint.Path+"?url="+url.QueryEscape(s.URL(a))+"&format="+format)
				static := ask(t, web, named.Path)
				if live.code != http.StatusOK || static != live {
					t.Errorf("%s: %+v, the endpoint says %+v", address, static, live)
				}
				compared++
			}
		}
	}
	kinds := page.New(s, loans, dataDate, nil).LoanKinds()
	if len(kinds) != 4 || compared < 400 {
		t.Errorf("%d answers compared, of loans with %d kinds of pages", compared, len(kinds))
	}
	t.Logf("%d answers compared", compared)
}
