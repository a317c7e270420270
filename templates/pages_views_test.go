package templates

import (
	"fmt"
	"strings"
	"time"

	"github.com/a-h/templ"

	"loanleaf/kiva"
	"loanleaf/locale"
	"loanleaf/site"
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// The views below are written by hand, with invented people, so that these
// tests hold the markup and not the wording, which package view's own tests hold.

type testPage struct {
	name string
	page templ.Component
	loan bool
}

func pages() []testPage {
	english := languageOf("en")
	list := []testPage{
		{"loan-fundraising", loanOf(fundraisingView(english)), true},
		{"loan-paid-without-photo", loanOf(paidView(english)), true},
		{"loan-anonymous", loanOf(anonymousView(english)), true},
		{"loan-group", loanOf(groupView(english)), true},
		{"loan-of-a-listing", loanOf(listed(english)), true},
		{"loan-arabic", loanOf(fundraisingView(languageOf("ar"))), true},
		{"home", HomePage(withFeeds(frameIn(english, "/")), homeView(english)), false},
		{"home-without-loans", HomePage(frameIn(english, "/"), view.Home{Language: english, Title: "Loans", Heading: "Loans"}), false},
		{"list", ListPage(frameIn(english, "/partners/7/"), listView(english), listItems(english)), false},
		{"embed", EmbedPage(frameIn(english, "/embed/"), embeddingOf(fundraisingView(english))), false},
		{"embed-asked-for-nothing-there", EmbedPage(frameIn(english, "/embed/"), askedInVain(embeddingOf(groupView(english)))), false},
		{"embed-asked-by-name", EmbedPage(frameIn(english, "/embed/"), askedByName(embeddingOf(groupView(english)), anonymousView(english))), false},
		{"embed-arabic", EmbedPage(frameIn(languageOf("ar"), "/embed/"), embeddingOf(fundraisingView(languageOf("ar")))), false},
		{"embed-without-loans", EmbedPage(frameIn(english, "/embed/"), Embedding{Example: true}), false},
		{"document", DocumentPage(withDocuments(frameIn(english, "/docs/guides/first")), documentView(english)), false},
		{"trial", TrialPage(frameIn(languageOf("ar"), "/services/oembed/try"), trialView()), false},
		{"document-not-translated", DocumentPage(withDocuments(frameIn(languageOf("ar"), "/docs/guides/first")), untranslatedView(english)), false},
		{"document-lost", LostDocumentPage(unaddressed(withDocuments(frameIn(english, ""))), documentView(english).Menu, "/assets/docs.00000000.css"), false},
		{"document-moved", MovedPage(withDocuments(frameIn(languageOf("fr"), "/fr/docs/guides/first")), Way{Label: "First <steps>", URL: "/fr/docs/guides/first#a"}), false},
		{"search", SearchPage(unaddressed(searchable(frameIn(english, "/search"))), searchView(english), listItems(english)), false},
		{"search-arabic", SearchPage(unaddressed(searchable(frameIn(languageOf("ar"), "/search"))), searchView(languageOf("ar")), nil), false},
		{"home-searchable", HomePage(searchable(frameIn(english, "/")), view.Home{Language: english, Title: "Loans", Heading: "Loans"}), false},
		{"list-of-country", ListPage(frameIn(english, "/country/ke/"), countryView(english), nil), false},
		{"not-found", NotFoundPage(unaddressed(frameIn(english, "")), goneView(english)), false},
	}
	return list
}

func siteOfPages() *site.Site {
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Example Loans", Languages: []string{"en"},
		Images:  "https://pictures.example/img/<size>/<id>.jpg",
		LendURL: "https://lending.example/lend/<id>",
		OEmbed:  "https://loans.example/services/oembed",
		Links:   []site.Link{{Label: "About us", URL: "https://loans.example/about"}},
	})
	if err != nil {
		panic(err)
	}
	return s
}

func languageOf(tag string) *locale.Language {
	l, ok := locale.Get(tag)
	if !ok {
		panic("no language " + tag)
	}
	return l
}

