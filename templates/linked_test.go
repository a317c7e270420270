package templates

import (
	"encoding/json"
	"net/url"
	"slices"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// vocabulary are the types of schema.org that a loan page uses, with the
// properties it gives them, their own and those of the types above them
// (schema.org/LoanOrCredit, …/FinancialProduct, …/Service, …/Thing and so on).
var vocabulary = map[string][]string{
	"WebPage": {"url", "name", "description", "inLanguage", "datePublished", "isPartOf", "primaryImageOfPage", "breadcrumb", "mainEntity"},
	"WebSite": {"name", "url"}, "Organization": {"name", "url"}, "Country": {"name"},
	"ImageObject":    {"url", "width", "height", "caption"},
	"BreadcrumbList": {"itemListElement"}, "ListItem": {"position", "name", "item"},
	"LoanOrCredit":   {"name", "url", "category", "amount", "currency", "loanTerm", "loanType", "loanRepaymentForm", "provider", "areaServed", "potentialAction"},
	"MonetaryAmount": {"value", "currency"}, "QuantitativeValue": {"value", "unitCode"},
	"RepaymentSpecification": {"numberOfLoanPayments"},
	"LendAction":             {"name", "target"}, "EntryPoint": {"urlTemplate"},
}

// needed is what a type means nothing without.
var needed = map[string][]string{
	"WebPage": {"name", "breadcrumb", "mainEntity"}, "LoanOrCredit": {"name", "amount", "currency"}, "ListItem": {"position", "name"},
	"MonetaryAmount": {"value", "currency"}, "LendAction": {"target"}, "EntryPoint": {"urlTemplate"}, "BreadcrumbList": {"itemListElement"},
}

func TestLinkedDataSpeaksSchemaOrg(t *testing.T) {
	for _, p := range pages() {
		if !p.loan {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			var page map[string]any
			if err := json.Unmarshal([]byte(linkedData(t, render(t, p.page))), &page); err != nil {
				t.Fatal(err)
			}
			if page["@context"] != "https://schema.org" || page["@type"] != "WebPage" {
				t.Errorf("a %v of %v", page["@type"], page["@context"])
			}
			delete(page, "@context")
			checkThing(t, "page", page)
			crumbs := page["breadcrumb"].(map[string]any)["itemListElement"].([]any)
			for i, crumb := range crumbs {
				crumb := crumb.(map[string]any)
				if crumb["position"] != float64(i+1) {
					t.Errorf("crumb %d has position %v", i+1, crumb["position"])
				}
				if _, leads := crumb["item"]; leads == (i == len(crumbs)-1) {
					t.Errorf("crumb %d of %d: %v", i+1, len(crumbs), crumb)
				}
			}
		})
	}
}

// checkThing holds a thing, and those in it, to the vocabulary.
func checkThing(t *testing.T, at string, thing map[string]any) {
	t.Helper()
	kind, _ := thing["@type"].(string)
	known, ok := vocabulary[kind]
	if !ok {
		t.Fatalf("%s is of type %q", at, kind)
	}
	for _, name := range needed[kind] {
		if thing[name] == nil {
			t.Errorf("%s, a %s, has no %s", at, kind, name)
		}
	}
	for name, value := range thing {
		if name == "@type" {
			continue
		}
		if !slices.Contains(known, name) {
			t.Errorf("%s: a %s has no property %s", at, kind, name)
		}
		switch value := value.(type) {
		case map[string]any:
			checkThing(t, at+"."+name, value)
		case []any:
			for _, item := range value {
				checkThing(t, at+"."+name, item.(map[string]any))
			}
		case string:
			if u, err := url.Parse(value); slices.Contains([]string{"url", "item", "urlTemplate"}, name) && (err != nil || !u.IsAbs()) {
				t.Errorf("%s.%s is %q, which is no absolute address", at, name, value)
			}
			if value == "" {
				t.Errorf("%s.%s is empty", at, name)
			}
		}
	}
}

func TestTheTypeOfAPictureIsTheOneOfItsName(t *testing.T) {
	for address, want := range map[string]string{
		"https://pictures.example/img/s300/7.jpg":   "image/jpeg",
		"https://pictures.example/7.JPEG?v=2#a.png": "image/jpeg",
		"https://loans.example/card/7.png":          "image/png",
		"https://pictures.example/show?name=7.jpg":  "",
		"https://pictures.example/img.jpg/7":        "",
		"https://pictures.example/<script>.svg":     "",
	} {
		if got := pictureType(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestLinkedDataOfALoan(t *testing.T) {
	type linked struct {
		Main struct {
			Type     string `json:"@type"`
			Amount   struct{ Value, Currency any }
			Term     struct{ Value, UnitCode any } `json:"loanTerm"`
			Provider struct{ Name string }
			Action   struct {
				Type   string `json:"@type"`
				Target struct{ URLTemplate string }
			} `json:"potentialAction"`
		} `json:"mainEntity"`
		Breadcrumb struct {
			Items []struct{ Name, Item string } `json:"itemListElement"`
		}
	}
	read := func(text string) (data linked) {
		if err := json.Unmarshal([]byte(linkedData(t, text)), &data); err != nil {
			t.Fatal(err)
		}
		return data
	}
	mai := read(render(t, loanOf(fundraisingView(languageOf("en")))))
	if m := mai.Main; m.Type != "LoanOrCredit" || m.Amount.Value != 550.0 || m.Amount.Currency != "USD" ||
		m.Term.Value != 14.0 || m.Term.UnitCode != "MON" || m.Provider.Name != "Green Valley Fund" ||
		m.Action.Type != "LendAction" || m.Action.Target.URLTemplate != "https://lending.example/lend/100000" {
		t.Errorf("main entity is %+v", m)
	}
	if c := mai.Breadcrumb.Items; len(c) != 3 || c[0].Item != "https://loans.example/" || c[1].Name != "Viet Nam" || c[2].Name != "Mai" {
		t.Errorf("path is %+v", c)
	}

	reserved := fundraisingView(languageOf("en"))
	reserved.Action.URL = "https://loans.example/sector/agriculture/"
	for name, text := range map[string]string{
		"a loan whose money is all reserved": render(t, loanOf(reserved)),
		"a loan that is repaid":              render(t, loanOf(paidView(languageOf("en")))),
		"a loan without an action":           render(t, loanOf(anonymousView(languageOf("en")))),
	} {
		if got := read(text).Main.Action.Type; got != "" {
			t.Errorf("%s offers a %s", name, got)
		}
	}
}

// linkedData is the text of the page's one script that is data.
func linkedData(t *testing.T, text string) string {
	t.Helper()
	scripts := slices.DeleteFunc(find(parse(t, text), atom.Script), func(n *html.Node) bool { return n.FirstChild == nil })
	if len(scripts) != 1 {
		t.Fatalf("%d scripts", len(scripts))
	}
	return scripts[0].FirstChild.Data
}
