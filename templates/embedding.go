package templates

import (
	"net/url"
	"strconv"
	"strings"

	"loanleaf/locale"
	"loanleaf/templates/snippet"
	"loanleaf/templates/view"
)

// Embedding is what the page shows that hands out the code of a loan's card. It
// works as a form that a server answers; on a site of files a script answers it
// in the reader's browser, from Data.
type Embedding struct {
	// Loan is nil on a site without loans, which has no code to give.
	Loan    *view.Loan
	Subject snippet.Subject
	Choice  snippet.Choice
	Form    snippet.Form

	Asked   string // what was typed for a loan, as it was; it may be anything
	Unknown bool   // it is no loan of this site
	Example bool   // nothing was typed, and the loan is an example
	// Found are loans that the words typed may mean, Count how many there are, and
	// More that not all are among them.
	Found []Found
	Count view.Sentence
	More  bool

	Action string // path of the page, where the form is sent
	Script string // path of the page's script
	Style  string // path of its stylesheet, after that of all pages
	// Sample is an address that shows how one is written.
	Sample string

	Languages []CardLanguage // of the card; one alone leaves no choice
	Language  string         // tag of the one chosen
	States    []StandIn
	State     string // the one of StandIn.Value that is shown; empty: the loan's own
	Preview   string // path of what is shown, without fragment
	Dark      bool   // the background of the preview
	Narrow    bool   // the preview is as wide as a phone

	Weights map[snippet.Form]Weight
	Data    any // for the script, as JSON
}

// Found is a loan to choose from, and the address of this page for it.
type Found struct {
	Loan view.Loan
	URL  string
}

// Weight is what a form costs a reader of the page it is on. Pictures that borrowers
// are shown by count as requests alone: their size is not known to pages.
type Weight struct {
	Of           WeightOf
	Tenths       int64 // of a kilobyte of 1,024 bytes: what is weighed
	ScriptTenths int64 // likewise: script on the page itself, compressed
	Requests     int
}

// WeightOf is what is weighed of a form.
type WeightOf uint8

// What is weighed: nothing, as of plain text; the widget document or the badge,
// compressed; the drawn card.
const (
	NoWeight WeightOf = iota
	CardWeight
	BadgeWeight
	PictureWeight
)

func (o WeightOf) label(w *locale.EmbedWords) string {
	switch o {
	case BadgeWeight:
		return w.WeightBadge
	case PictureWeight:
		return w.WeightPicture
	}
	return w.WeightHelp
}

// Choosing is the address of the page for another loan, with the other choices as
// they are.
func (e *Embedding) Choosing(id int64) string {
	query := url.Values{
		"loan": {strconv.FormatInt(id, 10)}, "size": {e.Choice.Size.Name}, "theme": {e.Choice.Theme.Name}, "language": {e.Language}, "form": {string(e.Form)},
	}
	if e.Dark {
		query.Set("ground", "dark")
	}
	if e.Narrow {
		query.Set("room", "narrow")
	}
	return e.Action + "?" + query.Encode()
}

// CardLanguage is a language a card may be in: its tag and its own name.
type CardLanguage struct{ Tag, Name string }

// StandIn is a loan that is shown for a state: the path of its widget below that
// of this page in the card's language, and the state's words.
type StandIn struct{ Value, Label, Leaf string }

// GoneState is the [StandIn.Value] of a loan that is not there.
const GoneState = "gone"

// EmbedPolicy is the policy of the page, made from that of the other pages: its
// form, and widgets of this site in a frame.
func EmbedPolicy(policy string) string {
	return strings.Replace(policy, "form-action 'none'", "form-action 'self'", 1) + "; frame-src 'self'"
}

// formNames are the names of the forms that have the same one everywhere.
var formNames = map[snippet.Form]string{
	snippet.Address: "WordPress", snippet.Markdown: "Markdown", snippet.BBCode: "BBCode", snippet.OEmbed: "oEmbed",
}

func formName(w *locale.EmbedWords, f snippet.Form) string {
	switch f {
	case snippet.Frame:
		return w.Frame
	case snippet.Component:
		return w.Component
	case snippet.Quote:
		return w.Quote
	case snippet.Text:
		return w.Text
	case snippet.Email:
		return w.Email
	}
	return formNames[f]
}

// formHelp says what a form is for. tenths are those of a kilobyte that the script
// of the component has, compressed.
func formHelp(l *locale.Language, f snippet.Form, tenths int64) string {
	w := &l.Words.Embed
	switch f {
	case snippet.Frame:
		return w.FrameHelp
	case snippet.Component:
		return w.ComponentHelp.Fill("kb", l.Tenths(tenths))
	case snippet.Quote:
		return w.QuoteHelp
	case snippet.Address:
		return w.AddressHelp
	case snippet.Markdown:
		return w.MarkdownHelp
	case snippet.BBCode:
		return w.BBCodeHelp
	case snippet.Text:
		return w.TextHelp
	case snippet.Email:
		return w.EmailHelp
	}
	return w.OEmbedHelp
}

func sizeName(w *locale.EmbedWords, s snippet.Size) string {
	switch s {
	case snippet.Compact:
		return w.Compact
	case snippet.Wide:
		return w.Wide
	case snippet.Fluid:
		return w.Fluid
	}
	return w.Standard
}

// pixels are the measures of a size, in words.
func pixels(w *locale.EmbedWords, s snippet.Size) string {
	width := s.Width
	if s == snippet.Fluid {
		width = w.Full
	}
	return w.Pixels.Fill("width", width, "height", s.Height)
}

func themeName(w *locale.EmbedWords, t snippet.Theme) string {
	switch t {
	case snippet.Dark:
		return w.Dark
	case snippet.Auto:
		return w.Auto
	}
	return w.Light
}
