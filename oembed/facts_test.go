package oembed

import (
	entities "html"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
)

// keys are those of an answer with their values, as JSON has them.
func keys(t *testing.T, change ...func(*kiva.Loan)) map[string]string {
	t.Helper()
	got, err := readBack(For(newSite(t), mai(t, change...), Request{Format: JSON}).Append(nil, JSON, ""), JSON)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestFacts(t *testing.T) {
	got := keys(t)
	for key, want := range map[string]string{
		"language": "en", "description": "A loan of $550 helps Mai to buy more ducks. $125 raised of $550.", "web_page": "https://loans.example/lend/100000",
		"loan_id": "100000", "status": "fundraising", "country": "Vietnam", "country_code": "VN", "loan_sector": "Agriculture", "activity": "Poultry",
		"loan_amount": "550", "loan_currency": "USD", "funded_amount": "125", "percent_funded": "23",
		"posted_date": "2026-11-01", "planned_expiration_date": "2026-12-12",
	} {
		if got[key] != want {
			t.Errorf("%s is %q, want %q", key, got[key], want)
		}
	}
	if _, ok := got["price"]; ok {
		t.Error("a loan has a price")
	}
}

func TestFactsThatAreNotKnownHaveNoKey(t *testing.T) {
	for _, test := range []struct {
		rule   string
		loan   func(*kiva.Loan)
		absent string
	}{
		{"what was raised is not stated", func(l *kiva.Loan) { l.Raised = kiva.Money{} }, "funded_amount percent_funded"},
		{"what was raised is in another currency", func(l *kiva.Loan) { l.Raised = kiva.Money{Units: 1, Currency: "KHR"} }, "funded_amount percent_funded"},
		{"what was raised is below nothing", func(l *kiva.Loan) { l.Raised = kiva.USD(-1) }, "funded_amount percent_funded"},
		{"nothing is known of repayments", func(*kiva.Loan) {}, "repaid_amount"},
		{"a loan that no longer raises funds has no end of raising", func(l *kiva.Loan) { l.Status = kiva.InRepayment }, "planned_expiration_date"},
		{"no dates", func(l *kiva.Loan) { l.Posted, l.Expires = time.Time{}, time.Time{} }, "posted_date planned_expiration_date"},
		{"no place", func(l *kiva.Loan) { l.Location = kiva.Location{} }, "country country_code"},
		{"no sector and activity", func(l *kiva.Loan) { l.Sector, l.Activity = "", "" }, "loan_sector activity"},
	} {
		got := keys(t, test.loan)
		for key := range strings.FieldsSeq(test.absent) {
			if value, ok := got[key]; ok {
				t.Errorf("%s: %s is %q", test.rule, key, value)
			}
		}
	}
}

func TestFactsAreNeverMoreThanTheWhole(t *testing.T) {
	got := keys(t, func(l *kiva.Loan) { l.Raised = kiva.USD(600); l.Repaid = kiva.USD(700); l.Status = kiva.InRepayment })
	if got["funded_amount"] != "550" || got["percent_funded"] != "100" || got["repaid_amount"] != "550" {
		t.Errorf("%v", got)
	}
	got = keys(t, func(l *kiva.Loan) { l.Raised = kiva.USD(0) })
	if got["funded_amount"] != "0" || got["percent_funded"] != "0" {
		t.Errorf("nothing raised is told as %q and %q", got["funded_amount"], got["percent_funded"])
	}
}

// TestNoNameBeginsLikeAnEntity holds what unfurl makes of names: it decodes
// twice, and "&currency" becomes "¤cy".
func TestNoNameBeginsLikeAnEntity(t *testing.T) {
	names := slices.Clone(paramNames[:])
	for _, f := range []Facts{{}, factsOf(mai(t, func(l *kiva.Loan) { l.Repaid = kiva.USD(5) }))} {
		a := Answer{
			Type: Rich, Title: "x", AuthorName: "x", AuthorURL: "x", ProviderName: "x", ProviderURL: "x", CacheAge: 1, Width: 1, Height: 1, HTML: "x",
			Language: "en", Facts: f,
		}
		for _, f := range a.fields(nil) {
			names = append(names, f.key)
		}
	}
	for _, name := range names {
		if got := entities.UnescapeString("&" + name + "="); got != "&"+name+"=" {
			t.Errorf("&%s= is read as %s", name, got)
		}
		if !regexp.MustCompile(`^[a-z_]+$`).MatchString(name) {
			t.Errorf("%q is not a plain name", name)
		}
	}
	if entities.UnescapeString("&currency=") == "&currency=" {
		t.Error("the reader of entities does not read what unfurl does")
	}
}

// TestEveryFactIsDocumented holds that the tables of keys are whole: that of the
// package comment, and that of the reference in each of its languages.
func TestEveryFactIsDocumented(t *testing.T) {
	pages, err := filepath.Glob("../content/docs/*/oembed.md")
	if err != nil || len(pages) < 3 {
		t.Fatalf("%d references: %v", len(pages), err)
	}
	for _, f := range factKeys(t) {
		if !strings.Contains(read(t, "doc.go"), "\n//\t"+f+" ") {
			t.Errorf("doc.go does not explain %s", f)
		}
		for _, page := range pages {
			if !regexp.MustCompile("(?m)^\\|[^|]*`" + f + "`").MatchString(read(t, page)) {
				t.Errorf("%s does not explain %s", page, f)
			}
		}
	}
}

// factKeys are the keys that oEmbed does not have, of a loan of which
// everything is known.
func factKeys(t *testing.T) []string {
	t.Helper()
	full := mai(t, func(l *kiva.Loan) { l.Repaid = kiva.USD(5) })
	facts := factsOf(full)
	var keys []string
	for _, f := range facts.addTo(list{}.text("language", "en")) {
		keys = append(keys, f.key)
	}
	if len(keys) != 16 {
		t.Fatalf("%d keys: %q", len(keys), keys)
	}
	return keys
}