func frameIn(l *locale.Language, path string) Frame {
	s := siteOfPages()
	f := Frame{
		Site: s, Language: l, Style: "/assets/site.00000000.css", Icon: "/assets/icon.00000000.svg", Copy: "/assets/copy.00000000.js", World: "/assets/world.00000000.svg",
		Canonical: "https://loans.example" + path, Policy: Policy(s), Card: SiteCard(s, l),
	}
	if l.Tag != "en" {
		f.Canonical = "https://loans.example/" + l.Tag + path
		f.Alternates = []Alternate{
			{Lang: "en", URL: "https://loans.example" + path}, {Lang: l.Tag, URL: f.Canonical}, {Lang: "x-default", URL: "https://loans.example" + path},
		}
	}
	return f
}

// withFeeds is the frame of a list that has a feed.
func withFeeds(f Frame) Frame {
	f.Feeds = []FeedLink{
		{"application/rss+xml", "https://loans.example/feeds/newest.rss", "Newest loans (RSS)"},
		{"application/atom+xml", "https://loans.example/feeds/newest.atom", `<Newest> "loans" (Atom)`},
	}
	return f
}

func unaddressed(f Frame) Frame {
	f.Canonical = ""
	return f
}

func loanOf(l view.Loan) templ.Component {
	f := frameIn(l.Language, fmt.Sprintf("/lend/%d", l.ID))
	json, xml := f.Site.Discovery(site.Address{Kind: site.Loan, ID: l.ID})
	return LoanPage(f, l, Discovery{json, xml, l.LoanTitle + " (JSON oEmbed view)", l.LoanTitle + " (XML oEmbed view)"})
}

// embeddingOf is the page that hands out code, with a loan for its example.
func embeddingOf(l view.Loan) Embedding {
	at := snippet.Addresses{Page: l.Page, Widget: l.Widget, Script: "https://loans.example/loan-card.js", OEmbed: "https://loans.example/services/oembed?url=x&format=json", Bounds: true}
	return Embedding{
		Loan: &l, Subject: snippet.Of(l, at, "#4338a8"), Choice: snippet.Choice{Size: snippet.Standard, Theme: snippet.Light}, Form: snippet.Frame,
		Example: true, Action: "/embed/", Script: "/assets/embed.00000000.js", Style: "/assets/embed.00000000.css", Sample: l.Page,
		Languages: []CardLanguage{{"en", "English"}, {"ar", "العربية"}}, Language: l.Language.Tag,
		States: []StandIn{{"paid", "Repaid in full", "7"}, {"gone", "Not available", "9007199254740991"}},
		Weights: map[snippet.Form]Weight{
			snippet.Frame: {Of: CardWeight, Tenths: 38, Requests: 2}, snippet.Component: {Of: CardWeight, Tenths: 38, ScriptTenths: 16, Requests: 3},
			snippet.Markdown: {Of: BadgeWeight, Tenths: 6, Requests: 1}, snippet.Email: {Of: PictureWeight, Tenths: 412, Requests: 1},
		},
		Preview: "/embed/100000", Data: map[string]string{"title": l.LoanTitle},
	}
}

func askedInVain(e Embedding) Embedding {
	e.Asked, e.Unknown, e.Example = `"><b>nothing</b>`, true, false
	e.Choice, e.Form = snippet.Choice{Size: snippet.Fluid, Theme: snippet.Dark}, snippet.Email
	e.State, e.Preview, e.Dark = "paid", "/embed/7", true
	return e
}

func askedByName(e Embedding, loan view.Loan) Embedding {
	e.Asked, e.Example, e.Narrow = "a loan <", false, true
	e.Found, e.Count, e.More = []Found{{*e.Loan, e.Choosing(e.Loan.ID)}, {loan, e.Choosing(loan.ID)}}, words("12 loans"), true
	return e
}

func words(text string) view.Sentence { return view.Sentence{{Text: text}} }

// says puts together a sentence of words and, in turn, amounts.
func amounts(parts ...string) view.Sentence {
	var s view.Sentence
	for i, p := range parts {
		kind := view.Plain
		if i%2 == 0 {
			kind = view.Amount
		}
		s = append(s, view.Span{Text: p, Kind: kind})
	}
	return s
}

