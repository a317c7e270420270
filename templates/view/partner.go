package view

import (
	"strings"

	"loanleaf/kiva"
	"loanleaf/site"
)

// partner tells of a field partner in the little that a loan page says: more
// would change with every payment of other loans, and the page with it. nil
// for none.
func (t *telling) partner(p *kiva.Partner) *Partner {
	name, url := t.administers(p)
	if name == "" {
		return nil
	}
	v := t.blocks.partners.one(Partner{Name: name, URL: url, Rating: t.words.NotRated, Why: t.words.WhyRating})
	if p.Rating > 0 {
		// Ratings go by halves and tenths of a star, up to five (seed 002,
		// and the partners of API v1).
		v.Rating = t.fill(t.words.Stars, "rating", t.language.Tenths(int64(min(p.Rating, 50))))
	}
	return v
}

// administers is a partner's name, and the address of its list; both empty for
// none.
func (t *telling) administers(p *kiva.Partner) (name, url string) {
	if p == nil {
		return "", ""
	}
	if name = t.squeeze(p.Name); name != "" {
		url = t.url(site.Address{Kind: site.Partner, ID: p.ID})
	}
	return name, url
}

func (t *telling) partnerFacts(p *kiva.Partner) []Fact {
	w := t.words
	facts := make([]Fact, 0, 8)
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, Fact{Label: label, Value: t.plain(value)})
		}
	}
	add(w.PartnerCountries, t.partnerCountries(p))
	if !p.Started.IsZero() {
		add(w.PartnerSince, t.monthYear(p.Started))
	}
	add(w.PartnerStatus, t.partnerStatus(p.Status))
	if p.LoansPosted > 0 {
		add(w.PartnerLoans, t.number(int64(p.LoansPosted)))
	}
	if p.TotalRaised.Positive() {
		facts = append(facts, Fact{Label: w.PartnerRaised, Value: t.single(t.amount("", p.TotalRaised).span)})
	}
	add(w.PartnerLate, t.rate(p.DelinquencyRate))
	add(w.PartnerDefault, t.rate(p.DefaultRate))
	if p.ChargesInterest != nil {
		answer := w.No
		if *p.ChargesInterest {
			answer = w.Yes
		}
		add(w.PartnerInterest, answer)
	}
	return facts
}

func (t *telling) partnerCountries(p *kiva.Partner) string {
	var names []string
	for _, c := range p.Countries {
		if name := t.country(&kiva.Location{CountryCode: c.Code, Country: c.Name}); name != "" {
			names = append(names, name)
		}
	}
	return t.language.List(names...)
}

func (t *telling) partnerStatus(status string) string {
	w := t.words
	switch strings.ToLower(status) {
	case "active":
		return w.PartnerActive
	case "pilot":
		return w.PartnerPilot
	case "paused":
		return w.PartnerPaused
	case "closed", "inactive":
		return w.PartnerClosed
	}
	return ""
}

// rate is a rate in millionths as a whole percentage; empty when it is not
// stated. What is above nothing is never told as nothing.
func (t *telling) rate(millionths *int64) string {
	const percent = 10_000
	if millionths == nil || *millionths < 0 {
		return ""
	}
	if n := *millionths; n > 0 && n < percent {
		return t.fill(t.words.UnderOnePercent, "percent", t.percent(1))
	}
	return t.percent(int((*millionths + percent/2) / percent))
}
