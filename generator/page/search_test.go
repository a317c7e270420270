package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"loanleaf/kiva"
	"loanleaf/site"
	"loanleaf/templates/view"
)

// TestWhatIsTypedIsUnderstood writes a query as its terms: words, and behind
// a colon the lists that they name too.
func TestWhatIsTypedIsUnderstood(t *testing.T) {
	s, err := site.New(site.Config{
		BaseURL: "https://loans.example", Name: "Loans", Languages: []string{"en", "es", "ar"}, Images: site.NoImages, OEmbed: site.Static,
		Aliases: []string{"www.kiva.org"},
	})
	if err != nil {
		t.Fatal(err)
	}
	list := func(kind kiva.ListKind, key, name string) kiva.ListInfo {
		return kiva.ListInfo{List: kiva.List{Kind: kind, Key: key}, Name: name, Count: 1}
	}
	r := &Renderer{site: s, known: known{read: true, lists: []kiva.ListInfo{
		list(kiva.ByCountry, "KE", "Kenya"), list(kiva.ByCountry, "VN", "Viet Nam"), list(kiva.ByCountry, "CD", "The Democratic Republic of the Congo"),
		list(kiva.ByCountry, "CG", "Congo"), list(kiva.ByCountry, "CI", "Cote D'Ivoire"), list(kiva.ByCountry, "ZZ", "Atlantis"),
		list(kiva.BySector, "agriculture", "Agriculture"), list(kiva.BySector, "personal-use", "Personal Use"), list(kiva.BySector, "boats", "Boats"),
		list(kiva.ByStatus, "paid", ""), list(kiva.ByPartner, "7", "Kenya Fund"),
	}}}
	for _, c := range []struct{ name, tag, query, want string }{
		{"a name", "en", "José", "jose"},
		{"two names", "en", "Jose  MAR", "jose | mar"},
		{"a country", "en", "kenya", "kenya:KE"},
		{"a country and a sector", "en", "Kenya agriculture", "kenya:KE | agriculture:agriculture"},
		{"a name, a sector of two words, a country of two words", "en", "ana personal use viet nam", "ana | personal use:personal-use | viet nam:VN"},
		{"a country as CLDR has it", "en", "Vietnam", "vietnam:VN"},
		{"half a country is a name", "en", "viet", "viet"},
		{"in the reader's language", "es", "Kenia agricultura", "kenia:KE | agricultura:agriculture"},
		{"in English on a Spanish page", "es", "Kenya", "kenya:KE"},
		{"in Spanish on an English page it is a name", "en", "Kenia", "kenia"},
		{"in Arabic, however the alef is written", "ar", "كينيا", "كينيا:KE"},
		{"two countries of one name", "en", "Congo", "congo:CD,CG"},
		{"what stands in a parenthesis", "en", "Congo DRC", "congo drc:CD"},
		{"a country with marks and an apostrophe", "en", "Côte d’Ivoire", "cote divoire:CI"},
		{"a country that CLDR does not know", "en", "atlantis", "atlantis:ZZ"},
		{"a sector of other data", "es", "boats", "boats:boats"},
		{"a word twice is one term", "en", "ana Ana kenya KENYA", "ana | kenya:KE"},
		{"neither statuses nor partners are searched", "en", "paid fund", "paid | fund"},
		{"a number", "en", "123", "#123 123"},
		{"a number with a sign", "en", "#123", "#123 123"},
		{"an Arabic number", "ar", "١٢٣", "#123 123"},
		{"a number among words", "en", "group 12", "group | 12"},
		{"a number that is none", "en", "99999999999999999999999", "#9223372036854775807 99999999999999999999999"},
		{"the address of a loan", "en", "https://loans.example/es/lend/55?x#y", "#55"},
		{"the address of a loan elsewhere", "en", "http://www.kiva.org/lend/55", "#55"},
		{"signs", "en", `"*" - & '`, ""},
		{"nothing", "en", "", ""},
	} {
		names, err := r.namesOfLists(t.Context(), view.In(s, s.Language(c.tag), time.Time{}), c.tag)
		if err != nil {
			t.Fatal(err)
		}
		q, meant := r.understand(c.query, names)
		if got := told(q); got != c.want {
			t.Errorf("%s: %q is understood as %q, want %q", c.name, c.query, got, c.want)
		}
		lists := 0
		for _, term := range q.Terms {
			lists += len(term.Lists)
		}
		if len(meant) != lists {
			t.Errorf("%s: %d lists are told, %d were meant", c.name, len(meant), lists)
		}
	}
}

func told(q kiva.Query) string {
	var terms []string
	for _, term := range q.Terms {
		text := strings.Join(term.Words, " ")
		var keys []string
		for _, list := range term.Lists {
			keys = append(keys, list.Key)
		}
		if len(keys) > 0 {
			text += ":" + strings.Join(keys, ",")
		}
		terms = append(terms, text)
	}
	text := strings.Join(terms, " | ")
	if q.ID != 0 {
		text = strings.TrimSpace(fmt.Sprintf("#%d %s", q.ID, text))
	}
	return text
}
