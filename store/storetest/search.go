package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"loanleaf/kiva"
	"loanleaf/locale"
)

// searchable imports the loans and makes the store searchable.
func searchable(t *testing.T, p Place, loans ...kiva.Loan) Reader {
	t.Helper()
	s := fill(t, p, loans...)
	if err := p.MakeSearchable(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// named are loans of these names, with the ids 1, 2, 3 …, each a day newer.
func named(names ...string) []kiva.Loan {
	var loans []kiva.Loan
	for i, name := range names {
		l := plain(int64(i+1), day(i))
		l.Name = name
		loans = append(loans, l)
	}
	return loans
}

// words asks for names with all words of the text.
func words(text string) kiva.Query {
	return kiva.Query{Terms: []kiva.Term{{Words: locale.SearchWords(text)}}, Limit: 100}
}

// finds checks what a query finds, in order.
func finds(t *testing.T, s Reader, what string, q kiva.Query, want ...int64) {
	t.Helper()
	found, err := s.Search(t.Context(), q)
	if !slices.Equal(found.IDs, want) || found.Total != len(want) || err != nil {
		t.Errorf("%s: found %d of %d, %v, want %d", what, found.IDs, found.Total, err, want)
	}
}

func foundByName(t *testing.T, p Place) {
	s := searchable(t, p, named("José María", "Maria", "Marie-Josée", "MARIANA ÁLVAREZ", "Thị Ngọc", "N’Diaye", "Al", "Grupo Las Marías")...)
	for text, want := range map[string][]int64{
		"jose": {3, 1}, "José": {3, 1}, "JOSE MAR": {3, 1}, "mar jose": {3, 1}, "m": {8, 4, 3, 2, 1}, "ma": {8, 4, 3, 2, 1},
		"mar": {8, 4, 3, 2, 1}, "mari": {8, 4, 3, 2, 1}, "maria": {8, 4, 2, 1}, "maria maria": {8, 4, 2, 1}, "mariam": nil,
		"ngoc": {5}, "ndiaye": {6}, "n'di": {6}, "al": {7, 4}, "alv": {4}, "alvarez mariana": {4}, "arez": nil, "jose ngoc": nil,
		"grupo las": {8}, "alvarezz": nil, "z": nil,
	} {
		finds(t, s, text, words(text), want...)
	}
}

func foundByList(t *testing.T, p Place) {
	loans := named("Georgia", "Ana", "Ana", "Bo", "Bo")
	georgia := kiva.List{Kind: kiva.ByCountry, Key: "GE"}
	food, retail := kiva.List{Kind: kiva.BySector, Key: "food"}, kiva.List{Kind: kiva.BySector, Key: "retail"}
	loans[1].Location, loans[3].Location = kiva.Location{CountryCode: "ge", Country: "Georgia"}, kiva.Location{CountryCode: "GE"}
	loans[1].Sector, loans[2].Sector, loans[3].Sector = "Food", "FOOD!", "Retail"
	s := searchable(t, p, loans...)
	ask := func(terms ...kiva.Term) kiva.Query { return kiva.Query{Terms: terms, Limit: 9} }
	for _, c := range []struct {
		name string
		q    kiva.Query
		want []int64
	}{
		{"a country", ask(kiva.Term{Lists: []kiva.List{georgia}}), []int64{4, 2}},
		{"a country, or somebody called so", ask(kiva.Term{Lists: []kiva.List{georgia}, Words: []string{"georgia"}}), []int64{4, 2, 1}},
		{"a country and a sector", ask(kiva.Term{Lists: []kiva.List{georgia}}, kiva.Term{Lists: []kiva.List{food}}), []int64{2}},
		{"either sector", ask(kiva.Term{Lists: []kiva.List{food, retail}}), []int64{4, 3, 2}},
		{"a name and a sector", ask(kiva.Term{Words: []string{"an"}}, kiva.Term{Lists: []kiva.List{food}}), []int64{3, 2}},
		{"a list that nothing is on", ask(kiva.Term{Lists: []kiva.List{{Kind: kiva.ByCountry, Key: "ZZ"}}}), nil},
		{"a term that asks for nothing", ask(kiva.Term{}), nil},
		{"no term", ask(), nil},
	} {
		finds(t, s, c.name, c.q, c.want...)
	}
}

func foundByID(t *testing.T, p Place) {
	s := searchable(t, p, named("Ana", "Group 3", "Group 12", "Group 123")...)
	digits := func(id int64) kiva.Query {
		q := words(fmt.Sprint(id))
		q.ID = id
		return q
	}
	finds(t, s, "an id", digits(3), 3)
	finds(t, s, "an id that is not there", digits(12), 4, 3)
	finds(t, s, "nothing of either", digits(99))
	second := digits(3)
	second.Offset = 1
	if found, err := s.Search(t.Context(), second); len(found.IDs) != 0 || found.Total != 1 || err != nil {
		t.Errorf("the second page of an id: %+v, %v", found, err)
	}
}

func notFoundByName(t *testing.T, p Place) {
	loans := named("Ana", "Anonymous", "", "Anita")
	im := create(t, p)
	for _, l := range loans {
		if _, err := im.AddLoan(t.Context(), &l); err != nil {
			t.Fatal(err)
		}
	}
	hidden := loans[3]
	hidden.Status = kiva.Hidden
	if _, err := im.AddLoan(t.Context(), &hidden); err != nil {
		t.Fatal(err)
	}
	s := commit(t, p, im)
	if err := p.MakeSearchable(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	finds(t, s, "a beginning that all share", words("an"), 1)
	finds(t, s, "the word for no name", words("anonymous"))
	hiddenID := words("anita")
	hiddenID.ID = 4
	finds(t, s, "a hidden loan", hiddenID)
	finds(t, s, "the country of all", kiva.Query{Terms: []kiva.Term{{Lists: []kiva.List{{Kind: kiva.ByCountry, Key: "KE"}}}}, Limit: 9}, 3, 2, 1)
}

func foundInOrder(t *testing.T, p Place) {
	var loans []kiva.Loan
	var raising, others []int64
	for i := range 250 {
		l := plain(int64(1000-i), day(i/3)) // ids against the days
		l.Name = "Ana"
		if i%7 != 0 {
			l.Status = kiva.Paid
		}
		loans = append(loans, l)
	}
	undated := plain(5000, day(0))
	undated.Name, undated.Status, undated.Posted = "Ana", kiva.Expired, kiva.Loan{}.Posted
	loans = append(loans, undated)
	s := searchable(t, p, loans...)
	slices.SortFunc(loans, byAge)
	slices.Reverse(loans)
	for _, l := range loans {
		if l.Status == kiva.Fundraising {
			raising = append(raising, l.ID)
		} else {
			others = append(others, l.ID)
		}
	}
	want := append(raising, others...)
	for offset := 0; offset <= len(want)+40; offset += 40 {
		q := words("ana")
		q.Offset, q.Limit = offset, 40
		found, err := s.Search(t.Context(), q)
		if page := want[min(offset, len(want)):min(offset+40, len(want))]; !slices.Equal(found.IDs, page) || found.Total != len(want) || err != nil {
			t.Errorf("from %d on: %d of %d, %v, want %d", offset, found.IDs, found.Total, err, page)
		}
	}
}

func refusedSearch(t *testing.T, p Place) {
	s := searchable(t, p, named("Ana")...)
	for name, q := range map[string]kiva.Query{
		"before the first": {Offset: -1}, "fewer than none": {Limit: -1},
		"by status": {Terms: []kiva.Term{{Lists: []kiva.List{{Kind: kiva.ByStatus, Key: "paid"}}}}},
	} {
		if found, err := s.Search(t.Context(), q); err == nil {
			t.Errorf("%s: found %+v", name, found)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if found, err := s.Search(t.Context(), words("ana")); err == nil {
		t.Errorf("a closed store found %+v", found)
	}
}

func hostileSearch(t *testing.T, p Place) {
	s := searchable(t, p, named("Ana", "Bo")...)
	for _, text := range []string{`"`, `*`, `a*`, `NEAR(a b)`, `-ana`, `ana OR bo`, `'; DROP TABLE term; --`, `%`, `_`, "\x00", "\xff", `\`, strings.Repeat("x", 10_000)} {
		raw := kiva.Query{Terms: []kiva.Term{{Words: []string{text}}}, Limit: 9}
		if found, err := s.Search(t.Context(), raw); found.Total != 0 || err != nil {
			t.Errorf("%.40q, not folded: %+v, %v", text, found, err)
		}
		if _, err := s.Search(t.Context(), words(text)); err != nil {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	finds(t, s, "afterwards", words("ana"), 1)
}

// randomSearch compares searches of random loans with going through them all.
func randomSearch(t *testing.T, p Place) {
	r := rand.New(rand.NewPCG(7, 7))
	syllables := []string{"ma", "rí", "a", "jo", "sé", "Ng", "o", "Ọ"}
	word := func() string {
		var b strings.Builder
		for range 1 + r.IntN(4) {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		return b.String()
	}
	im := create(t, p)
	held := map[int64]kiva.Loan{}
	for range 1500 {
		l := randomLoan(r)
		l.Name = word() + " " + word()
		if _, err := im.AddLoan(t.Context(), &l); err != nil {
			t.Fatal(err)
		}
		if held[l.ID] = l; l.Status == kiva.Hidden {
			delete(held, l.ID)
		}
	}
	s := commit(t, p, im)
	if err := p.MakeSearchable(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	lists := []kiva.List{{Kind: kiva.ByCountry, Key: "KE"}, {Kind: kiva.ByCountry, Key: "VN"}, {Kind: kiva.BySector, Key: "food"}, {Kind: kiva.BySector, Key: "personal-use"}}
	hits := 0
	for range 400 {
		q := kiva.Query{Limit: 1000}
		for range 1 + r.IntN(3) {
			var term kiva.Term
			if r.IntN(3) > 0 {
				term.Words = locale.SearchWords(word())
				if w := []rune(term.Words[0]); r.IntN(2) == 0 {
					term.Words[0] = string(w[:1+r.IntN(len(w))])
				}
			}
			if r.IntN(2) == 0 {
				term.Lists = append(term.Lists, lists[r.IntN(len(lists))])
			}
			q.Terms = append(q.Terms, term)
		}
		want := model(held, q)
		hits += len(want)
		finds(t, s, fmt.Sprintf("%q", q.Terms), q, want...)
	}
	if hits < 1000 {
		t.Errorf("%d loans were found: too few to prove anything", hits)
	}
}

// model answers a query by going through all loans.
func model(held map[int64]kiva.Loan, q kiva.Query) []int64 {
	var found []kiva.Loan
	for _, l := range held {
		if !slices.ContainsFunc(q.Terms, func(term kiva.Term) bool { return !meets(l, term) }) {
			found = append(found, l)
		}
	}
	slices.SortFunc(found, func(a, b kiva.Loan) int {
		if raising := a.Status == kiva.Fundraising; raising != (b.Status == kiva.Fundraising) {
			if raising {
				return -1
			}
			return 1
		}
		return byAge(b, a)
	})
	return ids(found)
}

func meets(l kiva.Loan, term kiva.Term) bool {
	for _, list := range term.Lists {
		key := strings.ToUpper(l.Location.CountryCode)
		if list.Kind == kiva.BySector {
			key = kiva.Slug(l.Sector)
		}
		if key == list.Key {
			return true
		}
	}
	name := locale.SearchWords(l.Name)
	for _, word := range term.Words {
		if !slices.ContainsFunc(name, func(w string) bool { return strings.HasPrefix(w, word) }) {
			return false
		}
	}
	return len(term.Words) > 0
}