func dayOf(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func fundraisingView(l *locale.Language) view.Loan {
	v := view.Loan{
		ID: 100000, Language: l, Status: kiva.Fundraising, Name: "Mai",
		Title: "Example Loans - Mai's Loan", LoanTitle: "Mai's Loan from Viet Nam",
		ShareTitle:  "Mai needs $550 for her poultry farm in Viet Nam",
		Description: "A loan of $550 helps Mai to buy more ducks and chickens. $125 raised of $550.",
		Place:       "Thanh Hoa, Viet Nam", Country: "Viet Nam",
		Activity: view.Foreign{Text: "Poultry"}, Sector: view.Foreign{Text: "Agriculture"},
		State: view.State{Chip: "Raising funds", Tone: "go", Icon: "clock"},
		Use: view.Sentence{
			{Text: "A loan of "}, {Text: "$550", Kind: view.Amount}, {Text: " helps "}, {Text: "Mai", Kind: view.Name},
			{Text: " "}, {Text: "to buy more ducks and chickens for her small farm", Kind: view.Words}, {Text: "."},
		},
		Figures: view.Figures{Bar: 23, Main: amounts("$125", " raised of ", "$550"), Aside: view.Sentence{
			{Text: "23% · until "}, {Text: "12 December 2026", Kind: view.Date, Time: dayOf(2026, 12, 12)},
		}},
		Action: &view.Action{Label: "Lend to Mai", URL: "https://lending.example/lend/100000"},
		Source: view.Action{Label: "loans.example", URL: "https://loans.example/lend/100000"},
		Dated: view.Dated{Time: dayOf(2026, 11, 21), Label: view.Sentence{
			{Text: "Data of "}, {Text: "21 November 2026", Kind: view.Date, Time: dayOf(2026, 11, 21)},
		}},
		Picture: photo(100001, 450, 360, "Photo of Mai"), Share: photo(100001, 300, 300, "Photo of Mai"),
		Page: "https://loans.example/lend/100000", Widget: "https://loans.example/embed/100000",
		Stories: []view.Story{
			{Language: "en", Direction: "ltr", Label: "Translated into English", Paragraphs: []string{
				"Mai is 46 years old and keeps ducks behind the house where she lives with her husband and two sons.",
				"She began with six ducklings that her mother gave her. Today the eggs pay for school books and, in a good month, for repairs of the roof. The pond is large enough for twice as many birds.",
				"With this loan she will buy sixty ducklings, feed for the first eight weeks and wire for a second run.",
			}},
			{Language: "vi", Direction: "ltr", Label: "Original, in Vietnamese", Paragraphs: []string{
				"Chị Mai 46 tuổi, nuôi vịt phía sau nhà.", "Chị muốn mua thêm sáu mươi con vịt con.",
			}},
		},
		Partner: &view.Partner{
			Name: "Green Valley Fund", URL: "https://loans.example/partners/7/", Rating: "4.5 of 5 stars", Why: "What a rating is.",
			Facts: []view.Fact{{Label: "Working with us since", Value: words("May 2019")}, {Label: "Loans", Value: words("1,204")}},
		},
		Facts: []view.Fact{
			{Label: "Length", Value: words("14 months"), Why: "How long it is."}, {Label: "Repayments", Value: words("Monthly")},
			{Label: "Paid out", Value: words("2 November 2026"), Note: "₫13,900,000"},
			{Label: "Loss from exchange rates", Value: words("Lenders and the field partner share it")},
		},
		Tags:   []string{"#Parent", "#Woman-Owned Business"},
		Crumbs: []view.Action{{Label: "Viet Nam", URL: "https://loans.example/country/vn/"}, {Label: "Agriculture", URL: "https://loans.example/sector/agriculture/"}, {Label: "Raising funds", URL: "https://loans.example/status/fundraising/"}},
		Data: view.Machine{
			Amount: kiva.USD(550), Raised: kiva.USD(125), PercentFunded: 22, CountryCode: "VN", Sector: "Agriculture",
			Activity: "Poultry", Months: 14, Posted: dayOf(2026, 11, 12), Expires: dayOf(2026, 12, 12),
			PartnerName: "Green Valley Fund", PartnerURL: "https://loans.example/partners/7/",
		},
	}
	v.Schedule = view.Table{Columns: []string{"Due", "To lenders", "From the borrower"}}
	for month := range 14 {
		due := dayOf(2027, time.Month(1+month), 15)
		v.Schedule.Rows = append(v.Schedule.Rows, view.Row{Date: due, When: l.Date(due), Amounts: []string{"$39.29", "₫993,000"}})
	}
	v.Chart = view.Chart{
		Title: "Planned and received", Summary: "Planned: $550 between January 2027 and February 2028.",
		Whole: "$550", Local: "₫13,900,000", From: "November 2026", To: "February 2028",
		Plan: []view.Step{{X: 125, Y: 71}, {X: 580, Y: 500}, {X: 970, Y: 1000}},
	}
	return v
}

func photo(id int64, width, height int, alt string) *view.Picture {
	return &view.Picture{Alt: alt, Picture: site.Picture{
		URL: fmt.Sprintf("https://pictures.example/img/w%dh%d/%d.jpg", width, height, id), Width: width, Height: height,
	}}
}

func paidView(l *locale.Language) view.Loan {
	v := fundraisingView(l)
	v.ID, v.Status, v.Name = 100017, kiva.Paid, "Óscar Peña-Ruiz"
	v.Title, v.LoanTitle, v.ShareTitle = "Example Loans - Óscar Peña-Ruiz's Loan", "Óscar Peña-Ruiz's Loan from Peru", ""
	v.Description = "A loan of $900 helped Óscar Peña-Ruiz to repair a fishing boat. $874 repaid of $900."
	v.Place, v.Country, v.Activity = "Peru", "Peru", view.Foreign{Text: "Fishing"}
	v.State = view.State{Chip: "Repaid with a loss", Tone: "ok", Icon: "check"}
	v.Use = words("A loan of $900 helped Óscar Peña-Ruiz to repair a fishing boat.")
	v.Figures = view.Figures{Bar: 97, Main: amounts("$874", " repaid of ", "$900"), Aside: amounts("$26", " lost to exchange rates")}
	v.Action = &view.Action{Label: "Find a similar loan", URL: "https://loans.example/sector/food/"}
	v.Picture, v.Share = nil, nil
	v.Page, v.Widget = "https://loans.example/lend/100017", "https://loans.example/embed/100017"
	v.Stories = []view.Story{{Language: "es", Direction: "ltr", Label: "Original, in Spanish", Paragraphs: []string{"Óscar pesca desde niño en la bahía."}}}
	v.Schedule = view.Table{}
	v.Payments = view.Table{
		Columns: []string{"Received", "Amount", "In local currency", "Lost to exchange rates"},
		Rows: []view.Row{
			{Date: dayOf(2025, 3, 1), When: "March 1, 2025", Amounts: []string{"$300.00", "S/1,110.00"}},
			{Date: dayOf(2025, 6, 1), When: "June 1, 2025", Amounts: []string{"$574.00", "S/2,220.00", "$26.00"}},
		},
	}
	v.Chart = view.Chart{}
	v.Dated = view.Dated{Label: words("Repaid on June 1, 2025"), Time: dayOf(2025, 6, 1)}
	v.Data.Expires = time.Time{}
	return v
}

func anonymousView(l *locale.Language) view.Loan {
	return view.Loan{
		ID: 100023, Language: l, Status: kiva.InRepayment, Name: "A loan from Kenya", Anonymous: true,
		Title: "Example Loans - A loan from Kenya", LoanTitle: "A loan from Kenya",
		Description: "For the borrower's privacy, this loan of $300 is anonymous.",
		Place:       "Kenya", Country: "Kenya",
		State:   view.State{Chip: "Being repaid", Tone: "info", Icon: "cycle"},
		Use:     words("For the borrower's privacy, this loan of $300 is anonymous."),
		Figures: view.Figures{Bar: -1, Main: amounts("$300", " raised in full")},
		Page:    "https://loans.example/lend/100023", Widget: "https://loans.example/embed/100023",
		Data: view.Machine{Amount: kiva.USD(300), PercentFunded: -1},
	}
}

// listed is a loan as a listing has it, without story and payments.
func listed(l *locale.Language) view.Loan {
	v := fundraisingView(l)
	v.Stories, v.Schedule, v.Chart, v.Partner = nil, view.Table{}, view.Chart{}, nil
	v.State = view.State{Chip: "Defaulted", Tone: "warn", Icon: "alert"}
	v.Figures = view.Figures{Bar: 56, Main: amounts("$310", " repaid of ", "$550"), Aside: amounts("$240", " lost")}
	return v
}

func groupView(l *locale.Language) view.Loan {
	v := fundraisingView(l)
	v.ID, v.Name, v.Group, v.Status = 100031, "مجموعة نساء الياسمين", true, kiva.InRepayment
	v.Title, v.LoanTitle, v.ShareTitle = "Example Loans - "+v.Name+"'s Loan", v.Name+"'s Loan from Jordan", ""
	v.Description = "A loan of $2,400 helped " + v.Name + " to buy sewing machines."
	v.Place, v.Country, v.Activity = "Zarqa, Jordan", "Jordan", view.Foreign{Text: "Sewing", Lang: "en"}
	v.State = view.State{Chip: "Being repaid", Tone: "info", Icon: "cycle"}
	v.Use = view.Sentence{
		{Text: "A loan of "}, {Text: "$2,400", Kind: view.Amount}, {Text: " helped "}, {Text: v.Name, Kind: view.Name},
		{Text: " "}, {Text: "to buy sewing machines", Kind: view.Words, Lang: "en"}, {Text: "."},
	}
	v.Figures = view.Figures{Bar: 40, Main: amounts("$960", " repaid of ", "$2,400"), Aside: words("40%")}
	v.Action = &view.Action{Label: "Follow this loan", URL: "https://loans.example/lend/100031#repayment", Quiet: true}
	v.Picture = photo(100032, 450, 300, "Photo of the group")
	v.Video = &view.Action{Label: "Watch the video on YouTube", URL: "https://www.youtube.com/watch?v=abc_DEF-123"}
	v.Borrowers = "In this group: Amal, Huda, Rania and Salma"
	v.Stories = []view.Story{{Language: "ar", Direction: "rtl", Label: "Original, in Arabic", Paragraphs: []string{"تعمل النساء معًا منذ خمس سنوات في مشغل صغير.", "سيشترين أربع ماكينات خياطة."}}}
	v.Schedule = view.Table{Columns: []string{"Due", "To lenders", "How it went"}}
	for month, word := range []string{"On time", "61 days late", "Missing", "Not received yet"} {
		due := dayOf(2026, time.Month(1+month), 1)
		v.Schedule.Rows = append(v.Schedule.Rows, view.Row{
			Date: due, When: l.Date(due), Amounts: []string{"$600", word}, Amiss: month == 1 || month == 2,
		})
	}
	v.Borrower = view.Table{Columns: []string{"Due", "From the borrower"}, Rows: []view.Row{
		{Date: dayOf(2025, 12, 1), When: "December 1, 2025", Amounts: []string{"JOD 1,700"}},
	}}
	v.Chart = view.Chart{
		Title: "Planned and received", Summary: "Planned: $2,400 between January 2026 and April 2026. Received: $960 by April 2, 2026.",
		Note: "A <note> of the data.", Whole: "$2,400", Local: "JOD 1,700", From: "January 2026", To: "April 2026",
		Plan:  []view.Step{{X: 0, Y: 250}, {X: 330, Y: 500}, {X: 650, Y: 750}, {X: 970, Y: 1000}},
		Back:  []view.Step{{X: 10, Y: 250}, {X: 975, Y: 400}, {X: 1000, Y: 400}},
		Marks: []view.Mark{{X: 0, Outcome: view.OnTime}, {X: 330, Outcome: view.Late}, {X: 650, Outcome: view.Missing}, {X: 970, Outcome: view.Open}},
		Keys: []view.Key{
			{Outcome: view.OnTime, Label: "On time: 1"}, {Outcome: view.Late, Label: "Late: 1"},
			{Outcome: view.Missing, Label: "Missing: 1"}, {Outcome: view.Open, Label: "Open: 1"},
		},
	}
	v.Page, v.Widget = "https://loans.example/lend/100031", "https://loans.example/embed/100031"
	return v
}

// card is a loan as lists have it.
func cardOf(l view.Loan) view.Loan {
	l.Stories, l.Borrowers, l.Partner, l.Facts, l.Tags, l.Crumbs = nil, "", nil, nil, nil, nil
	l.Schedule, l.Payments, l.Borrower, l.Chart = view.Table{}, view.Table{}, view.Table{}, view.Chart{}
	return l
}

func cardViews(l *locale.Language) []view.Loan {
	return []view.Loan{cardOf(fundraisingView(l)), cardOf(paidView(l)), cardOf(anonymousView(l)), cardOf(groupView(l))}
}

func homeView(l *locale.Language) view.Home {
	return view.Home{
		Language: l, Title: "Example Loans", Heading: "Small loans, told in full",
		Intro:       view.Sentence{{Text: "1,204 loans · "}, {Text: "56 are raising funds"}},
		Fundraising: []view.Loan{cardOf(fundraisingView(l))}, Newest: cardViews(l),
		All:       view.Action{Label: "All loans", URL: "https://loans.example/page/13"},
		Statuses:  entriesTo("status", "Raising funds", "Being repaid", "Repaid in full"),
		Sectors:   entriesTo("sector", "Agriculture", "Food", "Retail"),
		Countries: entriesTo("country", "Jordan", "Kenya", "Peru", "Viet Nam", "Cambodia", "Bolivia", "Democratic Republic of the Congo"),
		Partners:  entriesTo("partners", "Green Valley Fund", "Harbour Credit Union"),
		Map: []view.Spot{
			{X: 168, Y: -25, Radius: 16, Label: "Cambodia · 100 loans", URL: "https://loans.example/country/kh/"},
			{X: -119, Y: 18, Radius: 4, Label: "Peru · <1> loan", URL: "https://loans.example/country/pe/"},
		},
		Dated: view.Dated{Label: words("Data of 21 November 2026")},
	}
}

func entriesTo(folder string, labels ...string) []view.Entry {
	var list []view.Entry
	for i, label := range labels {
		list = append(list, view.Entry{
			Label: label, URL: "https://loans.example/" + folder + "/" + strings.ToLower(label[:2]) + "/", Count: fmt.Sprint(7 * (i + 1)),
		})
	}
	return list
}

func listView(l *locale.Language) view.List {
	return view.List{
		Language: l, Title: "Example Loans - Green Valley Fund", Heading: view.Sentence{{Text: "Green Valley Fund"}},
		Intro: words("214 loans · 12 are raising funds"),
		Older: &view.Action{Label: "Older loans", URL: "https://loans.example/partners/7/page/2"},
		About: fundraisingView(l).Partner, Dated: view.Dated{Label: words("Data of 21 November 2026")},
		Crumbs: []view.Action{{Label: "Home", URL: "https://loans.example/"}},
	}
}

// listItems are the loans of listView.
func listItems(l *locale.Language) templ.Component {
	var items []templ.Component
	for _, card := range cardViews(l) {
		items = append(items, ListItem(card))
	}
	return templ.Join(items...)
}

func goneView(l *locale.Language) view.Gone {
	return view.Gone{
		Language: l, Title: "Example Loans - Not available", State: view.State{Chip: "Not available", Tone: "off", Icon: "stop"},
		Heading: "This loan is not available",
		Text:    "The loan you are looking for was removed or never existed. Nothing is wrong with this page.",
		Action:  view.Action{Label: "Find another loan", URL: "https://loans.example/"},
	}
}
