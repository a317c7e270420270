package snippet_test

import (
	"testing"
	"time"

	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// The people here are invented.

func in(t testing.TB, tag string) *locale.Language {
	t.Helper()
	l, ok := locale.Get(tag)
	if !ok {
		t.Fatalf("no language %s", tag)
	}
	return l
}

var addresses = snippet.Addresses{
	Page: "https://loans.example/lend/100000", Widget: "https://loans.example/embed/100000", Script: "https://loans.example/loan-card.js",
	OEmbed: "https://loans.example/services/oembed?url=https%3A%2F%2Floans.example%2Flend%2F100000&format=json", Bounds: true,
}

// drawn are the addresses where the loan's card and badge are served as well.
func drawn() snippet.Addresses {
	a := addresses
	a.Card, a.Badge = "https://loans.example/card/100000-600.jpg", "https://loans.example/badge/100000.svg"
	return a
}

func mai(t testing.TB) view.Loan {
	return view.Loan{
		ID: 100000, Language: in(t, "en"), LoanTitle: "Mai's Loan from Viet Nam", Place: "Thanh Hoa, Viet Nam",
		State: view.State{Chip: "Raising funds"},
		Use:   view.Sentence{{Text: "A loan of $550 helps "}, {Text: "Mai", Kind: view.Name}, {Text: " to buy ducks."}},
		Figures: view.Figures{Bar: 23, Main: view.Sentence{{Text: "$125", Kind: view.Amount}, {Text: " raised of "}, {Text: "$550", Kind: view.Amount}},
			Aside: view.Sentence{{Text: "23%"}}},
		WidgetAction: &view.Action{Label: "Lend to Mai", URL: addresses.Page},
		Dated:        view.Dated{Label: view.Sentence{{Text: "Data of "}, {Text: "20 November 2026", Kind: view.Date, Time: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}}},
		Picture:      &view.Picture{Picture: site.Picture{URL: "https://loans.example/img/w450h360/1.jpg", Width: 450, Height: 360}, Alt: "Photo of Mai"},
	}
}

// bare is a loan of which next to nothing is known.
func bare(t testing.TB) view.Loan {
	return view.Loan{ID: 5, Language: in(t, "en"), LoanTitle: "A loan", Figures: view.Figures{Bar: -1}}
}

// hostile has a name that means something in every form.
func hostile(t testing.TB) view.Loan {
	l := mai(t)
	const name = "\"><script>alert(1)</script>[/url][img]x[/img] **Q** `x` [a](javascript:b) &amp; 'n' $1$ @all\n# Head\u2028\x00"
	l.LoanTitle = name
	l.Use = view.Sentence{{Text: "A loan helps "}, {Text: name, Kind: view.Name}, {Text: "."}}
	l.State.Chip, l.Place, l.WidgetAction.Label, l.Picture.Alt = name, name, name, name
	return l
}

// salma is told from right to left.
func salma(t testing.TB) view.Loan {
	l := mai(t)
	l.Language, l.LoanTitle, l.Place = in(t, "ar"), "قرض سلمى من الأردن", "جرش، الأردن"
	l.Use = view.Sentence{{Text: "قرض بقيمة "}, {Text: "US$ 550", Kind: view.Amount}, {Text: " يساعد "}, {Text: "Salma", Kind: view.Name}, {Text: "."}}
	l.Figures.Main = view.Sentence{{Text: "جُمع "}, {Text: "US$ 125", Kind: view.Amount}}
	l.Dated, l.WidgetAction.Label, l.State.Chip = view.Dated{}, "أقرِض سلمى", "قيد جمع التمويل"
	return l
}

const colour = "#4338a8"

func TestASubjectIsTextOnOneLineEach(t *testing.T) {
	s := snippet.Of(hostile(t), addresses, colour)
	for _, text := range []string{s.Title, s.Use, s.Figures, s.Mail.Chip, s.Mail.Place, s.Mail.Action} {
		for _, r := range text {
			if r < ' ' || r == '\u2028' || r == 0x7f {
				t.Errorf("%q holds %U", text, r)
			}
		}
	}
}

func TestFiguresComeWithTheirDate(t *testing.T) {
	l := mai(t)
	if got, want := snippet.Of(l, addresses, colour).Figures, "$125 raised of $550 · Data of 20 November 2026"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := l.Figures.Main.String(); got != "$125 raised of $550" {
		t.Errorf("the view was changed: %q", got)
	}
	l.Figures.Main = nil
	if got := snippet.Of(l, addresses, colour).Figures; got != "" {
		t.Errorf("a date alone says nothing of a loan: %q", got)
	}
}

// What is pasted has no chip that says "Defaulted": the loss says it.
func TestFiguresSayWhatWasLost(t *testing.T) {
	l := mai(t)
	l.Figures.Loss = view.Sentence{{Text: "$240", Kind: view.Amount}, {Text: " lost"}}
	if got, want := snippet.Of(l, addresses, colour).Figures, "$125 raised of $550 · $240 lost · Data of 20 November 2026"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFromRightToLeftValuesAreIsolated(t *testing.T) {
	if got, want := snippet.Of(salma(t), addresses, colour).Use, "قرض بقيمة \u2068US$ 550\u2069 يساعد \u2068Salma\u2069."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNamesOfChoicesLeadBackToThem(t *testing.T) {
	for _, s := range snippet.Sizes() {
		if snippet.SizeNamed(s.Name) != s {
			t.Errorf("size %s", s.Name)
		}
	}
	for _, theme := range snippet.Themes() {
		if snippet.ThemeNamed(theme.Name) != theme {
			t.Errorf("theme %s", theme.Name)
		}
	}
	for _, f := range snippet.Forms() {
		if snippet.FormNamed(string(f)) != f {
			t.Errorf("form %s", f)
		}
	}
	for _, odd := range []string{"", "huge", "<b>", "Frame"} {
		if snippet.SizeNamed(odd) != snippet.Standard || snippet.ThemeNamed(odd) != snippet.Light || snippet.FormNamed(odd) != snippet.Frame {
			t.Errorf("%q is not the usual choice", odd)
		}
	}
}
