package templates

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"loanleaf/locale"
	"loanleaf/templates/view"
)

// excerptRunes is how much of the story the fragment tells, as the card of
// 2010 did: enough to want to read on.
const excerptRunes = 800

// Inline is the loan as a fragment for somebody else's page, as oEmbed's
// preview and JSONP answers carry it: the card that Kiva's widget of 2010 was,
// with the site's name, the loan's title, its country, use, request and
// status, the beginning of its story and a link to its page.
//
// It is one element without margin, at most 450 by 300 pixels, styled by its
// style attributes alone, because the page around it has its own style sheets;
// no class, no id. The picture comes first where there is one, since
// Twitter's client took the first img it found. Every address is absolute.
//
// It is written here and not by templ because oEmbed 2.3.4.4 wants XHTML, and
// templ leaves img unclosed: this is well-formed as XML, whatever the loan says.
// A block whose value is absent is left out. colour is that of links
// ([site.Site.Colour]).
func Inline(l view.Loan, colour string) string {
	f := fragment{colour: colour}
	f.Grow(4096) // of which most fragments take three quarters
	start := f.open(l.Language)
	f.picture(l, start)
	f.head(l.Source.Label, l.Page, l.LoanTitle)
	f.facts(l)
	f.story(l)
	f.WriteString(`</div>`)
	return f.String()
}

// fragment writes well-formed XML that is HTML as well.
type fragment struct {
	strings.Builder
	colour string // of links
}

// open begins the element that all of it is in, and says on which side its lines
// start.
func (f *fragment) open(language *locale.Language) (start string) {
	f.WriteString(`<div lang="`)
	f.text(language.Tag)
	f.WriteString(`" dir="`)
	f.text(language.Direction)
	start = "left"
	if language.Direction == "rtl" {
		start = "right"
	}
	f.WriteString(`" style="box-sizing:border-box;max-width:450px;max-height:300px;overflow:auto;padding:12px;` +
		`border:1px solid #ddd7cc;border-radius:12px;background:#fff;color:#1d1a26;` +
		`font:14px/1.4 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif;text-align:` + start + `">`)
	return start
}

// head is the site, and the title as a link.
func (f *fragment) head(source, address, title string) {
	f.WriteString(`<p style="margin:0;color:#565164;font-size:12px">`)
	f.text(source)
	f.WriteString(`</p><p style="margin:0 0 6px;font-size:18px;font-weight:700;line-height:1.2">`)
	f.link(address, title)
	f.WriteString(`</p>`)
}

