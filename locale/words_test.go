package locale

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// English is the measure: what it has every shipped language has, and its
// placeholders are every language's.
func TestWordsAreCompleteInEveryShippedLanguage(t *testing.T) {
	english := in(t, "en")
	for _, tag := range Shipped() {
		l := in(t, tag)
		for _, fault := range faults(l, reflect.ValueOf(l.Words).Elem(), reflect.ValueOf(english.Words).Elem(), "Words") {
			t.Errorf("%s: %s", tag, fault)
		}
	}
}

// faults walks a struct of words and, in step, the English one.
func faults(l *Language, words, english reflect.Value, at string) []string {
	var list []string
	complain := func(format string, args ...any) {
		list = append(list, at+" "+fmt.Sprintf(format, args...))
	}
	switch said := words.Interface().(type) {
	case string:
		if strings.TrimSpace(said) == "" {
			complain("is empty")
		}
		if strings.ContainsAny(said, "{}") {
			complain("has braces and is not a Pattern: %q", said)
		}
	case Pattern:
		if said.IsZero() {
			complain("is empty")
			break
		}
		if got, want := nameSet(said), nameSet(english.Interface().(Pattern)); !slices.Equal(got, want) {
			complain("has the placeholders %q, English has %q", got, want)
		}
	case Counted:
		for _, category := range said.Missing(l) {
			complain("lacks the form %s", category)
		}
		want := nameSet(english.Interface().(Counted).Other)
		for category := Other; category <= Many; category++ {
			form := said.form(category)
			if form.IsZero() {
				continue
			}
			if !slices.Contains(l.Categories(), category) {
				complain("has the form %s, which no number asks for", category)
			}
			if got := nameSet(form); !mayCount(l, category, got, want) {
				complain("%s has the placeholders %q, English has %q", category, got, want)
			}
		}
	default:
		return append(list, nested(l, words, english, at)...)
	}
	return list
}

// French says 0 with the form of one.
func TestOneThatServesTwoNumbersMustSayWhich(t *testing.T) {
	for _, c := range []struct {
		tag  string
		form Pattern
		may  bool
	}{
		{"es", P("un prestamista"), true},
		{"fr", P("un prêteur"), false},
		{"fr", P("{n} prêteur"), true},
	} {
		if got := mayCount(in(t, c.tag), One, nameSet(c.form), []string{"n"}); got != c.may {
			t.Errorf("%s: %q may stand for one: %t", c.tag, c.form, got)
		}
	}
}

// nested walks the fields of a struct, the items of an array or slice and the
// values of a map, so that words may be grouped.
func nested(l *Language, words, english reflect.Value, at string) []string {
	var list []string
	switch words.Kind() {
	case reflect.Struct:
		for i := range words.NumField() {
			list = append(list, faults(l, words.Field(i), english.Field(i), at+"."+words.Type().Field(i).Name)...)
		}
	case reflect.Array, reflect.Slice:
		if words.Len() != english.Len() || words.Len() == 0 {
			return []string{fmt.Sprintf("%s has %d items, English has %d", at, words.Len(), english.Len())}
		}
		for i := range words.Len() {
			list = append(list, faults(l, words.Index(i), english.Index(i), fmt.Sprintf("%s[%d]", at, i))...)
		}
	case reflect.Map:
		if words.Len() != english.Len() || words.Len() == 0 {
			list = append(list, fmt.Sprintf("%s has %d entries, English has %d", at, words.Len(), english.Len()))
		}
		for _, key := range english.MapKeys() {
			place := fmt.Sprintf("%s[%v]", at, key)
			if entry := words.MapIndex(key); entry.IsValid() {
				list = append(list, faults(l, entry, english.MapIndex(key), place)...)
			} else {
				list = append(list, place+" is missing")
			}
		}
	default:
		list = append(list, fmt.Sprintf("%s is a %s, which no test here knows", at, words.Type()))
	}
	return list
}

// sameAsEnglish are the words that a language has in common with English.
var sameAsEnglish = map[string][]string{
	"es": {"{site} - {title}", "{use} {figures}.", "{town}, {country}", "{label}: {n}", "No"},
	"fr": {"{site} - {title}", "{use} {figures}.", "{town}, {country}", "{heading}, page {page}", "Documentation", "Info", "Important", "Danger", "Agriculture", "Arts", "Construction", "Services"},
	"ar": {"{site} - {title}", "{use} {figures}.", "{label}: {n}"},
}

