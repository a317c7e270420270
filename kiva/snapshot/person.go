package snapshot

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"loanleaf/kiva"
)

// borrowers reads the people who borrow, in the API's words (first_name,
// gender F or M) or the JSON snapshot's (name, gender female or male).
func (d *decoder) borrowers(field string) []kiva.Borrower {
	var people []kiva.Borrower
	for more := d.list(field); more && d.element(); {
		if !d.object("") {
			continue
		}
		var b kiva.Borrower
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "first_name":
				b.FirstName = d.line("first_name", maxName)
			case "name":
				b.FirstName = d.line("name", maxName)
			case "last_name":
				b.LastName = d.line("last_name", maxName)
			case "gender":
				b.Gender = d.gender("gender")
			case "pictured":
				d.optional(func() { b.Pictured = d.truth("pictured") })
			default:
				d.skip()
			}
		}
		people = append(people, b)
	}
	return people
}

// gender reads F, M, female or male; anything else is not stated.
func (d *decoder) gender(field string) (g kiva.Gender) {
	d.optional(func() { g = genderOf(d.word(field)) })
	return g
}

func genderOf(word string) kiva.Gender {
	switch strings.ToLower(word) {
	case "f", "female":
		return "F"
	case "m", "male":
		return "M"
	}
	return ""
}

// location reads where the borrowers live. A country without its code gets it
// from the country's name.
func (d *decoder) location(field string) (l kiva.Location) {
	if !d.object(field) {
		return l
	}
	for name := d.member(); name != nil; name = d.member() {
		switch string(name) {
		case "country_code":
			l.CountryCode = d.countryCode("country_code")
		case "country":
			l.Country = d.line("country", maxLine)
		case "town":
			l.Town = d.line("town", maxLine)
		case "geo":
			l.Geo = d.geo("geo")
		default:
			d.skip()
		}
	}
	if l.CountryCode == "" {
		l.CountryCode = countryCode(l.Country)
	}
	return l
}

// countryCode reads two letters; anything else is no code. "NA" is Namibia.
func (d *decoder) countryCode(field string) (code string) {
	d.optional(func() { code = countryWord(d.word(field)) })
	return code
}

func countryWord(word string) string {
	word = strings.ToUpper(strings.TrimSpace(word))
	if len(word) == 2 && capital(word[0]) && capital(word[1]) {
		return word
	}
	return ""
}

func capital(c byte) bool { return 'A' <= c && c <= 'Z' }

// geo reads a GeoRSS-Simple point, in its object or, as seed 002 has it once,
// as the bare pair. Other shapes and pairs off the globe are left out.
func (d *decoder) geo(field string) *kiva.Geo {
	var g kiva.Geo
	var pair, shape string
	d.optional(func() {
		if d.json.peek() == '"' {
			pair = d.word(field)
			return
		}
		if !d.object(field) {
			return
		}
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "level":
				switch level := d.word("level"); level {
				case "town", "country", "exact":
					g.Level = level
				}
			case "type":
				shape = d.word("type")
			case "pairs":
				pair = d.word("pairs")
			default:
				d.skip()
			}
		}
	})
	if shape != "" && shape != "point" {
		return nil
	}
	latitude, longitude, found := strings.Cut(strings.TrimSpace(pair), " ")
	if !found {
		return nil
	}
	var north, east bool
	g.Latitude, north = degrees(latitude, 90)
	g.Longitude, east = degrees(strings.TrimSpace(longitude), 180)
	if !north || !east {
		return nil
	}
	return &g
}

func degrees(s string, most float64) (float64, bool) {
	if len(s) > 30 || strings.Trim(s, "-+.0123456789") != "" {
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.Abs(f) > most {
		return 0, false
	}
	return f + 0, true // -0 becomes 0
}

// description reads the languages of the story and its texts. Texts come in
// the order of the languages; those in languages that are not listed follow,
// sorted, and are listed too.
func (d *decoder) description(field string) (languages []string, texts []kiva.Text) {
	if !d.object(field) {
		return nil, nil
	}
	for name := d.member(); name != nil; name = d.member() {
		switch string(name) {
		case "languages":
			languages = d.languages("languages")
		case "texts":
			texts = d.texts("texts")
		default:
			d.skip()
		}
	}
	rank := func(t kiva.Text) int {
		if i := slices.Index(languages, t.Language); i >= 0 {
			return i
		}
		return len(languages)
	}
	slices.SortStableFunc(texts, func(a, b kiva.Text) int {
		if x, y := rank(a), rank(b); x != y {
			return x - y
		}
		return strings.Compare(a.Language, b.Language)
	})
	for _, t := range texts {
		if !slices.Contains(languages, t.Language) {
			languages = append(languages, t.Language)
		}
	}
	return languages, texts
}

// mostLanguages is how many languages a story is read in: more than anybody writes, and
// few enough to compare each with the others.
const mostLanguages = 100

// languages reads codes of languages, each once; what is no code is left out.
func (d *decoder) languages(field string) (codes []string) {
	d.optional(func() {
		for more := d.list(field); more && d.element(); {
			if code, ok := languageCode(d.word("")); ok && len(codes) < mostLanguages && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	})
	return codes
}

// texts reads the story in each language. Empty ones, and those whose
// language is no code, are left out.
func (d *decoder) texts(field string) (texts []kiva.Text) {
	if !d.object(field) {
		return nil
	}
	for name := d.member(); name != nil; name = d.member() {
		code, ok := languageCode(string(name))
		if !ok || len(texts) == mostLanguages {
			d.skip()
			continue
		}
		body := d.story(code)
		if body == "" || slices.ContainsFunc(texts, func(t kiva.Text) bool { return t.Language == code }) {
			continue
		}
		texts = append(texts, kiva.Text{Language: code, Body: body})
	}
	return texts
}

// languageCode holds a code to the shape of an IANA subtag with at most a few
// more behind it, in lower case: "vi", "pt-br".
func languageCode(code string) (string, bool) {
	code = strings.ToLower(code)
	first, rest, more := strings.Cut(code, "-")
	if len(first) < 2 || len(first) > 3 || len(code) > 20 || (more && rest == "") {
		return "", false
	}
	for i := range len(code) {
		c := code[i]
		if !letter(c) && (i < len(first) || !isDigit(c) && c != '-') {
			return "", false
		}
	}
	return code, true
}
