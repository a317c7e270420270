package view

import (
	"strings"
	"testing"
	"unicode/utf8"

	"loanleaf/kiva"
	"loanleaf/site"
)

func TestTitles(t *testing.T) {
	inKenya := func(l *kiva.Loan) { l.Location = kiva.Location{CountryCode: "KE", Country: "Kenya"} }
	long := named("Asociación de Productores Agropecuarios del Valle")
	tests := []struct {
		when                     string
		loan                     *kiva.Loan
		title, discovery, shared string
	}{
		{"raising funds, with a country", mai(kiva.Fundraising, inKenya),
			"Loanleaf - Mai's Loan", "Mai's Loan from Kenya (JSON oEmbed view)", "Mai in Kenya needs $550"},
		{"raising funds, without a country", mai(kiva.Fundraising),
			"Loanleaf - Mai's Loan", "Mai's Loan (JSON oEmbed view)", "Mai needs $550"},
		{"all reserved", mai(kiva.Fundraising, inKenya, reservedSum(550)),
			"Loanleaf - Mai's Loan", "Mai's Loan from Kenya (JSON oEmbed view)", "Mai's Loan from Kenya"},
		{"repaid", mai(kiva.Paid, inKenya),
			"Loanleaf - Mai's Loan", "Mai's Loan from Kenya (JSON oEmbed view)", "Mai's Loan from Kenya"},
		{"a name that ends in s", mai(kiva.Paid, inKenya, named("Agnes")),
			"Loanleaf - Agnes's Loan", "Agnes's Loan from Kenya (JSON oEmbed view)", "Agnes's Loan from Kenya"},
		{"a long name leaves the country out", mai(kiva.Fundraising, inKenya, long),
			"Loanleaf - Asociación de Productores Agropecuarios del Valle's Loan",
			"Asociación de Productores Agropecuarios del Valle's Loan from Kenya (JSON oEmbed view)",
			"Asociación de Productores Agropecuarios del Valle needs $550"},
		{"a long name, repaid", mai(kiva.Paid, inKenya, long),
			"Loanleaf - Asociación de Productores Agropecuarios del Valle's Loan",
			"Asociación de Productores Agropecuarios del Valle's Loan from Kenya (JSON oEmbed view)",
			"Asociación de Productores Agropecuarios del Valle's Loan"},
		{"a country with an article", mai(kiva.Paid, func(l *kiva.Loan) { l.Location.CountryCode = "PH" }),
			"Loanleaf - Mai's Loan", "Mai's Loan from the Philippines (JSON oEmbed view)", "Mai's Loan from the Philippines"},
		{"anonymous", mai(kiva.Fundraising, inKenya, anonymous),
			"Loanleaf - A loan from Kenya", "A loan from Kenya (JSON oEmbed view)", "A loan from Kenya"},
		{"anonymous, the country is not known", mai(kiva.Fundraising, anonymous),
			"Loanleaf - A loan", "A loan (JSON oEmbed view)", "A loan"},
	}
	teller := newTeller(t)
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			v := teller.Card(test.loan)
			if v.Title != test.title || v.DiscoveryJSON != test.discovery || v.ShareTitle != test.shared {
				t.Errorf("got\n%s\n%s\n%s", v.Title, v.DiscoveryJSON, v.ShareTitle)
			}
			if want := strings.Replace(test.discovery, "JSON", "XML", 1); v.DiscoveryXML != want {
				t.Errorf("got %s, want %s", v.DiscoveryXML, want)
			}
		})
	}
}

func TestTheDescriptionHasRoomForWhatItSays(t *testing.T) {
	teller := newTeller(t)
	long := "to buy " + strings.TrimRight(strings.Repeat("ducks and ", 20), " and")
	tests := []struct {
		when string
		loan *kiva.Loan
		want string
	}{
		{"use and figures", mai(kiva.Fundraising, used("to buy ducks"), raisedSum(125)),
			"A loan of $550 helps Mai to buy ducks. $125 raised of $550."},
		{"a long use stands alone and is cut at a word", mai(kiva.Fundraising, used(long), raisedSum(125)),
			"A loan of $550 helps Mai to buy " + strings.Repeat("ducks and ", 11) + "ducks and…"},
	}
	for _, test := range tests {
		if got := teller.Card(test.loan).Description; got != test.want {
			t.Errorf("%s: got\n%s\n%s", test.when, got, test.want)
		}
	}
}

