package generator

import (
	"fmt"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/site"
)

// parts calls visit for everything that a value is made of and that may be another:
// fields, what pointers lead to, the first of each list, and pointers and lists as
// such.
func parts(v reflect.Value, path string, visit func(path string, part reflect.Value)) {
	switch {
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			parts(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
		return
	case v.Kind() == reflect.Pointer && !v.IsNil():
		parts(v.Elem(), path, visit)
	case v.Kind() == reflect.Slice && v.Len() > 0:
		parts(v.Index(0), path+"[0]", visit)
	}
	visit(path, v)
}

// otherWords are texts that only certain words may take the place of.
var otherWords = map[string]string{"USD": "EUR", "KES": "UGX", "KE": "UG", "en": "fr", "lender": "partner", "shared": "none", "F": "M", "town": "country", "Monthly": "Irregularly"}

// becomeOther gives a part another value.
func becomeOther(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	if v.IsZero() && v.Kind() != reflect.Bool {
		t.Fatalf("%s has no value that could become another", path)
	}
	switch old := v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(old.AddDate(0, 0, -3)))
		return
	case kiva.Status:
		v.Set(reflect.ValueOf(kiva.Defaulted))
		return
	}
	switch v.Kind() {
	case reflect.String:
		other, ok := otherWords[v.String()]
		if !ok {
			other = v.String() + " else"
		}
		v.SetString(other)
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 13*kiva.MoneyScale)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Pointer, reflect.Slice:
		v.SetZero()
	default:
		t.Fatalf("%s is a %s: say here what another one is", path, v.Kind())
	}
}

// otherThan gives the n-th part of a value another value, and tells its name; "" when
// there are fewer.
func otherThan(t *testing.T, value any, n int) (name string) {
	t.Helper()
	at := 0
	parts(reflect.ValueOf(value).Elem(), "", func(path string, part reflect.Value) {
		if at == n {
			name = path
			becomeOther(t, path, part)
		}
		at++
	})
	return name
}

func day(year, month int) time.Time {
	return time.Date(year, time.Month(month), 14, 0, 0, 0, 0, time.UTC)
}

// fullLoan is an invented loan of which everything is known. It is alone in its sector.
func fullLoan(id int64, status kiva.Status) kiva.Loan {
	usd, kes := kiva.USD, func(n int64) kiva.Money { return kiva.Money{Units: n * kiva.MoneyScale, Currency: "KES"} }
	due := []kiva.Instalment{{Due: day(2026, 6), Amount: usd(300)}, {Due: day(2026, 8), Amount: usd(200)}}
	return kiva.Loan{
		ID: id, Name: "Wanjiru", Status: status, EndedWithLoss: true, Use: "to buy seed", Activity: "Farming", Sector: fmt.Sprint("Sector ", id),
		Themes: []string{"Green"}, Tags: []string{"#Parent"}, Amount: usd(500), Raised: usd(200), Basket: usd(25), Repaid: usd(100), CurrencyLoss: usd(5),
		BorrowerCount: 2, LenderCount: 7, Borrowers: []kiva.Borrower{{FirstName: "Wanjiru", LastName: "K.", Gender: "F", Pictured: true}, {FirstName: "Otieno"}},
		Location:  kiva.Location{CountryCode: "KE", Country: "Kenya", Town: "Nyeri", Geo: &kiva.Geo{Level: "town", Latitude: -0.4, Longitude: 36.9}},
		PartnerID: 900_000 + id, ImageID: 1_000_000 + id, Video: &kiva.Video{ID: 5, YouTubeID: "abcdefghijk"},
		Posted: day(2026, 3), Expires: day(2026, 12), FundedDate: day(2026, 4), PaidDate: day(2026, 9),
		Languages: []string{"en", "es"}, Story: []kiva.Text{{Language: "en", Body: "She grows maize."}, {Language: "es", Body: "Cultiva."}}, Delinquent: true,
		Terms: &kiva.Terms{
			Disbursed: day(2026, 2), LocalAmount: kes(60_000), Interval: "Monthly", Months: 8, LocalPayments: []kiva.Instalment{{Due: day(2026, 5), Amount: kes(7_500)}},
			ScheduledPayments: due, Liability: &kiva.LossLiability{Nonpayment: "lender", CurrencyExchange: "shared", CoveragePercent: 10},
		},
		Payments: []kiva.Payment{{ID: 9, Amount: usd(100), Local: kes(12_000), CurrencyLoss: usd(5), Processed: day(2026, 6), Settled: day(2026, 7)}},
		Journals: &kiva.JournalTotals{Entries: 3, Bulk: 1},
	}
}

// fullPartner is an invented partner of which everything is known.
func fullPartner(id int64) kiva.Partner {
	return kiva.Partner{
		ID: id, Name: "Green Valley Fund", Status: "active", Rating: 35, ImageID: 8, Started: day(2010, 5),
		Countries: []kiva.PartnerCountry{{Code: "KE", Name: "Kenya", Region: "Africa"}}, DelinquencyRate: new(int64(12)), DefaultRate: new(int64(34)),
		TotalRaised: kiva.USD(90_000), LoansPosted: 40, ChargesInterest: new(true),
	}
}

