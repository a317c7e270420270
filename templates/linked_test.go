package templates

import (
	"encoding/json"
	"net/url"
	"slices"
	"testing"
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
