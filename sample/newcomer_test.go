package sample

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

func TestTheNewcomersFirstLoanCanBeTypedAndRaisesFunds(t *testing.T) {
	r := readLines(t, Loans())[0]
	if r.ID != 100001 || r.Status != "fundraising" {
		t.Errorf("the first loan is %d, %s", r.ID, r.Status)
	}
}

func TestTheNewcomersLoansHoldTogether(t *testing.T) {
	ids, pictures := map[int64]bool{}, map[int64]int64{}
	posted, _ := countedPartners(t, Partners())
	for _, r := range readLines(t, Loans()) {
		checkMoney(t, r)
		checkTime(t, r)
		if ids[r.ID] || r.ID >= firstID {
			t.Errorf("id %d is taken, by this collection or a volume", r.ID)
		}
		ids[r.ID] = true
		if r.Image != nil {
			if other := pictures[r.Image.ID]; other != 0 {
				t.Errorf("loans %d and %d share a picture", other, r.ID)
			}
			pictures[r.Image.ID] = r.ID
		}
		if _, known := posted[orZero(r.Partner)]; r.Partner != nil && !known {
			t.Errorf("loan %d names partner %d, who is not listed", r.ID, *r.Partner)
		}
		if r.Description == nil {
			continue
		}
		for _, l := range r.Description.Languages {
			if len(r.Description.Texts[l]) < 80 {
				t.Errorf("loan %d lists %s and tells %q", r.ID, l, r.Description.Texts[l])
			}
		}
	}
}

func orZero(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

func TestTheNewcomerMeetsEveryKindOfLoan(t *testing.T) {
	records := readLines(t, Loans())
	written := func(script *unicode.RangeTable) func(record) bool {
		return func(r record) bool {
			return r.Name != nil && strings.ContainsFunc(*r.Name, func(c rune) bool { return unicode.Is(script, c) })
		}
	}
	status := func(s string) func(record) bool { return func(r record) bool { return r.Status == s } }
	told := func(languages ...string) func(record) bool {
		return func(r record) bool {
			return r.Description != nil && strings.Join(r.Description.Languages, " ") == strings.Join(languages, " ")
		}
	}
	kinds := []struct {
		what  string
		least int
		is    func(record) bool
	}{
		{"fundraising", 12, status("fundraising")},
		{"funded", 4, status("funded")},
		{"in repayment", 8, status("in_repayment")},
		{"paid", 8, status("paid")},
		{"defaulted", 2, status("defaulted")},
		{"refunded", 2, status("refunded")},
		{"expired", 2, status("expired")},
		{"nothing raised yet", 1, func(r record) bool { return r.Status == "fundraising" && *r.Funded == 0 }},
		{"all reserved", 1, func(r record) bool {
			return r.Status == "fundraising" && *r.Funded < r.Amount && *r.Funded+*r.Basket >= r.Amount
		}},
		{"without figures", 3, func(r record) bool { return r.Funded == nil && r.Paid == nil }},
		{"paid with a currency loss", 1, func(r record) bool { return r.Status == "paid" && r.Loss != nil && *r.Loss > 0 }},
		{"a pair", 2, func(r record) bool { return len(r.Borrowers) == 2 }},
		{"a large group", 1, func(r record) bool { return len(r.Borrowers) >= 20 }},
		{"without a photo", 3, func(r record) bool { return r.Name != nil && r.Image == nil }},
		{"without a town", 3, func(r record) bool { return r.Name != nil && r.Location.Town == nil }},
		{"direct", 3, func(r record) bool { return r.Partner == nil }},
		{"anonymous", 2, func(r record) bool { return r.Name == nil && len(r.Borrowers) == 0 && r.Use == "" }},
		{"a Khmer name", 2, written(unicode.Khmer)},
		{"an Arabic name", 2, written(unicode.Arabic)},
		{"a name in Devanagari", 3, written(unicode.Devanagari)},
		{"a Vietnamese name", 2, func(r record) bool { return r.Name != nil && strings.ContainsAny(*r.Name, "ắươễ") }},
		{"an Arabic story, translated", 2, told("ar", "en")},
		{"a Spanish story, translated", 8, told("es", "en")},
		{"a Spanish story, untranslated", 1, told("es")},
		{"a French story", 5, told("fr", "en")},
		{"a Russian story", 2, told("ru", "en")},
		{"a Portuguese story", 1, told("pt", "en")},
		{"a Vietnamese story", 1, told("vi", "en")},
		{"a Hindi story", 1, told("hi", "en")},
	}
	for _, k := range kinds {
		n := 0
		for _, r := range records {
			if k.is(r) {
				n++
			}
		}
		if n < k.least {
			t.Errorf("%s: %d loans, want at least %d", k.what, n, k.least)
		}
	}
	if n := len(records); n < 55 || n > 65 {
		t.Errorf("%d loans, want about 60", n)
	}
}

func TestTheNewcomersPartnersDiffer(t *testing.T) {
	var list struct {
		Partners []struct {
			Status string
			Rating float64
		}
	}
	if err := json.Unmarshal(Partners(), &list); err != nil {
		t.Fatal(err)
	}
	closed, unrated := 0, 0
	for _, p := range list.Partners {
		if p.Status == "closed" {
			closed++
		}
		if p.Rating == 0 {
			unrated++
		}
	}
	if n := len(list.Partners); n < 5 || n > 8 || closed != 1 || unrated != 1 {
		t.Errorf("%d partners, %d closed, %d unrated; want 5 to 8 with one of each", n, closed, unrated)
	}
}

func TestTheCallerMayWriteIntoWhatItGets(t *testing.T) {
	Loans()[0], Partners()[0] = 'x', 'x'
	if Loans()[0] != '{' || Partners()[0] != '{' {
		t.Error("a caller's writing reached the embedded collection")
	}
}

// The collections are invented: no story of the real records kept beside the project may stand in them.
func TestNoRealRecordIsAmongTheSamples(t *testing.T) {
	files, err := filepath.Glob("../../shared/data/kiva/api-v1/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("../shared/data is absent: there are no real records to compare with")
	}
	var real strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		real.Write(text)
	}
	for _, r := range append(readLines(t, Loans()), volume(t, 300, 1)...) {
		if r.Description == nil {
			continue
		}
		for _, text := range r.Description.Texts {
			for sentence := range strings.SplitSeq(text, ". ") {
				if len(sentence) > 40 && strings.Contains(real.String(), sentence) {
					t.Errorf("loan %d shares a sentence with a real record: %s", r.ID, sentence)
				}
			}
		}
	}
}
