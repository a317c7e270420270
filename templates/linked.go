package templates

import (
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"loanleaf/kiva"
	"loanleaf/templates/view"
)

// linkLoan says in the words of schema.org, as JSON-LD, what a loan page says in its
// own: the page, its path of links, and the loan as a LoanOrCredit. A grant or a
// donation would be wrong, since the money is lent.
func linkLoan(f Frame, l view.Loan) written {
	return func(out *markupWriter) {
		j := linkedWriter{out}
		j.begin(`{"@context":"https://schema.org","@type":"WebPage"`)
		j.text("url", f.Canonical)
		j.text("name", l.LoanTitle)
		j.text("description", f.Description)
		j.text("inLanguage", f.Language.Tag)
		j.day("datePublished", l.Data.Posted)
		j.thing("isPartOf", "WebSite", f.Site.Name(), "")
		j.image(l.Share)
		j.crumbs(f, l)
		j.loan(f, l)
		j.end()
	}
}

// linked appends what a head has in JSON-LD.
func (out *markupWriter) linked(h head) {
	h.linked(out)
}

// linkedWriter writes JSON-LD. Members without a value are left out.
type linkedWriter struct{ *markupWriter }

func (j linkedWriter) begin(s string) {
	j.markup(`<script type="application/ld+json">`)
	j.markup(s)
}

func (j linkedWriter) end() { j.markup("}\n</script>") }

// open begins a member that is an object of a type; a brace ends it.
func (j linkedWriter) open(name, kind string) {
	j.markup(`,"`)
	j.markup(name)
	j.markup(`":{"@type":"`)
	j.markup(kind)
	j.markup(`"`)
}

func (j linkedWriter) text(name, value string) {
	if value != "" {
		j.key(name)
		j.b = appendJSON(j.b, value)
	}
}

func (j linkedWriter) number(name string, n int) {
	if n != 0 {
		j.key(name)
		j.b = strconv.AppendInt(j.b, int64(n), 10)
	}
}

func (j linkedWriter) day(name string, day time.Time) {
	if !day.IsZero() {
		j.key(name)
		j.b = append(appendDay(append(j.b, '"'), day), '"')
	}
}

func (j linkedWriter) key(name string) {
	j.markup(`,"`)
	j.markup(name)
	j.markup(`":`)
}

// thing is one with a name.
func (j linkedWriter) thing(member, kind, name, url string) {
	j.open(member, kind)
	j.key("name")
	j.b = appendJSON(j.b, name)
	j.text("url", url)
	j.markup("}")
}

func (j linkedWriter) image(p *view.Picture) {
	if p == nil {
		return
	}
	j.open("primaryImageOfPage", "ImageObject")
	j.key("url")
	j.b = appendJSON(j.b, p.URL)
	j.number("width", p.Width)
	j.number("height", p.Height)
	j.text("caption", p.Alt)
	j.markup("}")
}

// crumbs are the path of links at the top of the page: the front page, the first
// list the loan is on, and the loan itself, which needs no address.
func (j linkedWriter) crumbs(f Frame, l view.Loan) {
	j.open("breadcrumb", "BreadcrumbList")
	position := 0
	add := func(name, address string) {
		if position++; position > 1 {
			j.markup(",")
		}
		j.markup(`{"@type":"ListItem"`)
		j.number("position", position)
		j.key("name")
		j.b = appendJSON(j.b, name)
		j.text("item", address)
		j.markup("}")
	}
	j.markup(`,"itemListElement":[`)
	add(f.Language.Words.Home, f.Site.URL(f.home()))
	if len(l.Crumbs) > 0 {
		add(l.Crumbs[0].Label, l.Crumbs[0].URL)
	}
	add(l.Name, "")
	j.markup("]}")
}

func (j linkedWriter) loan(f Frame, l view.Loan) {
	j.open("mainEntity", "LoanOrCredit")
	j.key("name")
	j.b = appendJSON(j.b, l.LoanTitle)
	j.text("url", f.Canonical)
	j.text("category", l.Data.Sector)
	j.amount(l.Data.Amount)
	if months := l.Data.Months; months > 0 {
		j.open("loanTerm", "QuantitativeValue")
		j.number("value", months)
		j.markup(`,"unitCode":"MON"}`) // UN/CEFACT: a month
	}
	j.text("loanType", "Microloan")
	if n := len(l.Schedule.Rows); n > 0 {
		j.open("loanRepaymentForm", "RepaymentSpecification")
		j.number("numberOfLoanPayments", n)
		j.markup("}")
	}
	if l.Data.PartnerName != "" {
		j.thing("provider", "Organization", l.Data.PartnerName, l.Data.PartnerURL)
	}
	if l.Country != "" {
		j.thing("areaServed", "Country", l.Country, "")
	}
	if canLend(f, l) {
		j.open("potentialAction", "LendAction")
		j.key("name")
		j.b = appendJSON(j.b, l.Action.Label)
		j.open("target", "EntryPoint")
		j.key("urlTemplate")
		j.b = appendJSON(j.b, l.Action.URL)
		j.markup("}}")
	}
	j.markup("}")
}

func (j linkedWriter) amount(m kiva.Money) {
	if !m.Known() {
		return
	}
	j.open("amount", "MonetaryAmount")
	j.key("value")
	j.markup(m.Decimal())
	j.key("currency")
	j.b = appendJSON(j.b, m.Currency)
	j.markup("}")
	j.text("currency", m.Currency)
}

// appendJSON appends a string as JSON that may stand in a script element: as
// encoding/json does, which escapes <, > and & and the two line separators, so no
// value can end the element around it.
func appendJSON(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return appendStrangeJSON(b, s)
		}
		if c < utf8.RuneSelf {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return appendStrangeJSON(b, s)
		}
		i += size - 1
	}
	return append(append(append(b, '"'), s...), '"')
}

func appendStrangeJSON(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a string always has a form
	return append(b, quoted...)
}
