package snapshot

import (
	"fmt"
	"strings"

	"loanleaf/kiva"
)

// partner reads a record as a field partner.
func (d *decoder) partner(raw []byte) Record {
	var p kiva.Partner
	named := false
	if d.root() {
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "id":
				p.ID, named = d.id("id"), true
			case "name":
				p.Name = d.line("name", maxName)
			case "status":
				p.Status = strings.ToLower(d.line("status", maxName))
			case "rating":
				p.Rating = d.rating("rating")
			case "image":
				p.ImageID = d.image("image")
			case "start_date":
				p.Started = d.date("start_date")
			case "countries":
				p.Countries = d.countries("countries")
			case "delinquency_rate":
				p.DelinquencyRate = d.rate("delinquency_rate")
			case "default_rate":
				p.DefaultRate = d.rate("default_rate")
			case "total_amount_raised":
				p.TotalRaised = d.dollars("total_amount_raised")
			case "loans_posted":
				p.LoansPosted = d.count("loans_posted")
			case "charges_fees_and_interest":
				p.ChargesInterest = d.charges("charges_fees_and_interest")
			default:
				d.skip()
			}
		}
	}
	d.finish()
	switch {
	case d.err == errUnsure:
		return Record{}
	case d.err != nil:
		return d.aside(raw, "", notJSON(d.err))
	}
	if !named {
		d.fail("id", "is missing")
	}
	if p.Name == "" {
		d.fail("name", "is missing")
	}
	if d.reason != "" {
		return d.aside(raw, d.field, d.reason)
	}
	return Record{Partner: &p, Place: d.place}
}

// rating reads stars as tenths of one, 3.5 as 35; words such as "Not Rated"
// are 0.
func (d *decoder) rating(field string) int {
	v := d.scalar(field)
	if len(v) == 0 || !isDigit(v[0]) && v[0] != '-' {
		return 0
	}
	stars, err := kiva.ParseMoney(string(v), "USD")
	if err != nil || stars.Units > 5*kiva.MoneyScale {
		d.fail(field, shown(v)+" is not a rating from 0 to 5")
		return 0
	}
	const tenth = kiva.MoneyScale / 10
	return int((stars.Units + tenth/2) / tenth)
}

// rate reads a percentage as millionths: ten-thousandths of a percent, which
// is what an amount counts in.
func (d *decoder) rate(field string) *int64 {
	m := d.dollars(field)
	if !m.Known() {
		return nil
	}
	if m.Units > 10_000*kiva.MoneyScale {
		d.fail(field, fmt.Sprintf("%s is not a percentage", m.Decimal()))
		return nil
	}
	return &m.Units
}

// charges reads whether a partner takes fees or interest; null is not stated.
func (d *decoder) charges(field string) *bool {
	if d.json.peek() == 'n' {
		d.skip()
		return nil
	}
	var yes bool
	if !d.optional(func() { yes = d.truth(field) }) {
		return nil
	}
	return &yes
}

// countries reads where a partner works. Countries without name and code are
// left out.
func (d *decoder) countries(field string) []kiva.PartnerCountry {
	var countries []kiva.PartnerCountry
	for more := d.list(field); more && d.element(); {
		if !d.object("") {
			continue
		}
		var c kiva.PartnerCountry
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "iso_code":
				c.Code = d.countryCode("iso_code")
			case "name":
				c.Name = d.line("name", maxLine)
			case "region":
				c.Region = d.line("region", maxLine)
			default:
				d.skip()
			}
		}
		if c.Code == "" {
			c.Code = countryCode(c.Name)
		}
		if c.Code != "" || c.Name != "" {
			countries = append(countries, c)
		}
	}
	return countries
}

// header reads what a JSON snapshot's file says of itself.
func (d *decoder) header(raw []byte) Record {
	var h Header
	d.begin(raw, true)
	if d.root() {
		for name := d.member(); name != nil; name = d.member() {
			switch string(name) {
			case "date":
				h.Date = d.date("date")
			case "total":
				d.optional(func() { h.Total = d.reference("total") })
			default:
				d.skip()
			}
		}
	}
	d.finish()
	problem := Problem{Place: d.place}
	switch {
	case d.err != nil:
		problem.Reason = strings.Replace(notJSON(d.err), "the record", "the header", 1)
	case d.reason != "":
		problem.Field, problem.Reason = "header."+d.field, d.reason
	default:
		return Record{Header: &h, Place: d.place}
	}
	return Record{Problem: &problem, Place: d.place}
}
