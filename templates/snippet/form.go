package snippet

import "strings"

// Form is a kind of text to paste. Its value is its name in addresses and
// markup.
type Form string

// The forms.
const (
	Frame     Form = "frame"     // an iframe: works without any script
	Component Form = "component" // <loan-card> and its script
	Quote     Form = "quote"     // a quotation that the same script turns into a card
	Address   Form = "address"   // the loan's address, for WordPress and all who ask for oEmbed themselves
	Markdown  Form = "markdown"
	BBCode    Form = "bbcode"
	Text      Form = "text"
	Email     Form = "email"  // an HTML table with a style of its own
	OEmbed    Form = "oembed" // the address of the answer, for programs
)

// Forms are all of them, in the order in which they are offered.
func Forms() []Form {
	return []Form{Frame, Component, Quote, Address, Markdown, BBCode, Text, Email, OEmbed}
}

// FormNamed is the form of a name, [Frame] for every other.
func FormNamed(name string) Form {
	for _, f := range Forms() {
		if string(f) == name {
			return f
		}
	}
	return Frame
}

// Escape is the rule by which the text of a subject is escaped in a form.
func (f Form) Escape() Escape {
	switch f {
	case Markdown:
		return InMarkdown
	case BBCode:
		return InBBCode
	case Address, Text, OEmbed:
		return AsItIs
	}
	return InHTML
}

// Write is the text to paste.
func (f Form) Write(s Subject, c Choice) string {
	switch f {
	case Frame:
		return frame(s, c)
	case Component:
		return component(s, c)
	case Quote:
		return quote(s, c)
	case Address:
		return s.Page
	case Markdown:
		return markdown(s)
	case BBCode:
		return bbcode(s)
	case Text:
		return lines(s.Title, s.Use, s.Figures, s.Page)
	case Email:
		return email(s)
	case OEmbed:
		return answer(s, c)
	}
	return ""
}

// sandbox lets links open and our own script tell the frame's height, and
// nothing else.
const sandbox = "allow-scripts allow-popups allow-popups-to-escape-sandbox"

// frame is the widget with a link inside for readers that drop frames.
func frame(s Subject, c Choice) string {
	return `<iframe src="` + attribute(s.Widget) + c.Theme.Fragment + `" width="` + c.Size.Width + `" height="` + c.Size.Height +
		`" title="` + attribute(s.Title) + `" style="border:0;max-width:100%` + c.Theme.Style + `" loading="lazy" sandbox="` + sandbox + `">` +
		link(s) + `</iframe>`
}

// component holds the link that stays where no script runs. It keeps the room of
// the card until the script is there, so that nothing of the page moves then.
func component(s Subject, c Choice) string {
	name, value := s.subject()
	return `<loan-card ` + name + `="` + attribute(value) + `" lang="` + attribute(s.Language) + `" size="` + c.Size.Name + `" theme="` + c.Theme.Name +
		`" style="display:block;min-height:` + c.Size.Height + `px">` + link(s) + "</loan-card>\n" + script(s)
}

// quote tells the loan in words until the script has shown the card in their
// place, and for good where it never runs.
func quote(s Subject, c Choice) string {
	name, value := s.subject()
	text := `<blockquote class="loan-card" data-` + name + `="` + attribute(value) + `" data-size="` + c.Size.Name + `" data-theme="` + c.Theme.Name +
		`" lang="` + attribute(s.Language) + `" dir="` + attribute(s.Direction) + `" style="display:flow-root;margin:0;min-height:` + c.Size.Height + `px"><p>` + link(s) + "</p>"
	if said := s.said(); said != "" {
		text += "<p>" + attribute(said) + "</p>"
	}
	return text + "</blockquote>\n" + script(s)
}

func link(s Subject) string {
	return `<a href="` + attribute(s.Page) + `">` + attribute(s.Title) + `</a>`
}

func script(s Subject) string { return `<script async src="` + attribute(s.Script) + `"></script>` }

// markdown shows the badge, whose figures are those of the day on which it is
// looked at, or else tells the figures with their date.
func markdown(s Subject) string {
	if s.drawn() {
		text := "[![" + InMarkdown.Text(s.Title) + "](" + parentheses.Replace(s.Badge) + ")](" + parentheses.Replace(s.Page) + ")"
		if s.Use != "" {
			text += " " + InMarkdown.Text(s.Use)
		}
		return text
	}
	text := "[" + InMarkdown.Text(s.Title) + "](" + parentheses.Replace(s.Page) + ")"
	if said := s.said(); said != "" {
		text += ": " + InMarkdown.Text(said)
	}
	return text
}

// bbcode shows the card, as forums take no SVG. Pictures have no text of their own
// there, so the link below says what it is.
func bbcode(s Subject) string {
	start := "[url=" + brackets.Replace(s.Page) + "]"
	title := start + InBBCode.Text(s.Title) + "[/url]"
	if s.drawn() {
		return lines(start+"[img]"+brackets.Replace(s.Card)+"[/img][/url]", title, InBBCode.Text(s.Use))
	}
	return lines(title, InBBCode.Text(s.Use), InBBCode.Text(s.Figures))
}

// answer asks for the chosen size where an endpoint heeds it.
func answer(s Subject, c Choice) string {
	if !s.Bounds {
		return s.OEmbed
	}
	return s.OEmbed + c.Size.Query
}

// lines are those that say something.
func lines(texts ...string) string {
	var b strings.Builder
	for _, text := range texts {
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(text)
	}
	return b.String()
}
