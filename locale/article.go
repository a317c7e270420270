package locale

import "slices"

// insides is how names of countries stand inside sentences, by language: what
// comes before the name, and for which codes, in order. CLDR has names that
// stand alone only, so these are the project's own.
//
// English and Spanish put an article before some names; both stand after a
// preposition or a comma. French chooses the preposition by the name as well
// (au Kenya, en Inde, aux Philippines, à Madagascar), so there the preposition
// comes with the name, and its sentences have none; names in no list are
// feminine or begin with a vowel, and take "en". Arabic needs nothing.
var insides = map[string]insideRule{
	"en": {lists: []insideList{
		{"the ", []string{
			"AE", "AX", "BQ", "BS", "CC", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "GS", "HM", "IM", "IO", "KM", "KY",
			"MH", "MP", "MV", "NL", "PH", "PN", "SB", "TC", "TF", "UM", "US", "VG", "VI",
		}},
	}},
	"es": {lists: []insideList{
		{"el ", []string{"BQ", "EH", "GB", "IO"}},
		{"la ", []string{"AC", "AQ", "BV", "CF", "CP", "CX", "DO", "GF", "IM", "NF", "PF", "VA"}},
		{"las ", []string{"AX", "BS", "CC", "CK", "FK", "FO", "GS", "HM", "KY", "MH", "MP", "PN", "SB", "TC", "UM", "VG", "VI"}},
		{"los ", []string{"AE", "NL", "TF"}},
	}},
	"fr": {
		lists: []insideList{
			{"au ", []string{
				"BD", "BF", "BI", "BJ", "BR", "BT", "BW", "BZ", "CA", "CD", "CL", "CM", "CR", "CV", "DK", "EH", "GA", "GB", "GH", "GL",
				"GT", "GY", "HN", "JP", "KE", "KG", "KH", "KW", "KZ", "LA", "LB", "LI", "LK", "LR", "LS", "LU", "MA", "ME", "ML", "MM",
				"MW", "MX", "MZ", "NE", "NG", "NI", "NP", "PA", "PE", "PK", "PT", "PY", "QA", "RW", "SD", "SJ", "SN", "SR", "SS", "SV",
				"TD", "TG", "TJ", "TL", "TM", "VE", "VN", "VU", "XK", "YE", "ZW",
			}},
			{"aux ", []string{
				"AE", "AS", "AX", "BM", "BQ", "BS", "CC", "CK", "FJ", "FK", "FO", "HM", "IC", "KM", "KY", "MH", "MP", "MV", "NL", "PH",
				"PN", "PW", "SB", "SC", "TC", "UM", "US", "VG", "VI",
			}},
			{"sur l’", []string{"AC", "BV", "CP", "CX", "IM", "NF"}},
			{"dans l’", []string{"VA"}},
			{"dans le ", []string{"IO"}},
			{"dans les ", []string{"TF"}},
			{"à la ", []string{"BB", "DM", "GD"}},
			{"à ", []string{
				"AG", "AI", "AW", "BH", "BL", "BN", "CQ", "CU", "CW", "CY", "DG", "DJ", "EA", "GG", "GI", "GU", "HK", "JE", "KI", "KN",
				"LC", "MC", "MF", "MG", "MO", "MS", "MT", "MU", "NR", "NU", "OM", "PM", "PR", "RE", "SG", "SH", "SM", "ST", "SX", "TA",
				"TK", "TO", "TT", "TV", "TW", "VC", "WF", "WS", "YT",
			}},
		},
		otherwise: "en ",
		unknown:   [2]string{"(", ")"},
	},
}

type insideRule struct {
	lists     []insideList
	otherwise string    // before names that no list has
	unknown   [2]string // around names that CLDR does not have
}

type insideList struct {
	before string
	codes  []string
}

// CountryInside returns the name of a country as it stands inside a sentence of
// Words: "the Philippines" where Country has "Philippines", "aux Philippines" in
// French. A code that CLDR does not know takes the name otherwise, in French
// between brackets; where that is empty, so is the answer.
func (l *Language) CountryInside(code, otherwise string) string {
	rule := insides[l.Tag]
	name, ok := l.Country(code)
	if !ok {
		if otherwise == "" {
			return ""
		}
		return rule.unknown[0] + otherwise + rule.unknown[1]
	}
	for _, list := range rule.lists {
		if _, found := slices.BinarySearch(list.codes, code); found {
			return list.before + name
		}
	}
	return rule.otherwise + name
}
