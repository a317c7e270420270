package site

import (
	"net/url"
	"testing"
)

// TestAHostInOtherLettersIsOneHost has a host and an alias that are not written in ASCII:
// browsers send and copy the one form, people write the other, and headers know one.
func TestAHostInOtherLettersIsOneHost(t *testing.T) {
	for _, base := range []string{"https://Préstamos.example", "https://xn--prstamos-c1a.example"} {
		s, err := New(Config{
			BaseURL: base, Name: "Loans", Languages: []string{"en"}, Aliases: []string{"कर्ज.example"},
			OEmbed: "https://préstamos.example/services/oembed", Images: "https://bücher.example/<size>/<id>.jpg",
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range []string{
			"https://préstamos.example/lend/5", "https://PRÉSTAMOS.example:443/lend/5", "http://XN--prstamos-c1a.example/lend/5",
			"https://pr%C3%A9stamos.example/lend/5", "http://कर्ज.example/lend/5", "http://xn--11bo3d0f.example/lend/5",
		} {
			if a, err := s.ParseLoanURL(raw); err != nil || a != (Address{Kind: Loan, ID: 5}) {
				t.Errorf("%s: ParseLoanURL(%q) = %+v, %v", base, raw, a, err)
			}
		}
		for _, raw := range []string{"https://prestamos.example/lend/5", "https://xn--prstamos-.example/lend/5", "https://présta mos.example/lend/5"} {
			if a, err := s.ParseLoanURL(raw); err == nil {
				t.Errorf("%s: ParseLoanURL(%q) = %+v", base, raw, a)
			}
		}
		json, _ := s.Discovery(Address{Kind: Loan, ID: 5})
		const own = "https://xn--prstamos-c1a.example"
		if want := own + "/services/oembed?url=" + url.QueryEscape(own+"/lend/5") + "&format=json"; json != want {
			t.Errorf("%s: discovery of %s, want %s", base, json, want)
		}
		if got := s.ImageSources(); len(got) != 1 || got[0] != "https://xn--bcher-kva.example" {
			t.Errorf("%s: pictures from %s", base, got)
		}
	}
}
