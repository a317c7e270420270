package snippet

import (
	"strconv"
	"strings"
)

// email is a table, since that is what programs for e-mail lay out alike: no
// style element, no class, no position, no background picture; widths as
// attributes, colours on every cell. It is 480 pixels wide and reads in order
// where tables and pictures are off. The figures are of their date, as an e-mail
// is. Outlook for Windows lays out by the rules of Word: it heeds padding on cells
// and not on links, widths and heights as attributes, and no round corners.
//
// A loan whose card is drawn has that in place of photo and bar.
func email(s Subject) string {
	m := mail{Subject: s, start: attribute(s.Mail.Start), colour: attribute(s.Mail.Colour)}
	if s.drawn() {
		m.card()
		return m.String()
	}
	m.open()
	m.put("\n<tr>")
	m.picture()
	m.cell()
	m.line("font-size:12px;color:#565164", s.Mail.Chip)
	m.title()
	m.line("font-size:13px;color:#565164", s.Mail.Place)
	m.line("margin:8px 0", s.Use)
	m.bar()
	m.line("font-size:13px;color:#565164", s.Figures)
	m.button()
	m.put("</td></tr>\n</table>")
	return m.String()
}

// The size at which an e-mail shows a card: as wide as its table.
const mailWidth, mailHeight = "480", "252"

// card is the drawn card above the words that stand for it where pictures are off.
func (m *mail) card() {
	m.open()
	m.put("\n", `<tr><td width="`, mailWidth, `"><a href="`, attribute(m.Page), `"><img src="`, attribute(m.Card), `" alt="`, attribute(m.Title), `" width="`, mailWidth, `" height="`, mailHeight,
		`" border="0" style="display:block;border:0;border-radius:12px 12px 0 0;max-width:100%;height:auto"></a></td></tr>`, "\n<tr>")
	m.cell()
	m.title()
	m.line("margin:8px 0", m.Use)
	m.line("font-size:13px;color:#565164", m.Figures)
	m.put("</td></tr>\n</table>")
}

func (m *mail) open() {
	m.put(`<table role="presentation" width="480" cellpadding="0" cellspacing="0" border="0" lang="`, attribute(m.Language), `" dir="`, attribute(m.Direction),
		`" style="width:480px;max-width:100%;border:1px solid #ddd7cc;border-collapse:separate;border-radius:12px;background:#ffffff">`)
}

// cell begins the one that has the words.
func (m *mail) cell() {
	m.put(`<td align="`, m.start, `" valign="top" style="padding:16px;font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;color:#1d1a26;text-align:`, m.start, `">`)
}

func (m *mail) title() {
	m.put("\n", `<div style="margin:2px 0;font-size:18px;line-height:24px;font-weight:bold"><a href="`, attribute(m.Page), `" style="color:#1d1a26;text-decoration:none">`, attribute(m.Title), `</a></div>`)
}

type mail struct {
	strings.Builder
	Subject
	start  string
	colour string
}

func (m *mail) put(parts ...string) {
	for _, part := range parts {
		m.WriteString(part)
	}
}

func (m *mail) line(style, text string) {
	if text != "" {
		m.put("\n", `<div style="`, style, `">`, attribute(text), `</div>`)
	}
}

// picture is as wide as a third of the card, whole.
func (m *mail) picture() {
	p := m.Mail.Picture
	if p == nil {
		return
	}
	const width = 150
	size := `width="` + strconv.Itoa(width) + `"`
	if p.Width > 0 && p.Height > 0 {
		size += ` height="` + strconv.Itoa((p.Height*width+p.Width/2)/p.Width) + `"`
	}
	m.put("\n", `<td width="150" valign="top"><a href="`, attribute(m.Page), `"><img src="`, attribute(p.URL), `" alt="`, attribute(fold(p.Alt)), `" `, size, ` border="0" style="display:block;border:0;border-radius:12px"></a></td>`, "\n")
}

// bar is a row of two cells. What it shows the figures say.
func (m *mail) bar() {
	if m.Mail.Bar < 0 {
		return
	}
	done := min(m.Mail.Bar, 100)
	m.put("\n", `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 4px"><tr>`)
	if done > 0 {
		m.put(`<td width="`, strconv.Itoa(done), `%" height="8" bgcolor="`, m.colour, `" style="font-size:1px;line-height:8px;mso-line-height-rule:exactly">&nbsp;</td>`)
	}
	if done < 100 {
		m.put(`<td width="`, strconv.Itoa(100-done), `%" height="8" bgcolor="#e5e0f3" style="font-size:1px;line-height:8px;mso-line-height-rule:exactly">&nbsp;</td>`)
	}
	m.put(`</tr></table>`)
}

func (m *mail) button() {
	if m.Mail.Action == "" {
		return
	}
	m.put("\n", `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin-top:12px"><tr><td bgcolor="`, m.colour, `" style="padding:10px 20px;border-radius:8px"><a href="`, attribute(m.Page),
		`" style="color:#ffffff;font-weight:bold;text-decoration:none">`, attribute(m.Mail.Action), `</a></td></tr></table>`)
}
