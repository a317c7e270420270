package templates

import (
	"encoding/json"

	"loanleaf/templates/view"
)

// The types below are the words of schema.org that a loan page uses, as
// JSON-LD: the page, its path of links, and the loan as a LoanOrCredit. A
// grant or a donation would be wrong, since the money is lent. encoding/json
// escapes <, > and & and the two line separators, so no value can end the
// script element around it.

type linkedPage struct {
	Context     string        `json:"@context"`
	Type        string        `json:"@type"`
	URL         string        `json:"url,omitempty"`
	Name        string        `json:"name,omitempty"`
	Description string        `json:"description,omitempty"`
	Language    string        `json:"inLanguage,omitempty"`
	Published   string        `json:"datePublished,omitempty"`
	Site        *linkedThing  `json:"isPartOf,omitempty"`
	Image       *linkedImage  `json:"primaryImageOfPage,omitempty"`
	Breadcrumb  *linkedCrumbs `json:"breadcrumb,omitempty"`
	Main        *linkedLoan   `json:"mainEntity,omitempty"`
}

type linkedThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type linkedImage struct {
	Type    string `json:"@type"`
	URL     string `json:"url"`
	Width   int    `json:"width,omitempty"`
	Height  int    `json:"height,omitempty"`
	Caption string `json:"caption,omitempty"`
}

type linkedCrumbs struct {
	Type  string        `json:"@type"`
	Items []linkedCrumb `json:"itemListElement"`
}

type linkedCrumb struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"`
}

type linkedLoan struct {
	Type     string        `json:"@type"`
	Name     string        `json:"name"`
	URL      string        `json:"url,omitempty"`
	Category string        `json:"category,omitempty"`
	Amount   *linkedAmount `json:"amount,omitempty"`
	Currency string        `json:"currency,omitempty"`
	Term     *linkedTerm   `json:"loanTerm,omitempty"`
	Kind     string        `json:"loanType,omitempty"`
	Form     *linkedForm   `json:"loanRepaymentForm,omitempty"`
	Provider *linkedThing  `json:"provider,omitempty"`
	Area     *linkedThing  `json:"areaServed,omitempty"`
	Action   *linkedAction `json:"potentialAction,omitempty"`
}

type linkedAmount struct {
	Type     string      `json:"@type"`
	Value    json.Number `json:"value"`
	Currency string      `json:"currency"`
}

type linkedTerm struct {
	Type  string `json:"@type"`
	Value int    `json:"value"`
	Unit  string `json:"unitCode"` // UN/CEFACT; MON is a month
}

type linkedForm struct {
	Type     string `json:"@type"`
	Payments int    `json:"numberOfLoanPayments"`
}

type linkedAction struct {
	Type   string       `json:"@type"`
	Name   string       `json:"name"`
	Target linkedTarget `json:"target"`
}

type linkedTarget struct {
	Type string `json:"@type"`
	URL  string `json:"urlTemplate"`
}

// linkLoan says in schema.org's words what a loan page says in its own.
func linkLoan(f Frame, l view.Loan) *linkedPage {
	p := &linkedPage{
		Context: "https://schema.org", Type: "WebPage",
		URL: f.Canonical, Name: l.LoanTitle, Description: f.Description, Language: f.Language.Tag,
		Site: &linkedThing{Type: "WebSite", Name: f.Site.Name()},
		Main: &linkedLoan{
			Type: "LoanOrCredit", Name: l.LoanTitle, URL: f.Canonical,
			Category: l.Data.Sector, Kind: "Microloan",
		},
		Breadcrumb: linkCrumbs(f, l),
	}
	if !l.Data.Posted.IsZero() {
		p.Published = l.Data.Posted.UTC().Format("2006-01-02")
	}
	if s := l.Share; s != nil {
		p.Image = &linkedImage{Type: "ImageObject", URL: s.URL, Width: s.Width, Height: s.Height, Caption: s.Alt}
	}
	linkTerms(p.Main, l.Data)
	if n := len(l.Schedule.Rows); n > 0 {
		p.Main.Form = &linkedForm{Type: "RepaymentSpecification", Payments: n}
	}
	if l.Country != "" {
		p.Main.Area = &linkedThing{Type: "Country", Name: l.Country}
	}
	if canLend(f, l) {
		p.Main.Action = &linkedAction{
			Type: "LendAction", Name: l.Action.Label,
			Target: linkedTarget{Type: "EntryPoint", URL: l.Action.URL},
		}
	}
	return p
}

func linkTerms(loan *linkedLoan, data view.Machine) {
	if data.Amount.Known() {
		loan.Amount = &linkedAmount{
			Type: "MonetaryAmount", Value: json.Number(data.Amount.Decimal()), Currency: data.Amount.Currency,
		}
		loan.Currency = data.Amount.Currency
	}
	if data.Months > 0 {
		loan.Term = &linkedTerm{Type: "QuantitativeValue", Value: data.Months, Unit: "MON"}
	}
	if data.PartnerName != "" {
		loan.Provider = &linkedThing{Type: "Organization", Name: data.PartnerName, URL: data.PartnerURL}
	}
}

// linkCrumbs is the path of links at the top of the page: the front page, the
// first list the loan is on, and the loan itself, which needs no address.
func linkCrumbs(f Frame, l view.Loan) *linkedCrumbs {
	crumbs := &linkedCrumbs{Type: "BreadcrumbList"}
	add := func(name, address string) {
		crumbs.Items = append(crumbs.Items, linkedCrumb{
			Type: "ListItem", Position: len(crumbs.Items) + 1, Name: name, Item: address,
		})
	}
	add(f.Language.Words.Home, f.Site.URL(f.home()))
	if len(l.Crumbs) > 0 {
		add(l.Crumbs[0].Label, l.Crumbs[0].URL)
	}
	add(l.Name, "")
	return crumbs
}
