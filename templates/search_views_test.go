package templates

import (
	"strings"
	"testing"

	"loanleaf/locale"
	"loanleaf/templates/view"
)

func searchable(f Frame) Frame {
	f.Site = f.Site.WithSearch()
	f.Policy = Policy(f.Site)
	return f
}

func searchView(l *locale.Language) view.Search {
	return view.Search{
		Language: l, Title: "Example Loans - Loans found for ana", Query: `ana "b" <i>`,
		Heading: view.Sentence{{Text: "Loans found for "}, {Text: `ana "b" <i>`, Kind: view.Name}},
		Count:   words("61 loans"), Nothing: words("No loan was found."),
		Meant:     entriesTo("country", "Kenya"),
		Next:      &view.Action{Label: "Next page", URL: "https://loans.example/search?q=ana&page=3"},
		Previous:  &view.Action{Label: "Previous page", URL: "https://loans.example/search?q=ana"},
		Sectors:   entriesTo("sector", "Food"),
		Countries: entriesTo("country", "Kenya", "Peru"),
		Dated:     view.Dated{Label: words("Data of 21 November 2026")},
	}
}

func countryView(l *locale.Language) view.List {
	return view.List{
		Language: l, Title: "Example Loans - Loans in Kenya", Heading: words("Loans in Kenya"),
		Ways:   []view.Action{{Label: "By status", URL: "https://loans.example/#by-status"}},
		Others: entriesTo("country", "Jordan", "Peru"), OthersLabel: "By country",
	}
}

func TestOnlyASearchableSiteHasABoxAndAllowsItsForm(t *testing.T) {
	english := languageOf("en")
	for _, p := range []struct {
		name   string
		render func(Frame) string
	}{
		{"home", func(f Frame) string { return render(t, HomePage(f, homeView(english))) }},
		{"list", func(f Frame) string { return render(t, ListPage(f, listView(english), nil)) }},
		{"not found", func(f Frame) string { return render(t, NotFoundPage(f, goneView(english))) }},
	} {
		without, with := p.render(frameIn(english, "/")), p.render(searchable(frameIn(english, "/")))
		if strings.Contains(without, "<form") || !strings.Contains(without, "form-action &#39;none&#39;") {
			t.Errorf("%s: a form without anybody to answer it", p.name)
		}
		if strings.Count(with, `<form class="search" role="search" method="get" action="/search">`) != 1 || !strings.Contains(with, "form-action &#39;self&#39;") {
			t.Errorf("%s: no search box, or one that may not be sent", p.name)
		}
	}
}
