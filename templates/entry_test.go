package templates

import (
	"strings"
	"testing"

	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/view"
)

func TestAFeedEntryTellsWhatStaysTrue(t *testing.T) {
	english, _ := locale.Get("en")
	l := fundraisingView(english)
	l.Picture = &view.Picture{Picture: site.Picture{URL: "https://loans.example/img/w450h360/1.jpg", Width: 450, Height: 300}, Alt: "Photo of Mai"}
	l.Activity = view.Foreign{Text: "Poultry <b>", Lang: "en"}
	got := render(t, FeedEntry(l))
	for _, want := range []string{
		`<div lang="en" dir="ltr"><p><img src="https://loans.example/img/w450h360/1.jpg" width="450" height="300" alt="Photo of Mai"></p>`,
		`<p lang="en" dir="auto">Poultry &lt;b&gt;</p>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	for _, changing := range []string{l.Figures.Main.String(), l.State.Chip} {
		if changing == "" || strings.Contains(got, changing) {
			t.Errorf("%q changes from day to day: %s", changing, got)
		}
	}
	l.Picture.Width = 0
	if got := render(t, FeedEntry(l)); strings.Contains(got, "<img") {
		t.Errorf("a picture without a measure: %s", got)
	}
	if got := render(t, FeedEntry(anonymousView(english))); strings.Contains(got, "<img") || strings.Contains(got, "<p></p>") {
		t.Errorf("an anonymous loan: %s", got)
	}
}