// text writes s as character data or the value of an attribute. What XML
// cannot hold becomes U+FFFD. It is encoding/xml's EscapeText, which takes bytes
// and so has every text copied.
func (f *fragment) text(s string) {
	start := 0
	for i := 0; i < len(s); {
		if plainASCII(s[i]) {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if instead := escaped(r, size); instead != "" {
			f.WriteString(s[start:i])
			f.WriteString(instead)
			start = i + size
		}
		i += size
	}
	f.WriteString(s[start:])
}

// plainASCII tells most letters that stand for themselves from the rest.
func plainASCII(c byte) bool {
	return c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\'' && c != '&' && c != '<' && c != '>'
}

// escaped is what stands for a character that was read from so many bytes;
// empty for those that stand for themselves.
func escaped(r rune, size int) string {
	switch {
	case r == '"':
		return "&#34;"
	case r == '\'':
		return "&#39;"
	case r == '&':
		return "&amp;"
	case r == '<':
		return "&lt;"
	case r == '>':
		return "&gt;"
	case r == '\t':
		return "&#x9;"
	case r == '\n':
		return "&#xA;"
	case r == '\r':
		return "&#xD;"
	case r < ' ', r == utf8.RuneError && size == 1, r == '\ufffe', r == '\uffff':
		return "\ufffd"
	}
	return ""
}

func (f *fragment) link(address, label string) {
	f.WriteString(`<a href="`)
	f.text(address)
	f.WriteString(`" style="color:`)
	f.text(f.colour)
	f.WriteString(`">`)
	f.text(label)
	f.WriteString(`</a>`)
}

// picture floats on the side where lines start, at a third of the width, whole
// and never larger than it is.
func (f *fragment) picture(l view.Loan, start string) {
	if l.Picture == nil {
		return
	}
	f.WriteString(`<a href="`)
	f.text(l.Page)
	f.WriteString(`"><img src="`)
	f.text(l.Picture.URL)
	f.WriteString(`" alt="`)
	f.text(l.Picture.Alt)
	if l.Picture.Width > 0 && l.Picture.Height > 0 {
		f.WriteString(`" width="`)
		f.WriteString(strconv.Itoa(l.Picture.Width))
		f.WriteString(`" height="`)
		f.WriteString(strconv.Itoa(l.Picture.Height))
	}
	margin := "0 12px 6px 0"
	if start == "right" {
		margin = "0 0 6px 12px"
	}
	f.WriteString(`" style="float:`)
	f.WriteString(start)
	f.WriteString(`;width:auto;height:auto;max-width:33%;max-height:180px;margin:`)
	f.WriteString(margin)
	f.WriteString(`;border:0;border-radius:8px" /></a>`)
}

func (f *fragment) facts(l view.Loan) {
	w := l.Language.Words
	if l.Country != "" {
		f.fact(w.InlineCountry, view.Sentence{{Text: l.Country}})
	}
	f.fact(w.InlineUse, l.Use)
	if m := l.Data.Amount; m.Known() {
		f.fact(w.InlineRequest, view.Sentence{{Text: l.Language.Money(m.Units, m.Currency), Kind: view.Amount}})
	}
	f.label(w.InlineStatus)
	f.text(l.State.Chip)
	if len(l.Figures.Main) > 0 {
		f.text(" · ")
		f.sentence(l.Figures.Main)
	}
	f.WriteString(`</p>`)
}

func (f *fragment) fact(label string, value view.Sentence) {
	if len(value) == 0 {
		return
	}
	f.label(label)
	f.sentence(value)
	f.WriteString(`</p>`)
}

// label begins a paragraph.
func (f *fragment) label(text string) {
	f.WriteString(`<p style="margin:0 0 2px"><span style="color:#565164">`)
	f.text(text)
	f.WriteString(`</span> `)
}

// sentence writes what the component Sentence writes, with elements that
// sanitisers know.
func (f *fragment) sentence(s view.Sentence) {
	for _, span := range s {
		switch {
		case span.Kind == view.Amount:
			f.WriteString(`<strong><bdi>`)
			f.text(span.Text)
			f.WriteString(`</bdi></strong>`)
		case span.Kind == view.Words && span.Lang != "":
			f.WriteString(`<span lang="`)
			f.text(span.Lang)
			f.WriteString(`" dir="auto">`)
			f.text(span.Text)
			f.WriteString(`</span>`)
		case span.Kind == view.Name, span.Kind == view.Words:
			f.WriteString(`<bdi>`)
			f.text(span.Text)
			f.WriteString(`</bdi>`)
		default:
			f.text(span.Text)
		}
	}
}

// story writes the beginning of the first story, or the link alone.
func (f *fragment) story(l view.Loan) {
	f.WriteString(`<p style="margin:6px 0 0">`)
	if len(l.Stories) > 0 && len(l.Stories[0].Paragraphs) > 0 {
		s := l.Stories[0]
		f.WriteString(`<span lang="`)
		f.text(s.Language)
		f.WriteString(`" dir="`)
		f.text(s.Direction)
		f.WriteString(`">`)
		f.text(excerpt(strings.Join(s.Paragraphs, " "), excerptRunes))
		f.WriteString(`</span> `)
	}
	f.link(l.Page, l.Language.Words.InlineMore.Fill("title", l.LoanTitle))
	f.WriteString(`</p>`)
}

// excerpt is the beginning of text, at most limit runes and the ellipsis that
// says it goes on, which stands there even when all of it fits: what follows is
// the page. It ends after a whole word where there is one in the last fifth, and
// never between a letter and its marks.
func excerpt(text string, limit int) string {
	text = strings.TrimSpace(text)
	end, word, runes := len(text), 0, 0
	for i, r := range text {
		if runes == limit {
			end = i
			break
		}
		if unicode.IsSpace(r) {
			word = i
		}
		runes++
	}
	if end < len(text) {
		if word > end-end/5 {
			end = word
		}
		end = beforeMarks(text, end)
	}
	return strings.TrimRight(text[:end], " \t\n.,;:…") + "…"
}

// beforeMarks moves end back until no mark, joiner or letter after a joiner
// would be cut from the letter it belongs to.
func beforeMarks(text string, end int) int {
	for end > 0 {
		next, _ := utf8.DecodeRuneInString(text[end:])
		last, size := utf8.DecodeLastRuneInString(text[:end])
		if !unicode.Is(unicode.M, next) && next != zeroWidthJoiner && last != zeroWidthJoiner {
			break
		}
		end -= size
	}
	return end
}

const zeroWidthJoiner = '\u200d'
