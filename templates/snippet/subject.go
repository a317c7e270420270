package snippet

import (
	"strconv"
	"strings"
	"unicode"

	"loanleaf/templates/view"
)

// Subject is a loan, or a list of loans, as snippets tell of it: text on one line
// each, without markup. Use, Figures and everything of Mail may be empty, and is left out.
type Subject struct {
	ID                  string // a number, as text; empty of a list
	List                string // "country/kh", as the web component names a list; empty of a loan
	Language, Direction string
	Title               string // "Mai's Loan from Viet Nam"
	Use                 string // a sentence with its full stop
	Figures             string // "$125 raised of $550 · Data of 20 November 2026", with what was lost, without a full stop
	Addresses
	Mail Mail
}

// Addresses are where a snippet leads, absolute and percent-encoded.
type Addresses struct {
	Page   string // the loan's page
	Widget string // its widget document, without a fragment
	Script string // the web component's script
	OEmbed string // its oEmbed answer in JSON
	// Card and Badge are the drawings of the loan or the list: its card in half the
	// size, JPEG or PNG, and its badge in SVG. Both are empty where nobody serves them.
	Card, Badge string
	// Bounds is whether the answer heeds maxwidth and maxheight: files beside the
	// pages do not.
	Bounds bool
}

// Mail is what an e-mail shows besides.
type Mail struct {
	Start               string // the side where lines start: left or right
	Chip, Place, Action string
	Picture             *view.Picture
	Bar                 int    // percent; below 0: none is drawn
	Colour              string // of links, buttons and the bar: "#rrggbb", readable on white
}

// Of tells of a loan's card. colour is [site.Site.Colour].
func Of(l view.Loan, a Addresses, colour string) Subject {
	rtl := l.Language.Direction == "rtl"
	figures := l.Figures.Main
	for _, more := range []view.Sentence{l.Figures.Loss, l.Dated.Label} {
		if len(figures) > 0 && len(more) > 0 {
			figures = append(append(figures[:len(figures):len(figures)], view.Span{Text: " · "}), more...)
		}
	}
	s := Subject{
		ID: strconv.FormatInt(l.ID, 10), Language: l.Language.Tag, Direction: l.Language.Direction,
		Title: fold(l.LoanTitle), Use: sentence(l.Use, rtl), Figures: sentence(figures, rtl), Addresses: a,
		Mail: Mail{Chip: fold(l.State.Chip), Place: fold(l.Place), Picture: l.Picture, Bar: l.Figures.Bar, Colour: colour},
	}
	s.Mail.Start = "left"
	if rtl {
		s.Mail.Start = "right"
	}
	if l.WidgetAction != nil {
		s.Mail.Action = fold(l.WidgetAction.Label)
	}
	return s
}

// Framed is what [Frame] says of a loan's card, and no more: a build writes it on
// every page.
func Framed(l view.Loan, a Addresses) Subject {
	return Subject{Title: fold(l.LoanTitle), Addresses: a}
}

// sentence is s as text. Where lines run from right to left, names, amounts and
// words of the data are isolated from what stands beside them, which text that
// has no markup does with two invisible signs (Unicode UAX #9, 2.4).
func sentence(s view.Sentence, rtl bool) string {
	var b strings.Builder
	for _, span := range s {
		if rtl && (span.Kind == view.Name || span.Kind == view.Amount || span.Kind == view.Words) {
			b.WriteString("\u2068" + span.Text + "\u2069")
			continue
		}
		b.WriteString(span.Text)
	}
	return fold(b.String())
}

// fold puts a text on one line: a line that began with its words would be read
// as a heading, a list or a quote by some of the forms. Control characters go.
func fold(s string) string {
	if isFolded(s) {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' || unicode.IsControl(r) }), " ")
}

// isFolded tells of a text that is on one line already. Most are.
func isFolded(s string) bool {
	space := true
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space
}

// drawn tells whether there are pictures of the loan to show in place of words.
func (s Subject) drawn() bool { return s.Card != "" && s.Badge != "" }

// said are the use and the figures, as far as they are known, as sentences.
func (s Subject) said() string {
	parts := []string{s.Use}
	if s.Use == "" {
		parts = nil
	}
	if s.Figures != "" {
		parts = append(parts, s.Figures+".")
	}
	return strings.Join(parts, " ")
}
