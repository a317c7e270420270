package smoke

import (
	"time"

	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// The loans of this file are views made by hand, with invented people: what the
// widget must be able to show, at its longest and at its shortest.

func tag(t string) *locale.Language {
	l, ok := locale.Get(t)
	if !ok {
		panic("no language " + t)
	}
	return l
}

func plain(s string) view.Span  { return view.Span{Text: s} }
func amount(s string) view.Span { return view.Span{Text: s, Kind: view.Amount} }
func name(s string) view.Span   { return view.Span{Text: s, Kind: view.Name} }

var day = time.Date(2026, 12, 12, 0, 0, 0, 0, time.UTC)

func date(s string) view.Span { return view.Span{Text: s, Kind: view.Date, Time: day} }

// standard is Mai's loan of the design's pictures.
func standard() view.Loan {
	return view.Loan{
		ID: 100000, Language: tag("en"), Name: "Mai",
		Title: "Loans - Mai's Loan", LoanTitle: "Mai's Loan from Viet Nam",
		Place: "Thanh Hoa, Viet Nam", Country: "Viet Nam",
		Activity: view.Foreign{Text: "Poultry"},
		State:    view.State{Chip: "Raising funds", Tone: "go", Icon: "clock"},
		Use: view.Sentence{plain("A loan of "), {Text: "$550", Kind: view.Plain}, plain(" helps "), name("Mai"),
			plain(" to buy more ducks and chickens for her small farm.")},
		Figures: view.Figures{
			Bar:   23,
			Main:  view.Sentence{amount("$125"), plain(" raised of "), amount("$550")},
			Aside: view.Sentence{plain("23% · until "), date("12 December 2026")},
		},
		WidgetAction: &view.Action{Label: "Lend to Mai", URL: "https://loans.example/lend/100000"},
		Source:       view.Action{Label: "loans.example", URL: "https://loans.example/lend/100000"},
		Dated:        view.Dated{Label: view.Sentence{plain("Data of "), {Text: "21 November 2026", Kind: view.Date, Time: day}}, Time: day},
		Page:         "https://loans.example/lend/100000",
		Widget:       "https://loans.example/embed/100000",
	}
}

// arabic is the same card from right to left.
func arabic() view.Loan {
	l := standard()
	l.Language = tag("ar")
	l.Name, l.Place = "سلمى", "جرش، الأردن"
	l.Activity = view.Foreign{Text: "تربية الدواجن"}
	l.State.Chip = "قيد جمع التمويل"
	l.Use = view.Sentence{plain("قرض بقيمة "), {Text: "550 دولارًا", Kind: view.Plain}, plain(" يساعد "), name("سلمى"),
		plain(" على شراء المزيد من البط والدجاج لمزرعتها الصغيرة.")}
	l.Figures.Main = view.Sentence{plain("جُمع "), amount("US$ 125"), plain(" من "), amount("US$ 550")}
	l.Figures.Aside = view.Sentence{plain("23% · حتى "), date("12 ديسمبر 2026")}
	l.WidgetAction = &view.Action{Label: "أقرِض سلمى", URL: l.Page}
	l.Dated.Label = view.Sentence{plain("بيانات "), date("21 نوفمبر 2026")}
	return l
}

// figures replaces what a state says.
func figures(l view.Loan, s view.State, bar int, main, aside view.Sentence, action string, quiet bool) view.Loan {
	l.State, l.Figures = s, view.Figures{Bar: bar, Main: main, Aside: aside}
	l.WidgetAction = &view.Action{Label: action, URL: l.Page, Quiet: quiet}
	l.Use = view.Sentence{plain("A loan of $550 helped "), name("Mai"), plain(" to buy more ducks and chickens for her small farm.")}
	l.Dated.Label = view.Sentence{plain("Last payment on "), date("17 September 2026")}
	return l
}

// states are the states of the design but fundraising, which standard is.
func states() []card {
	sentence := func(spans ...view.Span) view.Sentence { return spans }
	return []card{
		{"funded", figures(standard(), view.State{Chip: "Fully funded", Tone: "ok", Icon: "check"}, 100,
			sentence(amount("$550"), plain(" raised, all of it")), sentence(plain("on "), date("3 February 2026")), "Find a similar loan", false)},
		{"in_repayment", figures(standard(), view.State{Chip: "Being repaid", Tone: "info", Icon: "cycle"}, 40,
			sentence(amount("$220"), plain(" repaid of "), amount("$550")), sentence(plain("40%")), "Follow this loan", true)},
		{"paid", figures(standard(), view.State{Chip: "Repaid in full", Tone: "ok", Icon: "check"}, 100,
			sentence(amount("$550"), plain(" repaid, all of it")), sentence(plain("on "), date("9 January 2026")), "Find a similar loan", false)},
		{"defaulted", figures(standard(), view.State{Chip: "Defaulted", Tone: "warn", Icon: "alert"}, 56,
			sentence(amount("$310"), plain(" repaid of "), amount("$550")), sentence(plain("56% · "), amount("$240"), plain(" lost")), "Read what happened", true)},
		{"refunded", figures(standard(), view.State{Chip: "Refunded", Tone: "off", Icon: "back"}, -1,
			sentence(amount("$125"), plain(" returned to lenders")), nil, "Find a similar loan", false)},
		{"expired", figures(standard(), view.State{Chip: "Expired", Tone: "off", Icon: "stop"}, 64,
			sentence(amount("$352"), plain(" of "), amount("$550"), plain(", returned to lenders")), sentence(plain("64% when it ended")), "Find a similar loan", false)},
	}
}

// long is a card whose every word is longer than most.
func long() view.Loan {
	l := standard()
	l.Name = "Genossenschaft der Reisbäuerinnen von Thanh Hoa und Umgebung (Gruppe 14)"
	l.Title = "Loans - " + l.Name + "'s Loan"
	l.Place = "Santiago Ixcuintla de los Caballeros, República Democrática del Congo"
	l.Activity = view.Foreign{Text: "Personal Products Sales and Services", Lang: "en"}
	l.Use = view.Sentence{plain("A loan of $7,425 helps "), name(l.Name), plain(" to "),
		{Text: "buy certified seed, fertiliser, two second-hand pumps and the fuel that they need for a whole season, and to pay the workers " +
			"who plant, weed and harvest until the rice is sold at the market in the provincial capital", Kind: view.Words}, plain(".")}
	l.Figures = view.Figures{Bar: 92,
		Main:  view.Sentence{amount("$6,850.25"), plain(" raised of "), amount("$7,425.00")},
		Aside: view.Sentence{plain("92% · the rest is reserved · until "), date("30 September 2026")}}
	l.WidgetAction = &view.Action{Label: "Lend to Genossenschaft der Reisb…", URL: l.Page}
	l.Source.Label = "microcredit.cooperative-federation.example"
	return l
}

func group() view.Loan {
	l := long()
	l.Group = true
	l.Activity = view.Foreign{Text: "Agriculture"}
	l.Place = "Thanh Hoa, Viet Nam"
	l.Source.Label = "loans.example"
	return l
}

// short is a card with as little as the data may hold.
func short() view.Loan {
	l := standard()
	l.Name, l.Anonymous = "A loan from Kenya", true
	l.Place, l.Activity = "Kenya", view.Foreign{}
	l.Use = view.Sentence{plain("For privacy, this loan does not say who borrowed.")}
	l.Figures = view.Figures{Bar: -1, Main: view.Sentence{amount("$550"), plain(" raised in full")}}
	l.Dated = view.Dated{}
	return l
}

// idle is a card with nothing to press, as on a site that names no place to lend.
func idle() view.Loan {
	l := standard()
	l.WidgetAction = nil
	return l
}

func gone() view.Gone {
	return view.Gone{
		Language: tag("en"), Title: "Loans - This loan is not available",
		State: view.State{Chip: "Not available", Tone: "off", Icon: "stop"}, Heading: "This loan is not available",
		Text:   "The loan you are looking for was removed or never existed. Nothing is wrong with this page.",
		Action: view.Action{Label: "Find another loan", URL: "https://loans.example/"},
		Source: view.Action{Label: "loans.example", URL: "https://loans.example/"},
	}
}

// withPicture is the loan with the picture that the test's server has.
func withPicture(l view.Loan, address string) view.Loan {
	l.Picture = &view.Picture{Picture: site.Picture{URL: address, Width: 450, Height: 360}, Alt: "Picture of " + l.Name}
	return l
}
