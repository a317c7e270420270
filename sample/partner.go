package sample

import (
	"strconv"
)

// partner is an invented field partner of the volume collection.
type partner struct {
	id                    int
	name, status          string
	rating                int // tenths; 0 is unrated
	start                 moment
	country               *country
	delinquency, defaults float64 // percent
	raised                int64   // US dollars, counted while a folder is written
	posted                int
}

var (
	partnerGivens = map[string][]string{
		"Africa":         {"Amani", "Baobab", "Kilimo", "Harvest", "Unity", "Maendeleo", "Sankofa", "Acacia", "Two Rivers"},
		"Asia":           {"Lotus", "Sunrise", "Samriddhi", "Monsoon", "Bamboo", "Lantern", "Open Field", "Morning Star", "High Pass"},
		"Middle East":    {"Cedar", "Olive Branch", "Jasmine", "Good Neighbour"},
		"Eastern Europe": {"Linden", "Vineyard", "Bridge", "Walnut"},
		"North America":  {"Aurora", "Colibrí", "Ceiba", "Maíz", "Cornerstone"},
		"South America":  {"Sendero", "Alma", "Cóndor", "Surco", "Minga"},
	}
	partnerKinds = [...]string{"Microfinance", "Savings Cooperative", "Credit Union", "Rural Fund", "Women's Bank", "Foundation", "Community Finance"}
)

// foundPartners gives every country its partners: more where there are more loans, the first of them the largest. The
// same partners whatever the seed, so that two volumes can be laid side by side.
func (a *atlas) foundPartners() {
	d := newDice()
	for i, c := range a.countries {
		d.reseed(0x70617274, uint64(i))
		givens := partnerGivens[c.region]
		for range 1 + min(c.weight/600, 9) {
			n := len(a.partners)
			p := &partner{
				id:     11 + 2*n,
				name:   givens[len(c.partners)%len(givens)] + " " + partnerKinds[n%len(partnerKinds)] + " of " + c.spoken,
				status: "active", rating: 5 * d.between(2, 10), country: c,
				start:       firstPosted + moment(d.between(0, 8*365*daySeconds)),
				delinquency: d.Float64() * d.Float64() * 30, defaults: d.Float64() * d.Float64() * 4,
			}
			switch d.IntN(20) {
			case 0, 1:
				p.status = "closed"
			case 2, 3:
				p.status, p.rating = "pilot", 0
			case 4:
				p.status = "paused"
			}
			a.partners = append(a.partners, p)
			c.partners = append(c.partners, p)
		}
	}
}

// choosePartner favours a country's first partner: in the Philippines it holds most loans, as one partner of the real
// data holds 19 % of all of them (kiva-data §9).
func choosePartner(d *dice, c *country) *partner {
	if d.often(86_000) {
		return c.partners[0]
	}
	return pick(d, c.partners)
}

// appendPartners writes an API v1 partners body, one page of all of them.
func appendPartners(b []byte, partners []*partner) []byte {
	n := int64(len(partners))
	b = append(b, `{"paging":{"page":1,"total":`...)
	b = strconv.AppendInt(b, n, 10)
	b = append(b, `,"page_size":`...)
	b = strconv.AppendInt(b, max(n, 200), 10)
	b = append(b, `,"pages":1},"partners":[`...)
	for i, p := range partners {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '\n')
		b = p.appendTo(b)
	}
	return append(b, "\n]}\n"...)
}

func (p *partner) appendTo(b []byte) []byte {
	b = append(b, `{"id":`...)
	b = strconv.AppendInt(b, int64(p.id), 10)
	b = appendField(b, `,"name":`, p.name)
	b = appendField(b, `,"status":`, p.status)
	b = append(b, `,"rating":`...)
	b = strconv.AppendFloat(b, float64(p.rating)/10, 'f', -1, 64)
	b = append(b, `,"image":{"id":`...)
	b = strconv.AppendInt(b, int64(p.id)+300, 10)
	b = append(b, `,"template_id":1},"start_date":"`...)
	b = p.start.appendTo(b)
	b = appendField(b, `","countries":[{"iso_code":`, p.country.code)
	b = appendField(b, `,"region":`, p.country.region)
	b = appendField(b, `,"name":`, p.country.name)
	b = appendField(b, `,"location":{"geo":{"level":"country","type":"point","pairs":`, p.country.center)
	b = append(b, `}}}],"delinquency_rate":`...)
	b = strconv.AppendFloat(b, p.delinquency, 'f', 12, 64)
	b = append(b, `,"default_rate":`...)
	b = strconv.AppendFloat(b, p.defaults, 'f', 12, 64)
	b = append(b, `,"total_amount_raised":`...)
	b = strconv.AppendInt(b, p.raised, 10)
	b = append(b, `,"loans_posted":`...)
	b = strconv.AppendInt(b, int64(p.posted), 10)
	return append(b, '}')
}