func TestClip(t *testing.T) {
	tests := []struct {
		when, text string
		most       int
		want       string
	}{
		{"what fits stays", "ducks and hens", 14, "ducks and hens"},
		{"letters count, not bytes", "ម៉ៃ", 4, "ម៉ៃ"},
		{"cut at a word", "ducks and hens", 13, "ducks and…"},
		{"no mark is left before the cut", "ducks, and hens", 10, "ducks…"},
		{"cut in a word where there is no other place", "Genossenschaftsbäuerin", 10, "Genossens…"},
		{"a letter and its accent are one", "aaae\u0301bc", 5, "aaa…"},
		{"a family is one letter", "ab 👩‍👩‍👧‍👦 cd", 9, "ab…"},
	}
	for _, test := range tests {
		t.Run(test.when, func(t *testing.T) {
			if got := clip(test.text, test.most); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSqueeze(t *testing.T) {
	for text, want := range map[string]string{
		"": "", " ": "", "Ricky\t": "Ricky", "a b": "a b", " a  b ": "a b", "a\n\nb": "a b", "b ": "b", "é  é": "é é",
	} {
		if got := squeeze(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func FuzzClip(f *testing.F) {
	f.Add("ducks and hens", 9)
	f.Add("ab 👩‍👩‍👧‍👦 cd", 5)
	f.Fuzz(func(t *testing.T, text string, most int) {
		if most < 1 || most > 1000 || !utf8.ValidString(text) {
			return
		}
		got := clip(text, most)
		if n := utf8.RuneCountInString(got); n > most {
			t.Errorf("%q has %d characters, more than %d", got, n, most)
		}
		if cut, was := strings.CutSuffix(got, "…"); was && got != text && !strings.HasPrefix(text, cut) {
			t.Errorf("%q does not begin %q", got, text)
		}
	})
}

func TestTheButtonHasRoomForItsName(t *testing.T) {
	tests := []struct {
		when string
		loan *kiva.Loan
		want string
	}{
		{"a short name", mai(kiva.Fundraising), "Lend to Mai"},
		{"24 letters", mai(kiva.Fundraising, named("Maria Fernanda Rodríguez")), "Lend to Maria Fernanda Rodríguez"},
		{"more: the first name", mai(kiva.Fundraising, named("Maria Fernanda Rodríguez Quispe")), "Lend to Maria"},
		{"one name of more", mai(kiva.Fundraising, named(strings.Repeat("ma", 13))), "Lend"},
		{"a group with a long name", mai(kiva.Fundraising, named("Government Technical Institute Group"),
			func(l *kiva.Loan) { l.BorrowerCount = 14 }), "Lend to this group"},
		{"letters of several code points", mai(kiva.Fundraising, named(strings.Repeat("ម៉ៃ", 8))), "Lend to " + strings.Repeat("ម៉ៃ", 8)},
	}
	teller := newTeller(t)
	for _, test := range tests {
		if got := teller.Card(test.loan).Action.Label; got != test.want {
			t.Errorf("%s: got %q, want %q", test.when, got, test.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	tests := []struct {
		when string
		at   kiva.Location
		want string
	}{
		{"a town and its country", kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Thanh Hoa"}, "Thanh Hoa, Vietnam"},
		{"a country alone", kiva.Location{CountryCode: "KE", Country: "Kenya"}, "Kenya"},
		{"a code that is not known", kiva.Location{CountryCode: "XX", Country: "Elsewhere", Town: "Here"}, "Here, Elsewhere"},
		{"no code, as in 2009", kiva.Location{Country: "Viet Nam"}, "Viet Nam"},
		{"a town alone", kiva.Location{Town: "Here"}, "Here"},
		{"Namibia is not absent", kiva.Location{CountryCode: "NA"}, "Namibia"},
		{"the town repeats its country", kiva.Location{CountryCode: "PE", Country: "Peru", Town: "Lima, Peru"}, "Lima, Peru"},
		{"in the source's spelling", kiva.Location{CountryCode: "VN", Country: "Viet Nam", Town: "Hue, Viet Nam"}, "Hue, Vietnam"},
		{"the town is the country", kiva.Location{CountryCode: "SG", Country: "Singapore", Town: "singapore"}, "Singapore"},
		{"a town that ends like its country", kiva.Location{CountryCode: "PE", Country: "Peru", Town: "Nuevo Peru"}, "Nuevo Peru, Peru"},
		{"stray spaces", kiva.Location{CountryCode: "BO", Country: "Bolivia", Town: "La Paz  / El Alto "}, "La Paz / El Alto, Bolivia"},
		{"nothing is known", kiva.Location{}, ""},
	}
	teller := newTeller(t)
	for _, test := range tests {
		v := teller.Card(mai(kiva.Paid, func(l *kiva.Loan) { l.Location = test.at }))
		if v.Place != test.want {
			t.Errorf("%s: got %q, want %q", test.when, v.Place, test.want)
		}
	}
}

func TestPictures(t *testing.T) {
	pictured := func(l *kiva.Loan) { l.ImageID = 7 }
	pattern := newTeller(t, func(c *site.Config) { c.Images, c.Gallery = "https://pictures.example/<size>/<id>.jpg", nil })
	none := newTeller(t, func(c *site.Config) { c.Images, c.Gallery = site.NoImages, nil })

	v := newTeller(t).Card(mai(kiva.Paid, pictured))
	if v.Picture == nil || v.Picture.Alt != "Photo of Mai" || v.Picture.Width != 450 || v.Share != v.Picture {
		t.Errorf("served: %+v %+v", v.Picture, v.Share)
	}
	v = pattern.Card(mai(kiva.Paid, pictured))
	if v.Picture.URL != "https://pictures.example/w450h360/7.jpg" || v.Picture.Width != 0 {
		t.Errorf("elsewhere: %+v", v.Picture)
	}
	if v.Share.URL != "https://pictures.example/s300/7.jpg" || v.Share.Width != 300 {
		t.Errorf("elsewhere, shared: what is shared has a known measure: %+v", v.Share)
	}
	for when, v := range map[string]Loan{
		"a site without pictures":  none.Card(mai(kiva.Paid, pictured)),
		"a loan without a picture": newTeller(t).Card(mai(kiva.Paid)),
		"an anonymous loan":        newTeller(t).Card(mai(kiva.Paid, pictured, anonymous)),
	} {
		if v.Picture != nil || v.Share != nil {
			t.Errorf("%s shows %+v", when, v.Picture)
		}
	}
}
