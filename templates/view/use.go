package view

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"loanleaf/kiva"
	"loanleaf/locale"
)

// mostUse is how many characters of a use are told; the longest seen in the
// data has 195.
const mostUse = 300

// use says what the loan is for. Once a loan no longer raises funds it is told
// as past, whatever became of it: most borrowers have the money before
// lenders are asked (kiva-data: 92 % are disbursed before they are posted).
func (t *telling) use(loan *kiva.Loan, country string) Sentence {
	w := t.words
	amount := t.amount("amount", loan.Amount)
	if loan.Anonymous() {
		return t.say(nil, w.PrivateUse, amount)
	}
	now := loan.Status == kiva.Fundraising
	name := value{"name", Span{Text: t.squeeze(loan.Name), Kind: Name}}
	text, continues := t.readUse(loan.Use, name.span.Text)
	if text == "" {
		if country == "" {
			name.span.Text = strings.TrimRight(name.span.Text, ".") // as of "Juan Jr."
			return t.say(nil, either(now, w.Helps, w.Helped), amount, name)
		}
		in := value{"country", Span{Text: strings.TrimRight(country, ".")}}
		return t.say(nil, either(now, w.HelpsIn, w.HelpedIn), amount, name, in)
	}
	p := either(now, w.UseForHelps, w.UseForHelped)
	if continues {
		p = either(now, w.UseToHelps, w.UseToHelped)
	}
	use := value{"use", Span{Text: text, Kind: Words, Lang: t.useLanguage(loan, text)}}
	return t.say(nil, p, amount, name, use)
}

// useLanguage is the language of a use where it is not the page's own. It is
// not stated; uses are in English, but for some that nobody translated, and
// those begin like a purpose in the language of the original story.
func (t *telling) useLanguage(loan *kiva.Loan, text string) string {
	language := "en"
	if len(loan.Languages) > 0 {
		switch original := loan.Languages[0]; original {
		case "es", "pt":
			if strings.HasPrefix(text, "para ") {
				language = original
			}
		case "fr":
			if strings.HasPrefix(text, "pour ") {
				language = original
			}
		}
	}
	if language == t.language.Tag {
		return ""
	}
	return language
}

func either(first bool, yes, no locale.Pattern) locale.Pattern {
	if first {
		return yes
	}
	return no
}

// readUse cleans the text of a use and tells whether it continues "helps NAME":
// it begins with "to" or with one of the verbs that uses begin with. Field
// partners write "To buy ducks.", "buy ducks", "buying ducks", "BUY DUCKS".
func (t *telling) readUse(raw, name string) (text string, continues bool) {
	text = strings.TrimLeft(t.squeeze(raw), " -–—•*.,:;")
	text = strings.TrimRight(text, " .,;:!?…。।។۔؟")
	if text == "" {
		return "", false
	}
	if shouted(text) {
		text = strings.ToLower(text)
	}
	text = clip(t.lowerFirst(text, name), mostUse)
	if rest, ok := strings.CutPrefix(text, "in order to "); ok {
		text = "to " + rest
	}
	if rest, ok := strings.CutPrefix(text, "to "); ok {
		if lowered := t.lowerFirst(rest, name); lowered != rest {
			text = t.join("to ", lowered)
		}
		return text, true
	}
	text = strings.TrimPrefix(text, "for ")
	first, _, more := strings.Cut(text, " ")
	_, verb := slices.BinarySearch(verbs, first)
	return text, more && verb
}

// verbs are the words that a use begins with where "to" was left out, in
// order. As a rule none of them begins a use as a noun; "loan", "stock", "farm" and
// "repair" do, and are not here.
var verbs = []string{
	"acquire", "add", "build", "buy", "construct", "cover", "cultivate", "develop", "diversify", "establish", "expand",
	"finance", "finish", "fund", "grow", "help", "improve", "increase", "install", "invest", "maintain", "make", "obtain",
	"open", "pay", "prepare", "procure", "provide", "purchase", "raise", "renovate", "replenish", "restock", "sell", "start",
}

// shouted tells a text of several words in capitals alone. One such word is
// rather an abbreviation.
func shouted(text string) bool {
	if !strings.Contains(text, " ") {
		return false
	}
	capitals := 0
	for _, r := range text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals > 5
}

// lowerFirst lowers the first letter, as the text goes on inside a sentence. It
// leaves abbreviations, the pronoun I, and the borrower's own name.
func (t *telling) lowerFirst(text, name string) string {
	first, size := utf8.DecodeRuneInString(text)
	if !unicode.IsUpper(first) {
		return text
	}
	word, _, _ := strings.Cut(text, " ")
	if word == "I" || strings.HasPrefix(word, "I'") || strings.HasPrefix(word, "I’") {
		return text
	}
	second, _ := utf8.DecodeRuneInString(word[size:])
	if unicode.IsUpper(second) || unicode.IsDigit(second) {
		return text
	}
	own, _, _ := strings.Cut(name, " ")
	if own != "" && strings.HasPrefix(text, own) && !wordGoesOn(text[len(own):]) {
		return text
	}
	return t.join(string(unicode.ToLower(first)), text[size:])
}

func wordGoesOn(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsLetter(r)
}