// TestWhateverIsOtherOfALoanOrItsPartnerReachesEveryPage changes everything that a
// record is made of: one thing of each loan, which no other loan has a list with.
func TestWhateverIsOtherOfALoanOrItsPartnerReachesEveryPage(t *testing.T) {
	w := newWorld(t, 1)
	clear(w.loans)
	clear(w.partners)
	w.config.Languages, w.cards = []string{"en", "es"}, nil
	changed := map[int64]string{}
	var loans []kiva.Loan
	var partners []kiva.Partner
	add := func(loan kiva.Loan, partner kiva.Partner, was kiva.Status, name string) {
		w.loans[loan.ID], w.partners[partner.ID] = fullLoan(loan.ID, was), fullPartner(partner.ID)
		loans, partners, changed[loan.ID] = append(loans, loan), append(partners, partner), name
	}
	id := int64(0)
	for _, status := range []kiva.Status{kiva.Fundraising, kiva.InRepayment} {
		for n := 1; ; n++ { // 0 is its id
			id++
			loan := fullLoan(id, status)
			partner := fullPartner(loan.PartnerID)
			name := otherThan(t, &loan, n)
			if name == "" {
				break
			}
			add(loan, partner, status, fmt.Sprint(status, name))
		}
	}
	ofLoans := len(loans)
	for n := 1; ; n++ {
		id++
		loan := fullLoan(id, kiva.Fundraising)
		partner := fullPartner(loan.PartnerID)
		name := otherThan(t, &partner, n)
		if name == "" {
			break
		}
		add(loan, partner, kiva.Fundraising, "partner"+name)
	}
	if ofLoans < 2*75 || len(loans)-ofLoans < 15 {
		t.Fatalf("%d things of loans and %d of partners become other", ofLoans, len(loans)-ofLoans)
	}
	dir := filepath.Join(scratch(t), "dist")
	w.build(t, w.store(t), dir)
	before := tree(t, dir)

	for i, loan := range loans {
		w.loans[loan.ID], w.partners[partners[i].ID] = loan, partners[i]
	}
	after := w.store(t)
	w.build(t, after, dir)
	fresh := filepath.Join(scratch(t), "fresh")
	w.build(t, after, fresh)
	got, want := tree(t, dir), tree(t, fresh)
	sameTrees(t, "after everything became other", got, want)
	silent := 0
	for id, name := range changed {
		page := fmt.Sprintf("lend/%d.html", id)
		if got[page] != want[page] {
			t.Errorf("%s of loan %d does not reach its page", name, id)
		}
		if before[page] == want[page] {
			silent++
		}
	}
	if silent > len(changed)/2 {
		t.Errorf("%d of %d things are on no page: it cannot be seen whether they reach it", silent, len(changed))
	}
}

// otherConfigs change each field of a site's configuration.
var otherConfigs = map[string]func(w *world){
	"BaseURL":   func(w *world) { w.config.BaseURL = "https://elsewhere.example/below" },
	"Name":      func(w *world) { w.config.Name = "Lent" },
	"Languages": func(w *world) { w.config.Languages = []string{"ar", "en"} },
	"Images":    func(w *world) { w.config.Images = "https://img.example/<size>/<id>.jpg" },
	"Gallery":   func(w *world) { w.config.Images = site.ServedImages },
	"LendURL":   func(w *world) { w.config.LendURL = "https://lend.example/<id>" },
	"AppID":     func(w *world) { w.config.AppID = "org.example" },
	"Aliases":   func(w *world) { w.config.Aliases = []string{"www.example.org"} },
	"OEmbed":    func(w *world) { w.config.OEmbed = base + "/services/oembed" },
	"Logo":      func(w *world) { w.config.Logo = "/logo.svg" },
	"Links":     func(w *world) { w.config.Links = []site.Link{{Label: "About us", URL: "https://us.example"}} },
	"Cards":     func(w *world) { w.cards = map[int64]bool{2: true} },
	"ListCards": func(w *world) { w.config.ListCards = true },
	"EditURL":   func(w *world) { w.config.EditURL = "https://edit.example/<path>" },
	"Redirects": func(w *world) { w.config.Redirects = map[string]string{"/docs/old": "/docs/first"} },
	"Colour":    func(w *world) { w.config.Colour = "#0b6650" },
}

// TestWhateverIsOtherOfASiteReachesEveryPage changes one setting after the other, and
// then takes them back.
func TestWhateverIsOtherOfASiteReachesEveryPage(t *testing.T) {
	w := newWorld(t, 1)
	clear(w.loans)
	for id := range int64(3) {
		w.loans[id+1] = fullLoan(id+1, kiva.Fundraising)
	}
	w.cards, w.config.LendURL = nil, "https://lend.example/of/<id>"
	loans := w.store(t)
	dir := filepath.Join(scratch(t), "dist")
	w.build(t, loans, dir)
	for i := range reflect.TypeFor[site.Config]().NumField() {
		name := reflect.TypeFor[site.Config]().Field(i).Name
		change, ok := otherConfigs[name]
		if !ok {
			t.Errorf("%s: say in this test what another value of it is", name)
			continue
		}
		config, before := w.config, tree(t, dir)
		change(w)
		w.build(t, loans, dir)
		fresh := filepath.Join(scratch(t), "fresh")
		w.build(t, loans, fresh)
		sameTrees(t, name+" became other", tree(t, dir), tree(t, fresh))
		w.config, w.cards = config, nil
		w.build(t, loans, dir)
		sameTrees(t, name+" is again what it was", tree(t, dir), before)
	}
}
