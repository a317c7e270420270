package snippet_test

import (
	"strings"
	"testing"
	"time"

	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

var listAddresses = snippet.Addresses{
	Page: "https://loans.example/sector/a%C3%B1il/", Widget: "https://loans.example/embed/sector/a%C3%B1il", Script: "https://loans.example/loan-card.js",
	OEmbed: "https://loans.example/services/oembed?url=https%3A%2F%2Floans.example%2Fsector%2Fa%25C3%25B1il%2F&format=json", Bounds: true,
}

// list is a list as it is told in a language.
func list(t testing.TB, tag, name string) view.ListCard {
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	return view.ListCard{
		Language: in(t, tag), Name: name, Source: "loans.example",
		Count: view.Sentence{{Text: "1,234", Kind: view.Amount}, {Text: " loans"}},
		All:   view.Sentence{{Text: "All loans in "}, {Text: name, Kind: view.Name}},
		Dated: view.Dated{Label: view.Sentence{{Text: "Data of "}, {Text: "20 November 2026", Kind: view.Date, Time: day}}},
	}
}

func TestEveryFormHasTheList(t *testing.T) {
	s := snippet.OfList(list(t, "en", "Añil loans"), "sector/a%C3%B1il", listAddresses, colour)
	choice := snippet.Choice{Size: snippet.Compact, Theme: snippet.Dark}
	for form, want := range map[snippet.Form]string{
		snippet.Frame:     `<iframe src="https://loans.example/embed/sector/a%C3%B1il#dark" width="300" height="420" title="Añil loans"`,
		snippet.Component: `<loan-card list="sector/a%C3%B1il" lang="en" size="compact" theme="dark"`,
		snippet.Quote:     `<blockquote class="loan-card" data-list="sector/a%C3%B1il" data-size="compact" data-theme="dark"`,
		snippet.Address:   "https://loans.example/sector/a%C3%B1il/",
		snippet.Markdown:  "[Añil loans](https://loans.example/sector/a%C3%B1il/): 1,234 loans · Data of 20 November 2026.",
		snippet.BBCode:    "[url=https://loans.example/sector/a%C3%B1il/]Añil loans[/url]\n1,234 loans · Data of 20 November 2026",
		snippet.Text:      "Añil loans\n1,234 loans · Data of 20 November 2026\nhttps://loans.example/sector/a%C3%B1il/",
		snippet.Email:     ">All loans in Añil loans</a>",
		snippet.OEmbed:    "&format=json&maxwidth=300&maxheight=420",
	} {
		if got := form.Write(s, choice); !strings.Contains(got, want) {
			t.Errorf("%s is\n%s\nwithout\n%s", form, got, want)
		}
	}
	for _, form := range snippet.Forms() {
		if text := form.Write(s, choice); strings.Contains(text, `loan=""`) || text == "" {
			t.Errorf("%s names a loan: %q", form, text)
		}
	}
}

// Where card and badge of a list are served, they take the place of its figures.
func TestFormsShowTheDrawingsOfAList(t *testing.T) {
	drawn := listAddresses
	drawn.Card, drawn.Badge = "https://loans.example/card/sector/a%C3%B1il-600.png", "https://loans.example/badge/sector/a%C3%B1il.svg"
	s := snippet.OfList(list(t, "en", "Añil loans"), "sector/a%C3%B1il", drawn, colour)
	choice := snippet.Choice{Size: snippet.Standard, Theme: snippet.Light}
	for form, want := range map[snippet.Form]string{
		snippet.Markdown: "[![Añil loans](https://loans.example/badge/sector/a%C3%B1il.svg)](https://loans.example/sector/a%C3%B1il/)",
		snippet.BBCode:   "[url=https://loans.example/sector/a%C3%B1il/][img]https://loans.example/card/sector/a%C3%B1il-600.png[/img][/url]\n[url=https://loans.example/sector/a%C3%B1il/]Añil loans[/url]",
	} {
		if got := form.Write(s, choice); got != want {
			t.Errorf("%s is\n%s\nnot\n%s", form, got, want)
		}
	}
	mail := snippet.Email.Write(s, choice)
	for _, want := range []string{`<img src="https://loans.example/card/sector/a%C3%B1il-600.png" alt="Añil loans" width="480" height="252"`, `<a href="https://loans.example/sector/a%C3%B1il/"`, "1,234 loans · Data of 20 November 2026"} {
		if !strings.Contains(mail, want) {
			t.Errorf("the e-mail is\n%s\nwithout\n%s", mail, want)
		}
	}
	for _, form := range snippet.Forms() {
		plain := form.Write(snippet.OfList(list(t, "en", "Añil loans"), "sector/a%C3%B1il", listAddresses, colour), choice)
		if strings.Contains(plain, "/card/") || strings.Contains(plain, "/badge/") {
			t.Errorf("%s offers a drawing that is not served: %s", form, plain)
		}
	}
}

func TestTheTextOfAListsMailStartsWhereItsLinesDo(t *testing.T) {
	for tag, side := range map[string]string{"en": "left", "ar": "right"} {
		mail := snippet.Email.Write(snippet.OfList(list(t, tag, "Loans"), "newest", listAddresses, colour), snippet.Choice{})
		if !strings.Contains(mail, `align="`+side+`"`) || strings.Contains(mail, `align=""`) {
			t.Errorf("%s: %s", tag, mail)
		}
	}
}

func TestAListIsTextWhateverItIsCalled(t *testing.T) {
	name := hostile(t).LoanTitle
	s := snippet.OfList(list(t, "en", name), "newest", listAddresses, colour)
	c := snippet.Choice{Size: snippet.Standard, Theme: snippet.Light}
	for form, elements := range map[snippet.Form]string{
		snippet.Frame: "iframe", snippet.Component: "a loan-card script", snippet.Quote: "a blockquote p script", snippet.Email: "a div table tbody td tr",
	} {
		texts, got := readHTML(t, form.Write(s, c))
		if strings.Join(got, " ") != elements {
			t.Errorf("%s has the elements %v", form, got)
		}
		check(t, form, texts, []string{s.Title})
	}
}

func TestFromRightToLeftTheNumbersOfAListAreIsolated(t *testing.T) {
	if got, want := snippet.OfList(list(t, "ar", "قروض"), "newest", listAddresses, colour).Figures, "\u20681,234\u2069 loans · Data of 20 November 2026"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