// A word that is the English one was most likely forgotten.
func TestNoWordIsLeftInEnglish(t *testing.T) {
	english := reflect.ValueOf(in(t, "en").Words).Elem()
	for _, tag := range Shipped()[1:] {
		words := reflect.ValueOf(in(t, tag).Words).Elem()
		var same []string
		compare := func(said, english string) {
			if said == english {
				same = append(same, said)
			}
		}
		for i := range words.NumField() {
			switch said := words.Field(i).Interface().(type) {
			case string:
				compare(said, english.Field(i).String())
			case Pattern:
				compare(said.String(), english.Field(i).Interface().(Pattern).String())
			case Counted:
				compare(said.Other.String(), english.Field(i).Interface().(Counted).Other.String())
			case map[string]string:
				for _, key := range slices.Sorted(maps.Keys(said)) {
					compare(said[key], english.Field(i).Interface().(map[string]string)[key])
				}
			}
		}
		if !slices.Equal(same, sameAsEnglish[tag]) {
			t.Errorf("%s is as English in %q, want %q", tag, same, sameAsEnglish[tag])
		}
	}
}

// Every counted word in every language, by numbers that stand for each category.
func TestCountedWords(t *testing.T) {
	numbers := []int64{0, 1, 2, 3, 11, 100, 1_000_000}
	for _, c := range []struct {
		tag  string
		of   func(*Words) Counted
		want string
	}{
		{"en", func(w *Words) Counted { return w.Months }, "0 months, 1 month, 2 months, 3 months, 11 months, 100 months, 1,000,000 months"},
		{"es", func(w *Words) Counted { return w.Months }, "0 meses, 1 mes, 2 meses, 3 meses, 11 meses, 100 meses, 1.000.000 de meses"},
		{"fr", func(w *Words) Counted { return w.Months }, "0 mois, 1 mois, 2 mois, 3 mois, 11 mois, 100 mois, 1\u202f000\u202f000 de mois"},
		{"ar", func(w *Words) Counted { return w.Months }, "أقل من شهر, شهر واحد, شهران, 3 أشهر, 11 شهرًا, 100 شهر, 1,000,000 شهر"},
		{"en", func(w *Words) Counted { return w.Lenders }, "0 lenders, 1 lender, 2 lenders, 3 lenders, 11 lenders, 100 lenders, 1,000,000 lenders"},
		{"es", func(w *Words) Counted { return w.Lenders }, "0 personas, 1 persona, 2 personas, 3 personas, 11 personas, 100 personas, 1.000.000 de personas"},
		{"fr", func(w *Words) Counted { return w.Lenders }, "0 personne, 1 personne, 2 personnes, 3 personnes, 11 personnes, 100 personnes, 1\u202f000\u202f000 de personnes"},
		{"ar", func(w *Words) Counted { return w.Lenders }, "لا أحد, شخص واحد, شخصين, 3 أشخاص, 11 شخصًا, 100 شخص, 1,000,000 شخص"},
		{"en", func(w *Words) Counted { return w.Borrowers }, "0 people, 1 person, 2 people, 3 people, 11 people, 100 people, 1,000,000 people"},
		{"es", func(w *Words) Counted { return w.Borrowers }, "0 personas, 1 persona, 2 personas, 3 personas, 11 personas, 100 personas, 1.000.000 de personas"},
		{"fr", func(w *Words) Counted { return w.Borrowers }, "0 personne, 1 personne, 2 personnes, 3 personnes, 11 personnes, 100 personnes, 1\u202f000\u202f000 de personnes"},
		{"ar", func(w *Words) Counted { return w.Borrowers }, "لا أحد, شخص واحد, شخصين, 3 أشخاص, 11 شخصًا, 100 شخص, 1,000,000 شخص"},
		{"en", func(w *Words) Counted { return w.LoanCount }, "0 loans, 1 loan, 2 loans, 3 loans, 11 loans, 100 loans, 1,000,000 loans"},
		{"es", func(w *Words) Counted { return w.LoanCount }, "0 préstamos, 1 préstamo, 2 préstamos, 3 préstamos, 11 préstamos, 100 préstamos, 1.000.000 de préstamos"},
		{"fr", func(w *Words) Counted { return w.LoanCount }, "0 prêt, 1 prêt, 2 prêts, 3 prêts, 11 prêts, 100 prêts, 1\u202f000\u202f000 de prêts"},
		{"ar", func(w *Words) Counted { return w.LoanCount }, "لا قروض, قرض واحد, قرضان, 3 قروض, 11 قرضًا, 100 قرض, 1,000,000 قرض"},
		{"en", func(w *Words) Counted { return w.RaisingCount }, "0 raising funds now, 1 raising funds now, 2 raising funds now, 3 raising funds now, 11 raising funds now, 100 raising funds now, 1,000,000 raising funds now"},
		{"es", func(w *Words) Counted { return w.RaisingCount }, "0 recaudan fondos ahora, 1 recauda fondos ahora, 2 recaudan fondos ahora, 3 recaudan fondos ahora, 11 recaudan fondos ahora, 100 recaudan fondos ahora, 1.000.000 recaudan fondos ahora"},
		{"fr", func(w *Words) Counted { return w.RaisingCount }, "0 en cours de collecte, 1 en cours de collecte, 2 en cours de collecte, 3 en cours de collecte, 11 en cours de collecte, 100 en cours de collecte, 1\u202f000\u202f000 en cours de collecte"},
		{"ar", func(w *Words) Counted { return w.RaisingCount }, "لا قروض قيد جمع التمويل الآن, قرض واحد قيد جمع التمويل الآن, قرضان قيد جمع التمويل الآن, 3 قروض قيد جمع التمويل الآن, 11 قرضًا قيد جمع التمويل الآن, 100 قرض قيد جمع التمويل الآن, 1,000,000 قرض قيد جمع التمويل الآن"},
	} {
		l := in(t, c.tag)
		said := make([]string, len(numbers))
		for i, n := range numbers {
			said[i] = c.of(l.Words).For(l, n).Fill("n", l.Number(n))
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s: got %s\nwant %s", c.tag, got, c.want)
		}
	}
}

// French sets a space that does not break before high punctuation and inside
// quotation marks.
func TestFrenchPunctuationDoesNotBreakFromItsWord(t *testing.T) {
	high := regexp.MustCompile(`[^\x{00a0}\x{202f}][:;!?»]|«[^\x{00a0}\x{202f}]`)
	words := reflect.ValueOf(in(t, "fr").Words).Elem()
	for i := range words.NumField() {
		if found := high.FindString(fmt.Sprint(words.Field(i).Interface())); found != "" && words.Field(i).Kind() != reflect.Map {
			t.Errorf("%s has %q", words.Type().Field(i).Name, found)
		}
	}
}

func nameSet(p Pattern) []string {
	names := p.Names()
	slices.Sort(names)
	return names
}

// mayCount allows the forms for none, one and two to leave placeholders out: "one
// lender", or a range that has only a first. Where such a form serves several
// numbers (French one is 0 and 1) it must still say which, by n.
func mayCount(l *Language, category Category, got, want []string) bool {
	if slices.Equal(got, want) {
		return true
	}
	if category != Zero && category != One && category != Two {
		return false
	}
	for _, name := range got {
		if !slices.Contains(want, name) {
			return false
		}
	}
	return servesOneNumber(l, category) || slices.Contains(got, "n") == slices.Contains(want, "n")
}

func servesOneNumber(l *Language, category Category) bool {
	served := 0
	for n := range int64(200) {
		if l.Plural(n) == category {
			served++
		}
	}
	return served == 1
}

// The test above is only worth what faults finds.
func TestFaultsAreFound(t *testing.T) {
	type group struct{ Title string }
	type words struct {
		Text    string
		Pattern Pattern
		Counted Counted
		Group   group
		List    [2]string
		Names   map[string]string
	}
	good := words{
		Text: "a", Pattern: P("{a} {b}"), Counted: Counted{One: P("{n} x"), Other: P("{n} xs")},
		Group: group{"a"}, List: [2]string{"a", "b"}, Names: map[string]string{"k": "v"},
	}
	for _, c := range []struct {
		name  string
		spoil func(*words)
		want  string // "" for none
	}{
		{"nothing is wrong", func(*words) {}, ""},
		{"another order of placeholders is right", func(w *words) { w.Pattern = P("{b} {a}") }, ""},
		{"one may be said in words", func(w *words) { w.Counted.One = P("one x") }, ""},
		{"a text is empty", func(w *words) { w.Text = "" }, "Words.Text is empty"},
		{"a text has a placeholder", func(w *words) { w.Text = "{a}" }, `Words.Text has braces and is not a Pattern: "{a}"`},
		{"a pattern is empty", func(w *words) { w.Pattern = Pattern{} }, "Words.Pattern is empty"},
		{"a placeholder is lost", func(w *words) { w.Pattern = P("{a}") }, `Words.Pattern has the placeholders ["a"], English has ["a" "b"]`},
		{"a form is missing", func(w *words) { w.Counted.One = Pattern{} }, "Words.Counted lacks the form one"},
		{"a form is too many", func(w *words) { w.Counted.Few = P("{n} xs") }, "Words.Counted has the form few, which no number asks for"},
		{"one has a placeholder of its own", func(w *words) { w.Counted.One = P("{m} x") }, `Words.Counted one has the placeholders ["m"], English has ["n"]`},
		{"a form does not count", func(w *words) { w.Counted.Other = P("xs") }, `Words.Counted other has the placeholders [], English has ["n"]`},
		{"a group lacks a text", func(w *words) { w.Group.Title = " " }, "Words.Group.Title is empty"},
		{"an item is empty", func(w *words) { w.List[1] = "" }, "Words.List[1] is empty"},
		{"an entry is missing", func(w *words) { w.Names = map[string]string{"j": "v"} }, "Words.Names[k] is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			spoilt := good
			c.spoil(&spoilt)
			got := strings.Join(faults(in(t, "en"), reflect.ValueOf(spoilt), reflect.ValueOf(good), "Words"), "; ")
			if got != c.want {
				t.Errorf("faults: %s\nwant:   %s", got, c.want)
			}
		})
	}
}
